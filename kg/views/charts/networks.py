"""Networks: the backbone of cities, and of clusters, that name the same fields; and the whole graph to walk through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.analysis.structure import Edge, Node, Of, Structure, structure
from kg.views.charts.fields import tinted
from kg.views.charts.overlap import ground
from kg.views.charts.plot import POLICY, SCRIPTS, STYLES, chart, escaped, layout
from kg.views.charts.tables import csv_file
from kg.views.layout import Box, Spring, place
from kg.views.lines import broken, em
from kg.views.model import network
from kg.views.network import html
from kg.views.palette import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY_BLUE, VERMILION, YELLOW
from kg.views.site.context import SiteContext
from kg.views.site.page import File, Page

PATHS: Mapping[Of, str] = {"regions": "views/networks.html", "clusters": "views/networks-clusters.html"}
WHOLE, WHOLE_FILE = "views/networks-whole.html", "views/network.html"
NAMES: Mapping[Of, tuple[str, str]] = {"regions": ("城市", "Cities"), "clusters": ("集聚区", "Clusters")}
_COLOURS = (BLUE, ORANGE, GREEN, PURPLE, VERMILION, SKY_BLUE, YELLOW)
_SYMBOLS = ("circle", "square", "diamond", "hexagon", "star", "cross", "triangle-up")
_SMALL = {"size": 10, "color": "#1b2530"}
_MOST_NODES, _MOST_EDGES, _LISTED = 90, 160, 400


def networks_view(context: SiteContext) -> Iterator[Page | File]:
    """A page for cities, one for clusters, and one for the whole network."""
    tabs = [*((PATHS[of], *NAMES[of]) for of in PATHS), (WHOLE, "完整网络", "Whole network")]
    for of, path in PATHS.items():
        found = structure(ground(context), of)
        shown = chosen(found)
        csv = path.replace(".html", ".csv")
        yield Page(
            path, "networks.html", f"网络：{NAMES[of][0]}", f"Networks: {NAMES[of][1]}",
            values={
                "tabs_": tabs, "found": found, "names": NAMES[of], "csv": csv, "whole": None,
                "listed": list(enumerate(_listed(found, shown), 1)), "shown": len(shown),
                "backbone": bool(found.backbone),
            },
            scripts=SCRIPTS, styles=STYLES, policy=POLICY, data={"chart-network": picture(context, found, shown)},
            nav=PATHS["regions"],
        )  # fmt: skip
        yield csv_file(
            csv, ("a", "b", "a_iri", "b_iri", "weight", "alpha", "backbone", "fields"), _csv(found)
        )
    yield Page(
        WHOLE, "networks.html", "完整网络", "Whole network",
        values={"tabs_": tabs, "found": None, "whole": WHOLE_FILE}, scripts=("assets/frame.js",), styles=STYLES,
        policy={"frame-src": "\'self\'"}, nav=PATHS["regions"],
    )  # fmt: skip
    yield File(WHOLE_FILE, html(context.graph, network(context.graph)).encode("utf-8"))


def chosen(found: Structure) -> list[Edge]:
    """The edges that are drawn: the backbone with, for each node that it leaves out, the strongest edge of that node."""
    edges = list(found.backbone)
    linked = {end for e in edges for end in (e.a, e.b)}
    for edge in found.edges:
        if not {edge.a, edge.b} <= linked:
            edges.append(edge)
            linked |= {edge.a, edge.b}
    nodes: set[str] = set()
    kept = []
    for edge in sorted(edges, key=lambda e: (not e.backbone, -round(e.weight, 9), e.a, e.b))[:_MOST_EDGES]:
        if len(nodes | {edge.a, edge.b}) <= _MOST_NODES:
            nodes |= {edge.a, edge.b}
            kept.append(edge)
    return kept


def picture(context: SiteContext, found: Structure, edges: Sequence[Edge]) -> dict[str, Any]:
    """The chart: communities by colour and shape, the size by the strength of ties, the width of a line by its weight."""
    drawn = {end for e in edges for end in (e.a, e.b)}
    nodes = [n for n in found.nodes if n.iri in drawn]
    wide, tall = (
        {
            language: _figure(context, found, nodes, edges, language, narrow=narrow)
            for language in ("zh", "en")
        }
        for narrow in (False, True)
    )
    return chart(wide["zh"], wide["en"], on_phones=chart(tall["zh"], tall["en"]))


def _figure(
    context: SiteContext, found: Structure, nodes: Sequence[Node], edges: Sequence[Edge], language: str, *, narrow: bool
) -> dict[str, Any]:  # fmt: skip
    labels = [broken(_label(context, n, language), 6 if narrow else 8, at_most=3) for n in nodes]
    at = _places(nodes, edges, labels, 0.5 if narrow else 1.6, 11 if narrow else 14)
    strongest = max((n.strength for n in nodes), default=1) or 1
    heaviest = max((e.weight for e in edges), default=1) or 1
    where = {n.iri: at[k] for k, n in enumerate(nodes)}
    traces: list[dict[str, Any]] = []
    for low, high in ((0, 0.15), (0.15, 0.4), (0.4, 1.01)):
        for backbone in (False, True):
            some = [e for e in edges if low <= e.weight / heaviest < high and e.backbone == backbone]
            if some:
                traces.append(_lines(some, where, 1 + 5 * low, backbone))
    traces.append({
        "type": "scatter", "mode": "markers", "hoverinfo": "text",
        "x": [(where[e.a][0] + where[e.b][0]) / 2 for e in edges], "y": [(where[e.a][1] + where[e.b][1]) / 2 for e in edges],
        "hovertext": [_tie(context, found, e, language) for e in edges], "marker": {"size": 14, "color": "rgba(0,0,0,0)"},
        "customdata": [f"open:edge-{n}" for n, _ in enumerate(edges, 1)],
    })  # fmt: skip
    traces.append({
        "type": "scatter", "mode": "markers+text", "x": [p[0] for p in at], "y": [p[1] for p in at], "cliponaxis": False,
        "text": ["<br>".join(map(escaped, lines)) for lines in labels], "textposition": "bottom center",
        "textfont": {"shadow": "0 0 2px #fff, 0 0 3px #fff, 0 0 4px #fff"},
        "hovertext": [_hover(context, n, language) for n in nodes], "hoverinfo": "text",
        "customdata": [f"href:{context.paths[n.iri]}" if n.iri in context.paths else "" for n in nodes],
        "marker": {
            "size": [10 + 18 * (n.strength / strongest) ** 0.5 for n in nodes], "line": {"color": "#1b2530", "width": 1},
            "color": [_COLOURS[(n.community - 1) % len(_COLOURS)] for n in nodes],
            "symbol": [_SYMBOLS[(n.community - 1) % len(_SYMBOLS)] for n in nodes], "opacity": 1,
        },
    })  # fmt: skip
    xs, ys = [p[0] for p in at] or [0], [p[1] for p in at] or [0]
    pad = 34 if narrow else 70
    x, y = [min(xs) - pad, max(xs) + pad], [max(ys) + 62, min(ys) - 30]
    # On a phone the picture is as high as the width of the window makes it, so that labels stay as far apart.
    height = max(420, round(360 * (y[0] - y[1]) / (x[1] - x[0]))) if narrow else 640
    span = {"showgrid": False, "zeroline": False, "showticklabels": False, "fixedrange": True}
    return {
        "data": traces,
        "layout": layout(
            height=height, xaxis={**span, "range": x}, yaxis={**span, "range": y},
            margin={"l": 0, "r": 0, "t": 4, "b": 4}, **({"font": _SMALL} if narrow else {}),
        ),
    }  # fmt: skip


def _places(
    nodes: Sequence[Node], edges: Sequence[Edge], labels: Sequence[Sequence[str]], aspect: float,
    font: int,
) -> list[tuple[int, int]]:  # fmt: skip
    boxes = [
        Box(max(36.0, *(em(x) * font for x in lines)), 30.0 + 1.3 * font * len(lines), 16.0)
        for lines in labels
    ]
    number = {n.iri: k for k, n in enumerate(nodes)}
    heaviest = max((e.weight for e in edges), default=1) or 1
    springs = [
        Spring(number[e.a], number[e.b], 0.08 + 0.3 * e.weight / heaviest, 24.0)
        for e in sorted(edges, key=lambda e: (e.a, e.b))
    ]
    return place(boxes, springs, {}, aspect=aspect, fill=0.5)


def _lines(
    edges: Sequence[Edge], where: Mapping[str, tuple[int, int]], width: float, backbone: bool
) -> dict[str, Any]:
    ends = [p for e in edges for p in (where[e.a], where[e.b], (None, None))]
    return {
        "type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": [p[0] for p in ends], "y": [p[1] for p in ends],
        "line": {"width": width, "color": tinted(BLUE, 0.6) if backbone else GREY, "dash": "solid" if backbone else "dot"},
    }  # fmt: skip


def _label(context: SiteContext, node: Node, language: str) -> str:
    known = context.things.get(node.iri) if language == "en" else None
    return (known.en if known else "") or node.label


def _hover(context: SiteContext, n: Node, language: str) -> str:
    if language == "en":
        name = escaped(_label(context, n, language))
        return f"<b>{name}</b><br>{n.fields} fields, tied to {n.degree} others<br>group {n.community}"
    return f"<b>{escaped(n.label)}</b><br>{n.fields} 个领域，与 {n.degree} 个相连<br>第 {n.community} 组"


def _tie(context: SiteContext, found: Structure, e: Edge, language: str) -> str:
    ends = {n.iri: _label(context, n, language) for n in found.nodes if n.iri in (e.a, e.b)}
    names = [escaped(found.ground.label(iri, language) or found.ground.label(iri)) for iri in e.fields]
    more = f" … +{len(names) - 8}" if len(names) > 8 else ""
    a, b = (escaped(ends[iri]) for iri in (e.a, e.b))
    return f"<b>{a} × {b}</b><br>" + "<br>".join(names[:8]) + more


def _listed(found: Structure, shown: Sequence[Edge]) -> list[Edge]:
    """The drawn edges first, in their order, as the chart refers to them; then the others."""
    drawn = {(e.a, e.b) for e in shown}
    return [*shown, *(e for e in found.edges if (e.a, e.b) not in drawn)][:_LISTED]


def _csv(found: Structure) -> Iterator[Sequence[object]]:
    label = found.ground.label
    for e in found.edges:
        names = "、".join(label(iri) for iri in e.fields)
        yield (
            label(e.a),
            label(e.b),
            e.a,
            e.b,
            round(e.weight, 6),
            round(e.alpha, 6),
            str(e.backbone).lower(),
            names,
        )
