"""A field or a cluster that entered, stayed or went between two documents, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kg.analysis.claims import Claim, evidence_rows
from kg.analysis.figures import Name
from kg.analysis.omissions import Recall

Match = Literal["same", "narrowed", "widened", "reworded", "renamed"]
Answer = Literal["not mentioned", "not found", "mentioned", "wider", "narrower"]
ANSWERS: Mapping[str, tuple[str, str]] = {
    "not mentioned": ("未提及", "not mentioned"),
    "not found": ("未找到", "not found"),
    "mentioned": ("文中有此名，但未识别为事实", "named in the text, but in no statement that was understood"),
    "wider": ("只见其上位领域", "only a wider field is named"),
    "narrower": ("只见其下位领域", "only narrower fields are named"),
}
"""What the answers are called in words."""


MATCHES: Mapping[str, tuple[str, str]] = {
    "narrowed": ("收窄", "narrowed"),
    "widened": ("放宽", "widened"),
    "reworded": ("改述", "put otherwise"),
    "renamed": ("更名", "renamed"),
}
"""What the ways of staying in other words are called."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field or a cluster in the two documents: the things that each names, with the places.

    Of what is kept, ``match`` says how, and either side has its things; of what entered or went only one side has,
    and ``answer`` says what is known of the other, with the nearest ``related`` fields that it names.
    """

    before: tuple[Name, ...]
    after: tuple[Name, ...]
    old: tuple[Claim, ...]
    new: tuple[Claim, ...]
    match: Match | None = None
    answer: Answer | None = None
    related: tuple[Name, ...] = ()
    candidate: bool = False

    @property
    def name(self) -> Name:
        """The thing itself; of what is narrowed or widened the wider one, of what is renamed the new name."""
        if self.before and (not self.after or self.match == "narrowed"):
            return self.before[0]
        return self.after[0]

    def note(self, language: str = "zh") -> str:
        """What else there is to say, in words; empty where nothing is."""
        en = language == "en"
        also = _and(self.related, language)
        if self.match is not None and self.match != "same":
            sides = (_and(side, language) for side in (self.before, self.after))
            return f"{MATCHES[self.match][en]}{': ' if en else '：'}{' → '.join(sides)}"
        if self.answer is None:
            return ""
        text = ANSWERS[self.answer][en]
        return f"{text}{': ' if en else '：'}{also}" if also and self.answer != "mentioned" else text

    def row(self, kind: str) -> dict[str, Any]:
        """The change as flat values under its ``kind`` (field or cluster), with the evidence of both sides."""
        before, after = evidence_rows(self.old), evidence_rows(self.new)
        return {
            kind: self.name.zh, f"{kind}_en": self.name.en or None, "iri": self.name.iri,
            "match": self.match, "answer": self.answer, "note": self.note() or None, "note_en": self.note("en") or None,
            "old": [{"label": n.zh, "iri": n.iri} for n in self.before],
            "new": [{"label": n.zh, "iri": n.iri} for n in self.after],
            "related": [{"label": n.zh, "iri": n.iri} for n in self.related], "candidate": self.candidate,
            "before": before, "after": after, "evidence": [*before, *after],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changes:
    """What entered, stayed and went, in the order of the documents; things of the vocabulary before candidates."""

    entered: tuple[Change, ...]
    kept: tuple[Change, ...]
    dropped: tuple[Change, ...]

    def row(self, kind: str) -> dict[str, Any]:
        """``{"entered", "kept", "dropped"}``."""
        return {part: [c.row(kind) for c in getattr(self, part)] for part in ("entered", "kept", "dropped")}


def answer(text: str | None, names: Iterable[str], otherwise: Answer) -> Answer:
    """``mentioned`` where one of the names stands in a text (without white space), else the other answer."""
    tidy = {re.sub(r"\s+", "", name) for name in names}
    return "mentioned" if text is not None and any(len(n) > 1 and n in text for n in tidy) else otherwise


def silence(recall: Recall | None, threshold: float) -> Answer:
    """What it means that a fact was not found.

    >>> silence(Recall("target", 0.98, "2026-11-22", True), 0.95), silence(None, 0.95)
    ('not mentioned', 'not found')
    """
    return "not mentioned" if recall is not None and recall.value >= threshold else "not found"


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """By the place in the older document, else in the newer; things of the vocabulary before candidates."""

    def place(change: Change) -> tuple[bool, bool, int, int, str]:
        first = (change.old or change.new)[0].evidence
        return (change.candidate, not change.old, first.start, first.end, change.name.iri)

    return tuple(sorted(changes, key=place))


def _and(names: Iterable[Name], language: str) -> str:
    return (", " if language == "en" else "、").join(n.label(language) for n in names)
