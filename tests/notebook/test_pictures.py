"""Networks, maps and heat maps of results."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.errors import QueryError
from kg.notebook.graph import Graph
from kg.notebook.network import graph_of
from kg.notebook.pictures import Picture
from kg.notebook.result import Result

from .conftest import EVIL

HOSTS = "SELECT ?city ?cluster { ?city pp:hosts ?cluster }"


def test_two_columns_of_things_make_a_network(graph: Graph) -> None:
    found = graph.sparql("cities-clusters")
    made = graph_of(found, "city", "cluster")
    edges = {
        (made.nodes[a]["label"], made.nodes[b]["label"]): d["weight"] for a, b, d in made.edges(data=True)
    }
    # 杭州医药港 stands in both plans of Zhejiang.
    assert edges == {
        ("苏州市", "苏州生物医药产业园"): 1,
        ("泰州市", "泰州中国医药城"): 1,
        ("杭州市", "杭州医药港"): 2,
    }
    assert {d["kind"] for _, d in made.nodes(data=True)} == {"prefecture", "cluster"}
    picture = found.network()
    assert repr(picture) == "<network: 6 nodes, 3 edges>"
    assert "苏州生物医药产业园聚焦抗体药物和细胞治疗" in picture.html


def test_a_weight_is_added_up(graph: Graph) -> None:
    found = Result(["a", "b", "n"], [["x", "y", 2], ["x", "y", 3], ["y", "x", None], [None, "x", 1]])
    made = graph_of(found, "a", "b", "n")
    assert {(a, b): d["weight"] for a, b, d in made.edges(data=True)} == {("x", "y"): 5, ("y", "x"): 0}
    assert repr(graph.overlaps().network(weight="weighted")) == "<network: 2 nodes, 1 edges>"


def test_large_networks_show_the_best_connected_and_say_how_many_are_left_out() -> None:
    rows = [["hub", f"leaf{n:03}"] for n in range(50)]
    assert repr(Result(["a", "b"], rows).network("a", "b", limit=11)) == (
        "<network: 11 nodes, 10 edges, 40 nodes left out>"
    )


def test_the_same_result_gives_the_same_picture(graph: Graph) -> None:
    found = graph.sparql(HOSTS)
    assert found.network().html == graph.sparql(HOSTS).network().html


def test_the_hashes_of_a_process_move_no_node() -> None:
    # Parts of several sizes, the small ones far below half of all nodes.
    code = (
        "import kg; rows = [[f'hub{h}', f'leaf{h}-{n}'] for h in range(5) for n in range(3 + 4 * h)]\n"
        "picture = kg.Result(['a', 'b'], rows).network('a', 'b'); print(picture.svg, picture.html)"
    )
    out = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(out) == 1


def test_pictures_stand_still_as_svg(graph: Graph, evil: Graph) -> None:
    found = graph.sparql("cities-clusters")
    for svg in (
        found.network().svg,
        found.map()._repr_mimebundle_()["image/svg+xml"],
        graph.overlaps("city").heatmap("a", "b")._repr_mimebundle_()["image/svg+xml"],
    ):
        words = "".join(ElementTree.fromstring(svg).itertext())
        assert "泰州市" in words
        assert "script" not in svg
    # A name that is markup is words in the picture, too.
    for svg in (
        evil.sparql(HOSTS).network().svg,
        evil.sparql(HOSTS).map("city")._repr_mimebundle_()["image/svg+xml"],
        Result(["a", "b"], [[EVIL, EVIL + "\x00\ud800"]]).heatmap()._repr_mimebundle_()["image/svg+xml"],
    ):
        root = ElementTree.fromstring(svg)
        assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
            "svg",
            "rect",
            "line",
            "circle",
            "text",
        }
        assert "<script>" in "".join(root.itertext()).replace("\n", "")


def test_a_chart_shows_itself_without_the_script_of_plotly(graph: Graph) -> None:
    chart = graph.sparql("cities-clusters").map()
    bundle = chart._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"}
    assert bundle["text/plain"] == "<chart: map of 3 places>"  # the three cities of the test above
    assert len(json.dumps(bundle, default=list)) < 50_000
    assert chart._ipython_display_ is None


def test_a_picture_fetches_nothing_and_stays_in_its_frame(graph: Graph, tmp_path: Path) -> None:
    picture = graph.sparql(HOSTS).network()
    assert not re.search(r"<(?:script|link|img)[^>]*(?:src|href)=", picture.html)
    assert "default-src 'none'" in picture.html
    frame = picture._repr_html_()
    assert frame.startswith("<iframe srcdoc=")
    assert 'sandbox="allow-scripts"' in frame
    assert frame.count("<") == 2  # the frame's own tag, opened and closed: the page within is escaped
    assert picture.save(tmp_path / "a.html").read_text("utf-8") == picture.html
    assert list(tmp_path.iterdir()) == [tmp_path / "a.html"]


def test_names_that_look_like_markup_stay_names(evil: Graph) -> None:
    html = evil.sparql(HOSTS).network().html
    assert EVIL not in html
    assert "<script>window.hacked" not in html
    figure = evil.sparql(HOSTS).map("city")
    shown = json.dumps(figure.to_plotly_json(), default=list, ensure_ascii=False)
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    heat = Result(["a", "b"], [[EVIL, EVIL]], title=EVIL).heatmap()
    assert "<script>" not in json.dumps(heat.to_plotly_json(), default=list)


def test_a_map_puts_regions_where_they_are(graph: Graph) -> None:
    figure = graph.sparql("cities-clusters").map()
    placed = dict(zip(figure.data[1].text, zip(figure.data[1].x, figure.data[1].y, strict=True), strict=True))
    assert set(placed) == {"苏州市", "泰州市", "杭州市"}
    long, lat = placed["苏州市"]
    assert (round(long), round(lat)) == (121, 31)  # 120.58° east, 31.30° north
    sizes = dict(zip(figure.data[1].text, figure.data[1].marker.size, strict=True))
    assert sizes["杭州市"] > sizes["苏州市"]  # two rows against one
    assert figure.data[1].customdata[0][1] == "2"


def test_a_map_by_a_number(graph: Graph) -> None:
    asked = "SELECT ?city (COUNT(DISTINCT ?cluster) AS ?n) { ?city pp:hosts ?cluster } GROUP BY ?city"
    figure = graph.sparql(asked).map(value="n")
    assert [c[1] for c in figure.data[1].customdata] == ["1", "1", "1"]


def test_a_heat_map_of_sums_and_of_rows() -> None:
    found = Result(
        ["city", "field", "n"],
        [["苏州", "抗体", 2], ["苏州", "抗体", 1.5], ["泰州", "疫苗", 4], [None, "疫苗", 9]],
    )
    figure = found.heatmap()
    assert (figure.data[0].y, figure.data[0].x) == (("苏州", "泰州"), ("抗体", "疫苗"))
    assert list(map(list, figure.data[0].z)) == [[3.5, None], [None, 4]]
    counted = Result(["a", "b"], [["x", "y"], ["x", "y"]]).heatmap()
    assert list(map(list, counted.data[0].z)) == [[2]]


@pytest.mark.parametrize(
    ("draw", "needs"),
    [
        (lambda r: r.network(), "two columns of things; the columns are n, m"),
        (lambda r: r.network("x"), "no column 'x'"),
        (lambda r: r.network("n", "m", weight="t"), "no column 't'"),
        (lambda r: r.map(), "a column of regions; the columns are n, m"),
        (lambda r: r.map("n"), "a column of regions; 'n' holds none"),
        (lambda r: r.heatmap(), "two columns of names, and one of numbers; the columns are n, m"),
        (lambda r: r.heatmap("n", "x"), "no column 'x'"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_says_what_it_needs(draw: object, needs: str, graph: Graph) -> None:
    with pytest.raises(QueryError, match=needs):
        draw(Result(["n", "m"], [[1, 2]], graph=graph.store))  # type: ignore[operator]


def test_an_empty_result_draws_an_empty_picture(graph: Graph) -> None:
    nothing = graph.sparql("SELECT ?city ?cluster { ?city pp:hosts ?cluster FILTER (false) }")
    with pytest.raises(QueryError, match="two columns of things"):
        nothing.network()
    assert isinstance(nothing.network("city", "cluster"), Picture)
