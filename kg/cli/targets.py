"""``kg targets``: what was promised by when, side by side where it can be compared, and apart where it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import JsonOption, OutputOption, StoreOption
from kg.cli.printing import note, put, table
from kg.cli.sheets import CsvOption, check_formats, ending, put_data, put_sheet
from kg.cli.words import helping, main_language, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.analysis.targets import Reached, TargetGroup, TargetRow

HELP = helping(
    "量化目标并列：同一指标谁定了多少、何时达到、此前如何；不可比的另列并说明原因，从不排名。",
    "Targets side by side: who set how much by when, and what was reached before; what cannot be compared "
    "stands apart with the reason, and nothing is ranked.",
)
_QUOTE = 64
_COLUMNS = (
    "indicator", "part", "reason", "region", "doc", "wording", "scope", "comparator", "value", "value_max", "unit",
    "normal_value", "normal_value_max", "normal_unit", "deadline", "horizon", "baseline", "direction", "basis",
    "reached", "reached_time", "reached_unit", "reached_scope", "reached_doc", "reached_quote", "reached_differs",
    "quote", "start", "end",
)  # fmt: skip


def targets(
    store: StoreOption = None,
    regions: Annotated[
        list[str] | None,
        typer.Option(
            "--region",
            metavar="NAME",
            help=helping(
                "只要这个区域（含其下）的目标，可重复。",
                "Only targets of this region and what lies in it; repeatable.",
            ),
        ),
    ] = None,
    indicator: Annotated[
        str | None,
        typer.Option(
            "--indicator",
            metavar="NAME",
            help=helping(
                "只要这个指标（含下位及同类口径）。",
                "Only this indicator, those under it, and those measured alike.",
            ),
        ),
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
) -> None:
    check_formats(output, as_json, as_csv)
    from kg.analysis.targets import compare_targets
    from kg.graph.lookup import Lookup
    from kg.graph.store import GraphStore

    graph = GraphStore.open(store)
    lookup = Lookup(graph.store)
    found = compare_targets(
        graph,
        regions=[lookup.one(name, ["region"]).iri for name in regions or ()],
        indicator=lookup.one(indicator, ["indicator"]).iri if indicator else None,
    )
    if as_json:
        put_data([group.row() for group in found], output)
    elif as_csv:
        put_sheet(_COLUMNS, _cells(found), output)
    else:
        _print(found)


def _print(found: Sequence[TargetGroup]) -> None:
    several = [g for g in found if len(g.rows) > 1]
    single = [g for g in found if len(g.rows) == 1]
    headings = [
        say("区域", "region"), say("目标", "target"), say("期限", "by"), say("范围", "scope"),
        say("此前", "before"), say("原文", "quote"),
    ]  # fmt: skip
    for group in several:
        rows = [_line(r) for r in group.rows]
        put(f"\n{_name(group)}\n")
        table(headings, rows)
    if single:
        put("\n" + say("只有一个目标的指标", "Indicators with one target") + "\n")
        table([say("指标", "indicator"), *headings], [[_name(g), *_line(r)] for g in single for r in g.rows])
    if not found:
        put(say("没有目标。", "No targets.") + "\n")
    else:
        note(
            say(
                "≠ 不可与其余并列，原因见原文栏；（年份）为规划期末，文件未写期限；~ 与目标口径不同的既往数据。",
                "≠ not comparable with the rest, the reason is beside it; (year) is the last of the plan where no "
                "deadline is written; ~ a past figure on another basis.",
            )
        )


def _name(group: TargetGroup) -> str:
    return say(group.indicator, group.indicator_en or group.indicator)


def _line(row: TargetRow) -> list[str]:
    f, language = row.figure, main_language()
    by = str(f.deadline) if f.deadline else f"({f.end})" if f.end else ""
    reason = row.reason[language == "en"]
    quote = ending(f.claim.evidence.quote, _QUOTE)
    return [
        f"{'≠ ' if reason else ''}{f.region.label(language) if f.region else ''}",
        f.worded(language), by, f.scope or "", "\n".join(map(_before, row.reached[:3])),
        f"{reason}\n“{quote}”" if reason else f"“{quote}”",
    ]  # fmt: skip


def _before(reached: Reached) -> str:
    mark = "~ " if reached.differs[0] else ""
    time = f" ({reached.figure.time})" if reached.figure.time else ""
    return f"{mark}{reached.figure.worded(main_language())}{time}"


def _cells(found: Sequence[TargetGroup]) -> Iterable[list[Any]]:
    """A row of the table for each target and each figure reached before it; one where none is known."""
    for group in found:
        for part, rows in (("comparable", group.comparable), ("apart", group.apart)):
            for row in rows:
                r, language = row.row(), main_language()
                normal, evidence = r["normalised"], r["evidence"]
                start = [
                    _name(group), part, row.reason[language == "en"], r["region"], r["doc"], r["wording"], r["scope"],
                    r["comparator"], r["value"], r["value_max"], r["unit"], normal["value"], normal["value_max"],
                    normal["unit"], r["deadline"], r["horizon"], r["baseline"], r["direction"],
                    r["basis_en" if language == "en" else "basis"],
                ]  # fmt: skip
                end = [evidence["quote"], evidence["start"], evidence["end"]]
                for past in row.reached or (None,):
                    yield [*start, *(_past(past) if past else [None] * 7), *end]


def _past(reached: Reached) -> list[Any]:
    p = reached.row()
    differs = reached.differs[main_language() == "en"]
    time = reached.figure.time
    return [p["value"], time, p["unit"], p["scope"], p["doc"], p["evidence"]["quote"], differs]
