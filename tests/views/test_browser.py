"""The page in a real browser: it fetches nothing, says nothing on the console, and can be used by keyboard."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.graph.store import GraphStore
from kg.views.network import write

from .plans import EVIL

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")


def wait(condition: Any, seconds: float = 10.0) -> Any:
    end = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


@pytest.fixture(scope="module")
def address(store: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> str:
    return write(store, tmp_path_factory.mktemp("page") / "network.html").path.as_uri()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    opened(browser, address)
    yield browser
    assert [e for e in browser.get_log("browser") if e["level"] in ("SEVERE", "WARNING")] == []


def opened(browser: Any, address: str, width: int = 1600, height: int = 1000) -> None:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get("about:blank")
    for log in ("browser", "performance"):
        browser.get_log(log)
    browser.get(address)
    assert wait(lambda: browser.execute_script("return document.documentElement.dataset.ready"))


def keys(page: Any, *pressed: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(page).send_keys(*pressed).perform()


def searched(page: Any, text: str) -> None:
    from selenium.webdriver.common.keys import Keys

    query = page.find_element("id", "query")
    query.clear()
    query.send_keys(text, Keys.ENTER)
    assert wait(lambda: page.find_element("id", "panel").is_displayed())


def panel(page: Any) -> str:
    return str(page.find_element("id", "panel").text)


def visible(page: Any) -> set[str]:
    script = "return nodes.get({filter: (n) => !n.hidden}).map((n) => n.label.replace(/\\n/g, ''))"
    return set(page.execute_script(script))


def box(page: Any, list_: str, text: str) -> Any:
    """The check box of a filter by the text beside it."""
    return page.find_element("xpath", f"//*[@id='{list_}']//label[contains(., '{text}')]/input")


def test_nothing_is_fetched_but_the_file(page: Any, address: str) -> None:
    messages = [json.loads(e["message"])["message"] for e in page.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert {u for u in asked if not u.startswith(("data:", "about:", "blob:"))} == {address}
    script = "return performance.getEntriesByType('resource').map((e) => e.name).filter((n) => !n.startsWith('data:'))"
    assert page.execute_script(script) == []


def test_the_panel_shows_each_statement_with_document_section_and_quote(page: Any) -> None:
    searched(page, "苏州生物医药产业园")
    text = panel(page)
    assert "苏州生物医药产业园聚焦抗体药物和细胞治疗" in text
    assert "江苏省医药规划" in text
    assert "空间布局" in text
    assert "细胞治疗" in text
    assert "坐落于" in text


def test_a_name_that_looks_like_markup_is_shown_as_text(page: Any) -> None:
    searched(page, "window.hacked")
    assert EVIL in panel(page)
    assert page.execute_script("return window.hacked") is None
    assert page.execute_script("return document.querySelectorAll('#panel img, #panel script').length") == 0
    page.execute_script("document.querySelectorAll('#panel details').forEach((d) => { d.open = true; })")
    assert "主攻</script>疫苗" in panel(page)


def test_a_name_is_found_in_english_pinyin_and_short_form(page: Any) -> None:
    for text, title in [("Suzhou", "苏州市"), ("kangtiyaowu", "抗体药物"), ("苏州市", "苏州市")]:
        searched(page, text)
        assert page.find_element("id", "panel-name").text == title


def test_the_panel_is_reached_and_left_by_keyboard(page: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    searched(page, "抗体药物")
    assert page.switch_to.active_element.get_attribute("id") == "panel-name"
    keys(page, Keys.TAB)
    assert page.execute_script("return document.getElementById('panel').contains(document.activeElement)")
    keys(page, Keys.ESCAPE)
    assert not page.find_element("id", "panel").is_displayed()
    assert page.switch_to.active_element.get_attribute("id") == "query"


def test_a_name_in_the_panel_leads_on(page: Any) -> None:
    searched(page, "苏州生物医药产业园")
    page.find_element("xpath", "//*[@id='panel']//button[contains(., '抗体药物')]").click()
    assert page.find_element("id", "panel-name").text == "抗体药物"
    assert page.execute_script("return decodeURI(location.hash)").startswith("#field/")


def test_a_click_on_a_node_opens_its_panel(page: Any) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    canvas = page.find_element("id", "mynetwork")
    at = page.execute_script(
        "const n = nodes.get({filter: (n) => n.label.includes('杭州市')})[0];"
        "const p = network.canvasToDOM(network.getPositions([n.id])[n.id]);"
        "const c = document.getElementById('mynetwork'); return [p.x - c.clientWidth / 2, p.y - c.clientHeight / 2]"
    )
    ActionChains(page).move_to_element_with_offset(canvas, *at).pause(0.3).perform()
    assert wait(lambda: "杭州市" in page.find_element("id", "tip").text)
    ActionChains(page).click().perform()
    assert wait(lambda: page.find_element("id", "panel").is_displayed())
    assert page.find_element("id", "panel-name").text == "杭州市"


def test_filters_hide_kinds_provinces_and_documents(page: Any) -> None:
    everything = visible(page)
    box(page, "kinds", "产业集群").click()
    assert "苏州生物医药产业园" not in visible(page)
    page.find_element("id", "reset").click()
    assert visible(page) == everything
    box(page, "provinces", "浙江省").click()
    assert "台州市" not in visible(page)
    assert "苏州市" in visible(page)
    page.find_element("id", "reset").click()
    box(page, "documents", "江苏省医药规划").click()
    assert "苏州市" not in visible(page)
    assert "杭州医药港" in visible(page)
    box(page, "documents", "浙江省医药规划").click()
    assert page.find_element("id", "empty").is_displayed()


def test_the_language_is_switched_and_names_without_english_stay(page: Any) -> None:
    searched(page, "苏州市")
    page.find_element("id", "language").click()
    assert page.find_element("id", "panel-name").text == "Suzhou"
    assert "hosts" in panel(page)
    assert "苏州生物医药产业园" in panel(page)
    assert page.execute_script("return document.documentElement.lang") == "en"


def test_a_link_opens_the_page_at_a_node(browser: Any, address: str) -> None:
    opened(browser, f"{address}#region/330100")
    assert browser.find_element("id", "panel-name").text == "杭州市"


@pytest.mark.parametrize("width", [420, 1600])
def test_nothing_of_the_picture_is_cut_off(browser: Any, address: str, width: int) -> None:
    opened(browser, address, width, 900)
    outside = browser.execute_script(
        "const c = document.getElementById('mynetwork');"
        "return nodes.get({filter: (n) => !n.hidden}).filter((n) => {"
        " const p = network.canvasToDOM(network.getPositions([n.id])[n.id]);"
        " return p.x < 0 || p.y < 0 || p.x > c.clientWidth || p.y > c.clientHeight; }).length"
    )
    assert outside == 0
    assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")


def test_on_a_phone_the_filters_open_and_close(browser: Any, address: str) -> None:
    opened(browser, address, 420, 900)
    assert not browser.find_element("id", "filters").is_displayed()
    browser.find_element("id", "filters-toggle").click()
    assert browser.find_element("id", "filters").is_displayed()
    browser.find_element("id", "filters-toggle").click()
    searched(browser, "苏州市")
    assert browser.find_element("id", "panel").size["width"] == 420


def test_an_empty_graph_says_so(browser: Any, tmp_path: Path) -> None:
    opened(browser, write(GraphStore.in_memory([]), tmp_path / "empty.html").path.as_uri())
    assert "没有可显示的内容" in browser.find_element("id", "empty").text


@pytest.mark.parametrize("height", [1000, 1200])
def test_every_label_of_a_small_graph_is_shown(browser: Any, address: str, height: int) -> None:
    opened(browser, address, 1600, height)
    shown = browser.execute_script("return nodes.get({filter: (n) => !n.hidden}).length")
    assert int(browser.execute_script("return document.documentElement.dataset.labels")) == shown > 5


def test_a_click_on_a_relation_shows_what_states_it(page: Any) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    canvas = page.find_element("id", "mynetwork")
    at = page.execute_script(
        "const named = (text) => nodes.get({filter: (n) => n.label.includes(text)})[0].id;"
        "const [a, b] = ['台州市', '化学原料药'].map((t) => network.getPositions([named(t)])[named(t)]);"
        "const p = network.canvasToDOM({x: (a.x + b.x) / 2, y: (a.y + b.y) / 2});"
        "const c = document.getElementById('mynetwork'); return [p.x - c.clientWidth / 2, p.y - c.clientHeight / 2]"
    )
    ActionChains(page).move_to_element_with_offset(canvas, *at).pause(0.3).click().perform()
    assert wait(lambda: page.find_element("id", "panel").is_displayed())
    assert page.find_element("id", "panel-name").text == "台州市 → 化学原料药"
    assert "台州市重点发展化学原料药" in panel(page)
    assert not page.find_element("id", "tip").is_displayed()
