"""Exports on disk: made beside the place that they take, and put there when they are whole.

OUT is the file itself where one format of one file is asked for and OUT ends as that format does (``graph.ttl``); it is a
folder otherwise. A folder must be new, empty, or an earlier export, which is replaced as a whole; a file is replaced.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ExportError
from kg.exports.formats import BY_SUFFIX, FORMATS, Format
from kg.exports.package import zipped
from kg.exports.source import Source
from kg.graph.folders import beside, swap

MARKER = "kg-export.txt"
_MARK = "This folder is written by kg export, which replaces all of it. 本文件夹由 kg export 生成，重新导出时会整体替换。\n"
ZIP = ".zip"


@dataclass(frozen=True, slots=True)
class Made:
    """What an export wrote: a file or a folder, how many files and how many bytes."""

    path: Path
    files: int
    size: int


def chosen(out: Path, names: Sequence[str]) -> tuple[Format, ...]:
    """The formats of an export; without names, that of the suffix of ``out``, else the data package.

    Raises `ExportError` for an unknown name, or a file whose suffix is that of another format.

    >>> [f.name for f in chosen(Path("graph.nq"), [])], [f.name for f in chosen(Path("out"), [])]
    (['nquads'], ['package'])
    """
    if unknown := [name for name in names if name not in FORMATS]:
        raise ExportError(f"no format is called {unknown[0]!r}", hint=f"formats: {', '.join(FORMATS)}")
    if not names:
        return (BY_SUFFIX.get(out.suffix.lower(), FORMATS["package"]),)
    formats = tuple(FORMATS[name] for name in dict.fromkeys(names))
    suffix = out.suffix.lower()
    if suffix in BY_SUFFIX and (len(formats) > 1 or formats[0].suffix != suffix):
        hint = (
            f"name a folder, or a file that ends in {formats[0].suffix}"
            if formats[0].suffix
            else "name a folder"
        )
        raise ExportError(f"{out}: the suffix of {BY_SUFFIX[suffix].name}", hint=hint)
    return formats


def export(source: Source, out: Path, names: Sequence[str] = ()) -> Made:
    """Writes a graph in the formats of the given names; see the module for what ``out`` is.

    Raises `ExportError` where ``out`` cannot be written, and `MissingExtra` where a format needs what is not installed.
    """
    formats = chosen(out, names)
    if out.suffix.lower() == ZIP:
        return _file(source, out, _zip(formats))
    if len(formats) == 1 and formats[0].suffix and out.suffix.lower() == formats[0].suffix:
        return _file(source, out, formats[0])
    return _folder(source, out, formats)


def _zip(formats: Sequence[Format]) -> Format:
    def write(source: Source, path: Path) -> None:
        with tempfile.TemporaryDirectory(prefix=f"{path.name}-", dir=path.parent) as work:
            _fill(source, Path(work), formats)
            zipped(Path(work), path)

    return Format("zip", ZIP, write, "", "")


def _file(source: Source, out: Path, format_: Format) -> Made:
    if out.is_dir():
        raise ExportError(f"{out}: is a folder", hint="name a file")
    with beside(out) as work:
        new = work / out.name
        format_.write(source, new)
        os.replace(new, out)
    return Made(out, 1, out.stat().st_size)


def _folder(source: Source, out: Path, formats: Sequence[Format]) -> Made:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise ExportError(f"{out}: not a folder", hint="name a new folder")
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise ExportError(f"{out}: not empty, and no export of kg", hint="name a new or an empty folder")
    with beside(out) as work:
        new = work / "new"
        new.mkdir()
        _fill(source, new, formats)
        (new / MARKER).write_bytes(_MARK.encode())  # last: it is no part of a data package
        swap(new, out)
    files = [p for p in out.rglob("*") if p.is_file() and p.name != MARKER]
    return Made(out, len(files), sum(p.stat().st_size for p in files))


def _fill(source: Source, folder: Path, formats: Sequence[Format]) -> None:
    alone = len(formats) == 1
    for format_ in formats:
        format_.write(source, folder if alone and not format_.suffix else folder / format_.usual)
