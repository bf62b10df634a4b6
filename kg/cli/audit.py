"""``kg audit``: what may have been missed, what waits for a curator, and what is doubtful."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.evaluate import DOCS, fact_line, heads, number
from kg.cli.options import DocOption, JsonOption, StoreOption
from kg.cli.printing import put, put_json, table
from kg.cli.words import helping, say

if TYPE_CHECKING:
    from kg.evaluation.audit import Audit, Coverage
    from kg.evaluation.suspects import Suspect

HELP = helping(
    "列出看似事实而未被理解的句子、待收录的候选概念、置信度低的事实。",
    "List what looked like a fact and was not understood, candidate concepts, and doubtful facts.",
)

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
        _print(found, limit or None)


def _print(found: Audit, limit: int | None) -> None:
    head = heads("分数 score", "位置 place", "句子 sentence", "理由 reasons", "已有 found")
    rows = [
        [number(s.score), f"{s.doc}\n{s.start}\n{s.section}", s.sentence, _reasons(s), "\n".join(s.found)]
        for s in found.suspects[:limit]
    ]
    title = say("可能遗漏的句子", "Sentences that may hold a missed fact")
    _section(title, head, rows, len(found.suspects), (0,))
    head = heads("概念 concept", "类别 kind", "暂归 under", "次数 mentions", "文件 documents", "例 example")
    rows = [
        [c.label, c.kind, c.above, str(c.mentions), "\n".join(c.documents), c.evidence["quote"]]
        for c in found.candidates[:limit]
    ]
    title = say("待收录的候选概念", "Candidate concepts waiting for a curator")
    _section(title, head, rows, len(found.candidates), (3,))
    head = heads("置信度 confidence", "类型 type", "事实 fact", "规则 rule", "位置 place", "原文 quote")
    rows = [
        [number(f.confidence), f.type, fact_line(f.keys()), f.rule, f"{e.doc}\n{e.start}", e.quote]
        for f in found.doubtful[:limit]
        for e in (f.evidence,)
    ]
    title = say("置信度低的事实", "Facts with low confidence")
    _section(title, head, rows, len(found.doubtful), (0,))
    _expected(found)


def _reasons(suspect: Suspect) -> str:
    return "\n".join(f"{say(s.zh, s.en)} {number(s.weight)}: {'、'.join(s.words)}" for s in suspect.signs)


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
    docs = found.documents if len(found.documents) <= DOCS else []
    head = heads("类型 type", "实测召回率 recall", "精确率 precision", "用例 on")
    head += [*(doc.replace("-", "-\n", 1) for doc in docs), *heads("合计 all")]
    rows = []
    for type_, listed in by_type.items():
        known = listed[0].measured
        scores = [number(known.recall), number(known.precision), str(known.gold)] if known else ["", "", ""]
        by_doc = [_with_missed(c.facts, c.missed) for c in listed] if docs else []
        total = _with_missed(sum(c.facts for c in listed), sum(c.missed or 0 for c in listed))
        rows.append([type_, *scores, *by_doc, total])
    title = say("事实数与可能的遗漏", "Facts, and how many more the text may hold")
    table(head, rows, title=title, right=range(1, len(head)))


def _with_missed(facts: int, missed: float | None) -> str:
    return f"{facts} +{missed:.0f}" if missed and missed >= 0.5 else str(facts)
