"""A figure of a sentence, and what a reader remembers of a sentence while it reads on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from kg.extraction.marked import Marked
from kg.extraction.numerals import Quantity
from kg.extraction.periods import Time
from kg.model import Direction

Form = Literal[
    "count", "part", "measure", "change", "from", "to", "listed", "attribute", "amount", "inside", "streak"
]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a sentence and what it measures; positions count in the sentence.

    ``indicator`` is what a goal aims at; ``reported`` is the same as a fact of the past words it (with 比2010年增加).
    ``year`` overrides ``time`` where a list of years is shared out; ``noun`` is the bare thing that a count counts.
    """

    quantity: Quantity
    indicator: str
    reported: str
    scope: str | None
    form: Form
    direction: Direction
    start: int
    end: int
    time: Time | None = None
    baseline: int | None = None
    year: int | None = None
    relative: bool = False
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a clause without a subject of its own speaks of, and where that was said."""

    indicator: str
    scope: str | None
    start: int


class Kept(NamedTuple):
    """What brackets must not change."""

    base: Figure | None
    head: Figure | None
    unquantified: Subject | None
    prefix: str


class Memory:
    """The figures found so far in a sentence, and what later clauses may leave out."""

    def __init__(self, marked: Marked) -> None:
        self.marked = marked
        self.found: list[Figure] = []
        self.head: Figure | None = None
        self.unquantified: Subject | None = None
        self.prefix = ""
        self.attribute = ""
        self._base: Figure | None = None

    @property
    def subject(self) -> Subject | None:
        """The last thing measured or counted, or the subject of a clause without a number after it."""
        if self.unquantified:
            return self.unquantified
        return Subject(self._base.indicator, self._base.scope, self._base.start) if self._base else None

    @property
    def last(self) -> Figure | None:
        """The figure found last."""
        return self.found[-1] if self.found else None

    def speaks_of(self, subject: Subject) -> None:
        """Notes the subject of a clause that has no number: 营业收入|保持中高速增长."""
        self.unquantified, self._base = subject, None

    def add(
        self, q: Quantity, indicator: str, scope: str | None, form: Form, direction: Direction, start: int, end: int,
        *, reported: str | None = None, noun: str = "", year: int | None = None, relative: bool = False,
        inherits: bool = False,
    ) -> None:  # fmt: skip
        """Adds a figure; one that is not relative becomes what later clauses speak of; one may inherit its scope."""
        indicator, reported = _trim(indicator), _trim(reported or indicator)
        if len(indicator) < 2:
            return
        last = self.last
        if scope is None and last and inherits and last.form in ("measure", "listed", "change"):
            scope = last.scope
        figure = Figure(
            q, indicator, reported, scope or None, form, direction, start, end, self.marked.time_of(q.at),
            self.marked.baseline_year(q.at) if direction != "level" else None, year, relative, noun,
        )  # fmt: skip
        self.found.append(figure)
        if relative or form == "inside":
            return
        self._base, self.unquantified = figure, None
        if form != "part":
            self.head = figure

    def amend(self, index: int, **changes: object) -> None:
        """Replaces a figure found before by one with changes."""
        self.found[index] = replace(self.found[index], **changes)  # type: ignore[arg-type]

    def keep(self) -> Kept:
        """What to go back to after brackets."""
        return Kept(self._base, self.head, self.unquantified, self.prefix)

    def back(self, kept: Kept) -> None:
        """Goes back to what was spoken of before brackets."""
        self._base, self.head, self.unquantified, self.prefix = kept


def _trim(text: str) -> str:
    """An indicator without marks at its ends; a lone opening quotation mark goes too."""
    text = text.strip("，、：的 ").replace("仅占", "占").replace("约占", "占")
    return text.strip("“") if text.count("“") > text.count("”") else text
