"""Times in plans: years, deadlines, five-year periods, baselines, and the period that a whole document covers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from kg.documents.document import Document

Role = Literal["deadline", "until", "at", "during", "baseline", "recent", "each"]

_PLANS = dict(
    zip(
        ("九五", "十五", "十一五", "十二五", "十三五", "十四五", "十五五", "十六五"),
        range(1996, 2036, 5),
        strict=True,
    )
)
_PLAN = r"“?(?P<plan>十[一二三四五六]?五|九五)”?"
_Y = r"(?:19|20)\d\d"
_DASH = r"(?:[-—~～至到]|——)"
_TO = r"(?P<to>到|至|截至|截止到?)"
_THAN = r"(?P<than>较之?|比|相[比较对]于?|与|和|同|以|在|是|为)"
_NUMBER = r"[一二三四五六七八九十两几\d]+"


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a text names: ``first`` and ``last`` are years (equal for one year), None where it names none.

    Roles: ``deadline`` 到2025年, ``until`` 截至2020年, ``at`` 2020年, ``during`` “十三五”期间, ``baseline`` 较2015年, ``recent``
    近三年 or 目前, ``each`` 每年. ``years`` holds the single years of a list (到2022年、2025年), else it is empty.
    """

    start: int
    end: int
    role: Role
    first: int | None
    last: int | None
    years: tuple[int, ...] = ()

    @property
    def period(self) -> str | None:
        """``2011-2015`` for a time of several years.

        >>> times("“十二五”期间")[0].period
        '2011-2015'
        """
        several = self.role == "during" and self.first is not None and self.first != self.last
        return f"{self.first}-{self.last}" if several else None


def five_years(name: str) -> tuple[int, int] | None:
    """The years of a five-year plan by its short name.

    >>> five_years("十四五")
    (2021, 2025)
    """
    start = _PLANS.get(name.strip("“”"))
    return (start, start + 4) if start else None


def times(text: str) -> tuple[Time, ...]:
    """The times of a text in order; years in titles of policies, editions and full dates are left out.

    >>> [(t.role, t.first, t.last) for t in times("到2025年，产值较2020年翻一番，“十三五”期间年均增长8%")]
    [('deadline', 2025, 2025), ('baseline', 2020, 2020), ('during', 2016, 2020)]
    """
    taken = [
        m.span()
        for m in re.finditer(r"《[^》]*》|20\d\d年\d{1,2}月\d{1,2}日|“[^”]*”(?:规划|纲要|计划)", text)
    ]
    found: list[Time] = []
    for pattern, reader in _READERS:
        for m in pattern.finditer(text):
            if any(a < m.end() and m.start() < b for a, b in taken):
                continue
            time = reader(m, text)
            if time is not None:
                found.append(time)
                taken.append((time.start, time.end))
    return tuple(sorted(found, key=lambda t: t.start))


def _several(m: re.Match[str], text: str) -> Time | None:
    """到2022年、2025年, 2019年和2020年."""
    years = tuple(int(y) for y in re.findall(_Y, m.group()))
    role: Role = "at" if not m["to"] else "until" if m["to"].startswith("截") else "deadline"
    return Time(m.start(), m.end(), role, years[0], years[-1], years)


def _span(m: re.Match[str], text: str) -> Time | None:
    """2016-2020年, 2019年至2021年."""
    first, last = int(m["first"]), int(m["last"])
    return Time(m.start(), m.end(), "during", first, last) if first < last else None


def _compared(m: re.Match[str], text: str) -> Time | None:
    """与2015年相比, 较2020年, 是2015年的2倍, 较“十二五”末年."""
    than, after = m["than"], m["after"] or ""
    sure = than[0] in "较比相"
    if not sure and not (after == "相比" if than in "与和同" else after):
        return None
    if m["year"]:
        return Time(m.start(), m.end(), "baseline", int(m["year"]), int(m["year"]))
    span = five_years(m["plan"])
    if span is None:
        return None
    year = _edge(span, m["side"] or "")
    return Time(m.start(), m.end(), "baseline", year or span[0], year or span[1])


def _year(m: re.Match[str], text: str) -> Time | None:
    """到2025年, 截至2020年底, 2020年末, 2025年底前."""
    year, to = int(m["year"]), m["to"] or ""
    if to in ("到", "至") and _RISE.search(text[: m.start()]):
        return Time(m.start() + 1, m.end(), "at", year, year)
    if to:
        return Time(m.start(), m.end(), "until" if to.startswith("截") else "deadline", year, year)
    role: Role = (
        "deadline"
        if (m["tail"] or "").endswith("前")
        else "recent"
        if (m["tail"] or "").endswith("来")
        else "at"
    )
    return Time(m.start(), m.end(), role, year, year)


def _plan(m: re.Match[str], text: str) -> Time | None:
    """“十二五”期间, 至“十三五”末; the name of a plan (“十四五”规划) is no time."""
    span, side = five_years(m["plan"]), m["side"] or ""
    if span is None or ("“" not in m.group() and not side):
        return None
    if not side and re.match(r"[^，。；]{0,10}(?:规划|计划|纲要)", text[m.end() :]):
        return None
    year = _edge(span, side)
    if year is not None:
        to = m["to"] or ""
        if to and _RISE.search(text[: m.start()]):
            return Time(m.start() + 1, m.end(), "at", year, year)  # 提高到“十三五”末的5%
        return Time(
            m.start(), m.end(), "deadline" if to in ("到", "至") else "until" if to else "at", year, year
        )
    return Time(m.start(), m.end(), "during", *span)


def _edge(span: tuple[int, int], side: str) -> int | None:
    """The single year of 初期, 末, 末年 in a five-year plan; a 期初 is its first year too."""
    return span[1] if "末" in side else span[0] if "初" in side else None


def _no_year(role: Role) -> Callable[[re.Match[str], str], Time | None]:
    return lambda m, text: Time(m.start(), m.end(), role, None, None)


_RISE = re.compile(r"(?:提高|提升|增长|增加|上升|扩大|发展|下降|降低|减少|缩短|压缩|缩减|增|升|降)$")
_SIDE = r"(?P<side>初期|期初|末期|期末|末年|初年|[初末]|期间|时期|以来|规划期间|规划期末|后期|前期|中期)"
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Time | None]], ...] = (
    (re.compile(rf"{_TO}?{_Y}年?[底末]?(?:[、和，及与]{_Y}年?[底末]?)*[、和及与]{_Y}年[底末]?"), _several),
    (re.compile(rf"(?P<first>{_Y})年?{_DASH}(?P<last>{_Y})年(?:期间)?"), _span),
    (re.compile(
        rf"{_THAN}(?:(?P<year>{_Y})年[底末]?|{_PLAN}{_SIDE}?)"
        r"(?P<after>相比|相较|为基[期数准]|为基准|的基础上|基础上|的(?=[\d.]+倍|[一二两三四五六七八九十]倍))?"), _compared),
    (re.compile(rf"{_TO}?(?P<year>{_Y})年(?!度?(?:版|修订)|）修订)(?P<tail>度?[底末初]?(?:以来|以?前|之前|来)?)"), _year),
    (re.compile(rf"{_TO}?{_PLAN}{_SIDE}?"), _plan),
    (re.compile(r"(?:较|比)(?:上年同期|上年|去年|期初|基期|规划初期|同期)|同比|环比"), _no_year("baseline")),
    (re.compile(rf"(?:近|过去|最近){_NUMBER}年(?:来|间)?|{_NUMBER}年来"), _no_year("recent")),
    (re.compile(r"截至目前|目前|当前|现阶段|去年|(?<!以)上年|至今"), _no_year("recent")),
    (re.compile(
        rf"(?:未来|今后|再用|利用|通过)?{_NUMBER}年(?:内|左右时间|左右|时间|的?努力|(?=新增|新获|累计|翻))"), _no_year("until")),
    (re.compile(rf"(?:未来|今后|再用){_NUMBER}年"), _no_year("until")),
    (re.compile(r"每年|年均每年|逐年"), _no_year("each")),
)  # fmt: skip


# ── The document's period ──────────────────────────────────────────────────────────────────────────────────

_PLAN_WORDS = r"(?:规划|方案|计划|指南|意见|纲要|措施|行动|政策|要点)"
_TITLE_SPAN = re.compile(rf"(?P<first>20\d\d)年?{_DASH}(?P<last>20\d\d)年?")
_TITLE_PLAN = re.compile(rf"{_PLAN}(?:时期|期间)?[^，。；]{{0,30}}?{_PLAN_WORDS}")
_STATED = re.compile(
    rf"(?:期限|期|时间|年限)(?:为|是|：|自|从|:)?(?P<first>20\d\d)年?{_DASH}(?P<last>20\d\d)年?"
)
_GOAL_YEAR = re.compile(r"(?<![截高升长加大降低少短缩减])(?:到|至)(20\d\d)年")


def document_period(document: Document) -> tuple[int, int] | None:
    """The years that a plan covers, by its title, its own words or its five-year plan; None where nothing says it.

    >>> from kg.documents.sources import document
    >>> document_period(document("a", "某市促进生物医药产业发展行动方案（2022—2024年）\\n一、总体要求\\n加快发展。"))
    (2022, 2024)
    >>> document_period(document("b", "某省“十四五”医药工业规划\\n一、基础\\n已有基础。"))
    (2021, 2025)
    """
    for line in _title_lines(document):
        found = _title_period(line)
        if found:
            return found
    text = document.reading.text
    stated = _STATED.search(text)
    if stated and 1 <= int(stated["last"]) - int(stated["first"]) <= 20:
        return int(stated["first"]), int(stated["last"])
    return _by_goals(text)


def _title_lines(document: Document) -> Iterator[str]:
    """The title given with the document, then the first lines of its text as far as they may be a title."""
    if document.title:
        yield document.title
    for line in document.reading.text[:600].split("\n")[:6]:
        head = re.split(r"根据|按照|为贯彻|为深入|为加快|为进一步|为落实|[，。；]", line[:120])[0]
        if re.search(_PLAN_WORDS, head):
            yield head


def _title_period(line: str) -> tuple[int, int] | None:
    span = _TITLE_SPAN.search(line)
    if span and 1 <= int(span["last"]) - int(span["first"]) <= 20:
        return int(span["first"]), int(span["last"])
    plan = _TITLE_PLAN.search(line)
    return five_years(plan["plan"]) if plan else None


def _by_goals(text: str) -> tuple[int, int] | None:
    """The five-year plan that ends in the year most goals name, when the text names that plan or the one before it."""
    named = {p for m in re.finditer(_PLAN, text) if (p := five_years(m["plan"]))}
    years = Counter(int(y) for y in _GOAL_YEAR.findall(text))
    for year, _ in sorted(years.items(), key=lambda i: -i[1]):
        period = (year - 4, year)
        if period in named or (year - 9, year - 5) in named:
            return period
    return None


def horizon(document: Document) -> tuple[int | None, int | None]:
    """The first and last year of a plan as far as its text lets one tell: the last may be known without the first.

    >>> from kg.documents.sources import document
    >>> horizon(document("c", "到2027年，产业规模达到500亿元。"))
    (None, 2027)
    """
    period = document_period(document)
    if period:
        return period
    years = Counter(int(y) for y in _GOAL_YEAR.findall(document.reading.text))
    best = sorted(years.items(), key=lambda i: -i[1])
    return None, best[0][0] if best else None
