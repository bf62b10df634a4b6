"""A folder that is written as a whole: made beside its place and then put there, so that nobody sees half of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """A working folder beside a path, on the same disk, gone in the end."""
    out.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def swap(new: Path, out: Path) -> None:
    """Puts a finished folder, which lies in one of `beside`, in its place; the one that was there stays if that fails."""
    old = new.with_name("old")
    if out.exists():
        out.rename(old)
    try:
        new.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
