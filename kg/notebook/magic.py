"""``%sparql`` and ``%%sparql``: questions as cells of a notebook, with completion and errors that point.

%load_ext kg
%sparql cities-clusters region=济南
%%sparql -o hosts --param least=2
SELECT ?city (COUNT(?cluster) AS ?n) { ?city pp:hosts ?cluster } GROUP BY ?city
"""

from __future__ import annotations

import re
import shlex
from typing import Any

from IPython.core.completer import CompletionContext, SimpleCompletion, SimpleMatcherResult, context_matcher
from IPython.core.magic import Magics, line_cell_magic, magics_class

from kg.errors import KgError, QueryError, StoreError
from kg.graph.store import TIME_LIMIT, default_path
from kg.notebook.completion import completions, terms, token
from kg.notebook.graph import Graph
from kg.notebook.result import Result
from kg.queries.asking import question
from kg.queries.saved import free_term, names
from kg.queries.saved import load as load_query

USAGE = """%sparql [-s STORE] [-o VARIABLE] [-t SECONDS] QUERY [NAME=VALUE …]
%%sparql [-s STORE] [-o VARIABLE] [-t SECONDS] [--param NAME=VALUE …]
QUERY: SPARQL, @file.rq or a saved query. STORE: a folder, or a variable with a kg.Graph."""
_MAGIC = re.compile(r"\s*%{1,2}sparql\b")
_OPTIONS = {
    "-s": "store", "--store": "store", "-o": "out", "--out": "out", "-p": "param", "--param": "param",
    "-t": "limit", "--time-limit": "limit",
}  # fmt: skip


class Told(KgError):
    """A mistake in a cell: Jupyter shows what is wrong and where, without the path through this program."""

    def __init__(self, error: KgError) -> None:
        super().__init__(error.problem, hint=error.hint)
        self.lines = [f"{type(error).__name__}: {error}", *getattr(error, "__notes__", ())]
        self.lines += [f"  {found}" for found in getattr(error, "candidates", ())]

    def _render_traceback_(self) -> list[str]:
        return self.lines


def given(line: str) -> tuple[dict[str, str], dict[str, str], str]:
    """What a line says: its options, its parameters, and the question if it holds one.

    >>> given("-o found cities-clusters region=济南")
    ({'out': 'found'}, {'region': '济南'}, 'cities-clusters')
    >>> given("SELECT ?s { ?s pp:hosts ?o }")[2]
    'SELECT ?s { ?s pp:hosts ?o }'
    """
    options: dict[str, str] = {}
    params: dict[str, str] = {}
    rest = line.strip()
    while match := re.match(r"(--?[a-z-]+)(?:\s+|=|$)", rest):
        name = _OPTIONS.get(match[1])
        if name is None:
            raise QueryError(f"%sparql has no option {match[1]}", hint=USAGE)
        value, rest = _word(rest[match.end() :])
        if not value:
            raise QueryError(f"{match[1]} of what?", hint=USAGE)
        if name == "param":
            _add(params, value)
        else:
            options[name] = value
    if any(c in "{}" for c in rest):
        return options, params, rest
    words = _words(rest)
    questions = [w for w in words if "=" not in w]
    for word in words:
        if "=" in word:
            _add(params, word)
    if len(questions) > 1:
        raise QueryError(f"{' '.join(questions)}: one query at a time", hint=USAGE)
    return options, params, questions[0] if questions else ""


@magics_class
class Sparql(Magics):
    """The magic; stores stay open for the next cell."""

    def __init__(self, shell: Any) -> None:
        super().__init__(shell)  # type: ignore[no-untyped-call, unused-ignore]
        self._variables: dict[str, Any] = shell.user_ns
        self._graphs: dict[str, Graph] = {}
        self._terms: dict[int, tuple[str, ...]] = {}

    @line_cell_magic
    def sparql(self, line: str, cell: str | None = None) -> Result | None:
        """Asks the graph; the result is shown, or with ``-o`` kept in a variable."""
        try:
            return self._ask(line, cell)
        except KgError as error:
            raise Told(error) from None

    def _ask(self, line: str, cell: str | None) -> Result | None:
        options, params, asked = given(line)
        if cell is not None and asked:
            raise QueryError(f"{asked!r} stands beside the query of the cell", hint=USAGE)
        text = cell if cell is not None else asked
        if not text.strip():
            raise QueryError("no query", hint=USAGE)
        graph = self.graph(options.get("store"))
        # What is typed in a line tells its type by its form, as on the command line.
        values = params if question(text).typed else {k: free_term(v) for k, v in params.items()}
        result = graph.sparql(text, time_limit=_seconds(options.get("limit")), **values)
        if "out" not in options:
            return result
        if not options["out"].isidentifier():
            raise QueryError(f"{options['out']!r} is no name of a variable", hint="such as -o found")
        self._variables[options["out"]] = result
        return None

    def graph(self, store: str | None) -> Graph:
        """The graph of a folder, or that of a variable."""
        held = self._variables.get(store) if store and store.isidentifier() else None
        if isinstance(held, Graph):
            return held
        folder = store or str(default_path())
        if folder not in self._graphs:
            self._graphs[folder] = Graph.open(folder)
        return self._graphs[folder]

    def known(self, store: str | None) -> tuple[str, ...]:
        """The terms of a store, for completion; those of the ontology where it cannot be opened."""
        try:
            graph = self.graph(store)
        except StoreError:
            return terms(None)
        if id(graph.store) not in self._terms:
            self._terms[id(graph.store)] = terms(graph.store)
        return self._terms[id(graph.store)]

    def complete(self, text: str, at: int) -> list[str]:
        """What fits at a place of a cell that begins with the magic.

        A line with the name of a saved query gets its parameters, an empty one the names of all.
        """
        match = _MAGIC.match(text)
        if not match or at < match.end():
            return []
        head, newline, body = text[match.end() :].partition("\n")
        try:
            options = given(head)[0]
        except KgError:
            options = {}
        start = match.end() + len(head) + len(newline)
        if newline and at >= start:
            return completions(body, at - start, self.known(options.get("store")))
        typed = text[match.end() : at]
        if "{" in typed:
            return completions(typed, len(typed), self.known(options.get("store")))
        return _of_line(typed)


def matcher(magic: Sparql) -> Any:
    """The completer of IPython for cells that begin with ``%sparql`` or ``%%sparql``."""

    @context_matcher(identifier="kg.sparql")  # type: ignore[untyped-decorator, unused-ignore]
    def sparql_matcher(context: CompletionContext) -> SimpleMatcherResult:
        text = context.full_text
        if not _MAGIC.match(text):
            return {"completions": []}
        lines = text.split("\n")
        at = sum(len(line) + 1 for line in lines[: context.cursor_line]) + context.cursor_position
        found = magic.complete(text, at)
        fragment = token(text[:at]) if "\n" in text[:at] or "{" in text[:at] else _last(text[:at])
        return {
            "completions": [SimpleCompletion(text=one, type="sparql") for one in found],
            "matched_fragment": fragment, "suppress": bool(found) or context.cursor_line > 0, "ordered": True,
        }  # fmt: skip

    return sparql_matcher


def load(ipython: Any) -> None:
    """Registers the magic and its completer; once is enough."""
    unload(ipython)
    magic = Sparql(ipython)
    ipython.register_magics(magic)
    completer = getattr(ipython, "Completer", None)
    if completer is not None:
        completer.custom_matchers.insert(0, matcher(magic))


def unload(ipython: Any) -> None:
    """Takes both away."""
    for kind in ("line", "cell"):
        ipython.magics_manager.magics[kind].pop("sparql", None)
    completer = getattr(ipython, "Completer", None)
    if completer is not None:
        kept = [m for m in completer.custom_matchers if getattr(m, "matcher_identifier", "") != "kg.sparql"]
        completer.custom_matchers[:] = kept


def _of_line(typed: str) -> list[str]:
    words = typed.split()
    last = _last(typed)
    asked = next((w for w in words if w in names()), None)
    if asked is not None and not (last == asked and not typed.endswith(" ")):
        return [f"{p.name}=" for p in load_query(asked).params if f"{p.name}=".startswith(last)]
    return [name for name in names() if name.startswith(last)]


def _last(typed: str) -> str:
    return re.split(r"\s", typed)[-1]


def _word(text: str) -> tuple[str, str]:
    """The first word of a text, quoted or not, and the rest."""
    match = re.match(r"""((?:"[^"]*"|'[^']*'|[^\s"'])+)\s*""", text)
    return (_words(match[1])[0], text[match.end() :]) if match else ("", text)


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError as error:
        raise QueryError(f"{text}: {error}", hint="close the quotation marks") from error


def _add(params: dict[str, str], word: str) -> None:
    name, equals, value = word.partition("=")
    if not equals or not name.isidentifier():
        raise QueryError(f"{word!r} is not name=value", hint="such as region=浙江")
    params[name] = value


def _seconds(text: str | None) -> float | None:
    try:
        return TIME_LIMIT if text is None else float(text) or None
    except ValueError:
        raise QueryError(f"{text!r}: no number of seconds", hint="such as -t 60") from None
