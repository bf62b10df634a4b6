"""The SPARQL 1.1 Protocol (W3C, 2013), as far as it is about reading, and what HTTP asks of a server."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import httpx
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.store import GraphStore
from kg.namespaces import ID

from .conftest import Running

SELECT = "SELECT ?v { VALUES ?v { 7 } }"
CONSTRUCT = "CONSTRUCT { <urn:a> <urn:b> 7 } {}"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
JSON = "application/sparql-results+json"
JIANGSU, OLDER = f"{ID}document/jiangsu-2021", f"{ID}document/zhejiang-2016"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
COUNT_NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def rows(answer: httpx.Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    found = answer.json()
    return [[row[v]["value"] for v in found["head"]["vars"]] for row in found["results"]["bindings"]]


@pytest.mark.parametrize("type_", [FORM, f"{FORM}; charset=UTF-8", FORM.upper()])
def test_a_query_in_a_form(server: Running, type_: str) -> None:
    body = "query=SELECT%20%3Fv%20%7B%20VALUES%20%3Fv%20%7B%20%22%E8%8D%AF%22%20%7D%20%7D"
    assert rows(httpx.post(server.sparql, content=body, headers={"Content-Type": type_})) == [["药"]]


def test_a_query_in_the_address_and_as_a_body(server: Running) -> None:
    assert rows(httpx.get(server.sparql, params={"query": SELECT})) == [["7"]]
    for type_ in (DIRECT, f"{DIRECT}; charset=utf-8"):
        body = 'SELECT ?v { VALUES ?v { "药" } }'.encode()
        assert rows(httpx.post(server.sparql, content=body, headers={"Content-Type": type_})) == [["药"]]


def test_prefixes_of_ours_are_known(server: Running) -> None:
    # tiny_plans.py has four plans
    assert (
        server.value(
            "SELECT (COUNT(*) AS ?n) { ?d a pp:PolicyDocument ; dcterms:identifier ?id ; pp:status ?s }"
        )
        == "4"
    )


BAD: list[tuple[str, str, bytes, dict[str, str], int]] = [
    # what it is, what stands behind the address, the body (GET where there is none), headers, the status
    ("two queries in the address", "?query=ASK%7B%7D&query=ASK%7B%7D", b"", {}, 400),
    ("two queries in a form", "", b"query=ASK%7B%7D&query=ASK%7B%7D", {"Content-Type": FORM}, 400),
    ("one in the address, one in a form", "?query=ASK%7B%7D", b"query=ASK%7B%7D", {"Content-Type": FORM}, 400),
    ("one in the address, one as a body", "?query=ASK%7B%7D", b"ASK{}", {"Content-Type": DIRECT}, 400),
    ("no query in a form", "", b"format=json", {"Content-Type": FORM}, 400),
    ("an empty body", "", b" ", {"Content-Type": DIRECT}, 400),
    ("an empty query beside a dataset", "?default-graph-uri=urn:x", b"", {}, 400),
    ("a body that is not UTF-8", "", b"ASK { ?s ?p '\xc4\xe3' }", {"Content-Type": DIRECT}, 400),
    ("a form that is not UTF-8", "", b"query=ASK+%7B+%3Fs+%3Fp+%27%C4%E3%27+%7D", {"Content-Type": FORM}, 400),
    ("an address that is not UTF-8", "?query=ASK+%7B+%3Fs+%3Fp+%27%C4%E3%27+%7D", b"", {}, 400),
    ("a body in UTF-16", "", "ASK {}".encode("utf-16"), {"Content-Type": f"{DIRECT}; charset=utf-16"}, 400),
    ("no media type", "", b"ASK {}", {}, 415),
    ("another media type", "", b"ASK {}", {"Content-Type": "text/plain"}, 415),
    ("JSON", "", b'{"query": "ASK {}"}', {"Content-Type": "application/json"}, 415),
    ("an update as a body", "", b"CLEAR ALL", {"Content-Type": "application/sparql-update"}, 403),
    ("an update in a form", "", b"update=CLEAR+ALL", {"Content-Type": FORM}, 403),
    ("an update in the address", "?update=CLEAR+ALL", b"", {}, 403),
    ("an update as a query", "?query=INSERT+DATA+%7B+%3Curn:a%3E+%3Curn:b%3E+1+%7D", b"", {}, 403),
    ("an update as a query in a form", "", b"query=DROP+ALL", {"Content-Type": FORM}, 403),
    ("a dataset of an update", "?query=ASK%7B%7D&using-graph-uri=urn:x", b"", {}, 403),
    ("syntax", "?query=SELEC+*+%7B%7D", b"", {}, 400),
    ("a prefix that nobody knows", "?query=ASK+%7B+%3Fs+nobody:knows+%3Fo+%7D", b"", {}, 400),
    ("a graph that is not in the store", "?query=ASK%7B%7D&default-graph-uri=http://example.org/g", b"", {}, 400),
    ("a named graph that is not in the store", "?query=ASK%7B%7D&named-graph-uri=http://example.org/g", b"", {}, 400),
    ("a graph that is no IRI", "?query=ASK%7B%7D&default-graph-uri=g", b"", {}, 400),
    ("FROM elsewhere", "?query=ASK+FROM+%3Chttp://127.0.0.1:9/%3E+%7B%7D", b"", {}, 400),
    ("FROM NAMED elsewhere", "?query=ASK+FROM+NAMED+%3Chttp://127.0.0.1:9/%3E+%7B%7D", b"", {}, 400),
    ("an Accept that nothing fits", "?query=ASK%7B%7D", b"", {"Accept": "image/png"}, 406),
    ("an Accept that refuses all", "?query=ASK%7B%7D", b"", {"Accept": "*/*;q=0"}, 406),
    ("an Accept for triples of rows", "?query=ASK%7B%7D", b"", {"Accept": "text/turtle"}, 406),
    ("an Accept for rows of triples", "?query=DESCRIBE+%3Curn:a%3E", b"", {"Accept": "text/csv"}, 406),
    ("no query, and nothing that describes", "", b"", {"Accept": JSON}, 400),
    ("a path beyond", "/x", b"", {}, 404),
]  # fmt: skip


@pytest.mark.parametrize(("url", "body", "headers", "status"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_what_is_refused(
    server: Running, url: str, body: bytes, headers: dict[str, str], status: int
) -> None:
    sent = {"Accept": "*/*", **headers}
    url = server.sparql + url
    answer = httpx.post(url, content=body, headers=sent) if body else httpx.get(url, headers=sent)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert 0 < len(answer.text) < 500
    assert "/tmp" not in answer.text
    assert "Traceback" not in answer.text
    assert ".py" not in answer.text


def test_an_error_says_where_the_query_goes_wrong(server: Running) -> None:
    answer = server.ask("SELECT * {\n  ?s rdfs:label\n}")
    assert answer.status_code == 400
    assert answer.text.startswith("line 3, column 1: unexpected '}'")


def test_too_much_is_refused(server: Running) -> None:
    long = "ASK {} #" + "x" * 1_000_001
    assert httpx.post(server.sparql, content=long, headers={"Content-Type": DIRECT}).status_code == 413
    assert httpx.post(server.sparql, data={"query": "ASK {} #" + "x" * 200_000}).status_code == 413
    many = "&".join(f"x{n}=" for n in range(300))
    assert httpx.post(server.sparql, content=many, headers={"Content-Type": FORM}).status_code == 400
    assert rows(httpx.get(server.sparql, params={"query": f"{SELECT} #{'x' * 60_000}"})) == [["7"]]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused_with_those_that_are_not(server: Running, method: str) -> None:
    answer = httpx.request(method, server.sparql, content=b"")
    assert answer.status_code == 405
    assert {m.strip() for m in answer.headers["allow"].split(",")} == {"GET", "HEAD", "POST", "OPTIONS"}


def test_head_is_get_without_a_body(server: Running) -> None:
    asked = {"query": SELECT, "format": "csv"}
    get, head = httpx.get(server.sparql, params=asked), httpx.head(server.sparql, params=asked)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("content-type", "content-length"):
        assert head.headers[name] == get.headers[name]


ACCEPTS = [
    # Accept, the media type of rows, the media type of triples; None where there is none of the kind
    ("*/*", JSON, "text/turtle"),
    ("", JSON, "text/turtle"),
    ("application/json", "application/json", "application/json"),
    (JSON, JSON, None),
    ("application/sparql-results+xml", "application/sparql-results+xml", None),
    ("application/xml", "application/xml", "application/xml"),
    ("text/csv", "text/csv", None),
    ("TEXT/CSV", "text/csv", None),
    ("text/tab-separated-values", "text/tab-separated-values", None),
    ("text/csv;q=0.2, text/tab-separated-values;q=0.3", "text/tab-separated-values", None),
    ("text/csv; q=0.9, */*; q=0.1", "text/csv", "text/turtle"),
    (f"{JSON};q=0, */*", "application/sparql-results+xml", "text/turtle"),
    ("text/turtle", None, "text/turtle"),
    ("application/n-triples", None, "application/n-triples"),
    ("application/n-quads", None, "application/n-quads"),
    ("application/trig", None, "application/trig"),
    ("application/rdf+xml", None, "application/rdf+xml"),
    ("application/ld+json", None, "application/ld+json"),
    ("application/rdf+xml;q=0.5, text/turtle;q=0.4", None, "application/rdf+xml"),
    ("image/png, application/ld+json;q=0.1", None, "application/ld+json"),
    ("text/html, application/xml;q=0.9, */*;q=0.8", "text/html", "text/html"),
    ("application/*", JSON, "application/n-triples"),
    ("text/csv;q=nonsense, application/json;q=0.1", "application/json", "application/json"),
    ("nonsense, text/csv", "text/csv", None),
]  # fmt: skip


@pytest.mark.parametrize(("accept", "of_rows", "of_triples"), ACCEPTS)
def test_the_format_is_the_one_that_the_client_likes_best(
    server: Running, accept: str, of_rows: str | None, of_triples: str | None
) -> None:
    for query, wanted in ((SELECT, of_rows), ("ASK {}", of_rows), (CONSTRUCT, of_triples)):
        answer = server.ask(query, accept)
        assert (answer.headers["content-type"].partition(";")[0] if answer.is_success else None) == wanted
        assert answer.status_code in (200, 406)
        if answer.is_success:
            assert "Accept" in answer.headers["vary"]


def test_rows_read_the_same_in_all_formats(server: Running) -> None:
    query = 'SELECT ?a ?b { VALUES (?a ?b) { (<urn:药> "x,\\"y\\"\\n"@zh) (7 UNDEF) } }'
    rows = [("urn:药", 'x,"y"\n'), ("7", "")]
    assert list(csv.reader(io.StringIO(server.ask(query, "text/csv").text)))[1:] == [list(r) for r in rows]
    assert server.ask(query, "text/tab-separated-values").text == '?a\t?b\n<urn:药>\t"x,\\"y\\"\\n"@zh\n7\t\n'
    found = json.loads(server.ask(query).text)["results"]["bindings"]
    assert [(r["a"]["value"], r.get("b", {"value": ""})["value"]) for r in found] == rows
    tree = ET.fromstring(server.ask(query, "application/sparql-results+xml").text)
    at = "{http://www.w3.org/2005/sparql-results#}"
    values = [[cell.text for binding in r for cell in binding] for r in tree.iter(f"{at}result")]
    assert values == [["urn:药", 'x,"y"\n'], ["7"]]


@pytest.mark.parametrize("name", ["turtle", "nt", "nq", "trig", "rdfxml", "jsonld"])
def test_triples_are_the_same_in_all_formats(server: Running, name: str) -> None:
    given = server.ask('CONSTRUCT { <http://e/a> <http://e/b> "药"@zh, 7, _:x } {}', "*/*", format=name)
    type_ = given.headers["content-type"].partition(";")[0]
    read = rdflib.Dataset(default_union=True)
    read.parse(data=given.content, format=type_)
    assert len(read) == 3
    assert rdflib.Literal("药", lang="zh") in set(read.objects())


@pytest.mark.parametrize(("format_", "type_"), [
    ("csv", "text/csv"), ("json", JSON), ("xml", "application/sparql-results+xml"), ("text/csv", "text/csv"),
    ("nonsense", JSON), ("", JSON), ("turtle", JSON),
])  # fmt: skip
def test_a_parameter_can_name_the_format(server: Running, format_: str, type_: str) -> None:
    assert server.ask(SELECT, "*/*", format=format_).headers["content-type"].partition(";")[0] == type_


def test_the_default_graph_is_the_union(server: Running, tiny_store: Path) -> None:
    assert int(server.value(COUNT_NAMED)) == len(GraphStore.open(tiny_store))
    # what the plan's jurisdiction is stands in the plan's graph, and what the province is called in the vocabulary's
    assert (
        server.ask(f"ASK {{ <{JIANGSU}> pp:jurisdiction/rdfs:label '江苏省'@zh }}").json()["boolean"] is True
    )


def test_a_request_can_name_the_graphs(server: Running, tiny_store: Path) -> None:
    def size(*graphs: str) -> int:
        store = GraphStore.open(tiny_store).store
        return sum(q.graph_name.value in graphs for q in store)  # type: ignore[union-attr]

    def counted(query: str, **more: object) -> int:
        return int(rows(server.ask(query, **more))[0][0])  # type: ignore[arg-type]

    one = size(JIANGSU)
    assert counted(COUNT, **{"default-graph-uri": JIANGSU}) == one
    assert counted(COUNT_NAMED, **{"default-graph-uri": JIANGSU}) == 0
    assert counted(COUNT, **{"named-graph-uri": JIANGSU}) == 0
    assert counted(COUNT_NAMED, **{"named-graph-uri": JIANGSU}) == one
    assert counted(COUNT_NAMED, **{"named-graph-uri": [JIANGSU, OLDER]}) == size(JIANGSU, OLDER)
    assert counted(f"SELECT (COUNT(*) AS ?n) FROM <{JIANGSU}> {{ ?s ?p ?o }}") == one
    # the request's dataset goes before the query's (SPARQL 1.1 Protocol, 2.1.4)
    both = {"default-graph-uri": OLDER}
    assert counted(f"SELECT (COUNT(*) AS ?n) FROM <{JIANGSU}> {{ ?s ?p ?o }}", **both) == size(OLDER)


def test_the_service_describes_itself(server: Running) -> None:
    answer = httpx.get(server.sparql)
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    for type_ in ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"):
        read = rdflib.Graph()
        read.parse(data=httpx.get(server.sparql, headers={"Accept": type_}).content, format=type_)
        sd, me = (
            rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#"),
            rdflib.URIRef(server.sparql),
        )
        assert (me, sd.endpoint, me) in read
        assert (me, sd.supportedLanguage, sd.SPARQL11Query) in read
        assert set(read.objects(me, sd.feature)) == {sd.UnionDefaultGraph}
        assert len(list(read.objects(me, sd.resultFormat))) == 10
        named = {str(name) for name in read.objects(None, sd.name)}
        assert {JIANGSU, OLDER} <= named
        everything = rows(server.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))
        assert named == {row[0] for row in everything}


@pytest.mark.parametrize("path", ["dataset", ".well-known/void"])
def test_the_data_set_is_described(server: Running, path: str) -> None:
    read = rdflib.Graph()
    read.parse(data=httpx.get(server.address + path).content, format="turtle")
    void, dcat = rdflib.Namespace("http://rdfs.org/ns/void#"), rdflib.Namespace("http://www.w3.org/ns/dcat#")
    me = rdflib.URIRef(f"{server.address}dataset")
    assert (me, void.sparqlEndpoint, rdflib.URIRef(server.sparql)) in read
    assert (me, rdflib.RDF.type, dcat.Dataset) in read
    assert read.value(me, void.documents).toPython() == 4  # type: ignore[union-attr]
    [part] = read.subjects(
        void.property, rdflib.URIRef("https://w3id.org/pharma-policy-kg/ontology#setsTarget")
    )
    # tiny_plans.py: the guide, Jiangsu and the newer plan of Zhejiang set one target each
    assert read.value(part, void.triples).toPython() == 3  # type: ignore[union-attr]
    assert httpx.get(server.address + path, headers={"Accept": "image/png"}).status_code == 406
    assert httpx.post(server.address + path).status_code == 405


def test_web_pages_of_other_origins_may_ask(server: Running) -> None:
    origin = {"Origin": "https://example.org"}
    assert (
        httpx.get(server.sparql, params={"query": SELECT}, headers=origin).headers[
            "access-control-allow-origin"
        ]
        == "*"
    )
    asking = {
        **origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = httpx.options(server.sparql, headers=asking)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "content-type" in answer.headers["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in answer.headers
    # an error can be read, too
    bad = httpx.get(server.sparql, params={"query": "x"}, headers=origin)
    assert (bad.status_code, bad.headers["access-control-allow-origin"]) == (400, "*")
    assert httpx.options(server.sparql).headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_the_explorer_stands_at_the_root(server: Running) -> None:
    assert "浏览" in httpx.get(server.address).text
    assert httpx.get(f"{server.address}a.css").headers["content-type"].startswith("text/css")
    for path in ("none.html", "..%2f..%2fetc/passwd", "%2e%2e/conftest.py"):
        assert httpx.get(server.address + path).status_code == 404
    assert httpx.post(server.address).status_code == 405


def test_the_page_shows_every_kind_of_term(server: Running) -> None:
    query = "SELECT ?a ?b ?c ?d { BIND(<urn:a> AS ?a) BIND('药'@zh AS ?b) BIND(BNODE() AS ?c) }"
    answer = server.ask(query, "text/html")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert '<td><a href="sparql?query=DESCRIBE+%3Curn%3Aa%3E">urn:a</a></td>' in answer.text
    assert '<td>药 <span class="soft">@zh</span></td>' in answer.text
    assert "<td></td></tr>" in answer.text


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=40)
    | st.sampled_from(["SELECT * {", "ASK {", "}"]).flatmap(lambda a: st.text(max_size=9).map(a.__add__))
)
def test_any_text_is_answered_or_refused(server: Running, text: str) -> None:
    body = text.encode("utf-8", "replace")
    answer = httpx.post(server.sparql, content=body, headers={"Content-Type": DIRECT})
    assert answer.status_code in (200, 400, 403)
