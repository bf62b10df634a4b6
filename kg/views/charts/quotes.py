"""Lists of fields with a quote each, as data: what stands in many lists, a quote or a name, is in the page once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kg.analysis.claims import Claim
from kg.model import Evidence
from kg.views.site.context import SiteContext
from kg.views.site.paths import reader_path

Tag = tuple[str, str, str]
"""A class of the style sheet, and a word in both languages."""


class QuoteBook:
    """Collects lists for ``assets/charts.js``, which writes one when its details are opened.

    `data` is ``{"docs": [[reader, zh, en]], "fields": [[zh, en, path or null]], "quotes": [[doc, start, end, text]],
    "tags": [[class, zh, en]], "lists": {id: [[field, [quote …], more, [tag …]]]}}``.
    """

    def __init__(self, context: SiteContext) -> None:
        self._context = context
        self._docs: dict[str, int] = {}
        self._fields: dict[str, int] = {}
        self._quotes: dict[Evidence, int] = {}
        self._tags: dict[Tag, int] = {}
        self._lists: dict[str, list[list[Any]]] = {}

    def add(self, id_: str, rows: Iterable[tuple[str, Sequence[Claim], Iterable[Tag]]]) -> None:
        """A list by its id: fields (IRIs) with their claims, of which the first place is shown, and tags."""
        self._lists[id_] = [self._row(*row) for row in rows]

    def _row(self, field: str, claims: Sequence[Claim], tags: Iterable[Tag]) -> list[Any]:
        places = sorted(
            {(c.evidence.doc, c.evidence.start, c.evidence.end): c.evidence for c in claims}.items()
        )
        shown = [evidence for _, evidence in places[:1]]
        return [
            self._fields.setdefault(field, len(self._fields)), [self.quote(e) for e in shown], len(places) - len(shown),
            [self._tags.setdefault(tag, len(self._tags)) for tag in tags],
        ]  # fmt: skip

    def quote(self, evidence: Evidence) -> int:
        """The number of a quote."""
        self._docs.setdefault(evidence.doc, len(self._docs))
        return self._quotes.setdefault(evidence, len(self._quotes))

    def field(self, iri: str) -> int:
        """The number of a field."""
        return self._fields.setdefault(iri, len(self._fields))

    @property
    def data(self) -> dict[str, Any]:
        """All lists."""
        return {
            "docs": [[reader_path(d), *self._context.short(d)] for d in self._docs],
            "fields": [[*self._name(f), self._context.paths.get(f)] for f in self._fields],
            "quotes": [[self._docs[e.doc], e.start, e.end, e.quote] for e in self._quotes],
            "tags": [list(tag) for tag in self._tags], "lists": self._lists,
        }  # fmt: skip

    def _name(self, iri: str) -> tuple[str, str]:
        thing = self._context.things.get(iri)
        return (thing.zh, thing.en) if thing else (iri, "")
