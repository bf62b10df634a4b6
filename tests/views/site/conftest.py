"""The site of two short plans, one of which has names that would be markup if they were not data."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph.store import GraphStore
from kg.views.site.views import ENTRIES, VIEWS
from kg.views.site.write import write_site

CORE = tuple(view for view in VIEWS if view.__module__.startswith("kg.views.site."))
LISTED = tuple(entry for entry in ENTRIES if entry.group == "list")


@pytest.fixture(scope="session")
def site(store: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, without the charts."""
    return write_site(store, tmp_path_factory.mktemp("site") / "out", views=CORE, entries=LISTED).path


@pytest.fixture(scope="session")
def tiny_site(tiny_graph: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the four plans of ``tests/tiny_plans.py``."""
    return write_site(tiny_graph, tmp_path_factory.mktemp("tiny") / "out", views=CORE, entries=LISTED).path
