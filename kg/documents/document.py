"""A document as it was given, with its reading view and its tree of sections."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.documents.reading import Reading
from kg.model import Evidence


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all under it. ``start``/``end`` count in the document, ``view`` and ``body`` in its reading view."""

    id: str
    number: str | None
    title: str
    kind: str
    level: int
    order: int
    start: int
    end: int
    parent: str | None
    view: tuple[int, int]
    body: int

    def __contains__(self, at: int) -> bool:
        return self.view[0] <= at < self.view[1]


@dataclass(frozen=True, slots=True)
class Document:
    """One policy document; ``text`` is what evidence cites."""

    id: str
    text: str
    reading: Reading
    sections: tuple[Section, ...] = ()
    repeats: Mapping[tuple[int, int], tuple[tuple[int, int], ...]] = field(default_factory=dict)
    meta: Mapping[str, object] = field(default_factory=dict)

    @property
    def title(self) -> str | None:
        """The title given with the document from outside its text, if any."""
        given = self.meta.get("title")
        return given if isinstance(given, str) else None

    def section_at(self, at: int) -> Section | None:
        """The innermost section that holds a position of the reading view."""
        starts = [s.view[0] for s in self.sections]
        n = bisect_right(starts, at) - 1
        while n >= 0:
            if at in self.sections[n]:
                return self.sections[n]
            n -= 1
        return None

    def path(self, section: Section | None) -> tuple[Section, ...]:
        """A section and those above it, innermost first."""
        by_id = {s.id: s for s in self.sections}
        found: list[Section] = []
        while section is not None:
            found.append(section)
            section = by_id.get(section.parent) if section.parent else None
        return tuple(found)

    def evidence(self, start: int, end: int) -> Evidence:
        """The evidence behind a span of the reading view: an exact slice of the text."""
        first, last = self.reading.raw(start, end)
        section = self.section_at(start)
        return Evidence(self.id, first, last, self.text[first:last], section.id if section else None)

    def places(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The other places in the document where a repeated passage says the same as ``text[start:end]``."""
        for (first, last), others in self.repeats.items():
            if first <= start and end <= last:
                return others
        return ()
