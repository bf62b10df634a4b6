"""Claims: what a gold file or the extractor says, in one form, so that the two can be compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.errors import InputError, LookupFailed
from kg.evaluation.spans import Span
from kg.model import FACT_TYPES, Fact

MAIN_KEYS: Mapping[str, tuple[str, ...]] = {
    "document": (),
    "cluster": ("name",),
    "region_field": ("region", "field"),
    "plan_field": ("field",),
    "plan_disease": ("disease",),
    "drug_target": ("name",),
    "enterprise": ("name",),
    "institution": ("name",),
    "target": ("indicator", "value"),
    "statistic": ("indicator", "value"),
    "responsible": ("measure", "agencies"),
    "cites": ("policy",),
}
"""The keys without which a fact of a type says nothing."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact as somebody states it; ``spans`` are the places of its quote in the document's text.

    ``rule`` and ``confidence`` are an extractor's, ``line`` is that of a gold file.
    """

    type: str
    keys: Mapping[str, Any]
    quote: str
    spans: tuple[Span, ...] = ()
    rule: str = ""
    confidence: float = 1.0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Gold:
    """The hand-made facts of one document, in the order of their file."""

    doc: str
    path: Path
    claims: tuple[Claim, ...] = field(default_factory=tuple)

    def placed(self, text: str) -> Gold:
        """The same with the places of the quotes in the document's text: a sentence may stand there twice."""
        return replace(
            self, claims=tuple(replace(c, spans=tuple(places(c.quote, text))) for c in self.claims)
        )


def places(quote: str, text: str) -> Iterator[Span]:
    """All places of a quote in a text.

    >>> list(places("疫苗", "疫苗和新型疫苗"))
    [(0, 2), (5, 7)]
    """
    at = text.find(quote) if quote else -1
    while at >= 0:
        yield at, at + len(quote)
        at = text.find(quote, at + 1)


def claims(facts: Iterable[Fact]) -> list[Claim]:
    """The claims of extracted facts, in the order of the fact table."""
    found = [
        Claim(f.type, f.keys(), f.evidence.quote, (f.evidence.span,), f.rule, f.confidence) for f in facts
    ]
    return sorted(found, key=lambda c: (c.spans, c.type, json.dumps(c.keys, ensure_ascii=False)))


def gold_files(paths: Sequence[Path]) -> list[Path]:
    """The gold files that are named, and those of the named folders, sorted there; each once.

    Raises `InputError` for what is not there, a folder without any, and two files for one document.
    """
    found: dict[str, Path] = {}
    for given in paths:
        for path in sorted(given.glob("*.jsonl")) if given.is_dir() else [given]:
            other = found.setdefault(path.stem, path)
            if other.resolve() != path.resolve():
                raise InputError(f"{path}: {other} is for the same document", hint="give one of them")
        if given.is_dir() and not any(path.parent == given for path in found.values()):
            raise InputError(f"{given}: no .jsonl file in this folder", hint="name a folder of gold files")
    return list(found.values())


def read_gold(path: Path, doc: str | None = None) -> Gold:
    """The facts of a gold file, which belongs to the document ``doc``, else to that of its own stem.

    Raises `InputError` with file and line for what is no fact.
    """
    try:
        content = path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint="name a gold file or folder") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}", hint="save it as UTF-8") from error
    lines = enumerate(content.split("\n"), 1)
    found = tuple(_claim(line, f"{path}:{n}", n) for n, line in lines if line.strip())
    if not found:
        raise InputError(f"{path}: holds no facts", hint="write one JSON object a line")
    return Gold(doc or path.stem, path, found)


def _claim(line: str, where: str, n: int) -> Claim:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(
            f"{where}: no JSON: {error.msg} at column {error.colno}", hint="mend the line"
        ) from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: no JSON object", hint='write {"type": …, "quote": …}')
    type_ = row.get("type")
    if not isinstance(type_, str) or type_ not in FACT_TYPES:
        raise InputError(f"{where}: unknown type of fact {type_!r}", hint=f"types: {', '.join(FACT_TYPES)}")
    if not isinstance(row.get("quote"), str):
        raise InputError(f"{where}: no quote", hint="add the words of the document that say it")
    missing = [key for key in MAIN_KEYS[type_] if row.get(key) is None]
    if missing:
        raise InputError(f"{where}: {type_} lacks {', '.join(missing)}", hint="complete the fact")
    for key in ("aliases", "fields", "products", "agencies"):
        if not isinstance(row.get(key) or [], list):
            raise InputError(f"{where}: {key} is no list", hint='write ["…"]')
    keys = {key: value for key, value in row.items() if key not in _BESIDE}
    return Claim(type_, keys, row["quote"], line=n)


_BESIDE = frozenset({"type", "quote", "doc", "start", "end", "section", "rule", "confidence"})


def chosen(paths: Sequence[Path], docs: Sequence[str], known: Sequence[str]) -> list[Gold]:
    """The gold of files and folders whose documents are among the ``known`` ones.

    ``docs`` picks documents by id; ``stem=id`` says that a file of that stem is for the document of that id.
    Raises `LookupFailed` for a document that is not known or has no gold.
    """
    other = dict(d.split("=", 1) for d in docs if "=" in d)
    wanted = {d.split("=", 1)[-1] for d in docs}
    files = {other.get(path.stem, path.stem): path for path in gold_files(paths)}
    have = "、".join(known[:20]) or "none"
    for doc in sorted(wanted - files.keys()):
        raise LookupFailed(f"no gold file for document {doc!r}", hint=f"gold files: {'、'.join(files)}")
    picked = [read_gold(path, doc) for doc, path in files.items() if not wanted or doc in wanted]
    for one in picked:
        if one.doc not in known:
            hint = f"documents: {have}; --doc picks some"
            raise LookupFailed(f"{one.path}: no document {one.doc!r} in the store", hint=hint)
    return picked
