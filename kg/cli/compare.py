"""``kg overlaps`` and ``kg compare``: who names the same fields, and two sides in detail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import JsonOption, OutputOption, StoreOption
from kg.cli.printing import note, put, table
from kg.cli.sheets import (
    CsvOption,
    LimitOption,
    RowsOption,
    check_formats,
    place,
    put_data,
    put_sheet,
    quoted,
    title,
)
from kg.cli.words import counted, helping, main_language, say

if TYPE_CHECKING:
    from kg.analysis.comparison import Comparison, OwnField
    from kg.analysis.ground import Ground
    from kg.analysis.overlap import Overlap
    from kg.analysis.sharing import SharedField

OVERLAPS_HELP = helping(
    "省、市或文件之间的重合：共同领域、其中承自国家的、相似度。",
    "Overlap of provinces, cities or documents: shared fields, inherited ones, likeness.",
)
COMPARE_HELP = helping(
    "细看两个地区或两份文件：共有的、各自独有的，附双方原文。",
    "Two regions or documents in detail: what both and what only one of them names, with quotes.",
)

_PAIRS = (
    "a", "b", "a_iri", "b_iri", "periods", "named_a", "named_b", "jaccard", "overlap_coefficient", "weighted",
    "field", "iri", "match", "narrower", "narrower_iri", "general_side", "inherited", "joint", "weight",
)  # fmt: skip
_ENDS = tuple(f"{key}_{end}" for end in "ab" for key in ("doc", "start", "end", "quote"))


class Level(StrEnum):
    """What is compared."""

    province = "province"
    city = "city"
    document = "document"


AllPeriods = Annotated[
    bool,
    typer.Option(
        "--all-periods",
        help=helping("不论规划期是否重叠都比较。", "Compare plans of different years, too."),
    ),
]


def overlaps(
    store: StoreOption = None,
    level: Annotated[
        Level,
        typer.Option("--level", metavar="|".join(Level), help=helping("比较什么。", "What is compared.")),
    ] = Level.province,
    all_periods: AllPeriods = False,
    limit: LimitOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
) -> None:
    check_formats(output, as_json, as_csv)
    from kg.analysis.ground import Ground
    from kg.analysis.overlap import survey
    from kg.graph.store import GraphStore

    ground = Ground.of(GraphStore.open(store))
    found = survey(ground, level.value, all_periods)
    pairs = found.pairs[:limit]
    if as_json:
        put_data([pair.row() for pair in pairs], output)
    elif as_csv:
        put_sheet((*_PAIRS, *_ENDS), (line for pair in pairs for line in _lines(pair)), output)
    else:
        shown = found.pairs[: limit or 20]
        _overview(ground, shown)
        _rest(len(found.pairs) - len(shown), len(found.apart), found.empty)


def compare(
    a: Annotated[
        str, typer.Argument(metavar="A", help=helping("一方：地区或文件。", "A region or document."))
    ],
    b: Annotated[str, typer.Argument(metavar="B", help=helping("另一方。", "The other one."))],
    store: StoreOption = None,
    all_periods: AllPeriods = False,
    limit: RowsOption = 20,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
) -> None:
    check_formats(output, as_json, as_csv)
    from kg.analysis.comparison import compare as compared
    from kg.analysis.ground import Ground
    from kg.graph.lookup import Lookup
    from kg.graph.store import GraphStore

    graph = GraphStore.open(store)
    lookup = Lookup(graph.store)
    left, right = (lookup.one(name, ("region", "document")).iri for name in (a, b))
    ground = Ground.of(graph)
    found = compared(ground, left, right, all_periods)
    if as_json:
        put_data(found.row(), output)
    elif as_csv:
        put_sheet(("part", *_PAIRS, *_ENDS), _parts(found), output)
    else:
        _detail(ground, found, limit)


def _overview(ground: Ground, pairs: Sequence[Overlap]) -> None:
    columns = [
        title("甲", "a"), title("乙", "b"), title("期间", "years"), title("共有", "shared"),
        title("其中承自国家", "national"), title("同句并提", "jointly"), "Jaccard",
        title("加权", "weighted"), title("最少见的", "rarest"),
    ]  # fmt: skip
    rows = [
        [
            *_ends(ground, pair), pair.periods, str(len(pair.shared)), str(pair.inherited), str(pair.joint),
            f"{pair.jaccard:.3f}", f"{pair.weighted:.3f}", title("、", ", ").join(map(_name, _rarest(pair))),
        ]
        for pair in pairs
    ]  # fmt: skip
    if rows:
        table(columns, rows, right=(3, 4, 5, 6, 7))
    else:
        put(say("没有可比的。", "Nothing to compare.") + "\n")


def _rarest(pair: Overlap) -> list[SharedField]:
    """Three fields to show: those that each side names for itself first, sectors last."""
    return sorted(pair.shared, key=lambda one: (one.joint, one.sector))[:3]


def _rest(more: int, apart: int, empty: int) -> None:
    if more:
        note(say(f"还有 {more} 对（--limit）。", f"{counted(more, 'more pair')} (--limit)."))
    if apart:
        note(
            say(
                f"{apart} 对规划期不重叠，未比较（--all-periods）。",
                f"No years in common, not compared (--all-periods): {counted(apart, 'pair')}.",
            )
        )
    if empty:
        note(say(f"{empty} 对没有共同领域。", f"No shared field: {counted(empty, 'pair')}."))


def _ends(ground: Ground, pair: Overlap) -> tuple[str, str]:
    """The names of both sides in the language that is asked for."""
    return ground.named(pair.a_iri, main_language()), ground.named(pair.b_iri, main_language())


def _detail(ground: Ground, found: Comparison, limit: int) -> None:
    pair = found.overlap
    a, b = _ends(ground, pair)
    put(f"{a} — {b}（{pair.periods}）\n")
    put(
        say(
            f"共有 {len(pair.shared)} 个领域（相同 {pair.same}，上下位 {len(pair.shared) - pair.same}）："
            f"国家文件也提 {pair.inherited}，之外 {pair.beyond}",
            f"{len(pair.shared)} shared ({pair.same} same, {len(pair.shared) - pair.same} related): "
            f"{pair.inherited} national, {pair.beyond} beyond",
            between="\n",
        )
        + "\n"
    )
    put(
        f"Jaccard {pair.jaccard:.3f} · {title('重叠系数', 'overlap coefficient')} {pair.overlap_coefficient:.3f} · "
        f"{title('加权', 'weighted')} {pair.weighted:.3f}\n\n"
    )
    heads = [title("领域", "field"), title("国家", "national"), title("权重", "weight"), a, b]
    rows = [
        [_name(one), _mark(one.inherited), f"{one.weight:.2f}", quoted(one.a), quoted(one.b)]
        for one in pair.shared[:limit]
    ]
    _part(title("共有", "Shared"), heads, rows, len(pair.shared))
    for label, own in ((a, found.only_a), (b, found.only_b)):
        _part(
            title(f"只有{label}", f"Only {label}"),
            [*heads[:3], title("原文", "quote")],
            _own(own[:limit]),
            len(own),
        )
    if found.clusters:
        rows = [
            [
                one.label,
                "、".join(dict.fromkeys(n for n, _ in one.a)),
                "、".join(dict.fromkeys(n for n, _ in one.b)),
            ]
            for one in found.clusters[:limit]
        ]
        heads = [title("领域", "field"), a, b]
        _part(title("双方集聚区共同主攻", "Clusters of both focus on"), heads, rows, len(found.clusters))


def _part(name: str, columns: Sequence[str], rows: Sequence[Sequence[str]], whole: int) -> None:
    if rows:
        table(columns, rows, title=f"{name}（{whole}）", right=(2,) if len(columns) > 3 else ())
        if whole > len(rows):
            put(
                say(f"… 还有 {whole - len(rows)} 个（--limit）", f"… {whole - len(rows)} more (--limit)")
                + "\n"
            )
        put("\n")


def _own(own: Sequence[OwnField]) -> list[list[str]]:
    return [
        [
            one.label_en or one.label if main_language() == "en" else one.label, _mark(one.inherited),
            f"{one.weight:.2f}", quoted(one.claims),
        ]
        for one in own
    ]  # fmt: skip


def _name(one: SharedField) -> str:
    return one.label_en if main_language() == "en" and one.label_en and not one.narrower else one.name


def _mark(inherited: bool) -> str:
    return "✓" if inherited else ""


def _parts(found: Comparison) -> Iterator[list[Any]]:
    yield from (["shared", *line] for line in _lines(found.overlap))
    pair = found.overlap
    for part, own in (("only_a", found.only_a), ("only_b", found.only_b)):
        for one in own:
            at = place(one.claims)
            nothing: list[Any] = [None] * len(at)
            yield [
                part, *_head(pair), one.label, one.field, "", None, None, None, one.inherited, None,
                round(one.weight, 6), *(at if part == "only_a" else nothing), *(nothing if part == "only_a" else at),
            ]  # fmt: skip


def _lines(pair: Overlap) -> Iterator[list[Any]]:
    """A line for each shared field, with the first place of each side; one line where nothing is shared."""
    for one in pair.shared:
        yield [
            *_head(pair), one.label, one.field, one.match, one.narrower_label, one.narrower, one.general,
            one.inherited, one.joint, round(one.weight, 6), *place(one.a), *place(one.b),
        ]  # fmt: skip
    if not pair.shared:
        yield [*_head(pair), *[None] * (len(_PAIRS) - 10 + len(_ENDS))]


def _head(pair: Overlap) -> list[Any]:
    return [
        pair.a, pair.b, pair.a_iri, pair.b_iri, pair.periods, pair.named_a, pair.named_b, round(pair.jaccard, 6),
        round(pair.overlap_coefficient, 6), round(pair.weighted, 6),
    ]  # fmt: skip
