"""``kg serve``: the SPARQL endpoint and the explorer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import StoreOption, TimeLimitOption
from kg.cli.printing import note, put
from kg.cli.words import helping, say

HELP = helping(
    "启动只读的 SPARQL 端点（/sparql）和浏览页面（/）。",
    "Serve the graph: a read-only SPARQL endpoint at /sparql, the explorer at /.",
)


def serve(
    store: StoreOption = None,
    port: Annotated[
        int,
        typer.Option(
            "--port", metavar="N", min=0, max=65535, help=helping("端口，0 为任选。", "Port; 0 picks one.")
        ),
    ] = 8000,
    host: Annotated[
        str,
        typer.Option(
            "--host",
            metavar="ADDRESS",
            help=helping("监听地址，默认只限本机。", "Address to listen at; only this machine by default."),
        ),
    ] = "127.0.0.1",
    time_limit: TimeLimitOption = 30.0,
    max_answer: Annotated[
        int,
        typer.Option(
            "--max-answer",
            metavar="MB",
            min=1,
            help=helping("单个结果的大小上限。", "Size limit of an answer."),
        ),
    ] = 256,
    memory: Annotated[
        int,
        typer.Option(
            "--memory",
            metavar="MB",
            min=256,
            help=helping("单个查询的内存上限。", "Memory limit of a query."),
        ),
    ] = 1024,
    workers: Annotated[
        int,
        typer.Option(
            "--workers",
            metavar="N",
            min=0,
            help=helping(
                "同时运行的查询数，0 为处理器个数。", "Queries at once; 0 for the number of processors."
            ),
        ),
    ] = 0,
    max_waiting: Annotated[
        int,
        typer.Option(
            "--max-waiting",
            metavar="N",
            min=1,
            help=helping("排队查询的数量上限。", "How many queries may wait."),
        ),
    ] = 200,
    allow_service: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-service",
            metavar="URL",
            help=helping(
                "允许 SERVICE 访问的端点，可重复。", "An endpoint that SERVICE may call; repeatable."
            ),
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host",
            metavar="NAME",
            help=helping(
                "反向代理所用的域名，可重复。",
                "A host name that requests may use, as behind a proxy; repeatable.",
            ),
        ),
    ] = None,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-origin",
            metavar="ORIGIN",
            help=helping(
                "只许这些来源的网页跨域读取，可重复；默认不限。",
                "Only web pages of this origin may read answers (CORS); repeatable. All by default.",
            ),
        ),
    ] = None,
    site: Annotated[
        Path | None,
        typer.Option(
            "--site",
            metavar="DIR",
            show_default=False,
            help=helping(
                "kg site 写出的文件夹；不给则启动时生成。",
                "A folder written by kg site; else it is written at start.",
            ),
        ),
    ] = None,
) -> None:
    import os
    import sys

    from kg.errors import MissingExtra
    from kg.graph.store import default_path

    try:
        from kg.serve.guests import is_loopback
        from kg.serve.pool import Limits
        from kg.serve.run import Options, run
    except ModuleNotFoundError as error:
        raise MissingExtra(error.name or "starlette", extra="serve") from error

    def ready(address: str) -> None:
        put(f"{address}\n")
        sys.stdout.flush()
        if not is_loopback(host):
            note(
                say(
                    "注意：其他机器可以访问此服务；对公众开放时请放在反向代理之后。",
                    "Note: other machines can reach this server; put it behind a reverse proxy for the public.",
                )
            )
        note(say(f"SPARQL：{address}sparql（Ctrl-C 结束）", f"SPARQL: {address}sparql (Ctrl-C ends it)"))

    options = Options(
        store if store is not None else default_path(), host, port, workers or os.cpu_count() or 2,
        Limits(seconds=time_limit, answer=max_answer << 20, memory=memory, waiting=max_waiting),
        tuple(allow_service or ()), tuple(allow_host or ()), tuple(allow_origin or ()), site,
    )  # fmt: skip
    run(options, ready, note)
