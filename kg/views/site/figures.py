"""Targets and statistics as rows of a table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.namespaces import COMPARATORS, PP, RDF
from kg.queries.reading import lexical, local

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

_FIGURES = """
SELECT ?x ?p ?v WHERE { VALUES ?way { pp:setsTarget pp:reports } ?doc ?way ?x . ?x ?p ?v }
"""
_SIGNS = {iri: sign for sign, iri in COMPARATORS.items()}
COMPARATOR_WORDS = {
    ">=": ("不低于", "at least"),
    ">": ("超过", "more than"),
    "=": ("达到", "exactly"),
    "~": ("约", "about"),
    "<=": ("不高于", "at most"),
    "<": ("低于", "less than"),
    "range": ("", ""),
    "": ("", ""),
}
"""How a comparator reads, in Chinese and English."""
DIRECTION_WORDS = {
    "Level": ("达到水平", "level"),
    "Increase": ("增加", "increase"),
    "Decrease": ("减少", "decrease"),
    "": ("", ""),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A target or a statistic: values as texts, empty where not stated; ``comparator`` is a sign, ``region`` an IRI."""

    iri: str
    target: bool
    label: str
    indicator: str
    indicator_text: str
    scope: str
    comparator: str
    value: str
    value_max: str
    unit: str
    year: str
    baseline: str
    direction: str
    region: str

    @property
    def number(self) -> str:
        """The value as one reads it.

        >>> Figure("", True, "", "", "", "", "range", "8", "10", "%", "", "", "", "").number
        '8–10%'
        """
        span = f"{self.value}–{self.value_max}" if self.value_max else self.value
        return f"{span}{self.unit}"


def figures(graph: GraphStore) -> dict[str, Figure]:
    """All targets and statistics by IRI."""
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for x, p, v in graph.query(_FIGURES, time_limit=None).rows:
        values[lexical(x)][lexical(p)].append(lexical(v))

    def one(x: str, *properties: str) -> str:
        return next((min(values[x][p]) for p in properties if p in values[x]), "")

    return {
        x: Figure(
            x, PP.Target in values[x][RDF.type], one(x, "http://www.w3.org/2000/01/rdf-schema#label"),
            one(x, PP.indicator), one(x, PP.indicatorText), one(x, PP.scope), _SIGNS.get(one(x, PP.comparator), ""),
            one(x, PP.value), one(x, PP.valueMax), one(x, PP.unit), one(x, PP.deadline, PP.year, PP.period),
            one(x, PP.baseline), local(one(x, PP.direction)), one(x, PP.appliesTo),
        )
        for x in sorted(values)
    }  # fmt: skip
