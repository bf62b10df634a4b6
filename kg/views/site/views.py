"""The views of the site: each makes pages (and files) from the context. A new view is registered here."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.views.site.context import SiteContext
from kg.views.site.page import Entry, File, Page

View = Callable[[SiteContext], Iterable[Page | File]]

VIEWS: tuple[View, ...] = ()
"""All views, in the order in which they are made."""

ENTRIES: tuple[Entry, ...] = ()
"""The navigation: views with the question that each answers, in the order in which the start page lists them."""
