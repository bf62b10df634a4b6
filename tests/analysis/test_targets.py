"""Targets side by side: the rules on a graph made up for them, and sentences of the seeds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kg.analysis.basis import scope_name
from kg.analysis.figures import figures
from kg.analysis.targets import TargetGroup, compare_targets
from kg.analysis.units import amount
from kg.cli.app import app
from kg.graph.store import GraphStore
from kg.namespaces import ID

from .made_up import graph, iri
from .made_up_figures import figure, quads

WHOLE = {"scope": "全省医药工业"}


def groups(store: GraphStore, **chosen: object) -> dict[str, TargetGroup]:
    return {g.indicator: g for g in compare_targets(store, **chosen)}  # type: ignore[arg-type]


def made(*found: list) -> GraphStore:  # type: ignore[type-arg]
    return graph((), more=chain.from_iterable(found))


@pytest.mark.parametrize(
    ("value", "unit", "money", "said"),
    [
        (5000, "万元", False, "0.5 亿元"),
        (1.2, "万亿元", False, "12000 亿元"),
        (100, "亿", True, "100 亿元"),  # 主营收入突破100亿
        (3, "亿", False, "300000000"),  # of something that is no money
        (564, "亿美元", False, "564 亿美元"),  # no exchange rate
        (2, "万人", False, "20000 人"),
        (10, "个百分点", False, "10 个百分点"),
        (9, "%", False, "9%"),
        (0.8, None, False, "0.8"),
        (7, "吨/万元", False, "7 吨/万元"),  # unknown units stay
    ],
)
def test_units(value: float, unit: str | None, money: bool, said: str) -> None:
    assert str(amount(value, None, unit, money=money)) == said


def test_percent_and_points_are_two_dimensions() -> None:
    assert amount(1, None, "%").dimension != amount(1, None, "个百分点").dimension


def test_units_are_converted_before_targets_stand_side_by_side() -> None:
    """5000亿元 of 甲 and 0.3万亿元 of 乙 are one table: 5000 and 3000 亿元. Rows stand by year, not by value."""
    store = made(
        figure("a", "jia", "营业收入", 5000, "亿元", deadline=2025, **WHOLE),
        figure("b", "yi-new", "营业收入", 0.3, "万亿元", deadline=2024, **WHOLE),
    )
    group = groups(store)["营业收入"]
    assert [(r.figure.plan.id, r.figure.amount.value) for r in group.comparable] == [
        ("yi-new", 3000), ("jia", 5000)
    ]  # fmt: skip
    assert group.apart == ()


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"scope": "规模以上企业"}, "范围不同：规模以上企业，而非全行业"),
        ({"scope": "骨干企业"}, "范围不同：骨干企业，而非全行业"),
        ({"unit": "个百分点"}, "单位性质不同：百分点之差，而非百分比（%）"),
        ({"direction": "Increase"}, "性质不同：期间新增量，而非期末水平"),
        ({"wording": "年均研发投入强度"}, "性质不同：期间年均值，而非期末水平"),
    ],
)
def test_what_differs_stands_apart_with_the_reason(other: dict[str, str], reason: str) -> None:
    """甲 and 乙 (old) share a basis; the third target, of 乙 (new), differs in one part."""
    third = {"unit": "%", "deadline": 2024, **WHOLE, **other}
    store = made(
        figure("a", "jia", "研发投入强度", 5, "%", deadline=2025, **WHOLE),
        figure("b", "yi-old", "研发投入强度", 4, "%", deadline=2020, **WHOLE),
        figure("c", "yi-new", "研发投入强度", 6, **third),  # type: ignore[arg-type]
    )
    group = groups(store)["研发投入强度"]
    assert [r.figure.plan.id for r in group.comparable] == ["yi-old", "jia"]
    (apart,) = group.apart
    assert apart.reason[0] == reason
    assert apart.reason[1].isascii() or "骨干企业" in apart.reason[1]


def test_growth_over_another_length_of_time_stands_apart() -> None:
    """甲: 2021–2025, 乙 (old): 2016–2020, five years each; 乙 (new): 2022–2024, three."""
    store = made(
        figure("a", "jia", "营业收入增速", 10, "%", **WHOLE),
        figure("b", "yi-old", "营业收入增速", 9, "%", deadline=2020, **WHOLE),
        figure("c", "yi-new", "营业收入增速", 20, "%", deadline=2024, **WHOLE),
    )
    group = groups(store)["营业收入增速"]
    assert {r.figure.plan.id for r in group.comparable} == {"jia", "yi-old"}
    assert [r.reason[0] for r in group.apart] == ["时长不同：3 年 (2022–2024)，而非5 年"]


def test_another_base_year_stands_apart() -> None:
    """18 % less than 2015 by 2020 and 18 % less than 2020 by 2025 are five years each, from other bases."""
    less = {"direction": "Decrease", **WHOLE}
    store = made(
        figure("a", "guide", "能耗", 18, "%", deadline=2020, baseline=2015, **less),
        figure("b", "yi-old", "能耗", 18, "%", deadline=2020, baseline=2015, **less),
        figure("c", "jia", "能耗", 18, "%", deadline=2025, baseline=2020, **less),
    )
    (apart,) = groups(store)["能耗"].apart
    assert apart.figure.plan.id == "jia"
    assert apart.reason == ("基期不同：2020，而非2015", "another base year: 2020, not 2015")


def test_a_national_total_is_no_measure_for_a_province_but_a_share_is() -> None:
    store = made(
        figure("a", "guide", "企业数", 100, "家", deadline=2020, scope="全国"),
        figure("b", "yi-old", "企业数", 10, "家", deadline=2020, scope="全省"),
        figure("c", "jia", "企业数", 20, "家", deadline=2025, scope="全省"),
        figure("d", "guide", "使用率", 30, "%", deadline=2020, scope="全国"),
        figure("e", "yi-old", "使用率", 30, "%", deadline=2020, scope="全省"),
    )
    found = groups(store)
    assert [r.reason[0] for r in found["企业数"].apart] == ["总量级别不同：全国总量，而非一省总量"]
    assert len(found["使用率"].comparable) == 2


def test_where_no_two_agree_none_is_the_measure() -> None:
    """Revenues of four branches: each of its own scope, none of the whole."""
    store = made(
        figure("a", "jia", "营业收入", 400, "亿元", scope="生物药行业"),
        figure("b", "jia", "营业收入", 500, "亿元", scope="中药行业", at=20),
    )
    group = groups(store)["营业收入"]
    assert group.comparable == ()
    assert [r.reason[0] for r in group.apart] == [
        "范围不同：生物药行业，而非中药行业", "范围不同：中药行业，而非生物药行业",
    ]  # fmt: skip


def test_indicators_measured_alike_share_a_table_but_are_not_compared() -> None:
    related = quads(f"<{ID}indicator/主营业务收入> skos:related <{ID}indicator/营业收入> .")
    store = made(
        figure("a", "jia", "营业收入", 10, "亿元", **WHOLE),
        figure("b", "yi-new", "营业收入", 10, "亿元", **WHOLE),
        figure("c", "yi-old", "主营业务收入", 10, "亿元", **WHOLE),
        related,
    )
    (group,) = compare_targets(store)
    assert [r.reason[0] for r in group.apart] == ["指标口径不同：主营业务收入，而非营业收入"]


def test_what_was_reached_before() -> None:
    """Of 乙: 8 % in 2015 and 2023 on the target's basis, 7 % of large firms; of 甲, and what comes after, nothing."""
    store = made(
        figure("t", "yi-old", "强度", 5, "%", deadline=2020, **WHOLE),
        figure("s1", "yi-old", "强度", 4, "%", kind="Statistic", year=2014, **WHOLE),
        figure("s2", "yi-old", "强度", 3, "%", kind="Statistic", year=2015, scope="规模以上企业"),
        figure("s3", "yi-new", "强度", 6, "%", kind="Statistic", year=2021, **WHOLE),
        figure("s4", "jia", "强度", 2, "%", kind="Statistic", year=2015, **WHOLE),
    )
    (row,) = groups(store)["强度"].comparable
    assert [(r.figure.value, r.figure.time, r.differs[0]) for r in row.reached] == [
        (3, "2015", "范围不同：规模以上企业，而非全行业"), (4, "2014", ""),
    ]  # fmt: skip
    assert [r["same"] for r in row.row()["reached"]] == [False, True]


def test_only_some_regions_or_one_indicator() -> None:
    store = made(
        figure("a", "jia", "营业收入", 10, "亿元"), figure("b", "yi-new", "营业收入", 10, "亿元"),
        figure("c", "yi-new", "利润", 10, "亿元"),
    )  # fmt: skip
    assert groups(store, regions=[iri("甲省")])["营业收入"].regions == ("甲省",)
    assert set(groups(store, regions=[iri("中国")])) == {"营业收入", "利润"}
    assert set(groups(store, indicator=f"{ID}indicator/利润")) == {"利润"}


FIGURE = st.tuples(
    st.sampled_from(["guide", "jia", "yi-old", "yi-new", "bing"]),
    st.sampled_from(["营业收入", "增速", "企业数", "强度"]),
    st.sampled_from(["%", "亿元", "个百分点", "家", None]),
    st.sampled_from(["全省", "规模以上企业", "骨干企业", None]),
    st.sampled_from(["Level", "Increase", "Decrease"]),
    st.sampled_from([2020, 2024, 2025]),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(FIGURE, max_size=8))
def test_every_target_stands_once_and_only_what_is_apart_has_a_reason(found: list[tuple]) -> None:  # type: ignore[type-arg]
    store = made(
        *(
            figure(f"t{n}", doc, name, n, unit, scope=scope, direction=way, deadline=year, at=20 * n)
            for n, (doc, name, unit, scope, way, year) in enumerate(found)
        )
    )
    tables = compare_targets(store)
    rows = [r for g in tables for r in g.rows]
    assert sorted(r.figure.iri for r in rows) == sorted(f"{ID}target/t{n}" for n in range(len(found)))
    for table in tables:
        assert len({r.basis for r in table.comparable}) <= 1
        assert all(all(r.reason) for r in table.apart)
        assert not any(any(r.reason) for r in table.comparable)


# The seeds, counted by reading the sections of aims: 三（三）发展目标 of Zhejiang 2016, 二（三）主要目标 of the guide,
# 一（二）主要目标 of Zhejiang 2022, （三）发展目标 of Shandong and of Jiangsu.


@pytest.fixture(scope="module")
def seeds(store: Path) -> dict[str, TargetGroup]:
    return groups(GraphStore.open(store))


def said(group: TargetGroup) -> dict[tuple[str, int | None], tuple[str, str]]:
    return {(r.figure.plan.id, r.figure.end): (r.figure.worded(), r.reason[0]) for r in group.rows}


def test_growth_of_revenue(seeds: dict[str, TargetGroup]) -> None:
    """The guide: 主营业务收入…年均增速高于10% by 2020; Zhejiang the same; Jiangsu 规模以上…营业收入年均增速…10%左右 and
    Shandong 营业收入…年均增速保持在9%以上 by 2025: another revenue, and Jiangsu's of large firms only."""
    found = said(seeds["主营业务收入年均增速"])
    assert found["national-2016-2020", 2020] == ("> 10%", "")
    assert found["zhejiang-2016-2020", 2020] == ("> 10%", "")
    jiangsu, shandong = found["jiangsu-2021-2025", 2025], found["shandong-2021-2025", 2025]
    assert jiangsu[0] == "≈ 10%"
    assert shandong[0] == "≥ 9%"
    assert "营业收入年均增速，而非主营业务收入年均增速" in jiangsu[1]
    assert "规模以上" in jiangsu[1]
    assert "指标口径不同" in shandong[1]
    assert "范围" not in shandong[1]
    assert len(found) == 4


def test_what_growth_of_revenue_was_before(seeds: dict[str, TargetGroup]) -> None:
    """Both documents: 规模以上企业 … “十二五”期间年均增速 17.4% in China, 9.1% in Zhejiang: not quite the same scope."""
    reached = {
        r.figure.plan.id: [(p.figure.value, p.figure.time, bool(p.differs[0])) for p in r.reached]
        for r in seeds["主营业务收入年均增速"].comparable
    }
    assert reached["national-2016-2020"] == [(17.4, "2011–2015", True)]
    assert reached["zhejiang-2016-2020"] == [(9.1, "2011–2015", True)]


def test_research_intensity(seeds: dict[str, TargetGroup]) -> None:
    """The guide: 规模以上企业 2%以上 by 2020; Zhejiang 2022: 规模以上…制造业企业…5.5% by 2024. Apart: Zhejiang 2016, a
    yearly average (年均研发投入强度高于5%), and Shandong, of its backbone firms (骨干企业…7%以上)."""
    found = said(seeds["研发投入强度"])
    assert found["national-2016-2020", 2020] == ("≥ 2%", "")
    assert found["zhejiang-2022-2024", 2024] == ("5.5%", "")
    assert found["zhejiang-2016-2020", 2020] == ("> 5%", "性质不同：期间年均值，而非期末水平")
    assert found["shandong-2021-2025", 2025] == ("≥ 7%", "范围不同：骨干企业，而非规模以上企业")


def test_energy_and_systems_of_the_guide_and_of_zhejiang(seeds: dict[str, TargetGroup]) -> None:
    """Both: 规模以上…单位工业增加值能耗 18% less than in 2015, 用水量 23% less, MES 使用率 30% or more, all by 2020."""
    for name, guide, own in (
        ("单位工业增加值能耗", "下降 18%", "下降 ≥ 18%"),
        ("单位工业增加值用水量", "下降 23%", "下降 23%"),
        ("制造执行系统使用率", "≥ 30%", "≥ 30%"),
    ):
        found = said(seeds[name])
        assert found["national-2016-2020", 2020] == (guide, "")
        assert found["zhejiang-2016-2020", 2020] == (own, "")


def test_firms_above_ten_billion(seeds: dict[str, TargetGroup]) -> None:
    """Zhejiang 2016: 2家企业主营收入突破100亿; 2022: 产值超百亿元龙头企业6家. Sums of two kinds: never one row of numbers."""
    group = seeds["百亿元企业数"]
    assert {r.figure.value for r in group.rows} == {2, 6}
    assert [r.reason[0].partition("：")[0] for r in group.apart] == ["门槛口径不同"]


def test_all_targets_of_the_seeds_stand_once_and_their_quotes_hold(
    store: Path, seeds: dict[str, TargetGroup]
) -> None:
    opened = GraphStore.open(store)
    rows = [r.figure for g in seeds.values() for r in g.rows]
    assert sorted(r.iri for r in rows) == sorted(t.iri for t in figures(opened)[0])
    for figure_ in rows:
        e = figure_.claim.evidence
        assert opened.text(e.doc)[e.start : e.end] == e.quote


Run = Callable[..., object]


def test_command_prints_json_as_the_design_has_it(tiny_store: Path) -> None:
    """tiny_plans.py sets four targets: the guide's growth, 5000亿元 (江苏), 4500亿元 (浙江 2022) on 主营业务收入."""
    result = CliRunner().invoke(app, ["targets", "--json", "--store", str(tiny_store)])
    assert result.exit_code == 0, result.stderr
    found = {g["indicator"]: g for g in json.loads(result.stdout)}
    revenue = found["主营业务收入"]
    assert {
        "doc",
        "region",
        "comparator",
        "value",
        "value_max",
        "unit",
        "deadline",
        "baseline",
        "scope",
        "evidence",
    } <= set(revenue["comparable"][0])
    assert [(t["region"], t["comparator"], t["value"]) for t in revenue["comparable"]] == [
        ("浙江省", "~", 4500), ("江苏省", ">=", 5000)
    ]  # fmt: skip
    zhejiang = revenue["comparable"][0]
    assert [(p["value"], p["year"], p["same"]) for p in zhejiang["reached"]] == [(1133.6, 2015, True)]
    assert set(zhejiang["evidence"]) >= {"doc", "start", "end", "quote"}
    assert found["主营业务收入年均增速"]["apart"] == []


def test_command_prints_a_table_and_csv(tiny_store: Path, tmp_path: Path) -> None:
    run = CliRunner()
    text = run.invoke(
        app, ["targets", "--region", "浙江", "--store", str(tiny_store)], env={"COLUMNS": "140"}
    )
    assert text.exit_code == 0, text.stderr
    assert "≈ 4500 亿元" in text.stdout
    assert "1133.6 亿元 (2015)" in text.stdout
    assert "5000" not in text.stdout
    sheet = tmp_path / "t.csv"
    done = run.invoke(app, ["targets", "--csv", "-o", str(sheet), "--store", str(tiny_store)])
    assert done.exit_code == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(sheet.read_text("utf-8-sig"))))
    assert {r["part"] for r in rows} == {"comparable"}
    assert "4500" in {r["normal_value"] for r in rows}


def test_scopes_in_words() -> None:
    assert scope_name("above", "en") == "enterprises above designated size"
