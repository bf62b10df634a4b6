"""Pictures that stand still: SVG for places that run no scripts, such as a notebook that is read on a code host."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from kg.views.lines import broken, em
from kg.views.palette import STYLES

if TYPE_CHECKING:
    import networkx as nx
    import plotly.graph_objects

FONT = "system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
_INK, _PALE, _LINE = "#222222", "#8a8a8a", "#8FA3B0"
_WIDTH, _MARGIN, _CELL = 760, 36, 30
_LIGHT, _DARK = (239, 245, 251), (8, 69, 130)


def svg_of_figure(figure: plotly.graph_objects.Figure) -> str:
    """The SVG of a map or a heat map as `Result.map` and `Result.heatmap` draw them.

    >>> from kg.notebook.result import Result
    >>> svg_of_figure(Result(["a", "b", "n"], [["x", "y", 2]]).heatmap())[:4]
    '<svg'
    """
    heat = next((trace for trace in figure.data if trace.type == "heatmap"), None)
    return _written(_heat(figure, heat) if heat is not None else _map(figure))


def svg_of_network(graph: nx.DiGraph, places: Mapping[str, tuple[float, float]]) -> str:
    """The SVG of a network: circles in the colours of their kinds at their places, lines as wide as their weight."""
    across, down = ([at[n] for at in places.values()] or [0.0] for n in (0, 1))
    left, top = min(across), min(down)
    scale = min(1.0, (_WIDTH - 2.6 * _MARGIN) / ((max(across) - left) or 1))
    at = {
        node: (1.3 * _MARGIN + (x - left) * scale, _MARGIN + (y - top) * scale)
        for node, (x, y) in places.items()
    }
    root = _canvas(_WIDTH, 2.2 * _MARGIN + (max(down) - top) * scale)
    heaviest = max((d["weight"] for *_, d in graph.edges(data=True)), default=1) or 1
    for a, b, data in sorted(graph.edges(data=True), key=lambda e: e[:2]):
        (x1, y1), (x2, y2) = at[a], at[b]
        width = 0.8 + 3.2 * max(0.0, data["weight"]) / heaviest
        _add(root, "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=_LINE, stroke_width=width)
    size = 11.0 if len(at) <= 60 else 8.5
    for node in sorted(at):
        style, (x, y) = STYLES[graph.nodes[node]["kind"]], at[node]
        radius = 4 + 1.4 * min(9, graph.degree(node)) ** 0.5
        _add(root, "circle", cx=x, cy=y, r=radius, fill=style.colour, stroke=style.edge, stroke_width=1)
        for n, line in enumerate(broken(graph.nodes[node]["label"], 8)):
            _text(root, x, y + radius + size * (1.0 + 1.05 * n), line, size=size, halo=True)
    return _written(root)


def _heat(figure: Any, trace: Any) -> ET.Element:
    across, down = _names(figure.layout.xaxis, trace.x), _names(figure.layout.yaxis, trace.y)
    left = 20 + 12 * max((em(name) for name in down), default=0)
    widest = max((em(name) for name in across), default=0)
    cell = min(96.0, max(16.0, (_WIDTH - left - 40) / max(1, len(across))))
    tilted = 11 * widest > cell
    top = 34 + (9 * widest if tilted else 22)
    root = _canvas(max(_WIDTH, left + cell * len(across) + 60), top + _CELL * len(down) + 16)
    _title(root, figure)
    numbers = [z for row in trace.z for z in row if z is not None]
    most = max((abs(z) for z in numbers), default=1) or 1
    for n, name in enumerate(across):
        x = left + cell * (n + 0.5)
        if tilted:
            _text(root, x, top - 6, name, turn=-40, anchor="start")
        else:
            _text(root, x, top - 8, name)
    for m, (name, row) in enumerate(zip(down, trace.z, strict=True)):
        y = top + _CELL * m
        _text(root, left - 8, y + _CELL / 2 + 4, name, anchor="end")
        for n, z in enumerate(row):
            if z is None:
                continue
            share = abs(z) / most
            _add(
                root,
                "rect",
                x=left + cell * n + 0.5,
                y=y + 0.5,
                width=cell - 1,
                height=_CELL - 1,
                fill=_blue(share),
            )
            _text(
                root, left + cell * (n + 0.5), y + _CELL / 2 + 4, _number(z),
                colour="#ffffff" if share > 0.5 else _INK, size=min(11.0, cell / 2.6),
            )  # fmt: skip
    return root


def _map(figure: Any) -> ET.Element:
    behind, front = figure.data
    (west, east), (south, north) = figure.layout.xaxis.range, figure.layout.yaxis.range
    ratio = figure.layout.yaxis.scaleratio or 1
    scale = min((_WIDTH - 2 * _MARGIN) / (east - west), 620 / ((north - south) * ratio))
    width, height = (east - west) * scale, (north - south) * ratio * scale
    root = _canvas(max(width + 2 * _MARGIN, 420), height + _MARGIN + 34)
    _title(root, figure)

    def place(long: float, lat: float) -> tuple[float, float]:
        return _MARGIN + (long - west) * scale, 34 + (north - lat) * ratio * scale

    for long, lat, name in zip(behind.x, behind.y, behind.text, strict=True):
        if west < long < east and south < lat < north:
            x, y = place(long, lat)
            _add(root, "circle", cx=x, cy=y, r=1.5, fill="#bbbbbb")
            _text(root, x, y - 5, unescape(name), colour=_PALE, size=9)
    sizes, sides = front.marker.size or (), front.textposition or ()
    for long, lat, size in zip(front.x, front.y, sizes, strict=True):
        x, y = place(long, lat)
        _add(
            root, "circle", cx=x, cy=y, r=size / 2, fill=front.marker.color, fill_opacity=0.6,
            stroke="#ffffff", stroke_width=1,
        )  # fmt: skip
    for long, lat, name, size, side in zip(front.x, front.y, front.text, sizes, sides, strict=True):
        x, y = place(long, lat)
        if side.startswith("middle"):
            right = side.endswith("right")
            _text(
                root, x + (size / 2 + 3) * (1 if right else -1), y + 4, unescape(name),
                anchor="start" if right else "end", halo=True,
            )  # fmt: skip
        else:
            _text(
                root,
                x,
                y - size / 2 - 4 if side.startswith("top") else y + size / 2 + 12,
                unescape(name),
                halo=True,
            )
    return root


def _names(axis: Any, values: Iterable[str]) -> Sequence[str]:
    shown = dict(zip(axis.tickvals or (), axis.ticktext or (), strict=True))
    return [unescape(shown.get(value, value)) for value in values]


def _title(root: ET.Element, figure: Any) -> None:
    if figure.layout.title.text:
        _text(root, 10, 20, unescape(figure.layout.title.text), anchor="start", size=14, weight="600")


def _canvas(width: float, height: float) -> ET.Element:
    root = ET.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=f"{width:.0f}", height=f"{height:.0f}", role="img",
    )  # fmt: skip
    root.set("font-family", FONT)
    _add(root, "rect", width=width, height=height, fill="#ffffff")
    return root


def _add(parent: ET.Element, tag: str, **attributes: object) -> ET.Element:
    return ET.SubElement(
        parent, tag,
        {k.replace("_", "-"): f"{v:.4g}" if isinstance(v, int | float) else str(v) for k, v in attributes.items()},
    )  # fmt: skip


def _text(
    parent: ET.Element, x: float, y: float, words: str, *, anchor: str = "middle", size: float = 11.0,
    colour: str = _INK, turn: float = 0, halo: bool = False, weight: str = "",
) -> None:  # fmt: skip
    # What XML cannot hold is left out of the picture; the table beside it has the name as it stands.
    held = "".join(c for c in words if c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    made = _add(parent, "text", x=x, y=y, font_size=size, text_anchor=anchor, fill=colour)
    if halo:
        for name, value in (("stroke", "#ffffff"), ("stroke-width", "3"), ("paint-order", "stroke")):
            made.set(name, value)
    if weight:
        made.set("font-weight", weight)
    if turn:
        made.set("transform", f"rotate({turn} {x:.4g} {y:.4g})")
    made.text = held


def _number(z: float) -> str:
    return f"{z:.0f}" if float(z).is_integer() or abs(z) >= 100 else f"{z:.2f}"


def _blue(share: float) -> str:
    return "#" + "".join(f"{round(a + (b - a) * share**0.8):02x}" for a, b in zip(_LIGHT, _DARK, strict=True))


def _written(root: ET.Element) -> str:
    return ET.tostring(root, encoding="unicode")
