"""``kg`` as a program: what it imports, how long help takes, and what happens to its pipes."""

from __future__ import annotations

import contextlib
import os
import pty
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import Program

HEAVY = {"spacy", "pandas", "numpy", "rdflib", "pyshacl", "owlrl", "pyvis", "networkx", "plotly"}


@pytest.mark.parametrize(
    "args",
    [
        ["--help"],
        ["build", "--help"],
        ["query", "cities-clusters", "--param", "region=江苏"],
        ["query", "SELECT * { ?s pp:hosts ?o }", "--format", "json"],
        ["queries"],
        ["show", "苏州"],
        ["show", "nanjing"],
        ["facts"],
        ["stats"],
    ],
    ids=lambda args: " ".join(args)[:40],
)
def test_questions_import_nothing_heavy(args: list[str], tiny_store: Path) -> None:
    script = (
        "import sys\nfrom kg.cli.app import app\n"
        f"try: app({args!r})\nexcept SystemExit as end: assert not end.code, end.code\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env={"KG_STORE": str(tiny_store), "PATH": "", "LC_ALL": "C.UTF-8"},
        capture_output=True, encoding="utf-8", check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stderr.splitlines()[-1] == "[]"


def test_help_is_fast(program: Program) -> None:
    """Processor time, so that what else the machine does not count."""

    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        program("--help")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(3)) < 0.5


def test_a_reader_that_goes_away_ends_it_quietly(tiny_store: Path) -> None:
    command = f"{sys.executable} -m kg.cli facts --store {tiny_store} | head -n 1 >/dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "0\n"
    assert done.stderr == ""


def test_output_is_utf8_whatever_the_locale(program: Program) -> None:
    done = program("facts", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="latin-1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "苏州生物医药产业园" in done.stdout


def test_a_query_past_its_time_limit_ends_the_program(program: Program) -> None:
    began = time.perf_counter()
    done = program(
        "query",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "--time-limit",
        "0.5",
        KG_LANG="en",
    )
    assert done.returncode == 2
    assert done.stderr == "kg: the query took more than 0.5 s — ask for less, or raise the time limit\n"
    assert time.perf_counter() - began < 20


def test_help_goes_to_a_file_without_colours(program: Program) -> None:
    assert "\x1b[" not in program("--help").stdout


def test_a_terminal_sees_a_bar_by_document(tmp_path: Path) -> None:
    plan = tmp_path / "规划 [一].txt"
    plan.write_text("浙江省医药规划\n一、重点领域\n重点发展抗体药物。\n", "utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kg.cli", "build", str(plan), "--store", str(tmp_path / "store")]
    env = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=env) as running:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # how a terminal says that its other end is closed
            while more := os.read(ours, 65536):
                shown += more
    os.close(ours)
    assert running.returncode == 0
    assert "1/1" in shown.decode("utf-8", "replace")
    assert "写入图谱" in shown.decode("utf-8", "replace")
