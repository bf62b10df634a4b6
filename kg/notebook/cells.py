"""What stands in a cell: RDF terms as Python values, and quotes that know their place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.namespaces import XSD

Term = NamedNode | BlankNode | Literal | Triple
_INTEGERS = frozenset({XSD.integer, XSD.gYear, *(
    f"{XSD._}{name}" for name in ("int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger")
)})  # fmt: skip
_FLOATS = frozenset({XSD.decimal, f"{XSD._}double", f"{XSD._}float"})
_QUOTE = re.compile(r"(?:(?P<before>[a-z]\w*)Quote|quote(?P<after>[A-Z0-9]\w*)?)")


class Quote(str):
    """The words of a document: a text that knows the id of the document and its place there, in characters.

    ``start`` and ``end`` are None where the answer does not tell them.

    >>> quote = Quote("双抗", "jiangsu", 7, 9)
    >>> quote, quote.doc, quote.start, quote.end
    ('双抗', 'jiangsu', 7, 9)
    """

    doc: str
    start: int | None
    end: int | None

    __slots__ = ("doc", "end", "start")

    def __new__(cls, text: str, doc: str, start: int | None = None, end: int | None = None) -> Quote:
        made = super().__new__(cls, text)
        made.doc, made.start, made.end = doc, start, end
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (str(self), self.doc, self.start, self.end)


def value(term: Term | None) -> Any:
    """The Python value of a term: text, int (years, too), float, bool, date; None where unbound.

    What a datatype does not allow stays the text that it is.

    >>> from pyoxigraph import Literal
    >>> value(Literal("2025", datatype=NamedNode(XSD.gYear))), value(Literal(1.5)), value(NamedNode("urn:x"))
    (2025, 1.5, 'urn:x')
    """
    if not isinstance(term, Literal):
        return None if term is None else term.value if isinstance(term, NamedNode) else str(term)
    type_ = term.datatype.value
    try:
        if type_ in _INTEGERS:
            return int(term.value)
        if type_ in _FLOATS:
            return float(term.value)
        if type_ == f"{XSD._}boolean":
            return term.value in ("true", "1")
        if type_ == XSD.date:
            return date.fromisoformat(term.value)
        if type_ == f"{XSD._}dateTime":
            return datetime.fromisoformat(term.value)
    except ValueError:
        pass
    return term.value


def text(value: Any) -> str:
    """What a cell shows as plain text: nothing for None, lists with 、 between, whole floats without a point.

    >>> text(5000.0), text(["抗体药物", "疫苗"]), text(None), text(True)
    ('5000', '抗体药物、疫苗', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return "、".join(map(text, value))
    return str(value)


def quote_columns(columns: Sequence[str]) -> Mapping[str, tuple[str, str | None, str | None]]:
    """The columns with quotes, and for each the columns of its document, its start and its end.

    >>> dict(quote_columns(["quote", "doc", "start", "end"]))
    {'quote': ('doc', 'start', 'end')}
    >>> dict(quote_columns(["quoteB", "docB", "oldQuote"]))
    {'quoteB': ('docB', None, None)}
    """
    found: dict[str, tuple[str, str | None, str | None]] = {}
    have = set(columns)
    for column in columns:
        if not (match := _QUOTE.fullmatch(column)):
            continue
        before, after = match["before"] or "", match["after"] or ""

        def beside(name: str, before: str = before, after: str = after) -> str | None:
            full = f"{before}{name.capitalize()}" if before else f"{name}{after}"
            return full if full in have else None

        doc = beside("doc") or beside("document")
        start, end = beside("start"), beside("end")
        if doc:
            found[column] = (doc, start if end else None, end if start else None)
    return found
