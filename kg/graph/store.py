"""The store as readers see it: opened read-only, queried over the union of its graphs, never past its walls.

DIR/kg-store.json     which layout this is
DIR/oxigraph/         the quads
DIR/graph.trig        the same, to be read and compared
DIR/documents/*.txt   the text of each document, as given
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
)

from kg.errors import LookupFailed, QueryError, StoreError
from kg.graph import facts as _facts
from kg.graph.guard import bind, check
from kg.graph.slugs import document_slug
from kg.model import Fact
from kg.namespaces import TRIG_PREFIXES

if TYPE_CHECKING:
    from rdflib import Dataset

FORMAT = 1
MARKER, QUADS, TRIG, TEXTS = "kg-store.json", "oxigraph", "graph.trig", "documents"
TIME_LIMIT = 30.0

Term = NamedNode | BlankNode | Literal | Triple
Parameter = NamedNode | Literal | str | int | float | bool
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found: ``rows`` of ``variables`` (SELECT), ``truth`` (ASK), ``triples`` (CONSTRUCT …)."""

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    truth: bool | None = None
    triples: tuple[Triple, ...] | None = None

    def __iter__(self) -> Iterator[dict[str, Term | None]]:
        return (dict(zip(self.variables, row, strict=True)) for row in self.rows)


def default_path() -> Path:
    """The folder of the store where none is named: the environment's ``KG_STORE``, else ``kg-store``."""
    return Path(os.environ.get("KG_STORE") or "kg-store")


class GraphStore:
    """A graph with the texts of its documents, on disk (`open`) or in memory (`in_memory`).

    >>> GraphStore.in_memory([]).query("ASK { ?s ?p ?o }").truth
    False
    """

    def __init__(self, store: Store, texts: Mapping[str, str] | Path) -> None:
        self.store = store
        self._texts = texts

    @classmethod
    def open(cls, path: str | Path | None = None) -> GraphStore:
        """The store of a folder, for reading; raises `StoreError` where there is none or another version."""
        folder = Path(path) if path is not None else default_path()
        _check_marker(folder)
        try:
            return cls(Store.read_only(str(folder / QUADS)), folder / TEXTS)
        except OSError as error:
            raise StoreError(
                f"{folder}: cannot be read: {error}", hint="build it again with kg build"
            ) from error

    @classmethod
    def in_memory(cls, quads: Iterable[Quad], texts: Mapping[str, str] | None = None) -> GraphStore:
        """A store of the given quads; ``texts`` are the documents' texts by id."""
        store = Store()
        store.extend(quads)
        return cls(store, texts or {})

    def __len__(self) -> int:
        return len(self.store)

    def text(self, doc: str) -> str:
        """The text of a document as it was given; raises `LookupFailed` for an unknown id."""
        try:
            if isinstance(self._texts, Path):
                path = self._texts / f"{document_slug(doc)}.txt"
                return path.read_bytes().decode("utf-8", "surrogatepass")
            return self._texts[doc]
        except (KeyError, OSError) as error:
            raise LookupFailed(
                f"no text of document {doc!r} in the store", hint="kg build keeps it"
            ) from error

    def documents(self) -> list[str]:
        """The ids of the documents, sorted."""
        return _facts.document_ids(self.store)

    def facts(self, doc: str | None = None) -> Iterator[Fact]:
        """The facts of one document or of all, sorted by document and place."""
        return _facts.facts(self.store, doc)

    def rows(self, doc: str | None = None) -> Iterator[dict[str, Any]]:
        """The public fact table as flat rows."""
        return _facts.rows(self.store, doc)

    def query(
        self,
        text: str,
        *,
        parameters: Mapping[str, Parameter] | None = None,
        time_limit: float | None = TIME_LIMIT,
    ) -> Answer:
        """The answer to a SPARQL query over the union of the graphs.

        ``parameters`` bind variables of the query; ``time_limit`` is in seconds, None for no limit. Raises
        `QueryError` for a query that is wrong, is an update, leaves the store, or takes too long.
        """
        return self._run(text, parameters, time_limit, _answer)

    def serialized(
        self, text: str, format: QueryResultsFormat | RdfFormat, *,
        parameters: Mapping[str, Parameter] | None = None, time_limit: float | None = TIME_LIMIT,
    ) -> bytes:  # fmt: skip
        """The answer in a standard format: JSON, CSV … for SELECT and ASK, Turtle … for CONSTRUCT.

        >>> GraphStore.in_memory([]).serialized("ASK {}", QueryResultsFormat.JSON)
        b'{"head":{},"boolean":true}'
        """

        def write(found: QuerySolutions | QueryBoolean | QueryTriples) -> bytes:
            fits = isinstance(format, RdfFormat) == isinstance(found, QueryTriples)
            if not fits:
                want = (
                    "Turtle or another format for triples"
                    if isinstance(found, QueryTriples)
                    else "JSON or CSV"
                )
                raise QueryError(f"{format} does not fit the query's answer", hint=f"ask for {want}")
            return cast(bytes, found.serialize(format=cast(Any, format)))

        return self._run(text, parameters, time_limit, write)

    def _run(
        self, text: str, parameters: Mapping[str, Parameter] | None, time_limit: float | None,
        finish: Callable[[QuerySolutions | QueryBoolean | QueryTriples], T],
    ) -> T:  # fmt: skip
        checked = check(text)
        for graph in checked.graphs:
            if not self.store.contains_named_graph(NamedNode(graph)):
                raise QueryError(f"FROM <{graph}>: no such graph in the store", hint="query without FROM")
        bound = bind(text, {name: _parameter(value) for name, value in (parameters or {}).items()})

        def work() -> T:
            # Results may not leave the thread that asked: pyoxigraph stops the whole program if they do.
            return finish(
                self.store.query(
                    bound, prefixes=dict(TRIG_PREFIXES), use_default_graph_as_union=not checked.graphs
                )
            )  # fmt: skip

        try:
            return work() if time_limit is None else _within(time_limit, work)
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            raise QueryError(
                f"the query cannot be run: {error}", hint="see the place that it names"
            ) from error

    def rdflib(self) -> Dataset:
        """The graph as an rdflib dataset whose default graph is the union of all; it refuses SERVICE, too."""
        from kg.graph.rdflib_view import dataset

        return dataset(self.store)


def _check_marker(folder: Path) -> None:
    try:
        marker = json.loads((folder / MARKER).read_text("utf-8"))
    except FileNotFoundError:
        what = "is not a store" if folder.is_dir() else "no store here"
        raise StoreError(f"{folder}: {what}", hint=f"kg build --store {folder}") from None
    except (OSError, ValueError) as error:
        raise StoreError(
            f"{folder / MARKER}: cannot be read: {error}", hint="build the store again"
        ) from error
    found = marker.get("format") if isinstance(marker, dict) else None
    if found != FORMAT:
        raise StoreError(
            f"{folder}: a store of version {found}, not {FORMAT}", hint=f"kg build --store {folder}"
        )


def _parameter(value: Parameter) -> NamedNode | Literal:
    return Literal(value) if isinstance(value, str | int | float) else value


def _answer(found: QuerySolutions | QueryBoolean | QueryTriples) -> Answer:
    if isinstance(found, QuerySolutions):
        variables = tuple(v.value for v in found.variables)
        return Answer(variables, tuple(tuple(row[v] for v in variables) for row in found))
    if isinstance(found, QueryTriples):
        return Answer(triples=tuple(found))
    return Answer(truth=bool(found))


def _within(seconds: float, work: Callable[[], T]) -> T:
    """The result of ``work``, which is left to itself where it takes longer: pyoxigraph cannot be stopped."""
    done: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, name="kg-query", daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise QueryError(
            f"the query took more than {seconds:g} s", hint="ask for less, or raise the time limit"
        )
    return done[0]
