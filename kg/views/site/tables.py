"""Tables that can be sorted, filtered by facets and taken away as csv: what stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kg.model import Evidence
from kg.views.site.context import SiteContext


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a cell: a text in both languages, with the thing or the place in a document that it links to."""

    zh: str
    en: str = ""
    iri: str = ""
    place: Evidence | None = None


Cell = tuple[Value, ...]
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; one with ``facet`` can be filtered by its values. ``key`` names it in the address and in the csv."""

    key: str
    zh: str
    en: str
    facet: bool = False
    form: Literal["text", "number", "quote"] = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; ``key`` is its id in the page and the name of its csv file."""

    key: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def text(zh: str, en: str = "") -> Cell:
    """A cell with a text, empty where there is none.

    >>> text(""), text("甲", "A")[0].en
    ((), 'A')
    """
    return (Value(zh, en),) if zh else ()


def number(value: float | str) -> Cell:
    """A cell with a number; empty for 0."""
    return (Value(str(value)),) if value else ()


def quote(evidence: Evidence) -> Cell:
    """A cell with the words of a document."""
    return (Value(evidence.quote, place=evidence),)


def linked(site: SiteContext, iris: Iterable[str | None]) -> Cell:
    """A cell with things, each once, in the given order."""
    known = (site.things[iri] for iri in dict.fromkeys(iris) if iri and iri in site.things)
    return tuple(Value(thing.zh, thing.en, thing.iri) for thing in known)


def documents(site: SiteContext, ids: Iterable[str]) -> Cell:
    """A cell with documents by their short names."""
    return tuple(Value(*site.short(id_)) for id_ in sorted(set(ids)))
