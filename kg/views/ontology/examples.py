"""An example of each term, taken from the graph: a thing as Turtle with the words that name it, a statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import dedent

from pyoxigraph import NamedNode, Quad

from kg.graph.trig import lines
from kg.namespaces import GRAPH, ONTOLOGY, PP, RDF, RDFS, SKOS
from kg.queries.reading import lexical
from kg.views.ontology.terms import Term
from kg.views.site.context import SiteContext
from kg.views.site.said import Said

_BELOW = "SELECT ?x { ?c rdfs:subClassOf ?_class . ?x a ?c }"
_MOST = 2
_EVERY = 12
_SHARED = (GRAPH.vocabulary, GRAPH.candidates, GRAPH.inferred, GRAPH.metadata, GRAPH.ontology)
_FIRST = {RDF.type: 0, RDFS.label: 1, SKOS.prefLabel: 2}


@dataclass(frozen=True, slots=True)
class Example:
    """An example: Turtle, how many statements of the thing it leaves out, and a place where a document says it."""

    turtle: str
    more: int
    iri: str
    said: Said | None


def example(site: SiteContext, term: Term) -> Example | None:
    """The example of a term; None where the graph has none."""
    if term.kind == "individual":
        return _surest(site, term.iri) or _thing(site, term.iri, None)
    if term.kind == "class":
        return _instance(site, term)
    return _surest(site, term.name) or _statement(site, term)


def _instance(site: SiteContext, term: Term) -> Example | None:
    """Of all things of a class, the one of which most is said."""
    if term.iri == PP.Assertion:
        said = max((s for s in site.book.said if s.main and s.predicate == "hosts"), key=_sure, default=None)
        return _thing(site, said.fact, said) if said else None
    quads = site.graph.store.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(term.iri))
    found = {q.subject.value for q in quads if isinstance(q.subject, NamedNode)}
    if not found:
        rows = site.graph.query(_BELOW, parameters={"_class": NamedNode(term.iri)}, time_limit=None).rows
        found = {lexical(x) for (x,) in rows}
    if any(iri.startswith(ONTOLOGY) for iri in found):  # a closed list: one of its values in use
        return _surest(site, *sorted(found)) or _thing(site, min(found), None)
    if not found:
        return None
    best = min(found, key=lambda iri: (-len(site.book.by_thing.get(iri, ())), iri))
    return _thing(site, best, max(site.book.by_thing.get(best, ()), key=_sure, default=None))


def _sure(said: Said) -> tuple[bool, float, int, tuple[str, int]]:
    """The surest statement, and of those the one that says it shortest."""
    e = said.evidence
    return said.main, said.confidence, -len(e.quote), (e.doc, -e.start)


def _surest(site: SiteContext, *keys: str) -> Example | None:
    """The statement of which a document is surest with one of the properties or the values, with the words."""
    best = site.once("surest statements", lambda: _best(site))
    said = max((best[key] for key in keys if key in best), key=_sure, default=None)
    if said is None:
        return None
    predicate = RDF.type if said.predicate == "type" else f"{ONTOLOGY}{said.predicate}"
    quads = site.graph.store.quads_for_pattern(NamedNode(said.subject), NamedNode(predicate), None)
    same = [q for q in quads if getattr(q.object, "value", "") == said.object]
    return Example(_turtle(same[:1]), 0, said.subject, said) if same else None


def _best(site: SiteContext) -> dict[str, Said]:
    """The surest statement with each property (by its local name) and each value of a closed list."""
    found: dict[str, Said] = {}
    for said in site.book.said:
        for key in (said.predicate, said.object):
            if (key == said.predicate or key.startswith(ONTOLOGY)) and (
                key not in found or _sure(said) > _sure(found[key])
            ):
                found[key] = said
    return found


def _statement(site: SiteContext, term: Term) -> Example | None:
    """The first statement with a property, in order of text, of the first graph that has one."""
    for graph in (*(plan.iri for plan in site.plans), *_SHARED):
        quads = site.graph.store.quads_for_pattern(None, NamedNode(term.iri), None, NamedNode(graph))
        found = min((q for q in quads if isinstance(q.subject, NamedNode)), key=str, default=None)
        if found is not None and isinstance(found.subject, NamedNode):
            return Example(_turtle([found]), 0, found.subject.value, None)
    return None


def _thing(site: SiteContext, iri: str, said: Said | None) -> Example:
    by_predicate: dict[str, list[Quad]] = defaultdict(list)
    seen = set()
    for quad in sorted(site.graph.store.quads_for_pattern(NamedNode(iri), None, None), key=str):
        if quad.triple not in seen:
            seen.add(quad.triple)
            by_predicate[quad.predicate.value].append(quad)
    order = sorted(by_predicate, key=lambda p: (_FIRST.get(p, 3 if p.startswith(ONTOLOGY) else 4), p))
    kept = [quad for p in order for quad in by_predicate[p][:_MOST]][:_EVERY]
    return Example(_turtle(kept), len(seen) - len(kept), iri, said)


def _turtle(quads: Iterable[Quad]) -> str:
    return dedent("".join(lines(quads))).rstrip()
