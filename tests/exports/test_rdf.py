"""RDF files, opened by rdflib and by Oxigraph's own parser: the quads that come back are those of the graph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import CanonicalizationAlgorithm, DefaultGraph, Literal, Quad, RdfFormat, parse
from pyoxigraph import Dataset as OxDataset

from kg.exports.context import dumped
from kg.exports.formats import FORMATS
from kg.exports.jsonld import context_of
from kg.exports.source import Source
from kg.resources import ontology_dir

QUADS = ["trig", "nquads", "jsonld"]
TRIPLES = ["turtle", "ntriples", "rdfxml"]
OXIGRAPH = {
    "trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD, "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML,
}  # fmt: skip
RDFLIB = {
    "trig": "trig", "nquads": "nquads", "jsonld": "json-ld", "turtle": "turtle", "ntriples": "nt", "rdfxml": "xml",
}  # fmt: skip


def canonical(quads: Iterable[Quad], *, named: bool) -> set[str]:
    """Quads as texts, with names for blank nodes that depend on what is said of them alone."""
    found = OxDataset(q if named else Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, found))


def written(name: str, source: Source, folder: Path) -> Path:
    path = folder / FORMATS[name].usual
    FORMATS[name].write(source, path)
    return path


def by_oxigraph(path: Path, name: str) -> Iterable[Quad]:
    return parse(path=str(path), format=OXIGRAPH[name])


def by_rdflib(path: Path, name: str) -> Iterable[Quad]:
    data = rdflib.Dataset()
    data.parse(path, format=RDFLIB[name])
    return list(parse(data.serialize(format="nquads").encode(), format=RdfFormat.N_QUADS))


@pytest.fixture(autouse=True)
def _as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """rdflib would write 0.90 as 0.9 otherwise."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


@pytest.mark.parametrize("reader", [by_oxigraph, by_rdflib])
@pytest.mark.parametrize("name", QUADS + TRIPLES)
def test_what_comes_back_is_the_graph(
    name: str, reader: Callable[[Path, str], Iterable[Quad]], lean: Source, tmp_path: Path
) -> None:
    named = name in QUADS
    found = canonical(reader(written(name, lean, tmp_path), name), named=named)
    assert found == canonical(lean.graph.store, named=named)
    assert len(found) > 2000  # the ontology alone has some 2,000


@pytest.mark.parametrize("reader", [by_oxigraph, by_rdflib])
@pytest.mark.parametrize("name", QUADS + TRIPLES)
def test_whatever_a_document_says_comes_back(
    name: str, reader: Callable[[Path, str], Iterable[Quad]], nasty: Source, tmp_path: Path
) -> None:
    """Carriage returns, control characters, markup. XML cannot hold U+000B and U+001F: they become U+FFFD."""

    def values(quads: Iterable[Quad]) -> set[str]:
        return {q.object.value for q in quads if isinstance(q.object, Literal) and "document/nasty" in str(q)}

    want = values(nasty.graph.store)
    if name == "rdfxml":
        want = {re.sub("[\x0b\x1f]", "\ufffd", value) for value in want}
    assert any("\r\n" in value for value in want)
    found = reader(written(name, nasty, tmp_path), name)
    have = {q.object.value for q in found if isinstance(q.object, Literal)}
    assert want - have == set()


@pytest.mark.parametrize("name", QUADS + TRIPLES)
def test_the_same_graph_gives_the_same_bytes(name: str, lean: Source, tmp_path: Path) -> None:
    """A store that was filled in another order is the same graph."""
    from kg.graph.store import GraphStore

    (tmp_path / "again").mkdir()
    other = Source(GraphStore.in_memory(reversed(list(lean.graph.store))))
    assert written(name, lean, tmp_path).read_bytes() == written(name, other, tmp_path / "again").read_bytes()


def test_json_ld_reads_well(lean: Source, tmp_path: Path) -> None:
    """Someone who knows JSON only finds his way: names of terms, numbers as numbers, texts by language."""
    import json

    graphs = json.loads(written("jsonld", lean, tmp_path).read_text("utf-8"))["@graph"]
    (jiangsu,) = (g for g in graphs if g["@id"] == "id:document/jiangsu-2021")
    (about,) = (n for n in jiangsu["@graph"] if n["@id"] == jiangsu["@id"])
    assert about["@type"] == "pp:PolicyDocument"
    assert about["title"] == {"zh": "江苏省医药规划"}
    assert about["periodStart"] == "2021"
    quoted = [n for n in jiangsu["@graph"] if n.get("quote") == "PD-1抑制剂" and n.get("factType")]
    # Three lines of 8, 7 and 7 characters, then 23 of "加快发展…，以及".
    assert [(n["start"], n["end"], n["confidence"]) for n in quoted] == [(45, 52, "0.6")]


def test_the_published_context_is_that_of_the_ontology(lean: Source) -> None:
    """Written by ontology/scripts/build_context.py."""
    assert (ontology_dir() / "context.jsonld").read_text("utf-8") == dumped(context_of(lean))
