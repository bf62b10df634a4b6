"""The query page and the explorer in a real browser, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from browsers import chromium

from .conftest import Running, ended, started
from .endless import until

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
CITIES = (
    "SELECT DISTINCT ?name { ?city pp:hosts/pp:focusesOn/rdfs:label '抗体药物'@zh ; rdfs:label ?name "
    "FILTER(LANG(?name) = 'zh') }"
)
EVIL = "<img src=x onerror=alert(1)></textarea><script>document.title='hacked'</script>"


@pytest.fixture(scope="module", params=["scripts", "no-scripts"])
def browser(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Headless Chromium; skips where there is none."""
    with chromium(scripts=request.param == "scripts") as driver:
        yield driver
        assert [e for e in driver.get_log("browser") if "400 (Bad Request)" not in e["message"]] == []


def ask(browser: Any, server: Running, query: str) -> None:
    browser.get(server.sparql)
    field = browser.find_element("id", "query")
    field.clear()
    field.send_keys(query)
    run(browser)


def run(browser: Any) -> None:
    browser.find_element("css selector", "button[type=submit]").click()
    assert until(lambda: browser.find_elements("css selector", "#answer, #problem, #truth"))


def cells(browser: Any) -> list[str]:
    return sorted(cell.text for cell in browser.find_elements("css selector", "#answer td"))


def test_a_question_is_typed_and_answered(browser: Any, server: Running) -> None:
    ask(browser, server, CITIES)
    # tiny_plans.py: 苏州生物医药产业园 and 杭州医药港 focus on 抗体药物
    assert cells(browser) == ["杭州市 @zh", "苏州市 @zh"]
    assert browser.find_element("id", "query").get_attribute("value").strip() == CITIES
    browser.find_element("link text", "csv")
    link = browser.find_element("link text", "csv").get_attribute("href")
    assert httpx.get(link).text.split() == [
        "name",
        *sorted(["苏州市", "杭州市"], key=httpx.get(link).text.index),
    ]


def test_the_question_on_the_page_has_an_answer(browser: Any, server: Running) -> None:
    browser.get(server.sparql)
    run(browser)
    assert "苏州生物医药产业园 @zh" in cells(browser)


def test_a_thing_in_an_answer_leads_to_what_is_said_of_it(browser: Any, server: Running) -> None:
    ask(browser, server, "SELECT ?park { ?park a pp:Park }")
    browser.find_element("css selector", "#answer a").click()
    assert until(lambda: any("产业园" in cell for cell in cells(browser)))


def test_a_mistake_is_shown_with_its_place(browser: Any, server: Running) -> None:
    ask(browser, server, "SELECT * { ?s rdfs:label }")
    said = browser.find_element("id", "problem").text
    assert said.startswith("line 1, column 26: unexpected '}'")
    assert browser.find_element("id", "query").get_attribute("value").strip() == "SELECT * { ?s rdfs:label }"


def test_truth_and_triples(browser: Any, server: Running) -> None:
    ask(browser, server, "ASK { ?s ?p ?o }")
    assert browser.find_element("id", "truth").text == "是 yes"
    ask(browser, server, "CONSTRUCT { ?c a pp:Park } { ?c a pp:Park }")
    assert len(cells(browser)) == 3
    assert "turtle" in browser.find_element("tag name", "body").text


def test_markup_in_queries_and_answers_is_text(browser: Any, server: Running) -> None:
    ask(browser, server, f'SELECT ?evil {{ VALUES ?evil {{ "{EVIL}" }} }}')
    assert cells(browser) == [EVIL]
    assert "hacked" not in browser.title
    assert browser.find_elements("css selector", "img, script") == []
    ask(browser, server, f"SELECT {EVIL}")
    assert browser.find_element("id", "problem").is_displayed()
    assert browser.find_elements("css selector", "img, script") == []


def test_a_long_answer_says_that_it_is_cut(browser: Any, server: Running) -> None:
    ask(browser, server, "SELECT ?s { ?s ?p ?o } LIMIT 501")
    assert len(cells(browser)) == 500
    assert "500+" in browser.find_element("tag name", "h2").text
    assert "前 500 行" in browser.find_element("tag name", "body").text


def test_the_saved_questions_are_ready_to_ask(browser: Any, server: Running) -> None:
    browser.get(server.sparql)
    links = [a.get_attribute("href") for a in browser.find_elements("css selector", "details a")]
    assert len(links) > 5
    for link in links:
        assert httpx.get(link, headers={"Accept": "text/html"}, timeout=60).status_code == 200


@pytest.mark.slow
def test_the_explorer_opens_where_the_server_stands(browser: Any, tiny_store: Path) -> None:
    running = started(tiny_store)
    try:
        browser.get(running.address)
        assert until(
            lambda: browser.find_elements("id", "top"), 120
        )  # the page of the explorer replaces the first
        assert "医药" in browser.title
        link = browser.find_element("css selector", "main a[href='sparql']")
        assert link.get_property("href") == f"{running.address.rstrip('/')}/sparql"
        browser.get(link.get_property("href"))
        assert browser.find_elements("css selector", "textarea[name=query]")
    finally:
        assert ended(running)[0] == 0
