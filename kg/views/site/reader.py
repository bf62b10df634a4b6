"""The reader: a document's full text as it was given, with its facts marked in place.

Facts overlap: the quote of a city's fields holds those of each field. The text is cut at every end of a quote, and
each piece knows all facts over it; the shortest of them gives it its look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kg.views.site.context import SiteContext
from kg.views.site.documents import object_cell
from kg.views.site.fact_types import FACT_LOOKS
from kg.views.site.page import Page
from kg.views.site.paths import reader_path
from kg.views.site.said import Said, Section
from kg.views.site.things import words

_BESIDE = 8
"""So many characters may stand beside its title in the line of a heading."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters under the same facts (their numbers, shortest first); ``look`` is a type or empty."""

    text: str
    start: int
    facts: tuple[int, ...]
    look: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text; ``sections`` are those that begin in it."""

    start: int
    pieces: tuple[Piece, ...]
    sections: tuple[Section, ...]

    @property
    def heading(self) -> bool:
        """Whether the line is a heading and no more: some stand at the head of a paragraph."""
        length = sum(len(piece.text.strip()) for piece in self.pieces)
        return any(length <= len(s.title) + _BESIDE for s in self.sections)


def reader_pages(site: SiteContext) -> Iterator[Page]:
    """The reader of every document."""
    for plan in site.plans:
        text = site.graph.text(plan.id)
        facts = [s for s in site.book.facts(plan.id) if s.type != "document"]
        outline = site.book.outline(plan.id)
        yield Page(
            reader_path(plan.id), "reader.html", f"{plan.title}：全文", f"{plan.title}: full text",
            {
                "plan": plan, "it": site.things[plan.iri], "outline": outline, "lines": lines(text, facts, outline),
                "types": [(t, look, sum(s.type == t for s in facts)) for t, look in FACT_LOOKS.items()],
            },
            scripts=("assets/reader.js",), styles=("assets/reader.css",), data={"facts": _data(site, facts)},
            nav="document/index.html",
        )  # fmt: skip


def lines(text: str, facts: Sequence[Said], outline: Sequence[Section] = ()) -> list[Line]:
    """The text cut into lines and pieces; joined with line feeds the pieces give the text again.

    >>> "".join(p.text for p in lines("甲乙", [])[0].pieces)
    '甲乙'
    """
    found = []
    start = 0
    opened = sorted(outline, key=lambda s: s.start)
    for raw in text.split("\n"):
        end = start + len(raw)
        over = [n for n, s in enumerate(facts) if s.evidence.start < end and start < s.evidence.end]
        begun = tuple(s for s in opened if start <= s.start <= end)
        opened = [s for s in opened if s.start > end]
        found.append(Line(start, tuple(_pieces(text, start, end, over, facts)), begun))
        start = end + 1
    return found


def _pieces(text: str, start: int, end: int, over: Sequence[int], facts: Sequence[Said]) -> Iterator[Piece]:
    spans = {n: facts[n].evidence.span for n in over}
    cuts = {start, end, *(c for span in spans.values() for c in span if start < c < end)}
    order = sorted(cuts)
    for a, b in pairwise(order):
        here = [n for n, (s, e) in spans.items() if s <= a and b <= e]
        here.sort(key=lambda n: (spans[n][1] - spans[n][0], n))
        yield Piece(text[a:b], a, tuple(here), facts[here[0]].type if here else "")


def _data(site: SiteContext, facts: Sequence[Said]) -> dict[str, Any]:
    """The facts for the script of the reader: each ``[start, end, type, relation, who, what, rule, confidence]``.

    All but places and confidence are numbers of ``types``, ``words`` (in both languages), ``things`` (their names and
    the paths of their pages; -1 for the document itself) and ``rules``.
    """
    tables: dict[str, dict[Any, int]] = {name: {} for name in ("types", "words", "things", "rules")}

    def of(name: str, value: Any) -> int:
        return tables[name].setdefault(value, len(tables[name]))

    def row(said: Said) -> list[Any]:
        own = said.subject == site.plan(said.evidence.doc).iri
        who = site.things.get(said.subject)
        what = [of("things", (v.zh, v.en, site.paths.get(v.iri, ""))) for v in object_cell(site, said)]
        whose = -1 if own or not who else of("things", (who.zh, who.en, site.paths.get(who.iri, "")))
        return [
            said.evidence.start, said.evidence.end, of("types", said.type), of("words", words(site, said.predicate)),
            whose, what, of("rules", said.rule), said.confidence,
        ]  # fmt: skip

    rows = [row(said) for said in facts]
    return {**{name: list(values) for name, values in tables.items()}, "facts": rows}
