"""A knowledge graph of Chinese pharmaceutical industry policy, in which every statement carries its sentence.

    import kg
    graph = kg.open()                                      # the store that `kg build` made
    graph.sparql("cities-clusters", region="济南")          # a table; .df() for pandas
    graph.thing("苏州工业园区")                              # the card of a thing with its quotes

`open` and `build` give a `Graph`, questions give a `Result`, what can be mended raises a `KgError`. In Jupyter
``%load_ext kg`` brings ``%%sparql``. Nothing is loaded before it is used.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import (
        InputError,
        KgError,
        LookupFailed,
        MissingExtra,
        QueryError,
        StoreError,
        VocabularyError,
    )
    from kg.graph.lookup import Ambiguous, Found
    from kg.notebook.cells import Quote
    from kg.notebook.graph import Graph
    from kg.notebook.pictures import Picture
    from kg.notebook.result import Result
    from kg.notebook.things import Matches, Thing

__all__ = [
    "Ambiguous", "Found", "Graph", "InputError", "KgError", "LookupFailed", "Matches", "MissingExtra", "Picture",
    "QueryError", "Quote", "Result", "StoreError", "Thing", "VocabularyError", "build", "load_ipython_extension",
    "open", "unload_ipython_extension",
]  # fmt: skip

_HOMES = {
    "kg.errors": (
        "InputError", "KgError", "LookupFailed", "MissingExtra", "QueryError", "StoreError", "VocabularyError",
    ),
    "kg.graph.lookup": ("Ambiguous", "Found"),
    "kg.notebook.cells": ("Quote",),
    "kg.notebook.graph": ("Graph",),
    "kg.notebook.pictures": ("Picture",),
    "kg.notebook.result": ("Result",),
    "kg.notebook.things": ("Matches", "Thing"),
}  # fmt: skip


def open(path: str | Path | None = None, *, language: str | None = None) -> Graph:
    """The graph of the store in a folder, for reading: ``path``, else ``KG_STORE``, else ``kg-store``.

    ``language`` (zh or en) is that of headings and labels, by default that of ``KG_LANG``, else Chinese. Raises
    `StoreError` where there is no store.

    >>> open("no-such-folder")
    Traceback (most recent call last):
    kg.errors.StoreError: no-such-folder: no store here — kg build --store no-such-folder
    """
    from kg.notebook.graph import Graph

    return Graph.open(path, language=_language(language))


def build(
    paths: str | Path | Iterable[str | Path] | None = None, store: str | Path | None = None, *,
    language: str | None = None,
) -> Graph:  # fmt: skip
    """The graph of text files, folders and manifests, by default of the five shipped documents.

    It is in memory, or in the folder ``store``, where it replaces an older one. Raises `InputError` for what
    cannot be read, `StoreError` for a folder that cannot be written.

    >>> build([])
    Traceback (most recent call last):
    kg.errors.InputError: no path: no documents there — give .txt or .md files, or a folder of them
    """
    from kg.evaluation.measured import measured_quality
    from kg.notebook.graph import Graph

    return Graph.build(paths, store, quality=measured_quality(), language=_language(language))


def load_ipython_extension(ipython: Any) -> None:
    """What ``%load_ext kg`` calls: registers ``%sparql`` and ``%%sparql`` with completion."""
    from kg.notebook.magic import load

    load(ipython)


def unload_ipython_extension(ipython: Any) -> None:
    """What ``%unload_ext kg`` calls."""
    from kg.notebook.magic import unload

    unload(ipython)


def _language(asked: str | None) -> str:
    import os

    return "en" if (asked or os.environ.get("KG_LANG", ""))[:2].lower() == "en" else "zh"


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            found = getattr(import_module(home), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
