"""A small graph of two plans, and a browser."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.graph.build import build_in_memory
from kg.graph.store import GraphStore

from .plans import plans


@pytest.fixture(scope="session")
def store() -> GraphStore:
    return build_in_memory(plans())


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium with its network log; skips where there is none."""
    binary = next(
        (b for n in ("chromium", "chromium-browser", "google-chrome") if (b := shutil.which(n))), None
    )
    driver_path = shutil.which("chromedriver")
    if binary is None or driver_path is None:
        pytest.skip("no Chromium with chromedriver here: apt-get install chromium chromium-driver")
    webdriver = pytest.importorskip("selenium.webdriver")
    from selenium.webdriver.chrome.service import Service

    profile = Path(tempfile.mkdtemp(prefix="kg-views-"))
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for switch in (
        "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
        "disable-component-update", "disable-sync", "hide-scrollbars", f"user-data-dir={profile}",
    ):  # fmt: skip
        options.add_argument(f"--{switch}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(driver_path))
    try:
        yield driver
    finally:
        driver.quit()
        shutil.rmtree(profile, ignore_errors=True)
