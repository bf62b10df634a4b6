"""Names broken into short lines, so that a label is a block and not a banner."""

from __future__ import annotations

import math
import re
from functools import lru_cache

# Words that stay whole where a line is broken; they decide how a label looks and nothing else.
_WHOLE = (
    "生物医药 医疗器械 产业园区 产业集群 产业基地 产业园 产业带 产业圈 产业区 产业 集聚区 示范区 示范基地 试验区 开发区 高新区 "
    "高新技术 科创走廊 综合保税区 自由贸易 自贸 经济 技术 先进 制造业 制造 国家级 国家 省级 园区 集群 基地 小镇 药谷 药港 药镇 "
    "医药港 工业 高端 新型 创新 特色 综合 海洋 智慧 智能 现代 中药材 中药 化学 原料药 药物 药品 制剂 疫苗 抗体 蛋白 细胞 基因 "
    "核酸 分子 体外 诊断 检测 试剂 治疗 设备 器械 器具 耗材 材料 影像 康复 植入 介入 可穿戴 医用 医学 医疗 医药 生物 健康 产品 "
    "服务 平台 研究 研发 生产 合同 给药 系统"
)
_PIECE = re.compile(
    "|".join(sorted(_WHOLE.split(), key=len, reverse=True)) + r"|[A-Za-z0-9][A-Za-z0-9.+/_'’-]*|\s+|.",
    re.DOTALL,
)
_NOT_FIRST = frozenset("，。、；：！？）》」』”’,.;:!?)]}%％")
_NOT_LAST = frozenset("（《「『“‘([{")


def em(text: str) -> float:
    """The width of a text in em: a Chinese character is one wide, a Latin letter about half.

    >>> em("PD-1抗体")
    4.04
    """
    return round(sum(1.0 if ord(c) > 0x2E7F else 0.3 if c in " .,'il-" else 0.58 for c in text), 2)


@lru_cache(maxsize=4096)
def broken(text: str, width: float, *, at_most: int = 3) -> tuple[str, ...]:
    """The lines of a text, each about ``width`` em or less, all of similar length.

    What does not fit in ``at_most`` lines makes them wider: a name is never cut.

    >>> broken("济南高新区生物医药产业园", 7)
    ('济南高新区', '生物医药产业园')
    >>> broken("Antibody-drug conjugates", 9)
    ('Antibody-drug', 'conjugates')
    """
    clean = " ".join(text.split())
    whole = em(clean)
    if whole <= width * 1.15:
        return (clean,)
    count = min(at_most, math.ceil(whole / (width * 1.15)))
    pieces = [p.group() for p in _PIECE.finditer(clean)]
    lines = [""]
    for n, piece in enumerate(pieces):
        left = em("".join(pieces[n:]))
        open_ = count - len(lines) + 1
        goal = (em(lines[-1]) + left) / open_ if open_ else math.inf
        full = bool(lines[-1].strip()) and em(lines[-1]) + em(piece) / 2 > goal + 1e-9
        if full and open_ > 1 and piece[0] not in _NOT_FIRST and lines[-1][-1] not in _NOT_LAST:
            lines.append("")
        lines[-1] += piece
    return tuple(line.strip() for line in lines if line.strip())
