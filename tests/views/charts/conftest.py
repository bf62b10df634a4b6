"""Small graphs as sites: the four tiny plans, and plans with markup in their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph.build import build_in_memory
from kg.graph.store import GraphStore
from kg.views.site.context import SiteContext, context
from kg.views.site.write import write_site

from .plans import marked_plans


@pytest.fixture(scope="session")
def marked() -> GraphStore:
    """The graph of the plans with markup in names."""
    return build_in_memory(marked_plans())


@pytest.fixture(scope="session")
def tiny(tiny_graph: GraphStore) -> SiteContext:
    """What a site of the tiny plans is made from."""
    return context(tiny_graph)


@pytest.fixture(scope="session")
def marked_site(marked: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, charts and all, of the plans with markup in names."""
    return write_site(marked, tmp_path_factory.mktemp("charts") / "site").path
