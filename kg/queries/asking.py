"""What is asked: SPARQL, a file that holds it, or the name of a saved query, with its parameters as terms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError, QueryError
from kg.graph.lookup import Lookup
from kg.graph.store import TIME_LIMIT, Answer, GraphStore
from kg.namespaces import ID, TRIG_PREFIXES, XSD
from kg.queries.saved import SavedQuery, Term, free_term, load, parse
from kg.queries.trouble import located


@dataclass(frozen=True, slots=True)
class Question:
    """A query that is meant; ``typed`` where a header says what its parameters are."""

    query: SavedQuery
    typed: bool

    def answer(
        self, graph: GraphStore, given: Mapping[str, Any], *,
        lookup: Lookup | None = None, time_limit: float | None = TIME_LIMIT,
    ) -> Answer:  # fmt: skip
        """The answer of a graph; ``given`` are values of parameters, names of things among them.

        Raises `QueryError` that tells line and column where the query is wrong.
        """
        text = self.query.sparql(dict.fromkeys(given, ""))
        terms = self.terms(given, lookup or Lookup(graph.store))
        try:
            return graph.query(text, parameters=terms, time_limit=time_limit)
        except QueryError as error:
            raise located(text, error) from error

    def terms(self, given: Mapping[str, Any], lookup: Lookup) -> Mapping[str, Term]:
        """The terms that parameters stand for, by variable of the query; things are looked up by name."""
        if self.typed:
            names = {name: _name(value) for name, value in given.items()}
            return self.query.terms(
                names, lambda name, kind: lookup.one(name, None if kind == "thing" else [kind]).iri
            )
        for name in given:
            if not re.search(rf"[?$]{re.escape(name)}\b", self.query.text):
                raise QueryError(f"{self.query.name} has no variable ?{name}", hint="leave it out")
        return {name: term(value) for name, value in given.items()}


def question(text: str) -> Question:
    """The query that a text means: SPARQL itself, ``@file.rq``, or the name of a saved query.

    >>> question("cities-clusters").typed, question("ASK { ?s a ?class }").typed
    (True, False)
    """
    if text.startswith("@"):
        query = parse(text[1:], _read(Path(text[1:])))
    elif text.strip() and not any(c.isspace() or c in "{}?" for c in text.strip()):
        return Question(load(text.strip()), True)
    else:
        query = parse("the query", text)
    return Question(query, bool(query.params))


def term(value: Any) -> Term:
    """The RDF term of a Python value: an IRI where a text is one (``<…>``, ``pp:hosts``, of the graph), else a text.

    >>> term("id:region/320500").value.rpartition("/")[2], term(2025).datatype.value[-7:], term("2025").value
    ('320500', 'integer', '2025')
    """
    if isinstance(value, NamedNode | Literal):
        return value
    if iri := getattr(value, "iri", None):
        return NamedNode(iri)
    if isinstance(value, datetime | date):
        type_ = f"{XSD._}dateTime" if isinstance(value, datetime) else XSD.date
        return Literal(value.isoformat(), datatype=NamedNode(type_))
    if isinstance(value, bool | int | float):
        return Literal(value)
    if not isinstance(value, str):
        raise QueryError(f"{value!r} is no value of a parameter", hint="give a text, a number or a thing")
    text = f"<{value}>" if value.startswith(ID) else value
    found = free_term(text)
    return found if isinstance(found, NamedNode) else Literal(value)


def prefixes_of(text: str) -> list[tuple[str, str]]:
    """The known prefixes that a query or Turtle uses, with their IRIs, for a head that declares them.

    >>> [prefix for prefix, _ in prefixes_of("?s pp:actsOn drug-target:pd-1")]
    ['pp', 'drug-target']
    """
    return [(p, iri) for p, iri in TRIG_PREFIXES.items() if re.search(rf"(?<![\w:-]){re.escape(p)}:", text)]


def _name(value: Any) -> str:
    return str(getattr(value, "iri", None) or getattr(value, "value", value))


def decoded(data: bytes, name: str) -> str:
    """The text of a query's bytes, which must be UTF-8; ``name`` says in an error where they come from.

    >>> decoded("ASK {}".encode("utf-8-sig"), "ask.rq")
    'ASK {}'
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 at byte {error.start}", hint="save it as UTF-8") from error


def _read(path: Path) -> str:
    try:
        return decoded(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint="@ stands before the name of a file") from error
