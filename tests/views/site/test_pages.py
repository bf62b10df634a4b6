"""The pages: all links lead somewhere, what documents say stays text, and what stands where."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest

from kg.graph.store import GraphStore
from kg.views.site.context import context
from kg.views.site.documents import fact_table
from kg.views.site.lists import LISTS
from kg.views.site.packing import MOST
from kg.views.site.page import File
from kg.views.site.page import Page as SitePage
from kg.views.site.paths import reader_path
from kg.views.site.reader import reader_pages
from kg.views.site.render import policy
from kg.views.site.write import write_site

from ..plans import EVIL
from .conftest import CORE
from .html import Page, pages

_STATE = re.compile(r"(?:c=\d+-\d+|facts\..+)")  # what scripts read from the address


@pytest.mark.parametrize("fixture", ["site", "tiny_site"])
def test_every_link_leads_to_a_file_and_an_anchor_of_the_site(
    fixture: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(fixture)
    found = pages(folder)
    assert len(found) >= 40
    broken = []
    for path, page in found.items():
        packed = [posixpath.relpath(v[2], posixpath.dirname(path) or ".") for v in page.packed if len(v) > 2]
        for link in (*page.links, *packed):
            target, anchor = urldefrag(link)
            assert not re.match(r"[a-z]+:|/", link), (path, link)
            at = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target)))
                if target
                else path
            )
            known = (folder / at).is_file()
            anchor = re.sub("^s=", "s-", anchor)
            if not known or (anchor and not _STATE.fullmatch(anchor) and anchor not in found[at].ids):
                broken.append((path, link))
    assert broken == []


def test_ids_stand_once_in_a_page(tiny_site: Path) -> None:
    twice = {path: page.ids for path, page in pages(tiny_site).items() if len(page.ids) != len(set(page.ids))}
    assert twice == {}


def test_every_quote_leads_to_its_own_words(tiny_site: Path, tiny_graph: GraphStore) -> None:
    texts = {reader_path(doc): tiny_graph.text(doc) for doc in tiny_graph.documents()}
    link = re.compile(r'<a class="q" lang="zh" href="\.\./([^"#]+)#c=(\d+)-(\d+)">(.*?)</a>')
    seen = 0
    for path in tiny_site.rglob("*.html"):
        for target, start, end, words in link.findall(path.read_text("utf-8")):
            quote = words.replace("<b>", "").replace("</b>", "")
            assert texts[target][int(start) : int(end)] == quote
            seen += 1
    assert seen > 60


def test_markup_in_names_and_texts_stays_text(site: Path) -> None:
    evil = 0
    for path, page in pages(site).items():
        assert page.tags("img") == [], path
        own = ("assets/", "../assets/")
        for script in page.tags("script"):
            fine = str(script.get("src", "")).startswith(own) or script.get("type") == "application/json"
            assert fine, (path, script)
        evil += EVIL in page.text
    assert evil >= 3  # its own page, the lists, the reader


def test_no_page_has_a_script_within_or_an_address_outside(site: Path) -> None:
    for path, page in pages(site).items():
        metas = {m.get("http-equiv"): m.get("content") for m in page.tags("meta")}
        assert metas["Content-Security-Policy"] == policy({}), path
        assert not [a for _, attributes in page.elements for a in attributes if a.startswith("on")], path


def test_the_policy_allows_nothing_but_the_folder() -> None:
    assert policy({}).startswith("default-src 'none'; script-src 'self' file:;")
    assert "connect-src 'self'" in policy({"connect-src": "'self'"})


def test_the_reader_holds_the_text_as_it_was_given(tiny_site: Path, tiny_graph: GraphStore) -> None:
    for doc in tiny_graph.documents():
        assert "\n".join(Page(tiny_site / reader_path(doc)).lines) == tiny_graph.text(doc)


def test_a_province_has_its_cities_clusters_fields_and_targets(tiny_site: Path) -> None:
    # tiny_plans.py, JIANGSU: two clusters (苏州生物医药产业园, 泰州中国医药城), 新型疫苗 in two cities, one target.
    page = Page(tiny_site / "region/320000.html")
    text = " ".join(page.text.split())
    assert "产业集聚地Clusters 2" in text
    assert "产品领域Product fields 1" in text
    assert "量化目标Targets 1" in text
    for name in ("苏州生物医药产业园", "泰州中国医药城", "南京重点发展新型疫苗", "5000亿元", "中国药科大学"):
        assert name in text


def test_a_field_names_regions_by_province_with_stance(tiny_site: Path) -> None:
    # 新型疫苗: 南京 develops it, 泰州 is strong in it, both in 江苏; no plan prioritises it.
    (path,) = tiny_site.glob("field/xin-xing-yi-miao*.html")
    text = " ".join(Page(path).text.split())
    assert "发展它的地区Regions that develop it 2" in text
    assert "南京市Nanjing发展方向develops" in text
    assert "泰州市Taizhou (Jiangsu)已有优势strength" in text
    assert "将其列为重点的文件" not in text


def test_a_long_table_travels_as_data_with_links_that_lead_somewhere(
    tiny_graph: GraphStore, tmp_path: Path
) -> None:
    site = context(tiny_graph)
    doc = tiny_graph.documents()[0]
    facts = tuple(s for s in site.book.facts(doc) if s.type != "document") * MOST
    table = fact_table(site, facts)
    values: dict[str, Any] = {"table": table, "listed": LISTS[0], "style": None}
    view = SitePage("document/long.html", "list.html", "甲", "A", values)
    out = write_site(tiny_graph, tmp_path / "out", views=[lambda _: [view], reader_pages], entries=()).path
    page = Page(out / "document/long.html")
    quotes = [v for v in page.packed if len(v) == 4]
    assert {v[0] for v in quotes} == {s.evidence.quote for s in facts}
    for words, _, href, _ in quotes:
        start, end = map(int, href.partition("#c=")[2].split("-"))
        assert tiny_graph.text(doc)[start:end] == words
        assert (out / href.partition("#")[0]).is_file()


def test_a_document_lists_its_facts_by_place(tiny_site: Path, tiny_graph: GraphStore) -> None:
    # tiny_plans.py, NEWER: two priority fields, a target, a cluster; the fact of the document itself is no row.
    doc = next(d for d in tiny_graph.documents() if "2022" in d)
    site = context(tiny_graph)
    page = Page(tiny_site / site.paths[site.plan(doc).iri])
    assert "全部事实All facts 4" in " ".join(page.text.split())


def test_a_target_says_what_is_to_be_reached_by_when(tiny_site: Path) -> None:
    found = [Page(path).text for path in tiny_site.glob("target/*.html") if path.name != "index.html"]
    (text,) = [" ".join(t.split()) for t in found if "5000" in t.partition("同一指标")[0]]
    for words in ("不低于 5000亿元", "at least 5000亿元", "2025", "全省医药工业", "江苏省"):
        assert words in text


def test_the_search_index_knows_every_page_of_a_thing(tiny_site: Path, tiny_graph: GraphStore) -> None:
    script = (tiny_site / "assets/search-index.js").read_text("utf-8")
    data = json.loads(script.removeprefix("window.kgIndex = ").removesuffix(";\n"))
    rows = {row[0]: row for row in data["things"]}
    assert set(rows) == set(context(tiny_graph).paths.values())
    assert rows["region/320500.html"][2:5] == ["苏州市", "Suzhou", "su zhou shi"]


def test_two_views_cannot_make_the_same_file(tiny_graph: GraphStore, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two views"):
        write_site(tiny_graph, tmp_path / "out", views=[lambda _: [File("A.txt", b""), File("a.txt", b"")]])


def test_data_of_a_page_cannot_end_its_script(tiny_graph: GraphStore, tmp_path: Path) -> None:
    def view(_: object) -> list[SitePage]:
        values: dict[str, Any] = {"quality": []}
        return [SitePage("about.html", "about.html", "甲", "A", values, data={"x": {"q": "</script><b>"}})]

    out = write_site(tiny_graph, tmp_path / "out", views=[view], entries=()).path
    html = (out / "about.html").read_text("utf-8")
    (data,) = re.findall(r'<script type="application/json" id="data-x">(.*?)</script>', html)
    assert json.loads(data) == {"q": "</script><b>"}


def test_all_core_views_are_known() -> None:
    assert {view.__name__ for view in CORE} >= {"start_page", "region_pages", "reader_pages", "search_index"}
