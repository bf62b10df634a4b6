"""What all pages of one site are made from, read once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

from kg.analysis.hierarchy import Hierarchy, fields, provinces, regions
from kg.analysis.plans import Plan, plans
from kg.graph.store import GraphStore
from kg.namespaces import ID, ONTOLOGY
from kg.queries.reading import Thing, lexical, things
from kg.views.site.figures import Figure, figures
from kg.views.site.paths import paths, reader_path
from kg.views.site.said import Book, book

T = TypeVar("T")

_TERMS = "SELECT ?x ?label { ?x rdfs:label ?label FILTER(STRSTARTS(STR(?x), STR(pp:))) }"
_WITHOUT_PAGE = ("fact", "graph", "scheme", "statistic")


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """What the user asked for: a GeoJSON file with borders, a page with a query editor.

    ``endpoint`` is where, relative to the root of the site, a SPARQL endpoint over the same graph answers: a server
    that stands around the pages names its own, and then the menu leads there.
    """

    geojson: Path | None = None
    sparql: bool = False
    endpoint: str = ""


@dataclass(frozen=True)
class SiteContext:
    """The graph with what every page needs of it.

    ``things`` are the names of all that documents speak of, by IRI; ``paths`` where each has its page; ``plans``
    the documents. Templates have the same as functions: ``href(iri)``, ``reader_href(doc, start, end)``,
    ``thing(iri)`` and ``root`` (such as ``../``).
    """

    graph: GraphStore
    things: Mapping[str, Thing]
    plans: tuple[Plan, ...]
    paths: Mapping[str, str]
    options: SiteOptions = SiteOptions()
    _kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def href(self, iri: str, page: str = "") -> str | None:
        """The relative link from a page (its path; the root where none is given) to the page of a thing.

        None where the thing has no page.
        """
        path = self.paths.get(iri)
        return None if path is None else f"{root(page)}{path}"

    def reader_href(self, doc: str, start: int, end: int, page: str = "") -> str:
        """The relative link from a page to a place in the full text of a document (its id)."""
        return f"{root(page)}{reader_path(doc)}#c={start}-{end}"

    def once(self, key: str, make: Callable[[], T]) -> T:
        """What ``make`` returns, made at the first call with this key: analyses that several pages need."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast(T, self._kept[key])

    @property
    def book(self) -> Book:
        """All that documents say."""
        return self.once("book", partial(book, self.graph))

    @property
    def figures(self) -> Mapping[str, Figure]:
        """Targets and statistics by IRI."""
        return self.once("figures", partial(figures, self.graph))

    @property
    def fields(self) -> Hierarchy:
        """Product fields by what is broader."""
        return self.once("fields", partial(fields, self.graph))

    @property
    def regions(self) -> Hierarchy:
        """Regions by what they lie within."""
        return self.once("regions", partial(regions, self.graph))

    def plan(self, doc: str) -> Plan:
        """The document of an id; raises `KeyError` for an unknown one."""
        return self.once("plans by id", lambda: {p.id: p for p in self.plans})[doc]

    def term(self, name: str) -> tuple[str, str]:
        """What a term of the ontology is called (``Park``: 园区, Park), by its local name."""
        return self.once("terms", partial(_terms, self.graph)).get(name, (name, name))

    def province(self, region: str) -> str | None:
        """The province that a region is or lies in, by IRI."""
        known = self.once("provinces", partial(provinces, self.graph))
        return next((r for r in (region, *self.regions.above(region)) if r in known), None)

    def sectors(self, field_: str) -> tuple[str, ...]:
        """The sectors that a field belongs to: itself where nothing is broader."""
        return self.fields.tops(field_)

    def short(self, doc: str) -> tuple[str, str]:
        """A document in two words, such as 江苏省 2021–2025, in both languages; its title where that names two."""
        return self.once("short names", self._shorts)[doc]

    def _shorts(self) -> dict[str, tuple[str, str]]:
        found = {plan.id: self._short(plan) for plan in self.plans}
        names = Counter(zh for zh, _ in found.values())
        return {p.id: found[p.id] if names[found[p.id][0]] == 1 else (p.title, p.title) for p in self.plans}

    def _short(self, plan: Plan) -> tuple[str, str]:
        region = self.things.get(plan.region or "")
        if region is None or not plan.period:
            return plan.title, plan.title
        return f"{region.zh} {plan.period}", f"{region.en or region.zh} {plan.period}"


def root(page: str) -> str:
    """The way from a page to the root of the site.

    >>> root("index.html"), root("region/320500.html")
    ('', '../')
    """
    return "../" * page.count("/")


def context(graph: GraphStore, options: SiteOptions | None = None) -> SiteContext:
    """The context of a graph."""
    read, numbers = book(graph), figures(graph)
    iris = {*read.by_thing, *read.mentions, *(plan.iri for plan in plans(graph))}
    iris |= {iri for f in numbers.values() for iri in (f.indicator, f.region) if iri}
    for tree in (above_fields := fields(graph), above_regions := regions(graph)):
        iris |= {above for iri in tuple(iris) for above in tree.above(iri)}
    named = sorted(iri for iri in iris if iri.startswith(ID))
    with_page = (iri for iri in named if _kind(iri) not in _WITHOUT_PAGE and iri[len(ID) :].count("/") == 1)
    kept = {"book": read, "figures": numbers, "fields": above_fields, "regions": above_regions}
    return SiteContext(
        graph,
        _told_apart(things(graph, named), above_regions),
        plans(graph),
        paths(with_page),
        options or SiteOptions(),
        kept,
    )


def _told_apart(found: Mapping[str, Thing], lies_in: Hierarchy) -> Mapping[str, Thing]:
    """The things, cities of one English name with their province: 泰州 and 台州 are both Taizhou."""
    names = Counter(thing.en for iri, thing in found.items() if _kind(iri) == "region" and thing.en)

    def named(iri: str, thing: Thing) -> Thing:
        around = next(
            (found[up].en for up in lies_in.up.get(iri, ()) if up in found and lies_in.up.get(up)), ""
        )
        if _kind(iri) != "region" or names[thing.en] < 2 or not around:
            return thing
        return replace(thing, en=f"{thing.en} ({around})")

    return {iri: named(iri, thing) for iri, thing in found.items()}


def _kind(iri: str) -> str:
    return iri[len(ID) :].partition("/")[0]


def _terms(graph: GraphStore) -> dict[str, tuple[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for x, label in graph.query(_TERMS, time_limit=None).rows:
        name = lexical(x).removeprefix(ONTOLOGY)
        found[name][getattr(label, "language", "") or ""] = lexical(label)
    return {n: (w.get("zh", n), w.get("en", w.get("zh", n))) for n, w in found.items()}
