"""Sources to export: the four short plans, the same without vocabularies, and a plan that wants to do harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.documents.sources import document
from kg.exports.source import Source
from kg.graph.background import background
from kg.graph.build import build
from kg.graph.store import GraphStore
from kg.model import FACT_TYPES, Evidence
from kg.namespaces import GRAPH

NASTY = (
    "=cmd|' /C calc'!A0规划\r\n"
    "一、<script>alert(1)</script>\r\n"
    '重点发展=HYPERLINK("http://x")、+抗体、-疫苗、@SUM(A1)、\'引号、甲；乙、反\\斜杠；尾\\。\r\n'
    '垂直\x0b制表\x1f与\u2028换行𠮷&amp;]]>"""。\r\n'
    "#N/A园聚焦=1+1和甲；乙。\r\n"
)
FIELDS = (
    '=HYPERLINK("http://x")', "+抗体", "-疫苗", "@SUM(A1)", "'引号", "甲；乙", "反\\斜杠；尾\\",
    '垂直\x0b制表\x1f与\u2028换行𠮷&amp;]]>"""',
)  # fmt: skip


@pytest.fixture(scope="session")
def source(tiny_graph: GraphStore) -> Source:
    """The four short plans."""
    return Source(tiny_graph)


@pytest.fixture(scope="session")
def lean(tiny_graph: GraphStore) -> Source:
    """The four short plans without the vocabularies: rdflib reads files slowly. The ontology has blank nodes."""
    quads = (q for q in tiny_graph.store if getattr(q.graph_name, "value", "") != GRAPH.vocabulary)
    return Source(GraphStore.in_memory(quads))


@pytest.fixture(scope="session")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """A plan whose names are formulas, markup, separators, control characters; its lines end as on Windows."""
    plan = document("nasty", NASTY)
    facts = []
    for name in FIELDS:
        start = plan.text.index(name)
        evidence = Evidence(plan.id, start, start + len(name), name, None)
        facts.append(
            FACT_TYPES["plan_field"](field=name, category=None, parent=None, evidence=evidence, rule="=rule")
        )
    start = plan.text.index("#N/A园")
    quote = plan.text[start - 2 : start + 14]
    evidence = Evidence(plan.id, start - 2, start - 2 + len(quote), quote, None)
    facts.append(
        FACT_TYPES["cluster"](
            name="#N/A园", kind="park", region=None, province=None, fields=("=1+1", "甲；乙", "反\\"), aliases=("；",),
            status="existing", evidence=evidence, rule="r",
        )
    )  # fmt: skip
    folder: Path = tmp_path_factory.mktemp("nasty") / "store"
    build([(plan, facts)], folder, background_quads=background(vocabularies=[]))
    return Source(GraphStore.open(folder))
