"""Scores of extracted facts against gold facts: by type, document and rule, pooled and averaged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from kg.evaluation.claims import Claim, Gold
from kg.evaluation.matching import Matched, by_type, match
from kg.evaluation.mistakes import Mistake, mistakes
from kg.evaluation.passages import Passages
from kg.evaluation.tally import Tally, tally, total
from kg.model import FACT_TYPES

_AVERAGED = ("precision", "recall", "f1", "f1_strict")


@dataclass(frozen=True)
class Report:
    """The matched claims of all documents and types, and what follows from them.

    ``unjudged`` counts, by document and type, the facts of types that a document's gold does not have at all; they
    stand outside the scores.
    """

    matched: tuple[Matched, ...]
    unjudged: Mapping[str, Mapping[str, int]]

    @property
    def documents(self) -> list[str]:
        """The ids of the documents, in order of the gold files."""
        return list(dict.fromkeys(m.doc for m in self.matched))

    @cached_property
    def by_document(self) -> dict[str, dict[str, Tally]]:
        """The counts by document and type."""
        found: dict[str, dict[str, Tally]] = {doc: {} for doc in self.documents}
        for m in self.matched:
            found[m.doc][m.type] = tally(m)
        return {doc: _in_order(types) for doc, types in found.items()}

    @cached_property
    def by_type(self) -> dict[str, Tally]:
        """The counts by type over all documents."""
        found: dict[str, Tally] = {}
        for types in self.by_document.values():
            for type_, one in types.items():
                found[type_] = found.get(type_, Tally()) + one
        return _in_order(found)

    @cached_property
    def by_rule(self) -> dict[tuple[str, str], Tally]:
        """The counts by type and rule; the gold of a rule is all gold of its type, its recall the part that it finds."""
        found: dict[tuple[str, str], Tally] = {}
        for m in self.matched:
            for rule in {p.rule for p in m.predicted}:
                own = replace(
                    m, gold=(), predicted=tuple(p for p in m.predicted if p.rule == rule),
                    pairs=tuple(p for p in m.pairs if p.predicted.rule == rule),
                )  # fmt: skip
                found[m.type, rule] = found.get((m.type, rule), Tally()) + tally(own)
        types = list(FACT_TYPES)
        ranked = sorted(
            found.items(), key=lambda item: (types.index(item[0][0]), -item[1].predicted, item[0][1])
        )
        return {(t, rule): replace(one, gold=self.by_type[t].gold) for (t, rule), one in ranked}

    @property
    def overall(self) -> Tally:
        """The counts over all types and documents."""
        return total(self.by_type.values())

    def macro(self, type_: str | None = None) -> dict[str, float]:
        """Means of the scores: of one type over the documents that have it, or of all types (each pooled) over the types."""
        tallies = (
            list(self.by_type.values())
            if type_ is None
            else [types[type_] for types in self.by_document.values() if type_ in types]
        )
        return {name: sum(getattr(t, name) for t in tallies) / max(1, len(tallies)) for name in _AVERAGED}

    def row(self, *, rules: bool = False) -> dict[str, Any]:
        """The scores as JSON-able data."""
        found: dict[str, Any] = {
            "documents": self.documents,
            "types": {t: one.row() | {"macro": self.macro(t)} for t, one in self.by_type.items()},
            "overall": {"micro": self.overall.row(), "macro": self.macro()},
            "by_document": {
                doc: {"types": {t: one.row() for t, one in types.items()}, "overall": total(types.values()).row()}
                for doc, types in self.by_document.items()
            },
            "unjudged": self.unjudged,
        }  # fmt: skip
        if rules:
            found["by_rule"] = [
                {"type": t, "rule": rule, **one.row()} for (t, rule), one in self.by_rule.items()
            ]
        return found


def compare(gold: Iterable[Gold], predicted: Mapping[str, Sequence[Claim]]) -> Report:
    """Compares gold files, their quotes placed, with the claims of each document by id."""
    matched: list[Matched] = []
    unjudged: dict[str, dict[str, int]] = {}
    for one in gold:
        wanted, found = by_type(one.claims), by_type(predicted.get(one.doc, ()))
        matched.extend(match(t, one.doc, found.get(t, ()), wanted[t]) for t in FACT_TYPES if t in wanted)
        if rest := {t: len(found[t]) for t in FACT_TYPES if t in found and t not in wanted}:
            unjudged[one.doc] = rest
    return Report(tuple(matched), unjudged)


def all_mistakes(
    report: Report, types: Iterable[str], predicted: Mapping[str, Sequence[Claim]], texts: Mapping[str, str]
) -> Iterator[Mistake]:
    """The mistakes in facts of some types, document by document; ``texts`` are the documents' texts by id."""
    wanted = set(types)
    passages: dict[str, Passages] = {}
    for m in report.matched:
        if m.type in wanted:
            if m.doc not in passages:
                passages[m.doc] = Passages.of(m.doc, texts[m.doc])
            yield from mistakes(m, predicted.get(m.doc, ()), passages[m.doc])


def _in_order(found: Mapping[str, Tally]) -> dict[str, Tally]:
    return {t: found[t] for t in FACT_TYPES if t in found}
