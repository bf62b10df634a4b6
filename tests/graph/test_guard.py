"""Queries stay inside the store."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.graph.guard import bind, check, readdress

ELSEWHERE = "<http://127.0.0.1:9/sparql>"

REFUSED = [
    f"SELECT * {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ service silent {ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICE{ELSEWHERE}{{ ?s ?p ?o }} }}",
    "SELECT * { SERVICE ?anywhere { ?s ?p ?o } }",
    "SELECT * { SERVICE?anywhere{ ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    f"SELECT * {{ ?s ?p trueSERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p 1SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVIC\\u0045 {ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ \\U00000053ERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p <x#y> . SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s pp:a\\#b ?o . SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p '''a''' . SERVICE {ELSEWHERE} {{ ?s ?p \"'''\" }} }}",
    f"SELECT * {{ ?s ?p 'a\\'' . SERVICE {ELSEWHERE} {{ ?s ?p ?o }} # '\n }}",
    f"SELECT * {{ # a note\n SERVICE # another\r {ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ FILTER(?a<2) SERVICE {ELSEWHERE} {{ ?s ?p ?o }} FILTER(?a>2) }}",
    # What reads as an IRI here is a comparison to the parser, and hides the word or a quotation mark in a comment.
    "PREFIX : <http://127.0.0.1:9/> SELECT * { FILTER(1<2)SERVICE:#>\n{ ?s ?p ?o } }",
    f"SELECT * {{ ?s ?p ?o FILTER(?s<?o#>'''\n) SERVICE {ELSEWHERE} {{ ?s ?p ?o }} #'''\n}}",
    f"PREFIX u: <urn:> SELECT * {{ FILTER(1<u:x#>'''\n) SERVICE {ELSEWHERE} {{ ?s ?p ?o }} #'''\n}}",
    f"ASK {{ FILTER EXISTS {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }} }}",
]
ALLOWED = [
    "SELECT ?service { ?service ?p ?o }",
    "SELECT $service { $service ?p ?o }",
    "SELECT * { ?s ?p ?o } # SERVICE is refused",
    'SELECT * { ?s ?p "SERVICE <http://x>" }',
    "SELECT * { ?s <http://example.org/SERVICE> ?o }",
    "SELECT * { ?s pp:service ?o }",
    'SELECT * { ?s rdfs:label "专业外包服务"@zh }',
    "SELECT * { ?s ?p '''it's a SERVICE''' }",
    "SELECT * { ?s <http://example.org/a#b> 'service' FILTER(?s<?o) }",
    "SELECT * { ?s ?p ?o FILTER(?s<?o#>\n) }",
    "SELECT ?load ?add { ?load ?insert ?delete }",
]
UPDATES = [
    "INSERT DATA { <a:a> <b:b> <c:c> }",
    "delete where { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:9/x.ttl>",
    "PREFIX x: <urn:x> CLEAR ALL",
    "DROP GRAPH <urn:x>",
    "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
]


@pytest.mark.parametrize("query", REFUSED)
def test_service_is_refused_however_it_is_written(graph, query):
    with pytest.raises(QueryError, match="SERVICE is refused"):
        graph.query(query)


@pytest.mark.parametrize("query", ALLOWED)
def test_the_word_alone_is_no_offence(graph, query):
    graph.query(query)


@pytest.mark.parametrize("query", UPDATES)
def test_updates_are_refused_by_name(graph, query):
    with pytest.raises(QueryError, match="is an update"):
        graph.query(query)


@given(st.text(max_size=60))
def test_any_text_is_looked_at_without_failing_otherwise(text):
    try:
        check(text)
    except QueryError:
        assert "service" in text.casefold() or "\\" in text or any(u in text.upper() for u in ("ADD", "LOAD", "COPY", "MOVE", "DROP", "WITH", "CLEAR", "CREATE", "INSERT", "DELETE"))  # fmt: skip # noqa: E501


def test_graphs_named_by_prefix_are_found():
    query = "PREFIX d: <urn:d/> SELECT * FROM d:one FROM NAMED <urn:two> { ?s ?p ?o }"
    assert check(query).graphs == ("urn:d/one", "urn:two")


@pytest.mark.parametrize(
    ("query", "bound"),
    [
        ("SELECT ?x ?y { ?x ?p ?y }", "SELECT (<urn:x> AS ?x) ?y { <urn:x> ?p ?y }"),
        ("SELECT (COUNT(?x) AS ?n) { ?x ?p ?y }", "SELECT (COUNT(<urn:x>) AS ?n) { <urn:x> ?p ?y }"),
        ("SELECT * { ?xs ?p ?x } # ?x", "SELECT * { ?xs ?p <urn:x> } # ?x"),
        ('SELECT * { ?s ?p "?x" } ORDER BY ?x', 'SELECT * { ?s ?p "?x" } ORDER BY (<urn:x>)'),
        (
            "SELECT * { { SELECT ?x { ?x ?p ?y } } }",
            "SELECT * { { SELECT (<urn:x> AS ?x) { <urn:x> ?p ?y } } }",
        ),
    ],
)
def test_terms_take_the_place_of_variables(query, bound):
    assert bind(query, {"x": NamedNode("urn:x")}) == bound


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30))
def test_no_value_can_change_what_a_query_is(value):
    text = bind("SELECT ?v { BIND(?given AS ?v) }", {"given": Literal(value)})
    assert len(text.splitlines()) >= 1
    from kg.graph.store import GraphStore

    answer = GraphStore.in_memory([]).query(text, time_limit=None)
    assert [row["v"] for row in answer] == [Literal(value)]


SERVICES = frozenset({"http://127.0.0.1:9/sparql"})


@pytest.mark.parametrize("silent", ["", "SILENT ", "silent\n# a note\n"])
def test_a_service_that_is_allowed_by_name_may_be_called(silent):
    query = f"SELECT * {{ SERVICE {silent}{ELSEWHERE} {{ ?s ?p ?o }} }}"
    assert check(query, SERVICES).text == query
    assert readdress(query, {"http://127.0.0.1:9/sparql": "urn:b"}) == query.replace(ELSEWHERE, "<urn:b>")


@pytest.mark.parametrize("query", [
    "SELECT * { SERVICE ?anywhere { ?s ?p ?o } }",
    "SELECT * { SERVICE <http://127.0.0.1:9/sparql2> { ?s ?p ?o } }",
    "SELECT * { SERVICE <http://127.0.0.1:9/sparql?x> { ?s ?p ?o } }",
    "PREFIX a: <http://127.0.0.1:9/> SELECT * { SERVICE a:sparql { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:9/> SELECT * { FILTER(1<2)SERVICE:#>\n{ ?s ?p ?o } }",
    f"SELECT * {{ SERVICE {ELSEWHERE} {{ SERVICE <http://127.0.0.1:8/> {{ ?s ?p ?o }} }} }}",
    f"SELECT * {{ SERVICE\\u0020{ELSEWHERE} {{ ?s ?p ?o }} }}",
])  # fmt: skip
def test_no_other_service_is_called_where_one_is_allowed(query):
    with pytest.raises(QueryError, match="SERVICE is refused"):
        check(query, SERVICES)
