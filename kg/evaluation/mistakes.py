"""What went wrong, to be read by a person: what was missed, what is spurious, what only nearly matches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kg.evaluation.claims import MAIN_KEYS, Claim
from kg.evaluation.likeness import dice, folded
from kg.evaluation.matching import Matched, Pair
from kg.evaluation.passages import Passages
from kg.evaluation.tally import DETAILS, agree

Kind = Literal["missed", "spurious", "inexact"]
_RELATED = 0.3


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake with its sentence.

    ``instead`` is the claim of the other side that comes nearest, if any; ``read_as`` the types of fact that the
    extractor did find in a missed passage; ``differs`` the details in which a matched fact differs.
    """

    kind: Kind
    type: str
    doc: str
    keys: Mapping[str, Any]
    quote: str
    start: int | None
    sentence: str
    rule: str = ""
    confidence: float | None = None
    instead: Mapping[str, Any] | None = None
    read_as: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()

    def row(self) -> dict[str, Any]:
        """The mistake as JSON-able data."""
        return {name: getattr(self, name) for name in self.__slots__}


def mistakes(matched: Matched, predicted: Sequence[Claim], passages: Passages) -> Iterator[Mistake]:
    """The mistakes in the claims of one type, each kind in order of place; ``predicted`` are those of all types."""

    def made(kind: Kind, claim: Claim, instead: Claim | None, differs: Iterable[str] = ()) -> Mistake:
        span = min(claim.spans, default=None)
        sentence = passages.around(*span) if span else ""
        read_as = sorted({p.type for p in predicted if _meet(p, claim)}) if kind == "missed" else ()
        return Mistake(
            kind, matched.type, matched.doc, claim.keys, claim.quote, span[0] if span else None,
            sentence or claim.quote, claim.rule, claim.confidence if claim.rule else None,
            instead.keys if instead else None, tuple(read_as), tuple(differs),
        )  # fmt: skip

    yield from (made("missed", c, _nearest(c, matched.spurious)) for c in _in_order(matched.missed))
    yield from (made("spurious", c, _nearest(c, matched.missed)) for c in _in_order(matched.spurious))
    for pair in sorted(matched.pairs, key=lambda p: p.predicted.spans):
        if differs := _differences(pair):
            yield made("inexact", pair.predicted, pair.gold, differs)


def _in_order(claims: Iterable[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda c: (min(c.spans, default=(0, 0)), c.line))


def _meet(a: Claim, b: Claim) -> bool:
    return any(x[0] < y[1] and y[0] < x[1] for x in a.spans for y in b.spans)


def _differences(pair: Pair) -> tuple[str, ...]:
    """The main keys that are not the same, where the match is a lenient one, and the details that do not agree."""
    p, g = pair.predicted, pair.gold
    main = (
        ()
        if pair.strict
        else (k for k in MAIN_KEYS[p.type] if folded(p.keys.get(k)) != folded(g.keys.get(k)))
    )
    details = (d for d in DETAILS.get(p.type, ()) if not agree(d, p.keys, g.keys))
    return tuple(dict.fromkeys((*main, *details)))


def _nearest(claim: Claim, others: Iterable[Claim]) -> Claim | None:
    """The claim that most likely means the same: alike in its main words, those of the same place first."""
    ranked = [(_related(claim, other), n, other) for n, other in enumerate(others)]
    likeness, _, other = max(ranked, key=lambda r: (r[0], -r[1]), default=(0.0, 0, None))
    return other if likeness >= _RELATED else None


def _related(a: Claim, b: Claim) -> float:
    words = ("".join(folded(c.keys.get(k)) for k in MAIN_KEYS[c.type]) for c in (a, b))
    likeness = dice(*words)
    return likeness + 0.25 if _meet(a, b) and likeness > 0 else likeness
