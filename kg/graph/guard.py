"""What a query may do: read this store, and nothing else.

pyoxigraph follows ``SERVICE`` to any address and takes ``FROM`` for nothing when it reads the union of all
graphs, so both are looked at here, before the query runs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import QueryError
from kg.namespaces import TRIG_PREFIXES

_TOKEN = re.compile(
    r"""
    (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:(?:\"{1,2})?(?:[^"\\]|\\.))*\"{3}|'{3}(?:(?:'{1,2})?(?:[^'\\]|\\.))*'{3}
      |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<comment>\#[^\n\r]*)
  | (?P<variable>[?$]\w+)
  | (?P<prefixed>(?:\w[\w.-]*)?:(?:[\w:%.-]|\\.)*)
  | (?P<word>@?[^\W\d]\w*)
  | (?P<other>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# What stands between < and > can also be a comparison, and what follows then a comment or a string to one reading
# and not to the other. With a scheme and two slashes, or without any of these characters, it can only be an IRI.
_CLEARLY_IRI = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*://.*|[^#'()]*)>")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"})
_QUERIES = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


@dataclass(frozen=True, slots=True)
class Checked:
    """A query that may run; ``graphs`` are the graphs that it reads FROM, if it names any."""

    text: str
    graphs: tuple[str, ...] = ()


def check(text: str, services: Collection[str] = ()) -> Checked:
    """A query that reads only; raises `QueryError` for updates, and for ``SERVICE`` but to one of ``services``.

    A service must be named in angle brackets, exactly as it is in ``services``.

    >>> check("SELECT ?service { ?service a pp:Cluster } # no service").graphs
    ()
    >>> check("SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.errors.QueryError: SERVICE is refused: it would send the query to another machine — leave it out
    """
    # SPARQL reads \u escapes before anything else; what they hide must not pass, nor what they reveal.
    unescaped = _ESCAPED.sub(_character, text)
    for reading in {text, unescaped}:
        _refuse(reading, services if text == unescaped else ())
    return Checked(text, tuple(_graphs(unescaped)))


def readdress(text: str, to: Mapping[str, str]) -> str:
    """A checked query with other addresses for its services; other IRIs stay as they are.

    >>> readdress("SELECT * { ?s a <http://a> SERVICE SILENT <http://a> { } }", {"http://a": "http://b"})
    'SELECT * { ?s a <http://a> SERVICE SILENT <http://b> { } }'
    """
    before: list[str] = ["", ""]

    def put(match: re.Match[str]) -> str:
        token = match.group()
        if match.lastgroup == "comment":
            return token
        called = before[1] == "SERVICE" or before == ["SERVICE", "SILENT"]
        before[:] = [before[1], token.upper()]
        if match.lastgroup == "iri" and called and token[1:-1] in to:
            return f"<{to[token[1:-1]]}>"
        return token

    return _TOKEN.sub(put, text)


def bind(text: str, terms: Mapping[str, NamedNode | BlankNode | Literal]) -> str:
    """A query with terms in the place of variables; a variable that it selects is still selected.

    pyoxigraph's own substitutions only reach variables of the projection, and a term put in here is
    written by pyoxigraph, so that no value can change what the query is.

    >>> bind("SELECT ?d ?n WHERE { ?d rdfs:label ?n }", {"d": NamedNode("urn:x")})
    'SELECT (<urn:x> AS ?d) ?n WHERE { <urn:x> rdfs:label ?n }'
    """
    selecting = listing = False
    depth = 0

    def put(match: re.Match[str]) -> str:
        nonlocal selecting, listing, depth
        kind, token = match.lastgroup, match.group()
        word = token.upper() if kind == "word" else ""
        selecting = word == "SELECT" or (selecting and word not in ("WHERE", "FROM") and token != "{")
        listing = word == "BY" or (listing and word not in ("HAVING", "LIMIT", "OFFSET") and token != "}")
        depth += (token == "(") - (token == ")")
        if kind != "variable" or token[1:] not in terms:
            return token
        term = str(terms[token[1:]])
        if selecting and depth == 0:
            return f"({term} AS ?{token[1:]})"
        return f"({term})" if listing and depth == 0 else term

    return _TOKEN.sub(put, text)


def _character(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 else match[0]


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind != "comment":
            yield kind, match.group()


def _refuse(text: str, services: Collection[str]) -> None:
    opened = False
    tokens = list(_tokens(text))
    doubtful = any(kind == "iri" and not _CLEARLY_IRI.fullmatch(token) for kind, token in tokens)
    if doubtful and "service" in text.casefold():
        raise _to_another_machine("put a blank after each < that compares")
    for n, (kind, token) in enumerate(tokens):
        # A parser may take a keyword without a blank after it: any word with "service" in it is one too many.
        bare = token.partition(":")[0] if kind == "prefixed" else token if kind == "word" else ""
        if "service" in bare.casefold() and not _permitted(tokens[n : n + 3], services):
            raise _to_another_machine("leave it out")
        opened = opened or (kind == "word" and token.upper() in _QUERIES)
        if kind == "word" and not opened and token.upper() in _UPDATES:
            raise QueryError(f"{token.upper()} is an update; a store is only read", hint="use kg build")


def _permitted(tokens: list[tuple[str, str]], services: Collection[str]) -> bool:
    """Whether tokens from SERVICE on name one of the services."""
    (_, keyword), *rest = tokens
    if rest and rest[0][1].upper() == "SILENT":
        rest = rest[1:]
    return (
        keyword.upper() == "SERVICE" and bool(rest) and rest[0][0] == "iri" and rest[0][1][1:-1] in services
    )


def _to_another_machine(hint: str) -> QueryError:
    return QueryError("SERVICE is refused: it would send the query to another machine", hint=hint)


def _graphs(text: str) -> Iterator[str]:
    prefixes: dict[str, str] = dict(TRIG_PREFIXES)
    before = ("", "")
    declared: str | None = None
    for kind, token in _tokens(text):
        word = before[1].upper() if before[0] == "word" else ""
        if word == "PREFIX" and kind == "prefixed":
            declared = token[:-1]
        elif kind == "iri" and declared is not None:
            prefixes[declared] = token[1:-1]
            declared = None
        elif word in ("FROM", "NAMED") and kind in ("iri", "prefixed"):
            yield token[1:-1] if kind == "iri" else _expanded(token, prefixes)
        before = (kind, token)


def _expanded(token: str, prefixes: Mapping[str, str]) -> str:
    prefix, _, local = token.partition(":")
    return prefixes.get(prefix, f"{prefix}:") + local.replace("\\", "")
