"""Specialisation: a heat map of regions and sectors, what only one region names, what provinces leave out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log2
from typing import Any

from kg.analysis.claims import Claim
from kg.analysis.omissions import Omission, omissions
from kg.analysis.specialisation import Of, OnlyHere, Quotient, specialisation
from kg.queries.reading import Thing
from kg.views.charts.overlap import ground
from kg.views.charts.plot import POLICY, SCRIPTS, STYLES, category_axis, chart, escaped, in_lines, layout
from kg.views.charts.quotes import QuoteBook, Tag
from kg.views.charts.tables import csv_file
from kg.views.site.context import SiteContext
from kg.views.site.page import File, Page

PATHS: Mapping[Of, str] = {
    "province": "views/specialisation.html",
    "city": "views/specialisation-cities.html",
}
NAMES: Mapping[Of, tuple[str, str]] = {"province": ("省份", "Provinces"), "city": ("城市", "Cities")}
DIVERGING = [
    (0.0, "#b35806"), (0.25, "#f1a340"), (0.42, "#fee0b6"), (0.5, "#f7f7f7"), (0.58, "#d1e5f0"), (0.75, "#67a9cf"),
    (1.0, "#2166ac"),
]  # fmt: skip
"""From orange to blue by way of white (after ColorBrewer): people with any colour blindness tell its ends apart."""
ANSWERS: Mapping[str, tuple[str, str]] = {
    "not mentioned": ("没有提到", "not mentioned"),
    "not found": (
        "没有找到（召回率不足以断言没有提到）",
        "not found (recall is too low to say not mentioned)",
    ),
    "mentioned": ("文中出现名称，但未识别为重点", "the name stands in the text, in no statement understood"),
    "wider": ("只提出其上位领域", "names only the wider field"),
}
_COLOURBAR = {
    "thickness": 12, "lenmode": "pixels", "len": 180, "y": 1, "yanchor": "top", "outlinewidth": 0,
    "tickmode": "array", "tickvals": [-2, -1, 0, 1, 2], "ticktext": ["≤¼", "½", "1", "2", "≥4"],
}  # fmt: skip
_REACH = 2.0  # a quotient of 4 or of 1/4 has the full colour


def specialisation_view(context: SiteContext) -> Iterator[Page | File]:
    """A page and a csv file for provinces, and for cities."""
    base = ground(context)
    for level, path in PATHS.items():
        found = specialisation(base, level)
        left_out = _by_province(omissions(base)) if level == "province" else {}
        only = _only(found.only)
        csv = f"views/specialisation-{level}.csv"
        yield Page(
            path, "specialisation.html", f"专业化：{NAMES[level][0]}", f"Specialisation: {NAMES[level][1]}",
            values={
                "level": level, "levels": [(p, *NAMES[of]) for of, p in PATHS.items()], "csv": csv,
                "regions": _by_region(found.sectors), "only": only, "left_out": left_out,
                "answers": ANSWERS,
            },
            scripts=SCRIPTS, styles=STYLES, policy=POLICY, nav=PATHS["province"],
            data={
                "chart-quotient": heat(found.sectors, context.things),
                "lists": lists(context, found.sectors, only, left_out),
            },
        )  # fmt: skip
        yield csv_file(csv, _HEADER, map(_row, (*found.sectors, *found.fields)))


def heat(quotients: Sequence[Quotient], names_of: Mapping[str, Thing]) -> dict[str, Any]:
    """The heat map: the quotient of each region and sector on a logarithmic scale, white where it is 1.

    ``names_of`` are things by IRI: the English names of regions.
    """
    regions = {q.region: q.region_label for q in sorted(quotients, key=lambda q: q.region)}
    english = {
        r: names_of[r].en if r in names_of and names_of[r].en else label for r, label in regions.items()
    }
    size: dict[str, float] = defaultdict(float)
    for q in quotients:
        size[q.iri] += q.count
    names = {q.iri: (q.label, q.label_en or q.label) for q in quotients}
    sectors = sorted(size, key=lambda s: (-size[s], s))
    by = {(q.region, q.iri): q for q in quotients}
    few = {q.region for q in quotients if q.few}
    figures = {}
    for n, language in enumerate(("zh", "en")):
        cells = [[by.get((r, s)) for s in sectors] for r in regions]
        figures[language] = {
            "data": [{
                "type": "heatmap", "colorscale": DIVERGING, "zmin": -_REACH, "zmax": _REACH, "xgap": 2, "ygap": 2,
                "z": [[_z(q) for q in row] for row in cells],
                "text": [["" if q is None else f"{q.quotient:.1f}" for q in row] for row in cells],
                "texttemplate": "%{text}", "hoverinfo": "text",
                "hovertext": [[_hover(q, language, english) for q in row] for row in cells],
                "customdata": [[f"open:{_id(q)}" if q else None for q in row] for row in cells],
                "colorbar": _COLOURBAR,
            }],
            "layout": layout(
                height=150 + 28 * max(len(regions), 4),
                xaxis=category_axis([in_lines(names[s][n], 7.5) for s in sectors], side="top", automargin=True, tickangle=0),
                yaxis=category_axis(
                    [escaped(label) + (" *" if r in few else "") for r, label in (english if n else regions).items()],
                    autorange="reversed", automargin=True,
                ),
            ),
        }  # fmt: skip
    narrow = {
        language: {
            "xaxis": {"tickangle": -90, "ticktext": [escaped(names[s][n]) for s in sectors]},
            "font": {"size": 10}, "height": (190, 290)[n] + 22 * max(len(regions), 4),
        }
        for n, language in enumerate(("zh", "en"))
    }  # fmt: skip
    return chart(figures["zh"], figures["en"], narrow=narrow, widest=260 + 110 * len(sectors))


def _z(q: Quotient | None) -> float | None:
    return None if q is None else round(max(-_REACH, min(_REACH, log2(q.quotient))), 4)


def _hover(q: Quotient | None, language: str, english: Mapping[str, str]) -> str | None:
    if q is None:
        return None
    region = escaped(english[q.region] if language == "en" else q.region_label)
    sector = escaped((q.label_en if language == "en" else "") or q.label)
    count = f"{q.count:g}"
    if language == "en":
        return (
            f"<b>{region} · {sector}</b><br>quotient {q.quotient:.2f}<br>{count} of its {q.named} fields"
            f" ({q.share:.0%}; all regions {q.share_all:.0%})"
        )
    return (
        f"<b>{region} · {sector}</b><br>区位商 {q.quotient:.2f}<br>所提 {q.named} 个领域中占 {count} 个"
        f"（{q.share:.0%}；各地合计 {q.share_all:.0%}）"
    )


def _id(q: Quotient) -> str:
    return f"q-{q.region.rpartition('/')[2]}-{q.iri.rpartition('/')[2]}"


def _by_region(quotients: Iterable[Quotient]) -> list[dict[str, Any]]:
    """Regions by IRI with their sectors."""
    found: dict[str, list[Quotient]] = defaultdict(list)
    for q in quotients:
        found[q.region].append(q)
    return [
        {
            "iri": region, "label": rows[0].region_label, "named": rows[0].named, "few": rows[0].few,
            "sectors": [{"id": _id(q), "q": q} for q in rows],
        }
        for region, rows in sorted(found.items())
    ]  # fmt: skip


def lists(
    context: SiteContext, sectors: Iterable[Quotient], only: Mapping[str, list[OnlyHere]],
    left_out: Mapping[str, list[Omission]],
) -> dict[str, Any]:  # fmt: skip
    """The fields of each sector of a region, those that only it names, those of the guide that it leaves out."""
    book = QuoteBook(context)
    for q in sectors:
        by: dict[str, list[Claim]] = defaultdict(list)
        for claim in q.claims:
            by[claim.object].append(claim)
        book.add(_id(q), ((iri, by[iri], ()) for iri in sorted(by)))
    for region, alone in only.items():
        book.add(f"only-{region.rpartition('/')[2]}", ((o.field, o.claims, _tags(o)) for o in alone))
    for region, missing in left_out.items():
        rows = ((o.field, o.national, [("", *ANSWERS[o.answer])]) for o in missing)
        book.add(f"left-{region.rpartition('/')[2]}", rows)
    return book.data


def _tags(one: OnlyHere) -> Iterator[Tag]:
    if one.national:
        yield ("inherited", "国家指南也有", "in the national guide")
    if one.near:
        names = "、".join(one.near)
        yield ("wrap", f"相近领域见于：{names}", f"a close field is named by: {names}")


def _only(found: Iterable[OnlyHere]) -> dict[str, list[OnlyHere]]:
    by: dict[str, list[OnlyHere]] = defaultdict(list)
    for one in found:
        if not one.candidate:
            by[one.region].append(one)
    return dict(by)


def _by_province(found: Iterable[Omission]) -> dict[str, list[Omission]]:
    by: dict[str, list[Omission]] = defaultdict(list)
    for one in found:
        if not one.candidate:
            by[one.province].append(one)
    order = list(ANSWERS)
    return {p: sorted(rows, key=lambda o: order.index(o.answer)) for p, rows in by.items()}


_HEADER = (
    "region",
    "region_iri",
    "kind",
    "label",
    "iri",
    "count",
    "named",
    "share",
    "share_all",
    "quotient",
    "few",
)


def _row(q: Quotient) -> Sequence[object]:
    return (
        q.region_label, q.region, q.kind, q.label, q.iri, round(q.count, 6), q.named, round(q.share, 6),
        round(q.share_all, 6), round(q.quotient, 6), str(q.few).lower(),
    )  # fmt: skip
