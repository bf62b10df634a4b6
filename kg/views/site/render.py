"""Pages → HTML, by Jinja2: whatever a document or a vocabulary says is escaped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from kg.queries.reading import Thing
from kg.views.page import json_for_script
from kg.views.palette import STYLES, phrase
from kg.views.site.context import SiteContext, root
from kg.views.site.packing import MOST, packed
from kg.views.site.page import Entry, Page
from kg.views.site.tables import Table, Value

_HERE = Path(__file__).parent
_FOLDERS = (_HERE / "templates", _HERE.parent / "charts" / "templates")
_HAN = re.compile("[\u4e00-\u9fff]")
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self' file:",  # not every browser takes a file beside the page for the page's own
    "style-src": "'self' file: 'unsafe-inline'",
    "img-src": "'self' file: data: blob:",
    "base-uri": "'none'",
    "form-action": "'none'",
}


def policy(more: Mapping[str, str]) -> str:
    """The Content-Security-Policy of a page with the sources that it needs beyond the usual ones.

    >>> "script-src 'self' file: 'wasm-unsafe-eval';" in policy({"script-src": "'wasm-unsafe-eval'"})
    True
    """
    names = dict.fromkeys((*_POLICY, *more))
    return "; ".join(" ".join(filter(None, (n, _POLICY.get(n, ""), more.get(n, "")))) for n in names)


@lru_cache(maxsize=65536)
def both(zh: str, en: str) -> Markup:
    """A text in two languages, of which the page shows one: that of the page, so that it needs no ``lang``.

    >>> both("是", "yes")
    Markup('<t-zh>是</t-zh><t-en>yes</t-en>')
    >>> both("<甲>", ""), both("<1>", "")
    (Markup('<span lang="zh">&lt;甲&gt;</span>'), Markup('&lt;1&gt;'))
    """
    if not en or zh == en:
        return Markup(f'<span lang="zh">{escape(zh)}</span>') if _HAN.search(zh) else escape(zh)
    return Markup(f"<t-zh>{escape(zh)}</t-zh><t-en>{escape(en)}</t-en>")


def set_off(quote: str, name: str) -> Markup:
    """A quote with the first occurrence of a name in it set off.

    >>> set_off("重点发展<抗体>药物", "<抗体>")
    Markup('重点发展<b>&lt;抗体&gt;</b>药物')
    """
    before, found, after = quote.partition(name) if name else (quote, "", "")
    return Markup(f"{escape(before)}<b>{escape(found)}</b>{escape(after)}") if found else escape(quote)


def as_given(text: str) -> Markup:
    """A text of which a browser reads exactly these characters: it would take a carriage return for a line feed.

    >>> as_given("a\\r<")
    Markup('a&#13;&lt;')
    """
    return Markup(str(escape(text)).replace("\r", "&#13;"))


def renderer(context: SiteContext, entries: Sequence[Entry]) -> Renderer:
    """What renders the pages of a site with the given navigation."""
    return Renderer(context, entries)


class Renderer:
    """One environment for all pages of a site."""

    def __init__(self, context: SiteContext, entries: Sequence[Entry]) -> None:
        self._environment = _environment(context)
        self._entries = tuple(entries)

    def render(self, page: Page) -> str:
        """The HTML of a page."""
        template = self._environment.get_template(page.template)
        return template.render(
            page=page, root=root(page.path), entries=self._entries, policy=Markup(policy(page.policy)),
            data={name: Markup(json_for_script(value)) for name, value in page.data.items()},
            **page.values,
        )  # fmt: skip


def _environment(site: SiteContext) -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDERS, encoding="utf-8"), autoescape=True, undefined=StrictUndefined,
        keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip

    @pass_context
    def href(at: Context, iri: str) -> str | None:
        return site.href(iri, at["page"].path)

    @pass_context
    def reader_href(at: Context, doc: str, start: int, end: int) -> str:
        return site.reader_href(doc, start, end, at["page"].path)

    @pass_context
    def pack(at: Context, table: Table) -> Markup:
        def link(value: Value) -> str:
            if value.place is None:
                return site.paths.get(value.iri, "")
            return site.reader_href(value.place.doc, value.place.start, value.place.end)

        return Markup(json_for_script(packed(table, link)))

    def thing(iri: str) -> Thing | None:
        return site.things.get(iri)

    def short(doc: str) -> Markup:
        return both(*site.short(doc))

    made.globals |= {
        "href": href, "reader_href": reader_href, "thing": thing, "t": both, "styles": STYLES, "site": site,
        "phrase": phrase, "packed": pack, "pack_from": MOST, "short": short, "set_off": set_off,
        "as_given": as_given,
    }  # fmt: skip
    return made
