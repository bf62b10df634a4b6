"""The application: the endpoint at ``/sparql``, descriptions, and the explorer at ``/``."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable
from typing import IO, Any, TypeVar

from pyoxigraph import RdfFormat
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from kg.serve import describe, page, worker
from kg.serve.edition import Edition
from kg.serve.formats import PAGE, ROWS, TRIPLES, Taken, chosen, named
from kg.serve.guests import METHODS, Gate, Guests
from kg.serve.pool import Failure, Reply
from kg.serve.protocol import Question, question
from kg.serve.relay import PATH, Relay
from kg.serve.wire import CHUNK, Ask

T = TypeVar("T")
_VARY = {"Vary": "Accept"}
_READING = "GET, HEAD"
# Routes take all methods and refuse by themselves, or the explorer behind them would answer for its own.
_ALL = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT"]


class Endpoint:
    """What requests are answered with; ``edition`` may be replaced by a later one at any time."""

    def __init__(self, guests: Guests, relay: Relay | None = None) -> None:
        self.edition: Edition | None = None
        self._guests = guests
        self._relay = relay

    def app(self) -> Starlette:
        """The ASGI application."""
        routes: list[Any] = [
            Route("/sparql", self.sparql, methods=_ALL),
            Route("/.well-known/void", self.dataset, methods=_ALL),
            Route("/dataset", self.dataset, methods=_ALL),
            Mount("/", self.explorer),
        ]
        if self._relay is not None:
            routes.insert(0, Route(PATH + "/{secret}/{number:int}", self._relay.__call__, methods=["POST"]))
        handlers: dict[Any, Any] = {Failure: _failed, HTTPException: _not_found, Exception: _broken}
        return Starlette(
            routes=routes, exception_handlers=handlers, middleware=[Middleware(Gate, guests=self._guests)]
        )

    @property
    def _current(self) -> Edition:
        if self.edition is None:
            raise Failure(503, "the server is starting", retry=True)
        return self.edition

    async def sparql(self, request: Request) -> Response:
        """The SPARQL protocol; without a query, the description of the service, or a form for a browser."""
        _only(METHODS, request.method)
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": METHODS})
        accept = ", ".join(request.headers.getlist("accept"))
        asked = Question()
        try:
            asked = await question(request)
            if asked.query:
                return await self._answer(request, asked, accept)
        except Failure as failure:
            if (
                chosen(accept, {**ROWS, **PAGE}).format != "page"
                or named(asked.format, {**ROWS, **TRIPLES}).format
            ):
                raise
            body = page.page(asked.query, problem=str(failure))
            return _html(body, failure.status, {"Retry-After": "1"} if failure.retry else {})
        if asked.has_dataset:
            raise Failure(400, "no query")
        return await self._about_service(request, accept)

    async def _answer(self, request: Request, asked: Question, accept: str) -> Response:
        rows, triples = _taken(asked.format, accept)
        ask = Ask(
            asked.query, rows.format, triples.format,
            asked.default if asked.has_dataset else None, asked.named if asked.has_dataset else None,
        )  # fmt: skip
        reply = await _unless_gone(request, self._current.ask(ask))
        if reply.format == "page":
            with reply.body as body:
                return _html(page.page(asked.query, json.load(body), kind=reply.kind))
        return _Spooled(reply, (triples if reply.kind == "triples" else rows).media_type)

    async def _about_service(self, request: Request, accept: str) -> Response:
        taken = chosen(accept, {**TRIPLES, **PAGE})
        if taken.format == "page":
            return _html(page.page())
        if not taken.format:
            raise Failure(400, "no query — the description of the service comes as text/turtle")
        has = await self._current.contents()
        triples = describe.service(
            _address(request, "/sparql"),
            _address(request, "/dataset"),
            has,
            federated=self._relay is not None,
        )
        return _described(triples, taken)

    async def dataset(self, request: Request) -> Response:
        """The data set in VoID and DCAT."""
        _only(_READING, request.method)
        accept = ", ".join(request.headers.getlist("accept"))
        taken = named(request.query_params.get("format", ""), TRIPLES)
        taken = taken if taken.format else chosen(accept, {**TRIPLES, **PAGE})
        if not taken.format:
            raise Failure(406, f"the description comes as {', '.join(t[0] for t in TRIPLES.values())}")
        has = await self._current.contents()
        here, endpoint, start = (_address(request, path) for path in ("/dataset", "/sparql", "/"))
        if taken.format == "page":
            taken = Taken("turtle", "text/plain; charset=utf-8")  # a browser shows it and does not save it
        return _described(describe.dataset(here, endpoint, start, has), taken)

    async def explorer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The explorer's files, or a page that says that they are being written."""
        edition = self._current
        if edition.site is not None:
            return await StaticFiles(directory=edition.site, html=True)(scope, receive, send)
        _only(_READING, scope["method"])
        if scope["path"] not in ("/", "/index.html"):
            raise HTTPException(404)
        await _html(page.start(failed=edition.failed))(scope, receive, send)


class _Spooled(Response):
    """An answer that lies in a file, which is closed in the end."""

    def __init__(self, reply: Reply, media_type: str) -> None:
        super().__init__(headers={"Content-Length": str(reply.size), "Content-Type": media_type, **_VARY})
        self._file: IO[bytes] = reply.body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._file as file:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            while chunk := file.read(CHUNK):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})


def _taken(format_: str, accept: str) -> tuple[Taken, Taken]:
    """The formats for rows and for triples: by the parameter ``format`` if it names one, else by ``Accept``."""
    wanted = [named(format_, {**kind, **PAGE}) for kind in (ROWS, TRIPLES)]
    if any(w.format for w in wanted):
        rows, triples = (
            w if w.format else chosen(accept, kind) for w, kind in zip(wanted, (ROWS, TRIPLES), strict=True)
        )
        return rows, triples
    rows, triples = (chosen(accept, {**kind, **PAGE}) for kind in (ROWS, TRIPLES))
    if not rows.format and not triples.format:
        have = ", ".join(types[0] for types in (*ROWS.values(), *TRIPLES.values()))
        raise Failure(406, f"answers come as {have}")
    return rows, triples


async def _unless_gone(request: Request, work: Awaitable[T]) -> T:
    """The result of work that is stopped where the client goes away."""

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    tasks = asyncio.ensure_future(work), asyncio.ensure_future(gone())
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if not tasks[0].done():
            raise Failure(400, "the client has gone away")
        return tasks[0].result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _only(methods: str, method: str) -> None:
    if method not in methods.split(", "):
        raise HTTPException(405, headers={"Allow": methods})


def _address(request: Request, path: str) -> str:
    return f"{request.url.scheme}://{request.url.netloc}{path}"


def _described(triples: list[Any], taken: Taken) -> Response:
    format_: RdfFormat = worker.TRIPLES[taken.format]
    return Response(describe.written(triples, format_), headers={"Content-Type": taken.media_type, **_VARY})


def _html(text: str, status: int = 200, headers: dict[str, str] | None = None) -> HTMLResponse:
    more = {"Content-Security-Policy": page.POLICY, **_VARY, **(headers or {})}
    return HTMLResponse(text, status, headers=more)


async def _failed(_: Request, failure: Failure) -> Response:
    return PlainTextResponse(f"{failure}\n", failure.status, {"Retry-After": "1"} if failure.retry else None)


async def _not_found(_: Request, error: HTTPException) -> Response:
    return PlainTextResponse(f"{error.detail}\n", error.status_code, headers=error.headers)


async def _broken(_: Request, __: Exception) -> Response:
    return PlainTextResponse("something went wrong here\n", 500)
