"""A worker: a process of its own that opens the store and answers one query after the other over its pipes.

A query that does not end, that wants too much memory, or on which the engine breaks, takes this process with it
and nothing else: pyoxigraph and Oxigraph's own server cannot stop every query, a process can always be killed.
It is started as ``python -m kg.serve.worker STORE MEGABYTES SERVICES``.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, BinaryIO, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from kg.errors import QueryError
from kg.graph.guard import check, readdress
from kg.namespaces import TRIG_PREFIXES
from kg.queries.trouble import located
from kg.serve import wall, wire
from kg.serve.wire import Ask

PAGE_ROWS = 500
"""How many rows the query page shows."""
ROWS: Mapping[str, QueryResultsFormat] = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
TRIPLES: Mapping[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
Found = QuerySolutions | QueryBoolean | QueryTriples


class Refusal(Exception):
    """Why there is no answer, with the status that HTTP has for it."""

    def __init__(self, status: int, text: str) -> None:
        self.status = status
        super().__init__(text)


class Output:
    """A file to write an answer to, which sends it on in frames."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._waiting = bytearray()

    def send(self, kind: bytes, payload: bytes = b"") -> None:
        """Sends a frame."""
        self._stream.write(wire.frame(kind, payload))
        self._stream.flush()

    def write(self, data: bytes) -> int:
        """Takes bytes of an answer."""
        self._waiting += data
        if len(self._waiting) >= wire.CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Sends what has been taken."""
        if self._waiting:
            self.send(wire.DATA, bytes(self._waiting))
            self._waiting.clear()


def answer(store: Store, ask: Ask, services: Mapping[str, str], out: Output) -> None:
    """Sends the answer to a question; raises `Refusal` where there is none."""
    try:
        found = _found(store, ask, services)
        kind = "triples" if isinstance(found, QueryTriples) else "rows"
        format_ = ask.triples if kind == "triples" else ask.rows
        if not format_:
            has = ", ".join(TRIPLES if kind == "triples" else ROWS)
            raise Refusal(406, f"this query's answer comes as {has} — accept one of them")
        out.send(wire.ANSWER, json.dumps([kind, format_]).encode())
        if format_ == "page":
            out.write(json.dumps(_page(found)).encode())
        elif isinstance(found, QueryTriples):
            _write_triples(found, TRIPLES[format_], out)
        else:
            found.serialize(cast(Any, out), ROWS[format_])
        out.flush()
    except (OSError, RuntimeError, ValueError) as error:
        if services:
            raise Refusal(502, "the query failed: a SERVICE may not have answered as it should") from error
        raise Refusal(500, "the query failed while it ran") from error


def _found(store: Store, ask: Ask, services: Mapping[str, str]) -> Found:
    try:
        checked = check(ask.query, services)
    except QueryError as error:
        raise Refusal(403, str(error)) from error
    asked = ask.default is not None or ask.named is not None
    for graph in (*(ask.default or ()), *(ask.named or ())) if asked else checked.graphs:
        _exists(store, graph)
    options: dict[str, Any] = {"use_default_graph_as_union": not checked.graphs}
    if asked:
        options = {
            "default_graph": [NamedNode(g) for g in ask.default or ()],
            "named_graphs": [NamedNode(g) for g in ask.named or ()],
        }
    try:
        return store.query(readdress(checked.text, services), prefixes=dict(TRIG_PREFIXES), **options)
    except SyntaxError as error:
        raise Refusal(400, _pointed(ask.query, error)) from error


def _exists(store: Store, graph: str) -> None:
    try:
        if store.contains_named_graph(NamedNode(graph)):
            return
    except ValueError:
        raise Refusal(400, f"<{graph}> is no absolute IRI") from None
    raise Refusal(400, f"<{graph}>: no such graph in the store — graphs of documents and vocabularies only")


def _pointed(query: str, error: SyntaxError) -> str:
    wrong = QueryError(f"the query cannot be read: {error}")
    wrong.__cause__ = error
    better = located(query, wrong)
    return "\n".join((str(better), *getattr(better, "__notes__", ())))


def _write_triples(found: QueryTriples, format_: RdfFormat, out: Output) -> None:
    if format_ in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS):
        found.serialize(cast(Any, out), format_)
    else:
        serialize(found, cast(Any, out), format_, prefixes=dict(TRIG_PREFIXES))


def _page(found: Found) -> dict[str, Any]:
    if isinstance(found, QueryBoolean):
        return {"truth": bool(found)}
    if isinstance(found, QuerySolutions):
        names = [v.value for v in found.variables]
        rows: Iterable[list[Any]] = ([_cell(row[name]) for name in names] for row in found)
    else:
        names = ["s", "p", "o"]
        rows = ([_cell(t.subject), _cell(t.predicate), _cell(t.object)] for t in found)
    shown = list(islice(rows, PAGE_ROWS + 1))
    return {"names": names, "rows": shown[:PAGE_ROWS], "more": len(shown) > PAGE_ROWS}


def _cell(term: NamedNode | BlankNode | Literal | Triple | None) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"iri": term.value}
    if isinstance(term, Literal):
        return {"text": term.value, "language": term.language or ""}
    return {"text": "" if term is None else str(term), "language": ""}


def serve(store: Store, services: Mapping[str, str], asks: BinaryIO, answers: BinaryIO) -> None:
    """Answers questions until there are no more."""
    Output(answers).send(wire.READY)
    while (got := wire.read(asks)) is not None:
        out = Output(answers)
        try:
            answer(store, wire.decoded(got[1]), services, out)
            out.send(wire.DONE)
        except Refusal as refusal:
            out.send(wire.FAILED, json.dumps([refusal.status, str(refusal)]).encode())


def main() -> None:
    """The process: walls first, then the store, then questions."""
    path, megabytes, given = sys.argv[1:]
    services: dict[str, str] = json.loads(given)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    wall.die_with_parent()
    if not services:
        wall.refuse_sockets()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    store = Store.read_only(path)
    wall.limit_memory(int(megabytes))
    try:
        serve(store, services, sys.stdin.buffer, answers)
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(0)


if __name__ == "__main__":
    main()
