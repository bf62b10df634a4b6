"""Formats of answers, and which of them a client takes: content negotiation of RFC 9110, section 12.5.1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

JSON, XML = "application/json", ("application/xml", "text/xml")
ROWS: Mapping[str, tuple[str, ...]] = {
    "json": ("application/sparql-results+json", JSON, "text/json"),
    "xml": ("application/sparql-results+xml", *XML),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
"""What SELECT and ASK are answered in, by our name for it; the first media type is the format's own."""
TRIPLES: Mapping[str, tuple[str, ...]] = {
    "turtle": ("text/turtle", "application/turtle", "application/x-turtle", "text/n3", "text/rdf+n3"),
    "nt": ("application/n-triples", "text/plain"),
    "rdfxml": ("application/rdf+xml", *XML),
    "jsonld": ("application/ld+json", JSON, "text/json"),
    "trig": ("application/trig", "application/x-trig"),
    "nq": ("application/n-quads", "text/x-nquads"),
}
"""What CONSTRUCT, DESCRIBE and the descriptions of the service come in."""
PAGE: Mapping[str, tuple[str, ...]] = {"page": ("text/html", "application/xhtml+xml")}
"""What a browser takes."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A format that a client takes and how its media type is written; both empty where it takes none."""

    format: str = ""
    media_type: str = ""
    quality: float = 0.0


def chosen(accept: str, offers: Mapping[str, tuple[str, ...]]) -> Taken:
    """The format among the offers that an ``Accept`` header likes best; the first where it likes two as much.

    >>> chosen("text/csv;q=0.5, application/json", ROWS)
    Taken(format='json', media_type='application/json', quality=1.0)
    >>> chosen("*/*", ROWS).media_type, chosen("", TRIPLES).format, chosen("image/png", ROWS).format
    ('application/sparql-results+json', 'turtle', '')
    >>> chosen("text/csv;q=0, */*;q=0.1", {"csv": ("text/csv",)})
    Taken(format='', media_type='', quality=0.0)
    """
    ranges = _ranges(accept) or {"*/*": 1.0}
    best = Taken()
    for name, types in offers.items():
        for media_type in types:
            quality = _quality(media_type, ranges, own=media_type == types[0])
            if quality > best.quality:
                best = Taken(name, _written(media_type), quality)
    return best


def named(name: str, offers: Mapping[str, tuple[str, ...]]) -> Taken:
    """The format that a ``format`` parameter names: by our name, a file's ending or a media type.

    >>> named("csv", ROWS).media_type, named("ttl", TRIPLES).format, named("text/turtle", TRIPLES).format
    ('text/csv; charset=utf-8', 'turtle', 'turtle')
    """
    asked = _ENDINGS.get(name.lower(), name.lower())
    for offer, types in offers.items():
        if asked == offer or asked in types:
            return Taken(offer, _written(types[0]), 1.0)
    return Taken()


_ENDINGS = {"ttl": "turtle", "n3": "turtle", "ntriples": "nt", "nquads": "nq", "html": "page"}


def _written(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _quality(media_type: str, ranges: Mapping[str, float], *, own: bool) -> float:
    """How much a type is liked; aliases of other formats are not meant by wild cards."""
    if media_type in ranges:
        return ranges[media_type]
    if not own:
        return 0.0
    kind = media_type.partition("/")[0]
    return ranges.get(f"{kind}/*", ranges.get("*/*", 0.0))


def _ranges(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for item in accept.split(","):
        media_range, *parameters = (part.strip().lower() for part in item.split(";"))
        if "/" in media_range:
            found[media_range] = _weight(parameters)
    return found


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
