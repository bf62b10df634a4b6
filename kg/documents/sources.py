"""Files and folders → documents; a ``.toml`` manifest in a folder adds what the text cannot tell."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.documents.decode import decode
from kg.documents.document import Document
from kg.documents.reading import read
from kg.documents.repeats import untangle
from kg.documents.sections import sections
from kg.errors import InputError

_TEXT_SUFFIXES = (".txt", ".md")


def document(id: str, text: str, meta: Mapping[str, object] | None = None) -> Document:
    """The document of a text: its reading view, each passage once, and its sections.

    >>> document("demo", "一、重点\\n重点发展双抗。").sections[0].title
    '重点'
    """
    untangled = untangle(read(text))
    return Document(
        id=id, text=text, reading=untangled.reading, sections=sections(untangled.reading),
        repeats=untangled.repeats, meta=meta or {},
    )  # fmt: skip


def documents(paths: Iterable[Path]) -> Iterator[Document]:
    """The documents of files and folders, sorted by id; raises `InputError` for what cannot be read or has no id of its own."""
    seen: dict[str, Path] = {}
    for id, path, meta in sorted(entries(paths), key=lambda e: e[0]):
        if id in seen and seen[id] != path:
            raise InputError(
                f"{path}: the id {id!r} is already that of {seen[id]}",
                hint="rename one, or name ids in a manifest",
            )
        if id in seen:
            continue
        seen[id] = path
        yield document(id, decode(_bytes(path), name=str(path)), meta)


def entries(paths: Iterable[Path]) -> Iterator[tuple[str, Path, Mapping[str, object]]]:
    """The id, path and metadata of each document of files and folders, nothing read yet; raises as `documents` does."""
    for path in paths:
        if path.is_dir():
            yield from _of_folder(path)
        elif path.suffix == ".toml":
            yield from _of_manifest(path)
        elif path.is_file():
            yield path.stem, path, {}
        else:
            raise InputError(f"{path}: no such file or folder", hint="give text files, folders or a manifest")


def _of_folder(folder: Path) -> Iterator[tuple[str, Path, Mapping[str, object]]]:
    named: set[Path] = set()
    for manifest in sorted(folder.glob("*.toml")):
        for entry in _of_manifest(manifest):
            named.add(entry[1].resolve())
            yield entry
    for path in sorted(folder.iterdir()):
        if path.suffix in _TEXT_SUFFIXES and path.is_file() and path.resolve() not in named:
            yield path.stem, path, {}


def _of_manifest(manifest: Path) -> Iterator[tuple[str, Path, Mapping[str, object]]]:
    try:
        content: dict[str, Any] = tomllib.loads(manifest.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{manifest}: {error}", hint="mend the TOML") from error
    for n, entry in enumerate(content.get("document", []), 1):
        if not isinstance(entry, dict) or not isinstance(entry.get("file"), str):
            raise InputError(f"{manifest}: document {n} has no `file`", hint='write file = "name.txt"')
        path = manifest.parent / entry["file"]
        if not path.is_file():
            raise InputError(f"{manifest}: document {n}: {path} is not there", hint="mend `file`")
        yield (
            str(entry.get("id", path.stem)),
            path,
            {k: v for k, v in entry.items() if k not in ("id", "file")},
        )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint="check the name and the permissions") from error
