"""Which regions a text names: homonyms are settled by whose plan it is, look-alikes are none, a longer name hides its city."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import messy, moderate
from tables import rows

from extraction.reader import TITLE, read
from kg.extraction.state import regions_of
from kg.lexicon.vocabulary import load

# Whose plan it is by its title: a code.
JURISDICTION = """
# a province by its full or short name
江苏省“十四五”医药产业发展规划 → 320000
浙江省人民政府办公厅关于促进生物医药产业高质量发展的意见 → 330000
湖南省生物医药产业发展规划（2021—2025年） → 430000
广西壮族自治区医药工业发展规划 → 450000
广西医药制造业高质量发展行动方案 → 450000
内蒙古自治区关于促进中医药（蒙医药）发展的实施意见 → 150000
北京市加快医药健康协同创新行动计划 → 110000
重庆市生物医药产业发展规划 → 500000
# a prefecture
苏州市生物医药及健康产业发展规划 → 320500
成都市“十四五”生物医药产业规划 → 510100
中共杭州市委关于推动生命健康产业发展的意见 → 330100
广州市人民政府办公厅关于加快生物医药产业发展的若干措施 → 440100
# a county or new area
南京市江宁区生物医药产业发展规划 → 320115
上海市浦东新区生物医药产业规划 → 310115
# the country
国务院办公厅关于促进医药产业健康发展的指导意见 → 100000
“十四五”医药工业发展规划⏎工业和信息化部等九部门 → 100000
"""

# A sentence of a province's plan, and the regions that it names with full official names.
NAMED = """
# full and short names
支持长沙市、株洲市发展疫苗。 → 长沙市 | 株洲市
支持长沙、株洲、湘潭等地发展疫苗。 → 长沙市 | 株洲市 | 湘潭市
以岳阳、衡阳为重点。 → 岳阳市 | 衡阳市
推动湘西州发展杜仲产业。 → 湘西土家族苗族自治州
# the province itself
我省医药工业稳步增长。 → 湖南省
全省规模以上企业增多。 → 湖南省
湖南医药工业稳步增长。 → 湖南省
# counties by their full names
浏阳市、邵东市、隆回县发展中药材。 → 浏阳市 | 邵东市 | 隆回县
# counties by their short names: after their city, in a list with others, as subject
支持长沙浏阳发展制剂。 → 长沙市 | 浏阳市
浏阳重点发展化学药。 → 浏阳市
浏阳生物医药产业园 → 浏阳市
# a park or a valley after the short name
支持安化中药都建设。 → 安化县
支持保靖、古丈发展中药材。 → 保靖县 | 古丈县
# groups
融入长江经济带、粤港澳大湾区。 → 长江经济带 | 粤港澳大湾区
加快长株潭一体化。 → 长株潭
# other provinces and places
承接广东、浙江等地产业转移。 → 广东省 | 浙江省
对接上海张江、苏州生物医药产业园。 → 上海市 | 苏州市
# names of nobody's place
加强组织领导，完善平台。 →
"""

# The title, a sentence, and its regions as codes: the same name in other plans.
HOMONYMS = """
# 朝阳区 and 鼓楼区 by whose plan it is
北京市医药健康规划 → 支持朝阳区发展数字医疗。 → 110105
吉林省医药健康规划 → 支持朝阳区发展数字医疗。 → 220104
长春市医药健康规划 → 支持朝阳区发展数字医疗。 → 220104
南京市生物医药规划 → 支持鼓楼区发展临床研究。 → 320106
福建省生物医药规划 → 支持鼓楼区发展临床研究。 → 350102
开封市生物医药规划 → 支持鼓楼区发展临床研究。 → 410204
# by the city right before, wherever it is
江苏省生物医药规划 → 支持南京市鼓楼区发展临床研究。 → 320100 | 320106
江苏省生物医药规划 → 支持徐州市鼓楼区发展临床研究。 → 320300 | 320302
吉林省医药健康规划 → 学习北京市朝阳区的经验。 → 110000 | 110105
湖南省生物医药规划 → 对接福州鼓楼区。 → 350100 | 350102
# what cannot be told is left out
江苏省生物医药规划 → 支持鼓楼区发展临床研究。 →
湖南省生物医药规划 → 支持朝阳区发展数字医疗。 →
# of a province and its city, the province; with 市, the city
吉林省医药健康规划 → 吉林医药产业基础雄厚。 → 220000
吉林省医药健康规划 → 吉林市重点发展化学药。 → 220200
吉林省医药健康规划 → 推动长春、吉林、通化等地发展人参。 → 220100 | 220200 | 220500
吉林省医药健康规划 → 与辽宁、吉林、黑龙江联动。 → 210000 | 220000 | 230000
# a district that was abolished since is meant in the plans of its city
重庆市医药规划 → 支持渝北、江北等区发展疫苗。 → 500112 | 500105
浙江省医药规划 → 支持镇海、江北等区发展疫苗。 → 330211 | 330205
# a province's name is not that of far places
青海省中藏药产业规划 → 海南州重点发展藏药。 → 632500
海南省医药产业规划 → 海南自由贸易港 → 460000
"""

# Words that only look like a region.
ALIKE = """
# chemicals and plants
开发长春新碱、长春西汀等植物药。 →
# counties that are words of every day, in the plans of their provinces
建立绿色通道，实施凤凰行动。 →
发展战略性新兴产业，加强国际合作。 →
# directions and parts of seas
推进沿海南部医药产业带建设。 →
# words of every day
为了和平发展，坚持长治久安。 →
推动新兴朝阳产业发展。 →
"""

# The same in the plans of other provinces: the title, then a sentence without regions.
ALIKE_ELSEWHERE = """
广西壮族自治区医药规划 → 中药资源丰富，依托港口优势，群众安居乐业。
云南省医药规划 → 促进富民增收，边境安宁。
青海省医药规划 → 推动互助合作，加强平安建设，同仁堂落户。
甘肃省医药规划 → 加强国际合作，保持社会安定。
广东省医药规划 → 发展战略性新兴产业，依托白云山制药。
贵州省医药规划 → 发展云计算，依托白云机场，安居乐业。
上海市医药规划 → 建设东方美谷，强化沪苏协同。
海南省医药规划 → 守护碧海蓝天，办好出海口岸。
"""

# Regions inside the names of other things: named, but not as the place itself.
HIDDEN = """
# schools, firms, roads
支持中山大学、南京大学开展研究。 →
依托复旦大学附属中山医院。 →
支持云南白药、广州医药集团等企业。 →
加强与苏州大学、重庆医科大学合作。 →
"""


@pytest.mark.parametrize(("title", "code"), rows(JURISDICTION))
def test_whose_plan_it_is(title: str, code: list[str]) -> None:
    first, *more = title.split("\n")
    text = "\n".join([*more, "一、重点领域", "支持创新发展，建设平台。"])
    assert [read(text, title=first, upto="regions")._.jurisdiction] == code


@pytest.mark.parametrize(("title", "code"), rows(JURISDICTION))
def test_whose_plan_it_is_by_the_first_line(title: str, code: list[str]) -> None:
    assert [
        read(f"{title}\n一、重点领域\n支持创新发展，建设平台。", title="", upto="regions")._.jurisdiction
    ] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(
            "我省医药工业稳步增长。支持杭州、宁波发展疫苗。浙江制造名扬天下。",
            "330000",
            id="我省, and its places",
        ),
        pytest.param("我国医药工业稳步增长。全国产值达到三万亿元。江苏、山东领先。", "100000", id="我国"),
        pytest.param("支持创新，加快发展。", None, id="nothing"),
    ],
)
def test_whose_plan_it_is_without_a_title(text: str, code: str | None) -> None:
    assert read(text, title="", upto="regions")._.jurisdiction == code


@pytest.mark.parametrize(("text", "names"), rows(NAMED))
def test_regions_are_named_in_full(text: str, names: list[str]) -> None:
    assert [r.name for r in regions_of(read(text, upto="regions"))] == names


@pytest.mark.parametrize(("title", "text", "codes"), rows(HOMONYMS, columns=3))
def test_homonyms(title: str, text: list[str], codes: list[str]) -> None:
    assert [r.code for r in regions_of(read(text[0], title=title, upto="regions"))] == codes


@pytest.mark.parametrize(("text", "_"), rows(ALIKE))
def test_look_alikes_are_no_regions(text: str, _: list[str]) -> None:
    assert [r.name for r in regions_of(read(text, upto="regions"))] == []


@pytest.mark.parametrize(("title", "text"), rows(ALIKE_ELSEWHERE))
def test_look_alikes_in_other_provinces(title: str, text: list[str]) -> None:
    assert [r.name for r in regions_of(read(text[0], title=title, upto="regions"))] == []


@pytest.mark.parametrize(("text", "_"), rows(HIDDEN))
def test_a_longer_name_hides_its_city(text: str, _: list[str]) -> None:
    assert [r.name for r in regions_of(read(text, upto="regions")) if r.subject] == []


def test_a_city_is_the_city_also_where_it_once_was_part_of_a_name() -> None:
    found = regions_of(read("南京大学支持南京发展疫苗。", title="江苏省规划", upto="regions"))
    assert [(r.text, r.subject) for r in found] == [("南京", False), ("南京", True)]


def test_ranks_tell_country_province_city_county_and_group() -> None:
    text = "中国、湖南省、长沙市、岳麓区、长三角。"
    assert [r.rank for r in regions_of(read(text, upto="regions"))] == [0, 1, 2, 3, 4]


@given(messy())
@moderate(40)
def test_a_region_is_a_slice_of_the_view_and_an_entry_of_the_vocabulary(text: str) -> None:
    doc = read.__wrapped__(text, title=TITLE, upto="regions")
    found = regions_of(doc)
    assert list(found) == sorted(found, key=lambda r: (r.start, -r.end))
    for region in found:
        assert doc.text[region.start : region.end] == region.text
        entry = load().entries[region.iri]
        assert entry.label == region.name
        assert entry.kind == "region"
        assert 0 <= region.rank <= 4
