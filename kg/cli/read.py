"""``kg facts`` and ``kg stats``: the fact table, and how much there is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import DocOption, JsonOption, StoreOption
from kg.cli.printing import note, put_json, put_line, table
from kg.cli.words import counted, helping, main_language, say
from kg.errors import LookupFailed

if TYPE_CHECKING:
    from kg.queries.counts import Counts

FACTS_HELP = helping("事实表，每行一个 JSON。", "The fact table, one JSON object a line.")
STATS_HELP = helping("按类型、文件和规则计数。", "Counts by type, document and rule.")


def facts(
    store: StoreOption = None,
    docs: DocOption = None,
    types: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            help=helping("只要这类事实，可重复。", "Only this type of fact; repeatable."),
        ),
    ] = None,
) -> None:
    from kg.graph.store import GraphStore
    from kg.model import FACT_TYPES

    if unknown := sorted(set(types or ()) - FACT_TYPES.keys()):
        raise LookupFailed(
            f"no type of fact is called {unknown[0]!r}", hint=f"types: {', '.join(FACT_TYPES)}"
        )
    graph = GraphStore.open(store)
    for doc in dict.fromkeys(docs) if docs else (None,):
        for row in graph.rows(doc):
            if not types or row["type"] in types:
                put_line(row)


def stats(store: StoreOption = None, as_json: JsonOption = False) -> None:
    from kg.graph.lookup import Lookup
    from kg.graph.store import GraphStore
    from kg.namespaces import ONTOLOGY
    from kg.queries.counts import counts

    graph = GraphStore.open(store)
    found = counts(graph)
    if as_json:
        put_json(found.row())
        return
    fact_table(found)
    rules = [[*name.split("/", 1), str(n)] for name, n in found.by_rule.items()]
    table([say("类型", "type"), say("规则", "rule"), say("事实", "facts")], rows=rules, right=(2,))
    label = Lookup(graph.store).label
    things = [
        [f"pp:{name}", label(f"{ONTOLOGY}{name}", main_language()), str(n)]
        for name, n in found.things.items()
    ]
    table(
        [say("类", "class"), say("提到的事物", "things mentioned"), say("个数", "number")], things, right=(2,)
    )
    note(say(f"候选概念 {found.candidates} 个，四元组 {found.quads} 条。",
             f"{counted(found.candidates, 'candidate concept')}, {counted(found.quads, 'quad')}."))  # fmt: skip


def fact_table(found: Counts) -> None:
    """Prints the facts by type and document; by type alone where there are many documents."""
    docs = list(found.by_document) if len(found.by_document) <= 8 else []
    rows = [
        [t, *(str(found.by_document[d].get(t, "")) for d in docs), str(n)] for t, n in found.by_type.items()
    ]
    rows.append(
        [say("合计", "total"), *(str(sum(found.by_document[d].values())) for d in docs), str(found.facts)]
    )
    short = [re.sub(r"-(?=\d{4})", "-\n", doc, count=1) for doc in docs]
    headings = [say("事实", "facts"), *short, say("合计", "total")]
    table(headings, rows, right=range(1, len(headings)))
