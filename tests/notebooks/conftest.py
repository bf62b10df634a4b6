"""The store that the notebooks read: that of `kg.build`, with what is known of the quality of the facts."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

import kg


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of the store, made by the first worker that asks."""
    base = tmp_path_factory.getbasetemp()
    base = base if worker_id == "master" else base.parent
    with (base / "notebooks.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (base / "store-notebooks").exists():
            kg.build(store=base / "store-notebooks")
    return base / "store-notebooks"
