"""What every export is made from: a graph, read as often as its formats need it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar, cast

from pyoxigraph import NamedNode, Quad

from kg.graph.parts import document_parts, own_parts
from kg.graph.store import GraphStore
from kg.namespaces import GRAPH, OWL

T = TypeVar("T")
Language = str
"""``zh`` or ``en``: the language of headings that people read."""


@dataclass(frozen=True)
class Source:
    """A graph to export; ``texts`` asks for the full texts of the documents where a format has a place for them."""

    graph: GraphStore
    texts: bool = False
    language: Language = "zh"
    _kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, key: str, make: Callable[[], T]) -> T:
        """What ``make`` returns, made at the first call with this key: several formats need the same."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast(T, self._kept[key])

    @cached_property
    def version(self) -> str:
        """The version of the program that built the graph."""
        found = self.graph.store.quads_for_pattern(
            NamedNode(GRAPH.metadata), NamedNode(OWL.versionInfo), None
        )
        return min((q.object.value for q in found if hasattr(q.object, "value")), default="0")

    def graphs(self) -> Iterator[tuple[str, list[Quad]]]:
        """The named graphs with their quads in order: documents, then the project's own, each by name.

        One document is in memory at a time.
        """
        for part in chain(document_parts(self.graph.store), own_parts(self.graph.store)):
            yield part.name.value, sorted(part.quads, key=str)
