"""Takes the pictures of the README from a store: ``python docs/screenshots.py [STORE]``.

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

from kg.views.network import write

IMAGES = Path(__file__).with_name("img")
LIMIT = 400_000
"""The size of a picture in bytes that a reader of the README should not have to wait for."""

SHOTS = {
    "network.png": ("", 1600, 1000),
    "network-evidence.png": ("#region/320500", 1600, 1000),
    "network-phone.png": ("", 420, 900),
}
"""File name → fragment of the page's address, and the size of the window in pixels."""


def main(store: str | None = None) -> None:
    """Writes every picture of `SHOTS`."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        page = write(store or "kg-store", Path(folder) / "network.html").path.as_uri()
        browser = chromium(folder)
        try:
            for name, (fragment, width, height) in SHOTS.items():
                size = save(IMAGES / name, taken(browser, page + fragment, width, height))
                print(f"{IMAGES / name}: {size // 1000} kB")
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
    while not browser.execute_script("return document.documentElement.dataset.ready"):
        time.sleep(0.1)
    time.sleep(1.5)  # until what moves has come to rest
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
