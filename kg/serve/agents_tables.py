"""What the tools for agents answer in tables: rows of queries, comparisons, pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import Field

from kg.serve.agents_records import Page, Record, Source, listed, shortened

Cell = str | int | float | bool | None


class Rows(Page):
    """The rows of a saved query; columns named doc, start, end and quote are the source of a row."""

    query: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, Cell], ...]
    names: Annotated[dict[str, str], Field(description="What the IRIs in the rows are called")]

    def text(self) -> str:
        """The rows as lines of JSON-like pairs."""
        return f"{self.title}; rows: {self.total}\n{tabled(self.columns, self.rows, self.names)}{self.rest()}"


class Answer(Record):
    """The answer to a query in SPARQL."""

    columns: tuple[str, ...] = ()
    rows: tuple[dict[str, Cell], ...] = ()
    truth: Annotated[bool | None, Field(description="The answer to ASK")] = None
    turtle: Annotated[str | None, Field(description="The triples of CONSTRUCT or DESCRIBE, in Turtle")] = None
    names: Annotated[dict[str, str], Field(description="What the IRIs in the rows are called")]
    truncated: Annotated[bool, Field(description="Whether there is more than what is here")] = False

    def text(self) -> str:
        """The rows, the truth or the triples."""
        if self.truth is not None:
            return str(self.truth).lower()
        if self.turtle is not None:
            return self.turtle + ("\n# cut off here" if self.truncated else "")
        more = "\n… there are more rows: use LIMIT and OFFSET, or a higher limit" if self.truncated else ""
        return f"Rows: {len(self.rows)}\n{tabled(self.columns, self.rows, self.names)}{more}"


class Parameter(Record):
    """A parameter of a saved query."""

    name: str
    type: Annotated[
        str, Field(description="A kind of thing (give any of its names), text, integer, number, year")
    ]
    description: str
    default: str | None
    required: bool


class SavedQuery(Record):
    """A question that has a name."""

    name: str
    title: str
    title_zh: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]

    def text(self) -> str:
        """The query on a line."""
        wanted = " ".join(p.name if p.required else f"[{p.name}]" for p in self.parameters)
        return f"{self.name} {wanted}".rstrip() + f" — {self.title} {self.title_zh}"


class SavedQueries(Record):
    """All saved queries."""

    queries: tuple[SavedQuery, ...]

    def text(self) -> str:
        """The queries, a line each; parameters in brackets may be left out."""
        return "\n".join(listed(self.queries))


class SharedField(Record):
    """A field that both sides name, with places of each."""

    name: str
    name_en: str
    iri: str
    match: Annotated[str, Field(description="same: the very same field; related: one right above the other")]
    narrower: Annotated[str | None, Field(description="The narrower of two related fields")]
    national: Annotated[bool, Field(description="Whether a national document names it, too")]
    weight: Annotated[float, Field(description="Rarity: high where few others name it")]
    a: tuple[Source, ...]
    b: tuple[Source, ...]

    def text(self) -> str:
        """The field with a quote of each side."""
        name = f"{self.narrower} ⊂ {self.name}" if self.narrower else self.name
        also = "; national documents name it too" if self.national else ""
        quotes = [f"  {side}: {s.text()}" for side, found in (("A", self.a), ("B", self.b)) for s in found]
        return "\n".join((f"{name} {self.name_en} (weight {self.weight:.2f}{also})", *quotes))


class OwnField(Record):
    """A field that one side names and the other does not."""

    name: str
    name_en: str
    iri: str
    national: bool
    weight: float
    sources: tuple[Source, ...]

    def text(self) -> str:
        """The field with its quotes."""
        also = "; national documents name it too" if self.national else ""
        head = f"{self.name} {self.name_en} (weight {self.weight:.2f}{also})"
        return "\n".join((head, *(f"  {s.text()}" for s in self.sources)))


class Comparison(Record):
    """Two regions or documents: what both name, what only one names, and how alike they are."""

    a: str
    b: str
    a_iri: str
    b_iri: str
    periods: Annotated[str, Field(description="The years of the compared documents of each side")]
    a_documents: tuple[str, ...]
    b_documents: tuple[str, ...]
    jaccard: Annotated[float, Field(description="Shared fields among all fields of both (Jaccard 1901)")]
    overlap_coefficient: Annotated[float, Field(description="Shared fields among those of the smaller side")]
    weighted: Annotated[float, Field(description="Jaccard where rare fields count more")]
    counts: Annotated[
        dict[str, int],
        Field(
            description="How many fields there are in all: shared, same, related, only_a, only_b; lists hold the first"
        ),
    ]
    shared: tuple[SharedField, ...]
    only_a: tuple[OwnField, ...]
    only_b: tuple[OwnField, ...]

    def text(self) -> str:
        """The comparison in words."""
        n = self.counts
        parts = [
            f"A = {self.a} ({', '.join(self.a_documents)}); B = {self.b} ({', '.join(self.b_documents)}); "
            f"years {self.periods}",
            f"Jaccard {self.jaccard:.3f}, overlap coefficient {self.overlap_coefficient:.3f}, "
            f"weighted {self.weighted:.3f}",
            f"Shared: {n['shared']} ({n['same']} the very same); the {len(self.shared)} rarest:",
            *listed(self.shared), f"Only A: {n['only_a']}, of them:", *listed(self.only_a),
            f"Only B: {n['only_b']}, of them:", *listed(self.only_b),
        ]  # fmt: skip
        return "\n".join(parts)


class Pair(Record):
    """Two sides with what they share, in numbers."""

    a: str
    b: str
    a_iri: str
    b_iri: str
    periods: str
    shared: int
    national: Annotated[
        int, Field(description="How many of the shared fields a national document names, too")
    ]
    jaccard: float
    weighted: float
    rarest: Annotated[
        tuple[str, ...], Field(description="The rarest shared fields; compare gives the quotes")
    ]

    def text(self) -> str:
        """The pair on a line."""
        return (
            f"{self.a} — {self.b} ({self.periods}): {self.shared} shared, {self.national} national, "
            f"Jaccard {self.jaccard:.3f}, weighted {self.weighted:.3f}: {'、'.join(self.rarest)}"
        )


class Pairs(Page):
    """Pairs, those with the rarest things in common first."""

    level: str
    pairs: tuple[Pair, ...]

    def text(self) -> str:
        """The pairs, a line each."""
        return "\n".join((f"Pairs of level {self.level}: {self.total}", *listed(self.pairs))) + self.rest()


def tabled(columns: Sequence[str], rows: Iterable[dict[str, Cell]], names: dict[str, str]) -> str:
    """Rows in words: a line each, empty cells left out, IRIs with their names."""

    def cell(value: Cell) -> str:
        text = str(value).lower() if isinstance(value, bool) else shortened(str(value))
        return f"{names[text]} <{text}>" if text in names else text

    return "\n".join(
        "- " + "; ".join(f"{c}: {cell(row[c])}" for c in columns if row.get(c) is not None) for row in rows
    )
