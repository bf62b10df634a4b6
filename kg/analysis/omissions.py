"""What the national guide names and a province leaves out, said only as firmly as extraction was measured to be.

That a fact was not found means that it is not there only where hardly any is missed. Four answers are kept
apart: ``not mentioned`` (recall is high enough), ``not found`` (it is not, or was never measured), ``mentioned``
(the name stands in the text of the province's documents, but in no statement that was understood), and ``wider``
(the province names what stands right above the field, sectors apart).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pyoxigraph import NamedNode

from kg.analysis.claims import Claim, evidence_rows
from kg.analysis.ground import Ground, Side
from kg.errors import LookupFailed
from kg.namespaces import DCTERMS, RDFS, SKOS
from kg.queries.reading import lexical

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

Answer = Literal["not mentioned", "not found", "mentioned", "wider"]
ENOUGH = 0.95
"""The recall from which on "not found" is read as "not mentioned": at most one statement in twenty is missed."""

_KINDS = ("plan_field", "region_field")
_DQV = "http://www.w3.org/ns/dqv#"
_MEASURED = f"""
SELECT ?type ?value ?date ?iri WHERE {{
  ?iri a <{_DQV}QualityMeasurement> ; <{_DQV}value> ?value ; <{DCTERMS._}type> ?type ; <{DCTERMS._}date> ?date ;
     <{_DQV}isMeasurementOf> ?metric .
  ?metric <{RDFS.label}> "recall"@en .
}}
"""
_NAMES = f"""
SELECT ?name WHERE {{
  VALUES ?p {{ <{SKOS.prefLabel}> <{SKOS.altLabel}> <{SKOS.hiddenLabel}> <{RDFS.label}> }} ?_field ?p ?name
  FILTER (LANG(?name) != "en")
}}
"""


@dataclass(frozen=True, slots=True)
class Recall:
    """A measured recall of one type of fact; ``unseen``: on texts that nobody who wrote rules had consulted."""

    type: str
    value: float
    date: str
    unseen: bool

    def row(self) -> dict[str, Any]:
        """The measurement in the machine output."""
        return {"type": self.type, "value": self.value, "date": self.date, "unseen": self.unseen}


@dataclass(frozen=True, slots=True)
class Omission:
    """A priority of a national document that a province does not name, nor anything under it.

    ``recall`` is the lower of the two on which the answer rests, for a field would show as a priority of the plan
    or as a direction of a region; none where one of them was not measured. ``national`` are the places in the
    guide, ``above`` the wider fields that the province does name, ``texts`` the documents that hold the name.
    """

    province: str
    province_label: str
    field: str
    label: str
    label_en: str
    answer: Answer
    recall: Recall | None
    threshold: float
    candidate: bool
    above: tuple[str, ...]
    texts: tuple[str, ...]
    documents: tuple[str, ...]
    national: tuple[Claim, ...]

    def row(self) -> dict[str, Any]:
        """The omission in the machine output."""
        return {
            "province": self.province_label, "province_iri": self.province, "field": self.label,
            "field_en": self.label_en, "iri": self.field, "answer": self.answer,
            "recall": self.recall.row() if self.recall else None, "threshold": self.threshold,
            "candidate": self.candidate, "above": list(self.above), "texts": list(self.texts),
            "documents": list(self.documents), "national": evidence_rows(self.national),
        }  # fmt: skip


def recalls(graph: GraphStore) -> dict[str, Recall]:
    """The recall to expect by type of fact, as the graph's metadata has it: on unseen texts before seen, the latest.

    >>> from kg.graph.store import GraphStore
    >>> recalls(GraphStore.in_memory([]))
    {}
    """
    found: dict[str, Recall] = {}
    for row in graph.query(_MEASURED, time_limit=None).rows:
        type_, value, date, iri = map(lexical, row)
        one = Recall(type_, float(value), date, "/unseen-" in iri)
        best = found.get(type_)
        if best is None or (one.unseen, one.date, -one.value) > (best.unseen, best.date, -best.value):
            found[type_] = one
    return {type_: found[type_] for type_ in sorted(found)}


def omissions(
    graph: GraphStore | Ground, province: str | None = None, threshold: float = ENOUGH
) -> tuple[Omission, ...]:
    """What national documents of any years make a priority and provinces (or one, by IRI) do not name.

    All documents of a province count, of whatever years: what one plan names, the province has named. Sorted by
    province, vocabulary before candidates, then by the place in the guide.
    """
    ground = Ground.of(graph)
    measured = recalls(ground.graph)
    basis = min((measured[k] for k in _KINDS if k in measured), key=lambda r: r.value, default=None)
    if basis is not None and any(k not in measured for k in _KINDS):
        basis = None
    names = {iri: _names(ground, iri) for iri in ground.national}
    return tuple(
        one
        for side in ground.sides("province")
        if province in (None, side.iri)
        for one in _missing(ground, side, names, basis, threshold)
    )


def _missing(
    ground: Ground, side: Side, names: Mapping[str, Sequence[str]], basis: Recall | None, threshold: float
) -> Iterator[Omission]:
    covered = set(side.fields).union(*(ground.tree.above(iri) for iri in side.fields))
    texts = list(_texts(ground, side.documents))
    missing = [iri for iri in ground.national if iri not in covered]
    for iri in sorted(missing, key=lambda i: (i in ground.candidates, _place(ground.national[i][0]), i)):
        holding = tuple(doc for doc, text in texts if any(name in text for name in names[iri]))
        above = tuple(a for a in ground.tree.up.get(iri, ()) if a in side.fields and not ground.sector(a))
        yield Omission(
            side.iri, ground.label(side.iri), iri, ground.label(iri), ground.label(iri, "en"),
            _answer(holding, above, basis, threshold), basis, threshold, iri in ground.candidates,
            tuple(map(ground.label, above)), holding, side.documents, ground.national[iri],
        )  # fmt: skip


def _answer(
    texts: Sequence[str], above: Sequence[str], basis: Recall | None, threshold: float
) -> Answer:  # fmt: skip
    if texts:
        return "mentioned"
    if above:
        return "wider"
    return "not mentioned" if basis is not None and basis.value >= threshold else "not found"


def _texts(ground: Ground, documents: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The documents without white space, as a name may be broken at the end of a line."""
    for doc in documents:
        try:
            yield doc, re.sub(r"\s+", "", ground.graph.text(doc))
        except LookupFailed:  # a store of quads only; nothing can be looked up in its texts
            continue


def _names(ground: Ground, iri: str) -> tuple[str, ...]:
    rows = ground.graph.query(_NAMES, parameters={"_field": NamedNode(iri)}, time_limit=None).rows
    return tuple(sorted({re.sub(r"\s+", "", lexical(row[0])) for row in rows} - {""}))


def _place(claim: Claim) -> tuple[str, int, int]:
    return (claim.evidence.doc, claim.evidence.start, claim.evidence.end)
