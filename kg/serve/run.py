"""The server as a whole: address, signals, start and end."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from kg.errors import KgError, ServeError
from kg.serve.app import Endpoint
from kg.serve.edition import Edition
from kg.serve.guests import Guests
from kg.serve.pool import Limits
from kg.serve.relay import Relay

_HEADERS = 256 << 10  # a query in the address may be long
_CONNECTIONS = 1000
_GRACE = 3


@dataclass(frozen=True, slots=True)
class Options:
    """What is served, where, to whom, and within which limits."""

    store: Path
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    limits: Limits = field(default_factory=Limits)
    services: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    site: Path | None = None


class _Server(uvicorn.Server):
    """uvicorn's server, which leaves signals to us."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def run(options: Options, ready: Callable[[str], None], trouble: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM; SIGHUP has the store opened anew.

    ``ready`` is given the address when requests can be sent, ``trouble`` what went wrong while serving. Raises
    `ServeError` for an address that is taken, `StoreError` for a store that is none.
    """
    if options.site is not None and not (options.site / "index.html").is_file():
        raise ServeError(f"{options.site}: no index.html here", hint="write the explorer with kg site")
    asyncio.run(_run(options, ready, trouble))


async def _run(options: Options, ready: Callable[[str], None], trouble: Callable[[str], None]) -> None:
    bound = _bind(options.host, options.port)
    with contextlib.closing(bound):
        relay = Relay(options.services, options.limits) if options.services else None
        endpoint = Endpoint(Guests.of(options.host, options.hosts, options.origins), relay)
        server = _Server(
            uvicorn.Config(
                endpoint.app(), http="h11", ws="none", loop="asyncio", lifespan="off", log_config=None,
                access_log=False, server_header=False, timeout_keep_alive=15, limit_concurrency=_CONNECTIONS,
                timeout_graceful_shutdown=_GRACE, h11_max_incomplete_event_size=_HEADERS,
            )
        )  # fmt: skip
        loop = asyncio.get_running_loop()

        def leave() -> None:
            server.should_exit = True
            if endpoint.edition is not None:
                loop.call_later(_GRACE / 3, endpoint.edition.pool.halt)

        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, leave)
        services = relay.addresses(_own_address(bound)) if relay else {}

        async def opened() -> Edition:
            edition = Edition(
                options.store, workers=options.workers, limits=options.limits, services=services,
                site=options.site,
            )  # fmt: skip
            await edition.start()
            return edition

        async def reopened() -> None:
            old = endpoint.edition
            try:
                endpoint.edition = await opened()
            except KgError as error:
                return trouble(str(error))
            if old is not None:
                await old.retire()

        reopening: set[asyncio.Task[None]] = set()

        def reopen() -> None:
            task = asyncio.ensure_future(reopened())
            reopening.add(task)
            task.add_done_callback(reopening.discard)

        endpoint.edition = await opened()
        try:
            loop.add_signal_handler(signal.SIGHUP, reopen)
            if not server.should_exit:
                ready(address(bound))
            await server.serve([bound])
        finally:
            for task in tuple(reopening):
                task.cancel()
            await asyncio.gather(*reopening, return_exceptions=True)
            await endpoint.edition.close()


def address(bound: socket.socket) -> str:
    """The address at which a bound socket is reached."""
    host, port = bound.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _own_address(bound: socket.socket) -> str:
    """The address at which workers reach the server."""
    here = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}
    found = address(bound)
    for everywhere, loopback in here.items():
        found = found.replace(f"//{everywhere}:", f"//{loopback}:")
    return found


def _bind(host: str, port: int) -> socket.socket:
    try:
        family, *_, to = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server((str(to[0]), port), family=family, backlog=512)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ServeError(f"{host}:{port}: {reason}", hint="choose another --port or --host") from error
