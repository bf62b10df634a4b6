"""``kg query`` and ``kg queries``: SPARQL, inline, from files, and saved."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import JsonOption, OutputOption, StoreOption
from kg.cli.words import helping, language, say
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.queries.asking import Question
    from kg.queries.saved import SavedQuery

QUERY_HELP = helping("用 SPARQL 或已存查询提问。", "Ask a question, in SPARQL or by a saved query.")
QUERIES_HELP = helping("列出已存查询，或打印其中一个。", "List the saved queries, or print one.")


class Format(StrEnum):
    """How an answer is printed."""

    table = "table"
    json = "json"
    csv = "csv"
    markdown = "markdown"
    turtle = "turtle"


def query(
    question: Annotated[
        str,
        typer.Argument(
            metavar="QUERY",
            help=helping(
                "SPARQL 语句、@文件.rq、-（标准输入）或已存查询的名称。",
                "SPARQL, @file.rq, - for standard input, or the name of a saved query.",
            ),
        ),
    ],
    store: StoreOption = None,
    format_: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            show_default=False,
            help=helping(
                "table（默认）、json、csv、markdown；CONSTRUCT 为 turtle。",
                "table (the default), json, csv, markdown; turtle for CONSTRUCT.",
            ),
        ),
    ] = None,
    params: Annotated[
        list[str] | None,
        typer.Option(
            "--param",
            "-p",
            metavar="NAME=VALUE",
            help=helping(
                "查询参数，可重复；名称可用中文、简称、拼音或代码。",
                "A parameter, repeatable; things by any name or code.",
            ),
        ),
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option(
            "--time-limit",
            metavar="SECONDS",
            min=0,
            help=helping("限时，0 为不限。", "Time limit; 0 for none."),
        ),
    ] = 30.0,
    every_column: Annotated[
        bool,
        typer.Option("--wide", help=helping("表格显示全部列。", "Show all columns in tables.")),
    ] = False,
    excel: Annotated[
        bool,
        typer.Option(
            "--excel",
            help=helping("CSV 带 BOM，供 Excel 打开。", "CSV with the byte-order mark that Excel wants."),
        ),
    ] = False,
    output: OutputOption = None,
) -> None:
    from kg.cli.answers import Printer
    from kg.graph.lookup import Lookup
    from kg.graph.store import GraphStore
    from kg.queries.saved import free_term
    from kg.queries.trouble import located

    if excel and format_ not in (None, Format.csv):
        raise QueryError(f"--excel does not go with --format {format_.value}", hint="leave one out")
    asked = _asked(question)
    given = _given(params or [])
    graph = GraphStore.open(store)
    text = asked.query.sparql(given)
    # What a header types stays as it is written; else a bare number is a number, as there is no other way to say so.
    values = given if asked.typed else {name: free_term(value) for name, value in given.items()}
    terms = asked.terms(values, Lookup(graph.store))
    limit = time_limit or None
    printer = Printer(graph, asked.query.columns if not every_column else (), excel=excel, worded=asked.typed)
    try:
        data = printer.answer(text, terms, "csv" if excel else format_.value if format_ else None, limit)
    except QueryError as error:
        raise located(text, error) from error
    printer.out(data, output)


def queries(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", show_default=False, help=helping("查询的名称。", "Name of a query.")
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    from kg.cli.printing import put, put_json, table
    from kg.queries.saved import every, load

    if name is not None:
        one = load(name)
        if as_json:
            put_json(_row(one))
        else:
            put(one.text)
        return
    if as_json:
        put_json([_row(q) for q in every()])
        return
    rows = [[q.name, _titles(q), " ".join(_usage(q))] for q in every()]
    table([say("名称", "name"), say("问题", "question"), say("参数", "parameters")], rows)


def _titles(one: SavedQuery) -> str:
    return {"zh": one.title_zh, "en": one.title}.get(language(), f"{one.title_zh}\n{one.title}")


def _usage(one: SavedQuery) -> list[str]:
    shown = {True: "{}", False: "[{}]"}
    return [
        shown[p.required].format(p.name if p.default is None else f"{p.name}={p.default}") for p in one.params
    ]


def _row(one: SavedQuery) -> dict[str, object]:
    return {
        "name": one.name, "title": one.title, "title_zh": one.title_zh, "description": one.description,
        "description_zh": one.description_zh, "columns": list(one.columns),
        "params": [{"name": p.name, "type": p.type, "description": p.description, "default": p.default,
                    "required": p.required} for p in one.params],
    }  # fmt: skip


def _asked(text: str) -> Question:
    """The query that is meant; ``-`` is standard input."""
    from kg.queries.asking import Question, decoded, question
    from kg.queries.saved import parse

    if text != "-":
        return question(text)
    query = parse("the query", decoded(sys.stdin.buffer.read(), "standard input"))
    return Question(query, bool(query.params))


def _given(params: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or not name.isidentifier():
            raise QueryError(f"--param {param!r} is not name=value", hint="such as --param region=浙江")
        if name in found:
            raise QueryError(f"--param {name} is given twice", hint="leave one out")
        found[name] = value
    return found
