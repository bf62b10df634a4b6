"""Who may ask, and how: host names that a request may name, origins of pages that may read answers, headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?")
METHODS = "GET, HEAD, POST, OPTIONS"


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Guests:
    """The rules: ``hosts`` that requests may name (any if empty), ``origins`` whose pages may read (all if empty)."""

    hosts: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()

    @classmethod
    def of(cls, bound: str, hosts: Sequence[str] = (), origins: Sequence[str] = ()) -> Guests:
        """The rules for an address to which the server is bound, with more host names.

        On loopback, a page of a stranger could have its own name resolve to 127.0.0.1 and pass for the server's
        own page (DNS rebinding); so a request there must name this machine.
        """
        more = {h.lower() for h in hosts}
        own = LOOPBACK if is_loopback(bound) else ({bound.lower()} if more else set())
        return cls(frozenset(own | more), frozenset(o.rstrip("/") for o in origins))

    def knows(self, host: str) -> bool:
        """Whether a request may name this host.

        >>> Guests.of("127.0.0.1").knows("localhost:80"), Guests.of("127.0.0.1").knows("evil.example")
        (True, False)
        """
        match = _HOST.fullmatch(host)
        return match is not None and (not self.hosts or match[1].lower() in self.hosts)

    def headers(self, origin: str) -> dict[str, str]:
        """The headers of CORS for a page of this origin."""
        if not self.origins:
            return {"Access-Control-Allow-Origin": "*"}
        if origin in self.origins:
            return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
        return {"Vary": "Origin"}


class Gate:
    """Middleware that holds the rules for every request."""

    def __init__(self, app: ASGIApp, guests: Guests) -> None:
        self._app = app
        self._guests = guests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request that may not pass, or a preflight, and adds headers to all other answers."""
        if scope["type"] != "http":
            return
        asked = Headers(scope=scope)
        more = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
        more |= self._guests.headers(asked.get("origin", ""))

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in more.items():
                    if name == "Vary":
                        headers.add_vary_header(value)
                    else:
                        headers[name] = value
            await send(message)

        answer = self._own(scope, asked)
        await (answer or self._app)(scope, receive, sent)

    def _own(self, scope: Scope, asked: Headers) -> Response | None:
        if not self._guests.knows(asked.get("host", "")):
            return PlainTextResponse("this server does not go by that name: see --allow-host\n", 421)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in asked:
            wanted = {"Accept", "Content-Type", "Accept-Language"}
            allow = {
                "Access-Control-Allow-Methods": METHODS,
                "Access-Control-Allow-Headers": ", ".join(sorted(wanted)),
            }
            return Response(status_code=204, headers={**allow, "Access-Control-Max-Age": "86400"})
        return None
