"""How well facts of each type are extracted, as statements about the whole graph (W3C Data Quality Vocabulary).

With them "the plan does not say" and "the extractor did not see" can be told apart: where facts of a type are found
with a recall of 0.98, a plan without any hardly has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, Quad

from kg.graph.terms import date, decimal, integer, node, plain, zh
from kg.namespaces import DCTERMS, GRAPH, PP, RDF, RDFS

_DQV = "http://www.w3.org/ns/dqv#"
_METRICS = {"recall": "召回率", "precision": "精确率"}
_ABOUT = {
    "document": PP.PolicyDocument,
    "cluster": PP.Cluster,
    "region_field": PP.develops,
    "plan_field": PP.prioritises,
    "plan_disease": PP.treats,
    "drug_target": PP.actsOn,
    "enterprise": PP.Enterprise,
    "institution": PP.Institution,
    "target": PP.setsTarget,
    "statistic": PP.reports,
    "responsible": PP.responsibleAgency,
    "cites": PP.cites,
}
"""The term of the ontology that facts of a type are about."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How well facts of a type are extracted: lenient recall and precision on ``gold`` facts of the ``documents``.

    ``unseen`` says that nobody who wrote the rules had consulted the documents; ``date`` is ``YYYY-MM-DD``.
    """

    type: str
    recall: float
    precision: float
    gold: int
    documents: tuple[str, ...]
    date: str
    unseen: bool = False

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


def quality_quads(measured: Iterable[Quality]) -> Iterator[Quad]:
    """The quads that say in ``id:graph/metadata`` how well each type of fact is extracted.

    >>> one = Quality("cluster", 0.97, 0.9, 61, ("jiangsu-2021-2025",), "2026-11-22")
    >>> sorted(str(q.object.value) for q in quality_quads([one]) if q.predicate.value == f"{_DQV}value")
    ['0.9', '0.97']
    """
    graph = node(GRAPH.metadata)

    def quad(subject: str, predicate: str, value: str | Literal) -> Quad:
        return Quad(node(subject), node(predicate), node(value) if isinstance(value, str) else value, graph)

    given = sorted(measured, key=lambda q: (q.type, q.unseen, q.date))
    if given:
        for metric, label in _METRICS.items():
            iri = f"{GRAPH.metadata}/{metric}"
            yield quad(iri, RDF.type, f"{_DQV}Metric")
            yield quad(iri, RDFS.label, zh(label))
            yield quad(iri, RDFS.label, Literal(metric, language="en"))
    for one in given:
        where = f"{'unseen' if one.unseen else 'annotated'}-{one.date}"
        known_zh, known_en = (
            ("未见过的文本", "unseen texts") if one.unseen else ("随包文件", "shipped documents")
        )
        for metric, label in _METRICS.items():
            iri = f"{GRAPH.metadata}/{metric}/{one.type}/{where}"
            yield quad(GRAPH.metadata, f"{_DQV}hasQualityMeasurement", iri)
            yield quad(iri, RDF.type, f"{_DQV}QualityMeasurement")
            yield quad(iri, f"{_DQV}computedOn", GRAPH.metadata)
            yield quad(iri, f"{_DQV}isMeasurementOf", f"{GRAPH.metadata}/{metric}")
            yield quad(iri, f"{_DQV}value", decimal(getattr(one, metric)))
            yield quad(iri, RDFS.label, zh(f"{one.type}：{label}（{known_zh}）"))
            yield quad(iri, RDFS.label, Literal(f"{one.type}: {metric} ({known_en})", language="en"))
            yield quad(iri, f"{DCTERMS._}subject", _ABOUT[one.type])
            yield quad(iri, f"{DCTERMS._}type", plain(one.type))
            yield quad(iri, f"{DCTERMS._}date", date(one.date))
            yield quad(iri, f"{DCTERMS._}extent", integer(one.gold))
            for doc in one.documents:
                yield quad(iri, f"{DCTERMS._}source", plain(doc))
