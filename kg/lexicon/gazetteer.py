"""One scan of a text for all names of all vocabularies (Aho–Corasick)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.lexicon.vocabulary import Entry, Vocabulary, load


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a vocabulary in a text: which kind of thing, and the entries that bear the name."""

    kind: str
    iris: tuple[str, ...]
    text: str
    start: int
    end: int


class Gazetteer:
    """Finds the names of a vocabulary in texts; Latin names are matched as whole words and whatever their case."""

    def __init__(self, vocabulary: Vocabulary, *, shortest: int = 2) -> None:
        from ahocorasick_rs import AhoCorasick

        named: dict[str, dict[str, list[str]]] = {}
        self._not_before = {
            e.iri: e.extra["notBefore"] for e in vocabulary.entries.values() if "notBefore" in e.extra
        }
        for entry in vocabulary.entries.values():
            for name in matchable(entry):
                if len(name) >= shortest:
                    named.setdefault(_lower(name), {}).setdefault(entry.kind, []).append(entry.iri)
        self._patterns = sorted(named)
        self._named = [named[p] for p in self._patterns]
        self._automaton: Any = AhoCorasick(self._patterns)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """All mentions, of each kind the longest that starts leftmost, in order of place."""
        by_kind: dict[str, list[tuple[int, int, tuple[str, ...]]]] = {}
        for pattern, start, end in self._automaton.find_matches_as_indexes(_lower(text), overlapping=True):
            if not _whole(text, start, end):
                continue
            for kind, listed in self._named[pattern].items():
                after = text[end : end + 1] or " "
                iris = [i for i in listed if after not in self._not_before.get(i, "")]
                if not iris:
                    continue
                by_kind.setdefault(kind, []).append((start, end, tuple(dict.fromkeys(iris))))
        found = (
            Mention(kind, iris, text[start:end], start, end)
            for kind, spans in by_kind.items()
            for start, end, iris in _leftmost_longest(spans)
        )
        return tuple(sorted(found, key=lambda m: (m.start, -m.end, m.kind)))


@cache
def shipped() -> Gazetteer:
    """The gazetteer of the shipped vocabularies, compiled once a process."""
    return Gazetteer(load())


def matchable(entry: Entry) -> Iterable[str]:
    """The names of an entry that are looked for in Chinese text: no English names of regions, no single characters."""
    if entry.kind == "region":
        return [n for n in entry.names if not n.isascii() and not all(ord(c) < 0x250 for c in n)]
    return entry.names


def _lower(text: str) -> str:
    """The text with ASCII letters in lower case: offsets stay."""
    return text.translate(_LOWER)


_LOWER = {c: c + 32 for c in range(ord("A"), ord("Z") + 1)}


def _whole(text: str, start: int, end: int) -> bool:
    left = start > 0 and _latin(text[start]) and _latin(text[start - 1])
    right = end < len(text) and _latin(text[end - 1]) and _latin(text[end])
    return not (left or right)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _leftmost_longest(
    spans: Sequence[tuple[int, int, tuple[str, ...]]],
) -> Iterable[tuple[int, int, tuple[str, ...]]]:
    reached = 0
    for start, end, iris in sorted(spans, key=lambda s: (s[0], -s[1])):
        if start >= reached:
            reached = end
            yield start, end, iris
