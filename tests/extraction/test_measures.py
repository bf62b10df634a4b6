"""Which bodies answer for which measure."""

from __future__ import annotations

import pytest

from kg.documents.sources import document
from kg.extraction.agencies import agencies, is_agency
from kg.extraction.agency_lists import agency_lists
from kg.extraction.pipeline import extract
from kg.extraction.text import Slice
from kg.model import ResponsibleFact

HEAD = "某省生物医药产业行动方案\n一、重点任务\n（一）加快创新平台建设。建设研究院，完善平台。"
TITLE = "加快创新平台建设"

# what follows the heading, the bodies, lead first
ROWS = [
    ("（责任单位：省科技厅、省药监局）", ["省科技厅", "省药监局"]),
    ("（责任单位：省科技厅）", ["省科技厅"]),
    ("\n责任单位：省科技厅、省发展改革委、省卫生健康委", ["省科技厅", "省发展改革委", "省卫生健康委"]),
    ("（责任部门：市经信局，各区县政府）", ["市经信局", "各区县政府"]),
    ("（牵头单位：省经信厅；配合单位：省科技厅、省药监局）", ["省经信厅", "省科技厅", "省药监局"]),
    ("（牵头单位：省经信厅，责任单位：省科技厅、省商务厅）", ["省经信厅", "省科技厅", "省商务厅"]),
    ("\n牵头单位：省药监局\n责任单位：省医保局、省卫生健康委", ["省药监局", "省医保局", "省卫生健康委"]),
    ("（责任单位：省科技厅、教育厅、卫生健康委）", ["省科技厅", "教育厅", "卫生健康委"]),
    ("（责任单位：省科技厅、省药监局等）", ["省科技厅", "省药监局"]),
    (
        "（责任单位：省商务厅、省药监局，各市、县（市、区）人民政府）",
        ["省商务厅", "省药监局", "各市、县（市、区）人民政府"],
    ),
    ("（责任单位：省发展和改革委员会、省工业和信息化厅）", ["省发展和改革委员会", "省工业和信息化厅"]),
    ("（责任单位：省药监局、石家庄海关、河北银保监局）", ["省药监局", "石家庄海关", "河北银保监局"]),
    ("（责任单位：省医药产业发展领导小组成员单位）", ["省医药产业发展领导小组成员单位"]),
    ("（责任单位：省经信厅、省财政厅。列第一位的为牵头单位，下同）", ["省经信厅", "省财政厅"]),
    ("（省科技厅牵头，省经信厅、省卫生健康委配合）", ["省科技厅", "省经信厅", "省卫生健康委"]),
    (
        "（省科技厅、工业和信息化厅牵头，省发展改革委、卫生健康委和各地级以上市人民政府按职责分工负责）",
        ["省科技厅", "工业和信息化厅", "省发展改革委", "卫生健康委", "各地级以上市人民政府"],
    ),
    ("（省药监局负责）", ["省药监局"]),
    ("（国家药监局、国家卫生健康委按职责分工负责）", ["国家药监局", "国家卫生健康委"]),
    ("（由省药监局牵头，省医保局、省卫生健康委配合）", ["省药监局", "省医保局", "省卫生健康委"]),
    (
        "由市科技局牵头，会同市卫生健康委、市市场监管局等部门组织实施。",
        ["市科技局", "市卫生健康委", "市市场监管局"],
    ),
    ("（责任单位：市科委、中关村管委会，市药监局）", ["市科委、中关村管委会", "市药监局"]),
    ("省药监局会同省卫生健康委、省医保局等部门建立协调机制。", ["省药监局", "省卫生健康委", "省医保局"]),
    ("（责任单位：市科技局、市人才办、高新区管委会）", ["市科技局", "市人才办", "高新区管委会"]),
    ("【责任单位：省林草局、省农业农村厅】", ["省林草局", "省农业农村厅"]),
    ("（主办单位：市药监局；协办单位：市医保局、市商务局）", ["市药监局", "市医保局", "市商务局"]),
    ("（责任单位：省委组织部、省人力资源社会保障厅）", ["省委组织部", "省人力资源社会保障厅"]),
    ("（责任单位：省工业和信息化厅（牵头）、省科技厅）", ["省工业和信息化厅", "省科技厅"]),
    ("（责任单位：人行合肥中心支行、省地方金融监管局）", ["人行合肥中心支行", "省地方金融监管局"]),
    (
        "\n责任单位：市农业农村委，甲县、乙县、南川区政府",
        ["市农业农村委", "甲县政府", "乙县政府", "南川区政府"],
    ),
    ("（责任单位：省林草局，亳州市、六安市人民政府）", ["省林草局", "亳州市人民政府", "六安市人民政府"]),
    ("〔责任单位：市经信局、市妇联〕", ["市经信局", "市妇联"]),
    ("（省药监局，2025年12月底前）", ["省药监局"]),
    ("——市药监局、市商务局", ["市药监局", "市商务局"]),
    ("市市场监管局、市药监局按职责分工负责。", ["市市场监管局", "市药监局"]),
    (
        "（市生态环境局、相关区政府，成都高新区、天府新区管委会）",
        ["市生态环境局", "相关区政府", "成都高新区", "天府新区管委会"],
    ),
    ("——提升服务能力，完善平台。", []),
    # no bodies, or none that are named
    ("充分发挥行业协会作用。", []),
    ("各地各部门要加强协同配合。", []),
    ("（以下简称研究院）", []),
    ("强化企业主体责任，落实属地责任。", []),
    ("（含国家级平台、省级平台）", []),
]


def responsible(text: str) -> list[ResponsibleFact]:
    facts = [f for f in extract(document("demo", text)) if isinstance(f, ResponsibleFact)]
    for fact in facts:
        assert text[fact.evidence.start : fact.evidence.end] == fact.evidence.quote
    return facts


@pytest.mark.parametrize(("after", "bodies"), ROWS)
def test_bodies_under_a_heading(after: str, bodies: list[str]) -> None:
    expected = [(TITLE, bodies)] if bodies else []
    assert [(f.measure, list(f.agencies)) for f in responsible(HEAD + after)] == expected


def test_each_item_has_its_own_list() -> None:
    text = (
        "某市行动方案\n二、主要任务\n1.做强企业。支持企业上市。（责任单位：市经信局）\n"
        "2.建设园区。完善配套。（责任单位：市商务局、市科技局）"
    )
    assert [(f.measure, f.agencies) for f in responsible(text)] == [
        ("做强企业", ("市经信局",)),
        ("建设园区", ("市商务局", "市科技局")),
    ]


def test_two_lists_under_one_heading_stand_after_their_sentences() -> None:
    text = "某市行动方案\n（一）强化保障。加大财政支持，设立基金。（责任单位：市财政局）引进高端人才。（责任单位：市人社局）"
    assert [(f.measure, f.agencies) for f in responsible(text)] == [
        ("加大财政支持", ("市财政局",)),
        ("引进高端人才", ("市人社局",)),
    ]


def test_bodies_that_open_the_clauses_of_one_sentence() -> None:
    text = (
        "某省行动计划\n六、落实机制\n省经济和信息化厅牵头实施“精品名药”工程；省药监局会同省卫生健康委落实注册人制度，缩短时限；"
        "省医保局、省委组织部负责创新药准入，推动结果互认。"
    )
    assert [(f.measure, f.agencies) for f in responsible(text)] == [
        ("实施“精品名药”工程", ("省经济和信息化厅",)),
        ("落实注册人制度", ("省药监局", "省卫生健康委")),
        ("创新药准入", ("省医保局", "省委组织部")),
    ]


def test_a_list_in_its_heading() -> None:
    text = "某省计划\n（一）壮大主体。做强企业。\n（二）深化审评改革（省药监局牵头，省医保局配合）。\n（三）其他。其他任务。"
    assert [(f.measure, f.agencies) for f in responsible(text)] == [
        ("深化审评改革", ("省药监局", "省医保局"))
    ]


def test_a_clause_of_laws_says_too_little() -> None:
    text = "某省规划\n5.2 落实《中医药法》《某省中医药条例》，推动道地药材认证。（省药监局负责）"
    assert [f.measure for f in responsible(text)] == ["落实《中医药法》《某省中医药条例》，推动道地药材认证"]


def test_what_is_done_by_bodies_in_a_passive_clause() -> None:
    text = (
        "某市若干措施\n第七条　集聚人才。引进团队。\n各项措施由市工信局、市科技局会同市财政局负责实施。\n"
        "本措施由市工信局负责解释。"
    )
    assert [(f.measure, f.agencies) for f in responsible(text)] == [
        ("各项措施实施", ("市工信局", "市科技局", "市财政局"))
    ]


def test_rows_of_a_table() -> None:
    text = "某市行动方案\n三、任务分工\n| 1 | 加快新药研发 | 市科技局、市药监局 |\n| 2 | 建设公共平台 | 市经信局 |"
    assert [(f.measure, f.agencies) for f in responsible(text)] == [
        ("加快新药研发", ("市科技局", "市药监局")),
        ("建设公共平台", ("市经信局",)),
    ]


# A page whose parts were cut and put together twice: 1. and its list stand whole in the second copy only.
_PARTS = {
    "a": "（一）做强企业。支持骨干企业兼并重组，推动上市公司做大做强，形成梯队。",
    "b": "（责任单位：省经信厅）（二）建设平台。建设检测评价平台和中试熟化平台，提升服务能力。",
    "c": "到2025年，建成专业服务平台十个，服务企业一千家以上，覆盖主要园区。",
    "d": "（责任单位：省科技厅、省药监局）（三）引进人才。面向全球引进产业急需的高端人才和创新团队。",
    "e": "完善住房和子女入学政策，建立医药人才库，形成引才用才的良好环境。",
    "f": "（责任单位：省人力资源社会保障厅）",
}


def test_shuffled_page_pairs_by_copies_and_numbers() -> None:
    text = "".join(_PARTS[k] for k in "abcdefcdefab")
    pairs = {(f.measure, f.agencies) for f in responsible(text)}
    assert ("建设平台", ("省科技厅", "省药监局")) in pairs
    assert ("做强企业", ("省经信厅",)) in pairs
    assert all(m not in ("做强企业", "引进人才") or a != ("省科技厅", "省药监局") for m, a in pairs)


def test_names_of_bodies() -> None:
    assert is_agency("省药监局")
    assert is_agency("国家发展改革委")
    assert not is_agency("各类创新主体")
    assert not is_agency("产业布局")
    assert [a.text for a in agencies(Slice("省科技厅和省药监局", 0))] == ["省科技厅", "省药监局"]
    assert agency_lists("完善布局（见附件）。") == []
