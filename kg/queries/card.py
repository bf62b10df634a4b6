"""All that the graph says of one thing, gathered: what it is, who mentions it, what is stated, with the quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph.lookup import Found, Lookup
from kg.graph.store import GraphStore
from kg.graph.terms import node
from kg.namespaces import DCTERMS, ONTOLOGY, PP, PROV, RDF, RDFS, SKOS
from kg.queries.columns import term_label

_NAMES = (SKOS.altLabel,)
_LABELS = frozenset({RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel})
_ELSEWHERE = frozenset(
    {*_LABELS, RDF.type, SKOS.broader, PP.within, PP.locatedIn, PP.mentions, SKOS.inScheme}
)
_ORDER = {p: n for n, p in enumerate((
    DCTERMS.title, PP.jurisdiction, PP.issuer, PP.governmentLevel, PP.periodStart, PP.periodEnd, DCTERMS.issued,
    PP.status, PP.hosts, PP.focusesOn, PP.clusterStatus, PP.inProvince, PP.develops, PP.strongIn, PP.prioritises,
    PP.treats, PP.actsOn, PP.produces, PP.basedIn, PP.institutionKind, PP.setsTarget, PP.reports, PP.leadAgency,
    PP.responsibleAgency, PP.cites, PP.mentions,
))}  # fmt: skip

_Term = NamedNode | BlankNode | Literal | Triple
_Values = dict[str, list[_Term]]


@dataclass(frozen=True, slots=True)
class Source:
    """One place where a document says it."""

    doc: str
    start: int
    end: int
    quote: str
    section: str | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Said:
    """One statement about the thing: how it is tied to what, and where that is said.

    ``role`` tells whether the thing is the statement's subject or its object; ``other`` is the other side, with
    ``iri`` None for a literal.
    """

    predicate: str
    predicate_label: str
    role: str
    iri: str | None
    label: str
    evidence: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """How often a document mentions the thing."""

    doc: str
    count: int


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a thing; ``above`` leads from it to the top, nearest first, ``below`` are those under it."""

    thing: Found
    type_label: str
    names: tuple[str, ...]
    above: tuple[tuple[str, str], ...]
    below: tuple[tuple[str, str], ...]
    properties: dict[str, tuple[str, ...]]
    mentions: tuple[Mention, ...]
    said: tuple[Said, ...]
    mentioned_things: dict[str, int]

    def row(self) -> dict[str, Any]:
        """The card as JSON-able data."""
        thing = asdict(self.thing)
        return {
            "iri": thing.pop("iri"), **thing, "type_label": self.type_label, "names": list(self.names),
            "above": [{"iri": i, "label": label} for i, label in self.above],
            "below": [{"iri": i, "label": label} for i, label in self.below],
            "properties": {k: list(v) for k, v in self.properties.items()},
            "mentions": [asdict(m) for m in self.mentions],
            "mentioned_things": self.mentioned_things,
            "said": [asdict(s) for s in self.said],
        }  # fmt: skip


def card(graph: GraphStore, found: Found, *, lookup: Lookup | None = None, language: str = "zh") -> Card:
    """The card of a thing that `Lookup.one` has found; labels are in ``language`` where there are any."""
    return _Reader(graph, lookup or Lookup(graph.store), language).read(found)


class _Reader:
    def __init__(self, graph: GraphStore, lookup: Lookup, language: str) -> None:
        self._store = graph.store
        self._lookup = lookup
        self._language = language
        self._ids: dict[str, str] = {}

    def read(self, found: Found) -> Card:
        mentions: list[Mention] = []
        things: dict[str, int] = defaultdict(int)
        statements: dict[tuple[str, str, str], list[Source]] = defaultdict(list)
        others: dict[str, _Term] = {}
        for role, predicate, other, values in self._assertions(found.iri):
            if predicate == PP.mentions and PP.factType not in values:
                if role == "object":
                    mentions.append(Mention(self._doc(values), int(_text(values, PP.mentionCount) or 1)))
                else:
                    things[self._lookup.describe(_key(other)).kind] += 1
                continue
            others[str(other)] = other
            statements[role, predicate, str(other)].append(self._source(values))
        said = [self._said(role, predicate, others[other], sources)
                for (role, predicate, other), sources in statements.items()]  # fmt: skip
        special = f"{ONTOLOGY}{found.type}" if ":" not in found.type else found.type
        return Card(
            found, self._label(special), tuple(sorted(self._names(found))), tuple(self._above(found.iri)),
            tuple(self._below(found.iri)), self._properties(found.iri, {s.predicate for s in said}),
            tuple(sorted(mentions, key=lambda m: (-m.count, m.doc))), tuple(sorted(said, key=_place)),
            dict(sorted(things.items())),
        )  # fmt: skip

    def _assertions(self, iri: str) -> Iterator[tuple[str, str, _Term, _Values]]:
        for role, here, there in (("subject", RDF.subject, RDF.object), ("object", RDF.object, RDF.subject)):
            for quad in self._store.quads_for_pattern(None, node(here), node(iri)):
                values: _Values = defaultdict(list)
                for about in self._store.quads_for_pattern(quad.subject, None, None, quad.graph_name):
                    values[about.predicate.value].append(about.object)
                if RDF.predicate in values and there in values:
                    yield role, _key(values[RDF.predicate][0]), values[there][0], values

    def _said(self, role: str, predicate: str, other: _Term, sources: list[Source]) -> Said:
        unique = sorted(set(sources), key=lambda s: (s.doc, s.start, s.end, s.rule))
        named = isinstance(other, NamedNode)
        label = self._label(_key(other)) if named else _key(other)
        return Said(
            predicate, self._label(predicate), role, _key(other) if named else None, label, tuple(unique)
        )

    def _source(self, values: _Values) -> Source:
        section = values.get(PP.section, [None])[0]
        return Source(
            self._doc(values), int(_text(values, PP.start) or 0), int(_text(values, PP.end) or 0),
            _text(values, PP.quote) or "", self._label(_key(section)) if section is not None else None,
            _text(values, PP.rule) or "", float(_text(values, PP.confidence) or 0),
        )  # fmt: skip

    def _doc(self, values: _Values) -> str:
        iri = _text(values, PROV.wasDerivedFrom) or ""
        if iri not in self._ids:
            ids = self._store.quads_for_pattern(node(iri), node(DCTERMS.identifier), None) if iri else ()
            self._ids[iri] = next((_key(q.object) for q in ids), iri)
        return self._ids[iri]

    def _names(self, found: Found) -> set[str]:
        values = (
            q.object for p in _NAMES for q in self._store.quads_for_pattern(node(found.iri), node(p), None)
        )
        return {v.value for v in values if isinstance(v, Literal)} - {found.label}

    def _above(self, iri: str) -> Iterator[tuple[str, str]]:
        seen, queue = {iri}, [iri]
        while queue:
            at = queue.pop(0)
            for property_ in (PP.within, PP.locatedIn, SKOS.broader):
                quads = self._store.quads_for_pattern(node(at), node(property_), None)
                for above in sorted({_key(q.object) for q in quads} - seen):
                    seen.add(above)
                    queue.append(above)
                    yield above, self._label(above)

    def _below(self, iri: str) -> list[tuple[str, str]]:
        quads = self._store.quads_for_pattern(None, node(SKOS.broader), node(iri))
        found = {_key(q.subject) for q in quads}
        return sorted(((i, self._label(i)) for i in found), key=lambda pair: (pair[1], pair[0]))

    def _properties(self, iri: str, stated: set[str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for quad in self._store.quads_for_pattern(node(iri), None, None):
            predicate, value = quad.predicate.value, quad.object
            if predicate in _ELSEWHERE or predicate in stated or isinstance(value, BlankNode | Triple):
                continue
            if value.value.startswith(f"{iri}/"):  # a part of the thing, such as its point on the map
                continue
            text = self._label(value.value) if isinstance(value, NamedNode) else value.value
            found[self._label(predicate)].add(text)
        return {name: tuple(sorted(values)) for name, values in sorted(found.items())}

    def _label(self, iri: str) -> str:
        return term_label(iri, self._language) or self._lookup.label(iri, self._language)


def _place(said: Said) -> tuple[int, str, bool, str, int, str]:
    first = said.evidence[0]
    return (
        _ORDER.get(said.predicate, 99),
        said.predicate,
        said.role == "object",
        first.doc,
        first.start,
        said.label,
    )


def _text(values: _Values, property_: str) -> str | None:
    return next((_key(v) for v in values.get(property_, ())), None)


def _key(term: _Term) -> str:
    return str(term) if isinstance(term, Triple) else term.value
