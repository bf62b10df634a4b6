"""Where exports go, what they replace, and what they leave alone; the command."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from kg.cli.app import app
from kg.cli.export import HELP, NAMES
from kg.errors import ExportError
from kg.exports.formats import BY_SUFFIX, FORMATS
from kg.exports.source import Source
from kg.exports.write import MARKER, export


def run(*args: str) -> Any:
    return app(list(args), standalone_mode=False)


def test_the_suffix_tells_the_format(lean: Source, tmp_path: Path) -> None:
    made = export(lean, tmp_path / "new" / "graph.nq")
    assert (made.files, made.size) == (1, (tmp_path / "new" / "graph.nq").stat().st_size)
    assert (tmp_path / "new" / "graph.nq").read_text("utf-8").startswith("<http")


def test_one_format_of_many_files_fills_the_folder(lean: Source, tmp_path: Path) -> None:
    export(lean, tmp_path / "out", ["neo4j"])
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        MARKER,
        "nodes.csv",
        "relationships.csv",
        "README.md",
    }


def test_several_formats_stand_side_by_side(lean: Source, tmp_path: Path) -> None:
    export(lean, tmp_path / "out", ["ntriples", "csv", "xlsx", "csv"])
    assert {p.name for p in (tmp_path / "out").iterdir()} == {MARKER, "graph.nt", "csv", "facts.xlsx"}


def test_an_earlier_export_is_replaced_as_a_whole(lean: Source, tmp_path: Path) -> None:
    export(lean, tmp_path / "out", ["ntriples"])
    export(lean, tmp_path / "out", ["nquads"])
    assert {p.name for p in (tmp_path / "out").iterdir()} == {MARKER, "graph.nq"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_somebody_else_is_left_alone(lean: Source, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(ExportError, match="not empty, and no export of kg"):
        export(lean, tmp_path, ["nquads"])
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize(
    ("out", "names", "says"),
    [
        (
            "graph.nt",
            ["turtle"],
            r"graph\.nt: the suffix of ntriples — name a folder, or a file that ends in \.ttl",
        ),
        ("graph.nt", ["csv"], "name a folder"),
        ("graph.nt", ["ntriples", "csv"], "the suffix of ntriples"),
        ("out", ["excel"], "no format is called 'excel' — formats: turtle, trig"),
    ],
)
def test_what_does_not_fit_is_named(
    out: str, names: list[str], says: str, lean: Source, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match=says):
        export(lean, tmp_path / out, names)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_half_written(lean: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old file stays where the new one fails."""
    old = tmp_path / "graph.ttl"
    old.write_text("old")

    def broken(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("kg.exports.rdf.lines", broken)
    with pytest.raises(OSError, match="no space"):
        export(lean, old)
    assert old.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"]


def test_every_format_has_a_suffix_or_a_folder_of_its_own() -> None:
    usual = [f.usual for f in FORMATS.values()]
    assert len(set(usual)) == len(usual) == 13
    assert len(BY_SUFFIX) == 9


def test_the_command_knows_every_format_and_says_what_each_loses() -> None:
    """`kg --help` does not import the formats, so their names stand in the command a second time."""
    assert tuple(FORMATS) == NAMES
    assert set(re.findall(r"[a-z0-9]+", HELP)) >= set(NAMES)


def test_the_command(tiny_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", str(tmp_path / "facts.xlsx"), "--store", str(tiny_store)) == 0
    assert capsys.readouterr().err.startswith(f"{tmp_path}/facts.xlsx：1 个文件，")
    assert run("export", str(tmp_path / "facts.xlsx" / "no"), "--store", str(tiny_store), "-f", "csv") == 2
    assert run("export", str(tmp_path / "out"), "--store", str(tmp_path), "-f", "csv") == 2
    assert "is not a store" in capsys.readouterr().err
