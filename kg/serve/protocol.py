"""The SPARQL 1.1 Protocol, reading: from an HTTP request to a question, or to the reason why it is none."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.serve.pool import Failure

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
UPDATES = frozenset({"update", "using-graph-uri", "using-named-graph-uri"})
MAX_QUERY, MAX_BODY, MAX_PARAMETERS = 200_000, 1_000_000, 200


@dataclass(frozen=True, slots=True)
class Question:
    """What a request asks: a query, empty where there is none, the graphs that it names, a format by name."""

    query: str = ""
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    format: str = ""

    @property
    def has_dataset(self) -> bool:
        """Whether the request itself says which graphs to read."""
        return bool(self.default or self.named)


async def question(request: Request) -> Question:
    """The question of a GET or POST request; raises `Failure` for a request that is not of the protocol."""
    url = parameters(request.scope["query_string"], "the address")
    if request.method != "POST":
        return _question(url)
    type_ = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if type_ not in (FORM, DIRECT):
        updating = type_ == "application/sparql-update"
        raise _no_update() if updating else Failure(415, f"send {FORM} or {DIRECT}, not {type_ or 'nothing'}")
    body = await _body(request)
    if type_ == FORM:
        asked = _question(url + parameters(body, "the body"))
    else:
        if any(name == "query" for name, _ in url):
            raise Failure(400, "a query in the address and one in the body — send one")
        asked = _question([*url, ("query", _text(body, "the body"))])
    if not asked.query:
        raise Failure(400, "no query")
    return asked


def parameters(data: bytes, where: str) -> list[tuple[str, str]]:
    """Names and values of an encoded form; raises `Failure` where they are not UTF-8.

    >>> parameters(b"query=ASK+%7B%7D&x=", "the body")
    [('query', 'ASK {}'), ('x', '')]
    """
    try:
        return parse_qsl(
            data.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS
        )
    except UnicodeDecodeError:
        raise Failure(400, f"{where} is not UTF-8, or not percent-encoded") from None
    except ValueError:
        raise Failure(400, f"{where} has more than {MAX_PARAMETERS} parameters") from None


def _question(given: list[tuple[str, str]]) -> Question:
    values: dict[str, list[str]] = {}
    for name, value in given:
        values.setdefault(name, []).append(value)
    if UPDATES & values.keys():
        raise _no_update()
    queries = values.get("query", [])
    if len(queries) > 1:
        raise Failure(400, "more than one query — send one")
    query = queries[0] if queries else ""
    if len(query) > MAX_QUERY:
        raise Failure(413, f"the query is longer than {MAX_QUERY:,} characters")
    default, named = (tuple(values.get(f"{kind}-graph-uri", ())) for kind in ("default", "named"))
    return Question(query, default, named, (values.get("format") or values.get("output") or [""])[0])


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                raise Failure(413, f"the body is longer than {MAX_BODY:,} bytes")
    except ClientDisconnect:
        raise Failure(400, "the request ended too soon") from None
    return bytes(body)


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Failure(400, f"{where} is not UTF-8") from None


def _no_update() -> Failure:
    return Failure(403, "this endpoint only reads: updates are refused")
