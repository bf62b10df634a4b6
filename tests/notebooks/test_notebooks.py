"""The notebooks tell the truth: run anew from a clean kernel they say what is saved, and what is saved is clean."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "notebooks"
NAMES = sorted(path.name for path in FOLDER.glob("*.ipynb"))
# A path of some machine, in words or in a traceback.
PATH = re.compile(r"(?<![\w.:/])/(?:home|root|Users|tmp|work|usr|var|opt|private)/|[A-Z]:\\\\|site-packages")
CLOCK = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d|\b0x[0-9a-f]{8,}")


def _refresh() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh", FOLDER / "refresh.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


refresh = _refresh()


def test_the_notebooks_are_numbered_without_a_gap() -> None:
    assert [int(name[:2]) for name in NAMES] == list(range(1, len(NAMES) + 1))
    assert [path.name for path in refresh.notebooks()] == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.filterwarnings("default::ResourceWarning")
@pytest.mark.filterwarnings("default::pytest.PytestUnraisableExceptionWarning")
def test_run_anew_it_says_what_is_saved(name: str, built: Path, tmp_path: Path) -> None:
    saved = refresh.read(FOLDER / name)
    made = refresh.executed(saved, built, tmp_path)
    assert refresh.errors(made) == []
    assert [cell.id for cell in made.cells] == [cell.id for cell in saved.cells]
    for (where, now), (_, before) in zip(refresh.said(made), refresh.said(saved), strict=True):
        assert now == before, f"{name} {where} is stale: python notebooks/refresh.py {name[:2]}"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_saved_is_clean(name: str) -> None:
    text = (FOLDER / name).read_text("utf-8")
    saved = refresh.read(FOLDER / name)
    assert len(text.encode()) < 500_000
    assert saved.metadata == refresh.METADATA
    assert [cell.id for cell in saved.cells] == [f"cell-{n:02}" for n in range(1, len(saved.cells) + 1)]
    assert all(cell.metadata == {} for cell in saved.cells)
    # Run from the first cell to the last, once.
    code = [cell for cell in saved.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert refresh.errors(saved) == []
    assert PATH.findall(text) == []
    assert CLOCK.findall(text) == []
    assert "cdn" not in text.lower()


@pytest.mark.parametrize("name", NAMES)
def test_it_is_written_for_readers(name: str) -> None:
    words = [cell.source for cell in refresh.read(FOLDER / name).cells if cell.cell_type == "markdown"]
    assert words[0].startswith(f"# {name[:2]} · ")
    assert "**问题：" in words[0]
    assert "**English summary.**" in words[0]
    assert sum(text.startswith("## ") for text in words) >= 4
    assert any(text.startswith("## 读出什么 / What we read") for text in words)
    # Links lead to what is there.
    for target in re.findall(r"\]\(([^)#:]+)\)", "\n".join(words)):
        assert (FOLDER / target).exists(), target


@pytest.mark.parametrize("name", NAMES)
def test_pictures_stand_still_where_no_script_runs(name: str) -> None:
    outputs = [o for c in refresh.read(FOLDER / name).cells for o in c.get("outputs", ())]
    pictures = [
        o.data for o in outputs
        if "data" in o and re.match(r"<(?:network|chart):", o.data.get("text/plain", ""))
    ]  # fmt: skip
    assert all(data["image/svg+xml"].startswith("<svg") for data in pictures)
    assert "<iframe" not in json.dumps(outputs)
    assert "<script" not in json.dumps(outputs)


def test_a_stale_notebook_is_told(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "99-short.ipynb"
    source = "import kg\nprint(len(kg.open().documents()))"
    cell = {"cell_type": "code", "id": "cell-01", "metadata": {}, "source": source, "execution_count": 1}
    stale = [{"output_type": "stream", "name": "stdout", "text": "4\n"}]
    path.write_text(
        json.dumps(
            {"cells": [{**cell, "outputs": stale}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        )
    )
    assert refresh._refresh(path, built, tmp_path, check=True) == 1
    assert refresh.said(refresh.read(path)) == [("cell-01", "4")]
    assert refresh._refresh(path, built, tmp_path, check=False) == 0
    assert refresh.said(refresh.read(path)) == [("cell-01", "5")]
    assert refresh._refresh(path, built, tmp_path, check=True) == 0


def test_a_notebook_that_fails_is_told_and_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "99-wrong.ipynb"
    cell = {
        "cell_type": "code",
        "id": "cell-01",
        "metadata": {},
        "source": "assert 1 > 2",
        "execution_count": None,
    }
    text = json.dumps(
        {"cells": [{**cell, "outputs": []}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    )
    path.write_text(text)
    assert refresh._refresh(path, tmp_path, tmp_path, check=False) == 1
    assert "assert 1 > 2" in capsys.readouterr().out
    assert path.read_text() == text
