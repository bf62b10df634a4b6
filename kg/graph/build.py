"""Documents and facts → a store on disk, all or nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg.documents.document import Document
from kg.errors import InputError, StoreError
from kg.graph.background import Built, background, citations, metadata
from kg.graph.fill import fill
from kg.graph.folders import beside, swap
from kg.graph.garbage import fewer_collections
from kg.graph.quality import Quality
from kg.graph.slugs import document_slug
from kg.graph.store import FORMAT, MARKER, QUADS, TEXTS, TRIG, GraphStore, default_path
from kg.graph.terms import node
from kg.graph.writing import StoreWriter
from kg.lexicon.vocabulary import Vocabulary, load
from kg.model import Fact

Results = Iterable[tuple[Document, Iterable[Fact]]]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made."""

    path: Path | None
    documents: int
    facts: int
    quads: int


def build(
    results: Results,
    path: str | Path | None = None,
    *,
    vocabulary: Vocabulary | None = None,
    background_quads: Iterable[Quad] | None = None,
    quality: Iterable[Quality] = (),
) -> BuildReport:
    """Builds the store of a folder from documents with their facts, replacing an older one once all is done.

    ``results`` may be lazy: ontology and vocabularies are loaded meanwhile. They are the shipped ones unless
    a ``vocabulary``, and the same as ``background_quads``, are given. ``quality`` goes into the metadata.
    Raises `StoreError` where the folder holds something that is not a store, or cannot be written.
    """
    folder = (Path(path) if path is not None else default_path()).absolute()
    _check_replaceable(folder)
    with ExitStack() as stack:
        try:
            work = stack.enter_context(beside(folder)) / "new"
            (work / TEXTS).mkdir(parents=True)
        except OSError as error:
            raise StoreError(
                f"{folder}: cannot be written: {error}", hint="choose another --store"
            ) from error
        with fewer_collections(), StoreWriter(work / QUADS, work / TRIG) as to:
            # Iterators of Oxigraph may not change threads, so given quads are read here.
            given = None if background_quads is None else _store(background_quads)
            to.add_store(lambda: background() if given is None else given)
            keep = _folder(work / TEXTS)
            built = _write(results, to, vocabulary, keep, quality)
            quads = to.finish()
        marker = {"format": FORMAT, "made_by": f"pharma-policy-kg {_version()}"}
        (work / MARKER).write_text(json.dumps(marker, indent=2) + "\n", "utf-8")
        work.chmod(0o755)
        try:
            swap(work, folder)
        except OSError as error:
            raise StoreError(f"{folder}: cannot be replaced: {error}", hint="close what uses it") from error
    return BuildReport(folder, len(built), sum(b.facts for b in built), quads)


def build_in_memory(
    results: Results,
    *,
    vocabulary: Vocabulary | None = None,
    background_quads: Iterable[Quad] | None = None,
    quality: Iterable[Quality] = (),
) -> GraphStore:
    """The same graph without a folder, for notebooks and tests."""
    to = _Memory(background() if background_quads is None else _store(background_quads))
    texts: dict[str, str] = {}
    _write(results, to, vocabulary, lambda d: texts.update({d.id: d.text}), quality)
    return GraphStore(to.store, texts)


def _store(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.bulk_extend(quads)
    return store


class _Writer(Protocol):
    def add(self, graph: str, triples: Iterable[Triple]) -> object: ...

    def counts(self) -> dict[str, int]: ...


class _Memory:
    """Writes graphs to a store in memory."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def add(self, graph: str, triples: Iterable[Triple]) -> None:
        text = serialize(triples, format=RdfFormat.N_TRIPLES)
        self.store.bulk_load(input=text, format=RdfFormat.N_TRIPLES, to_graph=node(graph))

    def counts(self) -> dict[str, int]:
        return dict(Counter(q.graph_name.value for q in self.store if isinstance(q.graph_name, NamedNode)))


def _write(
    results: Results, to: _Writer, vocabulary: Vocabulary | None, keep: Callable[[Document], None],
    quality: Iterable[Quality],
) -> list[Built]:  # fmt: skip
    """Hands over one document's graph after the other, then the graphs that belong to no document."""
    built: dict[str, Built] = {}
    shared: set[Quad] = set()
    for document, facts in results:
        if document.id in built:
            raise InputError(f"{document.id!r} is given twice", hint="give each document an id of its own")
        filled = fill(document, facts, vocabulary or load())
        to.add(filled.iri, filled.own)
        built[document.id] = Built.of(document, filled)
        shared.update(filled.shared)
        keep(document)
    in_order = [one for _, one in sorted(built.items())]
    shared.update(citations(in_order, vocabulary or load()))
    _add_all(to, shared)
    _add_all(to, metadata(in_order, to.counts(), _version(), quality))
    return in_order


def _add_all(to: _Writer, quads: Iterable[Quad]) -> None:
    graphs: dict[str, list[Triple]] = {}
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
    for graph, triples in graphs.items():
        to.add(graph, triples)


def _folder(texts: Path) -> Callable[[Document], None]:
    def keep(document: Document) -> None:
        path = texts / f"{document_slug(document.id)}.txt"
        path.write_bytes(document.text.encode("utf-8", "surrogatepass"))

    return keep


def _check_replaceable(folder: Path) -> None:
    """A folder that is no store is not ours to replace."""
    if folder.is_dir():
        if any(folder.iterdir()) and not (folder / MARKER).is_file():
            raise StoreError(f"{folder}: holds other files and is not a store", hint="choose another --store")
    elif folder.exists():
        raise StoreError(f"{folder}: is a file", hint="choose another --store")


def _version() -> str:
    try:
        return version("pharma-policy-kg")
    except PackageNotFoundError:
        return "0"
