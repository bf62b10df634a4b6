"""No text of a document becomes a formula in a spreadsheet, and nothing of it is lost."""

from __future__ import annotations

import csv
import math
from io import StringIO
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat

from kg.graph.store import GraphStore
from kg.queries.spreadsheet import disarmed, guarded, sheet

FIRST = ("=", "+", "-", "@", "\t", "\r", "\n")
cells = st.text(st.sampled_from("=+-@\t\r\n\",' 1.5a药"), max_size=8)


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+86 571", "'+86 571"),
        ("-1", "'-1"),  # a text, although it looks like a number
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("PD-1", "PD-1"),
        ("'抗体'", "'抗体'"),
        ("", ""),
    ],
)
def test_a_text_that_would_be_a_formula_is_marked(text: str, cell: str) -> None:
    assert guarded(text) == cell
    assert lines(sheet(["x", "n"], [[text, -1]])) == [["x", "n"], [cell, "-1"]]


@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=4))
def test_an_answer_keeps_all_its_texts(rows: list[list[str]]) -> None:
    out = StringIO()
    csv.writer(out).writerows([["x", "y"], *rows])
    found = lines(disarmed(out.getvalue().encode()))
    assert len(found) == len(rows) + 1
    for was, now in zip(chain(*rows), chain(*found[1:]), strict=True):
        assert now in (was, f"'{was}")
        assert not now.startswith(FIRST) or math.isfinite(float(now)), "what stays as it is is a number"


def test_an_answer_of_the_store_is_disarmed() -> None:
    text = """SELECT ?a ?b ?c ?d { VALUES (?a ?b ?c ?d) { ("=1+1" -2 "-3,5 \\"x\\"" UNDEF) ("抗体" 1000 "+\\n" "@x") } }"""
    data = disarmed(GraphStore.in_memory([]).serialized(text, QueryResultsFormat.CSV))
    assert lines(data) == [
        ["a", "b", "c", "d"], ["'=1+1", "-2", "'-3,5 \"x\"", ""], ["抗体", "1000", "'+\n", "'@x"],
    ]  # fmt: skip
    assert data.startswith("\ufeff".encode())
