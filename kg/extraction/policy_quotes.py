"""Policies named in quotation marks: “四换三名”工程, “雄鹰行动”, 推行“链长制”; slogans and labels for firms are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.documents.document import Document
from kg.extraction.names import name_before, without_rank
from kg.extraction.policy_names import Citation, bare, is_own, is_parted, is_slogan
from kg.lexicon.words import pattern, words

_QUOTED = re.compile(r"“([^“”\n]{2,24})”")


def quoted(document: Document) -> Iterator[Citation]:
    """“四换三名”工程, “雄鹰行动”, 推行“链长制”."""
    view = document.reading.text
    for m in _QUOTED.finditer(view):
        inner = m.group(1)
        if inner in words("citations", "emphasis"):
            continue
        if _ARTICLES.search(inner) or _INSURANCE.search(inner):
            yield Citation(inner, m.start(), m.end(), "cites-quoted-articles", 0.85, 0)
            continue
        yield from _headed(view, m)
        yield from _numbered(view, m)
        if is_slogan(inner) and not (inner in words("citations", "carried_schemes") and _directly(view, m)):
            continue
        if re.search(f"{pattern('citations', 'inner_heads')}$", inner) and not _labels(view, m.end()):
            yield Citation(inner, m.start(), m.end(), "cites-quoted", 0.9, 2)
        elif len(inner) >= 4 and _carried_out(view, m) and not is_own(inner, document):
            yield Citation(inner, m.start(), m.end(), "cites-quoted-verb", 0.6, 4)


# what the number of its articles names: “渝十条”, “科创30条”; and a city's own insurance: “沪惠保”
_NUMBER = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[五六七八九]|\d{1,3})"
_ARTICLES = re.compile(rf"^[\u4e00-\u9fff]{{1,8}}?{_NUMBER}条(?:意见|措施|政策)?$")
_INSURANCE = re.compile(r"惠[\u4e00-\u9fff]{1,3}保$|[\u4e00-\u9fff]惠保$|惠民保$|普惠[\u4e00-\u9fff]{0,4}保$")
_CODE = re.compile(r"[\dA-Za-zX+＋]{2,}")


def _numbered(view: str, m: re.Match[str]) -> Iterator[Citation]:
    """A scheme of sectors that goes by its figures: “33618”现代制造业集群体系."""
    system = re.compile(r"[\u4e00-\u9fff]{0,10}?(?:产业|集群|工业|制造业)体系").match(view, m.end())
    if system and _CODE.fullmatch(m.group(1)) and re.search(r"\d", m.group(1)):
        yield Citation(
            bare(view[m.start() : system.end()]), m.start(), system.end(), "cites-quoted-figures", 0.7, 1
        )


def _directly(view: str, m: re.Match[str]) -> bool:
    """Whether a quoted scheme is itself carried out: 实施“揭榜挂帅”, but not 采用“揭榜挂帅”等方式."""
    led = re.search(
        r"(?:实施|推行|实行)(?:项目|科技|重大科技项目)?$", view[max(0, m.start() - 10) : m.start()]
    )
    return bool(led) and bool(re.match(r"[，。；、]|制|机制|制度|和|与", view[m.end() : m.end() + 2]))


def _headed(view: str, m: re.Match[str]) -> Iterator[Citation]:
    """A quoted name with the word after it that says what it is: “小升高”行动, “尖峰、领航”攻关计划."""
    run = _RUN.match(view, m.end())
    at = run.end() if run else m.end()
    head = _head_after().match(view, at) or _head_right_after().match(view, at)
    if head and run and run.group() and not head.group(1):
        if not is_slogan(m.group(1)):  # the head of the last of a run: “新药创制”“精准医学”重大专项
            yield Citation(bare(m.group(1)) + head.group(2), m.start(), m.end(), "cites-quoted-run", 0.75, 1)
        return
    if run and run.group():
        return
    if not head or re.match(r"十[一二三四五六]五", m.group(1)):
        return
    gap = head.group(1)
    if (
        is_slogan(m.group(1)) and gap and not gap.endswith(("培育", "提升", "倍增", "引育", "梯度培育"))
    ) or is_parted(gap):
        return
    if head.group(2) in ("制", "制度") and is_slogan(m.group(1)):
        return
    if head.group(2) in words("citations", "direct_heads") and is_slogan(m.group(1)):
        return
    prefix = _prefix(view, m.start(), labelled=bool(is_slogan(m.group(1)) or _CODE.fullmatch(m.group(1))))
    start = m.start() - len(prefix)
    yield Citation(bare(view[start : head.end()]), start, head.end(), "cites-quoted-head", 0.9, 1)


_RUN = re.compile(r"(?:[、和与及]?“[^“”\n]{2,24}”)*")


@cache
def _head_after() -> re.Pattern[str]:
    head = pattern("citations", "quoted_heads")
    return re.compile(f"([\\u4e00-\\u9fff]{{0,12}}?)({head})(?<!机制)(?<!体制)(?!{head}|[造药定约度])")


@cache
def _head_right_after() -> re.Pattern[str]:
    return re.compile(f"()({pattern('citations', 'direct_heads')})(?!化|体系|品牌|基地|平台|产品|企业|厂房)")


def _prefix(view: str, at: int, *, labelled: bool) -> str:
    """What a quoted name has before it: 高新技术企业培育“小升高”行动, but not 国家“重大新药创制”专项.

    Where the marks hold only a label or a figure (``labelled``), what it is stands before them: 研发用物品进口“白名单”试点.
    """
    name = name_before(view, at).text
    name = re.split(r"(?<=计划|行动|工程|制度|改革|试点)[和与及]", name)[-1]
    # 领域 and 企业 only say where the programme is at work
    if (
        not without_rank(name)
        or re.search(r"(?:领域|行业|产业|方面|企业|[省市县区的])$", name)
        or len(name) > 18
    ):
        return ""
    if labelled and len(name) >= 4:
        return name
    return name if re.search(f"{pattern('citations', 'kept_prefixes')}$", name) else ""


def _carried_out(view: str, m: re.Match[str]) -> bool:
    before = view[max(0, m.start() - 12) : m.start()]
    return bool(re.search(r"(?:实施|推行|全面推行|启动)[\u4e00-\u9fff]{0,6}$", before)) and not _labels(
        view, m.end()
    )


def _labels(view: str, at: int) -> bool:
    """Whether the quoted word is a label of what follows: “隐形冠军”企业."""
    return bool(re.match(pattern("citations", "not_heads_after"), view[at : at + 8]))
