"""Alignments: steps in which two texts are equal or not, passages made of them, and the best parts of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kg.analysis.reuse_fold import Bools, Ints


@dataclass(frozen=True, slots=True)
class Op:
    """A step of an alignment: ``a0`` to ``a1`` of one text and ``b0`` to ``b1`` of the other are equal, or not.

    Where they differ, both have the same length, or one of them is empty.
    """

    equal: bool
    a0: int
    a1: int
    b0: int
    b1: int

    @property
    def columns(self) -> int:
        """The length of the step in the alignment."""
        return max(self.a1 - self.a0, self.b1 - self.b0)


@dataclass(frozen=True, slots=True)
class Passage:
    """An alignment of a part of one text with a part of another."""

    ops: tuple[Op, ...]

    @property
    def a(self) -> tuple[int, int]:
        """The part of the first text."""
        return (self.ops[0].a0, self.ops[-1].a1) if self.ops else (0, 0)

    @property
    def b(self) -> tuple[int, int]:
        """The part of the second text."""
        return (self.ops[0].b0, self.ops[-1].b1) if self.ops else (0, 0)

    @property
    def equal(self) -> int:
        """How many characters are the same on both sides."""
        return sum(op.columns for op in self.ops if op.equal)

    @property
    def score(self) -> float:
        """The share of equal characters in the alignment."""
        return self.equal / max(1, sum(op.columns for op in self.ops))

    @property
    def length(self) -> int:
        """The length of the shorter side."""
        return min(self.a[1] - self.a[0], self.b[1] - self.b[0])


def width(ops: Iterable[Op]) -> int:
    """The length of an alignment."""
    return sum(op.columns for op in ops)


def joined(ops: Iterable[Op]) -> list[Op]:
    """The steps without empty ones, and with equal ones that follow each other made one."""
    found: list[Op] = []
    for op in ops:
        if found and found[-1].equal and op.equal:
            found[-1] = Op(True, found[-1].a0, op.a1, found[-1].b0, op.b1)
        elif op.columns:
            found.append(op)
    return found


def maximal(weights: Sequence[float]) -> list[tuple[int, int]]:
    """The maximal scoring subsequences, as half-open ranges, in linear time (Ruzzo and Tompa 1999).

    >>> maximal([4, -5, 3, -3, 1, 2, -2, 2, -2, 1, 5])
    [(0, 1), (2, 3), (4, 11)]
    """
    # each with its sums before and after, and the last one before it that begins lower: those between need no look
    found: list[tuple[int, int, float, float, int]] = []
    total = 0.0
    for n, weight in enumerate(weights):
        left, total = total, total + weight
        if weight <= 0:
            continue
        start, before = n, len(found) - 1
        while True:
            while before >= 0 and found[before][2] >= left:
                before = found[before][4]
            if before < 0 or found[before][3] >= total:
                break
            start, _, left, _, above = found[before]
            del found[before:]
            before = above
        found.append((start, n + 1, left, total, before))
    return [(start, end) for start, end, *_ in found]


def columns(ops: Sequence[Op]) -> tuple[Ints, Ints, Bools]:
    """For each column of the alignment the place in either text, -1 for none, and whether both are equal."""
    col_a = [np.arange(op.a0, op.a1) if op.a1 > op.a0 else np.full(op.columns, -1) for op in ops]
    col_b = [np.arange(op.b0, op.b1) if op.b1 > op.b0 else np.full(op.columns, -1) for op in ops]
    equal = np.repeat([op.equal for op in ops], [op.columns for op in ops])
    return np.concatenate(col_a), np.concatenate(col_b), equal


def steps(col_a: Ints, col_b: Ints, equal: Bools, a: int, b: int) -> list[Op]:
    """The steps of columns; ``a`` and ``b`` are the places before the first."""
    kind = equal * 4 + (col_a >= 0) * 2 + (col_b >= 0)
    edges = [0, *(np.flatnonzero(np.diff(kind)) + 1).tolist(), len(kind)]
    a = int(col_a[col_a >= 0][0]) if (col_a >= 0).any() else a
    b = int(col_b[col_b >= 0][0]) if (col_b >= 0).any() else b
    found: list[Op] = []
    for start, end in pairwise(edges):
        a1 = a + (end - start if col_a[start] >= 0 else 0)
        b1 = b + (end - start if col_b[start] >= 0 else 0)
        found.append(Op(bool(equal[start]), a, a1, b, b1))
        a, b = a1, b1
    return found
