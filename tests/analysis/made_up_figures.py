"""Targets, statistics and clusters for the made-up graph (``made_up.py``), as quads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pyoxigraph import Quad, RdfFormat, parse

from kg.namespaces import ID, PREFIXES

from .made_up import iri

HEAD = "\n".join(f"@prefix {p}: <{full}> ." for p, full in PREFIXES.items())
REGION = {"guide": "中国", "jia": "甲省", "yi-old": "乙省", "yi-new": "乙省", "bing": "丙市"}


def quads(turtle: str) -> list[Quad]:
    """The quads of a text without prefixes."""
    return list(parse(f"{HEAD}\n{turtle}", format=RdfFormat.TRIG))


def figure(
    name: str, doc: str, indicator: str, value: float, unit: str | None = None, *,
    docs: Sequence[str] = (), kind: str = "Target", scope: str | None = None, wording: str | None = None,
    comparator: str = "exactly", direction: str = "Level", at: int = 0, **years: Any,
) -> list[Quad]:  # fmt: skip
    """A target or a statistic; ``years`` are deadline, baseline, year, period, or valueMax."""
    own = f"<{ID}{kind.lower()}/{name}>"
    text = f"{indicator}{value:g}{unit or ''}"
    parts = [
        f'a pp:{kind} ; pp:indicator <{ID}indicator/{indicator}> ; pp:indicatorText "{wording or indicator}"@zh',
        f"pp:value {value:.6f} ; pp:appliesTo <{iri(REGION[doc])}>",
    ]
    if unit:
        parts.append(f'pp:unit "{unit}"')
    if scope:
        parts.append(f'pp:scope "{scope}"@zh')
    if kind == "Target":
        parts.append(f"pp:comparator pp:{comparator} ; pp:direction pp:{direction}")
    for key, given in years.items():
        parts.append(f'pp:{key} "{given}"')
    said = "setsTarget" if kind == "Target" else "reports"
    return quads(
        f'<{ID}indicator/{indicator}> a pp:Indicator ; skos:prefLabel "{indicator}"@zh .\n'
        f"{own} {' ; '.join(parts)} .\n"
        f"[] rdf:subject <{iri(doc)}> ; rdf:predicate pp:{said} ; rdf:object {own} ; pp:start {at} ; "
        f'pp:end {at + len(text)} ; pp:quote "{text}" ; pp:rule "r" ; pp:confidence 0.9 ; '
        f"prov:wasDerivedFrom <{iri(doc)}> ."
    )


def cluster(
    doc: str, name: str, province: str, *, aliases: Sequence[str] = (), at: int = 0
) -> list[Quad]:  # fmt: skip
    """A cluster that a document names, in a province, with other names."""
    own = f"<{ID}cluster/{name}>"
    also = "".join(f' ; skos:altLabel "{a}"@zh' for a in aliases)
    return quads(
        f'{own} a pp:Park, pp:Cluster ; rdfs:label "{name}"@zh ; pp:inProvince <{iri(province)}>{also} .\n'
        f"[] rdf:subject <{iri(province)}> ; rdf:predicate pp:hosts ; rdf:object {own} ; pp:start {at} ; "
        f'pp:end {at + len(name)} ; pp:quote "{name}" ; pp:rule "r" ; pp:confidence 0.9 ; pp:factType "cluster" ; '
        f"prov:wasDerivedFrom <{iri(doc)}> ."
    )


def recall(kind: str, value: float) -> Iterator[Quad]:
    """How well facts of a type are found, as a build writes it."""
    from kg.graph.quality import Quality, quality_quads

    return quality_quads([Quality(kind, value, 0.9, 50, ("x",), "2026-11-22", unseen=True)])
