"""What agents may ask of a store: every answer is bounded, and carries the places that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.analysis.comparison import OwnField as Own
from kg.analysis.comparison import compare
from kg.analysis.ground import Ground, Level
from kg.analysis.overlap import survey
from kg.analysis.plans import plans
from kg.errors import LookupFailed, QueryError
from kg.graph.lookup import Found, Lookup
from kg.graph.store import QUADS, GraphStore
from kg.model import Fact as Stated
from kg.namespaces import KINDS
from kg.queries import saved
from kg.queries.asking import Question
from kg.queries.card import Source as CardSource
from kg.queries.card import card
from kg.serve import agents_records as r
from kg.serve import agents_tables as t
from kg.serve.agents_ask import ask
from kg.serve.agents_facts import FactFinder, fact_iri
from kg.serve.agents_places import Places

SECONDS = 20.0
PASSAGE = 4000
TURTLE = 20_000
_SOURCES = 3
_AT_ONCE = 2  # processes for queries


class Desk:
    """Answers the questions of agents over one store; ``seconds`` is the time that a query may take."""

    def __init__(self, folder: Path, *, seconds: float = SECONDS) -> None:
        self.graph = GraphStore.open(folder)
        self.lookup = Lookup(self.graph.store)
        self._quads = folder / QUADS
        self._seconds = seconds
        self._finder = FactFinder(self.graph)
        self._processes = BoundedSemaphore(_AT_ONCE)

    @cached_property
    def places(self) -> Places:
        """The sections of the documents."""
        return Places(self.graph)

    @cached_property
    def ground(self) -> Ground:
        """What all comparisons stand on; it is read once."""
        return Ground.of(self.graph)

    def search(self, name: str, kind: str | None, limit: int) -> r.FoundThings:
        """What a name means, and what is named like it."""
        kinds = _kinds(kind)
        found = self.lookup.search(name, kinds)
        have = {one.iri for one in found}
        near = (one for one in self.lookup.near(name, kinds, limit + len(have)) if one.iri not in have)
        return r.FoundThings(
            name=name,
            things=tuple(map(_thing, found[:limit])),
            similar=tuple(map(_thing, islice(near, limit))),
        )

    def read(self, name: str, kind: str | None, limit: int, offset: int) -> r.Card:
        """A thing, and a part of what is stated of it."""
        made = card(self.graph, self.lookup.one(name, _kinds(kind)), lookup=self.lookup)
        part = made.said[offset : offset + limit]
        statements = tuple(
            r.Statement(
                property=one.predicate, label=one.predicate_label, role=one.role, other=one.label,
                other_iri=one.iri, places=len(one.evidence),
                sources=tuple(map(self._card_source, one.evidence[:_SOURCES])),
            )
            for one in part
        )  # fmt: skip
        return r.Card(
            **_page(len(made.said), offset, len(part)), thing=_thing(made.thing), also_called=made.names,
            above=tuple(label for _, label in made.above), below=tuple(label for _, label in made.below[:50]),
            properties=made.properties, mentions={m.doc: m.count for m in made.mentions}, statements=statements,
        )  # fmt: skip

    def sparql(self, query: str, parameters: Mapping[str, Any], limit: int) -> t.Answer:
        """The answer to a query in SPARQL, asked in a process that can be ended."""
        asked = Question(saved.parse("the query", query), False)
        terms = asked.terms(parameters, self.lookup)
        if not self._processes.acquire(timeout=self._seconds):
            raise QueryError("too many queries are waiting", hint="try again in a moment")
        try:
            told = ask(self._quads, query, terms, rows=limit, characters=TURTLE, seconds=self._seconds)
        finally:
            self._processes.release()
        rows = [dict(zip(told.variables, row, strict=True)) for row in told.rows]
        return t.Answer(
            columns=told.variables, rows=tuple(map(_row, rows)), truth=told.truth, turtle=told.turtle,
            names=self._names(rows), truncated=told.cut,
        )  # fmt: skip

    def queries(self) -> t.SavedQueries:
        """The saved queries."""
        return t.SavedQueries(queries=tuple(map(_saved, saved.every())))

    def run(self, name: str, parameters: Mapping[str, Any], limit: int, offset: int) -> t.Rows:
        """A part of the rows of a saved query."""
        asked = Question(saved.load(name), True)
        found = asked.answer(self.graph, parameters, lookup=self.lookup, time_limit=self._seconds)
        part = list(islice(found, offset, offset + limit))
        return t.Rows(
            **_page(len(found.rows), offset, len(part)), query=name, title=asked.query.title,
            columns=found.variables, rows=tuple(map(_row, part)), names=self._names(part),
        )  # fmt: skip

    def documents(self, limit: int, offset: int) -> r.Documents:
        """Documents with what makes them comparable."""
        every = plans(self.graph)
        part = tuple(
            r.Document(
                id=p.id, iri=p.iri, title=p.title, region=self.lookup.label(p.region) if p.region else None,
                level=p.level, period=p.period, issued=p.issued, status=p.status,
                characters=len(self.graph.text(p.id)),
            )
            for p in every[offset : offset + limit]
        )  # fmt: skip
        return r.Documents(**_page(len(every), offset, len(part)), documents=part)

    def document(self, name: str) -> str:
        """The id of a document by its id, title or IRI."""
        if name in self.graph.documents():
            return name
        found = self.lookup.one(name, ["document"])
        return next((p.id for p in plans(self.graph) if p.iri == found.iri), found.label)

    def passage(self, document: str, start: int, length: int, section: str | None) -> r.Passage:
        """A part of a document's text, from a character or from the start of a section on."""
        doc = self.document(document)
        text = self.graph.text(doc)
        end = len(text)
        if section is not None:
            first, end = self.places.section(doc, section)
            start += first
        if not 0 <= start < end:
            raise LookupFailed(f"{doc} has no character {start} there", hint=f"it ends at {end}")
        end = min(end, start + length)
        return r.Passage(
            source=self._source(doc, start, end, text[start:end]), length=len(text),
            next_start=end if end < len(text) else None,
        )  # fmt: skip

    def wording(self, wording: str, document: str | None, limit: int, offset: int) -> r.Passages:
        """Where a wording stands, with the clause around it."""
        docs = [self.document(document)] if document else self.graph.documents()
        hits: list[tuple[str, int, int]] = []
        for doc in docs:
            text = self.graph.text(doc)
            at = text.find(wording)
            while at >= 0:
                hits.append((doc, at, at + len(wording)))
                at = text.find(wording, at + len(wording))
        part = hits[offset : offset + limit]
        sources = tuple(self._around(*hit) for hit in part)
        return r.Passages(**_page(len(hits), offset, len(part)), wording=wording, sources=sources)

    def facts(
        self, type_: str | None, document: str | None, about: Sequence[str], limit: int, offset: int
    ) -> r.Facts:
        """Facts of a type, of a document, about things or what lies in or under them."""
        docs = [self.document(document)] if document else self.graph.documents()
        found = list(self._finder.find(type_, docs, [self.lookup.one(name).iri for name in about]))
        part = found[offset : offset + limit]
        return r.Facts(**_page(len(found), offset, len(part)), facts=tuple(map(self._fact, part)))

    def compare(self, a: str, b: str, limit: int, *, all_periods: bool) -> t.Comparison:
        """Two regions or documents in detail."""
        kinds = ("region", "document")
        found = compare(
            self.ground, self.lookup.one(a, kinds).iri, self.lookup.one(b, kinds).iri, all_periods
        )
        pair = found.overlap
        shared = tuple(
            t.SharedField(
                name=one.label, name_en=one.label_en, iri=one.field, match=one.match, narrower=one.narrower_label,
                national=one.inherited, weight=round(one.weight, 6), a=self._claimed(one.a), b=self._claimed(one.b),
            )
            for one in pair.shared[:limit]
        )  # fmt: skip
        counts = {
            "shared": len(pair.shared), "same": pair.same, "related": len(pair.shared) - pair.same,
            "national": pair.inherited, "only_a": len(found.only_a), "only_b": len(found.only_b),
        }  # fmt: skip
        return t.Comparison(
            a=pair.a, b=pair.b, a_iri=pair.a_iri, b_iri=pair.b_iri, periods=pair.periods,
            a_documents=pair.a_documents, b_documents=pair.b_documents, jaccard=round(pair.jaccard, 6),
            overlap_coefficient=round(pair.overlap_coefficient, 6), weighted=round(pair.weighted, 6),
            counts=counts, shared=shared, only_a=self._own(found.only_a[:limit]),
            only_b=self._own(found.only_b[:limit]),
        )  # fmt: skip

    def pairs(self, level: Level, limit: int, offset: int) -> t.Pairs:
        """Pairs of provinces, cities or documents, those with the rarest things in common first."""
        every = survey(self.ground, level).pairs
        part = tuple(
            t.Pair(
                a=one.a, b=one.b, a_iri=one.a_iri, b_iri=one.b_iri, periods=one.periods, shared=len(one.shared),
                national=one.inherited, jaccard=round(one.jaccard, 6), weighted=round(one.weighted, 6),
                rarest=tuple(field.name for field in one.shared[:5]),
            )
            for one in every[offset : offset + limit]
        )  # fmt: skip
        return t.Pairs(**_page(len(every), offset, len(part)), level=level, pairs=part)

    def _fact(self, fact: Stated) -> r.Fact:
        e = fact.evidence
        return r.Fact(
            fact=fact_iri(fact), type=fact.type, says=fact.keys(), rule=fact.rule, confidence=fact.confidence,
            source=self._source(e.doc, e.start, e.end, e.quote),
        )  # fmt: skip

    def _own(self, own: Iterable[Own]) -> tuple[t.OwnField, ...]:
        return tuple(
            t.OwnField(
                name=one.label, name_en=one.label_en, iri=one.field, national=one.inherited,
                weight=round(one.weight, 6), sources=self._claimed(one.claims),
            )
            for one in own
        )  # fmt: skip

    def _claimed(self, claims: Iterable[Any]) -> tuple[r.Source, ...]:
        """The first places of claims, each once."""
        places = sorted(
            {(c.evidence.doc, c.evidence.start, c.evidence.end, c.evidence.quote) for c in claims}
        )
        return tuple(self._source(*place) for place in places[:2])

    def _card_source(self, source: CardSource) -> r.Source:
        return self._source(source.doc, source.start, source.end, source.quote)

    def _around(self, doc: str, start: int, end: int) -> r.Source:
        text = self.graph.text(doc)
        first = max((text.rfind(mark, max(0, start - 120), start) + 1 for mark in "。；\n"), default=0)
        first = first or max(0, start - 120)
        lasts = [at + 1 for mark in "。；\n" if (at := text.find(mark, end, end + 120)) >= 0]
        last = min(lasts, default=min(len(text), end + 120))
        return self._source(doc, first, last, text[first:last])

    def _source(self, doc: str, start: int, end: int, quote: str) -> r.Source:
        section, heading = self.places.at(doc, start, end)
        return r.Source(document=doc, section=section, heading=heading, start=start, end=end, quote=quote)

    def _names(self, rows: Iterable[Mapping[str, object]]) -> dict[str, str]:
        """What the things in rows are called, by IRI."""
        iris = sorted({v.value for row in rows for v in row.values() if isinstance(v, NamedNode)})
        labels = ((iri, self.lookup.label(iri, strict=True)) for iri in iris)
        return {iri: label for iri, label in labels if label}


def _kinds(kind: str | None) -> list[str] | None:
    if kind is not None and kind not in KINDS:
        raise LookupFailed(f"no kind of thing is called {kind!r}", hint=f"kinds: {', '.join(KINDS)}")
    return [kind] if kind else None


def _thing(found: Found) -> r.Thing:
    return r.Thing(
        iri=found.iri, kind=found.kind, type=found.type, name=found.label, name_en=found.label_en,
        within=found.within, documents=found.documents,
    )  # fmt: skip


def _page(total: int, offset: int, shown: int) -> dict[str, Any]:
    following = offset + shown
    return {
        "total": total,
        "offset": offset,
        "next_offset": following if shown and following < total else None,
    }


def _row(row: Mapping[str, object]) -> dict[str, t.Cell]:
    return {name: _cell(value) for name, value in row.items()}


def _cell(value: object) -> t.Cell:
    """A term as a value of JSON: numbers as numbers, all else as text."""
    if value is None:
        return None
    if isinstance(value, Literal):
        kind = value.datatype.value.rpartition("#")[2]
        try:
            if kind == "integer":
                return int(value.value)
            if kind in ("decimal", "double"):
                return float(value.value)
        except ValueError:
            pass
        return value.value == "true" if kind == "boolean" else value.value
    return str(getattr(value, "value", value))


def _saved(one: saved.SavedQuery) -> t.SavedQuery:
    return t.SavedQuery(
        name=one.name, title=one.title, title_zh=one.title_zh, description=one.description, columns=one.columns,
        parameters=tuple(
            t.Parameter(
                name=p.name, type=p.type, description=p.description, default=p.default, required=p.required
            )
            for p in one.params
        ),
    )  # fmt: skip
