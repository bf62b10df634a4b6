"""``kg diff``: what changed from one document to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import JsonOption, OutputOption, StoreOption
from kg.cli.printing import note, put, table
from kg.cli.sheets import CsvOption, LimitOption, check_formats, ending, put_data, put_sheet
from kg.cli.words import helping, main_language, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.analysis.claims import Claim
    from kg.analysis.edition_changes import Change, Changes
    from kg.analysis.editions import EditionDiff
    from kg.analysis.figures import Figure

HELP = helping(
    "两个文件之间的变化：新增、延续、未再出现的领域、集聚区和目标，目标有无修订，各附原文。",
    "What changed between two documents: fields, clusters and targets that entered, stayed, went or were revised, "
    "with the words of both.",
)
_PARTS = {
    "entered": ("新增", "entered"),
    "kept": ("延续", "kept"),
    "revised": ("修订", "revised"),
    "dropped": ("未再出现", "no longer found"),
}
_KINDS = {"fields": ("领域", "fields"), "clusters": ("集聚区", "clusters"), "targets": ("目标", "targets")}
_COLUMNS = (
    "kind", "change", "name", "match", "answer", "note", "old_value", "new_value", "old_quote", "old_start", "old_end",
    "new_quote", "new_start", "new_end",
)  # fmt: skip
_QUOTE, _ROWS = 40, 20


def diff(
    a: Annotated[str, typer.Argument(metavar="A", help=helping("一份文件。", "One document."))],
    b: Annotated[str, typer.Argument(metavar="B", help=helping("另一份文件。", "The other one."))],
    store: StoreOption = None,
    as_given: Annotated[
        bool,
        typer.Option(
            "--as-given",
            help=helping("从 A 到 B，不按规划期先后。", "From A to B, whichever is the older one."),
        ),
    ] = False,
    limit: LimitOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
) -> None:
    check_formats(output, as_json, as_csv)
    from kg.analysis.editions import diff as compared
    from kg.graph.lookup import Lookup
    from kg.graph.store import GraphStore

    graph = GraphStore.open(store)
    lookup = Lookup(graph.store)
    old, new = (lookup.one(name, ("document",)).iri for name in (a, b))
    found = compared(graph, old, new, by_time=not as_given)
    if as_json:
        put_data(found.row(), output)
    elif as_csv:
        put_sheet(_COLUMNS, _cells(found), output)
    else:
        _print(found, limit or _ROWS)


def _print(found: EditionDiff, limit: int) -> None:
    _sizes(found)
    for kind, changes in (("fields", found.fields), ("clusters", found.clusters)):
        for part in ("entered", "kept", "dropped"):
            _changes(kind, part, getattr(changes, part), limit)
    goals = found.targets
    for part, single in (("entered", goals.entered), ("dropped", goals.dropped)):
        rows = [[*_target(t.figure), _quote([t.figure.claim])] for t in single]
        _table("targets", part, [*_goal(), say("原文", "quote")], rows, limit)
    for part, pairs in (("kept", goals.kept), ("revised", goals.revised)):
        rows = []
        for pair in pairs:
            name, was, *_ = _target(pair.old)
            _, now, scope = _target(pair.new)
            differs = pair.differs[main_language() == "en"]
            quotes = f"{_quote([pair.old.claim])}\n→ {_quote([pair.new.claim])}"
            rows.append([name, f"{was} → {now}", scope, f"{differs}\n{quotes}" if differs else quotes])
        _table("targets", part, [*_goal(), say("原文", "quote")], rows, limit)


def _sizes(found: EditionDiff) -> None:
    from kg.analysis.edition_changes import ANSWERS, silence

    rows = [
        [
            e.plan.title, e.plan.period or "", str(e.characters or ""), str(e.fields), str(e.clusters), str(e.targets)
        ]
        for e in (found.old, found.new)
    ]  # fmt: skip
    columns = [
        say("文件", "document"), say("期间", "years"), say("字数", "characters"), say("领域", "fields"),
        say("集聚区", "clusters"), say("目标", "targets"),
    ]  # fmt: skip
    table(columns, rows, right=(2, 3, 4, 5))
    if found.short is not None:
        title = found.short.plan.title
        note(
            say(
                f"“{title}”短得多：未写的未必是取消的。",
                f"“{title}” is much shorter: what it does not say need not be given up.",
            )
        )
    for kind, type_ in (("fields", "plan_field"), ("clusters", "cluster"), ("targets", "target")):
        recall, word = found.recall.get(type_), _KINDS[kind]
        said = ANSWERS[silence(recall, found.threshold)]
        value = f"{recall.value:g}" if recall else say("未测", "not measured")
        note(
            say(
                f"{word[0]}：召回率 {value}，界限 {found.threshold:g}，故称“{said[0]}”。",
                f"{word[1]}: recall {value}, threshold {found.threshold:g}, hence “{said[1]}”.",
            )
        )


def _changes(kind: str, part: str, changes: Sequence[Change], limit: int) -> None:
    language = main_language()
    headings = [say(*_KINDS[kind]), say("说明", "note")]
    sides = [say("旧文件原文", "older"), say("新文件原文", "newer")]
    shown = {"entered": sides[1:], "dropped": sides[:1]}.get(part, sides)
    rows = []
    for change in sorted(changes, key=lambda c: c.match == "same"):  # what stays in other words comes first
        quotes = [_quote(said) for said in (change.old, change.new) if said]
        rows.append([change.name.label(language), change.note(language), *quotes])
    _table(kind, part, [*headings, *shown], rows, limit)


def _table(kind: str, part: str, headings: list[str], rows: list[list[str]], limit: int) -> None:
    put("\n" + say(f"{_KINDS[kind][0]} · {_PARTS[part][0]}", f"{_KINDS[kind][1]} · {_PARTS[part][1]}"))
    put(f" ({len(rows)})\n")
    if rows:
        table(headings, rows[:limit])
    if len(rows) > limit:
        note(say(f"还有 {len(rows) - limit} 个（--limit）。", f"{len(rows) - limit} more (--limit)."))


def _goal() -> list[str]:
    return [say("指标", "indicator"), say("目标", "target"), say("范围", "scope")]


def _target(figure: Figure) -> list[str]:
    by = f" ({figure.deadline})" if figure.deadline else ""
    language = main_language()
    return [figure.indicator.label(language), f"{figure.worded(language)}{by}", figure.scope or ""]


def _quote(said: Sequence[Claim]) -> str:
    return f"“{ending(said[0].evidence.quote, _QUOTE)}”"


def _cells(found: EditionDiff) -> Iterable[list[Any]]:
    language = main_language()
    for kind, changes in (("field", found.fields), ("cluster", found.clusters)):
        yield from _change_cells(kind, changes, language)
    goals = found.targets
    for part, pairs in (("kept", goals.kept), ("revised", goals.revised)):
        for pair in pairs:
            values = (_target(pair.old)[1], _target(pair.new)[1])
            yield [
                "target", part, pair.new.indicator.label(language), "、".join(pair.changed), None,
                pair.differs[language == "en"], *values, *_place([pair.old.claim]), *_place([pair.new.claim]),
            ]  # fmt: skip
    for part, single in (("entered", goals.entered), ("dropped", goals.dropped)):
        for t in single:
            name, value, _ = _target(t.figure)
            amounts, said = [None, value], [_place([]), _place([t.figure.claim])]
            if part == "dropped":  # then all of it stands on the side of the old document
                amounts, said = amounts[::-1], said[::-1]
            yield ["target", part, name, None, t.answer, None, *amounts, *said[0], *said[1]]


def _change_cells(kind: str, changes: Changes, language: str) -> Iterable[list[Any]]:
    for part in ("entered", "kept", "dropped"):
        for c in getattr(changes, part):
            yield [
                kind, part, c.name.label(language), c.match, c.answer, c.note(language), None, None,
                *_place(c.old), *_place(c.new),
            ]  # fmt: skip


def _place(said: Sequence[Claim]) -> list[Any]:
    """The first of the places: quote, start and end."""
    if not said:
        return [None, None, None]
    e = said[0].evidence
    return [e.quote, e.start, e.end]
