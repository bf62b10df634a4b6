"""``kg reuse``: passages that stand in two documents, word for word or nearly."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import JsonOption, OutputOption, StoreOption
from kg.cli.printing import note, put, table
from kg.cli.sheets import CsvOption, LimitOption, check_formats, put_data, put_sheet, short, title
from kg.cli.words import helping, main_language, say
from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.analysis.reuse import Reuse
    from kg.analysis.reuse_shares import Share

HELP = helping(
    "文字重合：两份文件中相同或几乎相同的段落，孰先孰后、套话还是实质、其中的共同领域。",
    "Text reuse: passages of two documents that are the same or nearly, which is earlier, boilerplate or "
    "substance, and the fields that both state there.",
)
_COLUMNS = (
    "earlier", "a_doc", "a_start", "a_end", "a_section", "a_quote", "b_doc", "b_start", "b_end", "b_section", "b_quote",
    "length", "score", "kind", "shared_fields", "facts",
)  # fmt: skip
_SHARES = (
    "a", "b", "earlier", "passages", "boilerplate", "longest", "characters", "share_a", "share_b", "substance_b",
    "shared_fields",
)  # fmt: skip
_QUOTE = 56


class KindOption(StrEnum):
    """What a passage is."""

    boilerplate = "boilerplate"
    substance = "substance"


def reuse(
    a: Annotated[
        str | None,
        typer.Argument(
            metavar="[A]", show_default=False, help=helping("只要这份文件的。", "Only of this document.")
        ),
    ] = None,
    b: Annotated[
        str | None,
        typer.Argument(
            metavar="[B]", show_default=False, help=helping("只要它与这份的。", "Only with this one.")
        ),
    ] = None,
    store: StoreOption = None,
    kind: Annotated[
        KindOption | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            show_default=False,
            help=helping(
                "只要 substance（实质）或 boilerplate（套话）。", "Only substance, or only boilerplate."
            ),
        ),
    ] = None,
    min_length: Annotated[
        int,
        typer.Option(
            "--min-length",
            metavar="N",
            min=10,
            help=helping("至少多少字（不计标点空白）。", "At least so many characters, marks not counted."),
        ),
    ] = 20,
    min_score: Annotated[
        float,
        typer.Option(
            "--min-score",
            metavar="SHARE",
            min=0.5,
            max=1,
            help=helping("至少多大比例的字相同。", "At least this share of equal characters."),
        ),
    ] = 0.7,
    summary: Annotated[
        bool,
        typer.Option(
            "--summary", help=helping("只要每对文件的合计。", "Only the sums of each pair of documents.")
        ),
    ] = False,
    limit: LimitOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    output: OutputOption = None,
) -> None:
    check_formats(output, as_json, as_csv)
    from kg.analysis.reuse import reuse as reused
    from kg.analysis.reuse_shares import shares
    from kg.graph.store import GraphStore

    graph = GraphStore.open(store)
    docs = _documents(graph, [name for name in (a, b) if name is not None])
    found = reused(graph, docs=docs, min_length=min_length, min_score=min_score)
    found = tuple(one for one in found if kind is None or one.kind == kind.value)
    pairs = shares(graph, found) if summary or not (as_json or as_csv) else ()
    if as_json:
        put_data([one.row() for one in (pairs if summary else found)][:limit], output)
    elif as_csv and summary:
        put_sheet(_SHARES, ([p.row()[key] for key in _SHARES] for p in pairs[:limit]), output)
    elif as_csv:
        put_sheet(_COLUMNS, (_line(one) for one in found[:limit]), output)
    elif not found:
        put(say("没有重合的段落。", "No passage stands in two documents.") + "\n")
    else:
        if not summary:
            longest = sorted(found, key=lambda r: (-r.length, r.a.doc, r.b.doc, r.a.span))
            _passages(longest[: limit or 20], len(found))
        _sums(pairs)


def _documents(graph: Any, names: Sequence[str]) -> list[str]:
    """The ids of the documents that are meant."""
    from kg.analysis.plans import plans
    from kg.graph.lookup import Lookup

    if not names:
        return []
    ids = {plan.iri: plan.id for plan in plans(graph)}
    lookup = Lookup(graph.store)
    found = [ids[lookup.one(name, ("document",)).iri] for name in names]
    if len(set(found)) != len(found):
        raise QueryError(f"{names[0]!r} and {names[1]!r} are one document", hint="name two")
    return found


def _passages(found: Sequence[Reuse], whole: int) -> None:
    heads = [
        title("较早 → 较晚", "earlier → later"), title("字数", "length"), title("相同", "score"), title("类别", "kind"),
        title("甲", "a"), title("乙", "b"), title("共同领域", "shared fields"),
    ]  # fmt: skip
    rows = [
        [
            _pair(one.a.doc, one.b.doc, one.earlier), str(one.length), f"{one.score:.2f}", _kind(one.kind),
            short(one.a.quote, _QUOTE), short(one.b.quote, _QUOTE), _few(_labels(one)),
        ]
        for one in found
    ]  # fmt: skip
    table(heads, rows, right=(1, 2))
    if whole > len(found):
        note(
            say(
                f"还有 {whole - len(found)} 段（--limit）。", f"{whole - len(found)} more passages (--limit)."
            )
        )
    put("\n")


def _sums(pairs: Iterable[Share]) -> None:
    heads = [
        title("较早 → 较晚", "earlier → later"), title("段落", "passages"), title("其中套话", "formulas"),
        title("最长", "longest"), title("字数", "length"), title("占甲", "of a"), title("占乙", "of b"),
        title("共同领域", "shared fields"),
    ]  # fmt: skip
    rows = [
        [
            _pair(p.a, p.b, p.earlier), str(p.passages), str(p.boilerplate), str(p.longest), str(p.characters),
            f"{p.share_a:.1%}", f"{p.share_b:.1%}", str(p.shared_fields),
        ]
        for p in pairs
    ]  # fmt: skip
    table(heads, rows, right=range(1, len(heads)))


def _pair(a: str, b: str, earlier: str | None) -> str:
    return f"{a} {'→' if earlier else '—'} {b}"


def _kind(kind: str) -> str:
    return {"boilerplate": title("套话", kind), "substance": title("实质", kind)}[kind]


def _labels(one: Reuse) -> list[str]:
    english = main_language() == "en"
    return [field.en or field.zh if english else field.zh for field in one.shared_fields]


def _few(labels: Sequence[str]) -> str:
    more = f" … +{len(labels) - 3}" if len(labels) > 3 else ""
    return title("、", ", ").join(labels[:3]) + more


def _line(one: Reuse) -> list[Any]:
    sides = [value for e in (one.a, one.b) for value in (e.doc, e.start, e.end, e.section, e.quote)]
    return [
        one.earlier, *sides, one.length, round(one.score, 4), one.kind, "、".join(f.zh for f in one.shared_fields),
        len(one.facts),
    ]  # fmt: skip
