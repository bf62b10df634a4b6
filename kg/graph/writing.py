"""Graphs → a store on disk and its TriG file, beside whoever makes the graphs.

Oxigraph loads and writes outside Python's interpreter lock, so a thread of its own keeps a second core busy
while documents are still being read.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from pyoxigraph import RdfFormat, Store, Triple

from kg.errors import StoreError
from kg.graph.slugs import short
from kg.graph.trig import graph_text, graph_texts, head

_LEAST, _MOST = 1_000_000, 50_000_000
"""Characters of TriG in a load: each load leaves files that every reader opens, and is in memory whole."""
_SHARE = 8
"""Between the two a load is this part of what was loaded before, so that large builds do not end in many files."""


class StoreWriter:
    """Writes graphs, each whole and once, in any order; the files are complete after `finish`.

    What goes wrong in the thread is raised by `counts` and `finish`, a disk that is full as `StoreError`.
    """

    def __init__(self, store: Path, trig: Path) -> None:
        self._sizes: dict[str, int] = {}
        self._store: Store | None = Store(str(store))
        self._trig = trig
        self._parts = TemporaryDirectory(prefix=".parts-", dir=trig.parent)
        self._thread = ThreadPoolExecutor(1, "kg-store")
        self._tasks: list[Future[None]] = []
        self._waiting: list[str] = []
        self._loaded = 0

    def add(self, graph: str, triples: Iterable[Triple]) -> None:
        """Writes the graph of a name."""
        self._waiting.append(self._keep(graph, *graph_text(graph, triples)))
        if sum(map(len, self._waiting)) > min(max(_LEAST, self._loaded // _SHARE), _MOST):
            self._load_waiting()

    def add_store(self, make: Callable[[], Store]) -> None:
        """Writes all graphs of a store that is made in the thread, too."""

        def work() -> None:
            self._load("".join(self._keep(*graph) for graph in graph_texts(make())))

        self._submit(work)

    def counts(self) -> dict[str, int]:
        """How many statements each graph has; waits for those that the thread makes."""
        self._wait()
        return dict(self._sizes)

    def finish(self) -> int:
        """Waits for the thread, completes the files, closes the store, and returns how many quads it has."""
        self._load_waiting()
        with self._trig.open("wb") as to:
            to.write(head().encode())
            self._wait()
            for graph in sorted(self._sizes):
                with self._part(graph).open("rb") as part:
                    shutil.copyfileobj(part, to)
        if self._store is not None:
            self._store.flush()
        self.close()
        return sum(self._sizes.values())

    def close(self) -> None:
        """Drops what is not written yet, and lets go of the files."""
        self._thread.shutdown(cancel_futures=True)
        self._tasks.clear()
        self._store = None  # the last reference: Oxigraph closes its files
        self._parts.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _part(self, graph: str) -> Path:
        return Path(self._parts.name, short(graph, 32))

    def _keep(self, graph: str, text: str, size: int) -> str:
        self._part(graph).write_text(text, "utf-8", newline="\n")
        self._sizes[graph] = size
        return text

    def _load_waiting(self) -> None:
        text = "".join(self._waiting)
        self._waiting.clear()
        self._loaded += len(text)
        self._submit(lambda: self._load(text))

    def _submit(self, work: Callable[[], None]) -> None:
        self._tasks.append(self._thread.submit(work))

    def _wait(self) -> None:
        for task in self._tasks:
            try:
                task.result()
            except OSError as error:
                hint = "make room, or choose another --store"
                raise StoreError(f"the store cannot be written: {error}", hint=hint) from error

    def _load(self, text: str) -> None:
        assert self._store is not None
        self._store.bulk_load(input=f"{head()}{text}".encode(), format=RdfFormat.TRIG)
