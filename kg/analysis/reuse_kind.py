"""Boilerplate told from substance: clauses that every plan has, by a list of formulas and by how many documents say them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from kg.analysis.reuse_fold import CLAUSE, Bools, Folded
from kg.errors import VocabularyError

_WORDS = Path(__file__).parent / "data" / "reuse.toml"
_LONGEST = 200

Span = tuple[int, int]


class Formulas:
    """Where formulas stand in documents; ``stated`` are the raw spans of each document's facts.

    A clause that states a fact is no formula however many documents have it.

    >>> from kg.analysis.reuse_fold import fold
    >>> plan = fold("plan", "坚持以科学发展观为指导，重点发展抗体药物。")
    >>> formulas = Formulas([plan], [[]])
    >>> formulas.share(0, (0, 11)), formulas.share(0, (11, 19))
    (1.0, 0.0)
    """

    def __init__(self, documents: Sequence[Folded], stated: Sequence[Iterable[Span]]) -> None:
        self._documents = documents
        self._stated = [sorted(spans) for spans in stated]
        self._masks: dict[int, Bools] = {}
        frequency = _words()["frequency"]
        counts: Counter[str] = Counter()
        for document in documents:
            counts.update({c for c, _, _ in _clauses(document) if len(c) >= frequency["shortest"]})
        enough = max(frequency["documents"], frequency["share"] * len(documents))
        self._common = frozenset(clause for clause, n in counts.items() if n >= enough)

    def share(self, n: int, span: Span) -> float:
        """How much of a span of document ``n``, in characters of the folded text, is formula (0 to 1)."""
        if n not in self._masks:
            self._masks[n] = self._mask(n)
        return float(self._masks[n][slice(*span)].mean())

    def _mask(self, n: int) -> Bools:
        document = self._documents[n]
        facts = np.zeros(len(document), np.bool_)
        for start, end in self._stated[n]:
            facts[slice(*np.searchsorted(document.origin, (start, end)))] = True
        mask = np.zeros(len(document), np.bool_)
        for clause, start, end in _clauses(document):
            known = len(clause) <= _LONGEST and _formula().search(clause)
            mask[start:end] = bool(known) or (clause in self._common and not facts[start:end].any())
        return mask


def _clauses(document: Folded) -> Iterator[tuple[str, int, int]]:
    borders = np.flatnonzero(document.borders >= CLAUSE).tolist()
    for start, end in pairwise(borders):
        yield document.chars[start:end], start, end


@cache
def _formula() -> re.Pattern[str]:
    try:
        return re.compile("|".join(f"(?:{one})" for one in _words()["formulas"]))
    except re.error as error:
        raise VocabularyError(f"{_WORDS.name}: {error}", hint="mend the expression") from error


@cache
def _words() -> dict[str, Any]:
    try:
        return tomllib.loads(_WORDS.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(f"{_WORDS.name}: {error}", hint="mend the list") from error
