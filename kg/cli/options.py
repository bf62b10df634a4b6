"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.words import helping

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="DIR",
        envvar="KG_STORE",
        show_default=False,
        help=helping("存储目录（默认 ./kg-store）。", "Folder of the store (./kg-store by default)."),
    ),
]
DocOption = Annotated[
    list[str] | None,
    typer.Option(
        "--doc", metavar="ID", help=helping("只要这份文件，可重复。", "Only this document; repeatable.")
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help=helping("输出 JSON。", "Print JSON."))]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        show_default=False,
        help=helping("写入文件（UTF-8）。", "Write to a file, in UTF-8."),
    ),
]
TimeLimitOption = Annotated[
    float,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        min=0.1,
        help=helping("单个查询限时。", "Time limit of a query."),
    ),
]
