"""What a view hands over: pages to be rendered, and files to be laid beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site.

    ``path`` is relative to the site, with slashes, such as ``views/map.html``. ``template`` is a file of
    ``kg/views/site/templates`` or ``kg/views/charts/templates`` that extends ``base.html``; ``values`` are its
    variables. ``scripts`` and ``styles`` are paths relative to the site, such as ``assets/plotly.min.js``, loaded
    with ``defer`` in this order after ``assets/site.js``. Each entry of ``data`` becomes
    ``<script type="application/json" id="data-NAME">``. ``policy`` adds sources to directives of the
    Content-Security-Policy, such as ``{"script-src": "'wasm-unsafe-eval'"}``. ``nav`` is the path of the entry of
    the navigation that the page belongs to.

    >>> Page("a/b.html", "thing.html", "甲", "A").depth
    1
    """

    path: str
    template: str
    title_zh: str
    title_en: str
    values: Mapping[str, Any] = field(default_factory=_nothing)
    scripts: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=_nothing)
    styles: tuple[str, ...] = ()
    policy: Mapping[str, str] = field(default_factory=_nothing)
    nav: str = ""

    @property
    def depth(self) -> int:
        """How many folders the page is below the root."""
        return self.path.count("/")


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site that is written as it is: a script, a style, data. ``path`` is relative to the site."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the navigation and of the start page: a list or a view, and the question that it answers."""

    path: str
    zh: str
    en: str
    question_zh: str = ""
    question_en: str = ""
    group: Literal["list", "view"] = "view"
