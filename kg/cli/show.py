"""``kg show``: the card of one thing."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.answers import readable
from kg.cli.options import JsonOption, StoreOption
from kg.cli.printing import console, note, put_json
from kg.cli.words import helping, main_language, say

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from kg.graph.lookup import Ambiguous
    from kg.queries.card import Card, Said, Source

HELP = helping(
    "一件事物的卡片：是什么、谁怎么说、原文。",
    "The card of one thing: what it is, what is said of it, by whom, in which words.",
)
_SOURCES = 3
_LONGEST = 160


def show(
    name: Annotated[
        str,
        typer.Argument(
            help=helping(
                "名称：全称、简称、别名、英文、拼音、代码或 IRI。",
                "Full name, short form, alias, English or pinyin name, code, or IRI.",
            )
        ),
    ],
    store: StoreOption = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help=helping(
                "只在这类事物中找，如 region、field。",
                "Look among things of this kind only, such as region or field.",
            ),
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help=helping("不省略。", "Leave nothing out."))] = False,
    as_json: JsonOption = False,
) -> None:
    from kg.errors import LookupFailed
    from kg.graph.lookup import Ambiguous, Lookup
    from kg.graph.store import GraphStore
    from kg.namespaces import KINDS
    from kg.queries.card import card

    if kind is not None and kind not in KINDS:
        raise LookupFailed(f"no kind of thing is called {kind!r}", hint=f"kinds: {', '.join(KINDS)}")
    graph = GraphStore.open(store)
    lookup = Lookup(graph.store)
    try:
        found = lookup.one(name, [kind] if kind else None)
    except Ambiguous as error:
        if as_json:
            put_json({"error": error.problem, "candidates": [asdict(c) for c in error.candidates]})
        raise
    made = card(graph, found, lookup=lookup, language=main_language())
    if as_json:
        put_json(made.row())
    else:
        _print(made, None if every else 10)


def candidates(error: Ambiguous) -> str:
    """The list of things that a name may mean, a line each."""
    return "".join(f"  {c}\n" for c in error.candidates)


def _print(made: Card, limit: int | None) -> None:
    from rich.text import Text

    out = console()
    _head(made, out)
    before: tuple[Source, ...] = ()
    for _, members in groupby(made.said, key=lambda s: (s.predicate, s.role)):
        said = list(members)
        out.print(Text(f"\n{_heading(said[0])}（{len(said)}）", style="bold"))
        for one in said[:limit]:
            _indented(out, 2, Text(_flat(one.label), style="cyan"))
            if one.evidence == before:
                _indented(out, 4, Text(say("原文同上", "same passage"), style="dim"))
            else:
                _evidence(out, one.evidence, limit)
            before = one.evidence
        if limit and len(said) > limit:
            rest = len(said) - limit
            _indented(
                out,
                2,
                Text(say(f"… 还有 {rest} 条（--all 显示全部）", f"… {rest} more (--all)"), style="dim"),
            )
    if not made.said:
        note(say("文件中没有关于它的陈述。", "No document states anything of it."))


def _evidence(out: Console, sources: tuple[Source, ...], limit: int | None) -> None:
    from rich.text import Text

    for source in sources[: _SOURCES if limit else None]:
        where = " · ".join(filter(None, (f"{source.doc} {source.start}–{source.end}", source.section)))
        quote = _flat(source.quote)
        if limit and len(quote) > _LONGEST:
            quote = f"{quote[: _LONGEST // 2]} … {quote[-_LONGEST // 2 :]}"
        _indented(out, 4, Text.assemble(f"「{quote}」 ", (f"— {where} · {source.confidence:g}", "dim")))
    if limit and len(sources) > _SOURCES:
        rest = len(sources) - _SOURCES
        _indented(out, 4, Text(say(f"… 还有 {rest} 处", f"… {rest} more places"), style="dim"))


def _indented(out: Console, by: int, text: Text) -> None:
    from rich.padding import Padding

    text.overflow = "fold"
    out.print(Padding(text, (0, 0, 0, by), expand=False))


def _head(made: Card, out: Console) -> None:
    from rich.text import Text

    thing = made.thing
    english = f"  {thing.label_en}" if thing.label_en and thing.label_en != thing.label else ""
    name = thing.label if thing.label_en or thing.kind == "document" else readable(thing.label)
    out.print(Text.assemble((name, "bold cyan"), english))
    kind = " · ".join(filter(None, (made.type_label, " › ".join(label for _, label in made.above))))
    lines = [("", kind), ("IRI", thing.iri)]
    if made.names:
        lines.append((say("别名", "also"), "、".join(made.names)))
    lines += [(name, "；".join(values)) for name, values in made.properties.items()]
    if made.below:
        shown = "、".join(label for _, label in made.below[:20])
        lines.append((say("下位", "narrower"), shown + ("…" if len(made.below) > 20 else "")))
    if made.mentions:
        lines.append((say("提及", "mentioned"), "，".join(f"{m.doc} {m.count}" for m in made.mentions)))
    if made.mentioned_things:
        lines.append(
            (say("提到", "mentions"), "，".join(f"{kind} {n}" for kind, n in made.mentioned_things.items()))
        )
    for name, text in lines:
        _indented(out, 2, Text.assemble((f"{name} " if name else "", "dim"), _flat(text)))


def _heading(said: Said) -> str:
    return said.predicate_label if said.role == "subject" else f"← {said.predicate_label}"


def _flat(text: str) -> str:
    return " ".join(text.split())
