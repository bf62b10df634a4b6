"""The page of the ontology: a diagram, every term, an example of each, and the saved queries that use it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.namespaces import DCTERMS, GRAPH, ONTOLOGY, OWL
from kg.queries.reading import lexical
from kg.queries.saved import SavedQuery, every
from kg.views.ontology.diagram import diagram
from kg.views.ontology.examples import Example, example
from kg.views.ontology.terms import Kind, Term, full_name, terms
from kg.views.site.context import SiteContext
from kg.views.site.page import Entry, Page

PATH = "ontology.html"
ENTRY = Entry(PATH, "本体", "Ontology", "图谱里的词是什么意思？", "What do the words of the graph mean?")
_TITLES: Mapping[Kind, tuple[str, str]] = {
    "class": ("类", "Classes"), "object": ("关系属性", "Properties between things"),
    "data": ("取值属性", "Properties with values"), "individual": ("封闭列表的取值", "Values of closed lists"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Documented:
    """A term with its example, the properties that start from a class or lead to it, what stands under it, its uses."""

    term: Term
    example: Example | None
    starts: tuple[str, ...]
    leads: tuple[str, ...]
    below: tuple[str, ...]
    queries: tuple[SavedQuery, ...]


def ontology_page(site: SiteContext) -> Iterator[Page]:
    """``ontology.html``; nothing where the graph has no ontology."""
    found = terms(site.graph)
    if not found:
        return
    uses = _uses(found)
    groups = [
        (kind, *_TITLES[kind], [_documented(site, t, found, uses) for t in found.values() if t.kind == kind])
        for kind in _TITLES
    ]
    values = {
        "groups": [g for g in groups if g[3]], "terms": found, "diagram": diagram(found), "full_name": full_name,
        "about": _about(site), "namespace": ONTOLOGY,
    }  # fmt: skip
    yield Page(PATH, "ontology.html", "本体", "Ontology", values, styles=("assets/ontology.css",), nav=PATH)


def _documented(
    site: SiteContext, term: Term, known: Mapping[str, Term], uses: Mapping[str, tuple[SavedQuery, ...]]
) -> Documented:
    return Documented(
        term, example(site, term),
        tuple(t.name for t in known.values() if term.name in t.domain),
        tuple(t.name for t in known.values() if term.name in t.range),
        tuple(t.name for t in known.values() if term.name in (*t.above, *t.of)), uses.get(term.name, ()),
    )  # fmt: skip


def _uses(known: Mapping[str, Term]) -> dict[str, tuple[SavedQuery, ...]]:
    """The saved queries in which each term stands, by name of the query."""
    queries = tuple(every())
    names = {q.name: set(re.findall(r"\bpp:([A-Za-z]+)", _without_comments(q.text))) for q in queries}
    return {name: tuple(q for q in queries if name in names[q.name]) for name in known}


def _without_comments(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith("#"))


def _about(site: SiteContext) -> dict[str, tuple[str, str]]:
    """The title, the description and the version of the ontology, in both languages."""
    node = NamedNode(ONTOLOGY.removesuffix("#"))
    found: dict[str, tuple[str, str]] = {}
    for key, iri in (
        ("title", DCTERMS.title), ("description", f"{DCTERMS._}description"), ("version", OWL.versionInfo),
    ):  # fmt: skip
        quads = site.graph.store.quads_for_pattern(node, NamedNode(iri), None, NamedNode(GRAPH.ontology))
        by_language = {getattr(q.object, "language", "") or "": lexical(q.object) for q in quads}
        zh = by_language.get("zh", by_language.get("", ""))
        found[key] = zh, by_language.get("en", zh)
    return found
