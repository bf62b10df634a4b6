"""How much a graph holds: facts by document, type and rule, and things by class."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal

from kg.graph.store import GraphStore
from kg.model import FACT_TYPES

_FACTS = """
SELECT ?doc ?type ?rule (COUNT(DISTINCT ?fact) AS ?n) WHERE {
  GRAPH ?graph { ?graph dcterms:identifier ?doc . ?fact pp:factType ?type ; pp:rule ?rule }
} GROUP BY ?doc ?type ?rule
"""
_THINGS = """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE {
  { SELECT DISTINCT ?thing WHERE { GRAPH ?doc { ?doc pp:mentions ?thing } } } ?thing a ?class
  FILTER (STRSTARTS(STR(?class), STR(pp:)))
} GROUP BY ?class
"""
_CANDIDATES = "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { ?c pp:candidate true }"


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a graph; ``things`` are those that documents mention, by class."""

    facts: int
    by_type: dict[str, int]
    by_document: dict[str, dict[str, int]]
    by_rule: dict[str, int]
    things: dict[str, int]
    candidates: int
    quads: int

    def row(self) -> dict[str, Any]:
        """The counts as JSON-able data."""
        return {name: getattr(self, name) for name in self.__slots__}


def counts(graph: GraphStore) -> Counts:
    """Counts the facts, the things that documents mention, and the quads of a graph.

    >>> counts(GraphStore.in_memory([])).facts
    0
    """
    by_type: Counter[str] = Counter()
    by_rule: Counter[str] = Counter()
    by_document: dict[str, dict[str, int]] = {doc: {} for doc in graph.documents()}
    for row in graph.query(_FACTS, time_limit=None).rows:
        doc, type_, rule, n = (cell.value if isinstance(cell, Literal) else "" for cell in row)
        by_type[type_] += int(n)
        by_rule[f"{type_}/{rule}"] += int(n)
        types = by_document.setdefault(doc, {})
        types[type_] = types.get(type_, 0) + int(n)
    in_order = [t for t in FACT_TYPES if t in by_type]
    return Counts(
        facts=by_type.total(),
        by_type={t: by_type[t] for t in in_order},
        by_document={doc: {t: n[t] for t in in_order if t in n} for doc, n in sorted(by_document.items())},
        by_rule=dict(sorted(by_rule.items())),
        things=_things(graph),
        candidates=_number(graph, _CANDIDATES),
        quads=len(graph),
    )


def _things(graph: GraphStore) -> dict[str, int]:
    found = graph.query(_THINGS, time_limit=None).rows
    named = ((str(getattr(c, "value", "")).rpartition("#")[2], getattr(n, "value", "0")) for c, n in found)
    return {name: int(n) for name, n in sorted(named)}


def _number(graph: GraphStore, query: str) -> int:
    return next((int(row[0].value) for row in graph.query(query).rows if isinstance(row[0], Literal)), 0)
