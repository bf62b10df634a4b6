"""Start and end of the server, the store beneath it, and what is left behind: nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest
from tiny_plans import tiny_plans

from kg.graph.build import build
from kg.graph.store import GraphStore
from kg.serve.snapshot import snapshot

from .conftest import Running, ended, started
from .endless import ENDLESS, until

PLANS = "SELECT (COUNT(DISTINCT ?d) AS ?n) { GRAPH ?d { ?d a pp:PolicyDocument ; dcterms:identifier ?id } }"


def small(folder: Path, plans: int) -> Path:
    """A store of the first of the four plans."""
    build(list(tiny_plans())[:plans], folder, background_quads=[])
    return folder


def left(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if "kg-serve" in p.name)


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_end_leaves_nothing_behind(tmp_path: Path, site: Path, by: int) -> None:
    running = started(small(tmp_path / "store", 1), "--site", str(site))
    children = psutil.Process(running.process.pid).children(recursive=True)
    assert children
    assert len(left(tmp_path)) == 1
    with ThreadPoolExecutor(1) as pool:
        endless = pool.submit(httpx.get, running.sparql, params={"query": ENDLESS}, timeout=30)
        assert until(lambda: any(c.cpu_percent(0.1) > 50 for c in children))
        status, said = ended(running, by)
        endless.exception()
    assert status == 0
    assert "Traceback" not in said
    assert left(tmp_path) == []
    assert not any(c.is_running() for c in children)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux ends the children")
def test_workers_end_with_a_server_that_is_killed(tmp_path: Path, site: Path) -> None:
    running = started(small(tmp_path / "store", 1), "--site", str(site))
    children = psutil.Process(running.process.pid).children(recursive=True)
    ended(running, signal.SIGKILL)
    assert until(lambda: not any(c.is_running() and c.status() != "zombie" for c in children))


def test_what_a_killed_server_left_behind_is_removed_by_the_next(tmp_path: Path, site: Path) -> None:
    store = small(tmp_path / "store", 1)
    ended(started(store, "--site", str(site)), signal.SIGKILL)
    assert len(left(tmp_path)) == 1
    other = started(store, "--site", str(site))
    third = started(store, "--site", str(site))  # does not touch what is still in use
    assert other.value(PLANS) == third.value(PLANS) == "1"
    assert len(left(tmp_path)) == 2
    for running in (other, third):
        assert ended(running)[0] == 0
    assert left(tmp_path) == []


def test_a_store_that_is_built_anew_is_served_as_it_was_until_told(tmp_path: Path, site: Path) -> None:
    store = small(tmp_path / "store", 2)
    running = started(store, "--site", str(site), "--time-limit", "2", "--workers", "1")
    try:
        assert running.value(PLANS) == "2"
        small(store, 4)
        # a worker that is started after the build, as the one before was stopped, opens the same store as before
        assert running.ask(ENDLESS).status_code == 503
        assert running.value(PLANS) == "2"
        running.process.send_signal(signal.SIGHUP)
        assert until(lambda: running.value(PLANS) == "4")
        assert until(lambda: len(left(tmp_path)) == 1)
        # a store that cannot be opened leaves the one that is served where it is
        (store / "kg-store.json").unlink()
        running.process.send_signal(signal.SIGHUP)
        assert until(lambda: running.value(PLANS) == "4")
    finally:
        status, said = ended(running)
    assert status == 0
    assert "is not a store" in said


def test_a_snapshot_is_a_store_and_shares_its_tables(tmp_path: Path) -> None:
    store = small(tmp_path / "store", 1)
    before = {p: p.stat().st_mtime_ns for p in sorted(store.rglob("*"))}
    with snapshot(store) as copy:
        graph = GraphStore.open(copy)
        assert graph.documents() == ["guide-2016"]
        assert graph.text("guide-2016") == GraphStore.open(store).text("guide-2016")
        tables = sorted(p.name for p in (store / "oxigraph").glob("*.sst"))
        assert tables
        for name in tables:
            assert os.path.samefile(store / "oxigraph" / name, copy / "oxigraph" / name)
        manifest = next(p.name for p in (store / "oxigraph").glob("MANIFEST*"))
        assert not os.path.samefile(store / "oxigraph" / manifest, copy / "oxigraph" / manifest)
    assert not copy.exists()
    assert {p: p.stat().st_mtime_ns for p in sorted(store.rglob("*"))} == before


MISTAKES = [
    (["--store", "{tmp}/none"], "no store here"),
    (["--store", "{tmp}"], "is not a store"),
    (["--store", "{store}", "--port", "{taken}"], "in use"),
    (["--store", "{store}", "--port", "70000"], "65535"),
    (["--store", "{store}", "--host", "nowhere.invalid"], "nowhere.invalid"),
    (["--store", "{store}", "--site", "{tmp}/none"], "no index.html here"),
    (["--store", "{store}", "--allow-service", "file:///etc/passwd"], "no address of an endpoint"),
    (["--store", "{store}", "--time-limit", "0"], "time-limit"),
]  # fmt: skip


@pytest.mark.parametrize(("options", "said"), MISTAKES, ids=[m[1] for m in MISTAKES])
def test_a_mistake_is_one_line_and_status_2(
    tmp_path: Path, tiny_store: Path, options: list[str], said: str
) -> None:
    before = left(tiny_store.parent)
    with socket.create_server(("127.0.0.1", 0)) as other:
        names = {"tmp": tmp_path, "store": tiny_store, "taken": other.getsockname()[1]}
        command = [sys.executable, "-m", "kg.cli", "serve", *(o.format(**names) for o in options)]
        env = {**os.environ, "KG_LANG": "en"}
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""
    assert left(tiny_store.parent) == before


def test_other_machines_are_let_in_only_on_demand_and_with_a_word(tmp_path: Path, site: Path) -> None:
    def listening(running: Running) -> set[str]:
        return {
            c.laddr.ip
            for c in psutil.Process(running.process.pid).net_connections("tcp")
            if c.status == "LISTEN"
        }

    store = small(tmp_path / "store", 1)
    at_home = started(store, "--site", str(site))
    assert listening(at_home) == {"127.0.0.1"}
    status, said = ended(at_home)
    assert (status, "other machines" in said) == (0, False)
    abroad = started(store, "--site", str(site), "--host", "0.0.0.0")
    assert listening(abroad) == {"0.0.0.0"}
    assert httpx.get(f"http://127.0.0.1:{abroad.port}/", headers={"Host": "any.example"}).status_code == 200
    status, said = ended(abroad)
    assert (status, "other machines" in said) == (0, True)


@pytest.mark.slow
def test_the_explorer_is_written_while_questions_are_answered(tiny_store: Path) -> None:
    running = started(tiny_store)
    try:
        first = httpx.get(running.address)
        assert first.status_code == 200
        assert "sparql" in first.text
        assert running.ask("ASK {}").status_code == 200
        assert until(lambda: httpx.get(f"{running.address}assets/site.css").status_code == 200, 120)
        assert "正在生成" not in httpx.get(running.address).text
    finally:
        assert ended(running)[0] == 0
