"""The page of the ontology: every term stands on it, and what it shows as examples is what the graph says."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.graph.store import GraphStore
from kg.namespaces import GRAPH, ONTOLOGY, OWL, PP, RDF, RDFS
from kg.resources import ontology_dir
from kg.views.ontology.diagram import diagram
from kg.views.ontology.examples import example
from kg.views.ontology.page import ENTRY, PATH, ontology_page
from kg.views.ontology.terms import terms
from kg.views.site.context import SiteContext, context
from kg.views.site.views import ENTRIES, VIEWS
from kg.views.site.write import write_site

from ..site.html import Page

DECLARED = {
    quad.subject.value.removeprefix(ONTOLOGY)
    for quad in parse(path=str(ontology_dir() / "pharma-policy.ttl"), format=RdfFormat.TURTLE)
    if quad.predicate.value == RDF.type and isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(ONTOLOGY)
}  # fmt: skip


@pytest.fixture(scope="module")
def tiny(tiny_graph: GraphStore) -> SiteContext:
    return context(tiny_graph)


@pytest.fixture(scope="module")
def page(tiny_graph: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> Page:
    folder = tmp_path_factory.mktemp("ontology") / "site"
    return Page(write_site(tiny_graph, folder, views=[ontology_page], entries=[]).path / PATH)


def of_class(page: Page, class_: str) -> list[dict[str, str | None]]:
    return [attributes for _, attributes in page.elements if class_ in str(attributes.get("class")).split()]


def test_the_site_has_the_page() -> None:
    assert ontology_page in VIEWS
    assert ENTRY in ENTRIES


def test_every_term_has_its_place(page: Page) -> None:
    assert len(DECLARED) > 100
    assert {a["id"] for a in of_class(page, "term")} == DECLARED


def test_links_within_the_page_lead_somewhere(page: Page) -> None:
    inside = {link.removeprefix("#") for link in page.links if link.startswith("#")}
    assert inside - set(page.ids) == set()
    assert len(page.ids) == len(set(page.ids))


def test_nothing_is_fetched(page: Page) -> None:
    """Links to standards lead out; scripts, styles and pictures come from the site."""
    fetched = [
        a.get("src") or a.get("href") for tag, a in page.elements if tag in ("script", "link", "img", "use")
    ]
    assert [link for link in fetched if str(link).startswith(("http", "//"))] == []


def test_terms_are_read_as_they_are_declared(tiny_graph: GraphStore) -> None:
    """The declarations of pp:hosts, pp:cites, pp:Park and pp:atLeast in pharma-policy.ttl."""
    found = terms(tiny_graph)
    hosts = found["hosts"]
    assert (hosts.zh, hosts.en, hosts.kind) == ("拥有集聚地", "hosts", "object")
    assert (hosts.domain, hosts.range, hosts.inverse) == (("Region",), ("Cluster",), ("locatedIn",))
    assert hosts.above == ("geo:sfContains", "schema:containsPlace")
    assert found["locatedIn"].inverse == ("hosts",)
    assert found["cites"].range == ("PolicyDocument", "Programme")
    assert found["Park"].above == ("Cluster",)
    assert found["atLeast"].of == ("Comparator",)
    assert found["within"].traits == (("可传递", "transitive"),)


def test_classes_stand_as_a_tree(tiny_graph: GraphStore) -> None:
    order = list(terms(tiny_graph))
    assert order[order.index("Region") : order.index("Region") + 6] == [
        "Region", "Country", "County", "Prefecture", "Province", "RegionGroup",
    ]  # fmt: skip


def test_an_example_of_a_class_is_of_it(tiny: SiteContext, tiny_graph: GraphStore) -> None:
    """Of the two parks and hubs of tiny_plans.py, 苏州生物医药产业园 is the only park."""
    made = example(tiny, terms(tiny_graph)["Park"])
    assert made is not None
    assert tiny.things[made.iri].zh == "苏州生物医药产业园"
    assert "a pp:Park" in made.turtle
    assert made.said is not None
    assert made.said.evidence.quote == "苏州生物医药产业园聚焦抗体药物和细胞治疗"


def test_a_value_of_a_closed_list_is_shown_in_use(tiny: SiteContext, tiny_graph: GraphStore) -> None:
    """泰州中国医药城 is the only planned cluster of tiny_plans.py."""
    made = example(tiny, terms(tiny_graph)["Planned"])
    assert made is not None
    assert made.said is not None
    assert made.said.evidence.quote == "泰州中国医药城"
    assert "pp:clusterStatus pp:Planned ." in made.turtle


def test_queries_stand_with_the_terms_that_they_use(page: Page) -> None:
    from kg.queries.saved import load

    assert re.search(r"\bpp:actsOn\b", load("drug-targets").text)
    assert "drug-targets" in page.text


def test_the_diagram_has_every_property_between_things(tiny_graph: GraphStore) -> None:
    found = terms(tiny_graph)
    drawn = str(diagram(found))
    objects = [t for t in found.values() if t.kind == "object"]
    for term in objects:
        assert f'<a href="#{term.name}">' in drawn
    assert drawn.count("<path ") == sum(len(t.domain) * len(t.range) for t in objects)
    boxes = re.findall(r'<rect x="(\d+)" y="([\d.]+)" width="\d+" height="([\d.]+)"', drawn)
    for x in {b[0] for b in boxes}:  # no box stands on another
        column = sorted((float(y), float(y) + float(h)) for column, y, h in boxes if column == x)
        assert all(a[1] < b[0] for a, b in pairwise(column))


def test_words_of_an_ontology_are_data() -> None:
    """An ontology of a stranger, with markup in its labels."""
    node, bad = NamedNode(f"{PP.hosts}"), '"><script>alert(1)</script>'
    graph = NamedNode(GRAPH.ontology)
    quads = [
        Quad(node, NamedNode(RDF.type), NamedNode(f"{OWL._}ObjectProperty"), graph),
        Quad(node, NamedNode(RDFS.domain), NamedNode(PP.Region), graph),
        Quad(node, NamedNode(RDFS.range), NamedNode(PP.Cluster), graph),
        *(Quad(node, NamedNode(RDFS.label), Literal(bad, language=lang), graph) for lang in ("zh", "en")),
    ]
    drawn = str(diagram(terms(GraphStore.in_memory(quads))))
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_a_graph_without_an_ontology_has_no_page() -> None:
    assert list(ontology_page(context(GraphStore.in_memory([])))) == []
