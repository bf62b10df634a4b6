"""From a document to its facts: never an error, the same each time, each fact once and with its words."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from strategies import any_text, messy, moderate, plans
from tables import rows

import kg.extraction
from extraction.reader import facts, of_type, read
from kg.documents.sources import document
from kg.extraction import pipeline as pipelines
from kg.extraction.pipeline import COMPONENTS, extract, pipeline
from kg.extraction.state import document_of, facts_of, mentions_of
from kg.model import FACT_TYPES, Fact

PLAN = """贵州省大健康医药产业发展规划（2021—2025年）
贵州省工业和信息化厅
一、发展基础
2020年，全省医药工业营业收入达到450亿元。贵阳在苗药、中药饮片等领域优势突出。
二、发展目标
到2025年，医药工业营业收入达到1000亿元，年均增速15%以上。
三、重点领域
（一）生物药
1.抗体药物。重点发展针对恶性肿瘤、糖尿病等疾病的抗体药物，以PD-1为靶点开发新药。
（二）中药
支持益佰制药、百灵制药等企业做强苗药。
四、空间布局
支持贵阳国家高新区、乌当医药食品工业园发展。遵义市重点发展中药饮片。
五、保障措施
建设贵州医科大学药物筛选平台。落实《“健康贵州2030”规划纲要》。（责任单位：省药监局、省科技厅）
"""

# Texts in which there is little or nothing to find: none raises, and none yields a fact but the document itself.
BARE = """
# nothing
。
→
一
# no Chinese
Lorem ipsum dolor sit amet, consectetur adipiscing elit.
12345 67890
# marks only
、、、，，，。。。；；；
“”（）《》【】
# headings only
一、总体要求⏎（一）指导思想⏎（二）基本原则⏎二、保障措施
# of quite other things
今天天气很好，我们去公园散步。
小麦、玉米、大豆等粮食作物长势良好。
"""


def test_components_are_those_of_the_folder() -> None:
    folder = Path(kg.extraction.__file__).parent
    for name in COMPONENTS:
        assert (folder / f"{name}.py").is_file()
        module = import_module(f"kg.extraction.{name}")
        assert module.__doc__
        assert module.__doc__.startswith("Component: ")
    assert pipeline().pipe_names == list(COMPONENTS)
    assert pipeline() is pipeline()


def test_a_plan_yields_facts_of_every_type() -> None:
    assert {f.type for f in facts(PLAN, title="贵州省大健康医药产业发展规划（2021—2025年）")} == set(
        FACT_TYPES
    )


def test_facts_come_in_order_of_place_and_once() -> None:
    found = facts(PLAN)
    assert [f.evidence.span for f in found] == sorted(f.evidence.span for f in found)
    keys = [f"{f.type}{f.keys()}" for f in found]
    assert len(keys) == len(set(keys))


def test_a_fact_said_twice_is_kept_where_it_stands_first() -> None:
    text = "四、空间布局\n遵义市重点发展中药饮片，建设平台。支持遵义市发展中药饮片。"
    (fact,) = of_type("region_field", text, title="贵州省医药规划")
    assert fact.evidence.start == text.index("遵义市")


@pytest.mark.parametrize(
    "text", [p.values[0] for p in rows("\n".join(f"{t} →" for t in BARE.strip().splitlines() if t != "→"))]
)
def test_a_text_with_nothing_to_find(text: str) -> None:
    found = extract(document("plan", str(text)))
    assert {f.type for f in found} <= {"document"}


def test_what_the_components_leave_on_a_doc() -> None:
    doc = read(PLAN, upto=COMPONENTS[-1])
    assert document_of(doc).id == "plan"
    assert [m.text for m in mentions_of(doc, "drug-target")] == ["PD-1"]
    assert "clusters" in doc.spans
    assert "fields" in doc.spans
    assert facts_of(doc)


def test_a_doc_of_another_making_is_refused() -> None:
    with pytest.raises(TypeError, match=r"kg\.extraction\.pipeline"):
        pipeline()("抗体药物")


def test_documents_are_read_one_after_another() -> None:
    pair = [document("a", PLAN), document("b", "支持创新，加快发展。")]
    read_as = list(pipelines.facts(pair))
    assert [plan.id for plan, _ in read_as] == ["a", "b"]
    assert read_as[0][1] == extract(pair[0])


def test_one_document_does_not_colour_the_next() -> None:
    alone = extract(document("a", PLAN))
    extract(document("b", "北京市规划\n一、重点领域\n支持朝阳区发展抗体药物。"))
    assert extract(document("a", PLAN)) == alone


def _check(text: str) -> tuple[Fact, ...]:
    plan = document("plan", text)
    found = extract(plan)
    sections = {s.id for s in plan.sections}
    for fact in found:
        e = fact.evidence
        assert plan.text[e.start : e.end] == e.quote
        assert e.section is None or e.section in sections
        assert 0 < fact.confidence <= 1
        assert fact.rule
        for value in fact.keys().values():
            for name in value if isinstance(value, list) else [value]:
                assert not isinstance(name, str) or (name and "\x00" not in name and "\n" not in name)
    assert extract(document("plan", text)) == found
    return found


@given(messy())
@moderate(60)
def test_a_messy_plan_is_read_without_an_error_and_the_same_each_time(text: str) -> None:
    _check(text)


@given(any_text)
@moderate(60)
def test_any_text_is_read_without_an_error_and_the_same_each_time(text: str) -> None:
    _check(text)


@given(plans(most=4))
@moderate(40)
def test_blanks_between_chinese_characters_change_no_fact(text: str) -> None:
    spaced = "".join(c + " " if "\u4e00" <= c <= "\u9fff" else c for c in text)
    assert [f.keys() for f in _check(text)] == [f.keys() for f in _check(spaced)]


@given(plans(most=4))
@moderate(40)
def test_line_ends_change_no_fact(text: str) -> None:
    assert [f.keys() for f in _check(text)] == [f.keys() for f in _check(text.replace("\n", "\r\n"))]
