"""The views of the site: each makes pages (and files) from the context. A new view is registered here."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.views.charts.views import CHART_ENTRIES, CHART_VIEWS, SPARQL_ENTRY, endpoint_entry
from kg.views.ontology.page import ENTRY as ONTOLOGY_ENTRY
from kg.views.ontology.page import ontology_page
from kg.views.site.context import SiteContext, SiteOptions
from kg.views.site.documents import document_pages
from kg.views.site.field_pages import cluster_pages, field_pages
from kg.views.site.figure_pages import indicator_pages, target_pages
from kg.views.site.lists import LISTS, STATISTICS, list_pages
from kg.views.site.page import Entry, File, Page
from kg.views.site.reader import reader_pages
from kg.views.site.regions import region_pages
from kg.views.site.search import search_index
from kg.views.site.start import start_page
from kg.views.site.things import plain_pages

View = Callable[[SiteContext], Iterable[Page | File]]

VIEWS: tuple[View, ...] = (
    *CHART_VIEWS,
    start_page,
    list_pages,
    region_pages,
    cluster_pages,
    field_pages,
    plain_pages,
    target_pages,
    indicator_pages,
    document_pages,
    reader_pages,
    ontology_page,
    search_index,
)
"""All views, in the order in which they are made."""

ENTRIES: tuple[Entry, ...] = (
    *CHART_ENTRIES,
    *(listed.entry for listed in (*LISTS, STATISTICS)),
    ONTOLOGY_ENTRY,
)
"""The navigation: lists and views with the question that each answers, in the order in which the start page has them."""


def entries(options: SiteOptions) -> tuple[Entry, ...]:
    """The navigation of a site, with what was asked for.

    >>> len(entries(SiteOptions(sparql=True))) - len(entries(SiteOptions()))
    1
    >>> entries(SiteOptions(endpoint="sparql"))[-1].path
    'sparql'
    """
    asked = (*ENTRIES, SPARQL_ENTRY) if options.sparql else ENTRIES
    return (*asked, endpoint_entry(options.endpoint)) if options.endpoint else asked
