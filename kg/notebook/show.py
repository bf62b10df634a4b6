"""Results, things and candidates as text for a terminal and as HTML for a notebook; every text is escaped."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.notebook.cells import Quote, text
from kg.queries.columns import headings, value_label

if TYPE_CHECKING:
    from jinja2 import Environment

    from kg.graph.store import GraphStore
    from kg.notebook.places import Place
    from kg.notebook.result import Result
    from kg.notebook.things import Matches, Thing

WIDTH = 120
_LINES, _TABLE, _SAID = 20, 50, 8
_SHORT, _WIDEST = 46, 40
_TEMPLATES = Path(__file__).with_name("templates")


def text_table(result: Result) -> str:
    """A table of one line a row, at most 20 rows of 120 columns, with the number of those left out."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = result[:_LINES]
    if not len(shown):
        return say(result.language, "没有结果", "nothing found")
    heads = headings(shown.shown, result.language)
    cells = [[" ".join(cell.split()) for cell in _said(shown, name)] for name in shown.shown]
    drawn = Table(box=box.HORIZONTALS, padding=(0, 1, 0, 0), show_edge=False)
    for name, heading, width in zip(shown.shown, heads, _widths(heads, cells), strict=True):
        numbers = all(v is None or _number(v) for v in shown[name])
        drawn.add_column(
            Text(heading),
            justify="right" if numbers else "left",
            no_wrap=True,
            overflow="ellipsis",
            width=width,
        )
    for row in zip(*cells, strict=True):
        drawn.add_row(*map(Text, row))
    out = io.StringIO()
    Console(
        file=out,
        width=WIDTH,
        highlight=False,
        emoji=False,
        markup=False,
        color_system=None,
        force_jupyter=False,
    ).print(drawn)
    rows = "\n".join(line.rstrip() for line in (result.title, *out.getvalue().splitlines()) if line)
    return rows + (f"\n{_count(result, len(shown))}" if len(result) > len(shown) else "")


def html_table(result: Result) -> str:
    """The same for a notebook, at most 50 rows: names link to their IRIs, a quote opens to its place."""
    shown = result[:_TABLE]
    cells = {name: _cells(shown, name) for name in shown.shown}
    rows = list(zip(*cells.values(), strict=True)) if cells else []
    return rendered(
        "table.html", title=result.title, headings=headings(shown.shown, result.language), rows=rows,
        count=_count(result, len(shown)), where=_words(result.language),
    )  # fmt: skip


def thing_text(thing: Thing) -> str:
    """The card of a thing as lines."""
    made = thing.card
    english = f"  {thing.label_en}" if thing.label_en and thing.label_en != thing.label else ""
    lines = [f"{thing.label}{english}", *(f"  {name} {words}" for name, words in _about(thing))]
    for heading, said in _groups(thing):
        lines.append(f"{heading} ({len(said)})")
        for one in said[:_SAID]:
            quote = " ".join(one.evidence[0].quote.split()) if one.evidence else ""
            lines.append(f"  {one.label}「{_cut(quote, _WIDEST)}」")
        lines += [f"  … {len(said) - _SAID}"] if len(said) > _SAID else []
    return "\n".join(lines) if made else ""


def thing_html(thing: Thing) -> str:
    """The card of a thing with its quotes, each of which opens to its place."""
    groups = []
    for heading, said in _groups(thing):
        quotes = [Quote(s.quote, s.doc, s.start, s.end) for one in said for s in one.evidence]
        places = iter(_quotes(quotes, thing.graph))
        rows = [
            (_link(one.iri, one.label) if one.iri else {"text": one.label}, [next(places) for _ in one.evidence])
            for one in said
        ]  # fmt: skip
        groups.append((heading, rows))
    return rendered(
        "thing.html", label=thing.label, label_en=thing.label_en or "", iri=_safe_link(thing.iri),
        about=_about(thing), groups=groups, first=_SAID, where=_words(thing.language),
    )  # fmt: skip


def matches_text(found: Matches) -> str:
    """A line for each thing that a name may mean."""
    if not found:
        return say(found.language, "没有找到", "nothing found")
    head = (
        [] if found.exact else [say(found.language, "没有同名的事物，相近的有：", "no such name; near ones:")]
    )
    return "\n".join([*head, *map(str, found)])


def matches_html(found: Matches) -> str:
    """The same as a list of links."""
    rows = [
        (_link(f.iri, f.label), "，".join(filter(None, (f.type, f.within, f.label_en))), f.documents)
        for f in found
    ]
    note = say(found.language, "没有同名的事物，相近的有：", "no such name; near ones:")
    if not found:
        note = say(found.language, "没有找到", "nothing found")
    return rendered("matches.html", rows=rows, note="" if found.exact else note, where=_words(found.language))


def say(language: str, zh: str, en: str) -> str:
    """The text of a language."""
    return en if language == "en" else zh


def rendered(template: str, **values: object) -> str:
    """A template of this room with its values escaped."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def _cells(result: Result, column: str) -> list[dict[str, Any]]:
    values, labels = result[column], _said(result, column)
    quotes = [v for v in values if isinstance(v, Quote)]
    places = iter(_quotes(quotes, result.graph))
    return [
        next(places) if isinstance(v, Quote)
        else _link(v, label) if column in result.iris and isinstance(v, str)
        else {"text": label, "number": _number(v)}
        for v, label in zip(values, labels, strict=True)
    ]  # fmt: skip


def _said(result: Result, column: str) -> list[str]:
    """The names of the things of a column; of numbers three decimals, of codes what they say."""
    return [
        text(round(value, 3)) if isinstance(value, float) and isfinite(value)
        else say(result.language, "是" if value else "否", label) if isinstance(value, bool)
        else value_label(column, label) if result.language != "en" and column not in result.iris
        else label
        for value, label in zip(result[column], result.labels(column), strict=True)
    ]  # fmt: skip


def _quotes(quotes: Sequence[Quote], graph: GraphStore | None) -> list[dict[str, Any]]:
    from kg.notebook.places import Places

    found: list[Place | None] = Places(graph).of(quotes) if graph is not None else [None] * len(quotes)
    return [
        {"quote": " ".join(q.split()), "short": _cut(" ".join(q.split()), _SHORT), "doc": q.doc, "place": place}
        for q, place in zip(quotes, found, strict=True)
    ]  # fmt: skip


def _link(iri: str, label: str) -> dict[str, Any]:
    return {"text": label, "link": _safe_link(iri), "iri": iri}


def _safe_link(iri: str) -> str:
    """The address to link to; empty for what is no address of the web, such as ``javascript:``."""
    return iri if iri.startswith(("https://", "http://")) else ""


def _about(thing: Thing) -> list[tuple[str, str]]:
    made, language = thing.card, thing.language
    above = " › ".join(label for _, label in made.above)
    rows = [
        (say(language, "类别", "type"), " · ".join(filter(None, (made.type_label, above)))),
        ("IRI", thing.iri),
        (say(language, "别名", "also"), "、".join(made.names)),
        *((name, "；".join(values)) for name, values in made.properties.items()),
        (say(language, "下位", "narrower"), "、".join(label for _, label in made.below[:20])),
        (say(language, "提及", "mentioned"), "，".join(f"{m.doc} {m.count}" for m in made.mentions)),
    ]
    return [(name, words) for name, words in rows if words]


def _groups(thing: Thing) -> list[tuple[str, list[Any]]]:
    """What is said of a thing, by property and side."""
    return [
        (said[0].predicate_label if role == "subject" else f"← {said[0].predicate_label}", said)
        for (_, role), members in groupby(thing.card.said, key=lambda s: (s.predicate, s.role))
        for said in [list(members)]
    ]


def _words(language: str) -> Mapping[str, str]:
    zh = {"more": "其余", "unplaced": "原文位置不明", "documents": "份文件", "opens": "点开看出处"}
    en = {
        "more": "more",
        "unplaced": "place not known",
        "documents": "documents",
        "opens": "open for its place",
    }
    return en if language == "en" else zh


def _widths(heads: Sequence[str], cells: Sequence[Sequence[str]]) -> list[int]:
    """As wide as each column wants; where that is too much, the widest give way."""
    from rich.cells import cell_len

    wanted = [max(map(cell_len, (head, *column))) for head, column in zip(heads, cells, strict=True)]
    most = max(wanted, default=0)
    while sum(min(w, most) + 2 for w in wanted) > WIDTH and most > 6:
        most -= 1
    return [min(w, most) for w in wanted]


def _count(result: Result, shown: int) -> str:
    if len(result) > shown:
        return say(
            result.language, f"共 {len(result)} 行，显示前 {shown} 行", f"first {shown} of {len(result)} rows"
        )
    return say(result.language, f"{len(result)} 行", f"{len(result)} rows")


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _cut(words: str, length: int) -> str:
    return words if len(words) <= length else f"{words[: length - 1]}…"


__all__ = [
    "WIDTH", "html_table", "matches_html", "matches_text", "rendered", "say", "text", "text_table",
    "thing_html", "thing_text",
]  # fmt: skip
