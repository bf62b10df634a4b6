"""Spans of characters: how much two share, and which characters of a text the evidence of facts covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Span = tuple[int, int]


def shared(a: Span, b: Span) -> float:
    """The length that two spans share as a part of the length that they cover together.

    >>> shared((0, 4), (2, 6)), shared((0, 2), (2, 4)), shared((1, 3), (1, 3))
    (0.3333333333333333, 0.0, 1.0)
    """
    common = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, common) / (a[1] - a[0] + b[1] - b[0] - common) if common > 0 else 0.0


class Coverage:
    """The characters of a text that spans of several types cover.

    >>> covered = Coverage(10, [("cites", (2, 5))])
    >>> covered.any(["cites"], range(4, 8)), covered.any(["target"], range(4, 8)), covered.types(range(0, 2))
    (True, False, [])
    """

    def __init__(self, length: int, spans: Iterable[tuple[str, Span]]) -> None:
        self._marks: dict[str, bytearray] = {}
        for type_, (start, end) in spans:
            marks = self._marks.setdefault(type_, bytearray(length))
            marks[start:end] = b"\1" * (end - start)

    def any(self, types: Iterable[str], offsets: Sequence[int]) -> bool:
        """Whether a span of one of the types covers any of the characters."""
        return any(self._marks[t][at] for t in types if t in self._marks for at in offsets)

    def types(self, offsets: Sequence[int]) -> list[str]:
        """The types of which a span covers any of the characters, sorted."""
        return sorted(t for t in self._marks if self.any([t], offsets))
