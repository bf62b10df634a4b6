"""Runs of equal characters settled into passages: chained, aligned between, cut to what is alike, squared to clauses.

Chaining joins runs that follow each other in both texts. Between and around them the alignment is the one of least
edits (Levenshtein). Of a chain, the parts in which all beginnings and ends are alike enough are the maximal scoring
subsequences of Ruzzo and Tompa (1999), with weights under which a positive sum means a share of equal characters
above the one that is asked for.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from rapidfuzz.distance import Levenshtein

from kg.analysis.reuse_fold import ITEM, SENTENCE, Bools, Folded
from kg.analysis.reuse_ops import Op, Passage, columns, joined, maximal, steps, width
from kg.analysis.reuse_seeds import Run
from kg.documents.reading import HEADING_START

_GAP = 48
_BEFORE = 48
_AROUND = 32
_GAP_COST = 0.5
_SCRAP = 9
_HEADING = 24
_AGAIN = 0.8


def passages(
    one: Folded, two: Folded, runs: Sequence[Run], *, min_length: int, min_score: float
) -> Iterator[tuple[Passage, list[tuple[int, int]], list[tuple[int, int]]]]:
    """The passages of two texts, best first, no two of which share a place in either.

    With each come the other places of the same words: parts of the first text, and of the second.

    >>> from kg.analysis.reuse_fold import fold
    >>> from kg.analysis.reuse_seeds import Seeds
    >>> texts = ["要重点发展恶性肿瘤和糖尿病的抗体药物。", "重点发展恶性肿瘤、糖尿病的抗体药物，还有别的。"]
    >>> one, two = (fold(str(n), t) for n, t in enumerate(texts))
    >>> ((_, runs),) = Seeds([one, two]).between(0)
    >>> ((found, *_),) = passages(one, two, runs, min_length=8, min_score=0.8)
    >>> one.chars[slice(*found.a)], two.chars[slice(*found.b)], round(found.score, 2)
    ('要重点发展恶性肿瘤和糖尿病的抗体药物', '重点发展恶性肿瘤糖尿病的抗体药物', 0.89)
    """
    settle = _Settling(one, two, min_length, min_score)
    kept: list[Passage] = []
    again_a: dict[int, list[tuple[int, int]]] = {}
    again_b: dict[int, list[tuple[int, int]]] = {}
    taken_a, taken_b = np.full(len(one), -1), np.full(len(two), -1)
    heap = [(_rank(p), n, p) for n, p in enumerate(p for chain in _chains(runs) for p in settle.chain(chain))]
    heapq.heapify(heap)
    count = len(heap)
    while heap:
        _, _, found = heapq.heappop(heap)
        on_a, on_b = taken_a[slice(*found.a)], taken_b[slice(*found.b)]
        if (on_a < 0).all() and (on_b < 0).all():
            on_a[:], on_b[:] = len(kept), len(kept)
            kept.append(found)
            continue
        if (on_b < 0).all() and (on_a >= 0).mean() >= _AGAIN:
            again_b.setdefault(int(np.bincount(on_a[on_a >= 0]).argmax()), []).append(found.b)
        elif (on_a < 0).all() and (on_b >= 0).mean() >= _AGAIN:
            again_a.setdefault(int(np.bincount(on_b[on_b >= 0]).argmax()), []).append(found.a)
        for rest in settle.free(found, taken_a >= 0, taken_b >= 0):
            heapq.heappush(heap, (_rank(rest), count, rest))
            count += 1
    for n, passage in enumerate(kept):
        yield passage, sorted(again_a.get(n, [])), sorted(again_b.get(n, []))


def _rank(passage: Passage) -> tuple[int, int, int]:
    return -passage.equal, passage.a[0], passage.b[0]


def _chains(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs in chains that go forward in both texts, the heaviest first; each run in one chain."""
    ordered = sorted(runs)
    best: list[float] = []
    before: list[int] = []
    for j, run in enumerate(ordered):
        top, link = float(run.length), -1
        for i in range(j - 1, max(-1, j - 1 - _BEFORE), -1):
            prior = ordered[i]
            over, gap = _step(prior, run)
            if over < min(run.length, prior.length) and 0 <= gap <= _GAP:
                weight = best[i] + run.length - over - _GAP_COST * gap
                if weight > top:
                    top, link = weight, i
        best.append(top)
        before.append(link)
    used: set[int] = set()
    chains: list[list[Run]] = []
    for j in sorted(range(len(ordered)), key=lambda n: (-best[n], n)):
        chain: list[Run] = []
        at = j
        while at >= 0 and at not in used:
            used.add(at)
            chain.append(ordered[at])
            at = before[at]
        if chain:
            chains.append(chain[::-1])
    return chains


def _step(prior: Run, run: Run) -> tuple[int, int]:
    """How far two runs overlap, and how far apart they are when the overlap is taken off the second."""
    on_a, on_b = run.a - prior.a - prior.length, run.b - prior.b - prior.length
    over = max(0, -on_a, -on_b)
    if run.a < prior.a or run.b < prior.b:
        return over, -1
    return over, max(on_a, on_b) + over


class _Settling:
    """What two texts and the wishes of the asker make of a chain of runs."""

    def __init__(self, one: Folded, two: Folded, min_length: int, min_score: float) -> None:
        self.one, self.two = one, two
        self.min_length = min_length
        self.cost = min_score / (1 - min_score) if min_score < 1 else float(10**9)

    def chain(self, chain: Sequence[Run]) -> Iterator[Passage]:
        """The passages of a chain, which reaches as far as the texts around it are alike."""
        a, b = chain[0].a, chain[0].b
        ops = list(self._between(max(0, a - _AROUND), a, max(0, b - _AROUND), b))
        for run in chain:
            over = max(0, a - run.a, b - run.b)
            if over >= run.length:
                continue
            ops += self._between(a, run.a + over, b, run.b + over)
            a, b = run.a + run.length, run.b + run.length
            ops.append(Op(True, run.a + over, a, run.b + over, b))
        ops += self._between(a, min(len(self.one), a + _AROUND), b, min(len(self.two), b + _AROUND))
        yield from self._parts(joined(ops), extend=True)

    def free(self, passage: Passage, taken_a: Bools, taken_b: Bools) -> Iterator[Passage]:
        """The parts of a passage that are taken on neither side."""
        col_a, col_b, equal = columns(passage.ops)
        free = ~(taken_a[col_a] & (col_a >= 0)) & ~(taken_b[col_b] & (col_b >= 0))
        edges = np.flatnonzero(np.diff(np.concatenate([[False], free, [False]]).astype(np.int8)))
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            if end - start >= self.min_length:
                ops = steps(col_a[start:end], col_b[start:end], equal[start:end], passage.a[0], passage.b[0])
                yield from self._parts(ops, extend=False)

    def _between(self, a0: int, a1: int, b0: int, b1: int) -> Iterator[Op]:
        """The alignment of least edits between two stretches."""
        if a0 == a1 and b0 == b1:
            return
        for op in Levenshtein.opcodes(self.one.chars[a0:a1], self.two.chars[b0:b1]):
            yield Op(
                op.tag == "equal", a0 + op.src_start, a0 + op.src_end, b0 + op.dest_start, b0 + op.dest_end
            )

    def _parts(self, ops: Sequence[Op], *, extend: bool) -> Iterator[Passage]:
        weights = [op.columns if op.equal else -self.cost * op.columns for op in ops]
        for start, end in maximal(weights):
            if width(ops[start:end]) + 2 * _AROUND < self.min_length:
                continue
            squared = self._squared(ops[start:end], extend=extend)
            if squared and self._enough(Passage(squared)):
                yield Passage(squared)

    def _enough(self, passage: Passage) -> bool:
        return passage.length >= self.min_length and self._weight(passage.ops) >= 0

    def _weight(self, ops: Iterable[Op]) -> float:
        return sum(op.columns if op.equal else -self.cost * op.columns for op in ops)

    def _squared(self, ops: Sequence[Op], *, extend: bool) -> tuple[Op, ...]:
        """The alignment with both ends at borders of clauses on both sides, by less or by more text, where that can be."""
        kept = tuple(ops)
        for end in (False, True):
            cut = self._cut(kept, ITEM, end=end)
            if extend and (lost := width(kept) - width(cut)):
                more = self._outside(kept, end=end)
                longer = (*kept, *more) if end else (*more, *kept)
                if width(more) <= max(lost, 2) and self._weight(longer) >= 0:
                    cut = tuple(joined(longer))
            kept = cut or kept
            whole = self._cut(kept, SENTENCE, end=end)
            lost = width(kept) - width(whole)
            # the last word of a sentence before goes, and the number of a heading or the first words after
            scrap = end or not self._bordered(kept[0].a0, kept[0].b0)
            if scrap and lost <= _SCRAP and lost < width(whole):
                kept = whole
        return self._without_headings(kept)

    def _bordered(self, a: int, b: int) -> bool:
        return bool(self.one.borders[a] and self.two.borders[b])

    def _without_headings(self, ops: tuple[Op, ...]) -> tuple[Op, ...]:
        """The alignment without the headings at its end: what they head is not in it."""
        while True:
            last = ops[-1]
            inside = (*ops[:-1], Op(last.equal, last.a0, last.a1 - 1, last.b0, last.b1 - 1))
            cut = self._cut(inside, SENTENCE, end=True) if last.equal else ()
            if not cut or width(cut) < _SCRAP:
                return ops
            if not (_heads(self.one, cut[-1].a1, last.a1) and _heads(self.two, cut[-1].b1, last.b1)):
                return ops
            ops = cut

    def _outside(self, ops: Sequence[Op], *, end: bool) -> tuple[Op, ...]:
        """The rest of the clauses in which an alignment begins or ends."""
        if end:
            a, b = ops[-1].a1, ops[-1].b1
            return tuple(self._between(a, _after(self.one, a), b, _after(self.two, b)))
        a, b = ops[0].a0, ops[0].b0
        return tuple(self._between(_before(self.one, a), a, _before(self.two, b), b))

    def _cut(self, ops: tuple[Op, ...], border: int, *, end: bool = False) -> tuple[Op, ...]:
        """The alignment from the first (or to the last) place at which both sides have a border of a strength."""
        order = range(len(ops) - 1, -1, -1) if end else range(len(ops))
        for n in order:
            op = ops[n]
            if not op.equal:
                continue
            one, two = self.one.borders[op.a0 : op.a1 + 1], self.two.borders[op.b0 : op.b1 + 1]
            places = np.flatnonzero(np.minimum(one, two) >= border)
            places = places[places > 0] if end else places[places < op.columns]
            if len(places):
                at = int(places[-1] if end else places[0])
                if end:
                    return (*ops[:n], Op(True, op.a0, op.a0 + at, op.b0, op.b0 + at))
                return (Op(True, op.a0 + at, op.a1, op.b0 + at, op.b1), *ops[n + 1 :])
        return ()


def _heads(text: Folded, start: int, end: int) -> bool:
    """Whether a stretch is a heading with its number and no more."""
    if start >= end or end - start > _HEADING:
        return False
    return bool(HEADING_START.match(text.text, text.raw(start, end)[0]))


def _before(text: Folded, at: int) -> int:
    start = max(0, at - _AROUND)
    found = np.flatnonzero(text.borders[start : at + 1])
    return start + int(found[-1]) if len(found) else at


def _after(text: Folded, at: int) -> int:
    found = np.flatnonzero(text.borders[at : at + _AROUND + 1])
    return at + int(found[0]) if len(found) else at
