"""``kg eval``: how good the facts are, against those that people found."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import JsonOption, StoreOption
from kg.cli.printing import note, put, put_json, table
from kg.cli.words import helping, say
from kg.errors import LookupFailed

if TYPE_CHECKING:
    from kg.evaluation.mistakes import Mistake
    from kg.evaluation.report import Report
    from kg.evaluation.tally import Tally

HELP = helping(
    "对照人工标注给事实打分：精确率、召回率、F1，按类型、文件和规则。",
    "Score the facts against gold files: precision, recall, F1 by type, document and rule.",
)
_EVERY = "all"
DOCS = 6
"""Columns of documents that fit beside each other."""


GoldArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="GOLD...",
        show_default=False,
        help=helping(
            "标注文件（.jsonl）或目录，文件名即文件编号。",
            "Gold files (.jsonl) or folders; a file is named as its document.",
        ),
    ),
]
PairOption = Annotated[
    list[str] | None,
    typer.Option(
        "--doc",
        metavar="ID",
        help=helping(
            "只要这份文件，可重复；标注文件另有名称时写“名称=编号”。",
            "Only this document, repeatable; STEM=ID where its gold file has another name.",
        ),
    ),
]
RuleOption = Annotated[
    bool, typer.Option("--by-rule", help=helping("另按规则计分。", "Score each rule, too."))
]
ErrorsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--errors",
        metavar="TYPE",
        help=helping(
            "列出这类事实的遗漏、误报和偏差，可重复；all 为全部。",
            "List what is missed, spurious or inexact in this type, repeatable; all for every type.",
        ),
    ),
]


def evaluate(
    gold: GoldArgument,
    store: StoreOption = None,
    as_json: JsonOption = False,
    docs: PairOption = None,
    by_rule: RuleOption = False,
    errors: ErrorsOption = None,
) -> None:
    from kg.evaluation.claims import chosen, claims
    from kg.evaluation.report import all_mistakes, compare
    from kg.graph.store import GraphStore

    types = _types(errors or [])
    graph = GraphStore.open(store)
    picked = chosen(gold, docs or [], graph.documents())
    texts = {one.doc: graph.text(one.doc) for one in picked}
    placed = [one.placed(texts[one.doc]) for one in picked]
    predicted = {one.doc: claims(graph.facts(one.doc)) for one in placed}
    report = compare(placed, predicted)
    wrong = list(all_mistakes(report, types, predicted, texts)) if types else []
    if as_json:
        put_json(report.row(rules=by_rule) | ({"errors": [m.row() for m in wrong]} if types else {}))
    else:
        _scores(report)
        if by_rule:
            _rules(report)
        if types:
            _mistakes(wrong)
    for one in placed:
        if lost := "、".join(str(c.line) for c in one.claims if not c.spans):
            note(
                say(
                    f"{one.path}：第 {lost} 行的原文不在文件中。",
                    f"{one.path}: the quotes of lines {lost} are not in the document.",
                )
            )


def _types(asked: list[str]) -> list[str]:
    from kg.model import FACT_TYPES

    if unknown := sorted(set(asked) - FACT_TYPES.keys() - {_EVERY}):
        hint = f"types: {', '.join(FACT_TYPES)}, {_EVERY}"
        raise LookupFailed(f"no type of fact is called {unknown[0]!r}", hint=hint)
    return [t for t in FACT_TYPES if t in asked or _EVERY in asked]


def _scores(report: Report) -> None:
    head = heads("类型 type", "标注 gold", "抽取 found", "相符 match", "精确率 P", "召回率 R")
    head += ["F1", *heads("严格F1 strict F1", "宏平均F1 macro F1")]
    rows = [_score_row(t, one, report.macro(t)["f1"]) for t, one in report.by_type.items()]
    rows.append(_score_row(say("合计", "all"), report.overall, report.macro()["f1"]))
    table(head, rows, right=range(1, 9))
    head = heads("类型 type", "原文相同 exact", "重叠过半 IoU≥0.5", "有重叠 any", "细节一致 details")
    rows = [
        [t, *_evidence(one), "  ".join(f"{k} {number(v)}" for k, v in one.agreement().items())]
        for t, one in report.by_type.items()
    ]
    table(
        head,
        rows,
        right=range(1, 4),
        title=say("相符事实的原文与细节", "Quotes and details of matched facts"),
    )
    _by_document(report)
    for doc, types in report.unjudged.items():
        listed = ", ".join(f"{t} {n}" for t, n in types.items())
        note(
            say(
                f"{doc}：标注中没有的类型，未计分：{listed}。",
                f"{doc}: not scored, the gold has none: {listed}.",
            )
        )


def _score_row(name: str, one: Tally, macro: float) -> list[str]:
    counts = [str(n) for n in (one.gold, one.predicted, one.matched)]
    return [name, *counts, *map(number, (one.precision, one.recall, one.f1, one.f1_strict, macro))]


def _evidence(one: Tally) -> list[str]:
    return [number(one.evidence[k] / one.placed if one.placed else None) for k in ("exact", "0.5", "any")]


def _by_document(report: Report) -> None:
    docs = report.documents
    for some in (docs[n : n + DOCS] for n in range(0, len(docs), DOCS) if len(docs) > 1):
        found = [report.by_document[doc] for doc in some]
        rows = [[t, *(number(of[t].f1) if t in of else "" for of in found)] for t in report.by_type]
        head = [*heads("类型 type"), *(doc.replace("-", "-\n", 1) for doc in some)]
        table(head, rows, right=range(1, len(head)), title=say("各文件的F1", "F1 by document"))


def _rules(report: Report) -> None:
    head = heads("类型/规则 type/rule", "抽取 found", "相符 match", "精确率 P", "严格 strict", "占标注 R")
    head += ["F1", *heads("原文相同 exact", "过半 IoU≥0.5", "有重叠 any")]
    rows = []
    for (type_, rule), one in report.by_rule.items():
        scores = [one.precision, one.strict / one.predicted, one.recall, one.f1]
        counts = [str(one.predicted), str(one.matched)]
        rows.append([f"{type_}/{rule}", *counts, *map(number, scores), *_evidence(one)])
    table(head, rows, right=range(1, 10))


def _mistakes(wrong: list[Mistake]) -> None:
    kinds = {"missed": "遗漏 missed", "spurious": "误报 spurious", "inexact": "偏差 inexact"}
    head = heads("文件 document", "类型 type", "事实 fact", "句子 sentence", "说明 remark")
    for kind, title in kinds.items():
        listed = [m for m in wrong if m.kind == kind]
        rows = [
            [f"{m.doc}\n{m.start or ''}", m.type, fact_line(m.keys), m.sentence, _remark(m)] for m in listed
        ]
        if rows:
            table(head, rows, title=f"{heads(title)[0]} ({len(rows)})")
    if not wrong:
        put(say("没有差错。", "No mistakes.") + "\n")


def _remark(m: Mistake) -> str:
    parts = [
        f"{m.rule} {number(m.confidence)}" if m.rule else "",
        f"≠ {', '.join(m.differs)}" if m.differs else "",
    ]
    if m.instead is not None:
        nearest = say("标注", "gold") if m.kind != "missed" else say("抽取为", "found")
        parts.append(f"{nearest}: {fact_line(m.instead)}")
    elif m.read_as:
        parts.append(f"{say('句中已有', 'read as')}: {', '.join(m.read_as)}")
    return "\n".join(p for p in parts if p)


def fact_line(keys: Mapping[str, Any]) -> str:
    """What a fact says, on a line.

    >>> fact_line({"field": "疫苗", "region": None, "n": 3})
    'field=疫苗 n=3'
    """
    shown = ((k, "、".join(map(str, v)) if isinstance(v, list) else v) for k, v in keys.items())
    return " ".join(f"{k}={v}" for k, v in shown if v not in (None, ""))


def heads(*titles: str) -> list[str]:
    """Titles written as ``中文 English`` in the language that is asked for.

    >>> len(heads("精确率 P", "F1 F1"))
    2
    """
    return [say(*title.split(" ", 1)) for title in titles]


def number(value: float | None) -> str:
    """A score with two decimals; nothing for None.

    >>> number(2 / 3), number(None)
    ('0.67', '')
    """
    return "" if value is None else f"{value:.2f}"
