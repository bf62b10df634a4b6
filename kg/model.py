"""What a fact is: frozen, typed records and the evidence that each one carries.

A fact says what one sentence of one document says. Names stay as the document words them; ``iri``-like
identity is decided later, in ``kg.graph``. The keys of each record are those of the public fact table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal

Level = Literal["national", "provincial", "municipal", "county"]
Stance = Literal["develop", "strength"]
ClusterKind = Literal["cluster", "park", "town", "base", "zone", "hub", "belt"]
ClusterStatus = Literal["existing", "planned", "supported"]
InstitutionKind = Literal["university", "hospital", "laboratory", "platform", "association", "other"]
Comparator = Literal[">=", ">", "=", "~", "<=", "<", "range"]
Direction = Literal["level", "increase", "decrease"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a document says it: ``text[start:end] == quote``, offsets in characters of the text as given.

    >>> Evidence("jiangsu", 3, 5, "南京", "3.1").span
    (3, 5)
    """

    doc: str
    start: int
    end: int
    quote: str
    section: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"{self.doc}: empty or reversed span {self.start}–{self.end}")
        if len(self.quote) != self.end - self.start:
            raise ValueError(
                f"{self.doc}: quote of {len(self.quote)} characters for span {self.start}–{self.end}"
            )

    @property
    def span(self) -> tuple[int, int]:
        """The offsets as a pair."""
        return (self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What all facts carry: the evidence, the rule that found it, and how sure it is (0 to 1)."""

    type: ClassVar[str] = ""

    evidence: Evidence
    rule: str
    confidence: float = 0.9

    def keys(self) -> dict[str, Any]:
        """The fact's own keys in order of declaration, tuples as lists: the content without its evidence."""
        own = (f.name for f in fields(self) if f.name not in _SHARED)
        return {name: _plain(getattr(self, name)) for name in own}


_SHARED = frozenset({"evidence", "rule", "confidence"})


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFact(Fact):
    """The document itself: title, issuer, jurisdiction, dates (``YYYY-MM-DD`` or ``YYYY-MM``), period, status."""

    type: ClassVar[str] = "document"
    title: str | None
    issuer: str | None
    region: str | None
    level: Level | None
    issued: str | None
    period_start: int | None
    period_end: int | None
    status: Literal["final", "draft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterFact(Fact):
    """A named place of agglomeration, with the region that hosts it and the fields it concentrates on."""

    type: ClassVar[str] = "cluster"
    name: str
    kind: ClusterKind
    region: str | None
    province: str | None
    fields: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    status: ClusterStatus = "existing"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionFieldFact(Fact):
    """A region is tied to a product field, as a direction or as an existing strength."""

    type: ClassVar[str] = "region_field"
    region: str
    field: str
    category: str | None
    stance: Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFieldFact(Fact):
    """The plan makes the field a priority; ``parent`` is the heading over it, ``category`` the sector."""

    type: ClassVar[str] = "plan_field"
    field: str
    category: str | None
    parent: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDiseaseFact(Fact):
    """A disease or therapeutic area is named as the aim of a field."""

    type: ClassVar[str] = "plan_disease"
    disease: str
    field: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugTargetFact(Fact):
    """A molecular target is named, under a field."""

    type: ClassVar[str] = "drug_target"
    name: str
    field: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseFact(Fact):
    """A company is named, with what the text says it makes."""

    type: ClassVar[str] = "enterprise"
    name: str
    region: str | None
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionFact(Fact):
    """A named university, hospital, laboratory, platform or association, existing or to be built."""

    type: ClassVar[str] = "institution"
    name: str
    kind: InstitutionKind
    region: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFact(Fact):
    """A quantified policy goal; years are integers, ``value`` is in ``unit`` as worded."""

    type: ClassVar[str] = "target"
    indicator: str
    scope: str | None
    comparator: Comparator
    value: float
    value_max: float | None
    unit: str | None
    deadline: int | None
    baseline: int | None
    direction: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticFact(Fact):
    """A quantified fact about the past or present, with its year or its period (``2011-2015``)."""

    type: ClassVar[str] = "statistic"
    indicator: str
    scope: str | None
    value: float
    unit: str | None
    year: int | None
    period: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibleFact(Fact):
    """A measure with the agencies that answer for it, the lead first."""

    type: ClassVar[str] = "responsible"
    measure: str
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitesFact(Fact):
    """A policy, plan, programme, law or strategy that the text names; the bare name without marks."""

    type: ClassVar[str] = "cites"
    policy: str


FACT_TYPES: Mapping[str, type[Fact]] = {
    cls.type: cls
    for cls in (
        DocumentFact, ClusterFact, RegionFieldFact, PlanFieldFact, PlanDiseaseFact, DrugTargetFact,
        EnterpriseFact, InstitutionFact, TargetFact, StatisticFact, ResponsibleFact, CitesFact,
    )
}  # fmt: skip


def fact_row(fact: Fact) -> dict[str, Any]:
    """The flat row of the public fact table: ``type``, the fact's keys, then ``doc quote start end rule confidence``.

    >>> e = Evidence("d", 0, 2, "肿瘤")
    >>> fact_row(PlanDiseaseFact(disease="肿瘤", field="抗体药物", evidence=e, rule="aim"))["quote"]
    '肿瘤'
    """
    e = fact.evidence
    return {
        "type": fact.type, **fact.keys(),
        "doc": e.doc, "quote": e.quote, "start": e.start, "end": e.end, "section": e.section,
        "rule": fact.rule, "confidence": fact.confidence,
    }  # fmt: skip
