"""Python values as RDF terms, and back."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.namespaces import XSD


@lru_cache(maxsize=65536)
def node(iri: str) -> NamedNode:
    """The node of an IRI; raises `ValueError` for what is no absolute IRI."""
    return NamedNode(iri)


def zh(text: str) -> Literal:
    """A text in Chinese."""
    return Literal(text, language="zh")


def plain(text: str) -> Literal:
    """A text in no language: quotes, codes, rule names."""
    return Literal(text)


def integer(number: int) -> Literal:
    """A whole number."""
    return Literal(str(number), datatype=_INTEGER)


def decimal(number: float) -> Literal:
    """A number without exponent, just as precise as the float.

    >>> decimal(1263.4).value, decimal(500).value, decimal(1e-7).value
    ('1263.4', '500', '0.0000001')
    """
    exact = Decimal(str(number))
    if not exact.is_finite():
        raise ValueError(f"{number} is no number that a document can state")
    text = format(exact, "f")
    return Literal(text.rstrip("0").rstrip(".") if "." in text else text, datatype=_DECIMAL)


def year(number: int) -> Literal:
    """A year.

    >>> year(2025).value
    '2025'
    """
    return Literal(f"{number:04d}", datatype=_YEAR)


def date(text: str) -> Literal:
    """A day (``2022-06-16``), a month (``2022-06``) or a year, by how much the text gives.

    >>> date("2022-06").datatype.value.rpartition("#")[2]
    'gYearMonth'
    """
    for pattern, datatype in _DATES:
        if re.fullmatch(pattern, text):
            return Literal(text, datatype=datatype)
    return Literal(text)


def number_of(literal: str) -> float:
    """The number of a decimal: whole numbers as `int`, so that they print as the document has them.

    >>> number_of("10"), number_of("10.5")
    (10, 10.5)
    """
    value = float(literal)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


_INTEGER = NamedNode(XSD.integer)
_DECIMAL = NamedNode(XSD.decimal)
_YEAR = NamedNode(XSD.gYear)
_DATES = (
    (r"\d{4}-\d\d-\d\d", NamedNode(XSD.date)),
    (r"\d{4}-\d\d", NamedNode(XSD.gYearMonth)),
    (r"\d{4}", NamedNode(XSD.gYear)),
)
TRUE = Literal("true", datatype=NamedNode(XSD.boolean))
