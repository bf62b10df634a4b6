"""How much of each score rests on words that the vocabulary has from the very document that is scored?

For each annotated document, the product fields and diseases of the vocabulary whose names stand in that document and in
no other annotated one are taken out of the vocabulary, and its facts are extracted again. What remains is nearer to
what a document would get whose wording nobody consulted. Nothing else is trained, so nothing else can be left out.

    python benchmarks/leave_one_out.py tests/gold
    python benchmarks/leave_one_out.py tests/gold --kinds field disease programme institution enterprise agency indicator

Prints Markdown. Each extraction with another vocabulary runs in a process of its own; all take some two minutes.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from kg.documents.document import Document
from kg.evaluation.claims import Gold
from kg.evaluation.marks import annotated, measure
from kg.evaluation.tally import Tally, total
from kg.lexicon import vocabulary
from kg.lexicon.vocabulary import Entry, Vocabulary, fold
from kg.model import FACT_TYPES

Scores = Mapping[str, Tally]


def own_entries(
    document: Document, others: Iterable[Document], full: Vocabulary, kinds: Iterable[str]
) -> list[Entry]:
    """The entries of a vocabulary that one document names and no other does; the sectors stay."""
    here = fold(document.reading.text)
    elsewhere = [fold(other.reading.text) for other in others]

    def named(entry: Entry, text: str) -> bool:
        return any(len(name) > 1 and name in text for name in map(fold, (*entry.names, *entry.context_names)))

    entries = (e for kind in kinds for e in full.of_kind(kind) if "Sector" not in e.types)
    return [e for e in entries if named(e, here) and not any(named(e, text) for text in elsewhere)]


def without(full: Vocabulary, removed: Iterable[Entry]) -> Vocabulary:
    """A vocabulary without some of its entries."""
    gone = {e.iri for e in removed}
    entries = {iri: e for iri, e in full.entries.items() if iri not in gone}
    index: dict[tuple[str, str], list[str]] = {}
    for entry in entries.values():
        for name in dict.fromkeys(map(fold, (*entry.names, *entry.context_names))):
            index.setdefault((entry.kind, name), []).append(entry.iri)
    return Vocabulary(entries, {key: tuple(iris) for key, iris in index.items()})


def score(pairs: Iterable[tuple[Document, Gold]], removed: Iterable[Entry]) -> dict[str, dict[str, Tally]]:
    """The scores of documents with a vocabulary that lacks some entries; run in a process of its own.

    Extraction reads the vocabulary where it is first asked for and keeps what follows from it, so the smaller one is
    put in its place before anything is extracted.
    """
    whole = vocabulary.load
    smaller = without(whole(), removed)
    for name, module in list(sys.modules.items()):
        if name.startswith("kg.") and getattr(module, "load", None) is whole:
            setattr(module, "load", lambda: smaller)  # noqa: B010 (a module of any name)
    return measure(pairs).by_document


def run(gold: list[Path], kinds: list[str]) -> str:
    """The tables: what is taken out, and the scores by type and document with the full and the smaller vocabulary."""
    pairs = annotated(gold)
    documents = [document for document, _ in pairs]
    full = vocabulary.load()
    own = [own_entries(d, (o for o in documents if o is not d), full, kinds) for d in documents]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, max_tasks_per_child=1) as pool:
        whole = pool.submit(score, pairs, [])
        smaller = [pool.submit(score, [pair], gone) for pair, gone in zip(pairs, own, strict=True)]
        scores = [
            (whole.result()[d.id], one.result()[d.id]) for d, one in zip(documents, smaller, strict=True)
        ]
    ids = [document.id for document in documents]
    return f"{_removed(ids, own, kinds)}\n{_table(ids, scores)}"


def _removed(ids: list[str], own: list[list[Entry]], kinds: list[str]) -> str:
    counts = [[str(sum(e.kind == kind for e in entries)) for kind in kinds] for entries in own]
    head = f"| taken out of the vocabulary for | {' | '.join(kinds)} |\n| --- |{' ---: |' * len(kinds)}\n"
    return head + "".join(f"| {doc} | {' | '.join(row)} |\n" for doc, row in zip(ids, counts, strict=True))


def _table(ids: list[str], scores: Sequence[tuple[Scores, Scores]]) -> str:
    """Lenient F1, full vocabulary → without the document's own words; then pooled over all documents, with the loss."""
    lines = [f"| type | {' | '.join(ids)} | all | loss |", f"| --- |{' --- |' * len(ids)} --- | ---: |"]
    for type_ in FACT_TYPES:
        both = [(whole[type_], smaller[type_]) for whole, smaller in scores if type_ in whole]
        if both:
            cells = [_cell(whole.get(type_), smaller.get(type_)) for whole, smaller in scores]
            whole, smaller = (total(side) for side in zip(*both, strict=True))
            loss = smaller.f1 - whole.f1
            lines.append(f"| {type_} | {' | '.join(cells)} | {_cell(whole, smaller)} | {loss:+.3f} |")
    return "\n".join(lines) + "\n"


def _cell(whole: Tally | None, smaller: Tally | None) -> str:
    return f"{whole.f1:.3f} → {smaller.f1:.3f}" if whole and smaller else ""


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path, help="gold files and folders")
    parser.add_argument("--kinds", nargs="+", default=["field", "disease"], help="kinds of entry to take out")
    asked = parser.parse_args()
    print(run(asked.gold, asked.kinds), end="")


if __name__ == "__main__":
    main()
