"""Answers of queries as tables for people and as standard formats for machines."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.printing import headings, markdown, note, put, put_bytes, table, write_file
from kg.cli.words import counted, main_language, say
from kg.errors import QueryError
from kg.namespaces import ID
from kg.queries.spreadsheet import disarmed
from kg.queries.trouble import form

if TYPE_CHECKING:
    from kg.graph.store import Answer, GraphStore
    from kg.graph.store import Term as AnyTerm
    from kg.queries.saved import Term

_NUMERIC = re.compile(r"-?\d+(?:\.\d+)?")
_LABEL = "Label"
_DOCUMENTS = f"{ID}document/"  # titles are read as a whole, not as names
_HAN = re.compile(r"[\u4e00-\u9fff]")


class Printer:
    """Asks a query and prints what it finds; ``columns`` are those that tables show, all where empty.

    Saved queries give the ontology's terms in Chinese; where ``worded``, English tables have them in English.
    """

    def __init__(
        self, graph: GraphStore, columns: Sequence[str] = (), *, excel: bool = False, worded: bool = False
    ) -> None:
        from kg.graph.lookup import Lookup

        self._graph = graph
        self._columns = columns
        self._excel = excel
        self._lookup = Lookup(graph.store)
        self._english = in_english(graph) if worded and main_language() == "en" else {}
        self._table: tuple[list[str], list[list[str]]] | None = None

    def answer(self, text: str, terms: Mapping[str, Term], kind: str | None, limit: float | None) -> bytes:
        """The answer in a format; none means a table, or Turtle where the answer is triples."""
        triples = form(text) in ("CONSTRUCT", "DESCRIBE")
        if triples and kind not in (None, "turtle"):
            raise QueryError(f"{kind} does not fit triples", hint="--format turtle, or ask by SELECT")
        if kind == "turtle" and not triples:
            raise QueryError(
                "turtle does not fit rows", hint="ask by CONSTRUCT, or --format table|csv|json|markdown"
            )
        if kind in ("json", "csv"):
            from pyoxigraph import QueryResultsFormat

            formats = {"json": QueryResultsFormat.JSON, "csv": QueryResultsFormat.CSV}
            data = self._graph.serialized(text, formats[kind], parameters=terms, time_limit=limit)
            if self._excel:
                return disarmed(data)
            return data + b"\n" if kind == "json" else data
        found = self._graph.query(text, parameters=terms, time_limit=limit)
        if found.triples is not None:
            return self._turtle(found).encode()
        if found.truth is not None:
            return f"{str(found.truth).lower()}\n".encode()
        shown, rows = self._rows(found)
        if kind == "markdown":
            return markdown(headings(shown), rows).encode()
        self._table = headings(shown), rows
        return b""

    def out(self, data: bytes, to: Path | None) -> None:
        """Prints an answer, or writes it to a file."""
        if self._table is not None:
            self._draw(to)
        elif to is not None:
            write_file(to, data)
        else:
            put_bytes(data)

    def _draw(self, to: Path | None) -> None:
        from io import StringIO

        columns, rows = self._table or ([], [])
        numbers = [
            n for n in range(len(columns)) if rows and all(_NUMERIC.fullmatch(r[n]) or not r[n] for r in rows)
        ]
        if to is not None:
            text = StringIO()
            table(columns, rows, right=numbers, to=text)
            write_file(to, text.getvalue().encode())
            return
        if rows:
            table(columns, rows, right=numbers)
        else:
            put(say("没有结果。", "Nothing found.") + "\n")
        if sys.stdout.isatty():
            note(say(f"{len(rows)} 行", counted(len(rows), "row")))

    def _rows(self, found: Answer) -> tuple[list[str], list[list[str]]]:
        """The columns to show and their cells: of ``city`` and ``cityLabel`` one, with the label."""
        have = found.variables
        wanted = [c for c in self._columns if c in have] or [
            v for v in have if not (v.endswith(_LABEL) and v.removesuffix(_LABEL) in have)
        ]
        places = [
            (have.index(c), have.index(f"{c}{_LABEL}") if f"{c}{_LABEL}" in have else None) for c in wanted
        ]
        rows = [
            [self._cell(row[own], None if label is None else row[label]) for own, label in places]
            for row in found.rows
        ]
        return wanted, self._worded(rows)

    def _worded(self, rows: list[list[str]]) -> list[list[str]]:
        """Rows in which columns of nothing but terms of the ontology, such as 已有, have their English labels."""
        terms = [
            n for n in range(len(rows[0]) if rows else 0)
            if all(not row[n] or row[n] in self._english for row in rows)
        ]  # fmt: skip
        for row in rows:
            for n in terms:
                row[n] = self._english.get(row[n], row[n])
        return rows

    def _cell(self, term: AnyTerm | None, label: AnyTerm | None) -> str:
        from pyoxigraph import Literal, NamedNode

        if isinstance(term, NamedNode) and (main_language() == "en" or label is None):
            name = self._lookup.label(term.value, main_language())
            return name if term.value.startswith(_DOCUMENTS) else readable(name)
        shown = term if label is None else label
        if shown is None:
            return ""
        return shown.value if isinstance(shown, Literal) else str(shown)

    def _turtle(self, found: Answer) -> str:
        from pyoxigraph import Quad

        from kg.graph.trig import lines
        from kg.queries.asking import prefixes_of

        body = "\n".join(lines(Quad(t.subject, t.predicate, t.object) for t in found.triples or ()))
        body = re.sub(r"^    ", "", body, flags=re.MULTILINE)
        head = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in sorted(prefixes_of(body)))
        return f"{head}\n{body}" if head else body


def in_english(graph: GraphStore) -> dict[str, str]:
    """The English labels of the ontology's own terms (statuses, kinds, levels) by the Chinese ones."""
    query = """
    SELECT DISTINCT ?zh ?en { GRAPH id:graph\\/ontology { ?term rdfs:label ?zh, ?en }
      FILTER (LANG(?zh) = "zh" && LANG(?en) = "en") } ORDER BY ?zh ?en
    """
    found: dict[str, str] = {}
    for zh, en in graph.query(query).rows:
        found.setdefault(str(getattr(zh, "value", "")), str(getattr(en, "value", "")))
    return found


def readable(name: str) -> str:
    """A name that has no English one, with its reading behind it, where English is asked for.

    >>> import os
    >>> os.environ["KG_LANG"] = "en"
    >>> readable("苏州片区"), readable("Suzhou")
    ('苏州片区 (su zhou pian qu)', 'Suzhou')
    >>> del os.environ["KG_LANG"]
    """
    if main_language() != "en" or not _HAN.search(name):
        return name
    from kg.graph.pinyin import syllables

    return f"{name} ({' '.join(s for s in syllables(name) if any(map(str.isalnum, s)))})"
