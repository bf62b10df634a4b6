"""Many clients at once, for a few seconds: the minute is benchmarks/serve.py."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import ended, started


@pytest.fixture(scope="module")
def benchmark() -> Any:
    """The benchmark as a module; it is not part of the package."""
    path = Path(__file__).parents[2] / "benchmarks" / "serve.py"
    spec = importlib.util.spec_from_file_location("benchmark_serve", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look there
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_fifty_clients_are_answered_while_one_query_does_not_end(
    tiny_store: Path, site: Path, benchmark: Any
) -> None:
    running = started(tiny_store, "--site", str(site), "--time-limit", "2")
    try:
        load = benchmark.load(running.sparql, running.process.pid, clients=50, seconds=5)
        figures = asyncio.run(load)
    finally:
        assert ended(running)[0] == 0
    assert figures.errors == {}
    assert figures.answers >= 50
    assert set(figures.endless) == {"503"}  # stopped after two seconds, and asked again
    assert len(figures.memory) == 11
