"""What a graph may have missed or got wrong: suspicious sentences, candidate concepts, doubtful facts, what to expect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.evaluation.claims import claims
from kg.evaluation.measured import expected
from kg.evaluation.suspects import Suspect, rank, suspects
from kg.graph.quality import Quality
from kg.graph.store import GraphStore
from kg.model import FACT_TYPES, Fact, fact_row

DOUBTFUL = 0.7
"""Facts below this confidence are doubtful."""

_CANDIDATES = """
SELECT DISTINCT ?concept ?name ?class ?above ?aboveName WHERE {
  ?concept pp:candidate true ; rdfs:label ?name ; a ?class .
  FILTER (?class != skos:Concept)
  OPTIONAL { ?concept skos:broader ?above . ?above rdfs:label ?aboveName . FILTER (LANG(?aboveName) = "zh") }
} ORDER BY ?concept ?class ?above
"""
_PLACE = "prov:wasDerivedFrom ?document ; pp:quote ?quote ; pp:start ?start ; pp:end ?end . ?document dcterms:identifier ?doc"
_MENTIONS = f"""
SELECT DISTINCT ?concept ?use ?count ?doc ?quote ?start ?end WHERE {{
  ?concept pp:candidate true .
  ?use rdf:object ?concept ; rdf:predicate pp:mentions ; pp:mentionCount ?count ; {_PLACE}
}}
"""
# A candidate indicator is not mentioned but measured: its uses are the figures that have it.
_FIGURES = f"""
SELECT DISTINCT ?concept ?use ?doc ?quote ?start ?end WHERE {{
  ?concept pp:candidate true . ?figure pp:indicator ?concept .
  ?use rdf:object ?figure ; pp:factType ?type ; {_PLACE}
}}
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept that documents name and no vocabulary has, with what it stands under for now and where it stands first."""

    iri: str
    label: str
    kind: str
    above: str
    above_iri: str
    mentions: int
    documents: tuple[str, ...]
    evidence: dict[str, Any]

    def row(self) -> dict[str, Any]:
        """The candidate as JSON-able data."""
        return {name: getattr(self, name) for name in self.__slots__} | {"documents": list(self.documents)}


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many facts of a type a document has, and what the measured recall and precision make likely.

    ``missed`` is the number of further facts that the text may hold, ``wrong`` how many of those found may be wrong;
    none where the type was not measured. Where the recall is high and nothing was found, the text hardly says any.
    """

    doc: str
    type: str
    facts: int
    measured: Quality | None

    @property
    def wrong(self) -> float | None:
        """How many of the facts may be wrong."""
        return None if self.measured is None else round(self.facts * (1 - self.measured.precision), 1)

    @property
    def missed(self) -> float | None:
        """How many facts the text may hold beside those found."""
        if self.measured is None or not self.measured.recall:
            return None
        right = self.facts * self.measured.precision
        return round(right / self.measured.recall - right, 1)

    def row(self) -> dict[str, Any]:
        """The expectation as JSON-able data."""
        return {
            "doc": self.doc, "type": self.type, "facts": self.facts,
            "recall": self.measured.recall if self.measured else None,
            "precision": self.measured.precision if self.measured else None,
            "measured_on": self.measured.gold if self.measured else None,
            "may_be_wrong": self.wrong, "may_be_missed": self.missed,
        }  # fmt: skip


@dataclass(frozen=True)
class Audit:
    """All that an audit finds, each list in its order of urgency."""

    suspects: list[Suspect]
    candidates: list[Candidate]
    doubtful: list[Fact]
    coverage: list[Coverage]
    documents: list[str] = field(default_factory=list)

    def row(self, limit: int | None = None) -> dict[str, Any]:
        """The audit as JSON-able data, the first ``limit`` of each list; the totals count all."""
        return {
            "documents": self.documents,
            "totals": {
                "suspects": len(self.suspects), "without_facts": sum(not s.found for s in self.suspects),
                "candidates": len(self.candidates), "doubtful": len(self.doubtful),
            },
            "suspects": [s.row() for s in self.suspects[:limit]],
            "candidates": [c.row() for c in self.candidates[:limit]],
            "doubtful": [fact_row(f) for f in self.doubtful[:limit]],
            "coverage": [c.row() for c in self.coverage],
        }  # fmt: skip


def audit(
    graph: GraphStore, docs: Sequence[str] = (), *, below: float = DOUBTFUL, silent: bool = False
) -> Audit:
    """Audits some documents of a graph, or all: from the graph and its texts alone.

    ``below`` is the confidence under which facts are doubtful; ``silent`` keeps of the suspicious sentences those in
    which no fact was found at all. Raises `LookupFailed` for an unknown document.
    """
    wanted = list(dict.fromkeys(docs)) or graph.documents()
    facts = {doc: list(graph.facts(doc)) for doc in wanted}
    found = [s for doc in wanted for s in suspects(doc, graph.text(doc), claims(facts[doc]))]
    doubtful = [f for doc in wanted for f in facts[doc] if f.confidence < below]
    return Audit(
        sorted((s for s in found if not (silent and s.found)), key=rank),
        candidates(graph, wanted),
        sorted(doubtful, key=lambda f: (f.confidence, f.evidence.doc, f.evidence.span, f.type)),
        [c for doc in wanted for c in coverage(doc, facts[doc])],
        wanted,
    )


def candidates(graph: GraphStore, docs: Iterable[str]) -> list[Candidate]:
    """The candidate concepts of documents: those of most documents first, then the most mentioned."""
    wanted = set(docs)
    uses: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for row in (*_cells(graph, _MENTIONS), *_cells(graph, _FIGURES)):
        if row["doc"] in wanted:
            evidence = {
                "doc": row["doc"], "start": int(row["start"]), "end": int(row["end"]), "quote": row["quote"],
            }  # fmt: skip
            uses.setdefault(row["concept"], []).append((int(row.get("count", "1")), evidence))
    found: dict[str, Candidate] = {}
    for row in _cells(graph, _CANDIDATES):
        iri = row["concept"]
        if iri in uses and iri not in found:
            places = sorted((e for _, e in uses[iri]), key=lambda e: (e["doc"], e["start"], e["end"]))
            found[iri] = Candidate(
                iri, row["name"], row["class"].rpartition("#")[2], row.get("aboveName", ""), row.get("above", ""),
                sum(n for n, _ in uses[iri]), tuple(sorted({e["doc"] for e in places})), places[0],
            )  # fmt: skip
    return sorted(found.values(), key=lambda c: (-len(c.documents), -c.mentions, c.kind, c.label, c.iri))


def _cells(graph: GraphStore, query: str) -> Iterator[dict[str, str]]:
    """The rows of an answer as texts, without what is not bound."""
    for row in graph.query(query, time_limit=None):
        yield {k: v.value for k, v in row.items() if isinstance(v, Literal | NamedNode)}


def coverage(doc: str, facts: Iterable[Fact]) -> list[Coverage]:
    """What the measured quality of extraction makes of the number of facts of each type in a document."""
    counts = Counter(f.type for f in facts)
    return [Coverage(doc, t, counts[t], expected(t)) for t in FACT_TYPES if t != "document"]
