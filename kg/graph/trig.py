"""A dataset as readable TriG whose bytes depend on its quads alone: sorted, one graph at a time.

Oxigraph writes the terms, which is fast; here its lines are put in order, as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import IO

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg.namespaces import TRIG_PREFIXES

Term = NamedNode | BlankNode | Literal | Triple
Subjects = dict[str, dict[str, set[str]]]
"""Objects by predicate by subject, as Turtle writes them."""

_OBJECT = re.compile(r'"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^\S+)?|[^\s,]\S*')
_SECTION = re.compile(r"(?:^|\s)section:", re.MULTILINE)
_RANKS = {"a": 0, "rdfs:label": 1}


def write_trig(store: Store, to: IO[str]) -> int:
    """Writes a store as TriG and returns how many quads it has; only one graph is in memory at a time."""
    to.write(head())
    count = 0
    for _, text, size in graph_texts(store):
        to.write(text)
        count += size
    return count


def graph_texts(store: Store) -> Iterator[tuple[str, str, int]]:
    """The named graphs of a store in order: the name, the block in a TriG file, how many statements it has."""
    graphs = [g for g in store.named_graphs() if isinstance(g, NamedNode)]
    for graph in sorted(graphs, key=lambda g: g.value):
        prefixes = _prefixes(graph.value)
        turtle = store.dump(format=RdfFormat.TURTLE, from_graph=graph, prefixes=prefixes)
        yield graph.value, *_graph(graph.value, turtle)


def head() -> str:
    """The prefixes of a TriG file, sorted."""
    return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(TRIG_PREFIXES.items()))


def graph_text(graph: str, triples: Iterable[Triple]) -> tuple[str, int]:
    """The block of one graph in a TriG file, and how many statements it has.

    >>> graph_text("urn:g", [Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("o"))])
    ('\\n<urn:g> {\\n    <urn:s>\\n        <urn:p> "o" .\\n}\\n', 1)
    """
    return _graph(graph, serialize(triples, format=RdfFormat.TURTLE, prefixes=_prefixes(graph)))


def lines(quads: Iterable[Quad]) -> Iterator[str]:
    """The statements of one graph, a block a subject: type and label first, the rest by name."""
    prefixes = dict(TRIG_PREFIXES)
    turtle = serialize((q.triple for q in quads), format=RdfFormat.TURTLE, prefixes=prefixes)
    return _blocks(_subjects(turtle, prefixes), prefixes)


@lru_cache(maxsize=65536)
def term(value: Term) -> str:
    """A term as Turtle writes it, with a prefix where one fits.

    >>> term(NamedNode("https://w3id.org/pharma-policy-kg/id/field/yi-yao"))
    'field:yi-yao'
    """
    (block,) = lines([Quad(NamedNode("urn:s"), NamedNode("urn:p"), value)])
    return block.removeprefix("    <urn:s>\n        <urn:p> ").removesuffix(" .\n")


def _prefixes(graph: str) -> dict[str, str]:
    """The prefixes in the block of a graph; what stands under a document's IRI has one of its own."""
    return {**TRIG_PREFIXES, "section": f"{graph}/section/"}


def _graph(graph: str, turtle: bytes | None) -> tuple[str, int]:
    prefixes = _prefixes(graph)
    subjects = _subjects(turtle, prefixes)
    size = sum(len(objects) for predicates in subjects.values() for objects in predicates.values())
    text = "".join(_blocks(subjects, prefixes))
    declared = f"@prefix section: <{prefixes['section']}> .\n" if _SECTION.search(text) else ""
    return f"\n{declared}{term(NamedNode(graph))} {{\n{text}}}\n", size


def _subjects(turtle: bytes | None, prefixes: Mapping[str, str]) -> Subjects:
    """What Oxigraph's Turtle says: a line a predicate, and only lines of further predicates start with a tab."""
    found: Subjects = {}
    predicates: dict[str, set[str]] = {}
    for line in (turtle or b"").decode().split("\n"):
        if line.startswith("\t"):
            predicate, objects = line[1:-2].split(" ", 1)
        elif not line or line.startswith("@prefix "):
            continue
        else:
            subject, predicate, objects = line[:-2].split(" ", 2)
            predicates = found.setdefault(_spelled(subject, prefixes), {})
        values = _OBJECT.findall(objects) if " , " in objects else (objects,)
        if "\\" in line:
            predicate = _spelled(predicate, prefixes)
            values = [_spelled(value, prefixes) for value in values]
        if predicate in predicates:
            predicates[predicate].update(values)
        else:
            predicates[predicate] = set(values)
    return found


def _spelled(value: str, prefixes: Mapping[str, str]) -> str:
    """A term as people write it: an IRI in full where its prefixed name needs escapes."""
    if "\\" not in value or value[0] in '"<':
        return value
    prefix, _, local = value.partition(":")
    return f"<{prefixes[prefix]}{local.replace(chr(92), '')}>"


def _blocks(subjects: Subjects, prefixes: Mapping[str, str]) -> Iterator[str]:
    def iri(name: str) -> tuple[str, str]:
        prefix, colon, local = name.partition(":")
        return (f"{prefixes[prefix]}{local}" if colon and prefix in prefixes else name.strip("<>")), name

    for subject in sorted(subjects, key=iri):
        predicates = sorted(subjects[subject].items(), key=lambda item: (_RANKS.get(item[0], 2), item[0]))
        body = " ;\n".join(f"        {p} {_objects(objects)}" for p, objects in predicates)
        yield f"    {subject}\n{body} .\n"


def _objects(objects: set[str]) -> str:
    """Objects in order: on one line where they are short, else a line each."""
    if len(objects) == 1:
        return next(iter(objects))
    ordered = sorted(objects)
    if sum(map(len, ordered)) < 80:
        return " , ".join(ordered)
    return "\n            " + " ,\n            ".join(ordered)
