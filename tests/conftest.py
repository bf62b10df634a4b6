"""Stores that many tests read: built once a session, and shared by all workers of pytest-xdist."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis  # noqa: F401 - else its plugin imports it at the end, where a warning of trio's is an error
import pytest
from pyoxigraph import NamedNode, Quad
from tiny_plans import tiny_plans

from kg.graph.background import background
from kg.graph.build import build
from kg.graph.store import GraphStore

# Of the regions, the tiny store has China, the provinces and prefectures, and the counties of two provinces.
_FAR = re.compile(r"/id/region/(?!32|33)\d{4}(?!00)\d\d(?:/|$)")


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the developer has set for himself does not reach the tests."""
    for name in ("KG_STORE", "KG_LANG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of a store of the shipped documents, made by ``kg build``'s own means."""

    def make(folder: Path) -> None:
        from kg.documents.sources import documents
        from kg.extraction.pipeline import facts
        from kg.resources import seeds_dir

        build(facts(documents([seeds_dir()])), folder)

    return _shared(tmp_path_factory, worker_id, "seeds", make)


@pytest.fixture(scope="session")
def tiny_store(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of a store of four short plans whose facts are known (``tiny_plans.py``)."""

    def make(folder: Path) -> None:
        build(tiny_plans(), folder, background_quads=filter(_near, background()))

    return _shared(tmp_path_factory, worker_id, "tiny", make)


@pytest.fixture(scope="session")
def tiny_graph(tiny_store: Path) -> GraphStore:
    """The tiny store, open."""
    return GraphStore.open(tiny_store)


def _near(quad: Quad) -> bool:
    ends = (quad.subject, quad.object)
    return not any(isinstance(end, NamedNode) and _FAR.search(end.value) for end in ends)


def _shared(factory: pytest.TempPathFactory, worker: str, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker to ask makes, while the others wait."""
    base = factory.getbasetemp() if worker == "master" else factory.getbasetemp().parent
    folder = base / f"store-{name}"
    with _locked(base / f"store-{name}.lock"):
        if not folder.exists():
            make(folder)
    return folder


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    handle = os.open(path, os.O_CREAT | os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
