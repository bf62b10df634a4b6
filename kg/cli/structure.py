"""``kg structure``: how cities, or clusters, hang together."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.compare import AllPeriods
from kg.cli.options import JsonOption, OutputOption, StoreOption
from kg.cli.printing import note, put, table
from kg.cli.sheets import CsvOption, RowsOption, check_formats, put_data, put_sheet, title
from kg.cli.words import helping, main_language, say

if TYPE_CHECKING:
    from kg.analysis.structure import Structure

HELP = helping(
    "城市或集聚区因共同领域结成的网络：群组、中心、骨干。",
    "The network of cities or clusters that name the same fields: communities, centre, backbone.",
)


class Units(StrEnum):
    """Whose network."""

    regions = "regions"
    clusters = "clusters"


def structure(
    store: StoreOption = None,
    of: Annotated[
        Units,
        typer.Option(
            "--of", metavar="|".join(Units), help=helping("城市还是集聚区。", "Of cities or of clusters.")
        ),
    ] = Units.regions,
    alpha: Annotated[
        float,
        typer.Option(
            "--alpha",
            min=0,
            max=1,
            help=helping("骨干的显著性水平，越小越疏。", "Level of the backbone: the smaller, the sparser."),
        ),
    ] = 0.1,
    all_periods: AllPeriods = False,
    limit: RowsOption = 20,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
) -> None:
    check_formats(output, as_json, as_csv)
    from kg.analysis.structure import structure as network
    from kg.graph.store import GraphStore

    found = network(GraphStore.open(store), of.value, alpha, all_periods)
    if as_json:
        put_data(found.row(), output)
    elif as_csv:
        columns = ("a", "b", "a_iri", "b_iri", "weight", "alpha", "backbone", "joint", "fields")
        rows = (edge.row(found.ground) for edge in found.edges)
        lines = (
            [*(row[c] for c in columns[:-1]), "、".join(f["field"] for f in row["fields"])] for row in rows
        )
        put_sheet(columns, lines, output)
    else:
        _network(found, limit)


def _network(found: Structure, limit: int) -> None:
    if not found.nodes:
        put(say("没有共同领域。", "No shared fields.") + "\n")
        return
    label = partial(found.ground.named, language=main_language())
    join = title("、", ", ").join
    table(
        ["", title("成员", "members"), title("典型领域", "typical fields")],
        [
            [str(c.number), join(map(label, c.members)), join(map(label, c.typical))]
            for c in found.communities
        ],
        title=title(
            f"群组（模块度 {found.modularity:.2f}）", f"Communities (modularity {found.modularity:.2f})"
        ),
    )
    put("\n")
    table(
        [
            title("名称", "name"), title("省", "province"), title("群组", "community"), title("领域", "fields"),
            title("相连", "degree"), title("强度", "strength"), title("中介", "betweenness"),
        ],
        [
            [
                label(n.iri), label(n.province) if n.province else "", str(n.community), str(n.fields), str(n.degree),
                f"{n.strength:.2f}", f"{n.betweenness:.3f}",
            ]
            for n in found.nodes[:limit]
        ],
        title=title("中心", "Centre"), right=(2, 3, 4, 5, 6),
    )  # fmt: skip
    put("\n")
    rows = []
    # What one passage says of several says less than what is said of each: such edges come last.
    for e in sorted(found.backbone, key=lambda e: e.joint == len(e.fields))[:limit]:
        shared = [*map(label, e.fields[:4]), *["…"][: len(e.fields) > 4]]
        both = f"{len(e.fields)} / {e.joint}"
        rows.append([label(e.a), label(e.b), f"{e.weight:.2f}", f"{e.alpha:.4f}", both, join(shared)])
    heads = [
        title("权重", "weight"),
        "α",
        title("共有/同句", "shared/in one passage"),
        title("共同领域", "fields"),
    ]
    table(
        ["", "", *heads], rows,
        title=title(
            f"骨干：{len(found.backbone)} / {len(found.edges)} 条边，α < {found.level:g}",
            f"Backbone: {len(found.backbone)} of {len(found.edges)} edges, α < {found.level:g}",
        ), right=(2, 3, 4),
    )  # fmt: skip
    if found.alone:
        note(say(f"{len(found.alone)} 个没有联系。", f"{len(found.alone)} are tied to nobody."))
