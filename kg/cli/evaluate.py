"""``kg eval`` and ``kg audit``: how good the facts are, and what may have been missed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import DocOption, JsonOption, StoreOption
from kg.cli.printing import note, put, put_json, table
from kg.cli.words import helping, say
from kg.errors import LookupFailed

if TYPE_CHECKING:
    from kg.evaluation.audit import Audit, Coverage
    from kg.evaluation.mistakes import Mistake
    from kg.evaluation.report import Report
    from kg.evaluation.suspects import Suspect
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
_DOCS = 6  # columns that fit beside each other


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
LimitOption = Annotated[
    int,
    typer.Option(
        "--limit",
        metavar="N",
        min=0,
        help=helping("每张表的行数，0 为不限。", "Rows of each table; 0 for all."),
    ),
]
BelowOption = Annotated[
    float,
    typer.Option(
        "--below",
        metavar="NUMBER",
        min=0,
        max=1,
        help=helping("置信度低于此数的事实为存疑。", "Facts below this confidence are doubtful."),
    ),
]
SilentOption = Annotated[
    bool,
    typer.Option(
        "--silent",
        help=helping("只列完全没有事实的句子。", "Only sentences in which no fact was found at all."),
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


def audit(
    store: StoreOption = None,
    docs: DocOption = None,
    as_json: JsonOption = False,
    limit: LimitOption = 20,
    below: BelowOption = 0.7,
    silent: SilentOption = False,
) -> None:
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
    head = _head("类型 type", "标注 gold", "抽取 found", "相符 match", "精确率 P", "召回率 R")
    head += ["F1", *_head("严格F1 strict F1", "宏平均F1 macro F1")]
    rows = [_score_row(t, one, report.macro(t)["f1"]) for t, one in report.by_type.items()]
    rows.append(_score_row(say("合计", "all"), report.overall, report.macro()["f1"]))
    table(head, rows, right=range(1, 9))
    head = _head("类型 type", "原文相同 exact", "重叠过半 IoU≥0.5", "有重叠 any", "细节一致 details")
    rows = [
        [t, *_evidence(one), "  ".join(f"{k} {_number(v)}" for k, v in one.agreement().items())]
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
    return [name, *counts, *map(_number, (one.precision, one.recall, one.f1, one.f1_strict, macro))]


def _evidence(one: Tally) -> list[str]:
    return [_number(one.evidence[k] / one.placed if one.placed else None) for k in ("exact", "0.5", "any")]


def _by_document(report: Report) -> None:
    docs = report.documents
    for some in (docs[n : n + _DOCS] for n in range(0, len(docs), _DOCS) if len(docs) > 1):
        found = [report.by_document[doc] for doc in some]
        rows = [[t, *(_number(of[t].f1) if t in of else "" for of in found)] for t in report.by_type]
        head = [*_head("类型 type"), *(doc.replace("-", "-\n", 1) for doc in some)]
        table(head, rows, right=range(1, len(head)), title=say("各文件的F1", "F1 by document"))


def _rules(report: Report) -> None:
    head = _head("类型/规则 type/rule", "抽取 found", "相符 match", "精确率 P", "严格 strict", "占标注 R")
    head += ["F1", *_head("原文相同 exact", "过半 IoU≥0.5", "有重叠 any")]
    rows = []
    for (type_, rule), one in report.by_rule.items():
        scores = [one.precision, one.strict / one.predicted, one.recall, one.f1]
        counts = [str(one.predicted), str(one.matched)]
        rows.append([f"{type_}/{rule}", *counts, *map(_number, scores), *_evidence(one)])
    table(head, rows, right=range(1, 10))


def _mistakes(wrong: list[Mistake]) -> None:
    kinds = {"missed": "遗漏 missed", "spurious": "误报 spurious", "inexact": "偏差 inexact"}
    head = _head("文件 document", "类型 type", "事实 fact", "句子 sentence", "说明 remark")
    for kind, title in kinds.items():
        listed = [m for m in wrong if m.kind == kind]
        rows = [[f"{m.doc}\n{m.start or ''}", m.type, _facts(m.keys), m.sentence, _remark(m)] for m in listed]
        if rows:
            table(head, rows, title=f"{_head(title)[0]} ({len(rows)})")
    if not wrong:
        put(say("没有差错。", "No mistakes.") + "\n")


def _remark(m: Mistake) -> str:
    parts = [
        f"{m.rule} {_number(m.confidence)}" if m.rule else "",
        f"≠ {', '.join(m.differs)}" if m.differs else "",
    ]
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
    head = _head("分数 score", "位置 place", "句子 sentence", "理由 reasons", "已有 found")
    rows = [
        [_number(s.score), f"{s.doc}\n{s.start}\n{s.section}", s.sentence, _reasons(s), "\n".join(s.found)]
        for s in found.suspects[:limit]
    ]
    title = say("可能遗漏的句子", "Sentences that may hold a missed fact")
    _section(title, head, rows, len(found.suspects), (0,))
    head = _head("概念 concept", "类别 kind", "暂归 under", "次数 mentions", "文件 documents", "例 example")
    rows = [
        [c.label, c.kind, c.above, str(c.mentions), "\n".join(c.documents), c.evidence["quote"]]
        for c in found.candidates[:limit]
    ]
    title = say("待收录的候选概念", "Candidate concepts waiting for a curator")
    _section(title, head, rows, len(found.candidates), (3,))
    head = _head("置信度 confidence", "类型 type", "事实 fact", "规则 rule", "位置 place", "原文 quote")
    rows = [
        [_number(f.confidence), f.type, _facts(f.keys()), f.rule, f"{e.doc}\n{e.start}", e.quote]
        for f in found.doubtful[:limit]
        for e in (f.evidence,)
    ]
    title = say("置信度低的事实", "Facts with low confidence")
    _section(title, head, rows, len(found.doubtful), (0,))
    _expected(found)


def _reasons(suspect: Suspect) -> str:
    return "\n".join(f"{say(s.zh, s.en)} {_number(s.weight)}: {'、'.join(s.words)}" for s in suspect.signs)


def _section(title: str, head: list[str], rows: list[list[str]], total: int, right: tuple[int, ...]) -> None:
    shown = f" ({len(rows)}/{total})" if len(rows) < total else f" ({total})"
    if rows:
        table(head, rows, title=title + shown, right=right)
    else:
        put(f"{title}: {say('无', 'none')}\n")


def _expected(found: Audit) -> None:
    """What the measured recall makes likely: ``326 +48`` are 326 facts, and perhaps 48 more in the text."""
    by_type: dict[str, list[Coverage]] = {}
    for one in found.coverage:
        by_type.setdefault(one.type, []).append(one)
    docs = found.documents if len(found.documents) <= _DOCS else []
    head = _head("类型 type", "实测召回率 recall", "精确率 precision", "用例 on")
    head += [*(doc.replace("-", "-\n", 1) for doc in docs), *_head("合计 all")]
    rows = []
    for type_, listed in by_type.items():
        known = listed[0].measured
        scores = [_number(known.recall), _number(known.precision), str(known.gold)] if known else ["", "", ""]
        by_doc = [_with_missed(c.facts, c.missed) for c in listed] if docs else []
        total = _with_missed(sum(c.facts for c in listed), sum(c.missed or 0 for c in listed))
        rows.append([type_, *scores, *by_doc, total])
    title = say("事实数与可能的遗漏", "Facts, and how many more the text may hold")
    table(head, rows, title=title, right=range(1, len(head)))


def _with_missed(facts: int, missed: float | None) -> str:
    return f"{facts} +{missed:.0f}" if missed and missed >= 0.5 else str(facts)


def _head(*titles: str) -> list[str]:
    """Titles written as ``中文 English`` in the language that is asked for."""
    return [say(*title.split(" ", 1)) for title in titles]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
