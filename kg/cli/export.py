"""``kg export``: the graph in the formats of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import StoreOption
from kg.cli.printing import note
from kg.cli.words import helping, main_language, say

NAMES = (
    "turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml", "csv", "parquet", "xlsx", "graphml", "gexf", "neo4j",
    "package",
)  # fmt: skip
HELP = helping(
    "导出成其他程序的格式：RDF、表格、网络、数据包。trig、nquads、jsonld、package 无损；turtle、ntriples、rdfxml 不含命名图；"
    "csv、parquet、xlsx 是事实表；graphml、gexf 每条陈述只留第一处原文；neo4j 每条断言一条关系。",
    "Export to the formats of other programs: RDF, tables, networks, a data package. trig, nquads, jsonld and package "
    "lose nothing; turtle, ntriples and rdfxml have no named graphs; csv, parquet and xlsx are the fact table; "
    "graphml and gexf keep the first quote of each statement; neo4j has a relationship an assertion.",
)


def export(
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT",
            help=helping(
                "要写的文件（graph.ttl、facts.xlsx、data.zip …）或文件夹。",
                "File (graph.ttl, facts.xlsx, data.zip …) or folder to write.",
            ),
        ),
    ],
    store: StoreOption = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=helping(
                f"格式，可重复：{', '.join(NAMES)}。默认看 OUT 的后缀，否则为 package。",
                f"Format, repeatable: {', '.join(NAMES)}. By the suffix of OUT, else package.",
            ),
        ),
    ] = None,
    texts: Annotated[
        bool,
        typer.Option(
            "--texts", help=helping("数据包里也放文件全文。", "Put the full texts into the package, too.")
        ),
    ] = False,
) -> None:
    from kg.exports.source import Source
    from kg.exports.write import export as write
    from kg.graph.store import GraphStore

    made = write(Source(GraphStore.open(store), texts, main_language()), out, formats or ())
    note(
        say(
            f"{made.path}：{made.files} 个文件，{made.size / 1e6:.1f} MB。",
            f"{made.path}: {made.files} file{'s' * (made.files != 1)}, {made.size / 1e6:.1f} MB.",
        )
    )
