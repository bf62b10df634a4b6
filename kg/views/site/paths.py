"""Where the page of a thing stands: names of files that every system takes, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.graph.slugs import document_slug, short
from kg.namespaces import ID

_PLAIN = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|index)(?:\..*)?")
_LONGEST = 100


def paths(iris: Iterable[str]) -> dict[str, str]:
    """The path of each thing's page by its IRI, such as ``region/320500.html``.

    What is no plain lower-case name, too long, or a name that Windows keeps for itself gets a hash.

    >>> paths([f"{ID}region/320500", f"{ID}field/con"])[f"{ID}region/320500"]
    'region/320500.html'
    """
    return {iri: f"{_file(iri)}.html" for iri in iris}


def _file(iri: str) -> str:
    kind, _, tail = iri[len(ID) :].partition("/") if iri.startswith(ID) else ("thing", "", iri)
    if len(tail) <= _LONGEST and _PLAIN.fullmatch(tail) and not _RESERVED.fullmatch(tail):
        return f"{kind}/{tail}"
    readable = re.sub(r"[^a-z0-9]+", "-", tail.lower())[:40].strip("-")
    return f"{kind}/{readable}-{short(iri, 10)}".replace("/-", "/x-")


def reader_path(doc: str) -> str:
    """The page with the full text of a document, by its id.

    >>> reader_path("demo")
    'reader/demo.html'
    """
    return f"reader/{_file(f'{ID}reader/{document_slug(doc).lower()}').partition('/')[2]}.html"
