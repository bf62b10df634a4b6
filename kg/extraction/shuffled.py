"""Which heading a passage of a shuffled page stands under, told by its copies and by the numbers of headings.

Where a page was cut and its parts put together again, what stands before a sentence need not be what it followed.
A joint is believed when every copy has it; a heading when the one after the passage has the number that comes next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.documents.sections import Heading, headings
from kg.extraction.text import Slice, sentences

_CN = "一二三四五六七八九十"
_LEVEL = {"part": 0, "chapter": 1, "section": 2, "item": 3, "subitem": 4}
_FURTHEST = 8


@dataclass
class Page:
    """A page as it was given, its sentences with what stands before and after each copy, and its headings."""

    text: str
    units: list[Slice] = field(init=False)
    heads: list[Heading] = field(init=False)
    _places: dict[str, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.heads = [h for h in headings(self.text) if h.kind in _LEVEL]
        starts = sorted({0, *(h.start for h in self.heads)})
        self.units = [
            s
            for a, b in zip(starts, [*starts[1:], len(self.text)], strict=True)
            for s in sentences(self.text, a, b)
        ]
        self._places = {}
        for n, unit in enumerate(self.units):
            self._places.setdefault(unit.text, []).append(n)

    def at(self, position: int) -> int:
        """The number of the sentence that holds a position."""
        return next((n for n, u in enumerate(self.units) if u.start <= position < u.end), len(self.units) - 1)

    def before(self, n: int) -> set[int]:
        """The sentences that stand right before any copy of one, each text once."""
        found = {self.units[m - 1].text: m - 1 for m in reversed(self._places[self.units[n].text]) if m}
        return set(found.values())

    def certain(self, first: int, second: int) -> bool:
        """Whether no copy of two neighbours contradicts that they belong together."""
        follow = {
            self.units[m + 1].text for m in self._places[self.units[first].text] if m + 1 < len(self.units)
        }
        return len(self.before(second)) == 1 and len(follow) == 1

    def heading_of(self, n: int) -> Heading | None:
        """The heading that a sentence is."""
        return next((h for h in self.heads if h.start == self.units[n].start), None)

    def following(self, end: int) -> Heading | None:
        """The heading that stands right at a position."""
        return next((h for h in self.heads if 0 <= h.start - end <= 1), None)


def heading_over(page: Page, n: int, end: int) -> Heading | None:
    """The heading that the sentence ``n`` stands under, by way of any copy, if the heading at ``end`` is the next one."""
    next_ = page.following(end)
    seen, layer = {page.units[n].text}, {n}
    for _ in range(_FURTHEST):
        reached: set[int] = set()
        for at in sorted(layer):
            for b in sorted(page.before(at)):
                heading = page.heading_of(b)
                if heading is None:
                    if page.units[b].text not in seen:
                        reached.add(b)
                        seen.add(page.units[b].text)
                elif _comes_next(page, heading, next_) or (next_ is None and page.certain(b, at)):
                    return heading
        layer = reached
    return None


def run_before(page: Page, n: int) -> tuple[list[Slice], Heading | None]:
    """The sentences before ``n`` that surely lead up to it, and the heading at which they end, if they do."""
    run: list[Slice] = []
    at = n
    while at > 0 and len(run) < 3:
        if not page.certain(at - 1, at):
            return run, None
        heading = page.heading_of(at - 1)
        if heading is not None:
            return run, heading
        at -= 1
        run.insert(0, page.units[at])
    back = at
    while back > 0 and page.heading_of(back) is None and page.certain(back - 1, back):
        back -= 1
    return run, page.heading_of(back)


def _comes_next(page: Page, heading: Heading, next_: Heading | None) -> bool:
    """Whether a heading is the one before another: 2. before 3., or 3. under （一） before （二）."""
    if next_ is None:
        return False
    if heading.kind == next_.kind:
        return ordinal(next_) == ordinal(heading) + 1
    if _LEVEL[next_.kind] > _LEVEL[heading.kind]:
        return False
    over = [h for h in page.heads if h.start < heading.start and h.kind == next_.kind]
    return bool(over) and ordinal(next_) == ordinal(over[-1]) + 1


def ordinal(heading: Heading) -> int:
    """The number of a heading.

    >>> ordinal(Heading("section", "（十二）", "保障", 0, 6))
    12
    """
    digits = re.search(r"\d+", heading.number or "")
    if digits:
        return int(digits.group())
    chinese = re.search(rf"[{_CN}]+", heading.number or "")
    if not chinese:
        return 0
    tens, ten, ones = chinese.group().rpartition("十")
    value = _CN.index(ones) + 1 if ones else 0
    return value + (10 * (_CN.index(tens) + 1 if tens else 1) if ten else 0)


def apart_from(run: Sequence[Slice], heading: Heading | None, common: str) -> list[Slice]:
    """The sentences of a run that do not speak of a heading they cannot stand under; the last always stays.

    ``common`` is text whose words say nothing here, such as the title of the document.
    """
    if heading is None:
        return list(run)
    stop = _pairs(common + "支持推进推动加快加大建设发展力度实施开展提升工程加强")
    own = _pairs(heading.title) - stop
    kept = [s for s in run[:-1] if not own & _pairs(s.text)]
    return [*kept, *run[-1:]]


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
