"""The overlap of provinces, cities and documents as a heat map, and every pair with the quotes of both sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.analysis.claims import Claim
from kg.analysis.ground import Ground, Level
from kg.analysis.overlap import Overlap, Overlaps, survey
from kg.analysis.sharing import SharedField
from kg.model import Evidence
from kg.views.charts.plot import CIVIDIS, POLICY, SCRIPTS, STYLES, category_axis, chart, escaped, layout
from kg.views.charts.quotes import QuoteBook
from kg.views.charts.tables import csv_file
from kg.views.site.context import SiteContext
from kg.views.site.page import File, Page

PATHS: Mapping[Level, str] = {
    "province": "views/overlap.html", "city": "views/overlap-cities.html", "document": "views/overlap-documents.html",
}  # fmt: skip
NAMES: Mapping[Level, tuple[str, str]] = {
    "province": ("省份", "Provinces"), "city": ("城市", "Cities"), "document": ("文件", "Documents"),
}  # fmt: skip
_SIDES, _PAIRS, _QUOTES = 60, 600, 2
MEASURES: Mapping[str, tuple[str, str]] = {
    "weighted": ("加权相似度（少见的领域分量大）", "Weighted likeness (rare fields count more)"),
    "jaccard": ("Jaccard 相似度", "Jaccard likeness"),
    "shared": ("共有领域数", "Shared fields"),
    "beyond": ("超出国家指南的共有领域数", "Shared beyond the national guide"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides with the id of their details."""

    id: str
    overlap: Overlap


def ground(context: SiteContext) -> Ground:
    """The ground of comparison, read once for all views of a site."""
    return context.once("ground", lambda: Ground(context.graph))


def overlap_view(context: SiteContext) -> Iterator[Page | File]:
    """A page and a csv file a level."""
    for level, path in PATHS.items():
        found = survey(ground(context), level)
        pairs = tuple(_pairs(found))
        zh, en = NAMES[level]
        yield Page(
            path, "overlap.html", f"重合：{zh}", f"Overlap: {en}",
            values={
                "level": level, "levels": [(p, *NAMES[of]) for of, p in PATHS.items()], "found": found, "pairs": pairs,
                "measures": MEASURES, "csv": _csv_path(level), "left_out": len(found.pairs) - len(pairs),
            },
            scripts=(*SCRIPTS, "assets/overlap.js"), styles=STYLES, policy=POLICY,
            data={"chart-overlap": matrix(context, found, pairs), "overlap": details(context, pairs)},
            nav=PATHS["province"],
        )  # fmt: skip
        yield _csv(level, found.pairs)


def matrix(context: SiteContext, found: Overlaps, pairs: Sequence[Pair]) -> dict[str, Any]:
    """The heat map: rows and columns are sides by IRI, so that the cities of a province stand together."""
    sides = _sides(found.pairs)
    place = {iri: n for n, iri in enumerate(sides)}
    ids = {(p.overlap.a_iri, p.overlap.b_iri): p.id for p in pairs}
    shown = [p for p in found.pairs if p.a_iri in place and p.b_iri in place]
    clicks = _square(len(sides))
    values = {measure: _square(len(sides)) for measure in MEASURES}
    for pair in shown:
        for i, j in ((place[pair.a_iri], place[pair.b_iri]), (place[pair.b_iri], place[pair.a_iri])):
            clicks[i][j] = _cell(context, pair, ids.get((pair.a_iri, pair.b_iri)))
            for measure, value in measured(pair).items():
                values[measure][i][j] = value
    height = max(360, 170 + 24 * len(sides))
    figures = {
        language: {
            "data": [{
                "type": "heatmap", "z": values["weighted"], "hovertemplate": _HOVER[language], "hoverongaps": False,
                "customdata": clicks, "colorscale": CIVIDIS, "zmin": 0, "zmax": _most(values["weighted"]), "xgap": 1, "ygap": 1,
                "colorbar": {"thickness": 12, "len": 0.6, "y": 1, "yanchor": "top", "outlinewidth": 0},
                **({"texttemplate": "%{z:.3~g}"} if len(sides) <= 12 else {}),
            }],
            "layout": _layout([_label(context, iri, language) for iri in sides], height),
        }
        for language in ("zh", "en")
    }  # fmt: skip
    narrow = {
        "height": max(300, 130 + 11 * len(sides)), "font": {"size": 11 if len(sides) < 12 else 8},
        "xaxis": {"tickangle": -90},
    }  # fmt: skip
    choices = {measure: {"z": z, "zmax": _most(z)} for measure, z in values.items()}
    return chart(figures["zh"], figures["en"], narrow=narrow, choices=choices, widest=320 + 90 * len(sides))


def measured(pair: Overlap) -> dict[str, float]:
    """The numbers of a pair by measure, as `kg overlaps` has them."""
    return {
        "weighted": round(pair.weighted, 4), "jaccard": round(pair.jaccard, 4), "shared": len(pair.shared),
        "beyond": pair.beyond,
    }  # fmt: skip


def _layout(names: Sequence[str], height: int) -> dict[str, Any]:
    return layout(
        height=height,
        xaxis=category_axis(names, side="top", tickangle=-45 if len(names) > 6 else 0, automargin=True),
        yaxis=category_axis(names, autorange="reversed", automargin=True),
    )


def _most(z: Iterable[Iterable[float | None]]) -> float:
    """The upper end of the scale: the greatest value, or 1 where all are 0."""
    return max((v for row in z for v in row if v), default=1)


def _square(n: int) -> list[list[Any]]:
    return [[None] * n for _ in range(n)]


def _sides(pairs: Iterable[Overlap]) -> list[str]:
    """The sides of the pairs by IRI; of very many those of the strongest pairs."""
    found: dict[str, None] = {}
    for pair in pairs:
        for iri in (pair.a_iri, pair.b_iri):
            if len(found) < _SIDES:
                found.setdefault(iri)
    return sorted(found)


def _label(context: SiteContext, iri: str, language: str) -> str:
    plan = next((p for p in context.plans if p.iri == iri), None)
    if plan is not None:
        zh, en = context.short(plan.id)
    else:
        thing = context.things[iri]
        zh, en = thing.zh, thing.en
    text = (en or zh) if language == "en" else zh
    return escaped(text if len(text) <= 26 else f"{text[:25]}…")


def _cell(context: SiteContext, pair: Overlap, id_: str | None) -> list[Any]:
    """What a cell does when it is clicked, and what `_HOVER` says of it."""
    names = [
        " × ".join(_label(context, iri, language) for iri in (pair.a_iri, pair.b_iri))
        for language in ("zh", "en")
    ]
    return [
        f"open:{id_}" if id_ else "", *names, len(pair.shared), pair.beyond, f"{pair.weighted:.3f}",
        f"{pair.jaccard:.3f}", escaped(pair.periods),
    ]  # fmt: skip


_HOVER = {
    "zh": "<b>%{customdata[1]}</b><br>共有 %{customdata[3]} 个领域，其中 %{customdata[4]} 个超出国家指南<br>"
    "加权相似度 %{customdata[5]} · Jaccard %{customdata[6]}<br>%{customdata[7]}<extra></extra>",
    "en": "<b>%{customdata[2]}</b><br>%{customdata[3]} shared fields, %{customdata[4]} beyond the national guide<br>"
    "weighted likeness %{customdata[5]} · Jaccard %{customdata[6]}<br>%{customdata[7]}<extra></extra>",
}  # fmt: skip


def _pairs(found: Overlaps) -> Iterator[Pair]:
    for n, one in enumerate(found.pairs[:_PAIRS], 1):
        yield Pair(f"pair-{n}", one)


def details(context: SiteContext, pairs: Sequence[Pair]) -> dict[str, Any]:
    """What the pairs share, for ``assets/overlap.js``: the data of a `QuoteBook`, and ``pairs``.

    Those are, by id, rows of ``[field, narrower or -1, inherited, joint, quotes of a, quotes of b, more of a, more of b]``.
    """
    book = QuoteBook(context)

    def row(one: SharedField) -> list[Any]:
        a, b = _places(one.a), _places(one.b)
        return [
            book.field(one.field), book.field(one.narrower) if one.narrower else -1, int(one.inherited), int(one.joint),
            [book.quote(e) for e in a[:_QUOTES]], [book.quote(e) for e in b[:_QUOTES]],
            max(0, len(a) - _QUOTES), max(0, len(b) - _QUOTES),
        ]  # fmt: skip

    rows = {pair.id: [row(one) for one in pair.overlap.shared] for pair in pairs}
    return {**book.data, "pairs": rows}


def _places(claims: Iterable[Claim]) -> tuple[Evidence, ...]:
    """The places of claims, each once, in order."""
    found = {(c.evidence.doc, c.evidence.start, c.evidence.end): c.evidence for c in claims}
    return tuple(found[key] for key in sorted(found))


_HEADER = (
    "a", "b", "periods", "weighted", "jaccard", "field", "field_iri", "narrower", "match", "inherited", "joint", "weight",
    "a_doc", "a_start", "a_end", "b_doc", "b_start", "b_end",
)  # fmt: skip
_QUOTED = ("a_quote", "b_quote")


def _csv(level: Level, pairs: Iterable[Overlap]) -> File:
    """A row a shared field, with the first place of each side, and its words where there are not too many pairs."""
    with_words = level != "city"

    def rows() -> Iterator[Sequence[object]]:
        for pair in pairs:
            for one in pair.shared:
                a, b = one.a[0].evidence, one.b[0].evidence
                yield (
                    pair.a, pair.b, pair.periods, round(pair.weighted, 6), round(pair.jaccard, 6),
                    one.label, one.field, one.narrower_label, one.match, str(one.inherited).lower(),
                    str(one.joint).lower(), round(one.weight, 6), a.doc, a.start, a.end, b.doc, b.start, b.end,
                    *((a.quote, b.quote) if with_words else ()),
                )  # fmt: skip

    return csv_file(_csv_path(level), (*_HEADER, *(_QUOTED if with_words else ())), rows())


def _csv_path(level: Level) -> str:
    return f"views/overlap-{level}.csv"
