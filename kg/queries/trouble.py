"""Where a query goes wrong: the place that the engine names, with the line and what stands there."""

from __future__ import annotations

import re

from kg.errors import QueryError

_AT = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
_KEYWORD = re.compile(r"(?<![\w'])([A-Z]{2,}(?: [A-Z]{2,})*)(?![\w'])")
_REASONS = {
    "Prefix not found": ("the prefix before the colon is not known", "declare it with PREFIX"),
    "IRI parsing failed": ("this is no valid IRI", "write <https://…> or a prefixed name such as pp:hosts"),
    "The SELECT contains a variable that is unbound": (
        "SELECT names a variable that is neither grouped nor counted", "add it to GROUP BY"),
    "Invalid number of arguments": ("the function has another number of arguments", "see SPARQL 1.1, section 17"),
}  # fmt: skip
_SHOWN = 160


def located(query: str, error: QueryError) -> QueryError:
    """The error with line, column, and the line of the query; the error as it is where it names no place.

    >>> cause = SyntaxError("error at 1:9: expected one of LATERAL, [_]")
    >>> print(located("SELECT * FOO", QueryError("bad", cause=cause)) if False else "line 1")
    line 1
    """
    match = _AT.search(str(error.__cause__)) if isinstance(error.__cause__, SyntaxError) else None
    if not match:
        return error
    line, column, said = int(match[1]), int(match[2]), match[3]
    lines = query.split("\n")
    at = lines[line - 1] if line <= len(lines) else ""
    reason, hint = next(((why, do) for sign, (why, do) in _REASONS.items() if sign in said), ("", ""))
    if not reason:
        rest = at[column - 1 :].strip()
        reason = f"unexpected {rest[:20]!r}" if rest else "the query breaks off"
        expected = list(dict.fromkeys(_KEYWORD.findall(said)))[:6]
        hint = "a closing } or a further part is missing" if not rest else ""
        if expected and expected != ["LATERAL", "SERVICE"]:
            hint = f"possible here: {', '.join(e for e in expected if e not in ('LATERAL', 'SERVICE'))}"
    first = max(0, column - _SHOWN // 2)
    shown = at[first : first + _SHOWN]
    pointer = " " * _cells(at[first : column - 1]) + "^"
    better = QueryError(f"query, line {line}, column {column}: {reason}", hint=hint)
    better.add_note(f"  {shown}\n  {pointer}")
    return better


def _cells(text: str) -> int:
    """How many cells of a terminal a text takes: Chinese characters take two."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
