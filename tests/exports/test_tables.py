"""Tables, opened by other programs: the rows that come back are those of ``kg facts``."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyarrow import parquet

from kg.exports import cells
from kg.exports.formats import FORMATS
from kg.exports.source import Source
from kg.exports.tables import TITLES, columns
from kg.model import FACT_TYPES

Row = Mapping[str, Any]


def as_facts(type_: str, rows: list[dict[str, Any]]) -> list[str]:
    """Rows of a table as lines of ``kg facts``: without the section's title and the links into the graph."""
    more = {"section_title", "fact", "subject", "object"}
    return [json.dumps({"type": type_, **{k: v for k, v in r.items() if k not in more}}, ensure_ascii=False,
                       sort_keys=True) for r in rows]  # fmt: skip


def of_graph(source: Source, type_: str) -> list[str]:
    found = (row for row in source.graph.rows() if row["type"] == type_)
    return [json.dumps(_floats(row), ensure_ascii=False, sort_keys=True) for row in found]


def _floats(row: dict[str, Any]) -> dict[str, Any]:
    return row


def from_csv(folder: Path, type_: str) -> list[dict[str, Any]]:
    with (folder / f"{type_}.csv").open(encoding="utf-8-sig", newline="") as file:
        forms = {c.key: c.form for c in columns(type_)}
        return [{k: cells.read(v, forms[k]) for k, v in row.items()} for row in csv.DictReader(file)]


def from_parquet(folder: Path, type_: str) -> list[dict[str, Any]]:
    found = parquet.read_table(folder / f"{type_}.parquet").to_pylist()
    whole = ("value", "value_max")  # a double in Parquet; 10 in the text is 10 in the fact table
    return [
        {k: int(v) if k in whole and v is not None and v.is_integer() else v for k, v in row.items()}
        for row in found
    ]


@pytest.mark.parametrize("which", ["source", "nasty"])
@pytest.mark.parametrize(("name", "read"), [("csv", from_csv), ("parquet", from_parquet)])
def test_rows_come_back_as_they_were(
    name: str, read: Any, which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    source: Source = request.getfixturevalue(which)
    FORMATS[name].write(source, tmp_path)
    assert {p.stem for p in tmp_path.iterdir()} == set(FACT_TYPES)
    for type_ in FACT_TYPES:
        assert as_facts(type_, read(tmp_path, type_)) == of_graph(source, type_), type_


def test_numbers_of_rows(source: Source, tmp_path: Path) -> None:
    """Counted in tests/tiny_plans.py."""
    FORMATS["csv"].write(source, tmp_path)
    counts = {type_: len(from_csv(tmp_path, type_)) for type_ in FACT_TYPES}
    assert counts == {
        "document": 4, "cluster": 4, "region_field": 3, "plan_field": 9, "plan_disease": 1, "drug_target": 1,
        "enterprise": 1, "institution": 1, "target": 3, "statistic": 1, "responsible": 1, "cites": 1,
    }  # fmt: skip


def test_links_lead_into_the_graph(source: Source, tmp_path: Path) -> None:
    FORMATS["csv"].write(source, tmp_path)
    (row,) = (r for r in from_csv(tmp_path, "region_field") if r["region"] == "南京市")
    assert row["subject"] == "https://w3id.org/pharma-policy-kg/id/region/320100"
    said = source.graph.query(
        f"ASK {{ <{row['fact']}> rdf:subject <{row['subject']}> ; rdf:object <{row['object']}> }}"
    )
    assert said.truth
    assert row["section_title"].startswith(
        "二、空间布局 / "
    )  # the outline takes the short line for a heading


def test_a_known_file(nasty: Source, tmp_path: Path) -> None:
    """No cell begins as a formula does: what a spreadsheet would run begins with an apostrophe."""
    FORMATS["csv"].write(nasty, tmp_path)
    raw = (tmp_path / "plan_field.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbffield,category,parent,quote,doc,section,section_title,start,")
    with (tmp_path / "plan_field.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in found if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert '\'=HYPERLINK("http://x")' in found


@given(st.lists(st.text()))
@example(["\\", ""])
def test_lists_come_back(values: list[str]) -> None:
    wanted = [] if values in ([], [""]) else values  # one empty text and no text look the same
    assert cells.read(cells.write(values), "list") == wanted


@given(st.text(min_size=1))
def test_texts_come_back_and_are_no_formulas(text: str) -> None:
    cell = cells.write(text)
    assert cells.read(cell, "text") == text
    assert cell[0] not in "=+-@\t\r\n"


@pytest.fixture(scope="module")
def book(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("book") / "facts.xlsx"
    FORMATS["xlsx"].write(source, path)
    return openpyxl.load_workbook(path)


def test_a_sheet_a_type_in_chinese(book: Any, source: Source) -> None:
    assert book.sheetnames == ["说明", *(zh for zh, _ in TITLES.values())]
    for type_, (zh, _) in TITLES.items():
        sheet = book[zh]
        assert [c.value for c in sheet[1]] == [c.zh for c in columns(type_)]
        assert sheet.max_row - 1 == len(of_graph(source, type_)), type_
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_a_known_row(book: Any) -> None:
    sheet = book["量化目标"]
    rows = [
        dict(zip((c.value for c in sheet[1]), (c.value for c in row), strict=True))
        for row in sheet.iter_rows(min_row=2)
    ]
    (jiangsu,) = (row for row in rows if row["文件编号"] == "jiangsu-2021")
    assert jiangsu["指标"] == "主营业务收入"
    assert (jiangsu["比较"], jiangsu["变化方向"]) == ("不少于", "水平")
    assert (jiangsu["数值"], jiangsu["单位"], jiangsu["期限"]) == (5000, "亿元", 2025)
    assert jiangsu["原文"] == "到2025年，全省医药工业主营业务收入达到5000亿元以上"
    assert jiangsu["终点"] - jiangsu["起点"] == len(jiangsu["原文"])
    (clusters,) = (
        r for r in book["产业集群"].iter_rows(min_row=2, values_only=True) if r[0] == "苏州生物医药产业园"
    )
    assert clusters[:7] == (
        "苏州生物医药产业园",
        "园区",
        "苏州市",
        "江苏省",
        "抗体药物；细胞治疗",
        "一园",
        "已有",
    )


def test_no_cell_is_a_formula_or_an_error(nasty: Source, tmp_path: Path) -> None:
    path = tmp_path / "facts.xlsx"
    FORMATS["xlsx"].write(nasty, path)
    cells_ = [
        c
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for c in row
        if c.value is not None
    ]
    assert {c.data_type for c in cells_} == {"s", "n"}
    texts = {c.value for c in cells_ if c.data_type == "s"}
    assert {'=HYPERLINK("http://x")', "+抗体", "-疫苗", "@SUM(A1)", "#N/A园"} <= texts
    (cell,) = (c for c in cells_ if c.value == "+抗体" and c.column == 1)
    assert cell.style.quotePrefix if hasattr(cell.style, "quotePrefix") else cell.quotePrefix


def test_long_texts_are_cut_where_excel_cuts_them() -> None:
    from kg.exports.workbook import cell_text

    assert len(cell_text("药" * 40_000)) == 32_767
    assert cell_text("药" * 40_000).endswith("药…")


@pytest.mark.parametrize("name", ["csv", "parquet", "xlsx"])
def test_the_same_graph_gives_the_same_bytes(name: str, source: Source, tmp_path: Path) -> None:
    """Written at two times of the clock: an Excel file has a date, a zip has dates of its entries."""
    import time

    first, second = tmp_path / "a", tmp_path / "b"
    FORMATS[name].write(source, first)
    time.sleep(2.1 if name == "xlsx" else 0)  # a zip counts in steps of two seconds
    FORMATS[name].write(source, second)
    files = sorted(first.rglob("*")) if first.is_dir() else [first]
    for file in files:
        other = second / file.relative_to(first) if first.is_dir() else second
        assert file.read_bytes() == other.read_bytes(), file.name


def test_english_headings(source: Source, tmp_path: Path) -> None:
    path = tmp_path / "facts.xlsx"
    FORMATS["xlsx"].write(Source(source.graph, language="en"), path)
    english = openpyxl.load_workbook(path)
    assert english.sheetnames[:3] == ["About", "Documents", "Clusters"]
    assert english["Clusters"]["A1"].value == "Name"


@pytest.mark.parametrize(("name", "package"), [("xlsx", "openpyxl"), ("parquet", "pyarrow")])
def test_what_is_missing_is_named(
    name: str, package: str, source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    from kg.errors import MissingExtra

    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=r"pip install 'pharma-policy-kg\[export\]'"):
        FORMATS[name].write(source, tmp_path / "out")
