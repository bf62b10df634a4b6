"""The shipped documents: passages found by reading, where they stand, and an independent search for what is the same."""

from __future__ import annotations

import itertools
import re
import time
from pathlib import Path

import pytest

from kg.analysis.reuse import Reuse, reuse
from kg.analysis.reuse_shares import shares
from kg.graph.store import GraphStore

NATIONAL, ZHEJIANG, SHANDONG = "national-2016-2020", "zhejiang-2016-2020", "shandong-2021-2025"
JIANGSU, LATER_ZHEJIANG = "jiangsu-2021-2025", "zhejiang-2022-2024"

# Read in the documents: the beginning and the end of what stands in both, as each writes it. In the guide 附 is its list of
# fields, chapter 六 (一）生物药 and so on.
BY_HAND = [
    # guide 基本原则, fifth: 坚持开放合作; Shandong 一、（二）, fifth, which adds “引进来”
    (NATIONAL, "抓住国家推进“一带一路”建设重大机遇", "提高国际竞争力。",
     SHANDONG, "抓住国家推进“一带一路”建设重大机遇", "提高国际竞争力。", "substance"),
    # guide 中成药; Shandong 二、（三）2. 中成药, word for word
    (NATIONAL, "开发复方、有效部位及有效成分中药新药", "开发新的适应症。",
     SHANDONG, "开发复方、有效部位及有效成分中药新药", "开发新的适应症。", "substance"),
    # guide 药用辅料; Shandong 二、（六）药用辅料
    (NATIONAL, "重点发展纤维素及其衍生物、高质量淀粉", "新型材料胶囊等系列化产品",
     SHANDONG, "重点发展纤维素及其衍生物、高质量淀粉", "新型材料胶囊等系列化产品", "substance"),
    # guide 包装系统; Shandong 二、（七）药用包装系统, last sentence
    (NATIONAL, "开发新型包装系统及给药装置，提供特定功能", "保障用药安全",
     SHANDONG, "开发新型包装系统及给药装置，提供特定功能", "保障用药安全", "substance"),
    # guide 指导思想, last clauses; Shandong 一、（一）, last clauses
    (NATIONAL, "更好地服务于惠民生", "调结构", SHANDONG, "更好地服务于惠民生", "调结构", "boilerplate"),
    # guide 疫苗: 疟疾 and others; Zhejiang 四 疫苗 has 霍乱 instead, and 四价流感疫苗 besides
    (NATIONAL, "重点开发针对高致病性流感、疟疾", "实现部分免疫规划疫苗的升级换代",
     ZHEJIANG, "重点开发针对高致病性流感、霍乱", "实现部分免疫规划疫苗的升级换代", "substance"),
    # guide 化学新药 to 化学仿制药; Zhejiang the same with blanks around its marks
    (NATIONAL, "根据疾病细分和精准医疗的趋势", "诊断伴随产品", ZHEJIANG, "根据疾病细分和精准医疗的趋势", "诊断伴随产品",
     "substance"),
    # guide 体外诊断产品; Zhejiang 体外诊断产品: 单分子基因测序仪 there, 基于二代以上测序技术的基因测序仪 here
    (NATIONAL, "重点发展高通量生化分析仪", "加快检测试剂标准建立",
     ZHEJIANG, "重点发展高通量生化分析仪", "加快检测试剂标准建立", "substance"),
    # guide 智能制造 (MES)
    (NATIONAL, "整合集成各环节数据信息", "打造智能化生产车间", ZHEJIANG, "整合集成各环节数据信息", "打造智能化生产车间",
     "substance"),
    # guide 保障措施, industry associations; Zhejiang the same reworded
    (NATIONAL, "开展行业自律，规范企业行为", "维护公平竞争环境", ZHEJIANG, "开展行业自律，引导企业行为规范", "公平有序的竞争环境",
     "boilerplate"),
    # Zhejiang 制药装备; Shandong 二、（八）制药装备, one mark changed
    (ZHEJIANG, "重点发展数字化全自动压片设备", "大规模生物反应器及其附属系统",
     SHANDONG, "重点发展数字化全自动压片设备", "大规模生物反应器及其附属系统", "substance"),
    # Zhejiang 绿色; Shandong 三、（五）构建绿色生产体系
    (ZHEJIANG, "应用绿色设计和绿色产品开发", "构造绿色供应链",
     SHANDONG, "应用绿色设计和绿色产品开发", "构造绿色供应链", "substance"),
    # guide 化学药 制剂; Jiangsu 高端制剂
    (NATIONAL, "口服速释、缓控释、多颗粒系统", "儿童等特殊人群适用剂型等",
     JIANGSU, "口服速释、缓控释、多颗粒系统", "儿童等特殊人群适用剂型等", "substance"),
    # the congress whose spirit is carried out
    (JIANGSU, "贯彻党的十九大和十九届", "五中全会精神", SHANDONG, "贯彻党的十九大和十九届", "五中全会精神", "boilerplate"),
]  # fmt: skip


@pytest.fixture(scope="module")
def graph(store: Path) -> GraphStore:
    return GraphStore.open(store)


@pytest.fixture(scope="module")
def found(graph: GraphStore) -> tuple[Reuse, ...]:
    return reuse(graph)


@pytest.mark.parametrize("row", BY_HAND, ids=lambda row: f"{row[0]}–{row[3]} {row[1][:6]}")
def test_what_a_reader_finds(
    graph: GraphStore, found: tuple[Reuse, ...], row: tuple[str, str, str, str, str, str, str]
) -> None:
    a, a_from, a_to, b, b_from, b_to, kind = row

    def place(doc: str, first: str, last: str) -> tuple[int, int]:
        text = graph.text(doc)
        start = text.index(first)
        return start, text.index(last, start) + len(last)

    (a_start, a_end), (b_start, b_end) = place(a, a_from, a_to), place(b, b_from, b_to)
    holding = [
        r for r in found
        if (r.a.doc, r.b.doc) == (a, b) and r.a.start <= a_start < a_end <= r.a.end
        and r.b.start <= b_start < b_end <= r.b.end
    ]  # fmt: skip
    assert [r.kind for r in holding] == [kind]


def test_quotes_are_slices_and_passages_do_not_overlap(graph: GraphStore, found: tuple[Reuse, ...]) -> None:
    for one in found:
        for place in (one.a, one.b, *one.a_again, *one.b_again):
            assert graph.text(place.doc)[place.start : place.end] == place.quote
    for pair, listed in itertools.groupby(found, key=lambda r: (r.a.doc, r.b.doc)):
        passages = list(listed)
        for side in ("a", "b"):
            spans = sorted(getattr(r, side).span for r in passages)
            assert all(e <= s for (_, e), (s, _) in itertools.pairwise(spans)), pair


def test_differences_lie_end_to_end(found: tuple[Reuse, ...]) -> None:
    """What is called equal is the same once marks and blanks are gone; the steps cover both quotes."""
    for one in found:
        steps = one.differences
        assert (steps[0].a0, steps[0].b0) == (0, 0)
        assert (steps[-1].a1, steps[-1].b1) == (len(one.a.quote), len(one.b.quote))
        assert all((x.a1, x.b1) == (y.a0, y.b0) for x, y in itertools.pairwise(steps))
        for step in steps:
            a, b = one.a.quote[step.a0 : step.a1], one.b.quote[step.b0 : step.b1]
            if step.op == "equal":
                assert _han(a) == _han(b)


def test_every_long_common_run_is_within_a_passage(graph: GraphStore, found: tuple[Reuse, ...]) -> None:
    """An independent search: 30 Chinese characters or letters in a row that two documents share."""
    docs = graph.documents()
    texts = {
        doc: [(i, c) for i, c in enumerate(graph.text(doc)) if re.match(r"[\u4e00-\u9fa5a-zA-Z]", c)]
        for doc in docs
    }
    missed, seen = [], 0
    for a, b in itertools.combinations(docs, 2):
        plain = {doc: "".join(c for _, c in texts[doc]) for doc in (a, b)}
        places = {plain[a][i : i + 30] for i in range(len(plain[a]) - 29)}
        for n in range(len(plain[b]) - 29):
            if plain[b][n : n + 30] not in places:
                continue
            seen += 1
            middle = texts[b][n + 15][0]  # the ends may be cut to where clauses end
            spans = [
                e.span for r in found if {r.a.doc, r.b.doc} == {a, b}
                for e in (r.a, r.b, *r.a_again, *r.b_again) if e.doc == b
            ]  # fmt: skip
            if not any(start <= middle < end for start, end in spans):
                missed.append((a, b, plain[b][n : n + 30]))
    assert seen > 500
    assert missed == []


def test_which_is_earlier(found: tuple[Reuse, ...]) -> None:
    """Guide and Zhejiang both begin in 2016, Jiangsu and Shandong (September 2021) in 2021: none is earlier of those."""
    assert {(r.a.doc, r.b.doc): r.earlier for r in found} == {
        (NATIONAL, ZHEJIANG): None,
        (NATIONAL, SHANDONG): NATIONAL,
        (NATIONAL, JIANGSU): NATIONAL,
        (ZHEJIANG, SHANDONG): ZHEJIANG,
        (ZHEJIANG, JIANGSU): ZHEJIANG,
        (JIANGSU, SHANDONG): None,
    }


def test_priorities_within_a_passage(found: tuple[Reuse, ...]) -> None:
    """The guide's 药用辅料, which Shandong has, too: both name 聚山梨酯 and 聚乙二醇 there."""
    one = next(r for r in found if r.b.doc == SHANDONG and r.a.doc == NATIONAL and "聚山梨酯" in r.a.quote)
    assert {"聚山梨酯", "聚乙二醇"} <= {f.zh for f in one.shared_fields}
    assert one.facts


def test_the_guide_and_zhejiang_share_most(graph: GraphStore, found: tuple[Reuse, ...]) -> None:
    """Of Zhejiang's 15 thousand characters about a fifth; the later plan of Zhejiang shares no passage with any."""
    sums = shares(graph, found)
    assert (sums[0].a, sums[0].b) == (NATIONAL, ZHEJIANG)
    assert 0.17 < sums[0].share_b < 0.24
    assert LATER_ZHEJIANG not in {doc for s in sums for doc in (s.a, s.b)}


def test_five_documents_take_a_moment(graph: GraphStore) -> None:
    start = time.perf_counter()
    reuse(graph)
    assert time.perf_counter() - start < 6  # 0.6 s on a machine that is free


def _han(text: str) -> str:
    return "".join(re.findall(r"[\u4e00-\u9fa5]", text))
