"""Charts show the numbers of the analyses; the tiny plans were counted by hand."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from tiny_plans import PLANS, tiny_plans

from kg.analysis.editions import diff
from kg.analysis.overlap import survey
from kg.analysis.reuse import reuse
from kg.analysis.specialisation import specialisation
from kg.analysis.targets import compare_targets
from kg.graph.build import build_in_memory
from kg.graph.store import GraphStore
from kg.namespaces import thing
from kg.views.charts.changes import changes_view
from kg.views.charts.fields import branches, fields_view
from kg.views.charts.map import map_view, picture
from kg.views.charts.networks import networks_view
from kg.views.charts.overlap import overlap_view
from kg.views.charts.reuse import pieces, reuse_view
from kg.views.charts.sparql_page import saved, terms
from kg.views.charts.specialisation import heat, specialisation_view
from kg.views.charts.targets import targets_view
from kg.views.site.context import SiteContext, context
from kg.views.site.page import File, Page
from kg.views.site.write import write_site

from .plans import CHANGED, COMMON, marked_plans

VIEWS = (
    map_view, overlap_view, specialisation_view, fields_view, targets_view, changes_view, reuse_view, networks_view,
)  # fmt: skip


def chart(view: Any, of: SiteContext, name: str, path: str = "") -> Any:
    page = next(p for p in view(of) if isinstance(p, Page) and p.path.startswith(path) and name in p.data)
    return page.data[name]


def english(spec: Any) -> Any:
    """The English figure, put together as the page does."""
    pairs = zip(spec["zh"]["data"], spec["en"]["data"], strict=True)
    return {
        "data": [{**a, **b} for a, b in pairs],
        "layout": {**spec["zh"]["layout"], **spec["en"]["layout"]},
    }


@pytest.mark.parametrize("view", VIEWS, ids=lambda v: v.__name__)
def test_plotly_takes_every_figure(view: Any, tiny: SiteContext) -> None:
    for page in (p for p in view(tiny) if isinstance(p, Page)):
        for name, spec in page.data.items():
            for figures in (spec, spec.get("on_phones")) if name.startswith("chart-") else ():
                if figures:
                    go.Figure(figures["zh"])
                    go.Figure(english(figures))


@pytest.mark.parametrize("view", VIEWS, ids=lambda v: v.__name__)
def test_every_view_is_the_same_twice_and_stands_on_an_empty_graph(view: Any, tiny_graph: GraphStore) -> None:
    first, second = (
        [(m.path, m.data if isinstance(m, Page) else m.content) for m in view(context(tiny_graph))]
        for _ in range(2)
    )
    assert first == second
    assert any(isinstance(made, Page) for made in view(context(GraphStore.in_memory([]))))


def test_the_matrix_has_the_numbers_of_the_analysis(tiny: SiteContext, tiny_graph: GraphStore) -> None:
    """江苏 2021 names 抗体药物, 双特异性抗体, 新型疫苗; 浙江 2022, whose years meet, 抗体药物 and 海洋多肽探针.

    One of four fields is shared, and the guide of 2016 names it, too.
    """
    choices = chart(overlap_view, tiny, "chart-overlap")["choices"]
    assert choices["jaccard"]["z"] == [[None, 0.25], [0.25, None]]
    assert choices["shared"]["z"] == [[None, 1], [1, None]]
    assert choices["beyond"]["z"] == [[None, 0], [0, None]]
    (pair,) = survey(tiny_graph).pairs
    assert choices["weighted"]["z"][0][1] == round(pair.weighted, 4)


def test_a_pair_has_the_quotes_of_both_sides(tiny: SiteContext) -> None:
    details = chart(overlap_view, tiny, "overlap")
    ((row,),) = details["pairs"].values()
    field, narrower, inherited, _, a, b, *_ = row
    assert (details["fields"][field][0], narrower, inherited) == ("抗体药物", -1, 1)
    assert [details["quotes"][n][3] for n in (*a, *b)] == ["加快发展抗体药物", "重点发展抗体药物"]


def test_quotes_of_the_charts_are_slices_of_their_documents(
    tiny: SiteContext, tiny_graph: GraphStore
) -> None:
    for page in (p for p in overlap_view(tiny) if isinstance(p, Page)):
        readers = {
            reader: p.id for p in tiny.plans for reader in [tiny.reader_href(p.id, 0, 0).partition("#")[0]]
        }
        details = page.data["overlap"]
        for doc, start, end, quote in details["quotes"]:
            assert tiny_graph.text(readers[details["docs"][doc][0]])[start:end] == quote


def test_the_map_counts_clusters_and_passages(tiny: SiteContext) -> None:
    """江苏: two clusters (苏州, 泰州); four passages name a field: two priorities, 南京 and 泰州 with 新型疫苗."""
    shown = picture(tiny)
    jiangsu, zhejiang, suzhou, nanjing = (
        thing("region", c) for c in ("320000", "330000", "320500", "320100")
    )
    assert [shown.clusters(r) for r in (jiangsu, zhejiang, suzhou, nanjing)] == [2, 1, 1, 0]
    assert [shown.quotes(r) for r in (jiangsu, suzhou, nanjing)] == [4, 0, 1]
    assert len([p for p in shown.places.values() if p.province]) == 34


def test_the_tree_counts_what_stands_under_a_field(tiny: SiteContext) -> None:
    """抗体药物 is named by all four plans, 双特异性抗体 under it by 江苏: five passages, two provinces, four documents."""

    def walk(some: Any) -> Any:
        for b in some:
            yield b
            yield from walk(b.below)

    found = {b.zh: b for b in walk(branches(tiny))}
    antibodies = found["抗体药物"]
    assert (antibodies.passages, antibodies.own, antibodies.documents, antibodies.regions) == (5, 4, 4, 2)
    assert found["双特异性抗体"].key.startswith(antibodies.key)


def test_the_heat_map_has_the_quotients(tiny: SiteContext, tiny_graph: GraphStore) -> None:
    found = specialisation(tiny_graph).sectors
    figure = heat(found, tiny.things)["zh"]["data"][0]
    shown = [v for row in figure["text"] for v in row if v]
    assert sorted(shown) == sorted(f"{q.quotient:.1f}" for q in found)


def test_the_timeline_has_every_target_and_what_was_reached(
    tiny: SiteContext, tiny_graph: GraphStore
) -> None:
    """Targets: growth in the guide; 主营业务收入 in 江苏 (2025) and 浙江 (2024), where 2015 was reported."""
    figure = chart(targets_view, tiny, "chart-targets")["zh"]
    marks = [t for t in figure["data"] if "markers" in t["mode"]]
    targets = sorted(x for t in marks if t["marker"]["symbol"].startswith("triangle") for x in t["x"])
    hollow = [x for t in marks if t["marker"]["symbol"] == "circle-open" for x in t["x"]]
    drawn = [
        r
        for g in compare_targets(tiny_graph)
        if len(g.rows) > 1 or any(r.reached for r in g.rows)
        for r in g.rows
    ]
    assert targets == sorted(r.figure.end for r in drawn)
    assert set(targets) >= {2024, 2025}
    assert 2015 in hollow


def test_the_bars_count_the_changes(tiny: SiteContext, tiny_graph: GraphStore) -> None:
    """浙江 2016 → 2022: 抗体药物 stays, 化学原料药 goes, 海洋多肽探针 comes; 杭州医药港 stays."""
    figure = english(chart(changes_view, tiny, "chart-changes"))
    counts = {trace["name"]: trace["x"] for trace in figure["data"]}
    found = diff(tiny_graph, "zhejiang-2016", "zhejiang-2022")
    assert [counts[k][0] for k in ("entered", "kept", "dropped")] == [1, 1, 1]
    assert [counts[k][1] for k in ("entered", "kept", "dropped")] == [0, 1, 0]
    assert counts["entered"][2] == len(found.targets.entered) == 1


def test_what_is_known_of_a_silent_document_stands_on_its_side(tiny: SiteContext) -> None:
    """化学原料药 goes: the plan of 2022 is silent; 海洋多肽探针 comes: that of 2016 is. Nothing was measured."""
    page = next(p for p in changes_view(tiny) if isinstance(p, Page))
    items = {i.zh: i for part, _, found in page.values["groups"] if part == "fields" for i in found}
    assert (len(items["化学原料药"].old), len(items["化学原料药"].new)) == (1, 0)
    assert (len(items["海洋多肽探针"].old), len(items["海洋多肽探针"].new)) == (0, 1)
    assert {name: items[name].silent for name in ("化学原料药", "海洋多肽探针", "抗体药物")} == {
        "化学原料药": ("未找到", "not found"), "海洋多肽探针": ("未找到", "not found"), "抗体药物": ("", ""),
    }  # fmt: skip
    assert page.values["certain"] == [(part, "", "not found") for part in ("fields", "clusters", "targets")]


def test_quotes_that_are_left_out_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The older plan makes 抗体药物 a priority in three sentences, of which two stand on the page; the newer in one."""
    text, rows = PLANS["zhejiang-2016"]
    keys = {"field": "抗体药物", "category": "生物药", "parent": None}
    again = [("plan_field", quote, keys) for quote in ("着力壮大抗体药物", "大力提升抗体药物")]
    monkeypatch.setitem(
        PLANS, "zhejiang-2016", (f"{text}着力壮大抗体药物。大力提升抗体药物。\n", [*rows, *again])
    )
    page = next(p for p in changes_view(context(build_in_memory(tiny_plans()))) if isinstance(p, Page))
    items = [i for part, _, found in page.values["groups"] if part == "fields" for i in found]
    (item,) = (i for i in items if i.zh == "抗体药物")
    assert (len(item.old), len(item.new), item.more) == (2, 1, (1, 0))


def test_sectors_keep_their_names_in_one_line(tiny: SiteContext) -> None:
    (trace,) = english(chart(fields_view, tiny, "chart-fields"))["data"]
    sectors = [label for label, parent in zip(trace["labels"], trace["parents"], strict=True) if not parent]
    assert sectors
    assert not any("<br>" in label for label in sectors)


def test_cities_of_one_name_are_told_apart(tiny: SiteContext) -> None:
    """泰州 lies in 江苏, 台州 in 浙江."""
    names = {t.zh: t.en for t in tiny.things.values() if t.en.startswith("Taizhou")}
    assert names == {"泰州市": "Taizhou (Jiangsu)", "台州市": "Taizhou (Zhejiang)"}


def test_the_pieces_of_a_passage_are_its_quote(marked: GraphStore) -> None:
    """The sentence differs in 创新 and 改良; around it the names of the places do."""
    (one,) = [r for r in reuse(marked) if "疗效确切" in r.a.quote]
    a, b = pieces(one, "a"), pieces(one, "b")
    assert "".join(text for text, _ in a) == one.a.quote
    assert "".join(text for text, _ in b) == one.b.quote
    assert {text for text, differs in (*a, *b) if differs} >= {"创新", "改良"}
    assert {sentence in one.a.quote + one.b.quote for sentence in (COMMON, CHANGED)} == {True}


@pytest.mark.parametrize("view", VIEWS, ids=lambda v: v.__name__)
def test_every_view_has_its_csv(view: Any, tiny: SiteContext) -> None:
    files = [f for f in view(tiny) if isinstance(f, File) and f.path.endswith(".csv")]
    assert files
    for file in files:
        rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
        assert all(len(row) == len(rows[0]) for row in rows)


def test_saved_queries_run_as_they_are_offered(tiny: SiteContext, tiny_graph: GraphStore) -> None:
    offered = saved(tiny)
    assert len(offered) > 15
    for query in offered:
        tiny_graph.query(query["text"])
        assert "?_" not in query["text"]


def test_completion_is_from_our_ontology(tiny: SiteContext) -> None:
    found = terms(tiny)
    names = {name for _, name, *_ in found}
    assert {"pp:hosts", "pp:Cluster", "pp:focusesOn", "rdfs:label"} <= names
    assert {kind for kind, name, *_ in found if name == "pp:Cluster"} == {"class"}
    assert [zh for _, name, zh, _ in found if name == "pp:hosts"] == ["拥有集聚地"]


def test_a_graph_of_one_document_and_an_empty_one_make_whole_sites(tmp_path: Path) -> None:
    """Every page is rendered, and says that there is nothing to compare."""
    one = write_site(build_in_memory(marked_plans()[:1]), tmp_path / "one").path
    none = write_site(GraphStore.in_memory([]), tmp_path / "none").path
    for site in (one, none):
        pages = {path.stem: path.read_text("utf-8") for path in (site / "views").glob("*.html")}
        assert "没有两方可以比较" in pages["overlap"]
        assert "没有同一地区的两份文件" in pages["changes"]
        assert "没有相同的段落" in pages["reuse"]
        assert 'data-chart="overlap"' not in pages["overlap"]
