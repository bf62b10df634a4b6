"""The reading view: what a reader would see, each character still tied to the text as given."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import any_text, messy, moderate, plans

from kg.documents.reading import Reading, read, rearranged

# Repairs inside a line: as given, as read.
REPAIRED = [
    pytest.param("2015 年，全省 规模以上 企业", "2015年，全省规模以上企业", id="blanks between Chinese"),
    pytest.param("重点发展　抗体\t药物\xa0。", "重点发展抗体药物。", id="wide blanks, tabs, hard blanks"),
    pytest.param("抗体\u200b药物\ufeff和\u00ad疫苗", "抗体药物和疫苗", id="marks without width"),
    pytest.param(
        "通过 Good  Manufacturing Practice 认证",
        "通过Good Manufacturing Practice认证",
        id="one blank stays between Latin words",
    ),
    pytest.param("到２０２５年增长１０％", "到2025年增长10%", id="full-width figures and per cent"),
    pytest.param("ＰＤ－１、ＣＡＲ－Ｔ", "PD-1、CAR-T", id="full-width letters and hyphens"),
    pytest.param(
        "达到1,200.5亿元,增长9%", "达到1,200.5亿元，增长9%", id="a comma inside a number is none of the text"
    ),
    pytest.param("目标:到2025年;产值翻番!", "目标：到2025年；产值翻番！", id="ASCII marks between Chinese"),
    pytest.param("比值0.56:1", "比值0.56:1", id="a colon inside a ratio"),
    pytest.param("合同研发(CRO)〔试点〕", "合同研发（CRO）（试点）", id="brackets of all sorts"),
    pytest.param("2021–2025年—规划", "2021—2025年—规划", id="dashes of all lengths"),
    pytest.param(
        "抗体药物 。 。疫苗、、中药", "抗体药物。疫苗、中药", id="doubled marks, with and without blanks"
    ),
    pytest.param("等等。……", "等等。……", id="an ellipsis is no doubled mark"),
    pytest.param("2 、 、 重组蛋白 。", "2、重组蛋白。", id="a heading as a converter broke it"),
    pytest.param("## 二、重点领域", "二、重点领域", id="a Markdown heading"),
    pytest.param("> 重点发展`疫苗`。", "重点发展疫苗。", id="a Markdown quotation and code"),
    pytest.param("1. **中药饮片**。大力发展饮片。", "1.中药饮片。大力发展饮片。", id="Markdown bold"),
]

# Which lines are one paragraph: as given, as read.
LINES = [
    pytest.param(
        "生物药\n\n重点发展疫苗。", "生物药\n重点发展疫苗。", id="a short bare line stands for itself"
    ),
    pytest.param(
        "针对重大需求，推动基因工程疫\n\n苗研发。",
        "针对重大需求，推动基因工程疫苗研发。",
        id="a sentence broken at a page end",
    ),
    pytest.param(
        "支持开展研究，\n建设平台。", "支持开展研究，建设平台。", id="a line that ends in a comma goes on"
    ),
    pytest.param(
        "支持开展研究\n，建设平台。", "支持开展研究，建设平台。", id="a line that begins with a comma goes on"
    ),
    pytest.param(
        "建设平台。\n发展疫苗。", "建设平台。\n发展疫苗。", id="a full stop ends a paragraph at a line end"
    ),
    pytest.param("建设平台。\r\n发展疫苗。", "建设平台。\n发展疫苗。", id="line ends of Windows"),
    pytest.param(
        "建设平台。\f发展疫苗。\u2028结束。",
        "建设平台。\n发展疫苗。\n结束。",
        id="page feeds and line separators",
    ),
    pytest.param(
        "加快发展，做大产业\n（二）化学药\n支持绍兴发展",
        "加快发展，做大产业\n（二）化学药\n支持绍兴发展",
        id="a heading opens a paragraph",
    ),
    pytest.param(
        "二、重点领域\n大力发展疫苗。", "二、重点领域\n大力发展疫苗。", id="a heading does not run on"
    ),
    pytest.param(
        "四川省医药产业规划\n为加快发展，制定本规划。",
        "四川省医药产业规划\n为加快发展，制定本规划。",
        id="a title does not run on",
    ),
    pytest.param(
        "增强创新能力，建设平台。（责任单位：省科技厅）\n发展疫苗",
        "增强创新能力，建设平台。（责任单位：省科技厅）\n发展疫苗",
        id="those who answer end a task",
    ),
    pytest.param(
        "推动疫苗研发，支持\n- 12 -\n企业建设平台。",
        "推动疫苗研发，支持企业建设平台。",
        id="a page number between the halves of a sentence",
    ),
    pytest.param("建设平台，\n　　13　\n发展疫苗。", "建设平台，发展疫苗。", id="a bare page number"),
    pytest.param(
        "增长13\n个百分点，较快。", "增长13\n个百分点，较快。", id="a figure at a line end is no page number"
    ),
    pytest.param(
        "培育龙头企业，力争达到\n10 个以上，新增上市企业。",
        "培育龙头企业，力争达到10个以上，新增上市企业。",
        id="a count at the start of a line is no heading's number",
    ),
    pytest.param(
        "做大产业规模，突破\n3.5 亿元，占比上升。",
        "做大产业规模，突破3.5亿元，占比上升。",
        id="an amount at the start of a line is none either",
    ),
    pytest.param(
        "做大产业规模，突破瓶颈\n3.5 提升质量\n严格标准。",
        "做大产业规模，突破瓶颈\n3.5提升质量\n严格标准。",
        id="a decimal number before a title is one",
    ),
    pytest.param(
        "目 录\n一、总体要求.....1\n（一）目标……2\n二、重点领域\t4\n一、总体要求\n正文。",
        "一、总体要求\n正文。",
        id="a table of contents is left out",
    ),
    pytest.param(
        "一、总体要求……1\n正文。", "一、总体要求……1\n正文。", id="one such line is no table of contents"
    ),
    pytest.param("\n\n\n建设平台。\n\n\n\n发展疫苗。\n\n", "建设平台。\n发展疫苗。", id="empty lines"),
    pytest.param("", "", id="nothing"),
    pytest.param(" \n\t\n", "", id="nothing but blanks"),
]

_WRAPPED = """围绕抗体药物和疫苗领域大力培育领军企业带动产业
规模持续提升并形成一批具有国际影响力的创新成果和
品牌产品进一步增强全省医药产业核心竞争力和话语权
支持企业开展国际注册并加快海外布局提升国际化水平
建设一批高水平公共服务平台为中小企业提供研发检测
服务推动产业链上下游协同创新打造优势产业集群体系
引导社会资本加大投入力度支持企业上市融资做大做强
加强人才引进和培养力度营造良好的发展环境不断优化
营商服务。
二、重点领域
发展疫苗。"""


@pytest.mark.parametrize(("text", "view"), REPAIRED)
def test_a_line_is_repaired(text: str, view: str) -> None:
    assert read(text).text == view


@pytest.mark.parametrize(("text", "view"), LINES)
def test_lines_become_paragraphs(text: str, view: str) -> None:
    assert read(text).text == view


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    assert read(_WRAPPED).text.split("\n") == [
        "".join(_WRAPPED.split("\n")[:9]),
        "二、重点领域",
        "发展疫苗。",
    ]


def test_a_span_of_the_view_leads_back_to_the_slice_as_given() -> None:
    text = "重点发展 抗 体药 物 。 。"
    reading = read(text)
    at = reading.text.index("抗体药物")
    start, end = reading.raw(at, at + 4)
    assert text[start:end] == "抗 体药 物"


def test_a_span_over_a_page_end_keeps_its_line_ends() -> None:
    text = "针对重大需求，推动基因工程疫\n\n苗研发。"
    reading = read(text)
    at = reading.text.index("基因工程疫苗")
    start, end = reading.raw(at, at + 6)
    assert text[start:end] == "基因工程疫\n\n苗"


def test_a_span_over_a_join_of_passages_is_cut_at_the_join() -> None:
    reading = read("甲甲甲。" + "乙" * 80 + "。丙丙丙。")
    joined = rearranged(reading, [(85, 89), (0, 4)])
    assert joined.text == "丙丙丙。甲甲甲。"
    assert joined.raw(0, 4) == (85, 89)
    assert joined.raw(0, 8) == (85, 89)
    assert joined.contiguous(0, 4)
    assert not joined.contiguous(0, 8)


def _gap(text: str, reading: Reading, at: int) -> str:
    """What the document has between the view's neighbours of a position."""
    after = reading.origin[at + 1] if at + 1 < len(reading.text) else len(text)
    before = reading.origin[at - 1] + 1 if at else 0
    return text[before:after]


_SWAPPED = {
    "％": "%",
    "〔": "（",
    "(": "（",
    "〕": "）",
    ")": "）",
    "–": "—",
    "―": "—",
    "．": ".",
    "－": "-",
    "＋": "+",
    "／": "/",
    "＆": "&",
}
_MARKS = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}


def _plain(char: str) -> set[str]:
    wide = chr(ord(char) - 0xFEE0) if char.isalnum() and 0xFF10 <= ord(char) <= 0xFF5A else char
    return {char, wide, _SWAPPED.get(char, char), _MARKS.get(char, char)}


def _check(text: str, reading: Reading) -> None:
    """Each character of a view is one of the text up to the declared repairs; a line feed or a blank stands in a gap of it."""
    assert len(reading.text) == len(reading.origin)
    for at, char in enumerate(reading.text):
        here = text[reading.origin[at]]
        if char in "\n " and here != char:
            gap = _gap(text, reading, at)
            assert gap
            assert (
                all(
                    c.isspace() or c in "*_`#>\u200b\ufeff\u00ad-—－。，、；：！？" or c.isdigit()
                    for c in gap
                )
                or len(gap) > 1
            )
        else:
            assert char in _plain(here), f"{here!r} is read as {char!r}"


@given(messy())
@moderate(120)
def test_each_character_of_a_messy_plan_is_one_of_the_text(text: str) -> None:
    reading = read(text)
    _check(text, reading)
    assert list(reading.origin) == sorted(set(reading.origin)), "the view keeps the order of the text"


@given(any_text)
@moderate(200)
def test_each_character_of_any_text_is_one_of_the_text(text: str) -> None:
    reading = read(text)
    _check(text, reading)
    assert list(reading.origin) == sorted(set(reading.origin))


@given(plans())
@moderate(80)
def test_nothing_is_lost_of_a_clean_plan(text: str) -> None:
    """But blanks, Markdown, doubled marks and what the full-width forms stand for."""

    def bare(s: str) -> str:
        kept = "".join(
            min(_plain(c)) if c in "０１２３４５６７８９％" else c
            for c in s
            if not c.isspace() and c not in "*#，、；：。-"
        )
        return kept.translate(str.maketrans("（）", "()"))

    assert bare(read(text).text) == bare(text)


@given(plans())
@moderate(80)
def test_what_was_read_reads_as_it_is(text: str) -> None:
    once = read(text.translate({ord(mark): None for mark in "#*"})).text
    assert read(once).text == once


@given(messy())
@moderate(80)
def test_a_view_has_no_mess_left(text: str) -> None:
    view = read(text).text
    assert not set(view) & set("\u3000\t\r\u200b\ufeff\xa0\u00ad")
    assert "\n\n" not in view
    assert not view.startswith("\n")
    assert not any(mark * 2 in view for mark in "。，、；：！？")
