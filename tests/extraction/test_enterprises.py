"""Which companies a sentence names, and which words only look like one."""

from __future__ import annotations

import pytest

from kg.documents.sources import document
from kg.extraction.enterprise_names import by_ending, is_generic
from kg.extraction.pipeline import extract
from kg.model import EnterpriseFact

HEAD = "河北省生物医药产业发展规划\n一、发展基础\n"

ROWS = [
    # known companies
    ("石药集团、以岭药业、华北制药入选全国百强。", ["石药集团", "以岭药业", "华北制药"]),
    ("支持恒瑞医药在我省设立研发总部。", ["恒瑞医药"]),
    ("引进阿斯利康、罗氏、西门子医疗等跨国公司。", ["阿斯利康", "罗氏", "西门子医疗"]),
    ("迈瑞医疗的监护仪市场占有率领先。", ["迈瑞医疗"]),
    # by their ending
    ("推动晨岳药业、宏济堂制药做大做强。", ["晨岳药业", "宏济堂制药"]),
    ("沧州澄海制药有限公司新建原料药基地。", ["沧州澄海制药有限公司"]),
    ("河北青禾医疗科技股份有限公司在科创板上市。", ["河北青禾医疗科技股份有限公司"]),
    ("依托泽康（石家庄）生物科技有限公司建设平台。", ["泽康（石家庄）生物科技有限公司"]),
    ("鼓励云峰集团并购重组。", ["云峰集团"]),
    ("培育了禾润药业，形成配套。", ["禾润药业"]),
    ("由博远制药集团牵头攻关。", ["博远制药集团"]),
    # lists
    ("集聚了以石药集团、常山生化、龙泽药业等为代表的骨干企业。", ["石药集团", "常山生化", "龙泽药业"]),
    ("以岭药业、神威药业、博瑞泰康等龙头企业加快发展。", ["以岭药业", "神威药业", "博瑞泰康"]),
    ("引进了拜耳、诺和诺德、赛默飞等一批国际知名企业。", ["拜耳", "诺和诺德", "赛默飞"]),
    ("拥有青松医药、天岚生物、澜海基因等10家上市企业。", ["青松医药", "天岚生物", "澜海基因"]),
    # with a product
    ("明岳医疗的64排CT、康诺生物的重组人凝血因子等产品获批上市。", ["明岳医疗", "康诺生物"]),
    ("澜海基因自主研发的高通量测序仪获批上市。", ["澜海基因"]),
    # by what they do, with endings that are also everyday words
    ("支持明澈生物布局减重药物，鼓励兰芯智能推广筛查系统。", ["明澈生物", "兰芯智能"]),
    ("支持精岳机器人迭代腔镜手术机器人。", ["精岳机器人"]),
    ("推进鸿迈生物抗病毒药物升级。", ["鸿迈生物"]),
    ("以鸿迈医疗CT、远山谷血液透析机、中康捷放射性药物为牵引。", ["鸿迈医疗", "远山谷", "中康捷"]),
    ("江野东宝重组人胰岛素、修远药业康达舒等品种家喻户晓。", ["江野东宝", "修远药业"]),
    ("支持北岳医药、佰仁医疗、万岚股份等加大研发。", ["北岳医药", "佰仁医疗", "万岚股份"]),
    # by labels, owners, brands
    ("代表企业有泽康集团、远山谷、科岚股份。", ["泽康集团", "远山谷", "科岚股份"]),
    ("重点企业：华岚生物工程有限公司（口蹄疫疫苗）、天晴电子。", ["华岚生物工程有限公司", "天晴电子"]),
    ("江野高新所属泽康药业保持增长。", ["江野高新", "泽康药业"]),
    ("推动“岭上白药”“滇野堂”老字号焕发生机。", ["岭上白药", "滇野堂"]),
    ("依托天士堂、同济堂、德仁堂等中华老字号。", ["天士堂", "同济堂", "德仁堂"]),
    ("仁安集团、天齐堂中药饮片公司税收过亿元。", ["仁安集团", "天齐堂中药饮片公司"]),
    ("培育了康岚杰、艾野斯、三生澜等一批创新型企业。", ["康岚杰", "艾野斯", "三生澜"]),
    # everyday words where a company could stand
    ("推动合成生物发展，支持智慧医疗开展应用，推进精准医疗建设。", []),
    ("鼓励蒙医药研发，推动壮瑶医药布局，支持海洋生物开发。", []),
    ("支持上市公司、投资公司和国有资本运营公司参与重组。", []),
    ("推进动物生物疫苗、微生态生物药物产业化。", []),
    ("重点企业数量达到20家，龙头企业为主体的格局形成。", []),
    ("针对非小细胞肺癌、甲状腺癌等开发抗体药物。", []),
    ("研制核医学设备，完善生物医药产业体系，推进大规模生物反应器生产。", []),
    # no companies
    ("支持龙头企业兼并重组，培育大型医药企业集团。", []),
    ("做强生物医药企业，发展中小企业。", []),
    ("发展现代制药、绿色制药、生物制药技术。", []),
    ("保定制药装备、沧州医药中间体等产业基地初步形成。", []),
    ("加快仿制药、原料药、生物制品发展。", []),
    ("推动医疗、医保、医药等相关企业联动。", []),
    ("发展抗体药物、疫苗等领域龙头企业。", []),
    ("引进石家庄、保定、沧州等地企业。", []),
    ("培育一批“专精特新”“瞪羚”“独角兽”企业。", []),
    ("智慧医疗的新模式不断涌现，远程医疗的应用取得突破。", []),
    ("推动医药企业上市，鼓励企业组建产业集团。", []),
    ("鼓励原料药、制剂、辅料等企业协同发展。", []),
    ("完善药业体系，促进健康产业集团化发展。", []),
    ("支持药品生产企业、流通企业、医疗机构合作。", []),
    ("推广连续制药设备，建设制药企业能源管理系统。", []),
    ("恒瑞南京创新药物临床研究及医学转化中心投入使用。", []),
    ("利用社会资本设立产业投资基金和集团化运营平台。", []),
]


def named(text: str) -> list[EnterpriseFact]:
    facts = [f for f in extract(document("demo", HEAD + text)) if isinstance(f, EnterpriseFact)]
    for fact in facts:
        assert (HEAD + text)[fact.evidence.start : fact.evidence.end] == fact.evidence.quote
    return facts


@pytest.mark.parametrize(("sentence", "names"), ROWS)
def test_companies_of_a_sentence(sentence: str, names: list[str]) -> None:
    assert [f.name for f in named(sentence)] == names


@pytest.mark.parametrize(
    ("sentence", "region", "products"),
    [
        ("迈瑞医疗的监护仪获批上市。", "河北省", ("监护仪",)),
        ("石家庄高新区集聚了石药集团、以岭药业等企业。", "石家庄市", ()),
        ("石药集团自主研发的恩必普获批上市。", "河北省", ("恩必普",)),
        ("以岭药业注册1类创新药物络参舒原料药和胶囊获得批准。", "河北省", ("络参舒原料药", "络参舒胶囊")),
    ],
)
def test_region_and_products(sentence: str, region: str, products: tuple[str, ...]) -> None:
    first = named(sentence)[0]
    assert (first.region, first.products) == (region, products)


def test_a_company_is_named_once_whatever_its_wording() -> None:
    assert [f.name for f in named("支持以岭药业发展。石家庄以岭药业股份有限公司上市。")] == ["以岭药业"]


def test_general_words_make_no_company() -> None:
    assert is_generic("大型生物医药")
    assert not is_generic("泽康")
    assert [n.name for n in by_ending("建设一批医药集团和泽康药业。")] == ["泽康药业"]
