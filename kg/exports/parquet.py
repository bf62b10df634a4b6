"""Tables as Parquet: typed columns, lists as lists, titles in the metadata of each column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.errors import MissingExtra
from kg.exports.source import Source
from kg.exports.tables import Column, tables


def write_parquet(source: Source, folder: Path) -> None:
    """Writes one file a type of fact, such as ``cluster.parquet``; raises `MissingExtra` without pyarrow."""
    pa = _pyarrow()
    from pyarrow import parquet

    types = {
        "text": pa.string(), "integer": pa.int32(), "number": pa.float64(), "list": pa.list_(pa.string()),
    }  # fmt: skip

    def field(column: Column) -> Any:
        return pa.field(column.key, types[column.form], metadata={"zh": column.zh, "en": column.en})

    folder.mkdir(parents=True, exist_ok=True)
    for table in tables(source):
        schema = pa.schema([field(c) for c in table.columns], {"zh": table.zh, "en": table.en})
        values = list(zip(*table.rows, strict=True)) or [() for _ in table.columns]
        arrays = [pa.array(v, type=f.type) for v, f in zip(values, schema, strict=True)]
        made = pa.Table.from_arrays(arrays, schema=schema)
        parquet.write_table(made, folder / f"{table.name}.parquet", compression="zstd")


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise MissingExtra("pyarrow", extra="export") from error
    return pyarrow
