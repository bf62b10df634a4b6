"""A folder is replaced whole or not at all, and nothing is left beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph.folders import beside, swap


def test_a_folder_takes_the_place_of_another(tmp_path: Path) -> None:
    out = tmp_path / "above" / "site"
    for text in ("first", "second"):
        with beside(out) as work:
            assert work.parent == out.parent, "on the same disk"
            (work / "new").mkdir()
            (work / "new" / f"{text}.txt").write_text(text)
            swap(work / "new", out)
        assert [p.name for p in out.iterdir()] == [f"{text}.txt"]
        assert [p.name for p in out.parent.iterdir()] == ["site"]


def test_what_cannot_be_put_there_leaves_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "old.txt").write_text("old")
    with pytest.raises(FileNotFoundError), beside(out) as work:
        swap(work / "missing", out)
    assert (out / "old.txt").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]
