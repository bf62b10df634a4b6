"""Labels are blocks of short lines, and no two of them lie upon each other."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.views.layout import Box, Spring, place, ring
from kg.views.lines import broken, em


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("疫苗", 7, ("疫苗",)),
        ("苏州生物医药产业园", 7, ("苏州生物医药", "产业园")),
        ("中国（江苏）自由贸易试验区", 7, ("中国（江苏）", "自由贸易试验区")),
        ("Cell and gene therapy", 9, ("Cell and gene", "therapy")),
        ("PD-1/PD-L1双特异性抗体", 7, ("PD-1/PD-L1", "双特异性抗体")),
        ("", 7, ("",)),
    ],
)
def test_a_name_is_broken_into_even_lines(text: str, width: float, lines: tuple[str, ...]) -> None:
    assert broken(text, width) == lines


@given(st.text("抗体药物产业集群（）AB-1 x、", max_size=60), st.integers(4, 12))
def test_no_character_of_a_name_is_lost(text: str, width: int) -> None:
    lines = broken(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert len(lines) <= 3


def test_a_latin_letter_is_about_half_a_chinese_character() -> None:
    assert em("抗体") == 2
    assert 0.4 < em("ab") / em("抗体") < 0.7


def overlap(a: tuple[int, int], b: tuple[int, int], first: Box, second: Box) -> bool:
    def sides(p: tuple[int, int], box: Box) -> tuple[float, float, float, float]:
        top = p[1] - box.above
        return p[0] - box.width / 2, top, p[0] + box.width / 2, top + box.height

    left, top, right, bottom = sides(a, first)
    x0, y0, x1, y1 = sides(b, second)
    return left + 1 < x1 and x0 + 1 < right and top + 1 < y1 and y0 + 1 < bottom


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(20, 120), st.integers(20, 60)), min_size=2, max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=40),
)
def test_boxes_never_lie_upon_each_other(sizes: list[tuple[int, int]], pairs: list[tuple[int, int]]) -> None:
    boxes = [Box(w, h, 10) for w, h in sizes]
    springs = [Spring(a, b, 0.2, 5.0) for a, b in pairs if a != b and max(a, b) < len(boxes)]
    at = place(boxes, springs, {0: (0.0, 0.0)}, rounds=60)
    assert not [
        (i, j) for i, j in combinations(range(len(boxes)), 2) if overlap(at[i], at[j], boxes[i], boxes[j])
    ]


def test_the_same_input_gives_the_same_places() -> None:
    boxes = [Box(60 + n % 7, 30, 10) for n in range(40)]
    springs = [Spring(n, n // 3, 0.2, 5.0) for n in range(1, 40)]
    assert place(boxes, springs, {0: (0.0, 0.0)}) == place(boxes, springs, {0: (0.0, 0.0)})


def test_a_picture_is_wider_than_high() -> None:
    at = place([Box(60, 40, 10)] * 60, [Spring(n, n // 2, 0.2, 5.0) for n in range(1, 60)], {})
    width = max(x for x, _ in at) - min(x for x, _ in at)
    height = max(y for _, y in at) - min(y for _, y in at)
    assert 1.1 < width / height < 1.9


def test_nothing_and_one_thing_can_be_placed() -> None:
    assert place([], [], {}) == []
    assert place([Box(20, 20, 10)], [], {}) == [(0, 0)]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 31])
def test_anchors_stand_apart_within_the_unit_square(count: int) -> None:
    points = ring(count)
    assert len(set(points)) == count
    assert all(abs(x) <= 1 and abs(y) <= 1 for x, y in points)
