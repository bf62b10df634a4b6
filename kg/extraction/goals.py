"""Whether a number states a goal or a fact: by the time it stands under, by words of tense, and by its section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.documents.document import Section
from kg.extraction.periods import Time
from kg.lexicon.words import pattern

# How much each witness weighs; positive speaks for a goal, negative for the past.
_LAST_REVIEWED = (
    2020  # a text of unknown period that speaks of a later five-year plan most likely is that plan
)
_TIME, _SECTION, _WORDS, _CALL, _HINT, _BEFORE = 4.0, 2.0, 2.0, 1.5, 0.5, 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What tense is judged against: the first and last year of the plan, where they are known."""

    first: int | None
    last: int | None


def lean(plan: Plan, time: Time | None, section: float, words: str, before: float = 0.0) -> float:
    """How far a number leans to a goal (positive) or to the past (negative); about ±2 and more is sure.

    ``words`` are those of the clause up to the number, ``section`` is `section_lean`. ``before`` says what the number
    before was: 1 a goal and -1 a fact in the same sentence, half as much in the sentence before.

    >>> plan = Plan(2021, 2025)
    >>> lean(plan, Time(0, 6, "deadline", 2025, 2025), 0.0, "产值达到") > 2
    True
    >>> lean(plan, None, 0.0, "现有规上企业") < 0
    True
    """
    total = _of_time(plan, time) + section + _of_words(words)
    return total + _BEFORE * before


def _of_time(plan: Plan, time: Time | None) -> float:
    if time is None:
        return 0.0
    if time.last is None or time.first is None:
        return {"recent": -3.0, "until": 2.0, "each": 0.5}.get(time.role, 0.0)
    if time.role in ("until", "recent"):
        return -_TIME
    if plan.first is not None and plan.last is not None:
        if time.last < plan.first:
            return -_TIME
        if time.role == "at" and time.last < plan.last:
            return 0.0
        return _TIME if time.role != "at" else 3.0
    if time.role == "deadline":
        return 3.0
    if plan.last is not None:
        return 2.0 if time.last >= plan.last else -3.0
    return 1.0 if time.role == "during" and time.last > _LAST_REVIEWED else -1.5


def _of_words(words: str) -> float:
    """Words of tense anywhere before the number, and a verb that calls for something at the start of the clause."""
    total = 0.0
    if re.search(pattern("quantities", "goal_words"), words):
        total += _WORDS
    if re.search(pattern("quantities", "past_words"), words):
        total -= _WORDS
    elif re.search(pattern("quantities", "past_hints"), words):
        total -= _HINT
    clause = re.split(r"[，；：]", words)[-1].lstrip("并")
    if re.match(f"{pattern('quantities', 'manner')}*{pattern('quantities', 'calls')}", clause):
        total += _CALL
    return total


def section_lean(sections: Sequence[Section]) -> float:
    """What the titles over a number say, the outermost telling title first: 目标 and 任务 lean to goals, 回顾 to the past."""
    for section in reversed(sections):
        title = section.title
        if section.kind == "bare" and re.search(pattern("quantities", "document_titles"), title):
            continue
        past = bool(re.search(pattern("quantities", "past_titles"), title)) or _past_plan(title)
        goal = bool(re.search(pattern("quantities", "goal_titles"), title))
        task = bool(re.search(pattern("quantities", "task_titles"), title))
        if past != (goal or task):
            return -_SECTION if past else _SECTION
    return 0.0


def _past_plan(title: str) -> bool:
    """“十二五”发展回顾, 十二五”时期: a title that only names a five-year plan says nothing; one that looks back does."""
    return bool(re.search(r"发展回顾|发展成[就效]|取得的", title))


def is_goal_section(section: Section) -> bool:
    """Whether a section states the goals of the plan."""
    return bool(re.search(pattern("quantities", "goal_titles"), section.title)) and len(section.title) <= 24


def is_forecast(words: str) -> bool:
    """Whether what comes before a number makes it a forecast.

    >>> is_forecast("预计未来五年，全球市场增长"), is_forecast("市场增长")
    (True, False)
    """
    return bool(re.search(pattern("quantities", "forecast_words"), words))


def is_subsidy(words: str) -> bool:
    """Whether a sum of money is a grant and no goal: 给予最高500万元奖励."""
    return bool(re.search(pattern("quantities", "subsidy_words"), words))
