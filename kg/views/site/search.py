"""The index of the search: every page by its Chinese, English and pinyin names, as a script that is loaded on demand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.graph.pinyin import syllables
from kg.views.page import json_for_script
from kg.views.palette import STYLES
from kg.views.site.context import SiteContext
from kg.views.site.page import File

PATH = "assets/search-index.js"
_OTHERS = 6
_LONGEST = 40


def search_index(site: SiteContext) -> Iterator[File]:
    """The file that assigns ``window.kgIndex``: kinds, and ``[path, kind, zh, en, pinyin, others, weight]`` each."""
    kinds = sorted({site.things[iri].kind for iri in site.paths})
    rows = sorted((_row(site, iri, kinds) for iri in site.paths), key=lambda row: (-row[6], row[0]))
    data = {"kinds": [[STYLES[k].zh, STYLES[k].en, k] for k in kinds], "things": rows}
    yield File(PATH, f"window.kgIndex = {json_for_script(data)};\n".encode())


def reading(name: str) -> str:
    """The pinyin of a name, its syllables parted by blanks; empty where the name has no Chinese in it.

    >>> reading("苏州市"), reading("PD-1")
    ('su zhou shi', '')
    """
    parts = syllables(name)
    return " ".join(p.lower() for p in parts) if parts != (name,) else ""


def _row(site: SiteContext, iri: str, kinds: list[str]) -> list[Any]:
    it = site.things[iri]
    mentions = sum(m.count for m in site.book.mentions.get(iri, {}).values())
    others = [name for name in it.other_names if len(name) <= _LONGEST][:_OTHERS]
    weight = mentions + len(site.book.by_thing.get(iri, ()))
    return [site.paths[iri], kinds.index(it.kind), it.zh, it.en, reading(it.zh), others, weight]
