"""Targets and statistics as the graph has them, each with its document, its region and its converted amount."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from kg.analysis.claims import Claim, claims, evidence_row
from kg.analysis.plans import Plan, plans
from kg.analysis.units import Amount, amount, number, space
from kg.namespaces import COMPARATORS, PP
from kg.queries.reading import lexical, local, things

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

SIGNS: Mapping[str, str] = {">=": "≥ ", ">": "> ", "=": "", "~": "≈ ", "<=": "≤ ", "<": "< ", "range": ""}
"""How the comparators of the fact table are written before an amount."""

_COMPARATORS = {iri: sign for sign, iri in COMPARATORS.items()}
_WAYS = {"increase": ("增加 ", "up "), "decrease": ("下降 ", "down ")}
_CURRENCY = "http://qudt.org/vocab/quantitykind/Currency"
_SAID: Mapping[str, Literal["target", "statistic"]] = {"setsTarget": "target", "reports": "statistic"}
_FIGURES = """
SELECT DISTINCT ?figure ?p ?o WHERE {
  { ?figure a pp:Target } UNION { ?figure a pp:Statistic }
  ?figure ?p ?o . FILTER (?p NOT IN (rdf:type, rdfs:label, pp:qudtUnit))
}
"""
_MONEY = f"""
SELECT DISTINCT ?indicator WHERE {{ ?indicator a <{PP.Indicator}> ; skos:broader?/pp:quantityKind <{_CURRENCY}> }}
"""


@dataclass(frozen=True, slots=True)
class Name:
    """A thing with its names; ``en`` is empty where none is known."""

    iri: str
    zh: str
    en: str = ""

    def label(self, language: str) -> str:
        """The name in a language, Chinese where there is no other."""
        return (self.en if language == "en" else "") or self.zh


@dataclass(frozen=True, slots=True)
class Figure:
    """A target or a statistic, with the first of its places in the document that says it.

    ``value`` and ``unit`` are as worded, ``amount`` is converted; ``comparator`` is that of the fact table;
    ``end`` is the last year it speaks of: the deadline, else the last year of the plan, or of the statistic.
    """

    iri: str
    kind: Literal["target", "statistic"]
    plan: Plan
    region: Name | None
    indicator: Name
    wording: str
    scope: str | None
    comparator: str
    value: float
    value_max: float | None
    unit: str | None
    amount: Amount
    deadline: int | None
    baseline: int | None
    direction: str
    year: int | None
    period: str | None
    claim: Claim

    @property
    def end(self) -> int | None:
        """The last year that it speaks of."""
        if self.kind == "target":
            return self.deadline or self.plan.end
        return int(self.period.rpartition("-")[2]) if self.period else self.year

    @property
    def begin(self) -> int | None:
        """The first year that it speaks of: of a target, the year after its base, else the first of the plan."""
        if self.kind == "target":
            return self.baseline + 1 if self.baseline else self.plan.start
        return int(self.period.partition("-")[0]) if self.period else self.year

    @property
    def years(self) -> int | None:
        """How many years it covers; None where that is not known."""
        return self.end - self.begin + 1 if self.end and self.begin else None

    @property
    def time(self) -> str:
        """When, in words: ``2025``, ``2011–2015``, or nothing."""
        return self.period.replace("-", "–") if self.period else str(self.year or self.deadline or "")

    def worded(self, language: str = "zh") -> str:
        """The amount as the document gives it, such as ``≥ 9%`` or ``下降 ≥ 18%``."""
        way = _WAYS.get(self.direction, ("", ""))[language == "en"]
        upper = "" if self.value_max is None else f"–{number(self.value_max)}"
        return f"{way}{SIGNS[self.comparator]}{number(self.value)}{upper}{space(self.unit)}"

    def row(self) -> dict[str, Any]:
        """The figure as flat values: ``doc region indicator value unit …`` and its ``evidence``."""
        return {
            "iri": self.iri, "doc": self.plan.id, "period": self.period or self.plan.period,
            "region": self.region.zh if self.region else None,
            "region_en": (self.region.en or None) if self.region else None,
            "region_iri": self.region.iri if self.region else None,
            "indicator": self.indicator.zh, "wording": self.wording, "comparator": self.comparator,
            "value": _plain(self.value), "value_max": _plain(self.value_max), "unit": self.unit,
            "normalised": {
                "value": _plain(self.amount.value), "value_max": _plain(self.amount.value_max),
                "unit": self.amount.unit, "dimension": self.amount.dimension,
            },
            "deadline": self.deadline, "horizon": self.end, "baseline": self.baseline, "direction": self.direction,
            "scope": self.scope, "evidence": evidence_row(self.claim.evidence),
            "confidence": self.claim.confidence,
        }  # fmt: skip


def figures(graph: GraphStore) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """All quantified targets, and all statistics, each by document and place.

    >>> from kg.graph.store import GraphStore
    >>> figures(GraphStore.in_memory([]))
    ((), ())
    """
    said: dict[str, Claim] = {}
    for claim in claims(graph, *_SAID):
        said.setdefault(claim.object, claim)
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for figure, p, o in graph.query(_FIGURES, time_limit=None).rows:
        at, name = values[lexical(figure)], local(lexical(p))
        at[name] = min(
            lexical(o), at.get(name, lexical(o))
        )  # the graph should have one; two are settled the same way
    documents = {plan.id: plan for plan in plans(graph)}
    money = {lexical(row[0]) for row in graph.query(_MONEY, time_limit=None).rows}
    named = things(graph, (v[p] for v in values.values() for p in ("indicator", "appliesTo") if p in v))
    names = {iri: Name(iri, t.zh, t.en) for iri, t in named.items()}
    found: dict[str, list[Figure]] = {kind: [] for kind in _SAID.values()}
    for iri, claim in said.items():
        plan, v = documents.get(claim.evidence.doc), values.get(iri, {})
        if plan is not None and "indicator" in v and "value" in v:
            made = _figure(iri, _SAID[claim.predicate], v, names, plan, claim)
            found[made.kind].append(replace(made, amount=_amount(made, money)))
    return tuple(found["target"]), tuple(found["statistic"])


def _figure(
    iri: str, kind: Literal["target", "statistic"], v: Mapping[str, str], names: Mapping[str, Name],
    plan: Plan, claim: Claim,
) -> Figure:  # fmt: skip
    value, upper = float(v["value"]), float(v["valueMax"]) if "valueMax" in v else None
    indicator = names[v["indicator"]]
    return Figure(
        iri, kind, plan, names.get(v.get("appliesTo", "")), indicator, v.get("indicatorText", indicator.zh),
        v.get("scope"), _COMPARATORS[v["comparator"]] if "comparator" in v else "=", value, upper,
        v.get("unit"), Amount(value, upper, v.get("unit"), "none"), _year(v.get("deadline")),
        _year(v.get("baseline")), local(v["direction"]).lower() if "direction" in v else "level",
        _year(v.get("year")), v.get("period"), claim,
    )  # fmt: skip


def _amount(figure: Figure, money: set[str]) -> Amount:
    worth = figure.indicator.iri in money or bool(
        re.search("收入|产值|利润|销售额|投资|资金", figure.wording)
    )
    return amount(figure.value, figure.value_max, figure.unit, money=worth)


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() else value
