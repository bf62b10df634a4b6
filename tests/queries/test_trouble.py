"""A query that is wrong names its place: line, column, and what stands there."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.graph.store import GraphStore
from kg.queries.trouble import located


def trouble(query: str) -> QueryError:
    graph = GraphStore.in_memory([])
    with pytest.raises(QueryError) as caught:
        graph.query(query)
    return located(query, caught.value)


@pytest.mark.parametrize(
    ("query", "line", "column", "reason"),
    [
        ("SELEC ?x { ?x ?y ?z }", 1, 1, "did you mean SELECT?"),
        ("SELECT ?a WHER { ?a ?b ?c }", 1, 11, "did you mean WHERE?"),
        ("SELECT * {\n  ?a ?b ?c .\n  OPTINAL { ?c ?d ?e }\n}", 3, 3, "did you mean OPTIONAL?"),
        ("SELECT * { ?a ?b ?c ", 1, 20, "} is missing"),
        ("SELECT * { ?a ?b ?c . FILTER(?a = (1) ", 1, 38, ") } is missing"),
        ("SELECT * { ?s ?p ?o }}", 1, 22, "unexpected '}'"),
        ("SELECT ?x WHERE {\n ?x ?y }", 2, 8, "unexpected '}'"),
        ("SELECT * {\n  ?城市 pp:hosts ?x\n  ?y ?z\n} LIMIT 10 # and more text", 3, 3, "unexpected '?y'"),
        ("SELECT * { ?a ?b ?c } ORDER ?x", 1, 29, "unexpected '?x'"),
        ("SELECT * { ?a pp:hosts ?b . FILTER(?a > 3 }", 1, 43, "unexpected '}'"),
        ("SELECT * {\n ?x a foo:bar }", 2, 7, "the prefix foo: is not known"),
        ("SELECT * { ?x <a b> ?z }", 1, 15, "no valid IRI"),
        ("SELECT * { ?a ?b '中文 }", 1, 18, "the text is not closed"),
        ("SELECT (COUNT(?x) AS ?n) ?y { ?x ?y ?z }", 1, 1, "GROUP BY"),
        ("SELECT * { ?a ?b ?c } GROUP BY ?a", 1, 1, "not authorized with GROUP BY"),
        ("", 1, 1, "the query breaks off"),
        ("苏州有哪些集群", 1, 1, "unexpected '苏州有哪些集群'"),
    ],
)  # fmt: skip
def test_the_place_and_the_reason(query: str, line: int, column: int, reason: str) -> None:
    error = trouble(query)
    assert str(error).startswith(f"line {line}, column {column}: ")
    assert reason in str(error)
    assert "\n" not in str(error)


def test_the_line_is_shown_with_a_pointer_under_wide_characters() -> None:
    (note,) = trouble("SELECT * { ?s rdfs:label '苏州' . ?s ?p }").__notes__
    line, pointer = note.splitlines()
    assert line == "  SELECT * { ?s rdfs:label '苏州' . ?s ?p }"
    assert pointer == "  " + " " * (len("SELECT * { ?s rdfs:label '苏州' . ?s ?p ") + 2) + "^"


def test_long_lines_are_cut_around_the_place() -> None:
    (note,) = trouble(f"SELECT * {{ {'?a ?b ?c . ' * 60} ?x ?y }}").__notes__
    assert max(map(len, note.splitlines())) < 110


def test_errors_without_a_place_stay_as_they_are() -> None:
    error = QueryError("the query took more than 30 s")
    assert located("SELECT * {}", error) is error
