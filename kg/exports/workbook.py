"""Tables as an Excel workbook: a sheet a type of fact, filters, numbers as numbers, no formula whatever a text says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kg.errors import MissingExtra
from kg.exports.cells import SEPARATOR
from kg.exports.characters import legal
from kg.exports.source import Source
from kg.exports.tables import LINKS, Column, Table, tables
from kg.namespaces import (
    CLUSTER_CLASSES,
    CLUSTER_STATUSES,
    COMPARATORS,
    DIRECTIONS,
    DOCUMENT_STATUSES,
    GOVERNMENT_LEVELS,
    INSTITUTION_KINDS,
    STANCES,
)
from kg.queries.reading import things

LONGEST = 32_767
"""Characters in a cell, by Excel's own limit."""
_EPOCH = datetime(1980, 1, 1)
_CODES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("document", "level"): GOVERNMENT_LEVELS, ("document", "status"): DOCUMENT_STATUSES,
    ("cluster", "kind"): CLUSTER_CLASSES, ("cluster", "status"): CLUSTER_STATUSES, ("", "stance"): STANCES,
    ("institution", "kind"): INSTITUTION_KINDS, ("", "comparator"): COMPARATORS, ("", "direction"): DIRECTIONS,
}  # fmt: skip
"""The columns that hold codes, by type of fact (empty for any), with the terms that the codes stand for."""
_FORMATS = {"integer": "0", "number": "General"}


def write_workbook(source: Source, path: Path) -> None:
    """Writes the workbook: a sheet that explains, then one a type of fact; raises `MissingExtra` without openpyxl.

    The file has no date of its own (1980-01-01 stands in its properties), so that the same graph gives the same bytes.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.writer.excel import ExcelWriter
    except ImportError as error:
        raise MissingExtra("openpyxl", extra="export") from error
    book = Workbook(write_only=True)
    book.properties.creator = "pharma-policy-kg"
    book.properties.created = book.properties.modified = _EPOCH
    made = tables(source)
    _about(book.create_sheet("说明" if source.language != "en" else "About"), source, made)
    for table in made:
        _sheet(
            book.create_sheet(table.title(source.language)), table, source.language, code_words(source, table)
        )
    plain = BytesIO()
    with ZipFile(plain, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()
    _without_dates(plain, path)


def cell_text(value: str) -> str:
    """What a cell can hold of a text: no control characters, and 32,767 characters.

    >>> cell_text("靶\\x0b点")
    '靶\\ufffd点'
    """
    clean = legal(value)
    return clean if len(clean) <= LONGEST else f"{clean[: LONGEST - 1]}…"


def code_words(source: Source, table: Table) -> dict[str, dict[str, str]]:
    """What the codes of a table's columns are called in the words of the ontology: ``kind``: ``hub`` → 谷城港."""
    codes = {key: iris for (type_, key), iris in _CODES.items() if type_ in ("", table.name)}
    known = things(source.graph, (iri for iris in codes.values() for iri in iris.values()))
    return {
        key: {code: known[iri].en if source.language == "en" else known[iri].zh for code, iri in iris.items()}
        for key, iris in codes.items()
    }


def _sheet(sheet: Any, table: Table, language: str, words: Mapping[str, Mapping[str, str]]) -> None:
    from openpyxl.utils import get_column_letter as letter

    sheet.freeze_panes = "B2"
    last = letter(len(table.columns))
    sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    for n, column in enumerate(table.columns, 1):
        shown = sheet.column_dimensions[letter(n)]
        shown.width = column.width
        if column in LINKS:  # for programs; a click on the plus above opens them
            shown.outlineLevel, shown.hidden = 1, True
    sheet.append(_header(sheet, (c.title(language) for c in table.columns)))
    for row in table.rows:
        cells = zip(table.columns, row, strict=True)
        sheet.append([_cell(sheet, c, words.get(c.key, {}).get(value, value) if isinstance(value, str) else value)
                      for c, value in cells])  # fmt: skip


def _header(sheet: Any, titles: Iterator[str]) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill

    made = []
    for title in titles:
        cell = WriteOnlyCell(sheet, title)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E3EDF3")
        made.append(cell)
    return made


def _cell(sheet: Any, column: Column, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if value is None or value == []:
        return None
    if isinstance(value, int | float):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = _FORMATS[column.form]
        return cell
    text = cell_text(SEPARATOR.join(value) if isinstance(value, list) else value)
    cell = WriteOnlyCell(sheet, text)
    if text.startswith(("=", "+", "-", "@", "#")):
        cell.data_type = "s"  # a text, whatever openpyxl took it for
        cell.quotePrefix = True  # and it stays one when somebody edits the cell
    return cell


_WORDS = {
    "zh": (
        "医药产业政策知识图谱", "版本", "数据许可：CC BY 4.0",
        "每行一条事实，都带出处：文件、章节、原文，以及原文在文件中的位置（按字符计，从 0 起）。",
        "工作表", "行数", "列", "列名（数据）", "全部",
    ),
    "en": (
        "Pharmaceutical policy knowledge graph", "Version", "Licence of the data: CC BY 4.0",
        "A row is a fact, with its source: document, section, quote, and where the quote stands (in characters, from 0).",
        "Sheet", "Rows", "Column", "Key", "all",
    ),
}  # fmt: skip


def _about(sheet: Any, source: Source, made: tuple[Table, ...]) -> None:
    name, version, licence, what, of_sheet, of_rows, of_column, of_key, of_all = _WORDS[
        "en" if source.language == "en" else "zh"
    ]
    for letter, width in (("A", 24), ("B", 20), ("C", 60)):
        sheet.column_dimensions[letter].width = width
    sheet.append(_header(sheet, iter([name])))
    for line in ([f"{version} {source.version}"], [licence], [what], []):
        sheet.append(line)
    sheet.append(_header(sheet, iter([of_sheet, of_rows])))
    for table in made:
        sheet.append([table.title(source.language), len(table.rows)])
    sheet.append([])
    sheet.append(_header(sheet, iter([of_column, of_key, of_sheet])))
    seen: dict[Column, list[str]] = {}
    for table in made:
        for column in table.columns:
            seen.setdefault(column, []).append(table.title(source.language))
    for column, sheets in seen.items():
        where = "、".join(sheets) if len(sheets) < len(made) else of_all
        sheet.append([column.title(source.language), column.key, where])


def _without_dates(plain: BytesIO, path: Path) -> None:
    with ZipFile(plain) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, _EPOCH.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            new.writestr(entry, old.read(name))
