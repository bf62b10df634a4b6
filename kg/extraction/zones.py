"""Which part of a plan a passage stands in: what was reached, what is wanted, how it is backed; and its sector."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from kg.documents.document import Section
from kg.extraction.naming import field_entry, sector_of

Zone = Literal["past", "frame", "priority", "task", "backing", "open"]

_ZONES: tuple[tuple[Zone, str], ...] = (
    (
        "past",
        r"回顾|家底|回眸|短板|发展基础|现状|成效|成就|成绩|形势|趋势|机遇|挑战|存在问题|主要问题|发展环境|面临|现实基础|工作基础|产业基础|基础$|^基础与|背景|形成.*优势|优势明显",
    ),
    (
        "frame",
        r"^目标|目标$|指导思想|基本原则|总体要求|总体思路|发展目标|主要目标|工作目标|目标任务|总体目标|战略定位|行动目标|规划目标",
    ),
    (
        "backing",
        r"保障措施|实施保障|组织保障|组织与实施|环境营造|组织实施|政策支持|支持政策|政策集成|实施机制|组织领导|附则|要素保障|^保障|创新载体|平台建设|载体建设|人才|融资|财税|资金|审评审批|知识产权|通关|安全监管|营商",
    ),
    (
        "priority",
        r"^重点$|生产力布局|产品方向|重点品种|技术方向|攻坚领域|攻关领域|主攻|攻坚方向|核心赛道|主导产业|培育方向|^方向|^布局$|区域协同|空间格局|区域发展|重点领域|发展重点|重点方向|重点发展|重点产业|主攻方向|产业方向|产业体系|重点突破|优先发展|发展方向|优先方向|重点产品|细分领域|空间布局|产业布局|区域布局|优势领域|特色领域|攻关方向|产业链配套|产业细分|赛道",
    ),
    ("task", r"任务|工程|行动|举措|措施"),
)
_LAYOUT = re.compile(
    r"^布局$|生产力布局|错位发展|区域协同|空间格局|区域发展|功能分区|产业版图|空间布局|区域布局|产业布局|布局$(?<!模式布局)|集群|园区|基地建设|片区|区域|试点主要内容|各市|(?<!任务)分工|板块分布"
)
_FIELDS = re.compile(r"重点领域|发展重点|重点方向|重点产业|产业体系|主攻方向")
_SECTOR_WORDS: tuple[tuple[str, str], ...] = (
    ("药用辅料和包装", r"辅料|包装|包材|给药装置"),
    ("制药设备", r"制药(?:设备|装备|机械)|装备技术"),
    ("海洋药", r"海洋"),
    ("新业态", r"新业态|新模式|服务化|外包|互联网\+|智慧医疗服务|合同(?:研发|生产|研究)|生产性服务|大健康|健康服务|"
     r"数字医疗|定制生产|CRO|CDMO|医药流通|医药物流|商业|医疗服务"),
    ("中药", r"中药|中医药|中成药|饮片|民族药|藏药|苗药|蒙药|傣药|经典名方|药材|中医"),
    ("医疗器械", r"医疗器械|医疗设备|医疗装备|诊疗设备|体外诊断|医学影像|植入|医用(?:材料|耗材)|康复|治疗设备|健康器械|"
     r"器械|医用机器人|生物医用材料|诊断"),
    ("化学药", r"化学|原料药|仿制药|高端制剂|小分子|临床短缺药"),
    ("生物药", r"生物(?:药|技术药|制品|技术产品|技术类)|抗体|疫苗|血液制品|细胞|基因|重组蛋白|核酸|多肽"),
)  # fmt: skip


def zone(path: Sequence[Section]) -> Zone:
    """The part of a plan that a path of sections (innermost first) stands for: the nearest heading that tells; else ``open``."""
    sectoral = False
    for section in path:
        found = [name for name, _ in _ZONES if _matches(name, section.title)]
        sectoral = sectoral or (
            section.kind in ("section", "item") and not found and sector_of_title(section.title) is not None
        )
        if (
            found == ["task"]
            and section.kind in ("item", "task", "subitem")
            and _opens_with_field(section.title)
        ):
            return "priority"  # 1.化学药稳链行动: a task that is one sector's
        if sectoral and found == ["frame"]:
            return "priority"  # a page whose passages are out of order: the sector's heading tells more
        if "priority" in found and section.kind != "label" and found[0] != "past":
            return "priority"
        if found and (section.kind != "label" or found[0] in ("past", "frame")):
            return found[0]
    return (
        "priority"
        if any(
            sector_of_title(s.title)
            for s in path
            if s.kind not in ("label", "dash") or _ARTICLE.match(s.title)
        )
        else "open"
    )


_ARTICLE = re.compile(r"第[一二三四五六七八九十百\d]+条")  # 第二条　壮大医疗器械产业: no label but a task


def is_layout(path: Sequence[Section]) -> bool:
    """Whether the nearest telling heading only says what goes where: its fields are the regions' and not the plan's."""
    for section in path:
        if _FIELDS.search(section.title):
            return False
        if _LAYOUT.search(section.title):
            return True
    return False


@cache
def _opens_with_field(title: str) -> bool:
    """Whether a task's title is a field and what is done for it: 化学药|稳链行动."""
    if not re.search(r"(?:行动|工程|专项)$", title):
        return False
    return any(field_entry(title[:length]) is not None for length in range(3, min(9, len(title))))


@cache
def _compiled() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(p) for name, p in _ZONES}


def _matches(name: str, title: str) -> bool:
    return bool(_compiled()[name].search(title))


@cache
def sector_of_title(title: str) -> str | None:
    """The sector that a heading stands for.

    >>> sector_of_title("抗体药物领域"), sector_of_title("推进现代中药传承创新发展")
    ('生物药', '中药')
    """
    bare = re.sub(r"(?:领域|产业|产品)$", "", title)
    sector = sector_of(field_entry(bare))
    if sector:
        return sector
    return next((name for name, words in _SECTOR_WORDS if re.search(words, title)), None)


def sector(path: Sequence[Section], name: str) -> str | None:
    """The sector of a field by the headings over it, nearest first, else by the vocabulary."""
    for section in path:
        found = sector_of_title(section.title)
        if found:
            return found
        if section.kind == "box" and _LAYOUT.search(section.title):
            break  # a box of what goes where stands under the last sector only by its place on the page
    return sector_of(field_entry(name)) or next(
        (s for s, words in _SECTOR_WORDS if re.search(words, name)), None
    )
