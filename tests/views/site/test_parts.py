"""The parts of the site by themselves: names of files, the text cut into pieces, words for numbers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Evidence
from kg.namespaces import ID
from kg.views.palette import STYLES
from kg.views.site.fact_types import FACT_LOOKS
from kg.views.site.figure_tables import worded
from kg.views.site.figures import Figure
from kg.views.site.paths import paths, reader_path
from kg.views.site.quality import Measured
from kg.views.site.reader import lines
from kg.views.site.render import as_given, both, set_off
from kg.views.site.said import Said

_SAFE = re.compile(r"[a-z-]+/[a-z0-9][a-z0-9.-]*[a-z0-9]\.html|[a-z-]+/[a-z0-9]\.html")


def said(start: int, end: int, text: str, type_: str = "cluster") -> Said:
    place = Evidence("d", start, end, text[start:end])
    return Said("f", type_, True, "s", "hosts", "o", "", place, "", "r", 1.0)


@given(st.lists(st.text(min_size=1, max_size=150), unique=True, max_size=20))
def test_names_of_files_are_safe_everywhere_and_unique(tails: list[str]) -> None:
    found = paths(f"{ID}field/{tail}" for tail in tails)
    assert len({path.lower() for path in found.values()}) == len(tails)
    for path in found.values():
        assert _SAFE.fullmatch(path), path
        assert len(path) < 120


@pytest.mark.parametrize(
    "tail", ["con", "nul", "com1", "aux.b", "index", "A", "a:b", "苏州", "a/b", "x" * 200]
)
def test_names_that_a_system_keeps_for_itself_are_changed(tail: str) -> None:
    path = paths([f"{ID}field/{tail}"])[f"{ID}field/{tail}"]
    assert path != f"field/{tail}.html"
    assert _SAFE.fullmatch(path)


def test_the_reader_of_a_document_with_a_chinese_name_has_a_plain_path() -> None:
    assert _SAFE.fullmatch(reader_path("浙江 规划"))
    assert reader_path("demo") == "reader/demo.html"


@given(st.data())
def test_pieces_give_the_text_again_and_know_the_facts_over_them(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="甲乙丙\n\r𠮷<", min_size=1, max_size=40))
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text)))
    chosen = [said(a, b, text) for a, b in data.draw(st.lists(spans, max_size=8)) if a < b]
    found = lines(text, chosen)
    assert "\n".join("".join(p.text for p in line.pieces) for line in found) == text
    for line in found:
        for piece in line.pieces:
            assert text[piece.start : piece.start + len(piece.text)] == piece.text
            over = {n for n, s in enumerate(chosen) if s.evidence.start <= piece.start < s.evidence.end}
            assert set(piece.facts) == over


def test_the_shortest_fact_gives_a_piece_its_look() -> None:
    # 苏州发展抗体药物: the region's field over all, the plan's field over 抗体药物.
    text = "苏州发展抗体药物"
    (line,) = lines(text, [said(0, 8, text, "region_field"), said(4, 8, text, "plan_field")])
    assert [(p.text, p.facts, p.look) for p in line.pieces] == [
        ("苏州发展", (0,), "region_field"),
        ("抗体药物", (1, 0), "plan_field"),
    ]


def test_a_fact_over_two_lines_is_cut_at_the_end_of_the_first() -> None:
    found = lines("甲乙\n丙丁", [said(1, 4, "甲乙\n丙丁")])
    assert [[(p.text, p.facts) for p in line.pieces] for line in found] == [
        [("甲", ()), ("乙", (0,))],
        [("丙", (0,)), ("丁", ())],
    ]


@pytest.mark.parametrize(
    ("text", "html"),
    [("a\r\nb", "a&#13;\nb"), ("<b>&", "&lt;b&gt;&amp;")],
)
def test_a_browser_reads_the_text_as_given(text: str, html: str) -> None:
    assert as_given(text) == html


def test_names_and_quotes_are_escaped() -> None:
    assert both("<i>", "<b>") == "<t-zh>&lt;i&gt;</t-zh><t-en>&lt;b&gt;</t-en>"
    assert set_off("<a>甲<a>", "甲") == "&lt;a&gt;<b>甲</b>&lt;a&gt;"
    assert set_off("甲", "乙") == "甲"


def figure(comparator: str, value: str, unit: str, direction: str = "Level", value_max: str = "") -> Figure:
    return Figure("", True, "", "", "", "", comparator, value, value_max, unit, "2025", "", direction, "")


@pytest.mark.parametrize(
    ("given_", "zh", "en"),
    [
        (figure(">", "10", "%"), "超过 10%", "more than 10%"),
        (figure("=", "22", "%", "Decrease"), "减少 22%", "decrease by 22%"),
        (figure(">=", "150", "个", "Increase"), "增加 不低于 150个", "increase at least 150个"),
        (figure("=", "6", "家"), "达到 6家", "exactly 6家"),
        (figure("range", "3", "个", value_max="5"), "3–5个", "3–5个"),
        (figure("~", "10", "%"), "约 10%", "about 10%"),
        (figure("", "30", "种", ""), "30种", "30种"),
    ],
)
def test_values_read_as_words(given_: Figure, zh: str, en: str) -> None:
    assert worded(given_) == (zh, en)


@pytest.mark.parametrize(
    ("recall", "words"), [(0.98, "大多就是原文没有写"), (0.85, "可能是漏读"), (0.5, "不能说明")]
)
def test_what_not_found_means_depends_on_the_recall(recall: float, words: str) -> None:
    assert words in Measured("cluster", recall, 0.9, 10, False, ()).missing[0]


def test_every_type_of_fact_has_a_look_of_its_own() -> None:
    from kg.model import FACT_TYPES

    assert set(FACT_LOOKS) == set(FACT_TYPES)
    looks = [(STYLES[f.kind].colour, f.line) for f in FACT_LOOKS.values()]
    assert len(set(looks)) == len(looks)
