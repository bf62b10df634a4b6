"""The word lists of ``kg/lexicon/data/*.toml``, each read when it is first asked for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kg.errors import VocabularyError

_DATA = Path(__file__).parent / "data"


@cache
def _file(name: str) -> dict[str, list[str]]:
    path = _DATA / f"{name}.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(f"{path}: {error}", hint="mend the word list") from error
    return {key: _words(value) for key, value in content.items()}


def _words(value: object) -> list[str]:
    text = (
        value
        if isinstance(value, str)
        else " ".join(str(v) for v in value)
        if isinstance(value, list)
        else ""
    )
    return text.split()


@cache
def words(file: str, name: str) -> tuple[str, ...]:
    """A list of words, longest first: the order in which alternatives of a pattern must stand.

    >>> "药物" in words("fields", "heads")
    True
    """
    try:
        return tuple(sorted(dict.fromkeys(_file(file)[name]), key=lambda w: (-len(w), w)))
    except KeyError as error:
        raise VocabularyError(f"{file}.toml: no list {name!r}", hint="add it") from error


def alternatives(listed: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(listed, key=lambda w: (-len(w), w)))


@cache
def pattern(file: str, name: str) -> str:
    """The words of a list as one alternative of a regular expression."""
    return f"(?:{alternatives(words(file, name))})"
