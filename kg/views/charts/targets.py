"""Targets on a timeline, by indicator: what can be compared together, the rest apart with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.analysis.basis import describe
from kg.analysis.figures import Figure
from kg.analysis.targets import TargetGroup, TargetRow, compare_targets
from kg.views.charts.plot import POLICY, SCRIPTS, STYLES, chart, escaped, layout
from kg.views.charts.tables import csv_file
from kg.views.palette import STYLES as KINDS
from kg.views.site.context import SiteContext
from kg.views.site.page import File, Page

PATH, CSV = "views/targets.html", "views/targets.csv"
_ROW, _NARROW_ROW = 24, 22
_APART = "#7a828a"


def targets_view(context: SiteContext) -> Iterator[Page | File]:
    """The page of all targets, and their csv."""
    groups = compare_targets(context.graph)
    yield Page(
        PATH, "targets.html", "量化目标", "Targets",
        values={
            "groups": numbered(groups), "csv": CSV, "describe": describe,
            "alone": len(groups) - len(_drawn(numbered(groups))),
        },
        scripts=SCRIPTS, styles=STYLES, policy=POLICY, data={"chart-targets": timeline(numbered(groups))}, nav=PATH,
    )  # fmt: skip
    yield csv_file(CSV, _HEADER, _csv(groups))


def numbered(groups: Sequence[TargetGroup]) -> list[dict[str, Any]]:
    """The groups with an id for each and for each of their rows: ``{"id", "group", "comparable", "apart"}``."""
    return [
        {
            "id": f"g-{n}", "group": group,
            "comparable": [(f"t-{n}-{k}", row) for k, row in enumerate(group.comparable)],
            "apart": [(f"t-{n}-{k}", row) for k, row in enumerate(group.apart, len(group.comparable))],
        }
        for n, group in enumerate(groups, 1)
    ]  # fmt: skip


def timeline(groups: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The chart: a line for each target from where it starts to its year, under the name of its indicator."""
    drawn = _drawn(groups)
    made = {language: _figure(drawn, language) for language in ("zh", "en")}
    rows = sum(1 + len(g["group"].rows) for g in drawn)
    wide = made["zh"]["layout"]["xaxis"]["range"]
    narrow = {
        "height": 60 + _NARROW_ROW * rows, "font": {"size": 11}, "margin": {"l": 4, "r": 4},
        "xaxis": {"dtick": 2, "tick0": 2020, "tickangle": 0, "range": [wide[0], wide[1] + 1.6]},
    }  # fmt: skip
    return chart(made["zh"], made["en"], narrow=narrow)


def _drawn(groups: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Groups in which there is something to compare: with another target, or with what was reached. Else all."""
    found = [g for g in groups if len(g["group"].rows) > 1 or any(r.reached for r in g["group"].rows)]
    return found or list(groups)


def _figure(groups: Sequence[Mapping[str, Any]], language: str) -> dict[str, Any]:
    marks: dict[str, list[tuple[float, int, str, str, str]]] = {"target": [], "apart": [], "statistic": []}
    lines: dict[str, list[tuple[float | None, int | None]]] = {"target": [], "apart": []}
    headings, y = [], 0
    for one in groups:
        group: TargetGroup = one["group"]
        headings.append((y, (group.indicator_en if language == "en" else "") or group.indicator))
        y += 1
        for id_, row in (*one["comparable"], *one["apart"]):
            kind, f = ("apart" if row.reason[0] else "target"), row.figure
            click = f"open:{id_}"
            if f.end:
                begin = f.baseline or f.plan.start
                if begin and begin < f.end:
                    lines[kind] += [(begin, y), (f.end, y), (None, None)]
                marks[kind].append((f.end, y, _label(f, language), _hover(row, language), click))
            seen = set()
            for r in row.reached:
                if r.figure.end and r.figure.end not in seen:
                    seen.add(r.figure.end)
                    marks["statistic"].append(
                        (r.figure.end, y, "", _past(r.figure, r.differs, language), click)
                    )
            y += 1
    years = [m[0] for found in marks.values() for m in found] + [
        x for xs in lines.values() for x, _ in xs if x
    ]
    first, last = (min(years), max(years)) if years else (2015, 2025)
    return {
        "data": _traces(marks, lines),
        "layout": layout(
            height=60 + _ROW * y, margin={"l": 10, "r": 10, "t": 34, "b": 10},
            xaxis={
                "side": "top", "dtick": 1 if last - first < 14 else 5, "tickformat": "d", "fixedrange": True,
                "range": [first - 0.6, last + max(3.2, (last - first) * 0.42)], "gridcolor": "#e6eaee", "zeroline": False,
            },
            yaxis={"visible": False, "range": [y - 0.3, -0.7], "fixedrange": True},
            shapes=[
                {
                    "type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": at - 0.46, "y1": at + 0.46,
                    "fillcolor": "#eef2f5", "line": {"width": 0}, "layer": "below",
                }
                for at, _ in headings
            ],
            annotations=[
                {
                    "xref": "paper", "x": 0, "y": at, "xanchor": "left", "yanchor": "middle", "showarrow": False,
                    "text": f"<b>{escaped(_cut(name))}</b>", "xshift": 4,
                }
                for at, name in headings
            ],
        ),
    }  # fmt: skip


def _traces(
    marks: dict[str, list[tuple[float, int, str, str, str]]],
    lines: dict[str, list[tuple[float | None, int | None]]],
) -> list[dict[str, Any]]:
    colours = {"target": KINDS["target"].colour, "apart": _APART}
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": [x for x, _ in found],
            "y": [y for _, y in found],
            "line": {"color": colours[kind], "width": 2, "dash": "dot" if kind == "apart" else "solid"},
        }
        for kind, found in lines.items()
    ]  # fmt: skip
    looks = {
        "target": {"symbol": "triangle-up", "size": 12, "color": colours["target"]},
        "apart": {"symbol": "triangle-up-open", "size": 11, "color": _APART, "line": {"width": 2}},
        "statistic": {
            "symbol": "circle-open", "size": 9, "color": KINDS["statistic"].edge, "line": {"width": 2},
        },
    }  # fmt: skip
    for kind, found in marks.items():
        traces.append({
            "type": "scatter", "mode": "markers+text", "x": [m[0] for m in found], "y": [m[1] for m in found],
            "text": [m[2] for m in found], "textposition": "middle right", "hovertext": [m[3] for m in found],
            "hoverinfo": "text", "customdata": [m[4] for m in found], "marker": looks[kind], "cliponaxis": False,
        })  # fmt: skip
    return traces


def _cut(text: str, most: int = 44) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _label(f: Figure, language: str) -> str:
    region = f.region.label(language) if f.region else ""
    return f" {escaped(_cut(f'{region} {f.worded(language)}', 34))}"


def _hover(row: TargetRow, language: str) -> str:
    f = row.figure
    region = escaped(f.region.label(language)) if f.region else ""
    lines = [f"<b>{region} {escaped(f.worded(language))}</b>", escaped(f.indicator.label(language))]
    years = f"{f.baseline}–{f.end}" if f.baseline else str(f.end or "")
    lines += [escaped(f.plan.title), years]
    reason = row.reason[1] if language == "en" else row.reason[0]
    return "<br>".join(_folded([*lines, *([escaped(reason)] if reason else [])]))


def _folded(lines: Sequence[str]) -> Iterator[str]:
    """Long lines in pieces of 40 characters, never within an escaped one."""
    for line in lines:
        if "&" in line or len(line) <= 40 or line.startswith("<b>"):
            yield line
        else:
            yield from (line[n : n + 40] for n in range(0, len(line), 40))


def _past(f: Figure, differs: tuple[str, str], language: str) -> str:
    word = "reported" if language == "en" else "已报告"
    lines = [f"<b>{word} {escaped(f.time)}: {escaped(f.worded(language))}</b>", escaped(f.wording)]
    why = differs[1] if language == "en" else differs[0]
    return "<br>".join(_folded([*lines, *([escaped(why)] if why else [])]))


_HEADER = (
    "indicator", "together", "region", "region_iri", "comparator", "value", "value_max", "unit", "deadline", "baseline",
    "scope", "wording", "reason", "doc", "start", "end", "quote",
)  # fmt: skip


def _csv(groups: Sequence[TargetGroup]) -> Iterator[Sequence[object]]:
    for group in groups:
        for row in group.rows:
            f, e = row.figure, row.figure.claim.evidence
            yield (
                group.indicator, str(not row.reason[0]).lower(), f.region.zh if f.region else "",
                f.region.iri if f.region else "", f.comparator, f.value, f.value_max, f.unit, f.deadline, f.baseline,
                f.scope, f.wording, row.reason[0], e.doc, e.start, e.end, e.quote,
            )  # fmt: skip
