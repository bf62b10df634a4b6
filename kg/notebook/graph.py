"""A graph as people who work in Python hold it: ask it, look things up, compare documents, take it elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.errors import InputError, LookupFailed
from kg.graph.spelling import key, pinyin
from kg.graph.store import TIME_LIMIT, GraphStore
from kg.namespaces import ONTOLOGY, TRIG_PREFIXES
from kg.notebook.analyses import Analyses
from kg.notebook.result import Result
from kg.notebook.things import Matches, Thing
from kg.queries.asking import question
from kg.queries.reading import lexical

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.graph.quality import Quality

_COUNTS = "SELECT (COUNT(*) AS ?n) { ?said pp:factType ?type }"
_PROPERTIES = """
SELECT ?p ?name { VALUES ?type { owl:ObjectProperty owl:DatatypeProperty rdf:Property } ?p a ?type ; rdfs:label ?name }
"""
_EVIDENCE = """
SELECT DISTINCT ?subject ?subjectLabel ?predicate ?predicateLabel ?object ?objectLabel ?doc ?section ?quote ?start
  ?end ?rule ?confidence
WHERE {
  %s
  ?said rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; pp:quote ?quote ; pp:start ?start ;
    pp:end ?end ; pp:rule ?rule ; pp:confidence ?confidence ; prov:wasDerivedFrom/dcterms:identifier ?doc .
  OPTIONAL { ?said pp:section/rdfs:label ?section }
  OPTIONAL { ?subject rdfs:label ?subjectLabel . FILTER (LANG(?subjectLabel) = "zh") }
  OPTIONAL { ?predicate rdfs:label ?predicateLabel . FILTER (LANG(?predicateLabel) = "zh") }
  OPTIONAL { ?object rdfs:label ?objectLabel . FILTER (LANG(?objectLabel) = "zh") }
}
ORDER BY ?doc ?start ?end ?predicate ?subject ?object
"""


class Graph(Analyses):
    """A graph with the texts of its documents; `kg.open` and `kg.build` make it.

    Wherever a thing is asked for, any of its names will do: full, short, English, pinyin, a code or an IRI.
    ``language`` (zh or en) is that of headings and labels.

    >>> from kg.graph.store import GraphStore
    >>> Graph(GraphStore.in_memory([]))
    <kg.Graph: 0 documents, 0 facts, 0 quads>
    """

    def __init__(self, store: GraphStore, *, language: str = "zh") -> None:
        self.store = store
        self.language = language

    @classmethod
    def open(cls, path: str | Path | None = None, *, language: str = "zh") -> Graph:
        """The graph of a store's folder (``KG_STORE``, else ``kg-store``); raises `StoreError` where there is none."""
        return cls(GraphStore.open(path), language=language)

    @classmethod
    def build(
        cls, paths: str | Path | Iterable[str | Path] | None = None, store: str | Path | None = None, *,
        quality: Iterable[Quality] = (), language: str = "zh",
    ) -> Graph:  # fmt: skip
        """The graph of files and folders (the shipped documents by default), in memory, or written to a folder.

        Raises `InputError` where there are no documents, `StoreError` where the folder cannot be written.
        """
        from kg.documents.sources import documents, entries
        from kg.extraction.pipeline import facts
        from kg.graph.build import build, build_in_memory
        from kg.resources import seeds_dir

        given = [seeds_dir()] if paths is None else [paths] if isinstance(paths, str | Path) else paths
        sources = [Path(path) for path in given]
        if not any(True for _ in entries(sources)):
            named = "、".join(map(str, sources)) or "no path"
            raise InputError(
                f"{named}: no documents there", hint="give .txt or .md files, or a folder of them"
            )
        found = facts(documents(sources))
        if store is None:
            return cls(build_in_memory(found, quality=quality), language=language)
        return cls.open(build(found, store, quality=quality).path, language=language)

    def sparql(self, question_: str, /, *, time_limit: float | None = TIME_LIMIT, **params: Any) -> Result:
        """The answer to SPARQL, ``@file.rq`` or a saved query (`queries` lists them), with its parameters.

        Prefixes are known. A parameter binds a variable as a term, whatever it holds: a thing by any of its
        names where a saved query asks for one; else a Python value, where a text that is an IRI (``pp:hosts``,
        ``<…>``) is one. Raises `QueryError` that points to line and column.

        >>> from kg.graph.store import GraphStore
        >>> graph = Graph(GraphStore.in_memory([]))
        >>> graph.sparql("SELECT (STRLEN(?name) AS ?n) {}", name='x" } DROP ALL')["n"]
        [13]
        """
        asked = question(question_)
        answer = asked.answer(self.store, params, lookup=self._lookup, time_limit=time_limit)
        query = asked.query
        title = query.title if self.language == "en" else query.title_zh or query.title
        return Result.of(
            answer, graph=self.store, shown=query.columns, title=title, language=self.language
        )  # fmt: skip

    def queries(self) -> Result:
        """The saved queries: ``name``, ``title`` and ``parameters`` (in brackets those that may be left out).

        >>> from kg.graph.store import GraphStore
        >>> "cities-clusters" in Graph(GraphStore.in_memory([])).queries()["name"]
        True
        """
        from kg.queries.saved import every

        rows = (
            (
                q.name, q.title if self.language == "en" else q.title_zh,
                " ".join(p.name if p.required else f"[{p.name}]" for p in q.params),
            )
            for q in every()
        )  # fmt: skip
        return Result(("name", "title", "parameters"), rows, language=self.language)

    def find(self, name: str, *, kind: str | None = None) -> Matches:
        """All things that a name can mean, the most mentioned first; where there are none, those of near names.

        ``kind`` is that of IRIs: region, cluster, field, enterprise …

        >>> from kg.graph.store import GraphStore
        >>> Graph(GraphStore.in_memory([])).find("苏州").exact
        False
        """
        kinds = None if kind is None else [kind]
        if found := self._lookup.search(name, kinds):
            return Matches(found, exact=True, language=self.language)
        near = self._lookup.near(name, kinds) or self._lookup.search(pinyin(key(name)), kinds)
        return Matches(near, language=self.language)

    def thing(self, name: str | Thing, *, kind: str | None = None) -> Thing:
        """The card of the one thing of a name, with all quotes; raises `Ambiguous` with the candidates.

        >>> from kg.graph.store import GraphStore
        >>> Graph(GraphStore.in_memory([])).thing("苏州")
        Traceback (most recent call last):
        kg.graph.lookup.Ambiguous: no thing is named '苏州' — kg stats counts what the store holds
        """
        from kg.queries.card import card

        if isinstance(name, Thing):
            return name
        found = self._lookup.one(name, None if kind is None else [kind])
        made = card(self.store, found, lookup=self._lookup, language=self.language)
        return Thing(made, self.store, self.language)

    def evidence(
        self, subject: str | Thing | None = None, predicate: str | None = None, object: str | Thing | None = None
    ) -> Result:  # fmt: skip
        """The quotes behind statements, a row a place: who says that ``subject predicate object``.

        With a subject alone: all that is said of it, on either side of a statement. A predicate is given by its
        name (``hosts``, ``pp:hosts``) or its Chinese or English label.

        >>> from kg.graph.store import GraphStore
        >>> len(Graph(GraphStore.in_memory([])).evidence(predicate="hosts"))
        0
        """
        terms = {}
        if subject is not None:
            terms["_subject"] = NamedNode(self._iri(subject))
        if predicate is not None:
            terms["_predicate"] = NamedNode(self._predicate(predicate))
        if object is not None:
            terms["_object"] = NamedNode(self._iri(object))
        if not terms:
            raise LookupFailed("evidence of what?", hint="give a subject, a predicate or an object")
        wanted = [f"?said rdf:{name[1:]} ?{name} ." for name in terms]
        if set(terms) == {"_subject"}:
            wanted = ["{ ?said rdf:subject ?_subject } UNION { ?said rdf:object ?_subject }"]
        answer = self.store.query(_EVIDENCE % "\n  ".join(wanted), parameters=terms)
        shown = ("subject", "predicate", "object", "quote", "section", "doc")
        return Result.of(answer, graph=self.store, shown=shown, language=self.language)

    def facts(self, type: str | None = None, doc: str | None = None) -> Result:
        """The fact table, of one type or document: ``type``, the type's own columns, quote, place, rule, confidence.

        >>> from kg.graph.store import GraphStore
        >>> Graph(GraphStore.in_memory([])).facts("nothing")
        Traceback (most recent call last):
        kg.errors.LookupFailed: no type of fact is called 'nothing' — types: document, cluster, region_field, plan_field, plan_disease, drug_target, enterprise, institution, target, statistic, responsible, cites
        """  # noqa: E501
        from kg.model import FACT_TYPES

        if type is not None and type not in FACT_TYPES:
            raise LookupFailed(f"no type of fact is called {type!r}", hint=f"types: {', '.join(FACT_TYPES)}")
        rows = [row for row in self.store.rows(doc) if type in (None, row["type"])]
        names = dict.fromkeys(name for row in rows for name in row)
        last = ("doc", "section", "quote", "start", "end", "rule", "confidence")
        columns = [*(n for n in names if n not in last), *(n for n in last if n in names)]
        hidden = {"start", "end", "rule", "confidence", *(("type",) if type else ())}
        shown = [c for c in columns if c not in hidden]
        return Result.of_mappings(
            rows, columns=columns, graph=self.store, shown=shown, language=self.language
        )

    def documents(self) -> Result:
        """The documents with title, region, period and date of issue."""
        return self.sparql("documents")

    def text(self, doc: str) -> str:
        """The text of a document as it was given, by its id; raises `LookupFailed` for an unknown one.

        >>> from kg.graph.store import GraphStore
        >>> Graph(GraphStore.in_memory([], {"plan": "重点发展双抗。"})).text("plan")
        '重点发展双抗。'
        """
        return self.store.text(doc)

    def networkx(self, *properties: str, doc: str | None = None) -> networkx.MultiDiGraph:
        """What documents state between things as a networkx graph, for its algorithms and Gephi.

        Nodes are IRIs with ``label``, ``label_en``, ``kind`` and ``type``; keys of edges are local names of
        properties (those given, else all but mentions), with ``documents`` and the number of ``statements``.

        >>> from kg.graph.store import GraphStore
        >>> Graph(GraphStore.in_memory([])).networkx("hosts").number_of_nodes()
        0
        """
        from kg.notebook.network import of_statements

        return of_statements(self.store, {self._predicate(p) for p in properties}, doc)

    def rdflib(self) -> rdflib.Dataset:
        """The graph as an rdflib dataset whose default graph is the union of all; it refuses SERVICE.

        >>> from kg.graph.store import GraphStore
        >>> len(Graph(GraphStore.in_memory([])).rdflib())
        0
        """
        return self.store.rdflib()

    def __len__(self) -> int:
        return len(self.store)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        facts = self.store.query(_COUNTS, time_limit=None).rows[0][0]
        return (
            f"<kg.Graph: {len(self.store.documents())} documents, {getattr(facts, 'value', 0)} facts, "
            f"{len(self.store)} quads>"
        )

    def _predicate(self, name: str) -> str:
        prefix, colon, local = name.strip("<>").partition(":")
        iri = f"{TRIG_PREFIXES[prefix]}{local}" if colon and prefix in TRIG_PREFIXES else name.strip("<>")
        if f"{ONTOLOGY}{name}" in self._properties:
            return f"{ONTOLOGY}{name}"
        if iri in self._properties or iri.startswith(("http:", "https:")):
            return iri
        named = sorted(p for p, labels in self._properties.items() if name in labels)
        if len(named) == 1:
            return named[0]
        if not self._properties and name.isalnum():
            return f"{ONTOLOGY}{name}"
        raise LookupFailed(
            f"no property is called {name!r}",
            hint="such as hosts, focusesOn, develops, prioritises, setsTarget",
        )

    @cached_property
    def _properties(self) -> dict[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for p, name in self.store.query(_PROPERTIES, time_limit=None).rows:
            found.setdefault(lexical(p), []).append(lexical(name))
        return {p: tuple(labels) for p, labels in found.items()}
