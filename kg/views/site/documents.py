"""The pages of documents: what is said where, how well it was read, and the way to the full text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from kg.views.site.blocks import block, items
from kg.views.site.context import SiteContext
from kg.views.site.fact_types import FACT_LOOKS
from kg.views.site.figure_tables import worded
from kg.views.site.page import Page
from kg.views.site.paths import reader_path
from kg.views.site.quality import Measured, measured
from kg.views.site.said import Said
from kg.views.site.tables import Cell, Column, Row, Table, Value, linked, number, quote, text
from kg.views.site.things import words

COLUMNS = (
    Column("type", "类型", "Type", facet=True),
    Column("who", "主体", "Subject"),
    Column("stance", "表述", "Stance", facet=True),
    Column("what", "内容", "Object"),
    Column("section", "章节", "Chapter", facet=True),
    Column("quote", "原文", "Quote", form="quote"),
    Column("sure", "置信度", "Confidence", form="number"),
)


def document_pages(site: SiteContext) -> Iterator[Page]:
    """A page for every document."""
    quality = site.once("quality", partial(measured, site.graph))
    for plan in site.plans:
        facts = site.book.facts(plan.id)
        counts = Counter(s.type for s in facts)
        it = site.things[plan.iri]
        cited = site.book.about(plan.iri, "cites", inverse=True)
        yield Page(
            site.paths[plan.iri], "document.html", it.zh, it.en,
            {
                "it": it, "plan": plan, "reader": reader_path(plan.id), "table": fact_table(site, facts),
                "counts": [(type_, look, counts[type_]) for type_, look in FACT_LOOKS.items() if counts[type_]],
                "quality": [(FACT_LOOKS[q.type], q) for q in _of(quality, plan.id) if q.type in FACT_LOOKS],
                "outline": site.book.outline(plan.id), "length": len(site.graph.text(plan.id)),
                "issuer": linked(site, (s.object for s in site.book.about(plan.iri, "issuer"))),
                "cited": block("cited", *words(site, "cites", inverse=True), items(site, cited, "subject", plan.iri)),
                "status": site.term(plan.status) if plan.status else ("", ""),
                "level": site.term(plan.level) if plan.level else ("", ""),
            },
            scripts=("assets/table.js",), nav="document/index.html",
        )  # fmt: skip


def fact_table(site: SiteContext, facts: tuple[Said, ...]) -> Table:
    """The facts of a document, one a row, by place."""
    return Table(
        "facts", "事实", "Facts", COLUMNS, tuple(_row(site, s) for s in facts if s.type != "document")
    )


def _row(site: SiteContext, said: Said) -> Row:
    look = FACT_LOOKS[said.type]
    path = site.book.path(said.section)
    own = said.subject == site.plan(said.evidence.doc).iri
    stance = text(*words(site, said.predicate)) if said.type == "region_field" else ()
    return (
        text(look.zh, look.en), () if own else linked(site, [said.subject]), stance,
        object_cell(site, said), text(path[0].title) if path else (), quote(said.evidence),
        number(f"{said.confidence:.2f}"),
    )  # fmt: skip


def object_cell(site: SiteContext, said: Said) -> Cell:
    figure = site.figures.get(said.object)
    if figure is None:
        return linked(site, [said.object]) or text(said.object)
    zh, en = worded(figure)
    name = site.things.get(figure.indicator)
    when = f"（{figure.year}）" if figure.year else ""
    scope = f"{figure.scope} " if figure.scope else ""
    zh = f"{scope}{figure.indicator_text} {zh}{when}"
    en = f"{scope}{name.en if name and name.en else figure.indicator_text} {en}{when}"
    return (Value(zh, en, figure.iri if figure.target else figure.indicator),)


def _of(quality: tuple[Measured, ...], doc: str) -> list[Measured]:
    """What was measured on the document itself, else on documents that nobody had seen."""
    own = [q for q in quality if doc in q.documents and not q.unseen]
    return own or [q for q in quality if q.unseen]
