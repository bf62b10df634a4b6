"""A dataset as readable TriG whose bytes depend on its quads alone: sorted, one graph at a time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import IO

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from kg.namespaces import RDF, RDFS, TRIG_PREFIXES, XSD

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_BARE_NUMBER = {XSD.integer: re.compile(r"-?\d+"), XSD.decimal: re.compile(r"-?\d+\.\d+")}
_ESCAPES = {ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}
_ESCAPES |= {n: f"\\u{n:04X}" for n in (*range(32), 127) if n not in _ESCAPES}
_LONGEST_FIRST = sorted(TRIG_PREFIXES.items(), key=lambda item: -len(item[1]))

Term = NamedNode | BlankNode | Literal | Triple


def write_trig(store: Store, to: IO[str]) -> int:
    """Writes a store as TriG and returns how many quads it has; only one graph is in memory at a time."""
    for prefix, iri in sorted(TRIG_PREFIXES.items()):
        to.write(f"@prefix {prefix}: <{iri}> .\n")
    count = 0
    graphs = [g for g in store.named_graphs() if isinstance(g, NamedNode)]
    for graph in sorted(graphs, key=lambda g: g.value):
        quads = list(store.quads_for_pattern(None, None, None, graph))
        count += len(quads)
        under = f"{graph.value}/section/"
        if any(q.subject.value.startswith(under) for q in quads if isinstance(q.subject, NamedNode)):
            to.write(f"\n@prefix section: <{under}> .")
        to.write(f"\n{term(graph)} {{\n")
        to.writelines(lines(quads, under))
        to.write("}\n")
    return count


def lines(quads: Iterable[Quad], sections: str = "") -> Iterator[str]:
    """The statements of one graph, a block a subject: type and label first, the rest by name.

    What stands under the IRI ``sections`` is written with the prefix ``section:``.
    """

    def text(value: Term) -> str:
        iri = value.value if isinstance(value, NamedNode) else ""
        inside = bool(sections) and iri.startswith(sections)
        if inside and _LOCAL.fullmatch(iri, len(sections)):
            return f"section:{iri[len(sections) :]}"
        return term(value)

    subjects: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        name = text(quad.subject)
        by = quad.subject.value if isinstance(quad.subject, NamedNode) else name
        subjects[by, name][_predicate(quad.predicate)].add(text(quad.object))
    for (_, subject), predicates in sorted(subjects.items()):
        ordered = sorted(predicates.items(), key=lambda item: (_RANKS.get(item[0], 2), item[0]))
        body = " ;\n".join(f"        {p} {_objects(objects)}" for p, objects in ordered)
        yield f"    {subject}\n{body} .\n"


def _objects(objects: Iterable[str]) -> str:
    """Objects in order: on one line where they are short, else a line each."""
    ordered = sorted(objects)
    if len(ordered) < 2 or sum(map(len, ordered)) < 80:
        return " , ".join(ordered)
    return "\n            " + " ,\n            ".join(ordered)


@lru_cache(maxsize=65536)
def term(value: Term) -> str:
    """A term as Turtle writes it, with a prefix where one fits.

    >>> term(NamedNode("https://w3id.org/pharma-policy-kg/id/field/yi-yao"))
    'field:yi-yao'
    """
    if isinstance(value, NamedNode):
        return _name(value.value)
    if isinstance(value, Literal):
        return _literal(value)
    return str(value)


def _name(iri: str) -> str:
    for prefix, start in _LONGEST_FIRST:
        if iri.startswith(start) and _LOCAL.fullmatch(iri, len(start)):
            return f"{prefix}:{iri[len(start) :]}"
    return f"<{iri}>"


def _literal(value: Literal) -> str:
    datatype = value.datatype.value
    number = _BARE_NUMBER.get(datatype)
    if (number and number.fullmatch(value.value)) or (
        datatype == XSD.boolean and value.value in ("true", "false")
    ):
        return value.value
    text = f'"{value.value.translate(_ESCAPES)}"'
    if value.language:
        return f"{text}@{value.language}"
    return text if datatype == XSD.string else f"{text}^^{_name(datatype)}"


def _predicate(value: NamedNode) -> str:
    return "a" if value.value == RDF.type else term(value)


_RANKS = {"a": 0, _name(RDFS.label): 1}
