"""The graph as RDF files: graphs in order of name, statements in order, so that the same graph gives the same bytes.

Formats without named graphs hold the union of all graphs. Nothing that a query over the union sees is lost, since each
assertion names the document that it was derived from; Turtle and N-Triples say in a comment which graph begins where.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Literal, Quad, RdfFormat, Triple, serialize

from kg.exports.characters import legal
from kg.exports.source import Source
from kg.graph.trig import head, lines, write_trig
from kg.namespaces import PREFIXES


def write_turtle(source: Source, path: Path) -> None:
    """Writes the union of the graphs as Turtle, one graph after the other."""
    with path.open("w", encoding="utf-8", newline="\n") as to:
        to.write(head())
        for graph, quads in source.graphs():
            to.write(f"\n# <{graph}>\n")
            for block in lines(quads):
                to.write(unindented(block))


def unindented(block: str) -> str:
    """A block of a TriG file as it stands in Turtle, four columns further left.

    >>> unindented("    <urn:s>\\n        <urn:p> 1 .\\n")
    '<urn:s>\\n    <urn:p> 1 .\\n'
    """
    return "".join(line.removeprefix("    ") for line in block.splitlines(keepends=True))


def write_trig_file(source: Source, path: Path) -> None:
    """Writes all graphs as TriG."""
    with path.open("w", encoding="utf-8", newline="\n") as to:
        write_trig(source.graph.store, to)


def write_nquads(source: Source, path: Path) -> None:
    """Writes all graphs as N-Quads, sorted within each graph."""
    with path.open("wb") as to:
        for _, quads in source.graphs():
            to.write(_sorted_lines(serialize(quads, format=RdfFormat.N_QUADS)))


def write_ntriples(source: Source, path: Path) -> None:
    """Writes the union of the graphs as N-Triples, sorted within each graph."""
    with path.open("wb") as to:
        for graph, quads in source.graphs():
            to.write(f"# <{graph}>\n".encode())
            to.write(_sorted_lines(serialize((q.triple for q in quads), format=RdfFormat.N_TRIPLES)))


def write_rdfxml(source: Source, path: Path) -> None:
    """Writes the union of the graphs as RDF/XML; characters that XML cannot hold become U+FFFD."""
    with path.open("wb") as to:
        serialize(
            _for_xml(q.triple for _, quads in source.graphs() for q in quads), cast(IO[bytes], _CarriageReturns(to)),
            format=RdfFormat.RDF_XML, prefixes=dict(PREFIXES),
        )  # fmt: skip


class _CarriageReturns:
    """Writes carriage returns as references: XML readers turn bare ones into line feeds, and quotes would change."""

    def __init__(self, to: IO[bytes]) -> None:
        self._to = to

    def write(self, data: bytes) -> int:
        self._to.write(bytes(data).replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        self._to.flush()


def _for_xml(triples: Iterable[Triple]) -> Iterator[Triple]:
    for triple in triples:
        value = triple.object
        if isinstance(value, Literal) and (text := legal(value.value)) != value.value:
            clean = (
                Literal(text, language=value.language) if value.language
                else Literal(text, datatype=value.datatype)
            )  # fmt: skip
            yield Triple(triple.subject, triple.predicate, clean)
        else:
            yield triple


def _sorted_lines(data: bytes | None) -> bytes:
    found = sorted((data or b"").splitlines(keepends=True))
    return b"".join(found)


def quads_of(source: Source) -> Iterator[Quad]:
    """All quads, by graph and in order."""
    return (quad for _, quads in source.graphs() for quad in quads)
