"""``kg eval`` and ``kg audit``: how good the facts are, and what may have been missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import JsonOption, StoreOption
from kg.cli.printing import note, put, put_json, table
from kg.cli.words import helping, say
from kg.errors import LookupFailed

if TYPE_CHECKING:
    from kg.evaluation.audit import Audit
    from kg.evaluation.mistakes import Mistake
    from kg.evaluation.report import Report
    from kg.evaluation.tally import Tally

EVAL_HELP = helping(
    "对照人工标注给事实打分：精确率、召回率、F1，按类型、文件和规则。",
    "Score the facts against gold files: precision, recall, F1 by type, document and rule.",
)
AUDIT_HELP = helping(
    "列出看似事实而未被理解的句子、待收录的候选概念、置信度低的事实。",
    "List what looked like a fact and was not understood, candidate concepts, and doubtful facts.",
)
_EVERY = "all"


def evaluate(
    gold: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD...", show_default=False,
            help=helping("标注文件（.jsonl）或目录，文件名即文件编号。", "Gold files (.jsonl) or folders; a file is named as its document."),
        ),
    ],
    store: StoreOption = None,
    as_json: JsonOption = False,
    docs: Annotated[
        list[str] | None,
        typer.Option(
            "--doc", metavar="ID", help=helping("只要这份文件，可重复；名称=编号 指明对应关系。", "Only this document, repeatable; STEM=ID where a gold file has another name."),
        ),
    ] = None,
    by_rule: Annotated[bool, typer.Option("--by-rule", help=helping("另按规则计分。", "Score each rule, too."))] = False,
    errors: Annotated[
        list[str] | None,
        typer.Option(
            "--errors", metavar="TYPE", help=helping("列出这类事实的遗漏、误报和偏差，可重复；all 为全部。", "List what was missed, spurious or inexact in this type, repeatable; all for every type."),
        ),
    ] = None,
) -> None:  # fmt: skip
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
        if lost := [c.line for c in one.claims if not c.spans]:
            lines = "、".join(map(str, lost[:10]))
            note(say(f"{one.path}：第 {lines} 行的原文不在文件中。", f"{one.path}: the quote of line {lines} is not in the document."))


def audit(
    store: StoreOption = None,
    docs: Annotated[
        list[str] | None, typer.Option("--doc", metavar="ID", help=helping("只要这份文件，可重复。", "Only this document; repeatable.")),
    ] = None,
    as_json: JsonOption = False,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help=helping("每张表的行数，0 为不限。", "Rows of each table; 0 for all.")),
    ] = 20,
    below: Annotated[
        float, typer.Option("--below", metavar="NUMBER", min=0, max=1, help=helping("低于此置信度的事实为存疑。", "Facts below this confidence are doubtful.")),
    ] = 0.7,
    silent: Annotated[
        bool, typer.Option("--silent", help=helping("只列完全没有事实的句子。", "Only sentences in which no fact was found at all.")),
    ] = False,
) -> None:  # fmt: skip
    from kg.evaluation.audit import audit as audited
    from kg.graph.store import GraphStore

    found = audited(GraphStore.open(store), docs or [], below=below, silent=silent)
    if as_json:
        put_json(found.row(limit or None))
    else:
        _audit(found, limit or None)


def _types(asked: list[str]) -> list[str]:
    from kg.model import FACT_TYPES

    if unknown := sorted(set(asked) - FACT_TYPES.keys() - {_EVERY}):
        hint = f"types: {', '.join(FACT_TYPES)}, {_EVERY}"
        raise LookupFailed(f"no type of fact is called {unknown[0]!r}", hint=hint)
    return [t for t in FACT_TYPES if t in asked or _EVERY in asked]


def _scores(report: Report) -> None:
    columns = [
        say("类型", "type"), say("标注", "gold"), say("抽取", "found"), say("相符", "match"), say("精确率", "P"),
        say("召回率", "R"), "F1", say("严格F1", "strict F1"), say("宏平均F1", "macro F1"),
        say("原文相同", "quote exact"), "IoU≥0.5", say("原文重叠", "overlap"), say("细节", "details"),
    ]  # fmt: skip
    rows = [_score_row(t, one, report.macro(t)["f1"]) for t, one in report.by_type.items()]
    rows.append(_score_row(say("合计", "all"), report.overall, report.macro()["f1"], details=False))
    table(columns, rows, right=range(1, 12))
    if len(report.documents) > 1:
        _by_document(report)
    for doc, types in report.unjudged.items():
        listed = ", ".join(f"{t} {n}" for t, n in types.items())
        note(say(f"{doc}：标注中没有的类型，未计分：{listed}。", f"{doc}: not scored, the gold has none: {listed}."))


def _score_row(name: str, one: Tally, macro: float, *, details: bool = True) -> list[str]:
    shares = [_number(one.evidence[k] / one.placed if one.placed else None) for k in ("exact", "0.5", "any")]
    agreement = " ".join(f"{k} {_number(v)}" for k, v in one.agreement().items()) if details else ""
    return [
        name, str(one.gold), str(one.predicted), str(one.matched), _number(one.precision), _number(one.recall),
        _number(one.f1), _number(one.f1_strict), _number(macro), *shares, agreement,
    ]  # fmt: skip


def _by_document(report: Report) -> None:
    types = list(report.by_type)
    rows = [
        [doc, *(_number(found[t].f1) if t in found else "" for t in types)]
        for doc, found in report.by_document.items()
    ]
    table([say("各文件F1", "F1 by document"), *(t.replace("_", "_\n") for t in types)], rows, right=range(1, len(types) + 1))


def _rules(report: Report) -> None:
    columns = [
        say("类型", "type"), say("规则", "rule"), say("抽取", "found"), say("相符", "match"), say("精确率", "P"),
        say("严格精确率", "strict P"), say("占标注", "R"), "F1", say("原文相同", "quote exact"), say("原文重叠", "overlap"),
    ]  # fmt: skip
    rows = []
    for (type_, rule), one in report.by_rule.items():
        shares = [_number(one.evidence[k] / one.placed if one.placed else None) for k in ("exact", "any")]
        scores = [one.precision, one.strict / one.predicted, one.recall, one.f1]
        rows.append([type_, rule, str(one.predicted), str(one.matched), *map(_number, scores), *shares])
    table(columns, rows, right=range(2, 10))


def _mistakes(wrong: Iterable[Mistake]) -> None:
    kinds = {
        "missed": say("遗漏", "missed"), "spurious": say("误报", "spurious"), "inexact": say("偏差", "inexact"),
    }  # fmt: skip
    listed = list(wrong)
    for kind, title in kinds.items():
        rows = [
            [f"{m.doc}\n{m.start if m.start is not None else ''}", m.type, _facts(m.keys), m.sentence, _remark(m)]
            for m in listed
            if m.kind == kind
        ]
        if rows:
            head = [say("文件", "document"), say("类型", "type"), say("事实", "fact"), say("句子", "sentence"), say("说明", "remark")]
            table(head, rows, title=f"{title}（{len(rows)}）")
    if not listed:
        put(say("没有差错。", "No mistakes.") + "\n")


def _remark(m: Mistake) -> str:
    parts = [f"{m.rule} {_number(m.confidence)}" if m.rule else "", f"≠ {', '.join(m.differs)}" if m.differs else ""]
    if m.instead is not None:
        nearest = say("标注", "gold") if m.kind != "missed" else say("抽取为", "found")
        parts.append(f"{nearest}: {_facts(m.instead)}")
    elif m.read_as:
        parts.append(f"{say('句中已有', 'read as')}: {', '.join(m.read_as)}")
    return "\n".join(p for p in parts if p)


def _facts(keys: Mapping[str, Any]) -> str:
    shown = ((k, "、".join(map(str, v)) if isinstance(v, list) else v) for k, v in keys.items())
    return " ".join(f"{k}={v}" for k, v in shown if v not in (None, ""))


def _audit(found: Audit, limit: int | None) -> None:
    head = [say("分数", "score"), say("位置", "place"), say("句子", "sentence"), say("理由", "reasons"), say("已有事实", "facts found")]
    rows = [
        [
            _number(s.score), f"{s.doc}\n{s.start}\n{s.section}", s.sentence,
            "\n".join(f"{say(r.zh, r.en)} {_number(r.weight)}: {'、'.join(r.words)}" for r in s.signs), ", ".join(s.found),
        ]
        for s in found.suspects[:limit]
    ]  # fmt: skip
    _section(say("可能遗漏的句子", "Sentences that may hold a missed fact"), head, rows, len(found.suspects), (0,))
    head = [say("概念", "concept"), say("类别", "kind"), say("暂归", "under"), say("次数", "mentions"), say("文件", "documents"), say("例", "example")]
    rows = [
        [c.label, c.kind, c.above, str(c.mentions), "\n".join(c.documents), c.evidence["quote"]] for c in found.candidates[:limit]
    ]
    _section(say("待收录的候选概念", "Candidate concepts waiting for a curator"), head, rows, len(found.candidates), (3,))
    head = [say("置信度", "confidence"), say("类型", "type"), say("事实", "fact"), say("规则", "rule"), say("位置", "place"), say("原文", "quote")]
    rows = [
        [_number(f.confidence), f.type, _facts(f.keys()), f.rule, f"{f.evidence.doc}\n{f.evidence.start}", f.evidence.quote]
        for f in found.doubtful[:limit]
    ]
    _section(say("置信度低的事实", "Facts with low confidence"), head, rows, len(found.doubtful), (0,))
    _expected(found)


def _section(title: str, head: list[str], rows: list[list[str]], total: int, right: tuple[int, ...]) -> None:
    shown = f"（{len(rows)}/{total}）" if len(rows) < total else f"（{total}）"
    if rows:
        table(head, rows, title=title + shown, right=right)
    else:
        put(f"{title}: {say('无', 'none')}\n")


def _expected(found: Audit) -> None:
    head = [
        say("文件", "document"), say("类型", "type"), say("事实", "facts"), say("实测召回率", "measured recall"),
        say("可能遗漏", "may be missed"), say("实测精确率", "measured precision"), say("可能有误", "may be wrong"),
    ]  # fmt: skip
    rows = [
        [
            c.doc, c.type, str(c.facts), _number(c.measured.recall if c.measured else None), _number(c.missed),
            _number(c.measured.precision if c.measured else None), _number(c.wrong),
        ]
        for c in found.coverage
    ]  # fmt: skip
    table(head, rows, title=say("没有抽取，还是没有提到", "Not extracted, or not mentioned"), right=range(2, 7))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
