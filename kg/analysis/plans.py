"""The documents of a graph with what makes them comparable: whose they are, for which years, of which level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

_PLANS = """
SELECT DISTINCT ?iri ?id ?title ?region ?level ?start ?end ?issued ?status WHERE {
  GRAPH ?iri { ?iri a pp:PolicyDocument ; dcterms:identifier ?id .
    OPTIONAL { ?iri dcterms:title ?title }
    OPTIONAL { ?iri pp:jurisdiction ?region }
    OPTIONAL { ?iri pp:governmentLevel ?level }
    OPTIONAL { ?iri pp:periodStart ?start }
    OPTIONAL { ?iri pp:periodEnd ?end }
    OPTIONAL { ?iri dcterms:issued ?issued }
    OPTIONAL { ?iri pp:status ?status } }
} ORDER BY ?id
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """A document: ``region`` and ``iri`` are IRIs, ``level`` and ``status`` local names, ``start`` and ``end`` years."""

    iri: str
    id: str
    title: str
    region: str | None
    level: str | None
    start: int | None
    end: int | None
    issued: str | None
    status: str | None

    @property
    def national(self) -> bool:
        """Whether it is a plan of the whole country."""
        return self.level == "National"

    @property
    def period(self) -> str | None:
        """The years that it covers.

        >>> Plan("i", "p", "t", None, None, 2016, 2020, None, None).period
        '2016–2020'
        """
        return f"{self.start}–{self.end}" if self.start and self.end else None

    @property
    def begins(self) -> str:
        """By what its place in time is told: the date of issue, else the first year; empty where neither is known."""
        return self.issued or (str(self.start) if self.start else "")

    def meets(self, other: Plan) -> bool:
        """Whether the years of two plans overlap; a plan that states none meets every other.

        >>> old, new = (Plan("i", "p", "t", None, None, a, b, None, None) for a, b in ((2016, 2020), (2021, 2025)))
        >>> old.meets(new), new.meets(new)
        (False, True)
        """
        if None in (self.start, self.end, other.start, other.end):
            return True
        return bool(self.start <= other.end and other.start <= self.end)  # type: ignore[operator]


def plans(graph: GraphStore) -> tuple[Plan, ...]:
    """The documents, sorted by id; where a document states a value twice, the first in order counts."""
    found: dict[str, Plan] = {}
    for row in graph.query(_PLANS, time_limit=None):
        iri, id_, title, region, level, start, end, issued, status = map(_text, row.values())
        found.setdefault(
            str(id_),
            Plan(
                str(iri), str(id_), title or str(id_), region, _local(level), _year(start), _year(end), issued,
                _local(status),
            ),
        )  # fmt: skip
    return tuple(found[id_] for id_ in sorted(found))


def _text(value: Any) -> str | None:
    return None if value is None else str(getattr(value, "value", value))


def _local(iri: str | None) -> str | None:
    return iri.rpartition("#")[2] if iri else None


def _year(text: str | None) -> int | None:
    return int(text) if text else None
