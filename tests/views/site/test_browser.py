"""The site in a real browser, opened from the disk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ..plans import EVIL
from ..test_browser import keys, wait

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")

Open = Callable[..., Any]


@pytest.fixture
def page(browser: Any, site: Path) -> Iterator[Open]:
    """Opens a page of the site; at the end the console must be empty and nothing asked for beyond the folder."""

    def opened(path: str, width: int = 1440, height: int = 900) -> Any:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.get("about:blank")
        browser.get(f"{site.as_uri()}/{path}")
        return browser

    opened("index.html")
    browser.execute_script("localStorage.clear()")
    for log in ("browser", "performance"):
        browser.get_log(log)
    yield opened
    assert [e for e in browser.get_log("browser") if e["level"] in ("SEVERE", "WARNING")] == []
    messages = [json.loads(e["message"])["message"] for e in browser.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    allowed = (f"{site.as_uri()}/", "about:", "blob:", "data:")
    assert [url for url in asked if not url.startswith(allowed)] == []
    browser.execute_script("localStorage.clear()")


def texts(page: Any, selector: str) -> list[str]:
    """The texts of the elements that can be seen."""
    found = page.find_elements("css selector", selector)
    return [element.text for element in found if element.is_displayed()]


def searched(page: Any, text: str) -> list[str]:
    field = page.find_element("id", "query")
    field.clear()
    field.send_keys(text)
    wait(lambda: page.execute_script("return Boolean(window.kgIndex)"))
    wait(lambda: texts(page, "#hits [role=option]"), 1)
    return texts(page, "#hits [role=option] .k")


def rows(page: Any) -> list[str]:
    return [text.strip() for text in texts(page, "tbody tr:not([hidden]) th")]


def tick(page: Any, legend: str, value: str) -> None:
    where = f"//fieldset[legend[contains(., '{legend}')]]//label[contains(., '{value}')]/input"
    page.find_element("xpath", where).click()


@pytest.mark.parametrize(
    "typed", ["苏州", "苏州市", "suzhou", "sūzhōu", "su1zhou1", "Su Zhou", "Suzhou", "sz", "szs", "SUZHOU"]
)
def test_a_city_is_found_as_people_type_it(page: Open, typed: str) -> None:
    assert searched(page("index.html"), typed)[0] == "苏州市"


def test_the_search_is_used_by_keyboard_alone(page: Open) -> None:
    from selenium.webdriver.common.keys import Keys

    shown = page("document/index.html")
    keys(shown, "/")
    assert shown.switch_to.active_element.get_attribute("id") == "query"
    keys(shown, "suzhou")
    assert wait(lambda: len(texts(shown, "#hits [role=option]")) > 1)
    keys(shown, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_UP)
    field = shown.find_element("id", "query")
    assert field.get_attribute("aria-activedescendant") == "hit-0"
    keys(shown, Keys.ENTER)
    assert wait(lambda: shown.current_url.endswith("/region/320500.html"))


def test_nothing_found_is_said(page: Open) -> None:
    shown = page("index.html")
    assert searched(shown, "zzzzqq") == []
    assert "没有找到" in shown.find_element("id", "hits").text


def test_markup_in_the_search_is_text(page: Open) -> None:
    shown = page("index.html")
    assert any(EVIL in hit for hit in searched(shown, "window.hacked"))
    assert shown.execute_script("return window.hacked") is None
    assert shown.execute_script("return document.querySelectorAll('#hits img, #hits script').length") == 0


def test_a_quote_opens_the_reader_at_its_place(page: Open) -> None:
    shown = page("region/320100.html")
    link = next(q for q in shown.find_elements("css selector", "a.q") if q.text == "南京市重点发展新型疫苗")
    link.click()
    assert wait(lambda: "/reader/jiangsu.html#c=" in shown.current_url)
    assert wait(lambda: texts(shown, ".here"))
    assert "".join(texts(shown, ".here")) == "南京市重点发展新型疫苗"
    inside = "const r = document.querySelector('.here').getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight"
    assert wait(lambda: shown.execute_script(inside))
    card = shown.find_element("id", "found").text
    assert "南京市" in card
    assert "新型疫苗" in card
    assert "地区与领域" in card


def test_a_mark_lists_its_facts_and_leads_to_their_things(page: Open) -> None:
    shown = page("reader/jiangsu.html")
    mark = next(m for m in shown.find_elements("css selector", "mark") if "苏州生物医药产业园" in m.text)
    mark.click()
    links = shown.find_elements("css selector", "#found a")
    assert [a.text for a in links] == ["苏州市", "苏州生物医药产业园"]
    assert "#c=" in shown.current_url
    links[0].click()
    assert wait(lambda: shown.current_url.endswith("/region/320500.html"))


def test_n_and_p_go_from_fact_to_fact(page: Open) -> None:
    # plans.py, jiangsu: a priority field, the park, Nanjing's field, the cluster with the evil name.
    shown = page("reader/jiangsu.html")
    seen = []
    for key in "nnnnp":
        keys(shown, key)
        seen.append("".join(texts(shown, ".here"))[:8])
    assert seen == [
        "重点发展抗体药物",
        "苏州生物医药产业",
        "南京市重点发展新",
        "<script>",
        "南京市重点发展新",
    ]
    assert shown.find_element("id", "where").text == "3 / 4"


def test_types_of_facts_are_put_out_and_kept_in_the_address(page: Open) -> None:
    shown = page("reader/jiangsu.html")
    shown.find_element("css selector", "#types input[value=cluster]").click()
    assert wait(lambda: "t=" in shown.current_url)
    shown.refresh()
    assert not shown.find_element("css selector", "#types input[value=cluster]").is_selected()
    marked = [m.text for m in shown.find_elements("css selector", "mark:not(.off)")]
    assert marked == ["重点发展抗体药物", "南京市重点发展新型疫苗"]


def test_markup_in_a_document_stays_text(page: Open) -> None:
    shown = page("reader/jiangsu.html")
    assert EVIL in shown.find_element("id", "lines").text
    assert shown.execute_script("return window.hacked") is None
    assert shown.execute_script("return document.querySelectorAll('main img, main script').length") == 0
    keys(shown, "p")
    assert EVIL in shown.find_element("id", "found").text


def test_facets_filter_and_survive_in_the_address(page: Open) -> None:
    shown = page("region/index.html")
    everything = rows(shown)
    tick(shown, "表述", "已有优势")
    assert rows(shown) == ["绍兴市"]
    tick(shown, "表述", "发展方向")  # within a facet values add up
    assert set(rows(shown)) == {"南京市", "台州市", "绍兴市"}
    tick(shown, "省份", "江苏省")  # between facets they narrow
    assert rows(shown) == ["南京市"]
    shown.refresh()
    assert rows(shown) == ["南京市"]
    assert "条中的 1 条" in shown.find_element("css selector", ".status").text
    shown.find_element("css selector", ".clear").click()
    assert rows(shown) == everything


def test_counts_of_a_facet_are_those_of_the_other_facets_choice(page: Open) -> None:
    # 江苏: 南京 develops; 浙江: 台州 develops, 绍兴 is strong.
    shown = page("region/index.html#region.province=浙江省")
    labels = texts(shown, ".facets label")
    joined = " ".join(" ".join(label.split()) for label in labels)
    assert "发展方向 1" in joined
    assert "已有优势 1" in joined


def test_a_table_is_sorted_by_its_head_and_says_so(page: Open) -> None:
    shown = page("region/index.html")
    head = shown.find_element("css selector", "th[data-key=name]")
    head.find_element("tag name", "button").click()
    up = rows(shown)
    assert head.get_attribute("aria-sort") == "ascending"
    head.find_element("tag name", "button").click()
    assert rows(shown) == up[::-1]
    assert "region.sort=-name" in shown.current_url


def test_words_typed_into_the_filter_narrow_the_rows(page: Open) -> None:
    shown = page("region/index.html")
    shown.find_element("css selector", ".filter").send_keys("绍兴")
    assert rows(shown) == ["绍兴市"]


def test_csv_is_for_spreadsheets_and_holds_no_formula(page: Open) -> None:
    shown = page("region/index.html#region.stance=已有优势")
    shown.execute_script(
        "document.querySelector('tbody tr:not([hidden]) th').textContent = '=HYPERLINK(\"http://x\")'"
    )
    shown.find_element("css selector", ".csv").click()
    csv = shown.execute_script("return window.kgTables[0].csv")
    lines = csv.split("\r\n")
    assert lines[0].startswith("\ufeff名称,级别,省份,表述")
    assert len(lines) == 3
    assert lines[2] == ""
    assert lines[1].startswith('"\'=HYPERLINK(""http://x"")",')


def test_the_language_is_chosen_kept_and_shared(page: Open) -> None:
    shown = page("region/320500.html")
    assert "产业集聚地" in shown.find_element("id", "main").text
    shown.find_element("id", "language").click()
    assert "Clusters" in shown.find_element("id", "main").text
    assert "产业集聚地" not in shown.find_element("id", "main").text
    assert shown.title == "Suzhou"
    assert "lang=en" in shown.current_url
    assert (
        "苏州生物医药产业园聚焦抗体药物和细胞治疗" in shown.find_element("id", "main").text
    )  # quotes stay Chinese
    shown = page("cluster/index.html")
    assert shown.find_element("tag name", "h1").text == "Clusters"
    shown = page("cluster/index.html?lang=zh")
    assert shown.find_element("tag name", "h1").text == "集聚地"


def test_without_storage_the_language_travels_in_links(page: Open) -> None:
    shown = page("region/320500.html?lang=en")
    shown.find_element("css selector", ".trail a").click()
    assert wait(lambda: "/region/index.html?lang=en" in shown.current_url)
    assert shown.find_element("tag name", "h1").text == "Regions"


def test_the_menu_opens_by_keyboard_and_closes_by_escape(page: Open) -> None:
    from selenium.webdriver.common.keys import Keys

    shown = page("index.html")
    shown.find_element("css selector", ".menu summary").send_keys(Keys.ENTER)
    assert wait(lambda: "产品领域" in "".join(texts(shown, ".menu li")))
    keys(shown, Keys.ESCAPE)
    assert wait(lambda: not texts(shown, ".menu li"))


@pytest.mark.parametrize(
    "path", ["index.html", "region/320000.html", "field/index.html", "reader/jiangsu.html"]
)
def test_a_phone_shows_the_page_without_scrolling_sideways(page: Open, path: str) -> None:
    shown = page(path, 390, 844)
    assert shown.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_the_first_stop_of_the_keyboard_leads_to_the_content(page: Open) -> None:
    from selenium.webdriver.common.keys import Keys

    shown = page("region/320500.html")
    keys(shown, Keys.TAB)
    assert shown.switch_to.active_element.get_attribute("class") == "skip"
    keys(shown, Keys.ENTER)
    assert shown.switch_to.active_element.get_attribute("id") == "main"


def test_the_site_works_below_any_path_of_a_web_server(browser: Any, site: Path) -> None:
    import threading
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing: the tests look at the browser's console."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site.parent))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser.get_log("browser")
        browser.get(f"http://127.0.0.1:{server.server_port}/{site.name}/region/320500.html")
        assert searched(browser, "hangzhou")[0] == "杭州市"
        browser.find_element("css selector", "a.q").click()
        assert wait(lambda: texts(browser, ".here"))
        assert browser.get_log("browser") == []
        browser.get("about:blank")
        server.shutdown()
