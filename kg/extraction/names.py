"""Where a proper name begins: the phrase before a head noun, cut at marks, at verbs, and at words that only lead up to it."""

from __future__ import annotations

import re
from functools import cache

from kg.extraction.text import Slice
from kg.lexicon.words import pattern, words

MARKS = "，。；：！？、“”‘’《》〈〉（）【】|\n"
_COUNTED = "[家个所项批座条支只年]"
_QUANTITY = re.compile(
    rf"^(?:\d+[—\-~～至]?\d*(?:余|多)?{_COUNTED}|[一二两三四五六七八九十百]+(?:余|多)?{_COUNTED}|一批|若干|[多数][家个所项])+"
)


def phrase_before(view: str, at: int, floor: int = 0) -> Slice:
    """The run of characters before a position, back to the nearest mark.

    >>> phrase_before("甲，实施乙工程", 5).text
    '实施乙'
    """
    start = at
    while start > floor and view[start - 1] not in MARKS:
        start -= 1
    return Slice(view[start:at], start)


def without_lead(phrase: Slice) -> Slice:
    """A phrase without the adverbs, verbs, prepositions and quantities at its left end.

    >>> without_lead(Slice("深入推进凤凰行动", 0)).text
    '凤凰行动'
    """
    lead = _lead()
    while True:
        m = lead.match(phrase.text) or _QUANTITY.match(phrase.text)
        if not m or not m.end():
            return phrase
        phrase = phrase.part(m.end())


def after_break(phrase: Slice, extra: tuple[str, ...] = ()) -> Slice:
    """What follows the last verb or other word inside a phrase that cannot be part of a name.

    >>> after_break(Slice("高层次人才申报省海外引才", 0)).text
    '省海外引才'
    """
    ends = [m.end() for m in _breaks(extra).finditer(phrase.text) if m.end() <= len(phrase.text)]
    return phrase.part(ends[-1]) if ends else phrase


def name_before(view: str, at: int, floor: int = 0, extra: tuple[str, ...] = ()) -> Slice:
    """The name that ends at a position, as far left as it can reach.

    >>> name_before("支持企业实施中药振兴发展工程", 14).text
    '中药振兴发展工程'
    """
    return without_lead(after_break(phrase_before(view, at, floor), extra))


def without_rank(name: str) -> str:
    """A name without the rank or place word before it: 省千人计划 → 千人计划.

    >>> without_rank("国家重大新药创制专项")
    '重大新药创制专项'
    """
    return re.sub(f"^{pattern('names', 'ranks')}+", "", name)


def is_rank(name: str) -> bool:
    """Whether a phrase is nothing but words of place and rank."""
    return not without_rank(name)


@cache
def _lead() -> re.Pattern[str]:
    kept = pattern("names", "not_lead")  # 对外贸易, 有限公司: nouns that open with the same characters
    return re.compile(f"(?:(?!{kept}){pattern('names', 'lead')})+")


@cache
def _breaks(extra: tuple[str, ...]) -> re.Pattern[str]:
    listed = sorted({*words("names", "breaks"), *extra}, key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, listed)))
