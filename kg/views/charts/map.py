"""The map without borders: provinces as tiles, cities as dots, coloured by what documents say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.analysis.claims import Claim, claims
from kg.analysis.hierarchy import points
from kg.model import Evidence
from kg.namespaces import thing
from kg.queries.reading import lexical
from kg.views.charts.geometry import Border, borders, tiles
from kg.views.charts.overlap import ground
from kg.views.charts.plot import CIVIDIS, POLICY, SCRIPTS, STYLES
from kg.views.charts.tables import csv_file
from kg.views.palette import BLUE
from kg.views.palette import STYLES as KINDS
from kg.views.site.context import SiteContext
from kg.views.site.page import File, Page
from kg.views.site.paths import reader_path

PATH, CSV = "views/map.html", "views/map.csv"


@dataclass(frozen=True, slots=True)
class Place:
    """A province (with its cell) or a city (with its coordinates)."""

    iri: str
    zh: str
    en: str
    province: bool


@dataclass
class Picture:
    """What the map shows: rows say that at a place a field, or a cluster with a focus, is named in a quote.

    ``named`` holds (place, field, quote), ``hosted`` (place, cluster, field or None, quote), all as IRIs and places of
    quotes; a province has all that its cities have.
    """

    places: dict[str, Place] = field(default_factory=dict)
    named: set[tuple[str, str, Evidence]] = field(default_factory=set)
    hosted: set[tuple[str, str, str | None, Evidence]] = field(default_factory=set)

    def quotes(self, place: str, fields: Iterable[str] | None = None) -> int:
        """In how many passages documents name one of the fields (any, where none are given) for a place."""
        wanted = None if fields is None else frozenset(fields)
        return len({e for p, f, e in self.named if p == place and (wanted is None or f in wanted)})

    def clusters(self, place: str, fields: Iterable[str] | None = None) -> int:
        """How many clusters a place has, or such as concentrate on one of the fields."""
        wanted = None if fields is None else frozenset(fields)
        return len({c for p, c, f, _ in self.hosted if p == place and (wanted is None or f in wanted)})


def map_view(context: SiteContext) -> Iterator[Page | File]:
    """The page of the map and its csv; raises `InputError` for a GeoJSON file that cannot be used."""
    shown = picture(context)
    data = _data(context, shown)
    sectors = _sectors(context, shown)
    yield Page(
        PATH, "map.html", "地图", "Map",
        values={
            "provinces": _table(shown, data, provinces=True), "cities": _table(shown, data, provinces=False),
            "sectors": sectors, "csv": CSV, "borders": context.options.geojson is not None,
        },
        scripts=(*SCRIPTS, "assets/map.js"), styles=STYLES, policy=POLICY, data={"map": data}, nav=PATH,
    )  # fmt: skip
    header = ("region", "region_iri", "kind", "clusters", "passages")
    rows = (
        (p.zh, p.iri, "province" if p.province else "city", shown.clusters(p.iri), shown.quotes(p.iri))
        for p in shown.places.values()
    )
    yield csv_file(CSV, header, sorted(rows, key=lambda r: (r[2] != "province", str(r[1]))))


def picture(context: SiteContext) -> Picture:
    """What documents say of provinces and cities."""
    made = Picture()
    for code, tile in tiles().items():
        iri = thing("region", code)
        known = context.things.get(iri)
        made.places[iri] = Place(iri, known.zh if known else tile.zh, known.en if known else tile.en, True)
    base = ground(context)
    for level in ("province", "city"):
        for side in base.sides(level):
            _add_place(context, made, side.iri, province=level == "province")
            made.named.update((side.iri, c.object, c.evidence) for c in side.claims)
    _add_clusters(context, made)
    return made


def _add_place(context: SiteContext, made: Picture, iri: str, *, province: bool) -> None:
    if iri in context.things:
        name = context.things[iri]
        made.places.setdefault(iri, Place(iri, name.zh, name.en, province))


def _add_clusters(context: SiteContext, made: Picture) -> None:
    where: dict[str, list[tuple[str, Claim]]] = defaultdict(list)
    for claim in claims(context.graph, "hosts", "inProvince"):
        region, cluster = (
            (claim.subject, claim.object) if claim.predicate == "hosts" else (claim.object, claim.subject)
        )
        for place in _holders(context, region):
            where[cluster].append((place, claim))
    focus: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims(context.graph, "focusesOn"):
        focus[claim.subject].append(claim)
    for cluster, places in where.items():
        for place, claim in places:
            _add_place(context, made, place, province=place == context.province(place))
            if place in made.places:
                made.hosted.add((place, cluster, None, claim.evidence))
                made.hosted.update((place, cluster, f.object, f.evidence) for f in focus[cluster])


def _holders(context: SiteContext, region: str) -> set[str]:
    """The city and the province in which a region lies, itself included."""
    base = ground(context)
    chain = (region, *context.regions.above(region))
    ranks = {base.ranks.get(one, ""): one for one in reversed(chain)}
    found = {ranks[rank] for rank in ("Province", "Prefecture") if rank in ranks}
    if "Prefecture" not in ranks and "County" in ranks and "Province" in ranks:
        province = ranks["Province"]
        municipality = base.label(province).endswith("市")
        found.add(province if municipality else ranks["County"])
    return found


def _data(context: SiteContext, shown: Picture) -> dict[str, Any]:
    at = points(context.graph)
    places = [p for p in shown.places.values() if p.province or p.iri in at]
    number = {p.iri: n for n, p in enumerate(places)}
    fields = _fields(context, shown)
    of_field = {iri: n for n, iri in enumerate(fields)}
    quotes = sorted({e for _, _, e in shown.named} | {e for *_, e in shown.hosted}, key=_order)
    docs = sorted({e.doc for e in quotes})
    of_quote = {e: n for n, e in enumerate(quotes)}
    clusters = sorted({c for _, c, _, _ in shown.hosted})
    of_cluster = {c: n for n, c in enumerate(clusters)}
    own = {p.region for p in context.plans}
    return {
        "places": [
            [p.iri.rpartition("/")[2], p.zh, p.en, context.href(p.iri), _cell(p, at), p.iri in own] for p in places
        ],
        "fields": [
            [context.things[f].zh, context.things[f].en, [of_field[u] for u in context.fields.up.get(f, ()) if u in of_field]]
            for f in fields
        ],
        "clusters": [
            [context.things[c].zh if c in context.things else c, context.href(c)] for c in clusters
        ],
        "docs": [[reader_path(d), *context.short(d)] for d in docs],
        "quotes": [[docs.index(e.doc), e.start, e.end, e.quote] for e in quotes],
        "named": sorted([number[p], of_field[f], of_quote[e]] for p, f, e in shown.named if p in number),
        "hosted": sorted(
            [number[p], of_cluster[c], -1 if f is None else of_field[f], of_quote[e]]
            for p, c, f, e in shown.hosted if p in number
        ),
        "scale": CIVIDIS, "dot": KINDS["prefecture"].edge, "own": BLUE,
        "borders": [[b.code, b.x, b.y] for b in _borders(context)],
    }  # fmt: skip


def _borders(context: SiteContext) -> tuple[Border, ...]:
    if context.options.geojson is None:
        return ()
    rows = context.graph.query(
        "SELECT DISTINCT ?r ?name { ?r a ?class . VALUES ?class { pp:Province pp:Prefecture }"
        " ?r rdfs:label|skos:prefLabel|skos:altLabel ?name }", time_limit=None,
    ).rows  # fmt: skip
    codes: dict[str, set[str]] = defaultdict(set)
    for region, name in rows:
        codes[lexical(name)].add(lexical(region).rpartition("/")[2])
    # A name of several regions (吉林: the province and the city) means the highest of them.
    return borders(context.options.geojson, {name: min(found) for name, found in sorted(codes.items())})


def _cell(place: Place, at: Mapping[str, tuple[float, float]]) -> list[Any]:
    if place.province:
        tile = tiles()[place.iri.rpartition("/")[2]]
        return [tile.row, tile.column, tile.zh, tile.en]
    return list(at[place.iri])


def _fields(context: SiteContext, shown: Picture) -> list[str]:
    """The fields that are named, and those above them."""
    found = {f for _, f, _ in shown.named} | {f for _, _, f, _ in shown.hosted if f is not None}
    found |= {up for f in tuple(found) for up in context.fields.above(f)}
    return sorted(f for f in found if f in context.things)


def _sectors(context: SiteContext, shown: Picture) -> list[dict[str, Any]]:
    """The sectors with the fields under them, each with its number and how deep it stands, for the choice."""
    fields = _fields(context, shown)
    number = {iri: n for n, iri in enumerate(fields)}
    tops = [f for f in fields if not context.fields.up.get(f)]

    def below(iri: str, depth: int, seen: set[str]) -> Iterator[dict[str, Any]]:
        for one in sorted(context.fields.down.get(iri, ()), key=lambda f: (number.get(f, -1), f)):
            if one in number and one not in seen:
                seen.add(one)
                name = context.things[one]
                yield {"n": number[one], "zh": name.zh, "en": name.en or name.zh, "pad": "　" * depth}
                yield from below(one, depth + 1, seen)

    made = []
    for top in tops:
        name = context.things[top]
        made.append(
            {"n": number[top], "zh": name.zh, "en": name.en or name.zh, "fields": list(below(top, 1, {top}))}
        )
    return sorted(made, key=lambda s: (-len(s["fields"]), s["n"]))


def _table(shown: Picture, data: Mapping[str, Any], *, provinces: bool) -> list[dict[str, Any]]:
    """The rows under the map as it first stands, most first; of provinces only those of which anything is said."""
    rows = []
    for n, (code, zh, en, href, *_) in enumerate(data["places"]):
        iri = thing("region", code)
        if shown.places[iri].province == provinces:
            found = {
                "n": n,
                "zh": zh,
                "en": en,
                "href": href,
                "clusters": shown.clusters(iri),
                "quotes": shown.quotes(iri),
            }
            rows.append(found)
    return sorted(
        (r for r in rows if r["clusters"] or r["quotes"]),
        key=lambda r: (-r["clusters"], -r["quotes"], r["n"]),
    )


def _order(e: Evidence) -> tuple[str, int, int]:
    return (e.doc, e.start, e.end)
