"""Borders that a user brings: matched by code or name, refused with a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.graph.store import GraphStore
from kg.views.charts import geometry
from kg.views.charts.geometry import borders
from kg.views.charts.map import map_view
from kg.views.site.context import SiteOptions, context
from kg.views.site.page import Page

NAMES = {"江苏省": "320000", "江苏": "320000", "Jiangsu": "320000", "浙江省": "330000"}
SQUARE = [[[118.0, 31.0], [121.0, 31.0], [121.0, 34.0], [118.0, 34.0], [118.0, 31.0]]]


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def feature(coordinates: Any = SQUARE, type_: str = "Polygon", **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": type_, "coordinates": coordinates},
    }


def written(folder: Path, data: Any) -> Path:
    path = folder / "borders.geojson"
    path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "properties",
    [
        {"adcode": 320000}, {"adcode": "320000"}, {"gb": "156320000"}, {"code": "32"}, {"name": "江苏省"},
        {"name": "江苏"}, {"NAME": "Jiangsu"}, {"id": 320000, "name": "?"},
    ],
)  # fmt: skip
def test_a_region_is_found_by_code_or_name(tmp_path: Path, properties: dict[str, Any]) -> None:
    (border,) = borders(written(tmp_path, collection(feature(**properties))), NAMES)
    assert border.code == "320000"
    assert border.x == (118.0, 121.0, 121.0, 118.0, 118.0, None)


def test_parts_of_one_region_are_one_border_and_unknown_ones_are_left_out(tmp_path: Path) -> None:
    islands = feature([SQUARE, SQUARE], "MultiPolygon", name="浙江省")
    (border,) = borders(written(tmp_path, collection(islands, feature(name="火星"))), NAMES)
    assert border.x.count(None) == 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("{", "no JSON"),
        ('{"type": "Topology"}', "no FeatureCollection"),
        ("[1]", "no FeatureCollection"),
        ("[" * 100_000, "no JSON"),
        (collection(feature(name="火星")), "no feature is a region"),
        (
            collection(feature(type_="LineString", coordinates=SQUARE[0], name="江苏省")),
            "no feature is a region",
        ),
        (
            collection(feature([[[13000000.0, 3600000.0]]], name="江苏省")),
            "feature 1: .*not in or near China",
        ),
        (collection(feature([[["a", "b"]]], name="江苏省")), "feature 1"),
        (collection(feature([[[118.0]]], name="江苏省")), "feature 1"),
        (collection(feature([[[float("nan"), 31.0]]], name="江苏省")), "feature 1"),
        (collection(None, 3), "no feature is a region"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_place(tmp_path: Path, data: Any, says: str) -> None:
    path = written(tmp_path, data)
    with pytest.raises(InputError, match=says) as caught:
        borders(path, NAMES)
    assert str(path) in str(caught.value)


def test_size_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, collection(feature(name="江苏省")))
    monkeypatch.setattr(geometry, "MOST_POINTS", 4)
    with pytest.raises(InputError, match="more than 4 points"):
        borders(path, NAMES)
    monkeypatch.setattr(geometry, "LARGEST_FILE", 10)
    with pytest.raises(InputError, match="more than 10"):
        borders(path, NAMES)
    with pytest.raises(InputError, match="cannot be read"):
        borders(tmp_path / "none.geojson", NAMES)


def test_the_map_draws_borders_only_where_they_are_given(tiny_graph: GraphStore, tmp_path: Path) -> None:
    path = written(tmp_path, collection(feature(name="江苏省")))
    for options, codes in ((SiteOptions(), []), (SiteOptions(geojson=path), ["320000"])):
        page = next(made for made in map_view(context(tiny_graph, options)) if isinstance(made, Page))
        assert [code for code, *_ in page.data["map"]["borders"]] == codes
