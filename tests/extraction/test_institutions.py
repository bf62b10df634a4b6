"""Which institutions a sentence names, and which words are only classes of them."""

from __future__ import annotations

import pytest

from kg.documents.sources import document
from kg.extraction.institution_names import candidates
from kg.extraction.pipeline import extract
from kg.extraction.text import Slice
from kg.model import InstitutionFact

HEAD = "湖南省生物医药产业发展规划\n一、创新平台\n"

ROWS = [
    # schools and hospitals
    ("支持中南大学、湖南中医药大学与企业合作。", ["中南大学", "湖南中医药大学"]),
    ("依托湘雅医院、南华大学附属第一医院开展临床研究。", ["湘雅医院", "南华大学附属第一医院"]),
    ("推动长沙医学院建设现代产业学院。", ["长沙医学院"]),
    ("支持同济医院、协和医院等建设研究型医院。", ["同济医院", "协和医院"]),
    ("建设一批高水平大学和三级甲等医院。", []),
    ("鼓励高等院校、科研院所、医疗机构联合攻关。", []),
    ("加强大学生创业服务，发展医院制剂。", []),
    # laboratories
    ("建设岳麓山实验室、湘江实验室。", ["岳麓山实验室", "湘江实验室"]),
    ("发挥创新药物国家重点实验室作用。", ["创新药物国家重点实验室"]),
    ("支持企业建设重点实验室、工程研究中心等创新平台。", []),
    ("建有中药新药国家地方联合工程实验室。", ["中药新药国家地方联合工程实验室"]),
    ("新增国家重点实验室2家、省级工程研究中心5个。", []),
    ("完善动物实验室和P3实验室条件。", []),
    # centres and platforms that are to be built
    ("支持建设临床前安全评价平台。", ["临床前安全评价平台"]),
    ("加快建设湖南省药品检验检测中心。", ["湖南省药品检验检测中心"]),
    ("争创国家精准医学技术创新中心。", ["国家精准医学技术创新中心"]),
    ("推动长沙建设国家基因检测技术应用示范中心。", ["国家基因检测技术应用示范中心"]),
    ("组建医疗器械产业技术研究院、中药现代化研究院。", ["医疗器械产业技术研究院", "中药现代化研究院"]),
    ("搭建小分子药物筛选、抗体药物表达等平台。", ["小分子药物筛选平台", "抗体药物表达平台"]),
    (
        "创建细胞治疗、核酸药物、高端影像等技术创新中心。",
        ["细胞治疗技术创新中心", "核酸药物技术创新中心", "高端影像技术创新中心"],
    ),
    ("建设中药、化学药制造业创新中心。", ["中药制造业创新中心", "化学药制造业创新中心"]),
    (
        "支持湘潭大学建设药物合成研究院、省中医药研究院建设经典名方开发平台。",
        ["湘潭大学", "药物合成研究院", "湖南省中医药研究院", "经典名方开发平台"],
    ),
    ("建设基于类器官的药物毒性评价平台。", ["基于类器官的药物毒性评价平台"]),
    ("推进医药产业知识产权运营平台建设。", ["医药产业知识产权运营平台"]),
    ("建立全省药品追溯信息监测系统。", ["全省药品追溯信息监测系统"]),
    # branches, parts of other institutions, and what belongs to a company
    (
        "筹建国家疫苗技术创新中心长沙分中心、中国中医科学院中南成果转化基地。",
        ["国家疫苗技术创新中心长沙分中心", "中国中医科学院中南成果转化基地"],
    ),
    (
        "办好湖南中医药大学怀化校区，运营好株洲系统医学研究所。",
        ["湖南中医药大学怀化校区", "株洲系统医学研究所"],
    ),
    ("发挥长沙综合性国家科学中心大健康研究院作用。", ["长沙综合性国家科学中心大健康研究院"]),
    ("高水平运行中药制剂技术国家工程研究中心。", ["中药制剂技术国家工程研究中心"]),
    ("推进南方药物省实验室、国家中药种质资源库（怀化）建设。", ["国家中药种质资源库（怀化）"]),
    ("支持中南大学共建武陵药用资源省部共建实验室。", ["中南大学", "武陵药用资源省部共建实验室"]),
    ("组建湖南省临床研究协同网络。", ["湖南省临床研究协同网络"]),
    ("推动恒瑞医药研究院、迈瑞医疗研发中心落户。", ["恒瑞医药研究院", "迈瑞医疗研发中心"]),
    ("建设长沙高等研究院，联合国防科技大学攻关。", ["长沙高等研究院", "国防科技大学"]),
    ("依托省肿瘤医院和长沙国际医疗中心开展试验。", ["湖南省肿瘤医院", "长沙国际医疗中心"]),
    ("支持长沙生物制品研究所有限责任公司扩产。", []),
    # laboratories that go by a name or a place
    ("推动金梧实验室提质，建设合成生物学洞庭湖实验室。", ["金梧实验室", "合成生物学洞庭湖实验室"]),
    ("参与苏州实验室建设。", ["苏州实验室"]),
    ("建设理化实验室、校企实验室和生物安全三级实验室。", []),
    ("鼓励共建联合实验室、创新联合体和示范基地。", []),
    # associations and councils
    ("发挥湖南省医药行业协会、长沙生物医药产业联盟作用。", ["湖南省医药行业协会", "长沙生物医药产业联盟"]),
    ("成立湖南省生物医药专家咨询委员会。", ["湖南省生物医药专家咨询委员会"]),
    ("充分发挥行业协会、产业联盟等社会组织作用。", []),
    ("省卫生健康委员会、省发展和改革委员会加强指导。", []),
    # classes
    ("建设一批专业化公共服务平台。", []),
    ("完善投融资服务、技术转移服务等各类公共服务平台。", []),
    ("鼓励企业打造供应链协作平台和工业互联网平台。", []),
    ("建设第三方检验中心、影像中心、病理中心。", []),
    ("打造国际一流的研发中心和区域医疗中心。", []),
    ("争创国家医学中心2个、国家临床医学研究中心3个。", []),
    ("支持创建省级企业技术中心。", []),
    ("发展平台经济，提升中心城市能级。", []),
]


def named(text: str, head: str = HEAD) -> list[InstitutionFact]:
    facts = [f for f in extract(document("demo", head + text)) if isinstance(f, InstitutionFact)]
    for fact in facts:
        assert (head + text)[fact.evidence.start : fact.evidence.end] == fact.evidence.quote
    return facts


@pytest.mark.parametrize(("sentence", "names"), ROWS)
def test_institutions_of_a_sentence(sentence: str, names: list[str]) -> None:
    assert [f.name for f in named(sentence)] == names


@pytest.mark.parametrize(
    ("sentence", "kind", "region"),
    [
        ("支持湖南中医药大学发展。", "university", "湖南省"),
        ("支持衡阳市中心医院发展。", "hospital", "衡阳市"),
        ("推动株洲建设医疗器械应用评价平台。", "platform", "株洲市"),
        ("支持建设新药安全性评价平台。", "platform", "湖南省"),
        ("发挥长沙生物医药产业联盟作用。", "association", "长沙市"),
        ("建设国家耐药菌感染重点实验室。", "laboratory", None),
    ],
)
def test_kind_and_region(sentence: str, kind: str, region: str | None) -> None:
    assert [(f.kind, f.region) for f in named(sentence)] == [(kind, region)]


def test_an_institution_is_named_once() -> None:
    text = "支持湖南大学建设抗体药物研究院。支持湖南大学培养人才。"
    assert [f.name for f in named(text)] == ["湖南大学", "抗体药物研究院"]


def test_shared_heads() -> None:
    assert [c.name for c in candidates(Slice("建设药品、疫苗等检验检测中心", 0))] == [
        "药品检验检测中心",
        "疫苗检验检测中心",
    ]


def test_a_list_may_leave_the_first_words_to_the_item_before() -> None:
    assert [f.name for f in named("成立医药产业专家咨询委员会、产业发展中心。")] == [
        "医药产业专家咨询委员会",
        "医药产业发展中心",
    ]
