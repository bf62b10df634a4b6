"""The folder of a site: the same bytes for the same graph, and nothing of others is ever overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import SiteError
from kg.graph.store import GraphStore
from kg.views.site.context import SiteContext
from kg.views.site.page import File
from kg.views.site.write import MARKER, write_site

from .conftest import CORE, LISTED


def one(_: SiteContext) -> Iterator[File]:
    yield File("index.html", b"one")


def two(_: SiteContext) -> Iterator[File]:
    yield File("other.html", b"two")


def broken(_: SiteContext) -> Iterator[File]:
    yield File("index.html", b"half")
    raise RuntimeError("no more")


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


def test_the_same_graph_gives_the_same_bytes(tiny_store: Path, tiny_site: Path, tmp_path: Path) -> None:
    again = write_site(GraphStore.open(tiny_store), tmp_path / "again", views=CORE, entries=LISTED)
    assert files(again.path) == files(tiny_site)
    assert again.size == sum(path.stat().st_size for path in again.path.rglob("*") if path.is_file())
    assert again.pages == len(list(again.path.rglob("*.html")))


def test_an_earlier_site_is_replaced_whole(tiny_graph: GraphStore, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_site(tiny_graph, out, views=[one], entries=())
    write_site(tiny_graph, out, views=[two], entries=())
    assert (out / "other.html").read_bytes() == b"two"
    assert not (out / "index.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_new_folder_is_made_with_those_above(tiny_graph: GraphStore, tmp_path: Path) -> None:
    assert write_site(tiny_graph, tmp_path / "a" / "b", views=[one], entries=()).path.is_dir()


def test_an_empty_folder_is_taken(tiny_graph: GraphStore, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_site(tiny_graph, tmp_path / "out", views=[one], entries=())
    assert (tmp_path / "out" / MARKER).is_file()


def test_a_folder_with_something_else_is_left_alone(tiny_graph: GraphStore, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(SiteError, match="not empty"):
        write_site(tiny_graph, tmp_path, views=[one], entries=())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_file_or_a_link_is_left_alone(tiny_graph: GraphStore, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "out"
    if kind == "file":
        out.write_bytes(b"mine")
    else:
        (tmp_path / "elsewhere").mkdir()
        out.symlink_to(tmp_path / "elsewhere")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(SiteError, match="not a folder"):
        write_site(tiny_graph, out, views=[one], entries=())
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_what_fails_half_way_leaves_the_old_site(tiny_graph: GraphStore, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_site(tiny_graph, out, views=[one], entries=())
    with pytest.raises(RuntimeError, match="no more"):
        write_site(tiny_graph, out, views=[broken], entries=())
    assert (out / "index.html").read_bytes() == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_command_writes_the_site_and_says_where(
    tiny_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kg.cli.app import app

    assert app(["site", str(tmp_path / "out"), "--store", str(tiny_store)], standalone_mode=False) == 0
    assert "index.html" in "".join(capsys.readouterr())
    assert (tmp_path / "out" / "index.html").is_file()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_text("a")
    assert app(["site", str(tmp_path / "mine"), "--store", str(tiny_store)], standalone_mode=False) == 2
