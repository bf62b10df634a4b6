"""Policies named in quotation marks: “四换三名”工程, “雄鹰行动”, 推行“链长制”; slogans and labels for firms are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.documents.document import Document
from kg.extraction.names import name_before, without_rank
from kg.extraction.policy_names import Citation, bare, is_own, is_parted, is_slogan
from kg.lexicon.words import pattern

_QUOTED = re.compile(r"“([^“”\n]{2,24})”")


def quoted(document: Document) -> Iterator[Citation]:
    """“四换三名”工程, “雄鹰行动”, 推行“链长制”."""
    view = document.reading.text
    for m in _QUOTED.finditer(view):
        yield from _headed(view, m)
        inner = m.group(1)
        if is_slogan(inner):
            continue
        if re.search(f"{pattern('citations', 'inner_heads')}$", inner) and not _labels(view, m.end()):
            yield Citation(inner, m.start(), m.end(), "cites-quoted", 0.9, 2)
        elif len(inner) >= 4 and _carried_out(view, m) and not is_own(inner, document):
            yield Citation(inner, m.start(), m.end(), "cites-quoted-verb", 0.6, 4)


def _headed(view: str, m: re.Match[str]) -> Iterator[Citation]:
    """A quoted name with the word after it that says what it is: “小升高”行动, “尖峰、领航”攻关计划."""
    run = _RUN.match(view, m.end())
    head = _head_after().match(view, run.end() if run else m.end())
    if head and run and run.group() and not head.group(1):
        if not is_slogan(m.group(1)):  # the head of the last of a run: “新药创制”“精准医学”重大专项
            yield Citation(bare(m.group(1)) + head.group(2), m.start(), head.end(), "cites-quoted-run", 0.75, 1)
        return
    if run and run.group():
        return
    if not head or re.match(r"十[一二三四五六]五", m.group(1)):
        return
    gap = head.group(1)
    if (is_slogan(m.group(1)) and gap and not gap.endswith(("培育", "提升", "倍增", "引育", "梯度培育"))) or is_parted(gap):
        return
    if head.group(2) in ("制", "制度") and is_slogan(m.group(1)):
        return
    prefix = _prefix(view, m.start())
    start = m.start() - len(prefix)
    yield Citation(bare(view[start : head.end()]), start, head.end(), "cites-quoted-head", 0.9, 1)


_RUN = re.compile(r"(?:[、和与及]?“[^“”\n]{2,24}”)*")


@cache
def _head_after() -> re.Pattern[str]:
    head = pattern("citations", "quoted_heads")
    return re.compile(f"([\\u4e00-\\u9fff]{{0,12}}?)({head})(?!{head}|[造药定约度])")


def _prefix(view: str, at: int) -> str:
    """What a quoted name has before it: 高新技术企业培育“小升高”行动, but not 国家“重大新药创制”专项."""
    name = name_before(view, at).text
    # 领域 and 企业 only say where the programme is at work
    if not without_rank(name) or re.search(r"(?:领域|行业|产业|方面|企业|[省市县区的])$", name) or len(name) > 12:
        return ""
    return name if re.search(f"{pattern('citations', 'kept_prefixes')}$", name) else ""


def _carried_out(view: str, m: re.Match[str]) -> bool:
    before = view[max(0, m.start() - 12) : m.start()]
    return bool(re.search(r"(?:实施|推行|全面推行|启动)[\u4e00-\u9fff]{0,6}$", before)) and not _labels(view, m.end())


def _labels(view: str, at: int) -> bool:
    """Whether the quoted word is a label of what follows: “隐形冠军”企业."""
    return bool(re.match(pattern("citations", "not_heads_after"), view[at : at + 8]))
