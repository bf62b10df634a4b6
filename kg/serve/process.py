"""A worker as the front sees it: a child process, what it has used, and how it is ended."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.serve.wire import HEAD

if TYPE_CHECKING:
    from kg.serve.pool import Failure

PATIENCE = 1.0
"""Seconds of a processor after which a query counts as slow."""


@dataclass(slots=True, eq=False)
class Worker:
    """A process with the query that it is at; ``stopped`` says why it was ended, if it was."""

    process: asyncio.subprocess.Process
    since: float = 0.0
    before: float = 0.0
    stopped: Failure | None = None

    def begin(self) -> None:
        """Notes that a query begins."""
        self.since, self.before = time.monotonic(), _processor_seconds(self.process.pid)
        self.stopped = None

    def spent(self) -> float:
        """Seconds of a processor that the query has had."""
        return _processor_seconds(self.process.pid) - self.before

    def is_slow(self) -> bool:
        """Whether the query takes long by itself, and not because the machine has much else to do."""
        return self.spent() > PATIENCE or time.monotonic() - self.since > 5 * PATIENCE

    def kill(self) -> None:
        """Ends the process at once."""
        end(self.process)

    def yield_to_others(self) -> None:
        """Gives the process a low priority, which it keeps: none but root could raise it again."""
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid, 15)
            for thread in os.listdir(f"/proc/{self.process.pid}/task"):
                os.setpriority(os.PRIO_PROCESS, int(thread), 15)

    async def frame(self) -> tuple[bytes, bytes]:
        """The next frame that it sends."""
        out = self.process.stdout
        assert out is not None
        kind, size = HEAD.unpack(await out.readexactly(HEAD.size))
        return kind, await out.readexactly(size)


def end(process: asyncio.subprocess.Process) -> None:
    """Ends a child at once; asyncio's own ``kill`` would take the status that its watcher waits for."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)


def environment() -> dict[str, str]:
    """The environment of a child that imports the same kg as this process, and nothing from where it was started."""
    root = str(Path(__file__).parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))}


def _processor_seconds(process: int) -> float:
    """What a process has used; 0 where the system does not tell as Linux does (proc(5))."""
    try:
        stat = Path(f"/proc/{process}/stat").read_bytes()
        fields = stat.rpartition(b") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return 0.0
