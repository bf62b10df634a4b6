"""The pages of targets and of indicators."""

from __future__ import annotations

from collections.abc import Iterator

from kg.namespaces import ID
from kg.views.site.blocks import Block, block, items, mentioned
from kg.views.site.context import SiteContext
from kg.views.site.figure_tables import figure_table, source, worded
from kg.views.site.page import Page
from kg.views.site.tables import documents, linked, text
from kg.views.site.things import Facts, thing_page


def target_pages(site: SiteContext) -> Iterator[Page]:
    """A page for every target, with all that it is made of and its words."""
    for iri in site.paths:
        if iri.startswith(f"{ID}target/") and iri in site.figures:
            f = site.figures[iri]
            said = source(site, iri)
            facts: Facts = [
                ("指标", "Indicator", linked(site, [f.indicator]) or text(f.indicator_text)),
                ("原文措辞", "As worded", text(f.indicator_text)),
                ("范围", "Scope", text(f.scope)),
                ("数值", "Value", text(*worded(f))),
                ("期限", "By", text(f.year)),
                ("基期", "Baseline", text(f.baseline)),
                ("适用地区", "Applies to", linked(site, [f.region])),
                ("文件", "Document", documents(site, [said.evidence.doc]) if said else ()),
            ]
            stated = items(site, [said] if said else [], "subject", iri)
            blocks = [block("stated", "出处", "Where it is stated", stated), _siblings(site, iri)]
            yield thing_page(site, iri, blocks, facts, [f.indicator] if f.indicator in site.paths else [])


def indicator_pages(site: SiteContext) -> Iterator[Page]:
    """A page for every indicator: all targets and statistics that measure it."""
    for iri in site.paths:
        if iri.startswith(f"{ID}indicator/"):
            yield thing_page(site, iri, [*_tables(site, iri), mentioned(site, iri)])


def _tables(site: SiteContext, indicator: str) -> Iterator[Block]:
    for key, zh, en in (("targets", "量化目标", "Targets"), ("statistics", "统计数据", "Statistics")):
        chosen = [
            f for f in site.figures.values() if f.indicator == indicator and f.target == (key == "targets")
        ]
        if chosen:
            yield Block(key, zh, en, table=figure_table(site, key, chosen, indicator=False))


def _siblings(site: SiteContext, iri: str) -> Block | None:
    of = site.figures[iri].indicator
    others = [f for f in site.figures.values() if f.indicator == of and f.iri != iri and of]
    if not others:
        return None
    table = figure_table(site, "others", others, indicator=False)
    return Block("others", "同一指标的其他数字", "Other figures of the indicator", table=table)
