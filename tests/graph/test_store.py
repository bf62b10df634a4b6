"""The store on disk: all or nothing, read-only, and clear about what is wrong."""

from __future__ import annotations

import json
import time

import pytest
from pyoxigraph import NamedNode, Quad, QueryResultsFormat, RdfFormat, Store
from rdflib import URIRef

from kg.documents.sources import document
from kg.errors import InputError, LookupFailed, QueryError, StoreError, VocabularyError
from kg.graph.background import background
from kg.graph.build import build, build_in_memory
from kg.graph.quality import Quality
from kg.graph.store import GraphStore, default_path
from kg.model import FACT_TYPES
from kg.namespaces import GRAPH, PP, thing

from .conftest import SMALL, facts_of


@pytest.fixture
def built(tmp_path, vocabulary, plan, facts):
    def run(*results):
        given = results or ((plan, facts),)
        quads = background(vocabularies=[SMALL])
        return build(given, tmp_path / "store", vocabulary=vocabulary, background_quads=quads)

    return run


def test_a_build_reports_what_it_made(built, facts, tmp_path):
    report = built()
    assert (report.documents, report.facts) == (1, len(facts))
    assert report.quads == len(GraphStore.open(tmp_path / "store"))


def test_texts_are_kept_as_given(built, tmp_path, vocabulary):
    doc = document("浙江（一）", "一、目标\r\n发展疫苗。\r\n\u3000抗体 药物\n")
    built((doc, []))
    assert GraphStore.open(tmp_path / "store").text("浙江（一）") == doc.text


def test_the_text_of_an_unknown_document_is_a_failed_look_up(built, tmp_path):
    built()
    with pytest.raises(LookupFailed):
        GraphStore.open(tmp_path / "store").text("nowhere")


def test_repeated_builds_are_the_same_bytes(built, tmp_path):
    trig = tmp_path / "store" / "graph.trig"
    built()
    first = trig.read_bytes()
    built()
    assert trig.read_bytes() == first


def test_order_of_documents_and_facts_changes_nothing(built, tmp_path, plan, facts):
    other = document("other", "一、重点\n发展疫苗。")
    more = facts_of(other, [("plan_field", "疫苗", {"field": "疫苗", "category": None, "parent": None})])
    trig = tmp_path / "store" / "graph.trig"
    built((plan, facts), (other, more))
    first = trig.read_bytes()
    built((other, more), (plan, facts[::-1]))
    assert trig.read_bytes() == first


def test_a_failed_build_leaves_the_old_store_and_nothing_else(built, tmp_path, plan, facts):
    def results():
        yield plan, []
        raise RuntimeError("power cut")

    built()
    before = (tmp_path / "store" / "graph.trig").read_bytes()
    with pytest.raises(RuntimeError, match="power cut"):
        build(results(), tmp_path / "store", background_quads=[])
    assert (tmp_path / "store" / "graph.trig").read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["store"]


def test_a_reader_keeps_its_store_while_another_is_built(built, tmp_path, facts):
    built()
    reader = GraphStore.open(tmp_path / "store")
    built((document("other", "无。"), []))
    assert len(list(reader.facts())) == len(facts)
    assert GraphStore.open(tmp_path / "store").documents() == ["other"]


def test_two_readers_at_once(built, tmp_path):
    built()
    assert len(GraphStore.open(tmp_path / "store")) == len(GraphStore.open(tmp_path / "store"))


def test_a_store_is_not_written_through_a_reader(built, tmp_path):
    built()
    quad = Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"))
    with pytest.raises(RuntimeError):
        GraphStore.open(tmp_path / "store").store.add(quad)


def test_folders_with_other_things_are_never_replaced(tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(StoreError, match="holds other files"):
        build([], tmp_path, background_quads=[])
    assert (tmp_path / "thesis.docx").exists()


def test_a_missing_store_says_how_to_make_one(tmp_path):
    with pytest.raises(StoreError, match=r"no store here — kg build --store .*nowhere"):
        GraphStore.open(tmp_path / "nowhere")


def test_a_folder_that_is_no_store(tmp_path):
    with pytest.raises(StoreError, match="is not a store"):
        GraphStore.open(tmp_path)


@pytest.mark.parametrize("marker", ['{"format": 0}', "[]", "{"])
def test_a_store_of_another_version(built, tmp_path, marker):
    built()
    (tmp_path / "store" / "kg-store.json").write_text(marker)
    with pytest.raises(StoreError):
        GraphStore.open(tmp_path / "store")


def test_a_broken_store(built, tmp_path):
    built()
    (tmp_path / "store" / "oxigraph" / "CURRENT").unlink()
    with pytest.raises(StoreError, match="cannot be read"):
        GraphStore.open(tmp_path / "store")


def test_the_default_folder_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv("KG_STORE", "/data/kg")
    assert str(default_path()) == "/data/kg"
    monkeypatch.delenv("KG_STORE")
    assert str(default_path()) == "kg-store"


def test_queries_see_the_union_of_the_graphs(graph):
    answer = graph.query(
        "SELECT ?city ?cluster { ?city pp:hosts ?c ; rdfs:label ?city . ?c rdfs:label ?cluster }"
    )
    assert answer.variables == ("city", "cluster")
    found = graph.query(
        "SELECT ?city ?cluster { ?r pp:hosts [ rdfs:label ?cluster ] ; rdfs:label ?city }",
    )
    assert found.variables == ("city", "cluster")
    assert [(r["city"].value, r["cluster"].value) for r in found] == [("台州市", "台州医药港")]


def test_from_restricts_a_query_to_a_graph(graph):
    inside = graph.query(f"ASK FROM <{thing('document', 'tiny')}> {{ ?r pp:hosts ?c }}")
    outside = graph.query(f"ASK FROM <{GRAPH.vocabulary}> {{ ?r pp:hosts ?c }}")
    assert (inside.truth, outside.truth) == (True, False)


def test_from_a_graph_that_is_not_here_is_refused(graph):
    with pytest.raises(QueryError, match=r"FROM <http://example\.org/g>: no such graph"):
        graph.query("SELECT * FROM <http://example.org/g> { ?s ?p ?o }")


def test_parameters_reach_variables_that_are_not_selected(graph):
    query = "SELECT ?label { ?region pp:hosts ?c . ?c rdfs:label ?label }"
    found = graph.query(query, parameters={"region": NamedNode(thing("region", "331000"))})
    assert [r["label"].value for r in found] == ["台州医药港"]
    assert not graph.query(query, parameters={"region": NamedNode(thing("region", "330000"))}).rows


def test_mistakes_name_their_place(graph):
    with pytest.raises(QueryError, match=r"error at 1:\d+"):
        graph.query("SELECT ?x WHERE { ?x }")


def test_a_query_that_takes_too_long_is_given_up(vocabulary):
    many = (Quad(NamedNode(f"urn:{n}"), NamedNode("urn:p"), NamedNode(f"urn:{n + 1}")) for n in range(1200))
    graph = GraphStore.in_memory(many)
    begun = time.monotonic()
    with pytest.raises(QueryError, match=r"more than 0\.2 s"):
        graph.query("SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?p ?d . ?e ?p ?b }", time_limit=0.2)
    assert time.monotonic() - begun < 2


def test_answers_in_standard_formats(graph):
    query = "SELECT ?id { ?d dcterms:identifier ?id ; a pp:PolicyDocument }"
    assert json.loads(graph.serialized(query, QueryResultsFormat.JSON))["head"]["vars"] == ["id"]
    assert graph.serialized(query, QueryResultsFormat.CSV).split() == [b"id", b"tiny"]
    turtle = graph.serialized("CONSTRUCT { ?r pp:hosts ?c } { ?r pp:hosts ?c }", RdfFormat.TURTLE)
    assert b"hosts" in turtle


def test_a_format_that_does_not_fit_the_answer(graph):
    with pytest.raises(QueryError, match="does not fit"):
        graph.serialized("ASK {}", RdfFormat.TURTLE)


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_the_rdflib_view_sees_the_same_and_refuses_the_same(graph):
    view = graph.rdflib()
    hosted = list(view.query(f"SELECT ?c {{ ?r <{PP.hosts}> ?c }}"))
    assert len(hosted) == 1
    assert list(view.subjects(URIRef(PP.hosts), None)) == [URIRef(thing("region", "331000"))]
    with pytest.raises(QueryError):
        view.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_a_cited_title_that_is_a_document_of_the_build_is_cited_as_such(make, plan, facts):
    citing = document("citing", "根据《浙江省医药产业行动方案》制定。")
    cites = facts_of(citing, [("cites", "浙江省医药产业行动方案", {"policy": "《浙江省医药产业行动方案》"})])
    graph = make((citing, cites), (plan, facts))
    query = "ASK { GRAPH <%s> { <%s> pp:cites <%s> } }"
    terms = (GRAPH.inferred, thing("document", "citing"), thing("document", "tiny"))
    assert graph.query(query % terms).truth
    assert set(graph.facts("citing")) == set(cites)


def test_the_metadata_say_what_the_build_was(vocabulary, plan, facts):
    measured = Quality("cluster", 0.97, 0.95, 61, ("tiny",), "2026-11-22")
    quads = background(vocabularies=[SMALL])
    graph = build_in_memory(
        [(plan, facts)], vocabulary=vocabulary, background_quads=quads, quality=[measured]
    )
    counted = """SELECT ?type ?n { GRAPH id:graph\\/metadata {
      ?build void:subset ?part . ?part dcterms:identifier ?type ; void:entities ?n } }"""
    found = {row["type"].value: int(row["n"].value) for row in graph.query(counted)}
    assert found == {type_: sum(f.type == type_ for f in facts) for type_ in FACT_TYPES}
    sizes = graph.query("SELECT ?n { GRAPH id:graph\\/metadata { ?document pp:factCount ?n } }")
    assert [row["n"].value for row in sizes] == [str(len(facts))]
    quality = """PREFIX dqv: <http://www.w3.org/ns/dqv#> SELECT ?metric ?value {
      id:graph\\/metadata dqv:hasQualityMeasurement ?m . ?m dcterms:type "cluster" ; dqv:value ?value ;
        dqv:isMeasurementOf ?metric }"""
    values = {row["metric"].value.rpartition("/")[2]: row["value"].value for row in graph.query(quality)}
    assert values == {"recall": "0.97", "precision": "0.95"}


def test_sizes_of_graphs_are_those_of_the_store(built, tmp_path):
    report = built()
    graph = GraphStore.open(tmp_path / "store")
    for name in graph.store.named_graphs():
        said = graph.query(f"SELECT ?n {{ <{name.value}> void:triples ?n }}")
        here = sum(1 for _ in graph.store.quads_for_pattern(None, None, None, name))
        if name.value == GRAPH.metadata:
            here = report.quads - here  # of the whole, all but this graph
        assert [int(row["n"].value) for row in said] == [here], name


def test_a_document_is_not_built_twice(built, plan, facts):
    with pytest.raises(InputError, match="'tiny' is given twice"):
        built((plan, facts), (plan, facts))


def test_a_vocabulary_that_is_no_turtle_stops_a_build(tmp_path):
    broken = tmp_path / "broken.ttl"
    broken.write_text("@prefix", "utf-8")
    with pytest.raises(VocabularyError, match=r"broken\.ttl"):
        background(vocabularies=[broken])


def test_blank_nodes_have_the_same_names_on_every_run():
    assert set(background()) == set(background())


def test_what_fails_beside_the_build_fails_the_build(tmp_path, monkeypatch, plan):
    def fail() -> Store:
        raise OSError("disk full")

    monkeypatch.setattr("kg.graph.build.background", fail)
    with pytest.raises(StoreError, match="cannot be written: disk full"):
        build([(plan, [])], tmp_path / "store")
    assert list(tmp_path.iterdir()) == []
