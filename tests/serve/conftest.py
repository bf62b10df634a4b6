"""A server as people start it, in a process of its own, over the tiny store."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs: its process and the address that it printed."""

    process: subprocess.Popen[str]
    address: str

    @property
    def sparql(self) -> str:
        return f"{self.address}sparql"

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    def ask(
        self, query: str, accept: str = "application/sparql-results+json", **more: object
    ) -> httpx.Response:
        given = {"query": query, **more}
        return httpx.get(self.sparql, params=given, headers={"Accept": accept}, timeout=60)

    def value(self, query: str) -> str:
        """The only value of the only row of an answer."""
        answer = self.ask(query)
        assert answer.status_code == 200, answer.text
        [row] = answer.json()["results"]["bindings"]
        [cell] = row.values()
        return str(cell["value"])


def started(store: Path, *options: str) -> Running:
    """A server over a store, ready to be asked."""
    command = [sys.executable, "-m", "kg.cli", "serve", "--store", str(store), "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return Running(process, process.stdout.readline().strip())


def ended(server: Running, by: int = signal.SIGTERM) -> tuple[int, str]:
    """The exit status of a server that is asked to end, and what it said on standard error."""
    server.process.send_signal(by)
    _, said = server.process.communicate(timeout=30)
    return server.process.returncode, said


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that stands for the explorer, so that most tests need not write one."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_text("<!doctype html><title>explorer</title><h1>浏览</h1>", "utf-8")
    (folder / "a.css").write_text("h1 { color: red }", "utf-8")
    return folder


@pytest.fixture(scope="session")
def server(tiny_store: Path, site: Path) -> Iterator[Running]:
    """The server of most tests."""
    running = started(tiny_store, "--site", str(site))
    try:
        yield running
    finally:
        status, said = ended(running)
        assert status == 0
        assert "Traceback" not in said
