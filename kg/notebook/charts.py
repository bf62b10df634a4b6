"""Results as a map and as a heat map, by Plotly; what a label holds is shown as it stands, never as markup."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError
from kg.notebook.cells import Quote, text
from kg.notebook.columns import numbers, two
from kg.notebook.show import say
from kg.queries.columns import headings
from kg.queries.reading import lexical
from kg.views.palette import BLUE, ORANGE

if TYPE_CHECKING:
    from kg.graph.store import GraphStore
    from kg.notebook.chart import Chart
    from kg.notebook.result import Result

_POINTS = """
SELECT DISTINCT ?region ?name ?lat ?long ?class WHERE {
  ?region pp:latitude ?lat ; pp:longitude ?long ; a ?class ; rdfs:label ?name .
  FILTER (LANG(?name) = "zh") FILTER (?class IN (pp:Province, pp:Prefecture, pp:County))
}
"""
_OFFSETS = frozenset({"start", "end", "confidence", "order", "startA", "endA", "startB", "endB"})
_LINES, _LONGEST = 6, 18
_HAN = "system-ui, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"


def region_map(result: Result, region: str | None, value: str | None) -> Chart:
    """The figure of `Result.map`: longitude across, latitude up, provinces in grey behind."""
    points = _points(result.graph) if result.graph is not None else {}
    column = _region_column(result, region, points)
    import plotly.graph_objects as go

    from kg.notebook.chart import Chart

    sizes: dict[str, float] = defaultdict(float)
    rows: dict[str, list[int]] = defaultdict(list)
    for n, (iri, amount) in enumerate(zip(result[column], _amounts(result, value), strict=True)):
        if iri in points:
            sizes[iri] += amount
            rows[iri].append(n)
    placed = sorted(sizes, key=lambda iri: (-sizes[iri], iri))
    names = dict(zip(result[column], result.labels(column), strict=True))
    beside = _sides([points[i] for i in placed], [names[i] for i in placed])
    largest = max(map(abs, sizes.values()), default=0) or 1
    behind = [p for iri, p in sorted(points.items()) if p[3] and iri not in sizes]
    heading = headings([value], result.language)[0] if value else say(result.language, "行数", "rows")
    missing = {v for v in result[column] if isinstance(v, str) and v not in points}
    note = say(result.language, f"{len(missing)} 个没有坐标", f"{len(missing)} without coordinates")
    title = f"{result.title}（{note}）" if missing else result.title
    figure = Chart(layout=_layout(title))
    figure.add_trace(go.Scatter(
        x=[p[1] for p in behind], y=[p[0] for p in behind], text=[escape(p[2]) for p in behind],
        mode="markers+text", textposition="top center", hoverinfo="skip",
        marker={"size": 3, "color": "#bbb"}, textfont={"size": 9, "color": "#999"},
    ))  # fmt: skip
    figure.add_trace(go.Scatter(
        x=[points[i][1] for i in placed], y=[points[i][0] for i in placed],
        text=[escape(names[i]) for i in placed], mode="markers+text", textposition=beside,
        customdata=[[_hover(result, rows[i], column), text(sizes[i])] for i in placed],
        hovertemplate=f"<b>%{{text}}</b> · {escape(heading)} %{{customdata[1]}}<br>%{{customdata[0]}}<extra></extra>",
        marker={"size": [8 + 26 * (max(0.0, sizes[i]) / largest) ** 0.5 for i in placed], "color": BLUE,
                "opacity": 0.65, "line": {"color": "white", "width": 1}},
    ))  # fmt: skip
    figure.update_xaxes(visible=False, range=_range([points[i][1] for i in placed], 1.4))
    # A degree of longitude is shorter than one of latitude: about 0.83 of it at 34° north.
    figure.update_yaxes(
        visible=False, range=_range([points[i][0] for i in placed], 1.0), scaleanchor="x", scaleratio=1.2
    )
    return figure


def heat_map(result: Result, rows: str | None, columns: str | None, value: str | None) -> Chart:
    """The figure of `Result.heatmap`: names in the order of the rows, empty where a pair does not occur."""
    down, across = _names(result, rows, columns, value)
    value = value or _number_column(result, (down, across))
    import plotly.graph_objects as go

    from kg.notebook.chart import Chart

    sums: dict[tuple[str, str], float] = defaultdict(float)
    pairs = zip(result.labels(down), result.labels(across), _amounts(result, value), strict=True)
    for a, b, amount in pairs:
        if a and b:
            sums[a, b] += amount
    ys, xs = (tuple(dict.fromkeys(pair[n] for pair in sums)) for n in (0, 1))
    xs = ys if set(xs) == set(ys) else xs  # a matrix of the same things both ways has one order
    cells = tuple(tuple(_whole(sums[y, x]) if (y, x) in sums else None for x in xs) for y in ys)
    heads = headings([down, across], result.language)
    title = headings([value], result.language)[0] if value else say(result.language, "行数", "rows")
    figure = Chart(layout=_layout(result.title))
    figure.add_trace(go.Heatmap(
        x=[escape(x) for x in xs], y=[escape(y) for y in ys], z=cells, colorscale="Blues",
        zmin=min(0, *sums.values()), zmax=max(0, *sums.values()), hoverongaps=False, xgap=1, ygap=1,
        texttemplate="%{z}" if len(xs) * len(ys) <= 400 else None,
        colorbar={"title": {"text": escape(title)}},
        hovertemplate="%{y} × %{x}: %{z}<extra></extra>",
    ))  # fmt: skip
    figure.update_xaxes(title=escape(heads[1]), type="category", side="top", tickangle=-40, **_ticks(xs))
    figure.update_yaxes(title=escape(heads[0]), type="category", autorange="reversed", **_ticks(ys))
    figure.update_layout(height=max(360, 24 * len(ys) + 200))
    return figure


def _layout(title: str) -> dict[str, Any]:
    return {
        "title": {"text": escape(title), "yref": "container", "y": 0.99, "yanchor": "top"} if title else None,
        "template": "plotly_white", "showlegend": False,
        "font": {"family": _HAN}, "margin": {"l": 10, "r": 10, "t": 50 if title else 20, "b": 10}, "height": 560,
        "hoverlabel": {"align": "left"}, "colorway": [BLUE, ORANGE],
    }  # fmt: skip


def _points(graph: GraphStore) -> Mapping[str, tuple[float, float, str, bool]]:
    """Latitude, longitude, name and whether it is a province, by the IRI of a region."""
    found: dict[str, tuple[float, float, str, bool]] = {}
    for row in graph.query(_POINTS, time_limit=None).rows:
        iri, name, lat, long, class_ = map(lexical, row)
        found[iri] = (float(lat), float(long), name, class_.endswith("#Province"))
    return found


def _region_column(result: Result, region: str | None, points: Mapping[str, Any]) -> str:
    def some(column: str) -> bool:
        return any(isinstance(v, str) and v in points for v in result[column])

    if region is not None and region in result.columns and some(region):
        return region
    found = None if region is not None else next((c for c in result.columns if some(c)), None)
    if found is None:
        about = f"{region!r} holds none" if region else f"the columns are {', '.join(result.columns)}"
        raise QueryError(
            f"a map needs a column of regions; {about}",
            hint="select ?city { ?city pp:hosts ?cluster }, or name it: map(region=…)",
        )
    return found


def _names(result: Result, rows: str | None, columns: str | None, value: str | None) -> tuple[str, str]:
    fitting = [c for c in result.columns if c in result.shown and c != value and _categories(result, c)]
    return two(
        result, (rows, columns), fitting, needs="a heat map needs two columns of names, and one of numbers",
        hint="select them, or name them: heatmap(rows=…, columns=…, value=…)",
    )  # fmt: skip


def _categories(result: Result, column: str) -> bool:
    values = [v for v in result[column] if v is not None]
    return bool(values) and all(isinstance(v, str) and not isinstance(v, Quote) for v in values)


def _number_column(result: Result, taken: Sequence[str]) -> str | None:
    for column in result.columns:
        values = [v for v in result[column] if v is not None]
        numbers = values and all(isinstance(v, int | float) and not isinstance(v, bool) for v in values)
        if numbers and column not in _OFFSETS and column not in taken:
            return column
    return None


def _amounts(result: Result, value: str | None) -> list[float]:
    return [1.0] * len(result) if value is None else numbers(result, value)


def _hover(result: Result, rows: Sequence[int], column: str) -> str:
    beside = [result.labels(c) for c in result.shown if c != column]
    lines = [" · ".join(cells[n] for cells in beside if cells[n]) for n in rows[:_LINES]]
    more = [f"… {len(rows) - _LINES}"] if len(rows) > _LINES else []
    return "<br>".join(escape(" ".join(line.split())[:90]) for line in (*lines, *more))


def _range(values: Sequence[float], margin: float) -> list[float]:
    return [min(values) - margin, max(values) + margin]


def _sides(points: Sequence[tuple[float, float, str, bool]], names: Sequence[str]) -> list[str]:
    """On which side of its circle each name stands, so that it covers the fewest names before it."""
    height = (
        max(1.0, *(p[0] for p in points)) - min((p[0] for p in points), default=0.0) + 2 if points else 1.0
    )
    em = height / 36
    taken: list[tuple[float, float, float, float]] = []
    chosen = []
    for (lat, long, *_), name in zip(points, names, strict=True):
        width = em * 1.2 * max(2, len(name))
        boxes = {
            "top center": (long - width / 2, lat + em),
            "bottom center": (long - width / 2, lat - 2 * em),
            "middle right": (long + em, lat - em / 2),
            "middle left": (long - em - width, lat - em / 2),
        }

        def covered(at: tuple[float, float], width: float = width) -> int:
            x, y = at
            return sum(x < r and left < x + width and y < t and b < y + em for left, b, r, t in taken)

        side = min(boxes, key=lambda s: covered(boxes[s]))
        x, y = boxes[side]
        taken.append((x, y, x + width, y + em))
        chosen.append(side)
    return chosen


def _whole(number: float) -> float:
    return int(number) if float(number).is_integer() else number


def _ticks(names: Sequence[str]) -> dict[str, list[str]]:
    """What stands at the axis for each name: long ones are cut there, and whole where one points."""
    shown = [" ".join(name.split()) for name in names]
    cut = [name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…" for name in shown]
    return {"tickvals": [escape(name) for name in names], "ticktext": [escape(name) for name in cut]}
