"""Results in a real browser: a quote opens by a click, a picture is drawn, nothing is fetched, nothing runs."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsers import chromium

from kg.notebook.graph import Graph

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless Chromium; skips where there is none."""
    with chromium() as driver:
        yield driver


def opened(browser: Any, folder: Path, html: str) -> str:
    """The address of a page with the given HTML in its body, as a notebook puts it there."""
    page = folder / "cell.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><link rel=icon href='data:,'><body>{html}", "utf-8")
    browser.get("about:blank")
    for log in ("browser", "performance"):
        browser.get_log(log)
    browser.get(page.as_uri())
    return page.as_uri()


def fetched(browser: Any) -> set[str]:
    """All that was asked for over any connection."""
    messages = [json.loads(e["message"])["message"] for e in browser.get_log("performance")]
    asked = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    return {u for u in asked if not u.startswith(("data:", "about:", "blob:"))}


def test_a_quote_opens_by_a_click(browser: Any, graph: Graph, tmp_path: Path) -> None:
    address = opened(browser, tmp_path, graph.sparql("cities-clusters", region="苏州")._repr_html_())
    assert "空间布局" not in browser.find_element("tag name", "table").text
    browser.find_element("tag name", "summary").click()
    assert "江苏省医药规划 › 二、空间布局" in browser.find_element("tag name", "table").text
    assert browser.find_element("tag name", "mark").text == "苏州生物医药产业园聚焦抗体药物和细胞治疗"
    assert fetched(browser) == {address}
    assert browser.get_log("browser") == []


def test_names_that_are_markup_run_nowhere(browser: Any, evil: Graph, tmp_path: Path) -> None:
    found = evil.sparql("SELECT ?city ?cluster { ?city pp:hosts ?cluster }")
    opened(browser, tmp_path, found._repr_html_() + found.network()._repr_html_())
    frame = browser.find_element("tag name", "iframe")
    assert "<script>window.hacked=1</script>" in browser.find_element("tag name", "table").text
    assert browser.execute_script("return window.hacked") is None
    browser.switch_to.frame(frame)
    assert browser.execute_script("return window.hacked") is None


def test_a_network_is_drawn_in_its_frame_and_fetches_nothing(
    browser: Any, graph: Graph, tmp_path: Path
) -> None:
    picture = graph.sparql("cities-clusters").network()
    address = opened(browser, tmp_path, picture._repr_html_())
    browser.switch_to.frame(browser.find_element("tag name", "iframe"))
    end = time.monotonic() + 15
    ready = "return document.documentElement.dataset.ready"
    while browser.execute_script(ready) != "1" and time.monotonic() < end:
        time.sleep(0.05)
    labels = browser.execute_script("return nodes.get().map((n) => n.label.replace(/\\n/g, ''))")
    assert {"苏州市", "苏州生物医药产业园"} <= set(labels)
    # A click on an edge shows its quotes; here the event is sent as vis-network would send it.
    edge = browser.execute_script(
        "var e = edges.get().find((e) => nodes.get(e.from).label === '苏州市');"
        "network.body.emitter.emit('click', {edges: [e.id], nodes: []}); return e.id"
    )
    assert edge
    assert "苏州生物医药产业园聚焦抗体药物和细胞治疗" in browser.find_element("id", "said").text
    assert fetched(browser) == {address}
    assert [e for e in browser.get_log("browser") if e["level"] == "SEVERE"] == []
