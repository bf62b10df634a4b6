"""Pages of things that need no arrangement of their own: diseases, targets of drugs, bodies, programmes, measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.graph.lookup import compact
from kg.namespaces import ID
from kg.views.palette import PHRASES, STYLES, phrase
from kg.views.site.blocks import Block, block, items, mentioned
from kg.views.site.context import SiteContext
from kg.views.site.page import Page
from kg.views.site.said import Mention
from kg.views.site.tables import Cell, linked, text

PLAIN_KINDS = ("disease", "drug-target", "enterprise", "institution", "agency", "programme", "measure")
_STATED = ("institutionKind", "basedIn", "clusterStatus", "inProvince", "type", "altLabel")
"""Properties that stand at the head of a page, not among its statements."""
_ORDER = (
    "treats", "actsOn", "produces", "leadAgency", "responsibleAgency", "hosts", "focusesOn", "develops", "strongIn",
    "prioritises", "cites", "issuer", "mentions",
)  # fmt: skip

Facts = Sequence[tuple[str, str, Cell]]


def thing_page(
    site: SiteContext, iri: str, blocks: Sequence[Block | None], facts: Facts = (), up: Sequence[str] = ()
) -> Page:
    """The page of a thing; ``facts`` are lines at its head, ``up`` what leads to it, outermost first."""
    it = site.things[iri]
    style = STYLES[it.kind]
    kept = [b for b in blocks if b is not None]
    return Page(
        site.paths[iri], "thing.html", it.zh, it.en,
        {
            "it": it, "style": style, "blocks": kept, "facts": [f for f in facts if f[2]], "up": list(up),
            "short_iri": compact(iri), "mentions": _mentions(site, iri), "list": list_path(it.kind),
        },
        scripts=("assets/table.js",) if any(b.table for b in kept) else (), nav=list_path(it.kind),
    )  # fmt: skip


def _mentions(site: SiteContext, iri: str) -> list[tuple[str, Mention]]:
    """The documents that name a thing; none where its statements are these mentions and stand below."""
    found = site.book.mentions.get(iri, {})
    return sorted(found.items(), key=lambda pair: pair[0]) if site.book.by_thing.get(iri) else []


def list_path(kind: str) -> str:
    """The list that has all things of a kind.

    >>> list_path("prefecture")
    'region/index.html'
    """
    region = kind in ("country", "region-group", "province", "prefecture", "county")
    return f"{'region' if region else kind}/index.html"


def plain_pages(site: SiteContext) -> Iterator[Page]:
    """The pages of all things of the plain kinds."""
    for iri in site.paths:
        if iri[len(ID) :].partition("/")[0] in PLAIN_KINDS:
            yield thing_page(site, iri, [*stated(site, iri), mentioned(site, iri)], _facts(site, iri))


def stated(site: SiteContext, iri: str) -> Iterator[Block | None]:
    """A block for each property of a thing, in the usual order; what it is said of first."""
    found = site.book.by_thing.get(iri, ())
    for predicate in sorted({s.predicate for s in found} - {*_STATED}, key=_rank):
        for inverse in (False, True):
            zh, en = words(site, predicate, inverse=inverse)
            said = site.book.about(iri, predicate, inverse=inverse)
            chosen = items(site, said, "subject" if inverse else "object", iri)
            yield block(f"{predicate}{'-of' if inverse else ''}", zh, en, chosen)


def words(site: SiteContext, predicate: str, *, inverse: bool = False) -> tuple[str, str]:
    """How a property reads as a heading, from its subject or its object."""
    if (
        predicate == "mentions" and inverse
    ):  # a page has the mentions by document, too: these are the statements
        return "出处", "Stated in"
    zh, en = phrase(predicate, inverse=inverse) if predicate in PHRASES or inverse else site.term(predicate)
    return zh, en[:1].upper() + en[1:]


def _facts(site: SiteContext, iri: str) -> Facts:
    kinds = {s.object for s in site.book.about(iri, "institutionKind")}
    seats = linked(site, (s.object for s in site.book.about(iri, "basedIn")))
    terms = [text(*site.term(kind.rpartition("#")[2])) for kind in sorted(kinds)]
    return [("类别", "Kind", tuple(v for cell in terms for v in cell)), ("所在地", "Seat", seats)]


def _rank(predicate: str) -> tuple[int, str]:
    return (_ORDER.index(predicate) if predicate in _ORDER else len(_ORDER), predicate)
