"""What may stand at a place of a SPARQL query: variables of the query, prefixes, terms of the graph, keywords."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress

from kg.errors import KgError
from kg.graph.store import GraphStore
from kg.namespaces import PP, TRIG_PREFIXES
from kg.queries.reading import lexical

KEYWORDS = (
    "ASC", "ASK", "BIND", "CONCAT", "CONSTRUCT", "CONTAINS", "COUNT", "DESC", "DESCRIBE", "DISTINCT", "EXISTS",
    "FILTER", "GRAPH", "GROUP BY", "GROUP_CONCAT", "HAVING", "LANG", "LIMIT", "MAX", "MIN", "MINUS", "NOT EXISTS",
    "OFFSET", "OPTIONAL", "ORDER BY", "PREFIX", "REGEX", "SAMPLE", "SELECT", "STR", "STRSTARTS", "SUM", "UNION",
    "VALUES", "WHERE",
)  # fmt: skip
_TOKEN = re.compile(r"[?$]?[\w-]*(?::[\w-]*)?$")
_VARIABLE = re.compile(r"[?$]\w+")
_TERMS = """
SELECT DISTINCT ?term {
  { VALUES ?type { owl:Class rdfs:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty rdf:Property }
    ?term a ?type }
  UNION { SELECT DISTINCT ?term { ?any ?term ?thing } }
  UNION { ?term a ?class FILTER (STRSTARTS(STR(?term), STR(pp:))) }
}
"""


def terms(graph: GraphStore | None) -> tuple[str, ...]:
    """The classes and properties of a graph by their prefixed names, sorted; without one those that are known.

    >>> "pp:hosts" in terms(None)
    True
    """
    found: Iterable[str] = (v for k, v in vars(PP).items() if not k.startswith("_") and isinstance(v, str))
    if graph is not None:
        with suppress(KgError):  # a completion never fails: what is known without the graph will do
            found = [lexical(row[0]) for row in graph.query(_TERMS, time_limit=10).rows]
    named = (
        f"{prefix}:{iri.removeprefix(base)}"
        for iri in set(found) for prefix, base in TRIG_PREFIXES.items()
        if iri.startswith(base) and re.fullmatch(r"[\w-]+", iri.removeprefix(base))
    )  # fmt: skip
    return tuple(sorted(named))


def token(text: str) -> str:
    """What is being typed at the end of a text.

    >>> token("SELECT ?city { ?city pp:ho"), token("?ci"), token("{ ")
    ('pp:ho', '?ci', '')
    """
    match = _TOKEN.search(text)
    return match[0] if match else ""


def completions(query: str, at: int, known: Sequence[str]) -> list[str]:
    """What can stand in the place of the token before ``at``, the likeliest first; ``known`` are `terms`.

    Letters are compared whatever their case, as long as something fits.

    >>> completions("SELECT ?city { ?city pp:hos", 27, ["pp:Hospital", "pp:hosts"])
    ['pp:hosts', 'pp:Hospital']
    >>> completions("SELECT ?city { ?c", 17, [])
    ['?city']
    >>> completions("sel", 3, [])
    ['SELECT']
    >>> completions("drug", 4, [])
    ['drug-target:']
    """
    typed = token(query[:at])
    if typed[:1] in ("?", "$"):
        rest = query[: at - len(typed)] + query[at:]
        names = {typed[0] + name[0][1:] for name in _VARIABLE.finditer(rest)}
        return sorted(name for name in names if name.startswith(typed))
    if ":" in typed:
        fitting = [t for t in known if t.casefold().startswith(typed.casefold())]
        return sorted(fitting, key=lambda t: (not t.startswith(typed), t.casefold(), t))
    if not typed:
        return []
    prefixes = [f"{p}:" for p in TRIG_PREFIXES if p.startswith(typed)]
    return [*prefixes, *(k for k in KEYWORDS if k.startswith(typed.upper()))]
