"""All that documents say, read in a few queries and sorted by the things that it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.model import Evidence
from kg.namespaces import ID
from kg.queries.reading import lexical, local

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

_SAID = """
SELECT ?a ?s ?p ?o ?id ?start ?end ?quote ?section ?rule ?sure ?type ?of ?name ?count WHERE {
  ?a a pp:Assertion ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; pp:start ?start ; pp:end ?end ;
     pp:quote ?quote ; pp:rule ?rule ; pp:confidence ?sure ; prov:wasDerivedFrom/dcterms:identifier ?id .
  OPTIONAL { ?a pp:section ?section } OPTIONAL { ?a pp:factType ?type } OPTIONAL { ?a pp:detailOf ?of }
  OPTIONAL { ?a pp:objectText ?name } OPTIONAL { ?a pp:mentionCount ?count }
}
"""
_SECTIONS = """
SELECT ?iri ?id ?doc ?above ?number ?title ?level ?order ?start ?end WHERE {
  GRAPH ?g { ?iri a pp:Section ; dcterms:identifier ?id ; rdfs:label ?title ; pp:level ?level ; pp:order ?order ;
    pp:start ?start ; pp:end ?end ; dcterms:isPartOf ?above . ?g dcterms:identifier ?doc
    OPTIONAL { ?iri pp:number ?number } }
}
"""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement at one place. ``fact`` is the IRI of the fact that it belongs to, of ``type`` (such as ``cluster``);
    ``main`` tells the fact itself from its details; ``predicate`` is a local name, ``object`` an IRI or a text."""

    fact: str
    type: str
    main: bool
    subject: str
    predicate: str
    object: str
    name: str
    evidence: Evidence
    section: str
    rule: str
    confidence: float

    @property
    def ends(self) -> tuple[str, ...]:
        """The things at both ends."""
        return tuple(dict.fromkeys(iri for iri in (self.subject, self.object) if iri.startswith(ID)))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, up to ``end``; ``above`` is the IRI of the section (or document) around it."""

    iri: str
    id: str
    doc: str
    above: str
    title: str
    level: int
    order: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """How often a document names a thing, and where first."""

    count: int
    evidence: Evidence
    section: str


@dataclass(frozen=True)
class Book:
    """What is said: ``by_thing`` all statements with the thing at an end, ``mentions`` of a thing by document."""

    said: tuple[Said, ...]
    by_thing: Mapping[str, tuple[Said, ...]]
    mentions: Mapping[str, Mapping[str, Mention]]
    sections: Mapping[str, Section]

    def about(self, iri: str, predicate: str, *, inverse: bool = False) -> tuple[Said, ...]:
        """The statements of a thing with a property; ``inverse`` those with the thing as their object."""
        return tuple(
            s for s in self.by_thing.get(iri, ())
            if s.predicate == predicate and (s.object if inverse else s.subject) == iri
        )  # fmt: skip

    def facts(self, doc: str) -> tuple[Said, ...]:
        """The facts of a document without their details, by place."""
        return self._facts.get(doc, ())

    def outline(self, doc: str) -> tuple[Section, ...]:
        """The sections of a document in order."""
        return self._outlines.get(doc, ())

    @cached_property
    def _facts(self) -> Mapping[str, tuple[Said, ...]]:
        main = (s for s in self.said if s.main)
        return {doc: tuple(found) for doc, found in groupby(main, key=lambda s: s.evidence.doc)}

    @cached_property
    def _outlines(self) -> Mapping[str, tuple[Section, ...]]:
        order = sorted(self.sections.values(), key=lambda s: (s.doc, s.order))
        return {doc: tuple(found) for doc, found in groupby(order, key=lambda s: s.doc)}

    def path(self, section: str) -> tuple[Section, ...]:
        """The sections that lead to one, outermost first."""
        found: list[Section] = []
        while (at := self.sections.get(section)) is not None and at not in found:
            found.insert(0, at)
            section = at.above
        return tuple(found)

    def documents(self, iri: str) -> tuple[str, ...]:
        """The ids of the documents that speak of a thing."""
        stated = {s.evidence.doc for s in self.by_thing.get(iri, ())}
        return tuple(sorted(stated | set(self.mentions.get(iri, ()))))


def book(graph: GraphStore) -> Book:
    """All that the documents of a graph say, sorted by document and place.

    >>> from kg.graph.store import GraphStore
    >>> book(GraphStore.in_memory([])).said
    ()
    """
    rows = [tuple(map(lexical, row)) for row in graph.query(_SAID, time_limit=None).rows]
    types = {row[0]: row[11] for row in rows if row[11]}
    sections = _sections(graph)
    said = tuple(sorted(_said(rows, types, sections), key=_place))
    mentions: dict[str, dict[str, Mention]] = defaultdict(dict)
    for row in rows:
        if row[14]:
            mentions[row[3]][row[4]] = Mention(int(row[14]), _evidence(row, sections), row[8])
    by_thing: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        for iri in one.ends:
            by_thing[iri].append(one)
    return Book(said, {i: tuple(s) for i, s in by_thing.items()}, mentions, sections)


def _said(
    rows: Iterable[tuple[str, ...]], types: Mapping[str, str], sections: Mapping[str, Section]
) -> Iterator[Said]:
    for row in set(rows):
        a, s, p, o, _, _, _, _, section, rule, sure, type_, of, name, count = row
        if count and not type_:
            continue  # only that it is named
        fact, place = of or a, _evidence(row, sections)
        yield Said(
            fact, types.get(fact, ""), bool(type_), s, local(p), o, name, place, section, rule, float(sure)
        )


def _evidence(row: tuple[str, ...], sections: Mapping[str, Section]) -> Evidence:
    section = sections.get(row[8])
    return Evidence(row[4], int(row[5]), int(row[6]), row[7], section.id if section else None)


def _sections(graph: GraphStore) -> dict[str, Section]:
    found = {}
    for row in graph.query(_SECTIONS, time_limit=None).rows:
        iri, id_, doc, above, number, title, level, order, start, end = map(lexical, row)
        text = f"{number}{title}" if number and not title.startswith(number) else title
        found[iri] = Section(iri, id_, doc, above, text, int(level), int(order), int(start), int(end))
    return dict(sorted(found.items()))


def _place(s: Said) -> tuple[Any, ...]:
    e = s.evidence
    return (
        e.doc,
        e.start,
        e.end,
        not s.main,
        s.type,
        s.predicate,
        s.subject,
        s.object,
        s.name,
        s.fact,
        s.rule,
    )
