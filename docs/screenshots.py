"""Takes the pictures of the documentation from a store: ``python docs/screenshots.py [STORE]``.

Needs Chromium with chromedriver, Chinese fonts, and the packages of the extra ``dev``. On Debian:
``apt-get install chromium chromium-driver fonts-noto-cjk``.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import time
from base64 import b64decode
from pathlib import Path
from typing import Any

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from kg.graph.store import GraphStore
from kg.views.site.context import SiteOptions
from kg.views.site.write import write_site

IMAGES = Path(__file__).with_name("img")
LIMIT = 250_000
"""The size of a picture in bytes that a reader of the README should not have to wait for."""

WIDE, PHONE = (1440, 900), (390, 844)
"""The two windows, in pixels, that every picture is taken in; the second has ``-phone`` in the name of its file."""

SHOTS = {
    "start": "index.html",
    "region": "region/320500.html",
    "list": "region/index.html",
    "field": "field/kang-ti-yao-wu.html",
    "document": "document/jiangsu-2021-2025.html",
    "reader": "reader/jiangsu-2021-2025.html#c=5868-5881",
    "map": "views/map.html",
    "overlap": "views/overlap.html",
    "overlap-cities": "views/overlap-cities.html",
    "specialisation": "views/specialisation.html",
    "fields": "views/fields.html",
    "targets": "views/targets.html",
    "changes": "views/changes.html",
    "reuse": "views/reuse.html",
    "networks": "views/networks.html",
    "network": "views/networks-whole.html",
    "ontology": "ontology.html",
    "sparql": "views/sparql.html",
}
"""Name of a picture → its page in the site."""


def main(store: str | None = None) -> None:
    """Writes every picture of `SHOTS` at both sizes; that of SPARQL only where npm is at hand."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        options = SiteOptions(sparql=shutil.which("npm") is not None)
        write_site(GraphStore.open(store or "kg-store"), site, options=options)
        browser = chromium(folder)
        try:
            for name, page in SHOTS.items():
                path, _, fragment = page.partition("#")
                if not (site / path).exists():
                    print(f"{name}: no page {path}", file=sys.stderr)
                    continue
                address = (site / path).as_uri() + (f"#{fragment}" if fragment else "")
                for (width, height), ending in ((WIDE, ""), (PHONE, "-phone")):
                    shot = IMAGES / f"{name}{ending}.png"
                    print(f"{shot}: {save(shot, taken(browser, address, width, height)) // 1000} kB")
        finally:
            browser.quit()


def chromium(folder: str) -> Any:
    """A browser without a window and without any errand of its own."""
    options = webdriver.ChromeOptions()
    for switch in (
        "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
        "disable-component-update", "disable-sync", "hide-scrollbars", f"user-data-dir={folder}/profile",
    ):  # fmt: skip
        options.add_argument(f"--{switch}")
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


def taken(browser: Any, address: str, width: int, height: int) -> bytes:
    """The page at an address as it looks in a window of a size, as PNG."""
    screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    browser.get("about:blank")
    browser.get(address)
    while browser.execute_script("return document.readyState") != "complete":
        time.sleep(0.1)
    time.sleep(2.5)  # until charts are drawn and what moves has come to rest
    return b64decode(browser.get_screenshot_as_base64())


def save(path: Path, picture: bytes) -> int:
    """Writes a picture with as many colours as fit into `LIMIT`, and returns its size in bytes."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (256, 160, 96, 64, 40):
        few = image.quantize(colours, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        if path.stat().st_size <= LIMIT:
            break
    return path.stat().st_size


if __name__ == "__main__":
    main(*sys.argv[1:2])
