"""The workers: a few processes that answer queries, and what happens to a query that takes long.

A query first has one of ``size`` quick places. One that has used a processor for longer than `PATIENCE` makes
room for others: its process gets low priority and goes on in one of the slow places, and a fresh process takes
the quick place. Where the slow places are full and others wait, the query that has used most is stopped. So a
handful of endless queries costs the others next to nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from kg.errors import ServeError
from kg.serve import wire
from kg.serve.process import PATIENCE, Worker, environment
from kg.serve.wire import Ask

IN_MEMORY = 1 << 20
START_LIMIT = 60.0


class Failure(Exception):
    """Why a query has no answer: the status of HTTP for it, and a short text."""

    def __init__(self, status: int, text: str, *, retry: bool = False) -> None:
        self.status = status
        self.retry = retry
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may cost: seconds, bytes of the answer, megabytes of memory; and how many may wait how long."""

    seconds: float = 30.0
    answer: int = 256 << 20
    memory: int = 1024
    waiting: int = 200
    patience: float = 30.0


@dataclass(slots=True)
class Reply:
    """A whole answer: ``rows`` or ``triples`` in a format, its size, and a file (in memory if small) at its start."""

    kind: str
    format: str
    size: int
    body: IO[bytes]


class Pool:
    """Worker processes over one folder of quads; ``start`` before use, ``close`` after."""

    def __init__(
        self,
        quads: Path,
        *,
        size: int,
        limits: Limits,
        scratch: Path,
        services: Mapping[str, str] | None = None,
    ) -> None:
        self.limits = limits
        self._command = (
            sys.executable, "-P", "-m", "kg.serve.worker", str(quads), str(limits.memory), json.dumps(dict(services or {})),
        )  # fmt: skip
        self._size = size
        self._slow_size = max(2, size)
        self._scratch = scratch
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._slow: list[Worker] = []
        self._quick = asyncio.Semaphore(size)
        self._waiting = 0
        self._closed = False
        self._background: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Starts the workers; raises `ServeError` where the store does not open."""
        self._idle += await asyncio.gather(*(self._spawn() for _ in range(self._size)))

    def halt(self) -> None:
        """Stops what runs, and lets no more run: whoever has asked is told so."""
        self._closed = True
        for worker in self._all - {*self._idle}:
            worker.stopped = Failure(503, "the server is ending", retry=True)
            worker.kill()

    async def close(self) -> None:
        """Ends all workers, whatever they are at."""
        self._closed = True
        for task in self._background:
            task.cancel()
        for worker in tuple(self._all):
            worker.kill()
        for worker in tuple(self._all):
            await worker.process.wait()

    def processes(self) -> list[int]:
        """The ids of the workers' processes, for those who watch them."""
        return sorted(w.process.pid for w in self._all)

    async def run(self, ask: Ask) -> Reply:
        """The answer to a query; raises `Failure` for none. Cancelling it stops the query."""
        async with self._place() as leave:
            if self._closed:
                raise Failure(503, "the server is ending", retry=True)
            worker = self._idle.pop() if self._idle else await self._spawn()
            worker.begin()
            reuse = False
            mover = asyncio.create_task(self._make_room(worker, leave))
            try:
                async with asyncio.timeout(self.limits.seconds):
                    reply = await self._converse(worker, ask)
                reuse = True
                return reply
            except TimeoutError:
                hint = "ask for less"
                raise Failure(503, f"the query took more than {self.limits.seconds:g} s — {hint}") from None
            except Failure as failure:
                reuse = failure.status not in (413, 507)
                raise
            except (asyncio.IncompleteReadError, ConnectionError):
                broken = Failure(
                    500, f"the query needs more than {self.limits.memory} MB, or breaks the engine"
                )
                raise worker.stopped or broken from None
            finally:
                mover.cancel()
                self._done(worker, reuse=reuse and worker not in self._slow)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[Callable[[], None]]:
        """A quick place, which may be left early."""
        if self._waiting >= self.limits.waiting:
            raise Failure(503, "too many queries are waiting — try again in a moment", retry=True)
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.patience):
                await self._quick.acquire()
        except TimeoutError:
            raise Failure(503, "the server is busy — try again in a moment", retry=True) from None
        finally:
            self._waiting -= 1
        left = False

        def leave() -> None:
            nonlocal left
            if not left:
                left = True
                self._quick.release()

        try:
            yield leave
        finally:
            leave()

    async def _make_room(self, worker: Worker, leave: Callable[[], None]) -> None:
        while not worker.is_slow():
            await asyncio.sleep(PATIENCE / 4)
        while len(self._slow) >= self._slow_size:
            if self._waiting:
                longest = max(self._slow, key=lambda w: (w.spent(), -w.since))
                longest.stopped = Failure(
                    503, "stopped after a long time, as others were waiting", retry=True
                )
                longest.kill()
                self._slow.remove(longest)
                break
            await asyncio.sleep(PATIENCE / 4)
        self._slow.append(worker)
        worker.yield_to_others()
        leave()

    async def _converse(self, worker: Worker, ask: Ask) -> Reply:
        assert worker.process.stdin is not None
        worker.process.stdin.write(wire.encoded(ask))
        await worker.process.stdin.drain()
        kind, payload = await worker.frame()
        if kind == wire.FAILED:
            raise Failure(*json.loads(payload))
        body = self._file()
        answered, format_ = json.loads(payload)
        reply = Reply(answered, format_, 0, body)
        try:
            await self._take(worker, reply)
        except BaseException:
            body.close()
            raise
        body.seek(0)
        return reply

    def _file(self) -> IO[bytes]:
        return cast(IO[bytes], tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(self._scratch)))

    async def _take(self, worker: Worker, reply: Reply) -> None:
        while True:
            kind, payload = await worker.frame()
            if kind == wire.DONE:
                return
            if kind == wire.FAILED:
                raise Failure(*json.loads(payload))
            reply.size += len(payload)
            if reply.size > self.limits.answer:
                raise Failure(
                    413, f"the answer is larger than {self.limits.answer:,} bytes — ask for less: LIMIT"
                )
            try:
                reply.body.write(payload)
            except OSError:
                raise Failure(507, "no room for the answer") from None

    def _done(self, worker: Worker, *, reuse: bool) -> None:
        if reuse and not self._closed and len(self._idle) < self._size:
            self._idle.append(worker)
            return
        worker.kill()
        if worker in self._slow:
            self._slow.remove(worker)
        self._later(self._bury(worker))
        if not self._closed and len(self._idle) < self._size:
            self._later(self._refill())

    async def _bury(self, worker: Worker) -> None:
        await worker.process.wait()
        self._all.discard(worker)

    async def _refill(self) -> None:
        with contextlib.suppress(ServeError):
            worker = await self._spawn()
            if len(self._idle) < self._size and not self._closed:
                self._idle.append(worker)
            else:
                self._done(worker, reuse=False)

    def _later(self, work: object) -> None:
        task: asyncio.Task[None] = asyncio.ensure_future(work)  # type: ignore[call-overload]
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _spawn(self) -> Worker:
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL, start_new_session=True, env=environment(),
        )  # fmt: skip
        worker = Worker(process)
        self._all.add(worker)
        try:
            async with asyncio.timeout(START_LIMIT):
                await worker.frame()
        except BaseException as error:
            self._later(self._bury(worker))
            worker.kill()
            if isinstance(error, asyncio.IncompleteReadError | TimeoutError):
                raise ServeError(
                    "a worker did not start: the store cannot be read", hint="kg build"
                ) from None
            raise
        return worker
