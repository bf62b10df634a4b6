"""The start page: what is in the graph, and the questions that lead into it; and the page that explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from kg.namespaces import ID
from kg.views.palette import STYLES
from kg.views.site.context import SiteContext
from kg.views.site.fact_types import FACT_LOOKS
from kg.views.site.lists import LISTS, STATISTICS
from kg.views.site.page import Page
from kg.views.site.paths import reader_path
from kg.views.site.quality import measured

_TILES = {"region": "prefecture"}


def start_page(site: SiteContext) -> Iterator[Page]:
    """``index.html`` and ``about.html``."""
    counts = Counter(iri[len(ID) :].partition("/")[0] for iri in site.paths)
    tiles = [
        (listed, STYLES[_TILES.get(listed.kind, listed.kind)], counts[listed.kind])
        for listed in LISTS if listed.kind != "document" and counts[listed.kind]
    ]  # fmt: skip
    tiles += (
        [(STATISTICS, STYLES["statistic"], n)]
        if (n := sum(not f.target for f in site.figures.values()))
        else []
    )
    facts = {p.id: Counter(s.type for s in site.book.facts(p.id)) for p in site.plans}
    values = {
        "tiles": tiles, "plans": site.plans, "readers": {p.id: reader_path(p.id) for p in site.plans},
        "facts": facts, "looks": FACT_LOOKS, "total": sum(c.total() - c["document"] for c in facts.values()),
    }  # fmt: skip
    yield Page("index.html", "start.html", "医药产业政策图谱", "Pharma Policy Graph", values)
    quality = [
        (FACT_LOOKS[q.type], q)
        for q in site.once("quality", partial(measured, site.graph))
        if q.type in FACT_LOOKS
    ]
    yield Page("about.html", "about.html", "说明", "About", {"quality": quality})
