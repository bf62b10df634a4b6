"""``kg mcp``: the graph for agents, over the Model Context Protocol."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import StoreOption, TimeLimitOption
from kg.cli.printing import note
from kg.cli.words import helping, say

HELP = helping(
    "智能体服务（MCP）：查找、卡片、事实、比较、SPARQL，答案附原文。",
    "A server for agents (MCP): search, cards, facts, comparisons, SPARQL, each answer with its quotes.",
)


def mcp(
    store: StoreOption = None,
    http: Annotated[
        int | None,
        typer.Option(
            "--http",
            metavar="PORT",
            min=1,
            max=65535,
            show_default=False,
            help=helping(
                "改用本机 HTTP 端口（默认标准输入输出）。",
                "Serve HTTP on this port of the loopback address; standard input and output by default.",
            ),
        ),
    ] = None,
    time_limit: TimeLimitOption = 20.0,
) -> None:
    from kg.errors import MissingExtra
    from kg.graph.store import default_path

    try:
        from kg.serve.agents import server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "pydantic", "starlette", "anyio"):
            raise
        raise MissingExtra("mcp", extra="mcp") from error
    made = server(store or default_path(), seconds=time_limit)
    if http is None:
        made.run("stdio")
    else:
        note(
            say(
                f"http://127.0.0.1:{http}/mcp（Ctrl-C 结束）", f"http://127.0.0.1:{http}/mcp (Ctrl-C ends it)"
            )
        )
        made.run("streamable-http", host="127.0.0.1", port=http)
