"""Things and statements with their quotes, read from the graph by SPARQL for pages, pictures and analyses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kg.namespaces import DCTERMS, ID, KINDS, ONTOLOGY, RDFS, SKOS

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

REGION_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Country": "country",
        "RegionGroup": "region-group",
        "Province": "province",
        "Prefecture": "prefecture",
        "County": "county",
    }
)
"""The kind of a region by the local name of its class."""

DRAWN = ("hosts", "focusesOn", "develops", "strongIn", "inProvince")
"""The properties between regions, clusters and fields that are drawn as edges, beside ``within``."""

_LINKS = f"""
SELECT ?s ?p ?o (COUNT(?a) AS ?n) WHERE {{
  VALUES ?p {{ {" ".join(f"pp:{name}" for name in DRAWN)} }}
  ?a rdf:predicate ?p ; rdf:subject ?s ; rdf:object ?o ; pp:quote ?quote .
}} GROUP BY ?s ?p ?o
"""
_WITHIN = """
SELECT DISTINCT ?below ?above WHERE { VALUES ?s { %s } ?s pp:within* ?below . ?below pp:within ?above }
"""
_STATEMENTS = """
SELECT ?s ?p ?o ?doc ?quote ?start ?end ?section ?confidence WHERE {
  VALUES ?%s { %s }
  ?a rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; pp:quote ?quote ;
     pp:start ?start ; pp:end ?end ; prov:wasDerivedFrom ?doc .
  OPTIONAL { ?a pp:section ?section } OPTIONAL { ?a pp:confidence ?confidence }
}
"""
_NAMES = """
SELECT DISTINCT ?s ?p ?name WHERE {
  VALUES ?s { %s } ?s ?p ?name
  FILTER(?p IN (rdfs:label, skos:prefLabel, skos:altLabel, skos:hiddenLabel, dcterms:title))
}
"""
_TYPES = "SELECT DISTINCT ?s ?type WHERE { VALUES ?s { %s } ?s a ?type }"
_DOCUMENTS = """
SELECT DISTINCT ?s ?from ?to ?region WHERE {
  VALUES ?s { %s }
  OPTIONAL { ?s pp:periodStart ?from } OPTIONAL { ?s pp:periodEnd ?to } OPTIONAL { ?s pp:jurisdiction ?region }
}
"""
_SECTIONS = """
SELECT DISTINCT ?section ?part ?number ?title ?above WHERE {
  VALUES ?section { %s } ?section dcterms:isPartOf* ?part . ?part a pp:Section ; rdfs:label ?title .
  OPTIONAL { ?part pp:number ?number } OPTIONAL { ?part dcterms:isPartOf ?above }
}
"""
_AT_ONCE = 400
_THINGS = frozenset(KINDS) - {"fact", "graph", "scheme"}


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing with its kind (a key of `kg.views.palette.STYLES`), class, and names; ``en`` is empty where none is known."""

    iri: str
    kind: str
    class_: str
    zh: str
    en: str
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """The words of a document, by the IRIs of the document and the section; offsets in characters."""

    doc: str
    start: int
    end: int
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What a document says: ``property`` is a local name, ``object`` an IRI or, for names, a text."""

    subject: str
    property: str
    object: str
    quote: Quote
    confidence: float


@dataclass(frozen=True, slots=True)
class Link:
    """An edge of the network and the number of its assertions (0 for ``within``, which no document states)."""

    source: str
    property: str
    target: str
    assertions: int


def links(store: GraphStore) -> list[Link]:
    """Every asserted edge between regions, clusters and fields, sorted."""
    found = [
        Link(s, local(p), o, int(n)) for s, p, o, n in _rows(store, _LINKS, "s", "p", "o", "n")
    ]  # fmt: skip
    hosted = {link.target for link in found if link.property == "hosts"}
    # A cluster with a host needs no second line to the province; one without would hang in the air.
    kept = (k for k in found if k.property != "inProvince" or k.source not in hosted)
    return sorted(kept, key=lambda k: (k.source, k.property, k.target))


def within(store: GraphStore, regions: Iterable[str]) -> dict[str, str]:
    """The next region above each of the given regions and above those, by IRI; the least one where several are."""
    above: dict[str, str] = {}
    for values in _batches(regions):
        for below, up in _rows(store, _WITHIN % values, "below", "above"):
            above[below] = min(up, above.get(below, up))
    return dict(sorted(above.items()))


def statements(store: GraphStore, things: Iterable[str]) -> list[Statement]:
    """Every assertion with one of the things as its subject or its object, sorted; the surest come first."""
    found: set[Statement] = set()
    names = ("s", "p", "o", "doc", "quote", "start", "end", "section", "confidence")
    chosen = sorted(set(things))
    for end in ("s", "o"):
        for values in _batches(chosen):
            for s, p, o, doc, quote, start, stop, section, sure in _rows(
                store, _STATEMENTS % (end, values), *names
            ):
                cited = Quote(doc, int(start), int(stop), section, quote)
                found.add(Statement(s, local(p), o, cited, float(sure or 0)))
    return sorted(found, key=lambda f: (f.subject, f.property, f.object, -f.confidence, f.quote))


def things(store: GraphStore, iris: Iterable[str]) -> dict[str, Thing]:
    """The things of the given IRIs with their names, by IRI; Chinese names first."""
    chosen = sorted(set(iris))
    names: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    types: dict[str, set[str]] = defaultdict(set)
    for values in _batches(chosen):
        for row in store.query(_NAMES % values, time_limit=None):
            value, property_, subject = row["name"], row["p"], row["s"]
            language = getattr(value, "language", None) or ""
            names[lexical(subject)][lexical(property_)].append((language, lexical(value)))
        for s, type_ in _rows(store, _TYPES % values, "s", "type"):
            if type_.startswith(ONTOLOGY):
                types[s].add(local(type_))
    return {iri: _thing(iri, names.get(iri, {}), types.get(iri, set())) for iri in chosen}


def scopes(store: GraphStore, documents: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """The first and last year and the region of each document, by IRI; empty texts where it states none."""
    found: dict[str, tuple[str, str, str]] = {}
    for values in _batches(documents):
        for doc, *scope in _rows(store, _DOCUMENTS % values, "s", "from", "to", "region"):
            start, end, region = scope
            found[doc] = max((start, end, region), found.get(doc, ("", "", "")))
    return found


def section_paths(store: GraphStore, sections: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The headings that lead to each section, outermost first, by the section's IRI."""
    title: dict[str, str] = {}
    up: dict[str, str] = {}
    chosen = sorted({s for s in sections if s})
    for values in _batches(chosen):
        for _, part, number, text, above in _rows(
            store, _SECTIONS % values, "section", "part", "number", "title", "above"
        ):
            title[part] = f"{number}{text}" if number and not text.startswith(number) else text
            up[part] = above
    return {section: tuple(_path(section, title, up)) for section in chosen}


def _path(section: str, title: Mapping[str, str], up: Mapping[str, str]) -> list[str]:
    path: list[str] = []
    seen: set[str] = set()
    while section in title and section not in seen:
        seen.add(section)
        path.insert(0, title[section])
        section = up.get(section, "")
    return path


def local(iri: str) -> str:
    """The last part of an IRI.

    >>> local("https://w3id.org/pharma-policy-kg/ontology#hosts")
    'hosts'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def lexical(term: object) -> str:
    """What a term of an answer says: the IRI or the text itself; empty where nothing is bound.

    >>> from pyoxigraph import Literal, NamedNode
    >>> lexical(NamedNode("urn:x")), lexical(Literal(5)), lexical(None)
    ('urn:x', '5', '')
    """
    return "" if term is None else str(getattr(term, "value", term))


def kind_of(iri: str, classes: Iterable[str] = ()) -> str:
    """The kind of a thing, a key of `kg.views.palette.STYLES`.

    >>> kind_of("https://w3id.org/pharma-policy-kg/id/region/320500", ["Prefecture"])
    'prefecture'
    """
    kind = iri[len(ID) :].partition("/")[0] if iri.startswith(ID) else "thing"
    if kind == "region":
        ranks = sorted(REGION_KINDS[c] for c in classes if c in REGION_KINDS)
        return ranks[0] if ranks else "region"
    return kind if kind in _THINGS else "thing"


_GENERAL = frozenset({"Region", "Cluster"})


def _thing(iri: str, names: Mapping[str, list[tuple[str, str]]], classes: set[str]) -> Thing:
    def best(language: str) -> str:
        for property_ in (SKOS.prefLabel, RDFS.label, DCTERMS.title):
            found = sorted(text for lang, text in names.get(property_, ()) if lang == language)
            if found:
                return found[0]
        return ""

    every = sorted({text for found in names.values() for _, text in found})
    zh, en = best("zh") or best(""), best("en")
    zh = zh or en or (local(iri) if iri.startswith("http") else iri)
    class_ = min(classes - _GENERAL or classes, default="")
    return Thing(
        iri, kind_of(iri, classes), class_, zh, en, tuple(n for n in every if n not in (zh, en))
    )  # fmt: skip


def _batches(iris: Iterable[str]) -> Iterator[str]:
    """The IRIs as the values of a query, so many at a time."""
    chosen = sorted({iri for iri in iris if iri})
    for n in range(0, len(chosen), _AT_ONCE):
        yield " ".join(f"<{iri}>" for iri in chosen[n : n + _AT_ONCE])


def _rows(store: GraphStore, query: str, *names: str) -> Iterator[tuple[str, ...]]:
    """The rows of a query as texts; what is unbound is empty."""
    for row in store.query(query, time_limit=None):
        yield tuple(lexical(row[name]) for name in names)
