"""The analyses as methods of a graph; each gives a table with quotes of both sides."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from kg.graph.lookup import Lookup
from kg.graph.slugs import document_iri
from kg.notebook.things import Thing

if TYPE_CHECKING:
    from kg.graph.store import GraphStore
    from kg.notebook.result import Result

Level = Literal["province", "city", "document"]


class Analyses:
    """What `Graph` has for comparing; things and documents are given by any of their names."""

    store: GraphStore
    language: str

    def overlaps(self, level: Level = "province", *, all_periods: bool = False) -> Result:
        """Which sides name the same fields: a row a pair, the strongest first; ``level``: province, city, document.

        >>> from kg.graph.store import GraphStore
        >>> from kg.notebook.graph import Graph
        >>> len(Graph(GraphStore.in_memory([])).overlaps())
        0
        """
        from kg.notebook.comparing import overlaps

        return overlaps(self.store, level, all_periods, self.language)

    def compare(self, a: str | Thing, b: str | Thing, *, all_periods: bool = False) -> Result:
        """What two regions or documents name: a row a field, shared ones first, with a quote of each side.

        ``who`` is ``both``, ``a`` or ``b``. Raises `LookupFailed` where the two cannot be compared.

        >>> from kg.graph.store import GraphStore
        >>> from kg.notebook.graph import Graph
        >>> Graph(GraphStore.in_memory([])).compare("苏州", "杭州")
        Traceback (most recent call last):
        kg.graph.lookup.Ambiguous: no thing is named '苏州' — kg stats counts what the store holds
        """
        from kg.notebook.comparing import compare

        return compare(self.store, self._iri(a), self._iri(b), all_periods, self.language)

    def specialisation(
        self, region: str | Thing | None = None, *, level: Literal["province", "city"] = "province",
        kind: Literal["sector", "field"] = "sector",
    ) -> Result:  # fmt: skip
        """What regions name more than others: location quotients of sectors or fields, above 1 for more.

        >>> from kg.graph.store import GraphStore
        >>> from kg.notebook.graph import Graph
        >>> len(Graph(GraphStore.in_memory([])).specialisation())
        0
        """
        from kg.notebook.comparing import specialisation

        iri = None if region is None else self._iri(region)
        return specialisation(self.store, level, iri, kind, self.language)

    def structure(
        self, of: Literal["regions", "clusters"] = "regions", *, all_periods: bool = False
    ) -> Result:  # fmt: skip
        """Which cities (or clusters) are tied by shared fields: a row an edge, with the communities of its ends.

        >>> from kg.graph.store import GraphStore
        >>> from kg.notebook.graph import Graph
        >>> len(Graph(GraphStore.in_memory([])).structure())
        0
        """
        from kg.notebook.comparing import structure

        return structure(self.store, of, all_periods, self.language)

    def targets(self, *regions: str | Thing, indicator: str | Thing | None = None) -> Result:
        """The targets, by indicator, those that may be compared first in each ``group``; of regions if any are given.

        >>> from kg.graph.store import GraphStore
        >>> from kg.notebook.graph import Graph
        >>> len(Graph(GraphStore.in_memory([])).targets())
        0
        """
        from kg.notebook.comparing import targets

        wanted = None if indicator is None else self._iri(indicator)
        return targets(self.store, [self._iri(r) for r in regions], wanted, self.language)

    def diff(self, a: str | Thing, b: str | Thing) -> Result:
        """What changed between two documents, from the older to the newer: a row a field, cluster or target.

        ``change`` is entered, kept, dropped or revised; ``answer`` says how firmly a silence may be read.

        >>> from kg.graph.store import GraphStore
        >>> from kg.notebook.graph import Graph
        >>> Graph(GraphStore.in_memory([])).diff("old", "new")
        Traceback (most recent call last):
        kg.graph.lookup.Ambiguous: no document is named 'old' — kg stats counts what the store holds
        """
        from kg.notebook.comparing import diff

        return diff(self.store, self._document(a), self._document(b), self.language)

    def reuse(
        self, *docs: str | Thing, min_length: int | None = None, min_score: float | None = None
    ) -> Result:
        """The passages that two documents share, word for word or nearly: a row a passage, A the earlier.

        With one or two ``docs`` only theirs. ``kind`` is substance or boilerplate, ``score`` the share of equal
        characters, at least ``min_score``; ``length`` counts characters, at least ``min_length``.

        >>> from kg.graph.store import GraphStore
        >>> from kg.notebook.graph import Graph
        >>> len(Graph(GraphStore.in_memory([])).reuse())
        0
        """
        from kg.analysis.reuse import MIN_LENGTH, MIN_SCORE
        from kg.notebook.comparing import reuse

        ids = [self._id(self._document(doc)) for doc in docs]
        least = MIN_LENGTH if min_length is None else min_length
        return reuse(self.store, ids, least, MIN_SCORE if min_score is None else min_score, self.language)

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self.store.store)

    def _iri(self, thing: str | Thing) -> str:
        return thing.iri if isinstance(thing, Thing) else self._lookup.one(thing).iri

    def _document(self, doc: str | Thing) -> str:
        return doc.iri if isinstance(doc, Thing) else self._lookup.one(doc, ["document"]).iri

    def _id(self, document: str) -> str:
        return next((doc for doc in self.store.documents() if document_iri(doc) == document), document)
