"""``kg build``: documents to a store."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import JsonOption, StoreOption
from kg.cli.printing import note, put_json
from kg.cli.read import fact_table
from kg.cli.words import counted, helping, say
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.documents.document import Document
    from kg.model import Fact
    from kg.queries.counts import Counts

Result = tuple["Document", tuple["Fact", ...]]
Step = Callable[[str, int], None]

HELP = helping(
    "由文件和目录建图（默认：随附的五份文件）。",
    "Build the graph from files and folders (the shipped documents by default).",
)


def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...",
            show_default=False,
            help=helping("文本文件、目录或 .toml 清单。", "Text files, folders, or .toml manifests."),
        ),
    ] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    began = time.perf_counter()
    from kg.evaluation.measured import measured_quality
    from kg.graph.build import build as build_store
    from kg.graph.store import TRIG, GraphStore, default_path
    from kg.queries.counts import counts
    from kg.resources import seeds_dir

    folder = store or default_path()
    sources = paths or [seeds_dir()]
    total = _count(sources)
    if not total:
        named = "、".join(map(str, sources))
        raise InputError(
            f"{named}: no documents there", hint="give .txt or .md files, or a .toml manifest that names them"
        )
    with _progress(total) as step:
        report = build_store(_extracted(sources, step), folder, quality=measured_quality())
    made = counts(GraphStore.open(report.path))
    seconds = time.perf_counter() - began
    if as_json:
        put_json({
            "store": str(folder), "graph": str(folder / TRIG), "documents": report.documents, "facts": report.facts,
            "by_type": made.by_type, "by_document": made.by_document, "quads": report.quads,
            "seconds": round(seconds, 2),
        })  # fmt: skip
    else:
        _summary(made, folder, folder / TRIG, seconds)


def _count(sources: Iterable[Path]) -> int:
    from kg.documents.sources import entries

    return sum(1 for _ in entries(sources))


def _extracted(sources: Iterable[Path], step: Step) -> Iterator[Result]:
    step(say("载入词表与规则", "loading vocabularies and rules"), 0)
    from kg.documents.sources import documents
    from kg.extraction.pipeline import facts

    for document, found in facts(documents(sources)):
        yield document, found
        step(document.id, 1)
    step(say("写入图谱", "writing the graph"), 0)


@contextmanager
def _progress(total: int) -> Iterator[Step]:
    """A bar by document on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _what, _done: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns: tuple[Any, ...] = (
        SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)

        def step(what: str, done: int) -> None:
            bar.update(task, description=escape(what), advance=done)

        yield step


def _summary(made: Counts, folder: Path, trig: Path, seconds: float) -> None:
    docs = len(made.by_document)
    fact_table(made)
    note(say(f"{docs} 份文件，{made.quads} 条四元组，用时 {seconds:.1f} 秒。",
             f"{counted(docs, 'document')}, {counted(made.quads, 'quad')}, {seconds:.1f} s."))  # fmt: skip
    note(f"{say('存储', 'store')}: {folder}")
    note(f"TriG: {trig}")
    if not made.facts:
        note(say("没有找到任何事实：请检查文件内容。", "No facts were found: look at what the files hold."))
