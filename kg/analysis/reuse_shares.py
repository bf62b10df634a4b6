"""How much of each document stands in another: passages of a pair of documents, summed up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kg.analysis.reuse import Reuse
from kg.model import Evidence

if TYPE_CHECKING:
    from kg.graph.store import GraphStore


@dataclass(frozen=True, slots=True)
class Share:
    """The passages of two documents; ``a`` is the earlier where ``earlier`` says so.

    ``share_a`` and ``share_b`` are the parts of either text that stand in the other (0 to 1, blanks not counted, each
    place once, repeats included); ``substance_b`` is the part of ``b`` without boilerplate. ``shared_fields`` counts the
    product fields that both sides state in some passage.
    """

    a: str
    b: str
    earlier: str | None
    passages: int
    boilerplate: int
    longest: int
    characters: int
    share_a: float
    share_b: float
    substance_b: float
    shared_fields: int

    def row(self) -> dict[str, Any]:
        """The pair in machine output, shares with four places."""
        return {k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(self).items()}


def shares(graph: GraphStore, found: Iterable[Reuse]) -> tuple[Share, ...]:
    """The pairs of documents that share passages, those that share most first.

    >>> from kg.graph.store import GraphStore
    >>> shares(GraphStore.in_memory([]), [])
    ()
    """
    pairs: dict[tuple[str, str], list[Reuse]] = defaultdict(list)
    for one in found:
        pairs[one.a.doc, one.b.doc].append(one)
    texts = {doc: graph.text(doc) for doc in sorted({doc for pair in pairs for doc in pair})}
    made: list[Share] = []
    for (a, b), listed in pairs.items():
        on_a = _covered(texts[a], (e for r in listed for e in (r.a, *r.a_again)))
        on_b = _covered(texts[b], (e for r in listed for e in (r.b, *r.b_again)))
        real = _covered(texts[b], (e for r in listed if r.kind == "substance" for e in (r.b, *r.b_again)))
        made.append(
            Share(
                a, b, listed[0].earlier, len(listed), sum(r.kind == "boilerplate" for r in listed),
                max(r.length for r in listed), sum(r.length for r in listed),
                on_a / _size(texts[a]), on_b / _size(texts[b]), real / _size(texts[b]),
                len({f.iri for r in listed for f in r.shared_fields}),
            )
        )  # fmt: skip
    return tuple(sorted(made, key=lambda s: (-s.characters, s.a, s.b)))


def _covered(text: str, places: Iterable[Evidence]) -> int:
    """The characters of a text that lie in any of the places, blanks left out."""
    total = end = 0
    for place in sorted(places, key=lambda e: e.span):
        total += len("".join(text[max(place.start, end) : place.end].split()))
        end = max(end, place.end)
    return total


def _size(text: str) -> int:
    return max(1, len("".join(text.split())))
