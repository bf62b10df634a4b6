"""The graph through rdflib's interface, for those who know it."""

from __future__ import annotations

from typing import Any

from oxrdflib import OxigraphStore
from pyoxigraph import Store
from rdflib import Dataset
from rdflib.namespace import Namespace
from rdflib.query import Result

from kg.graph.guard import check
from kg.namespaces import TRIG_PREFIXES


class _ReadingStore(OxigraphStore):  # type: ignore[misc, unused-ignore]
    """Oxigraph behind rdflib, with queries kept inside the store."""

    def query(self, query: Any, initNs: Any, initBindings: Any, queryGraph: Any, **kwargs: Any) -> Result:
        check(str(query))
        return super().query(query, initNs, initBindings, queryGraph, **kwargs)


def dataset(store: Store) -> Dataset:
    """A dataset over an Oxigraph store; without a graph named, the union of all graphs is asked.

    >>> len(dataset(Store()))
    0
    """
    found = Dataset(store=_ReadingStore(store=store), default_union=True)
    for prefix, iri in sorted(TRIG_PREFIXES.items()):
        found.bind(prefix, Namespace(iri))
    return found
