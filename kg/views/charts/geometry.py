"""Where regions stand in pictures: their cell in the tile grid, and borders that a user brings."""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import InputError

LARGEST_FILE = 30_000_000
MOST_POINTS = 1_500_000
_STEP = 0.02  # degrees: a point nearer to the last one than this adds nothing that can be seen
_BOUNDS = (60.0, 150.0, -5.0, 60.0)
_CODES = ("adcode", "code", "gb", "GB", "id", "region_code", "pac", "PAC")
_NAMES = ("name", "NAME", "name_zh", "fullname", "省", "名称", "NL_NAME_1", "shapeName")


@dataclass(frozen=True, slots=True)
class Tile:
    """The cell of a province: rows from the north, columns from the west, both from 0; ``zh`` and ``en`` fit into it."""

    code: str
    row: int
    column: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Border:
    """The outline of a region: ``code`` by GB/T 2260, ``x`` and ``y`` in degrees, with None between its rings."""

    code: str
    x: tuple[float | None, ...]
    y: tuple[float | None, ...]


@cache
def tiles() -> Mapping[str, Tile]:
    """The tile grid of the 34 provincial units, by code.

    >>> tiles()["310000"].zh, len(tiles())
    ('上海', 34)
    """
    text = Path(__file__).with_name("data").joinpath("tiles.toml").read_text("utf-8")
    return {code: Tile(code, *cell) for code, cell in tomllib.loads(text)["tiles"].items()}


def borders(path: Path, names: Mapping[str, str]) -> tuple[Border, ...]:
    """The borders of a GeoJSON file; ``names`` are codes by name, Chinese or English.

    A feature belongs to the region whose GB/T 2260 code (with or without the country's 156 before it) or name its
    properties give. Raises `InputError` for a file that is too large, no GeoJSON of areas in degrees, or in which
    no feature is a known region.
    """
    features = _features(path)
    found: dict[str, tuple[list[float | None], list[float | None]]] = {}
    points_left = MOST_POINTS
    for n, feature in enumerate(features):
        code = _code(feature, names)
        for ring in _rings(path, n, feature):
            points_left -= len(ring)
            if points_left < 0:
                raise InputError(
                    f"{path}: more than {MOST_POINTS:,} points", hint="simplify it, e.g. with mapshaper"
                )
            if code is not None:
                x, y = found.setdefault(code, ([], []))
                thin = _thinned(ring)
                x.extend((*(p[0] for p in thin), None))
                y.extend((*(p[1] for p in thin), None))
    if not found:
        raise InputError(
            f"{path}: no feature is a region of the graph",
            hint=f"give each its GB/T 2260 code as {_CODES[0]!r}, or its name as {_NAMES[0]!r}",
        )
    return tuple(Border(code, tuple(found[code][0]), tuple(found[code][1])) for code in sorted(found))


def _features(path: Path) -> list[Any]:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise InputError(
                f"{path}: {size:,} bytes, more than {LARGEST_FILE:,}", hint="simplify it, e.g. with mapshaper"
            )
        read = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}", hint="name a GeoJSON file") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: no JSON: {error}", hint="name a GeoJSON file in UTF-8") from error
    features = read.get("features") if isinstance(read, dict) else None
    if not isinstance(features, list) or read.get("type") != "FeatureCollection":
        raise InputError(f"{path}: no FeatureCollection", hint="a GeoJSON file has features, one a region")
    return features


def _code(feature: Any, names: Mapping[str, str]) -> str | None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    given = dict(properties) if isinstance(properties, dict) else {}
    if isinstance(feature, dict) and "id" in feature:
        given.setdefault("id", feature["id"])
    known = frozenset(names.values())
    for key in _CODES:
        text = re.sub(r"^156(?=\d{6}$)", "", str(given.get(key, "")))
        code = f"{text[:6]:0<6}" if re.fullmatch(r"\d{2}|\d{4}|\d{6}", text) else ""
        if code in known:
            return code
    return next((names[n] for key in _NAMES if (n := str(given.get(key, "")).strip()) in names), None)


def _rings(path: Path, n: int, feature: Any) -> Iterator[list[tuple[float, float]]]:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if geometry is None or kind not in ("Polygon", "MultiPolygon"):
        return  # lines and points are no areas
    try:
        polygons = [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]
        for polygon in polygons:
            for ring in polygon:
                yield [_point(p) for p in ring]
    except (TypeError, ValueError, KeyError, IndexError) as error:
        raise InputError(
            f"{path}: feature {n + 1}: {error}", hint="coordinates are degrees (WGS84): [longitude, latitude]"
        ) from error


def _point(point: Any) -> tuple[float, float]:
    x, y = float(point[0]), float(point[1])
    west, east, south, north = _BOUNDS
    if not (math.isfinite(x) and math.isfinite(y) and west <= x <= east and south <= y <= north):
        raise ValueError(f"{point[:2]} is not in or near China")
    return round(x, 3), round(y, 3)


def _thinned(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    kept = ring[:1]
    for x, y in ring[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= _STEP:
            kept.append((x, y))
    return kept + ring[-1:]
