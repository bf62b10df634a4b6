"""``kg viz``: the picture of the graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import StoreOption
from kg.cli.printing import note
from kg.cli.words import counted, helping, say

HELP = helping(
    "画一张可交互的网络图（单个 HTML，离线可用）。",
    "Draw an interactive network: one HTML file that works offline.",
)


def viz(
    out: Annotated[Path, typer.Argument(metavar="OUT.html", help=helping("要写的文件。", "File to write."))],
    store: StoreOption = None,
    limit: Annotated[
        int,
        typer.Option(
            "--limit", metavar="N", min=1, help=helping("最多画多少个节点。", "At most so many nodes.")
        ),
    ] = 600,
) -> None:
    from kg.graph.store import GraphStore
    from kg.views.network import write

    made = write(GraphStore.open(store), out, limit=limit)
    note(
        say(
            f"{made.path}：{made.nodes} 个节点，{made.edges} 条边。",
            f"{made.path}: {counted(made.nodes, 'node')}, {counted(made.edges, 'edge')}.",
        )
    )
    if made.left_out:
        note(
            say(
                f"略去 {made.left_out} 个节点（--limit）。",
                f"{counted(made.left_out, 'node')} left out (--limit).",
            )
        )
