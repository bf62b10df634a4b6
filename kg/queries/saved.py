"""Saved queries: a ``.rq`` file a question, with its title, description and parameters in the header.

    # title: The clusters of a region          # title.zh: 某一区域的产业集聚区
    # description: …                           # description.zh: …
    # param region: region — 省或市 / province or city [optional]
    # columns: cluster place docs

A parameter ``region`` binds the variable ``?_region``, or ``?region`` where the query has no such variable. Its
type is a kind of thing (a name is looked up), ``thing``, ``class``, ``text``, ``integer``, ``number`` or ``year``.
In brackets stands its default, or ``optional``; without brackets it must be given. A line that ends in
``#? region`` holds only where the parameter is given. ``columns`` are those that a table shows; of ``city`` and
``cityLabel`` it shows the label.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.namespaces import KINDS, TRIG_PREFIXES, XSD

Term = NamedNode | Literal
Resolve = Callable[[str, str], str]
"""From the name of a thing and its kind (``thing`` for any) to its IRI."""

_HEADER = re.compile(r"#\s*(title|title\.zh|description|description\.zh|columns):\s*(.*)")
_PARAM = re.compile(r"#\s*param\s+(\w+):\s*([\w-]+)\s*(?:—\s*(.*?))?\s*(?:\[([^\[\]]*)\])?\s*")
_ONLY_WITH = re.compile(r"\s*#\?\s*(\w+)\s*$")
_NUMBERS = {
    "integer": (XSD.integer, r"[+-]?\d+"),
    "number": (XSD.decimal, r"[+-]?\d+(?:\.\d+)?"),
    "year": (XSD.gYear, r"\d{4}"),
}
TYPES = frozenset({*KINDS, *_NUMBERS, "thing", "class", "text"})
"""What a parameter may be: a kind of thing, `thing` for any, a class, or a value."""
_OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a saved query; ``default`` is None where there is none."""

    name: str
    type: str
    description: str = ""
    default: str | None = None
    optional: bool = False

    @property
    def required(self) -> bool:
        """Whether the query cannot run without it."""
        return not self.optional and self.default is None


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with what its header says of it."""

    name: str
    text: str
    title: str = ""
    title_zh: str = ""
    description: str = ""
    description_zh: str = ""
    params: tuple[Param, ...] = ()
    columns: tuple[str, ...] = ()

    def sparql(self, given: Mapping[str, str] | None = None) -> str:
        """The query without the lines that hold only for parameters that are not given.

        >>> SavedQuery("q", "ASK {\\n  ?s ?p ?o\\n  FILTER (?o = ?_x)  #? x\\n}").sparql()
        'ASK {\\n  ?s ?p ?o\\n\\n}'
        """
        have = {*(given or {}), *(p.name for p in self.params if p.default is not None)}
        lines = self.text.split("\n")
        return "\n".join(
            "" if (m := _ONLY_WITH.search(line)) and m[1] not in have else line for line in lines
        )

    def terms(self, given: Mapping[str, str], resolve: Resolve) -> dict[str, Term]:
        """The RDF terms of the variables that parameters bind, by variable.

        Raises `QueryError` for an unknown, a missing or a malformed parameter, and what ``resolve`` raises.
        """
        known = {p.name: p for p in self.params}
        if unknown := sorted(given.keys() - known.keys()):
            have = ", ".join(known) or "it has none"
            raise QueryError(f"{self.name} has no parameter {unknown[0]!r}", hint=f"its parameters: {have}")
        found: dict[str, Term] = {}
        for param in self.params:
            value = given.get(param.name, param.default)
            if value is not None:
                found[self._variable(param.name)] = _typed(param, value, resolve)
            elif param.required:
                hint = f"--param {param.name}=…（{param.description}）"
                raise QueryError(f"{self.name} needs the parameter {param.name!r}", hint=hint)
        return found

    def _variable(self, name: str) -> str:
        return f"_{name}" if re.search(rf"[?$]_{name}\b", self.text) else name


def parse(name: str, text: str) -> SavedQuery:
    """The query of a file's text; raises `QueryError` for a header line that cannot be read.

    >>> parse("q", "# title: All\\n# param n: integer — how many [5]\\nSELECT * {}").params[0].default
    '5'
    """
    said: dict[str, str] = {}
    params: list[Param] = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            break
        if header := _HEADER.fullmatch(line):
            said[header[1]] = header[2].strip()
        elif re.match(r"#\s*param\b", line):
            params.append(_param(name, line))
    return SavedQuery(
        name, text, said.get("title", ""), said.get("title.zh", ""), said.get("description", ""),
        said.get("description.zh", ""), tuple(params), tuple(said.get("columns", "").split()),
    )  # fmt: skip


def names() -> list[str]:
    """The names of the shipped queries, sorted."""
    return sorted(path.stem for path in _folder().glob("*.rq"))


def load(name: str) -> SavedQuery:
    """The shipped query of a name; raises `QueryError` with near names where there is none.

    >>> load("cities-clusters").title_zh[:4]
    '哪些城市'
    """
    have = names()
    if name not in have:
        near = get_close_matches(name, have, 3, 0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "kg queries lists them"
        raise QueryError(f"no saved query {name!r}", hint=hint)
    return parse(name, (_folder() / f"{name}.rq").read_text("utf-8"))


def every() -> Iterator[SavedQuery]:
    """All shipped queries, sorted by name."""
    return map(load, names())


def free_term(value: str) -> Term:
    """The term of a value that no header types: ``<iri>``, a known prefixed name, a number, else a text.

    >>> free_term("id:region/320500").value.rpartition("/")[2], free_term("2025").datatype.value[-7:]
    ('320500', 'integer')
    """
    if iri := _iri(value):
        return NamedNode(iri)
    for type_ in ("integer", "number"):
        datatype, pattern = _NUMBERS[type_]
        if re.fullmatch(pattern, value):
            return Literal(value, datatype=NamedNode(datatype))
    return Literal(value)


def _folder() -> Path:
    return Path(__file__).with_name("saved")


def _param(name: str, line: str) -> Param:
    match = _PARAM.fullmatch(line)
    if not match or match[2] not in TYPES:
        hint = "write # param name: type — description [default]; types: " + ", ".join(sorted(TYPES))
        raise QueryError(f"{name}: cannot read {line.strip()!r}", hint=hint)
    default, optional = match[4], match[4] == _OPTIONAL
    return Param(match[1], match[2], match[3] or "", None if optional else default, optional)


def _typed(param: Param, value: str, resolve: Resolve) -> Term:
    if param.type in _NUMBERS:
        datatype, pattern = _NUMBERS[param.type]
        if not re.fullmatch(pattern, value):
            raise QueryError(f"{param.name}={value!r} is no {param.type}", hint=f"--param {param.name}=2025")
        return Literal(value, datatype=NamedNode(datatype))
    if param.type == "text":
        return Literal(value)
    if param.type == "class":
        iri = _iri(value) or _iri(f"pp:{value}")
        if iri is None:
            raise QueryError(
                f"{param.name}={value!r} is no class", hint=f"--param {param.name}=pp:ProductField"
            )
        return NamedNode(iri)
    return NamedNode(resolve(value, param.type))


def _iri(value: str) -> str | None:
    """The IRI that ``<iri>`` or a known prefixed name means; none for what is not an IRI."""
    prefix, colon, local = value.partition(":")
    if value.startswith("<") and value.endswith(">"):
        text = value[1:-1]
    elif colon and prefix in TRIG_PREFIXES and local:
        text = f"{TRIG_PREFIXES[prefix]}{local}"
    else:
        return None
    try:
        return NamedNode(text).value
    except ValueError:
        return None
