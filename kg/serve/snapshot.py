"""The store as it is at this moment, for as long as it is served.

``kg build`` puts a new folder in the old one's place; workers that start later would find the new one, and two
answers of one server would not fit together. So what is served is a folder of hard links: it costs no space, and
lasts whatever becomes of the store.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError
from kg.graph.store import MARKER, QUADS, TEXTS, GraphStore

PREFIX = ".kg-serve-"
_LOCK = "in-use"


@contextmanager
def snapshot(store: Path) -> Iterator[Path]:
    """A folder with the store as it is now, removed at the end; raises `StoreError` where there is no store.

    What a server that was killed has left behind is removed, too.
    """
    GraphStore.open(store)
    folder = _beside(store)
    with _held(folder):
        try:
            _sweep(folder.parent)
            _link_all(store, folder)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Marks a folder as one that is in use, for as long as this process lives."""
    new = folder / f"{_LOCK}.new"
    with new.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        new.rename(folder / _LOCK)  # under its name it is never without the lock
        yield


def _sweep(parent: Path) -> None:
    for lock in sorted(parent.glob(f"{PREFIX}*/{_LOCK}")):
        try:
            with lock.open() as held:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(lock.parent, ignore_errors=True)
        except OSError:
            continue  # in use, or somebody else's


def _beside(store: Path) -> Path:
    """A new folder on the same disk, where hard links can be made, or else where temporary files go."""
    try:
        return Path(tempfile.mkdtemp(prefix=PREFIX, dir=store.absolute().parent))
    except OSError:
        return Path(tempfile.mkdtemp(prefix=PREFIX))


def _link_all(store: Path, to: Path) -> None:
    for last in (False, False, True):
        try:
            return _link(store, to)
        except OSError as error:  # a build may just be putting a new store in the old one's place
            if last:
                raise StoreError(
                    f"{store}: cannot be read: {error.strerror}", hint="build it again"
                ) from error
        time.sleep(0.2)
        for part in (QUADS, TEXTS):
            shutil.rmtree(to / part, ignore_errors=True)


def _link(store: Path, to: Path) -> None:
    shutil.copyfile(store / MARKER, to / MARKER)
    for part in (QUADS, TEXTS):
        (to / part).mkdir()
        for file in sorted((store / part).iterdir()):
            # RocksDB never changes a finished table; what it may append to is copied.
            if part == TEXTS or file.suffix == ".sst":
                _link_or_copy(file, to / part / file.name)
            else:
                shutil.copyfile(file, to / part / file.name)


def _link_or_copy(file: Path, to: Path) -> None:
    try:
        os.link(file, to)
    except OSError:
        shutil.copyfile(file, to)
