"""Things of the graph in a notebook: what a name may mean, and the card of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.graph.lookup import Found
from kg.notebook.cells import Quote
from kg.notebook.result import Result

if TYPE_CHECKING:
    from kg.graph.store import GraphStore
    from kg.queries.card import Card


class Matches(tuple[Found, ...]):
    """What a name may mean, the most mentioned first; ``exact`` is False where the names are only near.

    >>> Matches([]), Matches([]).exact
    (没有找到, False)
    """

    exact: bool
    language: str

    def __new__(cls, found: Iterable[Found], *, exact: bool = False, language: str = "zh") -> Matches:
        made = super().__new__(cls, found)
        made.exact, made.language = exact, language
        return made

    def __repr__(self) -> str:
        from kg.notebook.show import matches_text

        return matches_text(self)

    def _repr_html_(self) -> str:
        from kg.notebook.show import matches_html

        return matches_html(self)


@dataclass(frozen=True, slots=True, repr=False)
class Thing:
    """A thing with its card: what it is and what is said of it; as a parameter of a query it stands for its IRI."""

    card: Card
    graph: GraphStore
    language: str = "zh"

    @property
    def iri(self) -> str:
        """The IRI of the thing."""
        return self.card.thing.iri

    @property
    def label(self) -> str:
        """The preferred Chinese name."""
        return self.card.thing.label

    @property
    def label_en(self) -> str | None:
        """The English name, where one is known."""
        return self.card.thing.label_en

    @property
    def evidence(self) -> Result:
        """All that is said of it: a row a quote, with ``predicate``, ``role``, ``other``, ``quote`` and its place."""
        rows = (
            (
                said.predicate, said.predicate_label, said.role, said.iri or said.label, said.label,
                Quote(s.quote, s.doc, s.start, s.end), s.section, s.doc, s.start, s.end, s.rule, s.confidence,
            )
            for said in self.card.said for s in said.evidence
        )  # fmt: skip
        columns = (
            "predicate", "predicateLabel", "role", "other", "otherLabel", "quote", "section", "doc", "start", "end",
            "rule", "confidence",
        )  # fmt: skip
        return Result(
            columns, rows, graph=self.graph, iris=("predicate", "other"), language=self.language, title=self.label,
            shown=("predicate", "other", "quote", "section", "doc"),
        )  # fmt: skip

    def row(self) -> dict[str, Any]:
        """The card as JSON-able data."""
        return self.card.row()

    def __repr__(self) -> str:
        from kg.notebook.show import thing_text

        return thing_text(self)

    def _repr_html_(self) -> str:
        from kg.notebook.show import thing_html

        return thing_html(self)
