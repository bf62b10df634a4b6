"""What two sides both name: the very same field, or one of them the field right above the other's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kg.analysis.claims import Claim, evidence_rows
from kg.analysis.ground import Ground, Side


@dataclass(frozen=True, slots=True)
class SharedField:
    """A field that two sides have in common, with the places of both.

    ``field`` is the IRI of what they have in common: the field itself (``match`` is ``same``), or the more
    general of the two (``related``), which the side ``general`` names while the other names ``narrower``, one
    ``skos:broader`` below. ``inherited``: a national document names ``field`` itself (places: ``national``).
    ``weight`` is the rarity of the field; of two that are related the lesser of both, halved. ``sector`` is a
    field at the top, ``candidate`` one that no vocabulary has.
    """

    field: str
    label: str
    label_en: str
    match: Literal["same", "related"]
    weight: float
    sector: bool
    candidate: bool
    a: tuple[Claim, ...]
    b: tuple[Claim, ...]
    national: tuple[Claim, ...] = ()
    narrower: str | None = None
    narrower_label: str | None = None
    general: Literal["a", "b"] | None = None

    @property
    def inherited(self) -> bool:
        """Whether a national document names the field, too."""
        return bool(self.national)

    @property
    def joint(self) -> bool:
        """Whether every place stands in a passage about both sides: 杭州、宁波等地重点发展疫苗.

        Such a field says that a document names the two in one breath, not that each of them chose it.
        """
        return joint(self.a, self.b)

    @property
    def name(self) -> str:
        """The field for a table: ``双特异性抗体 ⊂ 抗体药物`` where one side names the narrower."""
        return f"{self.narrower_label} ⊂ {self.label}" if self.narrower else self.label

    def row(self) -> dict[str, Any]:
        """The field in the machine output, with the evidence of both sides and of the national documents."""
        related = {}
        if self.narrower:
            related = {
                "narrower": self.narrower_label, "narrower_iri": self.narrower, "general_side": self.general,
            }  # fmt: skip
        return {
            "field": self.label, "field_en": self.label_en, "iri": self.field, "match": self.match, **related,
            "inherited": self.inherited, "joint": self.joint, "weight": round(self.weight, 6), "sector": self.sector,
            "candidate": self.candidate, "a": evidence_rows(self.a), "b": evidence_rows(self.b),
            "national": evidence_rows(self.national),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two sides as far as their documents may be compared: only those claims, and which documents meet which."""

    a: Side
    b: Side
    meeting: frozenset[tuple[str, str]]

    @property
    def free(self) -> bool:
        """Whether every document of one side meets every one of the other."""
        return len(self.meeting) == len(self.a.documents) * len(self.b.documents)

    def places(self, a: Sequence[Claim], b: Sequence[Claim]) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
        """Of two claims' places those whose documents meet; both are empty where none do."""
        if self.free:
            return tuple(a), tuple(b)
        docs_b = {c.evidence.doc for c in b}
        kept_a = tuple(c for c in a if any((c.evidence.doc, d) in self.meeting for d in docs_b))
        docs_a = {c.evidence.doc for c in kept_a}
        return kept_a, tuple(c for c in b if any((d, c.evidence.doc) in self.meeting for d in docs_a))


def pairing(ground: Ground, a: Side, b: Side, *, all_periods: bool = False) -> Pairing:
    """The two sides, each with only the documents whose years meet those of some document of the other."""
    plans = ground.plans
    meeting = frozenset(
        (one, other)
        for one in a.documents
        for other in b.documents
        if all_periods or (one in plans and other in plans and plans[one].meets(plans[other]))
    )
    return Pairing(a.within(one for one, _ in meeting), b.within(other for _, other in meeting), meeting)


def shared_fields(ground: Ground, pair: Pairing, weights: Mapping[str, float]) -> tuple[SharedField, ...]:
    """What both sides name, the rarest first; of equal rarity what the national guide does not name, then what
    stands deeper in the tree.

    A pair is left out where both sides name one of its two fields anyway, and where the general one is a
    sector: that one names 医疗器械 and the other a kind of it says next to nothing.
    """
    found = list(_same(ground, pair, weights))
    same = frozenset(one.field for one in found)
    for general in ("a", "b"):
        found.extend(_related(ground, pair, weights, same, general))

    def order(one: SharedField) -> tuple[object, ...]:
        depth = len(ground.tree.above(one.field))
        plain = (one.match != "same", one.inherited, one.candidate, -depth)
        return (-round(one.weight, 9), *plain, one.field, one.narrower or "")

    return tuple(sorted(found, key=order))


def _same(ground: Ground, pair: Pairing, weights: Mapping[str, float]) -> Iterator[SharedField]:
    for iri in sorted(pair.a.fields & pair.b.fields):
        a, b = pair.places(pair.a.by_field[iri], pair.b.by_field[iri])
        if a:
            yield SharedField(
                iri, ground.label(iri), ground.label(iri, "en"), "same", weights[iri], ground.sector(iri),
                iri in ground.candidates, a, b, ground.national.get(iri, ()),
            )  # fmt: skip


def _related(
    ground: Ground, pair: Pairing, weights: Mapping[str, float], same: frozenset[str],
    general: Literal["a", "b"],
) -> Iterator[SharedField]:  # fmt: skip
    wide, narrow = (pair.a, pair.b) if general == "a" else (pair.b, pair.a)
    for below in sorted(narrow.fields - same):
        for iri in ground.tree.up.get(below, ()):
            if iri not in wide.fields or iri in same or ground.sector(iri):
                continue
            ends = (wide.by_field[iri], narrow.by_field[below])
            a, b = pair.places(*(ends if general == "a" else ends[::-1]))
            if a:
                yield SharedField(
                    iri, ground.label(iri), ground.label(iri, "en"), "related",
                    min(weights[iri], weights[below]) / 2, False,
                    bool({iri, below} & ground.candidates), a, b, ground.national.get(iri, ()),
                    below, ground.label(below), general,
                )  # fmt: skip


def joint(a: Sequence[Claim], b: Sequence[Claim]) -> bool:
    """Whether each place of either side shares characters with a place of the other."""
    return _all_meet(a, b) and _all_meet(b, a)


def _all_meet(ones: Sequence[Claim], others: Sequence[Claim]) -> bool:
    """Whether each place of the ones shares characters with a place of the others."""
    return all(
        any(
            one.evidence.doc == other.evidence.doc
            and one.evidence.start < other.evidence.end
            and other.evidence.start < one.evidence.end
            for other in others
        )
        for one in ones
    )
