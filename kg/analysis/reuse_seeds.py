"""Where documents may share a passage: runs of characters that stand in both, by an index of n-grams.

Short n-grams count only where they are rare, so that common words cost nothing. Long ones count always, but each place is
held against the next few only: a paragraph that stands in hundreds of documents is found again from one to the next.
So the work grows with the length of the texts, not with the square of their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.analysis.reuse_fold import Bools, Folded, Ints

SHORT, LONG = 6, 20
"""The lengths of n-grams. In 30 characters of which three differ, six in a row are the same somewhere."""
RARE = 24
"""A short n-gram in more places than this starts nothing; a long one is compared with as many places after it."""
_IN_ONE_DOCUMENT = 4
_NEAR = 48
_ALONE = 14


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """The same ``length`` characters at ``a`` of one document and ``b`` of another."""

    a: int
    b: int
    length: int


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """All places of n-grams of one length: ``row`` of each place, and place and n-gram of each row."""

    size: int
    row: Ints
    place: Ints
    gram: Ints


class Seeds:
    """The index over documents; `between` gives the runs that one shares with the documents after it.

    >>> from kg.analysis.reuse_fold import fold
    >>> texts = ["我省重点发展针对恶性肿瘤的抗体药物。", "重点发展针对恶性肿瘤的抗体药物和疫苗。"]
    >>> list(Seeds([fold(str(n), t) for n, t in enumerate(texts)]).between(0))
    [(1, [Run(a=2, b=0, length=15)])]
    """

    def __init__(self, documents: Sequence[Folded]) -> None:
        self.documents = documents
        lengths = [len(d) for d in documents]
        self._starts = np.concatenate([[0], np.cumsum(np.array(lengths, dtype=np.int64))]).astype(np.int64)
        self._owner = np.repeat(np.arange(len(documents)), lengths)
        codes = np.concatenate([d.codes for d in documents]) if documents else np.zeros(0, np.int64)
        self._indexes = [self._index(codes, SHORT, rare=True), self._index(codes, LONG, rare=False)]

    def between(self, n: int, allowed: Bools | None = None) -> Iterator[tuple[int, list[Run]]]:
        """The runs that document ``n`` shares with each later (and allowed) one that may hold a passage of it."""
        found = [self._pairs(n, index, allowed) for index in self._indexes]
        other, a, b, size = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.lexsort((a, b - a, other))
        other, a, b, size = other[order], a[order], b[order], size[order]
        if not len(other):
            return
        new = np.ones(len(a), np.bool_)
        new[1:] = (other[1:] != other[:-1]) | ((b - a)[1:] != (b - a)[:-1])
        far = np.cumsum(new) * (
            int((a + size).max()) + 1
        )  # a diagonal's ends stay above those of the one before
        new[1:] |= (a + far)[1:] > np.maximum.accumulate(a + size + far)[:-1]
        first = np.flatnonzero(new)
        ends = np.maximum.reduceat(a + size, first)
        runs = np.stack([other[first], a[first], b[first], ends - a[first]])
        runs = runs[:, _promising(runs)]
        for e in np.unique(runs[0]).tolist():
            of_pair = runs[1:, runs[0] == e]
            listed = sorted(Run(*map(int, column)) for column in of_pair.T)
            yield e, sorted({self._grown(n, e, r) for r in listed if self._same(n, e, r)})

    def _same(self, n: int, e: int, run: Run) -> bool:
        one, two = self.documents[n].chars, self.documents[e].chars  # two n-grams might have one hash
        return one[run.a : run.a + run.length] == two[run.b : run.b + run.length]

    def _grown(self, n: int, e: int, run: Run) -> Run:
        """A run as far as both texts go on alike: what repeats itself, or is common, had only some places in the index."""
        one, two = self.documents[n].codes, self.documents[e].codes
        on = _alike(one[run.a + run.length :], two[run.b + run.length :])
        back = _alike(one[: run.a][::-1], two[: run.b][::-1])
        return Run(run.a - back, run.b - back, run.length + back + on)

    def _index(self, codes: Ints, size: int, *, rare: bool) -> Index:
        count = max(0, len(codes) - size + 1)
        hashes = np.zeros(count, np.uint64)
        for i in range(size):
            hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + codes[i : i + count].astype(np.uint64)
            hashes ^= hashes >> np.uint64(29)
        place = np.flatnonzero(self._owner[:count] == self._owner[size - 1 : size - 1 + count])
        place = place[np.argsort(hashes[place], kind="stable")]
        gram = _numbered(hashes[place])
        owner = self._owner[place]
        same = _numbered(gram * (len(self.documents) + 1) + owner)
        place, gram = (column[_nth(same) < _IN_ONE_DOCUMENT] for column in (place, gram))
        many = np.bincount(gram)[gram] if len(gram) else gram
        kept = (many > 1) & (many <= RARE) if rare else many > 1
        place, gram = place[kept], gram[kept]
        row = np.full(len(codes), -1, np.int64)
        row[place] = np.arange(len(place))
        return Index(size, row, place, gram)

    def _pairs(self, n: int, index: Index, allowed: Bools | None) -> tuple[Ints, Ints, Ints, Ints]:
        """The places of one document's n-grams beside the same n-grams of later documents."""
        row = index.row[self._starts[n] : self._starts[n + 1]]
        row = row[row >= 0]
        found: list[tuple[Ints, Ints]] = []
        for step in range(1, RARE + _IN_ONE_DOCUMENT):
            row = row[row + step < len(index.gram)]
            row = row[index.gram[row + step] == index.gram[row]]
            if not len(row):
                break
            owner = self._owner[index.place[row + step]]
            wanted = (owner != n) if allowed is None else (owner != n) & allowed[owner]
            found.append((index.place[row[wanted]], index.place[row[wanted] + step]))
        one = np.concatenate([np.zeros(0, np.int64), *(a for a, _ in found)])
        two = np.concatenate([np.zeros(0, np.int64), *(b for _, b in found)])
        other = self._owner[two]
        return other, one - self._starts[n], two - self._starts[other], np.full(len(one), index.size)


def _alike(one: Ints, two: Ints) -> int:
    """How many characters two stretches have in common at their beginning."""
    most, size, done = min(len(one), len(two)), 16, 0
    while done < most:
        end = min(most, done + size)
        differ = np.flatnonzero(one[done:end] != two[done:end])
        if len(differ):
            return done + int(differ[0])
        done, size = end, size * 4
    return most


def _promising(runs: Ints) -> Bools:
    """Which runs are long enough alone, or have another close by: the rest are words that everybody uses."""
    other, a, b, length = runs
    kept: Bools = length >= _ALONE
    for shift in (0, _NEAR):
        band = (b - a + shift) // (2 * _NEAR)
        order = np.lexsort((a, band, other))
        o, d, start, end = other[order], band[order], a[order], (a + length)[order]
        near = (o[1:] == o[:-1]) & (d[1:] == d[:-1]) & (start[1:] - end[:-1] <= _NEAR)
        kept[order[1:][near]] = True
        kept[order[:-1][near]] = True
    return kept


def _numbered(ordered: Ints | NDArray[np.uint64]) -> Ints:
    """Numbers from 0 for the values of an array in which equal values stand together."""
    changes = np.zeros(len(ordered), np.int64)
    changes[1:] = ordered[1:] != ordered[:-1]
    return np.cumsum(changes)


def _nth(numbers: Ints) -> Ints:
    """For each entry, how many of the same number stand before it."""
    if not len(numbers):
        return numbers
    firsts = np.flatnonzero(np.concatenate([[True], numbers[1:] != numbers[:-1]]))
    return np.arange(len(numbers)) - firsts[numbers]
