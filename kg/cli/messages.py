"""Errors in Chinese: ``messages.toml`` has a line for each English text that the code makes."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from kg.cli.words import language

_VALUE = "{}"


def chinese(text: str) -> str | None:
    """A text of an error in Chinese, its values included; none where no line of the catalogue fits.

    >>> chinese("no document 'x' in the store"), chinese("plan.txt: No such file or directory")
    ("存储中没有文件 'x'", 'plan.txt：没有这个文件或目录')
    >>> chinese("something else: of which nothing is known")
    """
    for pattern, translation, wordless in _catalogue():
        if match := pattern.fullmatch(text):
            values = [chinese(value) for value in match.groups()]
            if any(values) or not wordless:
                return translation.format(*(zh or en for zh, en in zip(values, match.groups(), strict=True)))
    return None


def lines(problem: str, hint: str) -> list[str]:
    """An error as lines: in the language that is asked for; Chinese and then English where none is.

    >>> lines("no document 'x'", "documents: a")
    ["没有文件 'x' — 文件：a", "no document 'x' — documents: a"]
    """
    asked = language()
    english = f"{problem} — {hint}" if hint else problem
    found = chinese(problem) if asked != "en" else None
    if found is None:
        return [english]
    zh = f"{found} — {chinese(hint) or hint}" if hint else found
    return [zh] if asked == "zh" else [zh, english]


@cache
def _catalogue() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    """Patterns with their translations, those that say most first; ``wordless`` ones only join values."""
    table = tomllib.loads(Path(__file__).with_name("messages.toml").read_text("utf-8"))
    keys = sorted(table, key=lambda key: (-len(key.replace(_VALUE, "")), key.count(_VALUE), key))
    return tuple((_pattern(key), table[key], not re.search(r"[a-z]", key)) for key in keys)


def _pattern(key: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, key.split(_VALUE))), re.DOTALL)
