"""The tree of fields by sector: a chart to walk through, and the same as a list that opens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.views.charts.overlap import ground
from kg.views.charts.plot import POLICY, SCRIPTS, STYLES, chart, escaped, in_lines, layout
from kg.views.charts.tables import csv_file
from kg.views.palette import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY_BLUE, VERMILION, YELLOW
from kg.views.site.context import SiteContext
from kg.views.site.page import File, Page

PATH, CSV = "views/fields.html", "views/fields.csv"
_COLOURS = (BLUE, ORANGE, GREEN, PURPLE, VERMILION, SKY_BLUE, YELLOW, GREY)


_HOVER = {
    "zh": "<b>%{label}</b><br>%{customdata[2]} 份文件 %{customdata[1]} 处原文<br>%{customdata[3]} 个省市<extra></extra>",
    "en": "<b>%{label}</b><br>%{customdata[1]} passages in %{customdata[2]} documents<br>"
    "%{customdata[3]} provinces and cities<extra></extra>",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Branch:
    """A field in the tree: ``passages`` name it or what is under it, ``regions`` are the provinces and cities that do.

    A field with two broader ones stands under each, so ``key`` is its way from the top.
    """

    key: str
    iri: str
    zh: str
    en: str
    passages: int
    own: int
    regions: int
    documents: int
    below: tuple[Branch, ...]


def fields_view(context: SiteContext) -> Iterator[Page | File]:
    """The page of the tree, and its csv."""
    tree = branches(context)
    yield Page(
        PATH, "fields.html", "领域树", "Field tree", values={"tree": tree, "csv": CSV},
        scripts=SCRIPTS, styles=STYLES, policy=POLICY, data={"chart-fields": treemap(tree, context.paths)}, nav=PATH,
    )  # fmt: skip
    header = ("field", "field_en", "iri", "way", "passages", "regions", "documents")
    yield csv_file(CSV, header, _csv(tree, ()))


def branches(context: SiteContext) -> tuple[Branch, ...]:
    """The sectors with what is named under them, most named first."""
    base = ground(context)
    passages: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    regions: dict[str, set[str]] = defaultdict(set)
    for claim in base.claims:
        e = claim.evidence
        passages[claim.object].add((e.doc, e.start, e.end))
    for side in (*base.sides("province"), *base.sides("city")):
        for iri in side.fields:
            regions[iri].add(side.iri)
    named = {iri for iri in passages if iri in context.things}
    shown = named | {up for iri in named for up in context.fields.above(iri) if up in context.things}
    under: dict[str, frozenset[str]] = {}

    def all_under(iri: str, on_the_way: frozenset[str]) -> frozenset[str]:
        if iri not in under:
            down = (d for d in context.fields.down.get(iri, ()) if d in shown and d not in on_the_way)
            under[iri] = frozenset({iri}).union(*(all_under(d, on_the_way | {iri}) for d in down))
        return under[iri]

    def branch(iri: str, way: tuple[str, ...]) -> Branch:
        every = all_under(iri, frozenset(way))
        places = set().union(*(passages.get(f, set()) for f in every))
        where = set().union(*(regions.get(f, set()) for f in every))
        down = (d for d in context.fields.down.get(iri, ()) if d in shown and d not in (*way, iri))
        below = sorted((branch(d, (*way, iri)) for d in down), key=_order)
        name = context.things[iri]
        key = "/".join(one.rpartition("/")[2] for one in (*way, iri))
        return Branch(
            key, iri, name.zh, name.en, len(places), len(passages.get(iri, ())), len(where),
            len({doc for doc, _, _ in places}), tuple(below),
        )  # fmt: skip

    return tuple(sorted((branch(f, ()) for f in shown if not context.fields.up.get(f)), key=_order))


def _order(branch: Branch) -> tuple[int, str]:
    return (-branch.passages, branch.iri)


def treemap(tree: Sequence[Branch], paths: Mapping[str, str]) -> dict[str, Any]:
    """The chart: areas by the number of passages, a colour a sector.

    A click walks into a field, or, where nothing is under it, to its page (``paths`` by IRI).
    """
    rows = list(_walk(tree, "", 0))
    short = {b.key: f"{n:x}" for n, (b, *_) in enumerate(rows)} | {"": ""}
    figures = {}
    for language in ("zh", "en"):
        figures[language] = {
            "data": [{
                "type": "treemap", "ids": [short[b.key] for b, *_ in rows], "parents": [short[parent] for _, parent, _ in rows],
                "labels": [_label(b, language, whole=not parent) for b, parent, _ in rows],
                "values": [_size(b) for b, *_ in rows], "branchvalues": "total", "maxdepth": 2,
                "hovertemplate": _HOVER[language],
                "text": [str(b.passages) for b, *_ in rows], "textinfo": "label+text",
                "marker": {
                    "colors": [tinted(_COLOURS[sector % len(_COLOURS)]) for *_, sector in rows],
                    "line": {"color": "#ffffff", "width": 1.5}, "pad": {"t": 22, "l": 3, "r": 3, "b": 3},
                },
                "customdata": [[_click(b, paths), b.passages, b.documents, b.regions] for b, *_ in rows],
                "tiling": {"packing": "squarify", "squarifyratio": 1.3, "pad": 2},
                "textfont": {"size": 14, "color": "#101418"}, "pathbar": {"visible": True, "thickness": 26},
                "outsidetextfont": {"color": "#101418"}, "root": {"color": "rgba(0,0,0,0)"},
            }],
            "layout": layout(height=600, margin={"l": 2, "r": 2, "t": 4, "b": 2}, uniformtext={"minsize": 12, "mode": "hide"}),
        }  # fmt: skip
    narrow = {"height": 620, "font": {"size": 11}, "uniformtext": {"minsize": 9, "mode": "hide"}}
    return chart(figures["zh"], figures["en"], narrow=narrow)


def tinted(colour: str, share: float = 0.5) -> str:
    """A colour mixed with white, so that dark letters on it are read easily.

    >>> tinted("#000000")
    '#808080'
    """
    parts = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02x}" for part in parts)


def _size(branch: Branch) -> int:
    """The area: what is its own and all below it, so that parts fill their whole exactly."""
    return branch.own + sum(_size(b) for b in branch.below)


def _walk(
    tree: Sequence[Branch], parent: str, depth: int, sector: int = 0
) -> Iterator[tuple[Branch, str, int]]:
    for n, branch in enumerate(tree):
        at = n if depth == 0 else sector
        yield branch, parent, at
        yield from _walk(branch.below, branch.key, depth + 1, at)


def _name(branch: Branch, language: str) -> str:
    return (branch.en if language == "en" else "") or branch.zh


def _label(branch: Branch, language: str, *, whole: bool) -> str:
    """A name in short lines; that of a sector in one, for which alone the strip above its fields has room."""
    name = _name(branch, language)
    return escaped(name) if whole else in_lines(name, 4.5 if language == "zh" else 7, at_most=3)


def _click(branch: Branch, paths: Mapping[str, str]) -> str:
    return f"href:{paths[branch.iri]}" if branch.iri in paths and not branch.below else ""


def _csv(tree: Sequence[Branch], way: tuple[str, ...]) -> Iterator[Sequence[object]]:
    for b in tree:
        here = (*way, b.zh)
        yield b.zh, b.en, b.iri, " › ".join(here), b.passages, b.regions, b.documents
        yield from _csv(b.below, here)
