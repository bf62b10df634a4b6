"""Texts made safe for Plotly and for spreadsheets; the tile grid; what npm is asked for."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.hierarchy import points
from kg.errors import NpmError
from kg.graph.store import GraphStore
from kg.views.charts import npm
from kg.views.charts.geometry import tiles
from kg.views.charts.plot import CIVIDIS, escaped, in_lines, plotly_script
from kg.views.charts.tables import csv_file

MARKUP = re.compile(r"<(?!br>)")


@given(st.text())
def test_a_text_for_plotly_has_no_markup_and_reads_as_before(text: str) -> None:
    safe = escaped(text)
    assert "<" not in safe
    assert ">" not in safe
    assert unescape(safe) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("<b>甲</b>", "&lt;b&gt;甲&lt;/b&gt;"),
        ('<a href="https://x">y</a>', '&lt;a href="https://x"&gt;y&lt;/a&gt;'),
        ("R&D", "R&amp;D"),
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        ("两\n行<br>", "两 行&lt;br&gt;"),
    ],
)
def test_names_with_markup_show_as_text(text: str, safe: str) -> None:
    assert escaped(text) == safe


@given(st.text(alphabet="<>ab甲乙&/ ", min_size=1, max_size=40))
def test_lines_are_broken_by_us_alone(text: str) -> None:
    assert not MARKUP.search(in_lines(text, 5))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_text_becomes_a_formula(cell: str) -> None:
    rows = csv_file("a.csv", ["x"], [[cell]]).content.decode("utf-8-sig")
    assert f"'{cell}" in rows
    assert csv_file("a.csv", ["x"], [[-1.5]]).content.decode("utf-8-sig").endswith("-1.5\r\n")


def test_the_tile_grid_has_each_of_the_34_provincial_units_once(tiny_graph: GraphStore) -> None:
    rows = tiny_graph.query("SELECT ?r { ?r a pp:Province FILTER NOT EXISTS { ?r pp:abolished ?x } }").rows
    known = {str(getattr(row[0], "value", "")).rpartition("/")[2] for row in rows}
    assert len(tiles()) == 34
    assert set(tiles()) == known
    cells = [(t.row, t.column) for t in tiles().values()]
    assert len(set(cells)) == 34
    assert all(0 <= row < 8 and 0 <= column < 8 for row, column in cells)
    assert len({t.en for t in tiles().values()}) == len({t.zh for t in tiles().values()}) == 34


def test_tiles_lie_as_the_provinces_do(tiny_graph: GraphStore) -> None:
    """Of two provinces far apart, the northern one is never lower, and the eastern never farther left."""
    at = {iri.rpartition("/")[2]: place for iri, place in points(tiny_graph).items()}
    for a in tiles().values():
        for b in tiles().values():
            (x, y), (u, v) = at[a.code], at[b.code]
            assert not (y - v > 6 and a.row > b.row), (a.zh, b.zh)
            assert not (x - u > 9 and a.column < b.column), (a.zh, b.zh)


def test_the_scale_goes_from_light_to_dark() -> None:
    def light(colour: str) -> float:
        r, g, b = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    steps = [light(colour) for _, colour in CIVIDIS[1:]]
    assert steps == sorted(steps, reverse=True)


def test_plotly_ships_its_script() -> None:
    assert plotly_script().stat().st_size > 1_000_000


def test_the_lock_file_names_no_address_and_every_package_by_digest() -> None:
    lock = json.loads((npm.manifests() / "package-lock.json").read_text("utf-8"))
    packages = {name: p for name, p in lock["packages"].items() if name}
    assert {"node_modules/oxigraph", "node_modules/@zazuko/yasqe"} <= set(packages)
    assert all(p["integrity"].startswith("sha512-") and "resolved" not in p for p in packages.values())


def test_without_npm_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(NpmError, match=r"needs npm.*install Node\.js"):
        npm.packages(tmp_path / "none")


def test_npm_that_fails_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = tmp_path / "npm"
    fake.write_text("#!/bin/sh\necho 'no such host' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(fake))
    with pytest.raises(NpmError, match="no such host"):
        npm.packages(tmp_path / "cache" / "x")
    assert list((tmp_path / "cache").iterdir()) == []
