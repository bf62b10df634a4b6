"""Where the nodes of a network stand: a spring layout that knows how wide each label is.

Provinces are anchors around the middle, what belongs to one gathers about it, and what several share is drawn
between them. The arithmetic is element by element, in a fixed order, so that the result is the same everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Point = tuple[int, int]
_PUSH, _GRAVITY, _SLACK, _SQUEEZES = 16.0, 0.014, 40.0, 12


@dataclass(frozen=True, slots=True)
class Box:
    """The room of a node with its label under it, in pixels: width, height, and the part above its centre."""

    width: float
    height: float
    above: float


@dataclass(frozen=True, slots=True)
class Spring:
    """Two nodes that belong near each other; ``length`` is the gap between their boxes at rest.

    ``give`` is how much of the pull ``a`` feels: 1 as much as ``b``, 0 nothing, so that ``b`` comes to it.
    """

    a: int
    b: int
    strength: float
    length: float
    give: float = 1.0


def place(
    boxes: Sequence[Box],
    springs: Sequence[Spring],
    anchors: Mapping[int, tuple[float, float]],
    *,
    aspect: float = 1.45,
    fill: float = 0.7,
    start: Mapping[int, Point] | None = None,
    loose: Iterable[int] = (),
    rounds: int = 260,
) -> list[Point]:
    """The centres of nodes, in whole pixels around (0, 0), with no two boxes upon each other.

    ``anchors`` hold nodes near points of the unit square (−1 to 1); ``fill`` is the share of the canvas that
    boxes may take; ``start`` gives places from an earlier layout, so that one view resembles the next;
    ``loose`` nodes, which little holds, are drawn to the middle.

    >>> place([Box(20, 20, 10)] * 2, [Spring(0, 1, 1.0, 10.0)], {})[0] != (0, 0)
    True
    """
    import numpy as np

    n = len(boxes)
    if n == 0:
        return []
    width = np.array([b.width for b in boxes])
    height = np.array([b.height for b in boxes])
    shift = np.array([b.height / 2 - b.above for b in boxes])  # from a node's centre to its box's centre
    area = float((width * height).sum()) / fill
    half = np.array([math.sqrt(area * aspect) / 2, math.sqrt(area / aspect) / 2])
    at = _start(n, springs, anchors, half, start)
    radius = np.sqrt(width * height) / 2

    held, goal = np.full(n, _GRAVITY), np.zeros((n, 2))
    for node in loose:
        held[node] = 5 * _GRAVITY
    for node, (x, y) in anchors.items():
        held[node] = 0.8
        goal[node] = (x * half[0], y * half[1])
    ends = np.array([(s.a, s.b) for s in springs], dtype=int).reshape(-1, 2)
    pull, give = np.array([s.strength for s in springs]), np.array([s.give for s in springs])
    rest = np.array([s.length for s in springs])
    if len(springs):
        rest = rest + radius[ends[:, 0]] + radius[ends[:, 1]]
    unit = math.sqrt(area / n)
    touch = (radius[:, None] + radius[None, :]) ** 2
    np.fill_diagonal(touch, 0.0)

    for step in range(rounds):
        heat = unit * 0.4 * (1 - step / rounds) ** 1.3 + 0.5
        dx, dy = at[:, 0][None, :] - at[:, 0][:, None], at[:, 1][None, :] - at[:, 1][:, None]
        square = dx * dx + dy * dy + 1.0
        near = np.minimum(touch / square, 4.0)
        # Of short reach: what touches is pushed away hard, what is three widths off hardly at all.
        push = near * np.sqrt(near / square) * _PUSH
        # Summed row by row, so that the order of additions is the same on every processor.
        force = np.stack([(dx * push).sum(axis=0), (dy * push).sum(axis=0)], axis=1)
        if len(springs):
            along = at[ends[:, 1]] - at[ends[:, 0]]
            length = np.sqrt(along[:, 0] ** 2 + along[:, 1] ** 2) + 1e-9
            draw = along * (pull * (length - rest) / length)[:, None]
            np.add.at(force, ends[:, 0], draw * give[:, None])
            np.add.at(force, ends[:, 1], -draw)
        # Beyond the rim of a rounded rectangle of the wanted form, back inwards.
        side = at / half
        side = side * side
        out = np.sqrt(np.sqrt(side[:, 0] * side[:, 0] + side[:, 1] * side[:, 1]))
        force += (goal - at) * held[:, None] - at * (np.maximum(out - 1.0, 0.0) * 0.5)[:, None]
        size = np.sqrt(force[:, 0] ** 2 + force[:, 1] ** 2) + 1e-9
        at = at + force * (np.minimum(size, heat) / size)[:, None]

    at = _apart(_formed(at, aspect, area), width, height, shift)
    for _ in range(_SQUEEZES):
        # The longer side is drawn in, the other given a little room: what is pushed aside finds it there.
        wide, high = at.max(axis=0) - at.min(axis=0)
        by = (0.93, 1.03) if wide > high * aspect else (1.03, 0.93)
        tighter = _apart(at * np.array(by), width, height, shift)
        if _needs(tighter, aspect) > _needs(at, aspect) * 0.995:
            break
        at = tighter
    centre = (at.max(axis=0) + at.min(axis=0)) / 2
    return [(round(float(x)), round(float(y))) for x, y in at - centre]


def ring(count: int, *, radius: float = 0.62, turn: float = -math.pi / 2) -> list[tuple[float, float]]:
    """So many points around the middle of the unit square, the first of them on top or, of two, at the left.

    >>> [round(x, 2) for x, y in ring(2)]
    [-0.62, 0.62]
    """
    if count <= 1:
        return [(0.0, 0.0)] * count
    first = math.pi if count == 2 else turn - math.pi / count
    return [
        (
            radius * math.cos(first + 2 * math.pi * k / count),
            radius * math.sin(first + 2 * math.pi * k / count),
        )
        for k in range(count)
    ]


def _start(
    n: int,
    springs: Sequence[Spring],
    anchors: Mapping[int, tuple[float, float]],
    half: Any,
    start: Mapping[int, Point] | None,
) -> Any:
    """First places: the given ones, else near what a node hangs on, on a spiral that keeps nodes apart."""
    import numpy as np

    at = np.zeros((n, 2))
    known = dict.fromkeys(start or {}, True)
    for node, point in (start or {}).items():
        at[node] = point
    for node, (x, y) in anchors.items():
        if node not in known:
            at[node] = (x * half[0], y * half[1])
            known[node] = True
    beside: dict[int, list[int]] = {}
    for s in springs:
        beside.setdefault(s.a, []).append(s.b)
        beside.setdefault(s.b, []).append(s.a)
    todo = [k for k in range(n) if k not in known]
    for _ in range(6):
        later: list[int] = []
        for k in todo:
            near = [m for m in beside.get(k, ()) if m in known]
            if near:
                turn = 2.399963 * k  # the golden angle: no two in one direction
                far = 0.12 * float(half[1])
                at[k] = at[near].sum(axis=0) / len(near) + (far * math.cos(turn), far * math.sin(turn))
            else:
                later.append(k)
        known.update(dict.fromkeys((k for k in todo if k not in set(later)), True))
        if not later or len(later) == len(todo):
            todo = later
            break
        todo = later
    for k in todo:
        turn, far = 2.399963 * k, 0.5 * math.sqrt((k + 1) / n)
        at[k] = (half[0] * far * math.cos(turn), half[1] * far * math.sin(turn))
    return at


def _formed(at: Any, aspect: float, area: float) -> Any:
    """The places stretched to the wanted ratio of width to height and drawn together to the wanted area."""
    import numpy as np

    wide, high = (float(v) for v in at.max(axis=0) - at.min(axis=0))
    if wide < 1 or high < 1:
        return at
    stretch = min(1.6, max(0.65, math.sqrt(aspect * high / wide)))
    closer = min(1.0, math.sqrt(area / (wide * high)))
    return at * np.array([stretch * closer, closer / stretch])


def _needs(at: Any, aspect: float) -> float:
    """The height of the smallest canvas of a form that holds all places."""
    wide, high = at.max(axis=0) - at.min(axis=0)
    return float(max(wide / aspect, high))


def _apart(at: Any, width: Any, height: Any, shift: Any, *, gap: float = 6.0, rounds: int = 600) -> Any:
    """Moves boxes that lie upon each other apart, each pair the shorter way, until none do."""
    import numpy as np

    at = at.copy()
    need_x = (width[:, None] + width[None, :]) / 2 + gap
    need_y = (height[:, None] + height[None, :]) / 2 + gap
    later = np.tri(len(at), k=-1, dtype=bool)  # each pair once
    for turn in range(rounds):
        x, y = at[:, 0], at[:, 1] + shift
        if turn % 10 == 0:  # which pairs may meet within the next ten turns
            close = (np.abs(x[:, None] - x[None, :]) < need_x + _SLACK) & later
            first, second = np.nonzero(close & (np.abs(y[:, None] - y[None, :]) < need_y + _SLACK))
        dx, dy = x[first] - x[second], y[first] - y[second]
        over_x, over_y = need_x[first, second] - np.abs(dx), need_y[first, second] - np.abs(dy)
        hit = (over_x > 0.01) & (over_y > 0.01)
        if not hit.any():
            if turn % 10 == 0:
                break
            continue
        a, b = first[hit], second[hit]
        dx, dy, over_x, over_y = dx[hit], dy[hit], over_x[hit], over_y[hit]
        sideways = over_x < over_y
        move = np.zeros((len(a), 2))
        move[:, 0] = np.where(sideways, over_x * np.where(dx < 0, -0.5, 0.5), 0.0)
        move[:, 1] = np.where(sideways, 0.0, over_y * np.where(dy < 0, -0.5, 0.5))
        total, crowd = np.zeros_like(at), np.zeros_like(at)
        np.add.at(total, a, move)
        np.add.at(total, b, -move)
        np.add.at(crowd, a, np.abs(move) > 0)
        np.add.at(crowd, b, np.abs(move) > 0)
        at += total / np.maximum(crowd, 1) * 1.1
    return at
