"""A query of an agent runs in a process of its own, which is ended where the query takes too long or says too much.

The process is the endpoint's worker: it refuses updates and ``SERVICE``, opens no socket, and has a memory limit.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, Triple
from pyoxigraph import parse_query_results as parsed

from kg.errors import QueryError
from kg.graph.guard import bind, check
from kg.serve import wire

Term = NamedNode | BlankNode | Literal | Triple
_MEMORY = 1024  # megabytes
_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class Told:
    """What a query found: rows of variables, a truth, or triples as Turtle; ``cut`` where there is more."""

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    truth: bool | None = None
    turtle: str | None = None
    cut: bool = False


def ask(
    quads: Path, query: str, terms: Mapping[str, NamedNode | Literal], *, rows: int, characters: int, seconds: float
) -> Told:  # fmt: skip
    """The first ``rows`` rows, or ``characters`` of Turtle, of the answer of the quads in a folder.

    Raises `QueryError` for a query that is wrong, is no reading one, or takes more than ``seconds``.
    """
    check(query)
    command = [sys.executable, "-P", "-m", "kg.serve.worker", str(quads.absolute()), str(_MEMORY), "{}"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=_environment(), start_new_session=True,
    ) as worker:  # fmt: skip
        late = threading.Event()

        def stop() -> None:
            late.set()
            worker.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            return _answer(worker, wire.Ask(bind(query, terms), rows="tsv"), rows, characters)
        except _Ended:
            if late.is_set():
                raise QueryError(f"the query took more than {seconds:g} s", hint="ask for less") from None
            raise QueryError(
                "the query needs too much memory, or breaks the engine", hint="ask for less"
            ) from None
        finally:
            timer.cancel()
            worker.kill()


class _Ended(Exception):
    """The worker is no more."""


def _answer(worker: subprocess.Popen[bytes], question: wire.Ask, rows: int, characters: int) -> Told:
    assert worker.stdin is not None
    _frame(worker)  # it is ready
    try:
        worker.stdin.write(wire.encoded(question))
        worker.stdin.flush()
    except BrokenPipeError:
        raise _Ended from None
    kind, payload = _frame(worker)
    triples = kind == wire.ANSWER and json.loads(payload)[0] == "triples"
    data = bytearray()
    cut = False
    while kind != wire.DONE:
        if kind == wire.FAILED:
            raise _refused(json.loads(payload)[1])
        if kind == wire.DATA:
            data += payload
        cut = len(data) > (4 * characters if triples else _BYTES) or (
            not triples and data.count(b"\n") > rows + 1
        )
        if cut:
            break
        kind, payload = _frame(worker)
    return _turtle(bytes(data), characters, cut) if triples else _rows(bytes(data), rows, cut)


def _frame(worker: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    assert worker.stdout is not None
    found = wire.read(worker.stdout)  # type: ignore[arg-type]
    if found is None:
        raise _Ended
    return found


def _refused(said: str) -> QueryError:
    """The worker's refusal as the error that it was: its first line, and the place in the query as a note."""
    first, *rest = said.split("\n")
    problem, _, hint = first.partition(" — ")
    error = QueryError(problem, hint=hint)
    for line in rest:
        error.add_note(line)
    return error


def _rows(data: bytes, limit: int, cut: bool) -> Told:
    whole = data[: data.rindex(b"\n") + 1] if cut and b"\n" in data else data
    found = parsed(whole, QueryResultsFormat.TSV)
    if isinstance(found, QueryBoolean):
        return Told(truth=bool(found))
    assert isinstance(found, QuerySolutions)
    names = tuple(v.value for v in found.variables)
    rows = tuple(tuple(row[name] for name in names) for row in found)
    return Told(names, rows[:limit], cut=cut or len(rows) > limit)


def _turtle(data: bytes, limit: int, cut: bool) -> Told:
    text = data.decode("utf-8", "ignore" if cut else "strict")
    return Told(turtle=text[:limit], cut=cut or len(text) > limit)


def _environment() -> dict[str, str]:
    """The environment of a child that imports the same kg as this process."""
    root = str(Path(__file__).parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))}
