"""How well facts are found, in words: what it means that something does not stand on a page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.queries.reading import lexical
from kg.views.site.fact_types import FACT_LOOKS

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

_MEASURED = """
PREFIX dqv: <http://www.w3.org/ns/dqv#>
SELECT ?type ?metric ?value ?gold ?iri ?doc WHERE {
  ?iri a dqv:QualityMeasurement ; dqv:isMeasurementOf ?metric ; dqv:value ?value ; dcterms:type ?type ;
       dcterms:extent ?gold . OPTIONAL { ?iri dcterms:source ?doc }
}
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Recall and precision of a type of fact on ``gold`` facts; ``unseen`` on texts that nobody had consulted."""

    type: str
    recall: float
    precision: float
    gold: int
    unseen: bool
    documents: tuple[str, ...]

    def percent(self, which: str) -> str:
        """Recall or precision as whole percent.

        >>> Measured("cluster", 0.973, 0.9, 61, False, ()).percent("recall")
        '97%'
        """
        return f"{round(100 * (self.recall if which == 'recall' else self.precision))}%"

    @property
    def missing(self) -> tuple[str, str]:
        """What "not found" means at this recall, in both languages."""
        if self.recall >= 0.95:
            return "没有找到，大多就是原文没有写", "what is not found is most likely not in the text"
        if self.recall >= 0.8:
            return "没有找到，仍可能是漏读", "what is not found may still have been overlooked"
        return "没有找到，不能说明原文没有写", "what is not found may well be in the text"


def _order(type_: str) -> tuple[int, str]:
    known = tuple(FACT_LOOKS)
    return (known.index(type_) if type_ in known else len(known), type_)


def measured(graph: GraphStore) -> tuple[Measured, ...]:
    """What was measured, by type; measurements on unseen texts after those on the shipped documents."""
    found: dict[tuple[str, str, bool], dict[str, float]] = defaultdict(dict)
    docs: dict[tuple[str, str, bool], set[str]] = defaultdict(set)
    for row in graph.query(_MEASURED, time_limit=None).rows:
        type_, metric, value, gold, iri, doc = map(lexical, row)
        when = iri.rpartition("/")[2]
        key = (type_, when, when.startswith("unseen"))
        found[key] |= {metric.rpartition("/")[2]: float(value), "gold": float(gold)}
        docs[key] |= {doc} - {""}
    return tuple(
        Measured(
            type_, v.get("recall", 0), v.get("precision", 0), int(v["gold"]), unseen, tuple(sorted(docs[key]))
        )
        for key in sorted(found, key=lambda k: (_order(k[0]), k[2], k[1]))
        for (type_, _, unseen), v in ((key, found[key]),)
    )
