"""A small graph of two plans, and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browsers import chromium

from kg.graph.build import build_in_memory
from kg.graph.store import GraphStore

from .plans import plans


@pytest.fixture(scope="session")
def store() -> GraphStore:
    return build_in_memory(plans())


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium with its network log; skips where there is none."""
    with chromium() as driver:
        yield driver
