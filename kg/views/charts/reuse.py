"""Passages that stand in two documents, side by side, with what differs marked and the fields that both state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kg.analysis.reuse import Reuse, reuse
from kg.views.charts.plot import CIVIDIS, POLICY, SCRIPTS, STYLES, category_axis, chart, escaped, layout
from kg.views.charts.tables import csv_file
from kg.views.site.context import SiteContext
from kg.views.site.page import File, Page

PATH, CSV = "views/reuse.html", "views/reuse.csv"
_LISTED = 1500


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage with its two texts in pieces: (text, whether it stands on this side only)."""

    reuse: Reuse
    pair: str
    a: tuple[tuple[str, bool], ...]
    b: tuple[tuple[str, bool], ...]


def reuse_view(context: SiteContext) -> Iterator[Page | File]:
    """The page of all passages, the longest of each pair of documents first, and their csv."""
    found = reuse(context.graph)
    size = Counter[str]()
    for one in found:
        size[_pair(one.a.doc, one.b.doc)] += one.length
    ordered = sorted(found, key=lambda r: (-size[_pair(r.a.doc, r.b.doc)], *_order(r)))
    shown = [_shown(one) for one in ordered]
    pairs = {s.pair: (context.short(s.reuse.a.doc), context.short(s.reuse.b.doc)) for s in shown}
    yield Page(
        PATH, "reuse.html", "文本沿用", "Text reuse",
        values={
            "shown": shown[:_LISTED], "left_out": max(0, len(shown) - _LISTED), "csv": CSV,
            "pairs": {k: (f"{a[0]} → {b[0]}", f"{a[1]} → {b[1]}") for k, (a, b) in pairs.items()},
        },
        scripts=SCRIPTS, styles=STYLES, policy=POLICY, data={"chart-reuse": matrix(context, found)}, nav=PATH,
    )  # fmt: skip
    header = (
        "a_doc", "a_start", "a_end", "b_doc", "b_start", "b_end", "score", "kind", "earlier", "length", "shared_fields",
        "a_quote", "b_quote",
    )  # fmt: skip
    yield csv_file(CSV, header, map(_row, found))


def _order(one: Reuse) -> tuple[str, str, bool, int, int]:
    return (one.a.doc, one.b.doc, one.kind == "boilerplate", -one.length, one.a.start)


def _shown(one: Reuse) -> Shown:
    return Shown(one, _pair(one.a.doc, one.b.doc), pieces(one, "a"), pieces(one, "b"))


def _pair(a: str, b: str) -> str:
    """The two documents as one word, by which the list is filtered."""
    return "_".join(f"{a}|{b}".split())


def pieces(one: Reuse, side: Literal["a", "b"]) -> tuple[tuple[str, bool], ...]:
    """The quote of a side cut where the two differ; put together again, the pieces are the quote."""
    quote = one.a.quote if side == "a" else one.b.quote
    made: list[tuple[str, bool]] = []
    for step in one.differences:
        start, end = (step.a0, step.a1) if side == "a" else (step.b0, step.b1)
        if end > start:
            made.append((quote[start:end], step.op != "equal"))
    return tuple(made) if made else ((quote, False),)


def matrix(context: SiteContext, found: Sequence[Reuse]) -> dict[str, Any]:
    """The heat map: how many characters of substance the document of a row shares with the later one of a column."""
    docs = sorted({d for r in found for d in (r.a.doc, r.b.doc)}, key=lambda d: (context.plan(d).begins, d))
    place = {d: n for n, d in enumerate(docs)}
    count: list[list[int]] = [[0] * len(docs) for _ in docs]
    size: list[list[int]] = [[0] * len(docs) for _ in docs]
    for one in found:
        if one.kind == "substance":
            count[place[one.a.doc]][place[one.b.doc]] += 1
            size[place[one.a.doc]][place[one.b.doc]] += one.length
    figures = {}
    for n, language in enumerate(("zh", "en")):
        names = [escaped(context.short(d)[n]) for d in docs]
        words = ("{} → {}<br>{} 段，共 {} 字", "{} → {}<br>{} passages, {} characters")[n]
        figures[language] = {
            "data": [{
                "type": "heatmap", "z": [[v or None for v in row] for row in size], "colorscale": CIVIDIS, "zmin": 0,
                "zmax": max((v for row in size for v in row), default=1) or 1, "xgap": 2, "ygap": 2, "showscale": False,
                "text": [[str(v) if v else "" for v in row] for row in count], "texttemplate": "%{text}", "hoverinfo": "text",
                "hovertext": [
                    [words.format(names[i], names[j], count[i][j], size[i][j]) if size[i][j] else None for j in range(len(docs))]
                    for i in range(len(docs))
                ],
                "customdata": [[f"filter:pair={_pair(a, b)}" for b in docs] for a in docs],
            }],
            "layout": layout(
                height=110 + 46 * max(3, len(docs)),
                xaxis=category_axis(names, side="top", automargin=True, tickangle=-20 if len(docs) > 4 else 0),
                yaxis=category_axis(names, autorange="reversed", automargin=True),
            ),
        }  # fmt: skip
    narrow = {"font": {"size": 10}, "xaxis": {"tickangle": -90}, "height": 170 + 34 * max(3, len(docs))}
    return chart(figures["zh"], figures["en"], narrow=narrow, widest=260 + 150 * len(docs))


def _row(one: Reuse) -> Sequence[object]:
    return (
        one.a.doc, one.a.start, one.a.end, one.b.doc, one.b.start, one.b.end, round(one.score, 4), one.kind,
        one.earlier, one.length, "、".join(f.zh for f in one.shared_fields), one.a.quote, one.b.quote,
    )  # fmt: skip
