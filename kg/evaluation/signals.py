"""Signs that a sentence states a fact, read from ``signals.toml``: what is looked for, what explains it, how much it tells."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from kg.documents.document import Section
from kg.errors import VocabularyError
from kg.evaluation.passages import Passage
from kg.extraction.zones import zone
from kg.lexicon.gazetteer import Mention
from kg.lexicon.vocabulary import load
from kg.lexicon.words import pattern
from kg.model import FACT_TYPES

Part = Literal["wanted", "past", "frame"]
"""The part of a plan: what it wants, what was reached, or its aims, principles and safeguards."""

_FILE = Path(__file__).with_name("signals.toml")
_LIST = re.compile(r"<(\w+)\.(\w+)>")
_PATTERNS = {"pattern": "pattern", "beside": "beside", "holds": "holds", "except": "except_"}


@dataclass(frozen=True, slots=True)
class Signal:
    """A sign of a fact, as ``signals.toml`` describes it."""

    name: str
    zh: str
    en: str
    answers: frozenset[str]
    weight: Mapping[Part, float]
    pattern: re.Pattern[str] | None = None
    names: str | None = None
    beside: re.Pattern[str] | None = None
    holds: re.Pattern[str] | None = None
    except_: re.Pattern[str] | None = None
    once: bool = False

    def find(self, text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
        """The places of the sign in a sentence, whose vocabulary names are given."""
        if self.beside is None or self.beside.search(text):
            for start, end in self._places(text, mentions):
                words = text[start:end]
                held = self.holds is None or self.holds.search(words)
                if held and not (self.except_ is not None and self.except_.search(words)):
                    yield start, end

    def _places(self, text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
        if self.pattern is not None:
            yield from (m.span() for m in self.pattern.finditer(text))
        if self.names is not None:
            yield from ((m.start, m.end) for m in mentions if m.kind == self.names and _is_sure(m))


def _is_sure(mention: Mention) -> bool:
    """Whether a name can hardly be an everyday word: those of many counties can (合作, 资源), unless they are in full."""
    if mention.kind != "region":
        return True
    entries = [load().entries[iri] for iri in mention.iris]
    return any("County" not in e.types or e.label == mention.text for e in entries)


@cache
def signals() -> tuple[Signal, ...]:
    """The signs of the shipped file, in its order; raises `VocabularyError` for one that cannot be read.

    >>> next(s for s in signals() if s.name == "title").find("《中国制造2025》", ()).__next__()
    (0, 10)
    """
    return tuple(_signal(entry) for entry in tomllib.loads(_FILE.read_text("utf-8"))["signal"])


def part_of(path: Sequence[Section]) -> Part:
    """The part of a plan that a sentence under these headings belongs to."""
    found = zone(path) if path else "open"
    return "past" if found == "past" else "frame" if found in ("frame", "backing") else "wanted"


def part(passage: Passage) -> Part:
    """The part of a plan that a sentence belongs to."""
    return part_of(passage.path)


def _signal(entry: Mapping[str, Any]) -> Signal:
    try:
        answers = frozenset(entry["answers"])
        weight = {p: float(entry["weight"][p]) for p in get_args(Part)}
        compiled = {_PATTERNS[key]: re.compile(_filled(entry[key])) for key in _PATTERNS if key in entry}
        found = Signal(
            entry["name"],
            entry["zh"],
            entry["en"],
            answers,
            weight,
            names=entry.get("names"),
            once=bool(entry.get("once")),
            **compiled,
        )
    except (KeyError, TypeError, ValueError, re.error) as error:
        name = entry.get("name", "a signal")
        raise VocabularyError(f"{_FILE.name}: {name}: {error!r}", hint="mend the entry") from error
    if unknown := answers - FACT_TYPES.keys():
        raise VocabularyError(
            f"{_FILE.name}: {found.name} answers unknown types {sorted(unknown)}", hint="mend it"
        )
    return found


def _filled(text: str) -> str:
    """A pattern with word lists in the place of ``<file.list>``."""
    return _LIST.sub(lambda m: pattern(m[1], m[2]), text)
