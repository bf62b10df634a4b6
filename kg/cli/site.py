"""``kg site``: the explorer as a folder of pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import StoreOption
from kg.cli.printing import note
from kg.cli.words import counted, helping, say

HELP = helping(
    "写出静态浏览站点：无需服务器，双击 index.html 即可打开。",
    "Write the static explorer: a folder of pages that opens from the disk.",
)


def site(
    out: Annotated[Path, typer.Argument(metavar="OUT", help=helping("要写的文件夹。", "Folder to write."))],
    store: StoreOption = None,
    geojson: Annotated[
        Path | None,
        typer.Option(
            "--geojson",
            metavar="FILE",
            show_default=False,
            help=helping(
                "地图边界（自备 GeoJSON，须有审图号）。", "Borders for the map, from a GeoJSON of your own."
            ),
        ),
    ] = None,
    sparql: Annotated[
        bool,
        typer.Option(
            "--sparql",
            help=helping(
                "加一页 SPARQL 查询（需要 npm）。", "Add a page for SPARQL in the browser (needs npm)."
            ),
        ),
    ] = False,
) -> None:
    from kg.graph.store import GraphStore
    from kg.views.site.context import SiteOptions
    from kg.views.site.write import write_site

    made = write_site(GraphStore.open(store), out, SiteOptions(geojson, sparql))
    note(
        say(
            f"{made.path}/index.html：{made.pages} 页，{made.size / 1e6:.1f} MB。",
            f"{made.path}/index.html: {counted(made.pages, 'page')}, {made.size / 1e6:.1f} MB.",
        )
    )
