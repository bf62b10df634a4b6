"""Values that share a subject or are shared out over several: 分别 lists, lists of years, rises from one value to another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.counted import (
    Counted,
    counted,
    ends_in_verb,
    finished,
    lead,
    noun_follows,
    predicate_pattern,
    unfinished,
)
from kg.extraction.figure import Memory
from kg.extraction.indicators import (
    is_relative,
    measured_noun,
    scope_and_indicator,
    subjects,
    tail,
    without_adverbs,
    without_rate,
)
from kg.extraction.numerals import Quantity, number

_AND = re.compile(r"、|以及|和|及|与")
_FROM = re.compile(r"(?:从|由)[^从由]*$")
_TO = re.compile(
    r"(?:提高|提升|增长|增加|上升|扩大|发展|下降|降低|减少|缩短|压缩|缩减|增|升|降|跃升|攀升|调整|变|壮大|优化|改善)(?:到|至|为)了?[^，]*$"
)
_STREAK = re.compile(
    r"(?P<what>[^，；“”]{2,20})连续(?P<years>\d+|[二两三四五六七八九十]+)年(?P<then>(?:位居|居|稳居|保持|排名|名列|位列)[^，；。]{2,12})"
)


def from_to(memory: Memory, start: int, low: Quantity, high: Quantity) -> bool:
    """比重从2.3%提高至3.0%: both values are figures; False where the two numbers are no such rise."""
    marked = memory.marked
    left = marked.words(start, low.start)
    begin = _FROM.search(left)
    if not begin or not _TO.search(marked.raw(low.end, high.start)):
        return False
    text, subject = without_adverbs(left[: begin.start()]), memory.subject
    if text and not is_relative(text):
        whom, indicator = scope_and_indicator(text)
    elif subject is not None:
        whom, indicator, start = (
            subject.scope,
            without_rate(subject.indicator) + text,
            min(subject.start, start),
        )
    else:
        return False
    origin = next((t for t in marked.times if start <= t.start < low.at and marked.is_origin(t)), None)
    memory.add(low, indicator, whom, "from", "level", start, low.end)
    if origin and memory.last:
        memory.amend(-1, time=origin)
    memory.add(high, indicator, whom, "to", "level", start, high.end)
    if origin and memory.last:
        memory.amend(-1, baseline=origin.last)
    return True


def listed(memory: Memory, start: int, end: int, run: Sequence[Quantity]) -> None:
    """Values that list marks alone part: shared out over years, subjects before them, earlier figures, or objects after them."""
    marked = memory.marked
    left, right = marked.words(start, run[0].start), marked.words(run[-1].end, end)
    plain = re.sub(r"分别|各自", "", left)
    if run[0].kind == "count" and noun_follows(right) and ends_in_verb(plain):
        _over_objects(memory, run, plain, right, start, end)
        return
    ending = tail(plain)
    text = without_adverbs(ending.text)
    before = lead(text)
    time = marked.time_of(run[0].at)
    parts = subjects(before.rest, len(run)) if text else []
    earlier = [f for f in memory.found if not f.relative][-len(run) :]
    if time and len(time.years) == len(run):
        whom, what = (
            (before.scope, before.prefix + before.rest)
            if run[0].kind == "count"
            else scope_and_indicator(text)
        )
        for q, year in zip(run, time.years, strict=True):
            memory.add(q, what, whom, "listed", ending.direction, start, q.end, year=year)
    elif parts:
        for q, part in zip(run, parts, strict=True):
            whom, what = (
                (before.scope, before.prefix + part) if q.kind == "count" else scope_and_indicator(part)
            )
            memory.add(q, what, whom or before.scope, "listed", ending.direction, start, q.end, noun=part,
                       inherits=True)  # fmt: skip
    elif len(earlier) == len(run) and (not text or is_relative(text) or "分别" in left):
        for q, f in zip(run, earlier, strict=True):
            own = without_rate(f.indicator) + text
            rate = (
                ending.changed
                if ending.direction == "increase" and marked.baseline_year(q.at) is None
                else ""
            )
            reported = own + marked.baseline_words(q.at) + ending.changed
            memory.add(q, own + rate, f.scope, "listed", "level" if rate else ending.direction, min(f.start, start), q.end,
                       reported=reported, relative=True)  # fmt: skip


def _over_objects(
    memory: Memory, run: Sequence[Quantity], left: str, right: str, start: int, end: int
) -> None:
    """分别有8家和11家研究院列入甲和乙."""
    thing, before = counted(right), lead(left)
    verb = re.match(predicate_pattern(), thing.predicate)
    objects = _AND.split(thing.predicate[verb.end() :]) if verb else []
    for n, q in enumerate(run):
        own = (
            replace(thing, predicate=verb.group() + objects[n])
            if verb and len(objects) == len(run)
            else thing
        )
        memory.add(
            q, before.prefix + own.phrase, before.scope, "listed", "level", start, end, noun=thing.noun
        )


def share_back(memory: Memory, thing: Counted, start: int) -> None:
    """Gives the head or the predicate of the last item of a list to those before: 2个千亿级、3个百亿级集群."""
    for n in range(len(memory.found) - 2, -1, -1):
        before = memory.found[n]
        if before.form != "count" or not before.noun or "，" in memory.marked.raw(before.quantity.end, start):
            return
        noun = finished(before.noun, thing.noun) if unfinished(before.noun) else before.noun
        if before.noun.startswith(("超", "过", "突破")):
            noun = memory.attribute + noun
        indicator = before.indicator.replace(before.noun, noun)
        if thing.predicate and "的" not in indicator:
            indicator = f"{indicator.removesuffix(noun)}{thing.predicate}的{noun}"
        memory.amend(n, noun=noun, indicator=indicator, reported=indicator)


def streak(memory: Memory, start: int, end: int) -> None:
    """获批数量连续5年位居全国第一: the years are a figure."""
    m = _STREAK.search(memory.marked.raw(start, end))
    years = number(m["years"]) if m else None
    if m is None or years is None or not measured_noun(m["what"]):
        return
    at = start + m.start("years")
    q = Quantity(at, at, start + m.end("years") + 1, years, None, "年", "=", "duration")
    memory.add(
        q, m["what"] + "连续" + m["then"], None, "streak", "level", start, start + m.end(), relative=True
    )
