"""Targets and statistics as tables: indicator, scope, value, by when, with the words that say so."""

from __future__ import annotations

from collections.abc import Iterable

from kg.views.site.context import SiteContext
from kg.views.site.figures import COMPARATOR_WORDS, DIRECTION_WORDS, Figure
from kg.views.site.said import Said
from kg.views.site.tables import Cell, Column, Row, Table, Value, documents, linked, quote, text

_COLUMNS = (
    Column("indicator", "指标", "Indicator"),
    Column("scope", "范围", "Scope"),
    Column("value", "数值", "Value", form="number"),
    Column("year", "年份", "By", facet=True),
    Column("baseline", "基期", "Baseline"),
    Column("region", "地区", "Region", facet=True),
    Column("doc", "文件", "Document", facet=True),
    Column("quote", "原文", "Quote", form="quote"),
)


def figure_table(site: SiteContext, key: str, figures: Iterable[Figure], *, indicator: bool = True) -> Table:
    """The table of targets or statistics, sorted by indicator, region and year."""
    chosen = sorted(figures, key=lambda f: (_name(site, f.indicator), f.region, f.year, f.iri))
    targets = any(f.target for f in chosen)
    columns = [
        c for c in _COLUMNS if (c.key != "baseline" or targets) and (c.key != "indicator" or indicator)
    ]
    if not targets:
        columns = [Column("year", "时间", "When", facet=True) if c.key == "year" else c for c in columns]
    rows = (dict(zip((c.key for c in _COLUMNS), _row(site, f), strict=True)) for f in chosen)
    zh, en = ("量化目标", "Targets") if targets else ("统计数据", "Statistics")
    return Table(key, zh, en, tuple(columns), tuple(tuple(row[c.key] for c in columns) for row in rows))


def source(site: SiteContext, figure: str) -> Said | None:
    """The statement that sets a target or reports a statistic."""
    found = site.book.by_thing.get(figure, ())
    return next((s for s in found if s.predicate in ("setsTarget", "reports")), None)


def worded(figure: Figure) -> tuple[str, str]:
    """The value with its comparator and direction, in both languages.

    >>> from kg.views.site.figures import Figure
    >>> worded(Figure("", True, "", "", "", "", ">=", "5000", "", "亿元", "2025", "", "Level", ""))
    ('不低于 5000亿元', 'at least 5000亿元')
    >>> worded(Figure("", True, "", "", "", "", "=", "10", "", "家", "2025", "", "Increase", ""))
    ('增加 10家', 'increase by 10家')
    """
    zh, en = COMPARATOR_WORDS[figure.comparator]
    way_zh, way_en = (
        ("", "") if figure.direction == "Level" else DIRECTION_WORDS.get(figure.direction, ("", ""))
    )
    if way_zh and figure.comparator == "=":
        zh, en = "", "by"  # an increase by ten is not one that reaches ten
    return " ".join(filter(None, (way_zh, zh, figure.number))), " ".join(
        filter(None, (way_en, en, figure.number))
    )


def _row(site: SiteContext, f: Figure) -> Row:
    said = source(site, f.iri)
    return (
        _indicator(site, f), text(f.scope), _value(site, f), text(f.year), text(f.baseline),
        linked(site, [f.region]), documents(site, [said.evidence.doc]) if said else (),
        quote(said.evidence) if said else (),
    )  # fmt: skip


def _value(site: SiteContext, f: Figure) -> Cell:
    return (Value(*worded(f), f.iri if f.target else ""),)


def _indicator(site: SiteContext, f: Figure) -> Cell:
    found = linked(site, [f.indicator])
    return found or text(f.indicator_text)


def _name(site: SiteContext, iri: str) -> str:
    return site.things[iri].zh if iri in site.things else ""
