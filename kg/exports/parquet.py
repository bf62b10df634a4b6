"""Tables as Parquet: typed columns, lists as lists, titles in the metadata of each column."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from kg.errors import MissingExtra
from kg.exports.source import Source
from kg.exports.tables import TITLES, columns, rows
from kg.model import FACT_TYPES

_GROUP = 50_000


def write_parquet(source: Source, folder: Path) -> None:
    """Writes one file a type of fact, such as ``cluster.parquet``; raises `MissingExtra` without pyarrow.

    At most so many rows as a group of a file has are in memory at a time.
    """
    pa = _pyarrow()
    from pyarrow import parquet

    folder.mkdir(parents=True, exist_ok=True)
    waiting: dict[str, list[tuple[Any, ...]]] = {type_: [] for type_ in FACT_TYPES}
    with ExitStack() as files:
        writers = {
            type_: files.enter_context(
                parquet.ParquetWriter(folder / f"{type_}.parquet", _schema(pa, type_), compression="zstd")
            )
            for type_ in FACT_TYPES
        }
        for type_, row in rows(source):
            waiting[type_].append(row)
            if len(waiting[type_]) == _GROUP:
                writers[type_].write_table(_table(pa, type_, waiting[type_]))
                waiting[type_].clear()
        for type_, left in waiting.items():
            writers[type_].write_table(_table(pa, type_, left))


def _schema(pa: Any, type_: str) -> Any:
    types = {
        "text": pa.string(), "integer": pa.int32(), "number": pa.float64(), "list": pa.list_(pa.string()),
    }  # fmt: skip
    fields = [pa.field(c.key, types[c.form], metadata={"zh": c.zh, "en": c.en}) for c in columns(type_)]
    zh, en = TITLES[type_]
    return pa.schema(fields, {"zh": zh, "en": en})


def _table(pa: Any, type_: str, found: list[tuple[Any, ...]]) -> Any:
    schema = _schema(pa, type_)
    values = list(zip(*found, strict=True)) or [() for _ in schema]
    arrays = [pa.array(v, type=f.type) for v, f in zip(values, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise MissingExtra("pyarrow", extra="export") from error
    return pyarrow
