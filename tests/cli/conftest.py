"""Runs the command in this process, or as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli.app import app

Kg = Callable[..., Result]
Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def kg(tiny_store: Path) -> Kg:
    """``kg`` with the tiny store as its default; the result has exit_code, stdout and stderr."""

    def run(*args: str, stdin: str | bytes | None = None, **env: str) -> Result:
        settings = {"KG_STORE": str(tiny_store), "COLUMNS": "120", **env}
        return CliRunner().invoke(app, list(args), input=stdin, env=settings)

    return run


@pytest.fixture
def program(tiny_store: Path) -> Program:
    """``kg`` as a process of its own."""

    def run(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
        return subprocess.run(
            [sys.executable, "-m", "kg.cli", *args],
            env=kept | {"KG_STORE": str(tiny_store), "COLUMNS": "120", **env},
            capture_output=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    return run
