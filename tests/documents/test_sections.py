"""Headings of all sorts become a tree; what only looks like a heading stays text."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from strategies import any_text, messy, moderate

from kg.documents.document import Document, Section
from kg.documents.sections import headings
from kg.documents.sources import document

# One heading: its number and title, as marked.
MARKED = [
    pytest.param("一、总体要求\n坚持创新。", ("一、", "总体要求"), id="chapter"),
    pytest.param("第三章 重点任务\n坚持创新。", ("第三章", "重点任务"), id="numbered chapter"),
    pytest.param("第二节 化学药\n坚持创新。", ("第二节", "化学药"), id="division"),
    pytest.param("（三）发展目标\n坚持创新。", ("（三）", "发展目标"), id="section"),
    pytest.param("( 三 ) 发展目标\n坚持创新。", ("（三）", "发展目标"), id="section as a converter left it"),
    pytest.param("2.化学仿制药。鼓励仿制。", ("2.", "化学仿制药"), id="item with a point"),
    pytest.param("2、化学仿制药。鼓励仿制。", ("2、", "化学仿制药"), id="item with a mark"),
    pytest.param("2 ． 化学仿制药 。 鼓励仿制。", ("2.", "化学仿制药"), id="item with a wide point"),
    pytest.param("（2）化学仿制药。鼓励仿制。", ("（2）", "化学仿制药"), id="item in brackets"),
    pytest.param("②化学仿制药：鼓励仿制。", ("②", "化学仿制药"), id="item in a circle"),
    pytest.param("——创新能力持续增强。新药增多。", ("——", "创新能力持续增强"), id="dash"),
    pytest.param("专栏2 关键技术攻关方向\n开展攻关。", ("专栏2", "关键技术攻关方向"), id="box"),
    pytest.param("专栏二：重点园区\n建设园区。", ("专栏二：", "重点园区"), id="box with a colon"),
    pytest.param("【空间布局】\n建设园区。", ("【", "空间布局"), id="black brackets"),
    pytest.param("任务三：壮大龙头企业\n支持上市。", ("任务三：", "壮大龙头企业"), id="task"),
    pytest.param("乙、中药\n做大饮片。", ("乙、", "中药"), id="stem"),
    pytest.param("**1.** **中药饮片**。大力发展饮片。", ("1.", "中药饮片"), id="Markdown bold"),
    pytest.param("### 三、保障措施\n加强领导。", ("三、", "保障措施"), id="Markdown heading"),
    pytest.param("抗体药物领域：重点研发双抗。", (None, "抗体药物领域"), id="label with a colon"),
    pytest.param("南昌片区。重点发展中药。", (None, "南昌片区"), id="label with a full stop"),
    pytest.param("重点领域\n大力发展疫苗，建设平台。", (None, "重点领域"), id="a bare line"),
    pytest.param(
        "1.支持龙头企业瞄准国际前沿，加快布局新药研发，深化与高校和科研院所合作，推动重大成果转化和产业化。",
        ("1.", "支持龙头企业瞄准国际前沿"),
        id="a whole sentence: its first clause is the title",
    ),
    pytest.param("十二、附则\n由省药监局解释。", ("十二、", "附则"), id="above ten"),
]

# Lines without a heading.
TEXT = [
    pytest.param("到2025年，产值达到1.5亿元。", id="a figure with a point"),
    pytest.param("3.5亿元用于奖励，其余用于补助。", id="a line that begins with such a figure"),
    pytest.param("2025年：全省产值达到500亿元。", id="a year with a colon"),
    pytest.param(
        "武汉市重点发展生物创新药、影像设备。宜昌市做强麻醉药。",
        id="a first sentence that says who does what",
    ),
    pytest.param("三明市发展中间体。厦门市发展疫苗。", id="another"),
    pytest.param("责任单位：省科技厅、省药监局", id="those who answer for a task"),
    pytest.param("牵头部门：省科技厅会同有关部门", id="those who lead"),
    pytest.param("其中：中药材50亿元，中成药80亿元。", id="of which"),
    pytest.param("注：数据来自省统计局，以年报为准。", id="a note"),
    pytest.param("发布日期：2022-06-24来源：省政府办公厅", id="a page's date"),
    pytest.param(
        "支持（一）类新药和（二）类新药上市，对企业给予奖励，鼓励开展国际注册。",
        id="numbers in brackets inside a sentence",
    ),
    pytest.param(
        "企业主要问题有：一是规模偏小，二是布局分散，支持不足，投入有限，亟待加强。", id="firstly, secondly"
    ),
]


@pytest.mark.parametrize(("text", "heading"), MARKED)
def test_a_heading_has_its_number_and_title(text: str, heading: tuple[str | None, str]) -> None:
    first = document("plan", text).sections[0]
    assert (first.number, first.title) == heading


@pytest.mark.parametrize("text", TEXT)
def test_text_is_no_heading(text: str) -> None:
    assert [s.title for s in document("plan", "一、基础\n" + text).sections] == ["基础"]


# Whole plans, and their outlines: a level deeper is two blanks further in.
OUTLINES = [
    pytest.param(
        """
        安徽省规划
        一、基础
        形势良好，稳步发展。
        二、重点
        （一）中药
        1.饮片。做大饮片。
        2.成药。做强成药。
        （二）化学药
        支持仿制。
        三、保障
        加强领导。
        """,
        [
            "安徽省规划",
            "一、基础",
            "二、重点",
            "  （一）中药",
            "    1.饮片",
            "    2.成药",
            "  （二）化学药",
            "三、保障",
        ],
        id="chapters, sections, items",
    ),
    pytest.param(
        """
        第一章 总则
        第一节 目标
        一、近期
        建成园区。
        二、远期
        建成基地。
        第二节 原则
        坚持创新，稳中求进。
        第二章 任务
        支持上市，做大规模。
        """,
        ["第一章总则", "  第一节目标", "    一、近期", "    二、远期", "  第二节原则", "第二章任务"],
        id="Chinese numbers below divisions",
    ),
    pytest.param(
        """
        一、总体要求（一）指导思想。以创新为先，稳步发展。（二）主要目标。到2025年翻番。\
        二、重点任务（一）推进中药发展。做大饮片。
        """,
        ["一、总体要求", "  （一）指导思想", "  （二）主要目标", "二、重点任务", "  （一）推进中药发展"],
        id="a page without line ends",
    ),
    pytest.param(
        """
        一、任务
        1、培育企业。支持上市。
        （1）做大龙头。支持并购。
        （2）做强中小。支持转型。
        2、建设平台。支持共享。
        """,
        ["一、任务", "  1、培育企业", "    （1）做大龙头", "    （2）做强中小", "  2、建设平台"],
        id="items below items",
    ),
    pytest.param(
        """
        一、布局
        专栏1 分工
        生物药：郑州发展疫苗。
        中药：南阳发展饮片。
        二、保障
        加强领导。
        """,
        ["一、布局", "  专栏1分工", "    生物药", "    中药", "二、保障"],
        id="labels in a box",
    ),
    pytest.param(
        """
        （一）任务
        1.攻关。支持攻关。
        专栏2 方向
        1.疫苗。新型佐剂。
        2.抗体。双特异性抗体。
        2.转化。支持转化。
        3.平台。建设平台。
        """,
        ["（一）任务", "  1.攻关", "    专栏2方向", "      1.疫苗", "      2.抗体", "  2.转化", "  3.平台"],
        id="a box with numbers of its own",
    ),
    pytest.param(
        """
        1 发展基础
        形势良好，稳步提升。
        2 重点任务
        2.1 做强中药
        2.1.1 饮片
        做大饮片，提升质量。
        2.1.2 成药
        做强成药。
        2.2 做大器械
        支持创新。
        3 保障
        加强领导。
        """,
        [
            "1发展基础",
            "2重点任务",
            "  2.1做强中药",
            "    2.1.1饮片",
            "    2.1.2成药",
            "  2.2做大器械",
            "3保障",
        ],
        id="decimal numbers",
    ),
    pytest.param(
        """
        三、产业布局
        优化布局，错位发展。
        株洲市
        发展中药，建设园区。
        湘潭市
        发展器械，建设基地。
        四、保障
        加强领导。
        """,
        ["三、产业布局", "  株洲市", "  湘潭市", "四、保障"],
        id="bare lines below a chapter",
    ),
    pytest.param(
        """
        一、重点
        1.生物药。支持创新。抗体药物领域：发展双抗；新型疫苗领域：发展核酸疫苗。
        2.中药。做大饮片。
        """,
        ["一、重点", "  1.生物药", "    抗体药物领域", "    新型疫苗领域", "  2.中药"],
        id="labels inside a paragraph",
    ),
]


@pytest.mark.parametrize(("text", "outline"), OUTLINES)
def test_headings_become_a_tree(text: str, outline: list[str]) -> None:
    found = document("plan", dedent(text)).sections
    assert [f"{'  ' * (s.level - 1)}{s.number or ''}{s.title}" for s in found] == outline


def test_the_text_of_a_section_is_what_stands_under_its_heading() -> None:
    plan = document("plan", "一、重点\n发展疫苗。\n（一）中药\n做大饮片。\n二、保障\n加强领导。")
    text = {s.title: plan.reading.text[s.body : s.view[1]].strip() for s in plan.sections}
    assert text == {"重点": "发展疫苗。\n（一）中药\n做大饮片。", "中药": "做大饮片。", "保障": "加强领导。"}


def test_ids_tell_the_place_among_siblings() -> None:
    plan = document(
        "plan",
        "一、重点\n（一）中药\n1.饮片。做大。\n2.成药。做强。\n（二）疫苗\n发展，壮大。\n二、保障\n加强，支持。",
    )
    assert [s.id for s in plan.sections] == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "2"]
    assert [s.parent for s in plan.sections] == [None, "1", "1.1", "1.1", "1", None]
    assert [s.order for s in plan.sections] == [1, 2, 3, 4, 5, 6]


def test_a_position_is_in_the_innermost_section() -> None:
    plan = document("plan", "前言在此，说明缘由。\n一、重点\n（一）中药\n做大饮片。\n二、保障\n加强领导。")

    def section(words: str) -> Section | None:
        return plan.section_at(plan.reading.text.index(words))

    assert [s.title for s in plan.path(section("做大"))] == ["中药", "重点"]
    assert [s.title for s in plan.path(section("加强"))] == ["保障"]
    assert section("前言") is None
    assert plan.path(None) == ()


def test_a_section_spans_its_text_in_the_document() -> None:
    text = "一、重点\n发展 疫苗。\n二、保障\n加强 领导 。\n"
    plan = document("plan", text)
    assert [text[s.start : s.end].strip() for s in plan.sections] == [
        "一、重点\n发展 疫苗。",
        "二、保障\n加强 领导 。",
    ]


def test_a_section_spans_its_text_also_over_an_empty_page() -> None:
    text = "一、重点\n发展疫苗。" + "\n" * 200 + "做大饮片。\n二、保障\n加强领导。"
    first = document("plan", text).sections[0]
    assert "做大饮片。" in text[first.start : first.end]
    assert "保障" not in text[first.start : first.end]


def _nested(plan: Document) -> None:
    view, by_id = plan.reading.text, {s.id: s for s in plan.sections}
    assert len(by_id) == len(plan.sections), "ids are unique"
    starts = [s.view[0] for s in plan.sections]
    assert starts == sorted(set(starts))
    for section in plan.sections:
        first, last = section.view
        assert 0 <= first < last <= len(view)
        assert first < section.body <= last, "a heading stands inside its section"
        assert section.title in view[first : section.body + len(section.title)]
        assert 0 <= section.start < section.end <= len(plan.text)
        if section.parent is None:
            assert section.level == 1
        else:
            parent = by_id[section.parent]
            assert section.level == parent.level + 1
            assert parent.view[0] < first
            assert last <= parent.view[1]
    for a, b in zip(plan.sections, plan.sections[1:], strict=False):
        assert b.view[0] >= a.view[1] or b.parent == a.id, "sections nest, or follow one another"
    for at in range(0, len(view), 7):
        holding = [s for s in plan.sections if s.view[0] <= at < s.view[1]]
        assert plan.section_at(at) == (max(holding, key=lambda s: s.level) if holding else None)


@given(messy())
@moderate(100)
def test_sections_of_a_messy_plan_nest(text: str) -> None:
    _nested(document("plan", text))


@given(any_text)
@moderate(150)
def test_sections_of_any_text_nest(text: str) -> None:
    _nested(document("plan", text))


@given(messy())
@moderate(60)
def test_headings_stand_in_order_with_their_marks(text: str) -> None:
    view = document("plan", text).reading.text
    for heading in headings(view):
        assert view.startswith(heading.number or heading.title, heading.start) or view[heading.start] in "“（"
        assert heading.title
        assert len(heading.title) <= 60
