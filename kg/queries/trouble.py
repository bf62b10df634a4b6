"""Where a query goes wrong: line, column and what stands there.

The engine names the furthest place that it looked at, which can be many characters past the mistake, because it
compares whole keywords. So the query is parsed once more with wide gaps between its tokens: then the place that
the engine names lies in the gap behind the token that it could not take.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from unicodedata import east_asian_width

from pyoxigraph import Store

from kg.errors import QueryError
from kg.namespaces import PREFIXES, TRIG_PREFIXES

_TOKEN = re.compile(
    r"""
    \#[^\n]* | <[^<>"{}|^`\\\s]*> | \"{3}.*?\"{3} | '{3}.*?'{3} | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
  | [?$]\w+ | (?:\w[\w.-]*)?:(?:[\w:%.-]|\\.)* | @?[^\W\d]\w* | \d+(?:\.\d+)?(?:[eE][+-]?\d+)?
  | [(){}\[\],;.] | [^\s\w(){}\[\],;."'<?$:\#]+ | \S
    """,
    re.VERBOSE | re.DOTALL,
)
_GAP = 60  # more than the longest keyword
_AT = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SENTENCE = re.compile(r"(?:^|, |one of |expected )((?:[A-Z][\w*]*)(?: [\w*]+){4,}[^,\[\"]*)")
_SHOWN = 100
_KEYWORDS = frozenset({
    "ASC", "ASK", "BASE", "BIND", "CONSTRUCT", "COUNT", "DESC", "DESCRIBE", "DISTINCT", "EXISTS", "FILTER", "FROM",
    "GRAPH", "GROUP", "HAVING", "LIMIT", "MINUS", "NAMED", "NOT", "OFFSET", "OPTIONAL", "ORDER", "PREFIX",
    "REDUCED", "SELECT", "UNION", "VALUES", "WHERE",
})  # fmt: skip
_CLOSING = {"{": "}", "(": ")", "[": "]"}


def located(query: str, error: QueryError) -> QueryError:
    """The error with line, column, and the line of the query as its note; as it is where it names no place.

    >>> wrong = QueryError("wrong")
    >>> wrong.__cause__ = SyntaxError("error at 1:10: expected CONSTRUCT")
    >>> str(located("SELEC * { ?s ?p ?o }", wrong))
    "line 1, column 1: unexpected 'SELEC' — did you mean SELECT?"
    """
    if not isinstance(error.__cause__, SyntaxError):
        return error
    tokens = [m for m in _TOKEN.finditer(query) if not m[0].startswith("#")]
    said, n = _culprit(tokens)
    if said is None:
        return error
    at = tokens[n].start() if n < len(tokens) else len(query.rstrip())
    reason, hint = _reason(tokens, n, said)
    line, column = query.count("\n", 0, at) + 1, at - (query.rfind("\n", 0, at) + 1) + 1
    better = QueryError(f"line {line}, column {column}: {reason}", hint=hint)
    better.add_note(_pointed(query.split("\n")[line - 1], column))
    return better


def form(query: str) -> str:
    r"""The form of a query, SELECT, ASK, CONSTRUCT or DESCRIBE, in capitals; empty where there is none.

    >>> form("PREFIX select: <urn:x> # ask\nconstruct where { ?s ?p ?o }")
    'CONSTRUCT'
    """
    words = (m[0].upper() for m in _TOKEN.finditer(query))
    return next((word for word in words if word in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")), "")


def _culprit(tokens: list[re.Match[str]]) -> tuple[str | None, int]:
    """What the engine says of the query with gaps, and the index of the token that it could not take."""
    wide = (" " * _GAP).join(m[0].replace("\n", " ") for m in tokens) + " " * _GAP
    try:
        Store().query(wide, prefixes=dict(TRIG_PREFIXES), use_default_graph_as_union=True)
    except SyntaxError as error:
        match = _AT.search(str(error))
        if match:
            return match[3], _at_fault(tokens, match[3], _index(tokens, int(match[2]) - 1))
    except ValueError:
        pass
    return None, 0


def _index(tokens: list[re.Match[str]], at: int) -> int:
    end = 0
    for n, token in enumerate(tokens):
        end += len(token[0]) + _GAP
        if at < end:
            return n
    return len(tokens)


def _at_fault(tokens: list[re.Match[str]], said: str, n: int) -> int:
    """The token to point at: the one that could not be taken, or the one that began what is wrong."""
    if _SENTENCE.search(said) and n == len(tokens):  # found wrong as a whole
        return next((i for i, m in enumerate(tokens) if m[0].upper() == "SELECT"), 0)
    if "IRI parsing failed" in said:
        return next((i for i in range(min(n, len(tokens) - 1), -1, -1) if tokens[i][0].startswith("<")), n)
    return next((i for i, m in enumerate(tokens) if m[0] in "\"'"), n)  # a text that is not closed


def _reason(tokens: list[re.Match[str]], n: int, said: str) -> tuple[str, str]:
    token = tokens[n][0] if n < len(tokens) else ""
    if "variable that is unbound" in said:
        return "SELECT names a variable that is neither grouped nor counted", "add it to GROUP BY"
    if sentence := _SENTENCE.search(said):
        return sentence[1].strip(" ."), "see SPARQL 1.1"
    if "Prefix not found" in said and ":" in token:
        prefix = token.partition(":")[0]
        return f"the prefix {prefix}: is not known", f"declare it, or use one of {', '.join(PREFIXES)}"
    if "IRI parsing failed" in said:
        return "this is no valid IRI", "write <https://…>, or a prefixed name such as pp:hosts"
    if not token:
        missing = _unclosed(tokens)
        return "the query breaks off", f"{missing} is missing" if missing else "a part is missing at its end"
    if token in "\"'":
        return "the text is not closed", f"put {token} at its end"
    near = get_close_matches(token.upper(), sorted(_KEYWORDS), 1, 0.7) if token.isalpha() else []
    hint = f"did you mean {near[0]}?" if near and near[0] != token.upper() else "see what stands before it"
    return f"unexpected {token[:30]!r}", hint


def _unclosed(tokens: list[re.Match[str]]) -> str:
    open_: list[str] = []
    for token in tokens:
        if token[0] in _CLOSING:
            open_.append(_CLOSING[token[0]])
        elif open_ and token[0] == open_[-1]:
            open_.pop()
    return " ".join(reversed(open_))


def _pointed(line: str, column: int) -> str:
    first = max(0, column - 1 - _SHOWN // 2)
    cells = sum(2 if east_asian_width(c) in "WF" else 1 for c in line[first : column - 1])
    return f"  {line[first : first + _SHOWN]}\n  {' ' * cells}^"
