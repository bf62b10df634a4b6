"""``SERVICE`` to the endpoints that are allowed: workers have them called by the front, which goes nowhere else.

The engine would follow a redirect to any address. So a worker is given an address of this server for each allowed
one; behind it, the request is passed on to that very endpoint, without redirects, and within the limits.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.errors import ServeError
from kg.serve.pool import Limits

PATH = "/.service"
_PASSED = ("accept", "content-type")


class Relay:
    """Passes requests of workers on to allowed endpoints.

    >>> Relay(["ftp://example.org"], Limits())
    Traceback (most recent call last):
    kg.errors.ServeError: 'ftp://example.org' is no address of an endpoint — give http://… or https://…
    """

    def __init__(self, allowed: Sequence[str], limits: Limits) -> None:
        for address in allowed:
            parts = urlsplit(address)
            if (
                parts.scheme not in ("http", "https")
                or not parts.hostname
                or set(address) & set(' <>"{}|\\^`')
            ):
                raise ServeError(
                    f"{address!r} is no address of an endpoint", hint="give http://… or https://…"
                )
        self._allowed = tuple(dict.fromkeys(allowed))
        self._limits = limits
        self._secret = secrets.token_urlsafe(24)

    def addresses(self, server: str) -> dict[str, str]:
        """For each allowed endpoint, the address at this server that stands for it."""
        return {a: f"{server.rstrip('/')}{PATH}/{self._secret}/{n}" for n, a in enumerate(self._allowed)}

    async def __call__(self, request: Request) -> Response:
        """Passes one request on."""
        import httpx

        number = request.path_params["number"]
        known = secrets.compare_digest(request.path_params["secret"].encode(), self._secret.encode())
        if not known or number >= len(self._allowed):
            return PlainTextResponse("nothing here\n", 404)
        headers = {name: request.headers[name] for name in _PASSED if name in request.headers}
        body = await request.body()
        try:
            async with (
                httpx.AsyncClient(
                    follow_redirects=False, timeout=self._limits.seconds, trust_env=False
                ) as client,
                client.stream("POST", self._allowed[number], content=body, headers=headers) as answer,
            ):
                if answer.status_code != 200:
                    return PlainTextResponse("the service did not answer\n", 502)
                got = bytearray()
                async for chunk in answer.aiter_bytes():
                    got += chunk
                    if len(got) > self._limits.answer:
                        return PlainTextResponse("the service answered too much\n", 502)
                return Response(bytes(got), media_type=answer.headers.get("content-type"))
        except httpx.HTTPError:
            return PlainTextResponse("the service cannot be reached\n", 502)
