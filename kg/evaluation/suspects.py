"""Sentences that look as if they stated a fact which was not understood, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import prod
from typing import Any

from kg.documents.sources import document
from kg.evaluation.claims import Claim
from kg.evaluation.explained import Explained
from kg.evaluation.passages import Passage, Passages
from kg.evaluation.signals import Part, Signal, part

_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Sign:
    """One reason to look: a sign that no fact explains, the words that bear it, how likely it alone makes a miss."""

    name: str
    zh: str
    en: str
    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Suspect:
    """A sentence, the signs in it that no fact explains, and the types of fact that were found in it.

    ``score`` ranks: 1 − ∏(1 − weight) over the signs, the chance that one of them is a fact, were they independent and
    the extractor no better than chance.
    """

    doc: str
    start: int
    end: int
    quote: str
    sentence: str
    section: str
    part: Part
    score: float
    signs: tuple[Sign, ...]
    found: tuple[str, ...] = ()

    def row(self) -> dict[str, Any]:
        """The sentence as JSON-able data, its place as evidence."""
        return {
            "score": self.score, "sentence": self.sentence, "section": self.section, "part": self.part,
            "evidence": {"doc": self.doc, "start": self.start, "end": self.end, "quote": self.quote},
            "reasons": [
                {"sign": s.name, "zh": s.zh, "en": s.en, "words": list(s.words), "weight": s.weight} for s in self.signs
            ],
            "found": list(self.found),
        }  # fmt: skip


def suspects(doc: str, text: str, claims: Iterable[Claim]) -> list[Suspect]:
    """The sentences of a document with signs that none of the claims explains, by score, then by place."""
    explained = Explained(len(text), claims)
    found = (_suspect(doc, text, passage, explained) for passage in Passages(document(doc, text)).sentences)
    return sorted((s for s in found if s is not None), key=rank)


def rank(suspect: Suspect) -> tuple[float, int, str, int]:
    """The order of suspects of several documents: by score, by how many words bear signs, then by place."""
    return -suspect.score, -sum(len(s.words) for s in suspect.signs), suspect.doc, suspect.start


def _suspect(doc: str, text: str, passage: Passage, explained: Explained) -> Suspect | None:
    where = part(passage)
    signs = [
        Sign(signal.name, signal.zh, signal.en, words, signal.weight[where])
        for signal, words in _unexplained(passage, explained)
    ]
    if not signs:
        return None
    score = round(1 - prod(1 - s.weight for s in signs), 3)
    signs.sort(key=lambda s: -s.weight)
    return Suspect(
        doc, passage.start, passage.end, text[passage.start : passage.end], passage.text, passage.section, where,
        score, tuple(signs), tuple(explained.covered.types(passage.offsets)),
    )  # fmt: skip


def _unexplained(passage: Passage, explained: Explained) -> Iterator[tuple[Signal, tuple[str, ...]]]:
    """The signs in a sentence that no fact explains, each with the words that bear it."""
    words: dict[str, list[str]] = {}
    by_name: dict[str, Signal] = {}
    for signal, start, end, covered in explained.signs(passage):
        if not covered:
            by_name[signal.name] = signal
            words.setdefault(signal.name, []).append(passage.text[start:end])
    return ((by_name[name], tuple(dict.fromkeys(found))[:_MOST_WORDS]) for name, found in words.items())
