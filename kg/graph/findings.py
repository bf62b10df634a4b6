"""What validation has found wrong: one record a defect, with the node and the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.namespaces import TRIG_PREFIXES

Check = Literal["shape", "quote", "evidence", "reference", "consistency", "count"]
Severity = Literal["violation", "warning"]

_LONGEST_FIRST = sorted(TRIG_PREFIXES.items(), key=lambda item: -len(item[1]))


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A defect of the graph: which check saw it, at which node, why, and in which document's graph.

    >>> Finding("quote", "urn:x", "the quote is not in the text").severity
    'violation'
    """

    check: Check
    node: str
    reason: str
    graph: str = ""
    severity: Severity = "violation"

    def __str__(self) -> str:
        where = f" in {compact(self.graph)}" if self.graph else ""
        return f"{self.severity} {self.check}: {compact(self.node)}{where}: {self.reason}"


def compact(iri: str) -> str:
    """An IRI with a prefix where one fits, for messages.

    >>> compact("https://w3id.org/pharma-policy-kg/ontology#hosts")
    'pp:hosts'
    """
    return next((f"{p}:{iri[len(n) :]}" for p, n in _LONGEST_FIRST if iri.startswith(n)), iri)
