"""A sentence with its numbers and times marked, and the questions that a reader of figures asks of it."""

from __future__ import annotations

import re

from kg.extraction.numerals import Quantity, quantities
from kg.extraction.periods import Time, times


class Marked:
    """A sentence; all positions count in it. Numbers inside quotation marks, titles and times are no quantities.

    >>> m = Marked("到2025年，建成“8+4”产业体系，产值达到500亿元")
    >>> [q.value for q in m.numbers], [t.last for t in m.times]
    ([500.0], [2025])
    """

    def __init__(self, sentence: str) -> None:
        self.text = sentence
        self.times = times(sentence)
        self.numbers = tuple(q for q in quantities(sentence) if not self._quoted(q) and not self._in_time(q))
        self._brackets = [m.span() for m in re.finditer(r"（[^（）]*）", sentence)]

    def raw(self, start: int, end: int) -> str:
        """The words of a span as they stand."""
        return self.text[start:end]

    def words(self, start: int, end: int) -> str:
        """The words of a span without the times in it (每年 and 同比 stay) and without brackets that hold numbers."""
        cuts = [
            (t.start, t.end)
            for t in self.times
            if t.role != "each" and not (t.role == "baseline" and t.first is None)
        ]
        cuts += [(a, b) for a, b in self._brackets if start <= a and b <= end and self.numbers_in(a, b)]
        kept = (self.text[i] for i in range(start, end) if not any(a <= i < b for a, b in cuts))
        return "".join(kept).strip("，；：。 ")

    def numbers_in(self, start: int, end: int) -> bool:
        """Whether a span holds a quantity."""
        return any(start <= q.at < end for q in self.numbers)

    def time_of(self, at: int) -> Time | None:
        """The time that governs a position: the last in its segment, else the one at the head of the sentence.

        >>> Marked("2020年，产值100亿元；产量50吨").time_of(18).last
        2020
        """
        plain = [
            t
            for t in self.times
            if t.role not in ("baseline", "each") and t.end <= at and not self.is_origin(t)
        ]
        plain = [t for t in plain if t.last] or plain  # 三年 after 到2027年 says nothing more
        segment = self.text.rfind("；", 0, at)
        own = [t for t in plain if t.start > segment]
        if own:
            return own[-1]
        first = re.search(r"[，；]", self.text)
        head = [t for t in plain if t.start < (first.start() if first else at)]
        return head[0] if head else None

    def is_origin(self, time: Time) -> bool:
        """Whether a time is where a rise starts: 由2020年的3%, 自“十二五”以来."""
        return self.text[: time.start].endswith(("由", "从", "自"))

    def baseline_year(self, at: int) -> int | None:
        """The year that a change up to a position is measured against: 较2015年."""
        time = self._baseline(at)
        return time.last if time else None

    def baseline_words(self, at: int) -> str:
        """The baseline as worded, where it stands in the same clause."""
        time = self._baseline(at)
        if time is None or time.first is None or self.text.rfind("，", 0, at) > time.start:
            return ""
        return self.text[time.start : time.end]

    def _baseline(self, at: int) -> Time | None:
        before = [t for t in self.times if t.role == "baseline" and t.end <= at]
        return before[-1] if before else None

    def in_bracket(self, at: int, start: int = 0) -> bool:
        """Whether a position stands in brackets that open after ``start``."""
        return self.text.count("（", start, at) > self.text.count("）", start, at)

    def bracket_after(self, at: int) -> tuple[int, int] | None:
        """The span of the brackets that open right at a position."""
        return next((span for span in self._brackets if span[0] == at), None)

    def _quoted(self, q: Quantity) -> bool:
        before = self.text[: q.at]
        return before.count("“") > before.count("”") or before.count("《") > before.count("》")

    def _in_time(self, q: Quantity) -> bool:
        return any(t.start <= q.at < t.end for t in self.times)
