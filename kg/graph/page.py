"""The graph of one document while it is being written: statements, their assertions, and what is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, Quad, Triple

from kg.documents.document import Document
from kg.graph.identity import Linker, Thing
from kg.graph.slugs import content_hash, document_iri, section_iri
from kg.graph.terms import TRUE, decimal, integer, node, plain, zh
from kg.model import Evidence, Fact
from kg.namespaces import GRAPH, PP, PROV, RDF, RDFS, SKOS, thing

Value = str | Literal
"""The object of a statement: an IRI as `str`, or a literal."""


@dataclass(slots=True)
class _Mention:
    wordings: set[str]
    evidence: Evidence
    fact: Fact


def fact_hash(fact: Fact) -> str:
    """Sixteen digits that name a fact by its type, document, keys and place, whatever rule found it."""
    e = fact.evidence
    keys = {k: int(v) if isinstance(v, float) and v.is_integer() else v for k, v in fact.keys().items()}
    return content_hash((fact.type, e.doc, keys, e.start, e.end))


class Page:
    """Collects what one document says: ``own`` for its graph, ``shared`` for the graphs that all documents share."""

    def __init__(self, document: Document, linker: Linker) -> None:
        self.document = document
        self.link = linker
        self.iri = document_iri(document.id)
        self.own: list[Triple] = []
        self.shared: list[Quad] = []
        self.cited: dict[str, str] = {}
        self._defined: set[str] = set()
        self._mentions: dict[str, _Mention] = {}

    def add(self, subject: str, predicate: str, value: Value, graph: str | None = None) -> None:
        """Writes one statement, into the document's graph where no other is named."""
        term = node(value) if isinstance(value, str) else value
        if graph is None:
            self.own.append(Triple(node(subject), node(predicate), term))
        else:
            self.shared.append(Quad(node(subject), node(predicate), term, node(graph)))

    def name(self, named: Thing, fact: Fact, wording: str) -> str:
        """Notes that the document names a thing, defines it where no vocabulary does, and returns its IRI."""
        known = self._mentions.get(named.iri)
        if known is None:
            self._mentions[named.iri] = _Mention({wording}, fact.evidence, fact)
        else:
            known.wordings.add(wording)
        if named.origin != "vocabulary" and named.iri not in self._defined:
            self._defined.add(named.iri)
            self._define(named)
        return named.iri

    def define_only(self, named: Thing) -> str:
        """Defines a thing that the document uses without naming it as such, and returns its IRI."""
        if named.origin != "vocabulary" and named.iri not in self._defined:
            self._defined.add(named.iri)
            self._define(named)
        return named.iri

    def _define(self, named: Thing) -> None:
        graph = GRAPH.candidates if named.origin == "candidate" else None
        for type_ in named.types:
            self.add(named.iri, RDF.type, type_, graph)
        self.add(named.iri, RDFS.label, zh(named.label), graph)
        if named.origin == "candidate":
            self.add(named.iri, PP.candidate, TRUE, graph)
            if SKOS.Concept in named.types:
                self.add(named.iri, SKOS.prefLabel, zh(named.label), graph)
        for above in named.broader:
            self.add(named.iri, SKOS.broader, above, graph)
        if named.kind_of:
            self.add(named.iri, PP.kindOfAgency, named.kind_of)

    def state(
        self, fact: Fact, subject: str, predicate: str, value: Value, *,
        subject_text: str | None = None, object_text: str | None = None,
        more: Mapping[str, Value | None] | None = None,
    ) -> str:  # fmt: skip
        """States what a fact says, with its main assertion; returns the assertion's IRI."""
        iri = thing("fact", fact_hash(fact))
        self.add(iri, PP.factType, plain(fact.type))
        self._assert(
            iri, fact, fact.evidence, (subject, predicate, value),
            {PP.subjectText: _zh(subject_text), PP.objectText: _zh(object_text), **(more or {})},
        )  # fmt: skip
        for start, end in self.document.places(*fact.evidence.span):
            self.add(iri, PP.alsoAt, plain(f"{start}-{end}"))
        return iri

    def detail(
        self, of: str, fact: Fact, subject: str, predicate: str, value: Value, *,
        object_text: str | None = None, order: int | None = None,
    ) -> None:  # fmt: skip
        """States a further part of a fact, with an assertion that belongs to the main one."""
        iri = thing("fact", content_hash((of, predicate, order)))
        self.add(iri, PP.detailOf, of)
        self._assert(
            iri, fact, fact.evidence, (subject, predicate, value),
            {PP.objectText: _zh(object_text), PP.order: None if order is None else integer(order)},
        )  # fmt: skip

    def mentions(self) -> None:
        """States once for each thing named that the document mentions it, how often, and where first."""
        view = self.document.reading.text
        for iri, mention in sorted(self._mentions.items()):
            names = set(mention.wordings)
            if entry := self.link.vocabulary.entries.get(iri):
                names |= {n for n in entry.names if len(n) > 1} if entry.kind == "region" else {entry.label}
            statement = (self.iri, PP.mentions, iri)
            count = max(1, _count(view, names))
            more: dict[str, Value | None] = {
                PP.objectText: zh(min(mention.wordings)), PP.mentionCount: integer(count),
            }  # fmt: skip
            self._assert(
                thing("fact", content_hash(statement)), mention.fact, mention.evidence, statement, more
            )

    def _assert(
        self, iri: str, fact: Fact, evidence: Evidence,
        statement: tuple[str, str, Value], more: Mapping[str, Value | None],
    ) -> None:  # fmt: skip
        subject, predicate, value = statement
        self.add(subject, predicate, value)
        self.add(iri, RDF.type, PP.Assertion)
        self.add(iri, RDF.subject, subject)
        self.add(iri, RDF.predicate, predicate)
        self.add(iri, RDF.object, value)
        self.add(iri, PP.quote, plain(evidence.quote))
        self.add(iri, PP.start, integer(evidence.start))
        self.add(iri, PP.end, integer(evidence.end))
        if evidence.section is not None:
            self.add(iri, PP.section, section_iri(evidence.doc, evidence.section))
        self.add(iri, PROV.wasDerivedFrom, self.iri)
        self.add(iri, PP.rule, plain(fact.rule))
        self.add(iri, PP.confidence, decimal(fact.confidence))
        for property_, extra in more.items():
            if extra is not None:
                self.add(iri, property_, extra)


def _zh(text: str | None) -> Literal | None:
    return None if text is None else zh(text)


def _count(view: str, names: Iterable[str]) -> int:
    """How often any of the names stands in a text, the longest first so that no place counts twice.

    >>> _count("抗体药物和抗体", {"抗体", "抗体药物"})
    2
    """
    places = sorted((at, -len(name)) for name in set(names) if name for at in _places(view, name))
    count = reached = 0
    for start, length in places:
        if start >= reached:
            count += 1
            reached = start - length
    return count


def _places(view: str, name: str) -> Iterator[int]:
    """Where a name stands, overlaps too; a pattern a name would cost more to compile than to use."""
    at = view.find(name)
    while at >= 0:
        yield at
        at = view.find(name, at + 1)
