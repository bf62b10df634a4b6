"""One edition of what is served: a snapshot of the store, its workers, its description and its explorer."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from kg.serve.describe import Contents, contents
from kg.serve.pool import Limits, Pool, Reply
from kg.serve.process import end, environment
from kg.serve.snapshot import snapshot
from kg.serve.wire import Ask


class Edition:
    """``start`` before use, ``close`` after; a later edition of the same store is another object."""

    def __init__(
        self,
        store: Path,
        *,
        workers: int,
        limits: Limits,
        services: Mapping[str, str],
        site: Path | None = None,
    ) -> None:
        self._stack = ExitStack()
        folder = self._stack.enter_context(snapshot(store))
        scratch = folder / "answers"
        scratch.mkdir()
        self.site = site
        self.failed = False
        self.pool = Pool(folder / "oxigraph", size=workers, limits=limits, scratch=scratch, services=services)
        self._folder = folder
        self._contents: Contents | None = None
        self._counting = asyncio.Lock()
        self._asked = 0
        self._writing: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Starts the workers, and the writing of the explorer where it has no folder yet."""
        try:
            await self.pool.start()
        except BaseException:
            await self.close()
            raise
        if self.site is None:
            self._writing = asyncio.create_task(self._write_site())

    async def ask(self, ask: Ask) -> Reply:
        """The answer to a question; raises `Failure`."""
        self._asked += 1
        try:
            return await self.pool.run(ask)
        finally:
            self._asked -= 1

    async def contents(self) -> Contents:
        """What the data set holds, counted when it is asked for first."""
        async with self._counting:
            if self._contents is None:
                self._contents = await contents(self._json)
            return self._contents

    async def retire(self) -> None:
        """Closes when the questions that are on their way have been answered."""
        while self._asked:
            await asyncio.sleep(0.1)
        await self.close()

    async def close(self) -> None:
        """Ends all processes and removes the snapshot."""
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)
        await self.pool.close()
        self._stack.close()

    async def _json(self, query: str) -> bytes:
        reply = await self.ask(Ask(query))
        with reply.body as body:
            return body.read()

    async def _write_site(self) -> None:
        out = self._folder / "site"
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "kg.serve.explorer", str(self._folder), str(out),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL, start_new_session=True, env=environment(),
        )  # fmt: skip
        try:
            self.failed = await process.wait() != 0
        finally:
            end(process)
            await process.wait()
        if not self.failed:
            self.site = out
