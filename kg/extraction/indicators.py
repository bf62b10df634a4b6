"""What a number measures: the words before a value as whom it covers, the indicator, and how it changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.extraction.counted import lead
from kg.lexicon.words import pattern, words
from kg.model import Direction

_Q = "quantities"
# What makes a scope word the first half of another word: 工业|机器人密度, 工业|互联网普及率.
_NO_CUT = re.compile(r"盐|废|用|化|机器人|互联网|软件|设计|结构|集中|技术改造")


@cache
def _starts(name: str) -> re.Pattern[str]:
    return re.compile(pattern(_Q, name))


@cache
def _ends(name: str) -> re.Pattern[str]:
    return re.compile(pattern(_Q, name) + "$")


@dataclass(frozen=True, slots=True)
class Tail:
    """The words before a value without their right end: which way the value goes, and the verb that says so."""

    text: str
    direction: Direction
    changed: str


def tail(text: str) -> Tail:
    """Takes "reaches", "is", "falls by" and the like off the right end of the words before a value.

    >>> tail("研发投入强度力争达到").text
    '研发投入强度'
    >>> tail("单位工业增加值能耗下降")
    Tail(text='单位工业增加值能耗', direction='decrease', changed='下降')
    """
    direction: Direction = "level"
    changed, reached = "", False
    while text:
        if m := _ends("change_to").search(text):
            text, reached = text[: m.start()], True
            continue
        if _ends("rates").search(text):
            break
        rise, fall = (re.search(rf"{pattern(_Q, name)}了?$", text) for name in ("rises", "falls"))
        if (m := rise or fall) and not changed and not reached:
            changed, direction, text = m.group(), "increase" if rise else "decrease", text[: m.start()]
            continue
        m = _ends("reach").search(text)
        if not m or measured_noun(text):
            break
        text = text[: m.start()]
    return Tail(text.rstrip("，、：的"), direction, changed)


def scope_and_indicator(text: str) -> tuple[str | None, str]:
    """Splits the words before a value into whom it covers and what is measured.

    >>> scope_and_indicator("全省规模以上医药产业实现营业收入")
    ('全省规模以上医药产业', '营业收入')
    >>> scope_and_indicator("全行业规模以上企业研发投入强度")
    ('全行业规模以上企业', '研发投入强度')
    >>> scope_and_indicator("全市生物医药产业规模")
    ('全市生物医药', '产业规模')
    """
    text = re.sub(r"^(?:该|其|此)[^，的]{0,6}的|保持(?=年均|平均)", "", text.strip("，、：的"))
    inner = re.search(r"占|比重|在(?!研)", text)
    head = text[: inner.start()] if inner and inner.start() > 1 else text
    for verb in re.finditer(r"实现|完成|取得|创造|拥有|达到|累计|合计|总计", head):
        what = text[verb.end() :]
        if what and _measured(what):
            keep = verb.group() if verb.group() in ("累计", "合计", "总计") else ""
            return _scope(text[: verb.start()]), keep + what
    for m in reversed(list(re.finditer(pattern(_Q, "scopes"), head))):
        cut = m.end() + (
            len(bracket.group()) if (bracket := re.match(r"（[^（）]*）", text[m.end() :])) else 0
        )
        whom, what = text[:cut], text[cut:].lstrip("的")
        alone = whom in words(_Q, "scopes") and whom[0] not in "全我"  # 工业总产值, 市场规模 are one word
        if (
            len(what) < 2
            or alone
            or not _measured(what)
            or _NO_CUT.match(what)
            or re.search(r"单位[^，]{0,4}$", whom)
        ):
            continue
        if re.match(r"总?规模|总量", what) and re.search(r"(?:产业|行业|经济|市场|基金)$", whom):
            return _scope(whom[:-2]), whom[-2:] + what
        return _scope(whom), what
    if not _measured(text):
        before = lead(text)
        return before.scope, before.prefix + before.rest or text
    return None, re.sub(r"^(?:安排|形成|打造|建成|争取|引进|招引|设立|力争|推动)+(?=..)", "", text)


def _scope(text: str) -> str | None:
    """A scope without the adverbs and verbs around it, and without a letter's title that runs on into it."""
    text = re.sub(r"^.*(?:关于|印发).*的(?:通知|意见|函)", "", text)
    text = re.sub(rf"^(?:{pattern(_Q, 'adverbs')}|推动|支持|培育|打造|实现|带动|撬动|拉动)+", "", text).strip(
        "，、：的"
    )
    return re.sub(rf"{pattern(_Q, 'adverbs')}+$", "", text) or None


def _measured(text: str) -> bool:
    """Whether a phrase names something that is measured."""
    return bool(re.search(pattern(_Q, "indicators"), text)) or text.endswith(("率", "额", "值", "量", "度"))


def measured_noun(text: str) -> bool:
    """Whether a phrase ends in a noun that is measured: 产值, 使用率.

    >>> measured_noun("营业收入"), measured_noun("创新平台")
    (True, False)
    """
    return bool(_ends("indicators").search(text)) or text.endswith(("率", "额", "值", "量"))


def is_bare(indicator: str) -> bool:
    """Whether an indicator names no subject of its own, so that it is said of the subject before: 利润总额.

    >>> is_bare("利润总额"), is_bare("中药材种植面积")
    (True, False)
    """
    indicator = indicator.split("占", maxsplit=1)[0]
    return len(indicator) <= 4 or bool(
        re.fullmatch(rf"(?:年|实现|综合)?{pattern(_Q, 'indicators')}{{1,2}}", indicator)
    )


def without_rate(indicator: str) -> str:
    """An indicator without the rate at its end, so that a later clause may say something else of it.

    >>> without_rate("增加值年均增长")
    '增加值'
    """
    return _ends("rates").sub("", indicator) or indicator


def is_relative(text: str) -> bool:
    """Whether a clause takes its subject from the one before: 占全国…, 年均增长….

    >>> is_relative("占全国的比重"), is_relative("增加值")
    (True, False)
    """
    if text.startswith(("增加值", "提升工程")) or re.match("与[^，]*(?:比值|比例|比)$", text):
        return False
    return bool(_starts("relative").match(text)) or bool(re.fullmatch(r"[^，占]{2,6}占", text))


def of_the_thing(text: str) -> bool:
    """Whether a clause measures the thing counted before: 总规模…, 合计总产值….

    >>> of_the_thing("总投资")
    True
    """
    return bool(_starts("of_the_thing").match(text))


def without_adverbs(text: str) -> str:
    """The words of a clause without the adverbs and empty verbs at their start.

    >>> without_adverbs("力争实现营业收入")
    '营业收入'
    """
    while True:
        m = re.match(rf"(?:{pattern(_Q, 'adverbs')}|(?:实现|完成|推动|确保|达到|促进|保持)了?)", text)
        if not m or text.startswith(("其中", "合计", "总计")):
            return text.strip("，、：的")
        text = text[m.end() :]


def subject_of(clause: str) -> str | None:
    """The measured subject of a clause that has no number: 营业收入|保持中高速增长; None where there is none.

    >>> subject_of("主营业务收入保持中高速增长"), subject_of("创新能力不断增强")
    ('主营业务收入', None)
    """
    m = re.match(rf"(?P<subject>[^，]{{2,40}}?)(?={pattern(_Q, 'subject_verbs')})", clause)
    return m["subject"] if m and measured_noun(m["subject"]) else None


def shares_rate(text: str) -> bool:
    """Whether indicators are listed that one rate is said of: 营业收入、利润总额年均增速.

    >>> shares_rate("营业收入、利润总额年均增速"), shares_rate("研究与试验发展经费")
    (True, False)
    """
    return all(measured_noun(p) for p in re.split("、|以及|和|及|与", text)[:-1])


def subjects(text: str, count: int | None) -> list[str]:
    """The subjects of a shared value, each with the words that the last of them adds; empty where they are not ``count``.

    >>> subjects("化学药、中成药和生物药在全省的比重", None)
    ['化学药在全省的比重', '中成药在全省的比重', '生物药在全省的比重']
    >>> subjects("医药工业营业收入、利润总额年均增速", 2)
    ['医药工业营业收入年均增速', '医药工业利润总额年均增速']
    """
    parts = [p for p in re.split(r"、|以及|和|及|与", text) if p]
    if len(parts) < 2 or (count is not None and len(parts) != count):
        return []
    last, scope = parts[-1], ""
    if all(measured_noun(p) for p in parts[:-1]):
        shared = _ends("rates").search(last) or re.search(r"(?:占[^占]+|占比|比重)$", last)
        first = re.match(rf".*?{pattern(_Q, 'scopes')}(?={pattern(_Q, 'indicators')})", parts[0])
        scope = first.group() if first else ""
    else:
        shared = _shared_end().search(last)
    end = shared.group() if shared and shared.start() > 0 else ""
    return [(scope if n else "") + p + end for n, p in enumerate(parts[:-1])] + [scope + last]


@cache
def _shared_end() -> re.Pattern[str]:
    """What the last subject of a list says for all: …|在全省的比重, …|行业营业收入, …|产品数量."""
    group = "(?:行业|产业|领域|制造业|工业|企业|板块|产品|品种)?"
    return re.compile(
        rf"(?:在.+|{group}(?:规模以上企业)?{pattern(_Q, 'indicators')}.*|{group}(?:数量?|总数|占比).*)$"
    )
