"""The query page: a form and its answer, which works in a browser without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.namespaces import PREFIXES
from kg.queries.saved import every
from kg.serve import formats
from kg.serve.worker import PAGE_ROWS

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
"""The page runs no script and loads nothing, whatever an answer holds."""
START = """SELECT ?city ?cityLabel ?clusterLabel ?field WHERE {
  ?city pp:hosts ?cluster ; rdfs:label ?cityLabel .
  ?cluster rdfs:label ?clusterLabel .
  OPTIONAL { ?cluster pp:focusesOn/rdfs:label ?field FILTER (LANG(?field) = "zh") }
  FILTER (LANG(?cityLabel) = "zh" && LANG(?clusterLabel) = "zh")
}
ORDER BY ?cityLabel LIMIT 100
"""


def page(
    query: str = "", answer: Mapping[str, Any] | None = None, *, kind: str = "", problem: str = ""
) -> str:
    """The page with a query and its answer, or with what is wrong about it.

    >>> "&lt;b&gt;" in page("ASK {}", {"names": ["a"], "rows": [[{"text": "<b>", "language": ""}]], "more": False})
    True
    """
    offers = formats.TRIPLES if kind == "triples" else formats.ROWS
    links = [(name, "sparql?" + urlencode({"query": query, "format": name})) for name in offers]
    return (
        _environment()
        .get_template("sparql.html")
        .render(
            query=query or START, asked=bool(query), answer=answer, problem=problem, links=links,
            prefixes=sorted(PREFIXES.items()), examples=_examples(), shown=PAGE_ROWS,
        )
    )  # fmt: skip


def start(*, failed: bool) -> str:
    """What stands at ``/`` until the explorer's pages are written, or if they cannot be."""
    return _environment().get_template("start.html").render(failed=failed)


@cache
def _examples() -> list[tuple[str, str, str]]:
    return [
        (q.title_zh, q.title, "sparql?" + urlencode({"query": q.sparql()}))
        for q in every()
        if not any(p.required or p.default is not None for p in q.params)
    ]


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates"), encoding="utf-8"), autoescape=True,
        undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
