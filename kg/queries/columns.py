"""What columns of answers, and terms of other vocabularies, are called in words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.namespaces import PREFIXES


def translations() -> Mapping[str, str]:
    """The Chinese titles of the columns of saved queries, by variable.

    >>> translations()["city"]
    '城市'
    """
    columns: Mapping[str, str] = _words()["columns"]
    return columns


def headings(columns: Iterable[str], language: str) -> list[str]:
    """The titles of columns in a language; a column without a translation keeps its name.

    >>> headings(["city", "x"], "zh"), headings(["city"], "en")
    (['城市', 'x'], ['city'])
    """
    names: Mapping[str, str] = {} if language == "en" else translations()
    return [names.get(c, c) for c in columns]


def value_label(column: str, value: str) -> str:
    """What a value that is a code says in Chinese, in its column; the value itself where it is no code.

    >>> value_label("change", "dropped"), value_label("city", "dropped")
    ('不再提及', 'dropped')
    """
    said: str = _words()["values"].get(column, {}).get(value, value)
    return said


def term_label(iri: str, language: str) -> str | None:
    """What a term of a standard vocabulary is called; none where nothing is said of it here.

    >>> term_label("http://www.w3.org/2004/02/skos/core#notation", "zh")
    '代码'
    """
    found = _terms().get(iri)
    return found.get(language) if found else None


@cache
def _terms() -> Mapping[str, Mapping[str, str]]:
    parted = ((*name.split(":", 1), labels) for name, labels in _words()["terms"].items())
    return {f"{PREFIXES[prefix]}{local}": labels for prefix, local, labels in parted}


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("columns.toml").read_text("utf-8"))
