"""The charts in a real browser: clicks open quotes, nothing is fetched, markup in names stays text."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.errors import NpmError
from kg.graph.store import GraphStore
from kg.views.charts.npm import packages
from kg.views.charts.overlap import overlap_view
from kg.views.charts.views import chart_files
from kg.views.site.context import SiteOptions
from kg.views.site.write import write_site

from .plans import BOLD, LINK

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
PAGES = (
    "map", "overlap", "overlap-cities", "overlap-documents", "specialisation", "specialisation-cities", "fields",
    "targets", "changes", "reuse", "networks", "networks-clusters", "networks-whole",
)  # fmt: skip
SIZES = ((1440, 900), (390, 844))


def wait(condition: Any, seconds: float = 15.0) -> Any:
    end = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def opened(browser: Any, site: Path, page: str, width: int = 1440, height: int = 900) -> None:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get("about:blank")
    for log in ("browser", "performance"):
        browser.get_log(log)
    browser.get(f"{site.as_uri()}/{page}")
    script = "return document.readyState === 'complete'"
    assert wait(lambda: browser.execute_script(script))


def drawn(browser: Any) -> None:
    script = "return [...document.querySelectorAll('.chart')].every((c) => c.querySelector('.main-svg'))"
    assert wait(lambda: browser.execute_script(script))


def quiet(browser: Any, site: Path) -> None:
    """Nothing on the console, and no request for anything outside the folder."""
    assert [e for e in browser.get_log("browser") if e["level"] in ("SEVERE", "WARNING")] == []
    messages = [json.loads(e["message"])["message"] for e in browser.get_log("performance")]
    asked = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    assert [u for u in asked if not u.startswith((site.as_uri(), "data:", "blob:", "about:"))] == []


def clicked(browser: Any, chart: str, x: float, y: float) -> None:
    """A click at a place of the plot, given as shares of its width and height."""
    from selenium.webdriver.common.action_chains import ActionChains

    plot = browser.find_element("css selector", f"{chart} .nsewdrag")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", plot)
    box = browser.execute_script(
        "const b = arguments[0].getBoundingClientRect(); return [b.x, b.y, b.width, b.height]", plot
    )
    at = (round(box[0] + x * box[2]), round(box[1] + y * box[3]))
    chain = ActionChains(browser)
    chain.w3c_actions.pointer_action.move_to_location(at[0] - 3, at[1] - 3)
    chain.w3c_actions.pointer_action.move_to_location(*at)
    chain.pause(0.2)
    chain.w3c_actions.pointer_action.click()
    chain.perform()


@pytest.mark.parametrize("page", PAGES)
def test_every_view_is_drawn_at_both_sizes_and_quietly(browser: Any, marked_site: Path, page: str) -> None:
    for width, height in SIZES:
        opened(browser, marked_site, f"views/{page}.html", width, height)
        drawn(browser)
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, f"{page} is {wide} pixels wide in a window of {width}"
        assert browser.execute_script("return window.hacked") is None
        quiet(browser, marked_site)


def test_a_cell_of_the_matrix_opens_the_quotes_of_both_sides(browser: Any, marked_site: Path) -> None:
    opened(browser, marked_site, "views/overlap.html")
    drawn(browser)
    clicked(browser, ".chart", 0.75, 0.25)
    pair = browser.find_element("id", "pair-1")
    assert wait(lambda: pair.get_attribute("open"))
    assert wait(lambda: len(pair.find_elements("css selector", "blockquote a")) >= 4)
    text = pair.text
    assert f"重点发展{BOLD}" in text
    assert LINK in text
    links = [a.get_attribute("href") for a in pair.find_elements("css selector", "blockquote a")]
    assert {link.rpartition("/")[2].partition(".")[0] for link in links} == {"jiangsu", "shandong"}
    pair.find_element("css selector", "blockquote a").click()
    assert wait(lambda: "/reader/jiangsu.html" in browser.current_url)
    quiet(browser, marked_site)


def test_a_pair_opens_by_keyboard(browser: Any, marked_site: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    opened(browser, marked_site, "views/overlap-cities.html")
    summary = browser.find_element("css selector", "#pair-1 > summary")
    summary.send_keys(Keys.ENTER)
    assert wait(lambda: "南京市重点发展" in browser.find_element("id", "pair-1").text)
    assert "济南市重点发展" in browser.find_element("id", "pair-1").text


def test_markup_in_names_is_text_in_charts(browser: Any, marked_site: Path) -> None:
    opened(browser, marked_site, "views/fields.html")
    drawn(browser)
    assert LINK in browser.find_element("css selector", ".chart").text.replace("\n", "")
    assert browser.find_elements("css selector", ".chart a[href^='https://evil']") == []
    assert browser.find_elements("css selector", "main a[href^='https://evil']") == []
    assert (
        browser.execute_script("return [...document.querySelectorAll('main b')].map((b) => b.textContent)")
        == []
    )


def test_labels_follow_the_language(browser: Any, marked_site: Path) -> None:
    opened(browser, marked_site, "views/overlap.html?lang=zh")
    drawn(browser)
    chart = browser.find_element("css selector", ".chart")
    assert "江苏省" in chart.text
    browser.find_element("id", "language").click()
    assert wait(lambda: "Jiangsu" in browser.find_element("css selector", ".chart").text)
    browser.find_element("id", "language").click()


def test_the_network_within_a_page_follows_its_language(browser: Any, marked_site: Path) -> None:
    opened(browser, marked_site, "views/networks-whole.html?lang=zh")
    browser.find_element("id", "language").click()

    def heading() -> str:
        browser.switch_to.frame(browser.find_element("css selector", "iframe.frame"))
        try:
            return str(browser.execute_script("return document.documentElement.lang"))
        finally:
            browser.switch_to.default_content()

    assert wait(lambda: heading() == "en")
    browser.find_element("id", "language").click()
    assert wait(lambda: heading() == "zh-CN")
    quiet(browser, marked_site)


def test_pairs_stand_in_the_order_of_the_measure_that_is_shown(
    browser: Any, tiny_graph: GraphStore, tmp_path: Path
) -> None:
    """Of the tiny plans guide and 浙江 2016, and 江苏 and 浙江 2022, have years in common."""
    site = write_site(tiny_graph, tmp_path / "site", views=(chart_files, overlap_view), entries=()).path
    opened(browser, site, "views/overlap-documents.html")
    drawn(browser)
    script = """
        const { choices, zh: { data: [{ customdata }] } } = kg.data("chart-overlap");
        const of = (id) => choices[document.querySelector("select").value].z.flat()[
          customdata.flat().findIndex((c) => c && c[0] === `open:${id}`)];
        return [...document.querySelectorAll("#pairs > details")].map((d) => of(d.id));"""
    for measure in ("weighted", "shared"):
        browser.execute_script(
            "const s = document.querySelector('select'); s.value = arguments[0]; s.dispatchEvent(new Event('change'));",
            measure,
        )
        values = browser.execute_script(script)
        assert len(values) > 1
        assert values == sorted(values, reverse=True)


def test_the_map_counts_anew_for_a_field_and_shows_its_quotes(browser: Any, marked_site: Path) -> None:
    opened(browser, marked_site, "views/map.html?measure=quotes&place=320000")
    drawn(browser)
    assert wait(lambda: browser.find_element("id", "map-place").is_displayed())
    assert f"重点发展{BOLD}" in browser.find_element("id", "map-place").text
    rows = browser.find_element("css selector", "#map-provinces tbody").text
    assert "江苏省 0 3" in " ".join(rows.split())  # two priorities, and 南京市
    select = browser.find_element("id", "map-field")
    option = next(
        o for o in select.find_elements("tag name", "option") if LINK in o.get_attribute("textContent")
    )
    option.click()
    assert wait(
        lambda: (
            "江苏省 0 1"
            in " ".join(browser.find_element("css selector", "#map-provinces tbody").text.split())
        )
    )


def test_passages_are_filtered_and_differences_marked(browser: Any, marked_site: Path) -> None:
    opened(browser, marked_site, "views/reuse.html?kind=")
    drawn(browser)
    marks = {m.text for m in browser.find_elements("css selector", ".passage mark")}
    assert {"创新", "改良"} <= marks
    shown = "return [...document.querySelectorAll('.passage')].filter((p) => !p.hidden).length"
    before = browser.execute_script(shown)
    browser.execute_script(
        "const s = document.querySelector('[name=kind]'); s.value = 'boilerplate';"
        " s.dispatchEvent(new Event('change', {bubbles: true}))"
    )
    assert browser.execute_script(shown) < before


@pytest.fixture(scope="module")
def sparql_site(marked: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with the SPARQL page; skips where npm is missing or cannot fetch."""
    if shutil.which("npm") is None:
        pytest.skip("no npm here: apt-get install npm")
    try:
        packages()
    except NpmError as error:
        pytest.skip(f"the packages of the SPARQL page cannot be fetched: {error}")
    return write_site(marked, tmp_path_factory.mktemp("sparql") / "site", SiteOptions(sparql=True)).path


def asked(browser: Any, query: str) -> str:
    """The state of the page after a query."""
    script = (
        "kgSparql.editor.setValue(arguments[0]); document.getElementById('sparql').dataset.state = 'asking'"
    )
    browser.execute_script(script, query)
    browser.find_element("id", "sparql-run").click()
    state = "return document.getElementById('sparql').dataset.state"
    assert wait(lambda: browser.execute_script(state) in ("answered", "error"), 30)
    return str(browser.execute_script(state))


@pytest.fixture
def sparql(browser: Any, sparql_site: Path) -> Iterator[Any]:
    opened(browser, sparql_site, "views/sparql.html")
    ready = "return document.getElementById('sparql').dataset.state === 'ready'"
    assert wait(lambda: browser.execute_script(ready), 30)
    yield browser
    quiet(browser, sparql_site)


def test_sparql_is_answered_in_the_page(sparql: Any) -> None:
    assert (
        asked(sparql, "SELECT ?city ?name { ?city pp:within id:region\\/320000 ; rdfs:label ?name }")
        == "answered"
    )
    assert asked(sparql, "ASK { region:320100 pp:within region:320000 }") == "answered", "kinds are prefixes"
    assert sparql.find_element("id", "sparql-answer").text[:1] in "是Y"
    query = """SELECT ?doc ?start ?end ?quote ?field {
      ?a rdf:predicate pp:develops ; rdf:object ?field ; pp:quote ?quote ; pp:start ?start ; pp:end ?end ;
         prov:wasDerivedFrom/dcterms:identifier ?doc } ORDER BY ?doc"""
    assert asked(sparql, query) == "answered"
    rows = sparql.find_elements("css selector", "#sparql-answer tbody tr")
    assert len(rows) == 2
    assert f"南京市重点发展{BOLD}" in rows[0].text
    links = [a.get_attribute("href") for a in rows[0].find_elements("tag name", "a")]
    assert any("/reader/jiangsu.html#c=" in link for link in links)
    assert any("/field/" in link for link in links)


def test_sparql_asks_constructs_and_says_what_is_wrong(sparql: Any) -> None:
    assert asked(sparql, "ASK { ?d a pp:PolicyDocument }") == "answered"
    assert (
        "是" in sparql.find_element("id", "sparql-answer").text
        or "Yes" in sparql.find_element("id", "sparql-answer").text
    )
    assert (
        asked(sparql, "CONSTRUCT { ?d a pp:PolicyDocument } WHERE { ?d a pp:PolicyDocument }") == "answered"
    )
    assert len(sparql.find_elements("css selector", "#sparql-answer tbody tr")) == 2
    assert asked(sparql, "SELECT WHERE") == "error"
    assert asked(sparql, "SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }") == "error"


def test_an_endless_query_can_be_stopped(sparql: Any) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    sparql.execute_script("kgSparql.editor.setValue(arguments[0])", endless)
    sparql.find_element("id", "sparql-run").click()
    assert wait(lambda: sparql.find_element("id", "sparql-stop").is_displayed())
    sparql.find_element("id", "sparql-stop").click()
    assert wait(lambda: sparql.find_element("id", "sparql-run").is_enabled(), 30)
    assert asked(sparql, "ASK {}") == "answered"


def test_completion_offers_our_terms(sparql: Any) -> None:
    sparql.execute_script(
        "const e = kgSparql.editor; e.setValue('SELECT * WHERE { ?s pp:host }'); e.setCursor({line: 0, ch: 27}); e.focus();"
        " e.autocomplete()"
    )
    assert wait(
        lambda: "pp:hosts" in [o.text for o in sparql.find_elements("css selector", ".CodeMirror-hint")]
    )
