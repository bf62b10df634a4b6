"""Pages → HTML, by Jinja2: whatever a document or a vocabulary says is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from kg.queries.reading import Thing
from kg.views.page import json_for_script
from kg.views.palette import STYLES, phrase
from kg.views.site.context import SiteContext, root
from kg.views.site.page import Entry, Page

_HERE = Path(__file__).parent
_FOLDERS = (_HERE / "templates", _HERE.parent / "charts" / "templates")
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "base-uri": "'none'",
    "form-action": "'none'",
}


def policy(more: Mapping[str, str]) -> str:
    """The Content-Security-Policy of a page with the sources that it needs beyond the usual ones.

    >>> "script-src 'self' 'wasm-unsafe-eval';" in policy({"script-src": "'wasm-unsafe-eval'"})
    True
    """
    names = dict.fromkeys((*_POLICY, *more))
    return "; ".join(" ".join(filter(None, (n, _POLICY.get(n, ""), more.get(n, "")))) for n in names)


def both(zh: str, en: str) -> Markup:
    """A text in two languages, of which the page shows one.

    >>> both("是", "yes")
    Markup('<span class="t" lang="zh">是</span><span class="t" lang="en">yes</span>')
    >>> both("<b>", "")
    Markup('<span lang="zh">&lt;b&gt;</span>')
    """
    if not en or zh == en:
        return Markup('<span lang="zh">{}</span>').format(zh)
    return Markup('<span class="t" lang="zh">{}</span><span class="t" lang="en">{}</span>').format(zh, en)


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
            page=page, root=root(page.path), entries=self._entries, policy=policy(page.policy),
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

    def thing(iri: str) -> Thing | None:
        return site.things.get(iri)

    made.globals |= {
        "href": href, "reader_href": reader_href, "thing": thing, "t": both, "styles": STYLES, "site": site,
        "phrase": phrase,
    }  # fmt: skip
    return made
