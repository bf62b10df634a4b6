"""``kg specialisation``: what is special about a region, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import JsonOption, OutputOption, StoreOption
from kg.cli.printing import note, put, table
from kg.cli.sheets import CsvOption, RowsOption, check_formats, place, put_data, put_sheet, quoted, title
from kg.cli.words import helping, main_language, say

if TYPE_CHECKING:
    from kg.analysis.omissions import Omission
    from kg.analysis.specialisation import OnlyHere, Quotient, Specialisation

HELP = helping(
    "各地的侧重（区位商）、独有的领域，以及国家文件提出而该省未见的领域。",
    "What a region stresses (location quotients), what only it names, what it leaves out of the national guide.",
)
_SHEET = (
    "part", "region", "region_iri", "field", "iri", "quotient", "share", "share_all", "count", "named",
    "national", "candidate", "answer", "recall", "doc", "start", "end", "quote",
)  # fmt: skip
_ANSWERS = {
    "not mentioned": ("未提及", "not mentioned"),
    "not found": ("未发现", "not found"),
    "mentioned": ("文中出现，未成陈述", "in the text, in no statement"),
    "wider": ("提到上位领域", "only what is above it"),
}


class RegionLevel(StrEnum):
    """Regions of which kind."""

    province = "province"
    city = "city"


def specialisation(
    region: Annotated[
        str | None,
        typer.Argument(
            metavar="[REGION]",
            show_default=False,
            help=helping("只看这个省或市。", "Only this province or city."),
        ),
    ] = None,
    store: StoreOption = None,
    level: Annotated[
        RegionLevel,
        typer.Option(
            "--level", help=helping("没有指定地区时：省还是市。", "Without a region: provinces or cities.")
        ),
    ] = RegionLevel.province,
    limit: RowsOption = 20,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
) -> None:
    check_formats(output, as_json, as_csv)
    from kg.analysis.ground import Ground
    from kg.analysis.omissions import omissions
    from kg.analysis.specialisation import specialisation as special
    from kg.graph.store import GraphStore

    ground = Ground.of(GraphStore.open(store))
    iri, of = _chosen(ground, region, level.value)
    found = special(ground, of, iri)
    missing = omissions(ground, iri) if of == "province" else ()
    if as_json:
        put_data({**found.row(), "omissions": [one.row() for one in missing]}, output)
    elif as_csv:
        put_sheet(_SHEET, _lines(found, missing), output)
    elif iri is None:
        _matrix(found.sectors)
        _counts(found.only, missing)
    else:
        _one(found, missing, limit)


def _chosen(ground: Any, region: str | None, level: str) -> tuple[str | None, Any]:
    """The IRI of the region that is asked for, and the level of which it is."""
    from kg.errors import LookupFailed
    from kg.graph.lookup import Lookup

    if region is None:
        return None, level
    iri = Lookup(ground.graph.store).one(region, ("region",)).iri
    for of in ("province", "city"):
        if any(side.iri == iri for side in ground.sides(of)):
            return iri, of
    raise LookupFailed(
        f"{ground.label(iri)}: not a province or city of which a field is named",
        hint="kg specialisation --level city lists them",
    )


def _matrix(quotients: Sequence[Quotient]) -> None:
    """Regions down, sectors across; a cell is the quotient, with how many fields it counts."""
    sectors = list(dict.fromkeys(q.iri for q in sorted(quotients, key=lambda q: (-q.share_all, q.iri))))
    names = {q.iri: _label(q) for q in quotients}
    rows = []
    for region in dict.fromkeys(q.region for q in quotients):
        cells = {q.iri: q for q in quotients if q.region == region}
        first = next(iter(cells.values()))
        name = f"{first.region_label}{'*' if first.few else ''}"
        shown = (cells.get(s) for s in sectors)
        rows.append([name, str(first.named), *(f"{q.quotient:.2f}" if q else "·" for q in shown)])
    if not rows:
        put(say("没有地区提到领域。", "No region names a field.") + "\n")
        return
    table(
        [title("地区", "region"), title("领域数", "fields"), *(names[s] for s in sectors)], rows,
        right=range(1, len(sectors) + 2),
    )  # fmt: skip
    note(
        say(
            "区位商：某门类在该地所提领域中的占比 ÷ 在各地合计中的占比；按提及的领域计，不是产值。* 领域不足 5 个。",
            "Location quotient: the sector's share of the fields named, over its share for all; mentions, not output. "
            "* fewer than 5 fields.",
            between="\n",
        )
    )


def _counts(only: Sequence[OnlyHere], missing: Sequence[Omission]) -> None:
    rows = []
    for region in dict.fromkeys([one.region_label for one in only] + [one.province_label for one in missing]):
        own = [one for one in only if one.region_label == region]
        left = [one for one in missing if one.province_label == region]
        counts = [sum(one.answer == answer for one in left) for answer in _ANSWERS]
        first = title("、", ", ").join(_label(one) for one in own[:3])
        rows.append([region, str(len(own)), first, *(map(str, counts) if missing else ())])
    if rows:
        heads = [title("地区", "region"), title("独有领域", "only here"), title("例如", "such as")]
        answers = [title(*words) for words in _ANSWERS.values()] if missing else []
        put("\n")
        table([*heads, *answers], rows, right=(1, *range(3, 3 + len(answers))))
        if missing:
            note(
                say(
                    "后几列：国家文件列为重点而该省未见的。",
                    "Last columns: national priorities that the province does not name.",
                )
            )
            _recall(missing)


def _one(found: Specialisation, missing: Sequence[Omission], limit: int) -> None:
    _matrix(found.sectors)
    own = found.only[:limit]
    if own:
        put("\n")
        rows = [[_label(one), _yes(one.national), _near(one.near), quoted(one.claims)] for one in own]
        heads = [
            title("领域", "field"),
            title("国家", "national"),
            title("相近者", "near it"),
            title("原文", "quote"),
        ]
        table(heads, rows, title=f"{title('只有该地提出', 'Only here')}（{len(found.only)}）")
    order = list(_ANSWERS)
    left = sorted(missing, key=lambda one: (one.candidate, order.index(one.answer)))[:limit]
    if left:
        put("\n")
        rows = [
            [_label(one), title(*_ANSWERS[one.answer]), "、".join(one.above), quoted(one.national)]
            for one in left
        ]
        heads = [
            title("领域", "field"),
            title("结论", "answer"),
            title("所提上位", "above it"),
            title("国家文件", "guide"),
        ]
        table(heads, rows, title=f"{title('国家文件提出而该省未见', 'National, not here')}（{len(missing)}）")
        _recall(missing)
    if len(found.only) > limit or len(missing) > limit:
        note(say("--limit 列出更多。", "--limit lists more."))


def _recall(missing: Sequence[Omission]) -> None:
    one = missing[0]
    if one.recall is None:
        note(say("召回率未测，故只说“未发现”。", "Recall was not measured, so it is “not found” only."))
        return
    texts = title(
        "未见过的文本" if one.recall.unseen else "随包文件",
        "unseen texts" if one.recall.unseen else "shipped texts",
    )
    enough = one.recall.value >= one.threshold
    note(
        say(
            f"召回率 {one.recall.value:.3f}（{one.recall.type}，{texts}，{one.recall.date}），"
            f"{'达到' if enough else '低于'} {one.threshold:g}，故说“{'未提及' if enough else '未发现'}”。",
            f"Recall {one.recall.value:.3f} ({one.recall.type}), {'at least' if enough else 'below'} {one.threshold:g}: "
            f"“{'not mentioned' if enough else 'not found'}”.",
            between="\n",
        )
    )


def _lines(found: Specialisation, missing: Sequence[Omission]) -> Iterator[list[Any]]:
    for q in (*found.sectors, *found.fields):
        yield [
            q.kind, q.region_label, q.region, q.label, q.iri, round(q.quotient, 6), round(q.share, 6),
            round(q.share_all, 6), round(q.count, 6), q.named, None, None, None, None, *place(q.claims),
        ]  # fmt: skip
    for one in found.only:
        yield [
            "only", one.region_label, one.region, one.label, one.field, *[None] * 5, one.national, one.candidate,
            None, None, *place(one.claims),
        ]  # fmt: skip
    for left in missing:
        yield [
            "omission", left.province_label, left.province, left.label, left.field, *[None] * 5, True,
            left.candidate, left.answer, left.recall.value if left.recall else None, *place(left.national),
        ]  # fmt: skip


def _label(one: Quotient | OnlyHere | Omission) -> str:
    return one.label_en or one.label if main_language() == "en" else one.label


def _near(names: Sequence[str]) -> str:
    return "、".join(names[:3]) + ("…" if len(names) > 3 else "")


def _yes(value: bool) -> str:
    return "✓" if value else ""
