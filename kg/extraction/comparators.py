"""The words around a number that set a bound: 不低于, 超过, 左右, 以内."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from kg.lexicon.words import pattern
from kg.model import Comparator

_A_THING = re.compile(r"(?:技术|成果|重大|核心|关键|标志性|原创|产品|攻关|的|取得)突破$")
_PAST = re.compile(r"(?<![通经不超越渡])过$")  # 销售额过亿元, but not 通过10个
_SOME = re.compile(r"(?<!以)上$")  # 上百个


@cache
def _bounds(side: Literal["before", "after"]) -> tuple[tuple[re.Pattern[str], Comparator], ...]:
    names: tuple[tuple[str, Comparator], ...]
    if side == "before":
        names = (
            ("at_least", ">="),
            ("more_than", ">"),
            ("at_most", "<="),
            ("less_than", "<"),
            ("about", "~"),
        )
        return tuple((re.compile(pattern("quantities", n) + "$"), c) for n, c in names)
    names = (("at_least_after", ">="), ("at_most_after", "<="), ("about_after", "~"))
    return tuple((re.compile(pattern("quantities", n)), c) for n, c in names)


def bound_before(text: str, at: int) -> tuple[int, Comparator | None]:
    """Where the comparator words before a number begin, and the bound they set; the word nearest the verb wins.

    >>> bound_before("不超过5", 3), bound_before("销售额过亿元", 4), bound_before("实现技术突破5项", 6)
    ((0, '<='), (3, '>'), (6, None))
    """
    found: Comparator | None = None
    start = at
    while True:
        head = text[max(0, start - 6) : start]
        if _A_THING.search(head):
            return start, found  # 10项技术突破 are things, no bound
        hits = [(m, c) for p, c in _bounds("before") if (m := p.search(head))]
        hit = max(hits, key=lambda h: len(h[0].group()), default=None)  # 不超过 before 超过
        if hit is None and not found and _PAST.search(head) and re.match(r"[\d百千万亿五十]", text[start:]):
            return start - 1, ">"
        if hit is None and not found and _SOME.search(head) and re.match(r"[百千万]", text[at:]):
            return start - 1, "~"
        if hit is None:
            return start, found
        start -= len(hit[0].group())
        found = hit[1] if found in (None, "~") else found


def bound_after(text: str, at: int) -> tuple[int, Comparator | None]:
    """Where the comparator words after a unit end, and the bound they set.

    >>> bound_after("5个以上", 2)
    (4, '>=')
    """
    for p, c in _bounds("after"):
        m = p.match(text, at)
        if m:
            return m.end(), c
    return at, None
