"""The marks of extraction on annotated documents: read the texts, extract, compare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.documents.document import Document
from kg.documents.sources import documents
from kg.errors import LookupFailed
from kg.evaluation.claims import Claim, Gold, claims, gold_files, read_gold
from kg.evaluation.report import Report, compare
from kg.resources import seeds_dir


def annotated(gold: Sequence[Path], texts: Path | None = None) -> list[tuple[Document, Gold]]:
    """The documents of gold files and folders with their gold, the quotes placed.

    ``texts`` is the folder of the documents, that of the shipped ones by default. Raises `LookupFailed` for a gold
    file without a document.
    """
    by_id = {document.id: document for document in documents([texts or seeds_dir()])}
    found: list[tuple[Document, Gold]] = []
    for path in gold_files(gold):
        if path.stem not in by_id:
            raise LookupFailed(f"{path}: no document {path.stem!r}", hint=f"documents: {'、'.join(by_id)}")
        document = by_id[path.stem]
        found.append((document, read_gold(path).placed(document.text)))
    return found


def measure(pairs: Iterable[tuple[Document, Gold]]) -> Report:
    """Extracts the facts of the documents and compares them with their gold."""
    from kg.extraction.pipeline import extract

    given = list(pairs)
    predicted: dict[str, list[Claim]] = {document.id: claims(extract(document)) for document, _ in given}
    return compare((gold for _, gold in given), predicted)
