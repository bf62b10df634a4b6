"""Graphs → a store on disk and its TriG file, beside whoever makes the graphs.

Oxigraph loads and writes outside Python's interpreter lock, so one thread of its own keeps a second core busy
while documents are still being read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO

from pyoxigraph import RdfFormat, Store, Triple

from kg.graph.trig import graph_text, graph_texts, head

_LEAST = 1_000_000
"""Characters of TriG to load at once: each load costs a little and leaves files that every reader opens."""
_SHARE = 8


class StoreWriter:
    """Writes graphs, each whole and once; `finish` must have been called before the files are complete.

    What goes wrong in the thread is raised by `finish`, or by the call before it.
    """

    def __init__(self, store: Path, trig: Path) -> None:
        self._store = Store(str(store))
        self._trig = trig
        self._parts = TemporaryDirectory(prefix=".parts-", dir=trig.parent)
        self._files: dict[str, Path] = {}
        self._thread = ThreadPoolExecutor(1, "kg-store")
        self._running: list[Future[None]] = []
        self._waiting: list[str] = []
        self._loaded = 0
        self.sizes: dict[str, int] = {}

    def add(self, graph: str, triples: Iterable[Triple]) -> None:
        """Writes the graph of a name."""
        text, size = graph_text(graph, triples)
        self._keep(graph, text, size)
        self._waiting.append(text)
        if sum(map(len, self._waiting)) > max(_LEAST, self._loaded // _SHARE):
            self._load()

    def add_store(self, make: Callable[[], Store]) -> Future[None]:
        """Writes all graphs of a store, which is made in the thread, too; the future says when that is done."""

        def work() -> None:
            texts = []
            for graph, text, size in graph_texts(make()):
                self._keep(graph, text, size)
                texts.append(text)
            self._bulk_load("".join([head(), *texts]))

        return self._submit(work)
