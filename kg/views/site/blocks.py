"""What stands on the page of a thing: blocks of items, each with the places that say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from kg.views.site.context import SiteContext
from kg.views.site.said import Said
from kg.views.site.tables import Table

Form = Literal["rows", "chips"]
"""Rows with their quotes; chips with a way to the first."""


@dataclass(frozen=True, slots=True)
class Place:
    """A statement where it is made; ``who`` is the thing that it is said of where that is not plain from the page."""

    said: Said
    who: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A word on an item; ``style`` is a class of the style sheet."""

    zh: str
    en: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A thing (or a text) with its tags and its places; ``others`` are things that the same words name with it."""

    iri: str = ""
    zh: str = ""
    en: str = ""
    tags: tuple[Tag, ...] = ()
    places: tuple[Place, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Items under a heading: a thing or a text."""

    items: tuple[Item, ...]
    iri: str = ""
    zh: str = ""
    en: str = ""

    @property
    def size(self) -> int:
        """How many things it has."""
        return sum(1 + len(item.others) for item in self.items)


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page: groups of items as rows with their quotes or as chips, or a table."""

    key: str
    zh: str
    en: str
    groups: tuple[Group, ...] = ()
    form: Form = "rows"
    note_zh: str = ""
    note_en: str = ""
    table: Table | None = None

    @property
    def size(self) -> int:
        """How many items or rows it has."""
        if self.table:
            return len(self.table.rows)
        return sum(group.size for group in self.groups)


def items(
    site: SiteContext, said: Iterable[Said], other: Literal["subject", "object"], of: str = ""
) -> tuple[Item, ...]:  # fmt: skip
    """Statements by the thing at their other end, the most often stated first.

    Where the near end is not ``of``, each place says whose it is.
    """
    places: dict[str, list[Place]] = defaultdict(list)
    seen: set[tuple[str, str, str, int, int]] = set()
    for one in said:
        far, near = (one.object, one.subject) if other == "object" else (one.subject, one.object)
        e = one.evidence
        if far not in site.things or (far, near, e.doc, e.start, e.end) in seen:
            continue
        seen.add((far, near, e.doc, e.start, e.end))
        places[far].append(Place(one, "" if near == of else near))
    order = sorted(places, key=lambda iri: (-len(places[iri]), site.things[iri].zh, iri))
    return tuple(Item(iri, tags=_stances(places[iri]), places=tuple(places[iri])) for iri in order)


_STANCES = {
    "develops": Tag("发展方向", "develops", "develop"),
    "strongIn": Tag("已有优势", "strength", "strong"),
}


def _stances(places: Iterable[Place]) -> tuple[Tag, ...]:
    stated = {place.said.predicate for place in places}
    return tuple(tag for predicate, tag in _STANCES.items() if predicate in stated)


def by_sector(site: SiteContext, chosen: Iterable[Item]) -> tuple[Group, ...]:
    """Fields under their sectors, the fullest sector first; a field of several sectors stands under each."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in chosen:
        for sector in site.sectors(item.iri):
            found[sector].append(item)
    order = sorted(found, key=lambda iri: (-len(found[iri]), iri))
    return tuple(Group(tuple(found[iri]), iri=iri) for iri in order)


def block(key: str, zh: str, en: str, chosen: Iterable[Item], **more: str) -> Block | None:
    """A block of one group; none where there are no items."""
    found = tuple(chosen)
    return Block(key, zh, en, (Group(found),), **more) if found else None  # type: ignore[arg-type]


def merged(chosen: Iterable[Item]) -> tuple[Item, ...]:
    """Items that are stated at the very same places become one, so that the words stand once."""
    found: dict[tuple[object, ...], list[Item]] = defaultdict(list)
    for item in chosen:
        places = (p.said.evidence for p in item.places)
        found[(item.tags, *((e.doc, e.start, e.end) for e in places))].append(item)
    return tuple(replace(same[0], others=tuple(i.iri for i in same[1:])) for same in found.values())


def mentioned(site: SiteContext, iri: str) -> Block | None:
    """Which documents name a thing of which they say nothing else, how often, and where first."""
    if site.book.by_thing.get(iri):
        return None  # the head of the page has it
    found = []
    for doc, mention in sorted(site.book.mentions.get(iri, {}).items()):
        times = Tag(f"{mention.count} 次", f"{mention.count}×")
        said = Said(
            "", "", False, site.plan(doc).iri, "mentions", iri, site.things[iri].zh, mention.evidence,
            mention.section, "", 1.0,
        )  # fmt: skip
        found.append(Item(site.plan(doc).iri, tags=(times,), places=(Place(said),)))
    return block("mentions", "提及它的文件", "Mentioned in", found)
