"""Documents and facts → a store on disk, all or nothing."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from kg.documents.document import Document
from kg.errors import StoreError
from kg.graph.background import Built, background, citations, metadata
from kg.graph.fill import fill
from kg.graph.slugs import document_slug
from kg.graph.store import FORMAT, MARKER, QUADS, TEXTS, TRIG, GraphStore, default_path
from kg.graph.terms import node
from kg.graph.trig import write_trig
from kg.lexicon.vocabulary import Vocabulary, load
from kg.model import DocumentFact, Fact
from kg.namespaces import PP, RDF, RDFS


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made."""

    path: Path | None
    documents: int
    facts: int
    quads: int


def build(
    results: Iterable[tuple[Document, Iterable[Fact]]],
    path: str | Path | None = None,
    *,
    vocabulary: Vocabulary | None = None,
    background_quads: Iterable[Quad] | None = None,
) -> BuildReport:
    """Builds the store of a folder from documents with their facts, replacing an older one once all is done.

    The shipped ontology and vocabularies are taken where no others are given. Raises `StoreError` where the
    folder holds something that is not a store, or cannot be written.
    """
    folder = (Path(path) if path is not None else default_path()).absolute()
    _check_replaceable(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error}", hint="choose another --store") from error
    try:
        (work / TEXTS).mkdir()
        store = Store(str(work / QUADS))
        built = _load(store, results, vocabulary or load(), background_quads, work / TEXTS)
        with (work / TRIG).open("w", encoding="utf-8", newline="\n") as to:
            quads = write_trig(store, to)
        store.flush()
        store.optimize()
        del store  # closes the files before they are moved
        marker = {"format": FORMAT, "made_by": f"pharma-policy-kg {_version()}"}
        (work / MARKER).write_text(json.dumps(marker, indent=2) + "\n", "utf-8")
        work.chmod(0o755)
        _swap(work, folder)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return BuildReport(folder, len(built), sum(b.facts for b in built), quads)


def build_in_memory(
    results: Iterable[tuple[Document, Iterable[Fact]]],
    *,
    vocabulary: Vocabulary | None = None,
    background_quads: Iterable[Quad] | None = None,
) -> GraphStore:
    """The same graph without a folder, for notebooks and tests."""
    store = Store()
    texts: dict[str, str] = {}
    _load(store, results, vocabulary or load(), background_quads, texts)
    return GraphStore(store, texts)


def _load(
    store: Store,
    results: Iterable[tuple[Document, Iterable[Fact]]],
    vocabulary: Vocabulary,
    background_quads: Iterable[Quad] | None,
    texts: Path | dict[str, str],
) -> list[Built]:
    built: list[Built] = []

    def quads() -> Iterator[Quad]:
        yield from background() if background_quads is None else background_quads
        for document, facts in results:
            given = list(facts)
            yield from fill(document, given, vocabulary)
            built.append(Built.of(document, _title(document, given), _count(given)))
            _keep(document, texts)

    store.bulk_extend(quads())
    built.sort(key=lambda b: b.doc)
    store.extend(citations(built, _cited(store)))
    sizes = {
        graph.value: sum(1 for _ in store.quads_for_pattern(None, None, None, graph))
        for graph in store.named_graphs()
        if isinstance(graph, NamedNode)
    }
    store.extend(metadata(built, sizes, _version()))
    return built


def _title(document: Document, facts: Iterable[Fact]) -> str | None:
    return next((f.title for f in facts if isinstance(f, DocumentFact) and f.title), None) or document.title


def _count(facts: Iterable[Fact]) -> int:
    from kg.graph.page import fact_hash

    return len({fact_hash(fact) for fact in facts})


def _keep(document: Document, texts: Path | dict[str, str]) -> None:
    if isinstance(texts, Path):
        path = texts / f"{document_slug(document.id)}.txt"
        path.write_bytes(document.text.encode("utf-8", "surrogatepass"))
    else:
        texts[document.id] = document.text


def _cited(store: Store) -> Iterator[Quad]:
    yield from store.quads_for_pattern(None, node(PP.cites), None)
    for programme in store.quads_for_pattern(None, node(RDF.type), node(PP.Programme)):
        yield from store.quads_for_pattern(programme.subject, node(RDFS.label), None)


def _check_replaceable(folder: Path) -> None:
    """A folder that is no store is not ours to replace."""
    if folder.is_dir():
        if any(folder.iterdir()) and not (folder / MARKER).is_file():
            raise StoreError(f"{folder}: holds other files and is not a store", hint="choose another --store")
    elif folder.exists():
        raise StoreError(f"{folder}: is a file", hint="choose another --store")


def _swap(work: Path, folder: Path) -> None:
    """Puts the finished folder in the other's place; readers that have the old one open keep it."""
    if not folder.exists():
        work.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    try:
        folder.rename(old / "store")
        try:
            work.rename(folder)
        except OSError:
            (old / "store").rename(folder)
            raise
    except OSError as error:
        raise StoreError(f"{folder}: cannot be replaced: {error}", hint="close what uses it") from error
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _version() -> str:
    try:
        return version("pharma-policy-kg")
    except PackageNotFoundError:
        return "0"
