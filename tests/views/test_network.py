"""The network as data and as a file: what it shows, where it comes from, and that it fetches nothing."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError, StoreError
from kg.graph.store import GraphStore
from kg.views.model import network
from kg.views.network import Written, html, write

from .plans import EVIL, OTHER, PLAN


class Elements(HTMLParser):
    """Collects the attributes, the styles and the data of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: dict[str, list[str]] = {}
        self.data = ""
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self._open = "data" if ("id", "kg-data") in attrs else tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self._open, []).append(data)


def parsed(path: Path) -> Elements:
    elements = Elements()
    elements.feed(path.read_text("utf-8"))
    return elements


@pytest.fixture(scope="module")
def written(store: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write(store, tmp_path_factory.mktemp("views") / "network.html")


@pytest.fixture(scope="module")
def data(written: Written) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(parsed(written.path).texts["data"]))
    return found


def label(data: dict[str, Any], n: int) -> str:
    return str(data["things"][n][2])


def test_regions_clusters_and_fields_are_nodes(store: GraphStore) -> None:
    graph = network(store)
    labels = {d["thing"].kind: set[str]() for _, d in graph.nodes(data=True)}
    for _, d in graph.nodes(data=True):
        labels[d["thing"].kind].add(d["thing"].zh)
    assert labels["province"] == {"江苏省", "浙江省"}
    assert labels["prefecture"] == {"苏州市", "南京市", "杭州市", "台州市", "绍兴市"}
    assert {"苏州生物医药产业园", "杭州医药港"} < labels["cluster"]
    assert {"抗体药物", "细胞治疗"} < labels["field"]


def test_the_edges_are_the_statements_of_the_graph(data: dict[str, Any]) -> None:
    edges = {(label(data, a), p, label(data, b)) for a, b, p, _, _ in data["edges"]}
    assert ("苏州市", "hosts", "苏州生物医药产业园") in edges
    assert ("苏州生物医药产业园", "focusesOn", "抗体药物") in edges
    assert ("苏州市", "within", "江苏省") in edges
    assert ("绍兴市", "strongIn", "化学原料药") in edges
    assert ("台州市", "develops", "化学原料药") in edges


def test_a_hosted_cluster_has_no_second_line_to_its_province(data: dict[str, Any]) -> None:
    assert not [e for e in data["edges"] if e[2] == "inProvince"]


def test_every_edge_but_within_has_its_documents_and_its_statements(data: dict[str, Any]) -> None:
    for _, _, property_, documents, statements in data["edges"]:
        assert bool(documents) == bool(statements) == (property_ != "within")


def test_every_quote_is_what_the_document_says(data: dict[str, Any]) -> None:
    texts = {"江苏省医药规划": PLAN, "浙江省医药规划": OTHER}
    assert len(data["quotes"]) >= 6
    for doc, section, start, end, quote in data["quotes"]:
        assert texts[data["documents"][doc][0]][start:end] == quote
        assert section


def test_a_document_has_its_title_its_region_and_its_years(data: dict[str, Any]) -> None:
    titles = [(t, label(data, r), years) for t, r, years in data["documents"]]
    assert titles == [("江苏省医药规划", "江苏省", "2021–2025"), ("浙江省医药规划", "浙江省", "2021–2025")]


def test_a_field_knows_what_its_documents_prioritise(data: dict[str, Any]) -> None:
    said = {(label(data, s), p, label(data, o)) for s, p, o, *_ in data["statements"] if isinstance(o, int)}
    assert ("江苏省医药规划", "prioritises", "抗体药物") in said


def test_names_stand_in_both_languages(data: dict[str, Any]) -> None:
    assert ["苏州市", "Suzhou"] in [thing[2:4] for thing in data["things"]]


def test_the_same_store_gives_the_same_bytes(store: GraphStore, written: Written, tmp_path: Path) -> None:
    again = write(store, tmp_path / "again.html")
    assert again.path.read_bytes() == written.path.read_bytes()


def test_pyvis_leaves_nothing_in_the_working_folder(
    store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(store, "network.html")
    assert [p.name for p in tmp_path.iterdir()] == ["network.html"]


def test_the_page_links_nothing(written: Written) -> None:
    elements = parsed(written.path)
    links = [a for a in elements.attributes if a[1] in ("src", "href", "srcset", "action", "poster", "data")]
    assert links == [("link", "href", "data:,")]
    for style in elements.texts["style"]:
        assert "@import" not in style
        assert not re.findall(r"url\(\s*['\"]?(?!data:)", style)
    assert not [a for a in elements.attributes if a[1].startswith("on")]
    assert ("meta", "content", "default-src 'none'") in [
        (t, n, v.partition(";")[0]) for t, n, v in elements.attributes
    ]


def test_names_and_quotes_are_data_and_never_markup(written: Written, data: dict[str, Any]) -> None:
    text = written.path.read_text("utf-8")
    assert "<script>window.hacked" not in text
    assert "<img" not in text
    assert EVIL in [thing[2] for thing in data["things"]]
    assert any(EVIL in quote[4] for quote in data["quotes"])


def test_a_field_beyond_the_core_waits_for_more_detail(store: GraphStore) -> None:
    graph = network(store, core=1)
    levels = {d["thing"].zh: d["level"] for _, d in graph.nodes(data=True)}
    assert levels["抗体药物"] == 0
    assert levels["细胞治疗"] == 1
    assert levels["化学原料药"] == 2
    assert levels["苏州生物医药产业园"] == levels["台州市"] == 0


def test_a_picture_of_few_nodes_says_what_it_leaves_out(store: GraphStore, tmp_path: Path) -> None:
    small = write(store, tmp_path / "small.html", limit=6)
    whole = write(store, tmp_path / "whole.html")
    assert small.nodes < whole.nodes
    assert small.left_out > 0
    assert whole.left_out == 0


def test_a_graph_without_clusters_gives_an_empty_picture(tmp_path: Path) -> None:
    empty = GraphStore.in_memory([])
    assert write(empty, tmp_path / "empty.html").nodes == 0
    assert "kg-data" in html(empty, network(empty))


def test_no_store_and_no_place_to_write_are_said_in_one_line(store: GraphStore, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        write(tmp_path / "none", tmp_path / "out.html")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write(store, tmp_path / "file" / "out.html")
