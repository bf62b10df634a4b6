"""What changed between two documents: the rules on made-up graphs, and Zhejiang 2016 and 2022 read by hand."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad
from typer.testing import CliRunner

from kg.analysis.editions import Change, EditionDiff, diff
from kg.cli.app import app
from kg.errors import LookupFailed
from kg.graph.store import GraphStore
from kg.namespaces import ID
from kg.queries.saved import load

from .made_up import FIELDS, graph, iri
from .made_up_figures import cluster, figure, quads, recall

A, B = "yi-old", "yi-new"  # 2016–2020 and 2022–2024
PARTS = ("entered", "kept", "dropped")


def plans(old: Iterable[str], new: Iterable[str], *more: Iterable[Quad], **texts: str) -> EditionDiff:
    """What changes from a plan with some fields to one with others."""
    claims = [(doc, doc, "prioritises", f) for doc, fields in ((A, old), (B, new)) for f in fields]
    named = {doc.replace("_", "-"): text for doc, text in texts.items()}
    return diff(graph(claims, more=chain.from_iterable(more), texts=named), A, B)


def names(changes: Iterable[Change]) -> list[str]:
    return sorted(c.name.zh for c in changes)


def test_fields_enter_stay_and_go() -> None:
    """疫苗 goes, 支架 comes, 影像 stays; neither stands above or under another."""
    found = plans(["疫苗", "影像"], ["支架", "影像"]).fields
    assert [names(getattr(found, part)) for part in PARTS] == [["支架"], ["影像"], ["疫苗"]]
    (kept,) = found.kept
    assert (kept.match, [c.evidence.doc for c in (*kept.old, *kept.new)]) == ("same", [A, B])
    assert [c.evidence.quote for c in found.dropped[0].old] == ["yi-old疫苗"]


@pytest.mark.parametrize(
    ("old", "new", "match", "before", "after"),
    [
        # one step down, one step up: one thing that is kept, which has neither entered nor gone
        (["抗体药物"], ["双抗"], "narrowed", ["抗体药物"], ["双抗"]),
        (["双抗"], ["抗体药物"], "widened", ["双抗"], ["抗体药物"]),
        # the narrower field is in both: the wider one is what they make of it
        (["抗体药物", "双抗"], ["双抗"], "narrowed", ["抗体药物"], ["双抗"]),
        # a sector is kept where anything that stays is named under it
        (["医疗器械", "支架"], ["支架"], "narrowed", ["医疗器械"], ["支架"]),
    ],
)
def test_fields_stay_in_other_words(
    old: list[str], new: list[str], match: str, before: list[str], after: list[str]
) -> None:
    found = plans(old, new).fields
    assert (found.entered, found.dropped) == ((), ())
    (other,) = (c for c in found.kept if c.match != "same")
    assert other.match == match
    assert [n.zh for n in other.before] == before
    assert [n.zh for n in other.after] == after
    assert other.old
    assert other.new


@pytest.mark.parametrize(
    ("old", "new", "gone", "answer", "related"),
    [
        (["抗体药物", "双抗"], ["抗体药物"], "双抗", "wider", ["抗体药物"]),
        (["支架"], ["影像"], "支架", "not found", []),
        (["医疗器械"], ["支架"], "医疗器械", "narrower", ["支架"]),  # a sector stands for nothing under it
        (["支架"], ["医疗器械"], "支架", "not found", []),
    ],
)
def test_what_is_known_of_a_field_that_went(
    old: list[str], new: list[str], gone: str, answer: str, related: list[str]
) -> None:
    (change,) = plans(old, new).fields.dropped
    assert change.name.zh == gone
    assert (change.answer, [n.zh for n in change.related]) == (answer, related)


@pytest.mark.parametrize(
    ("measured", "answer"), [(0.95, "not mentioned"), (0.949, "not found"), (None, "not found")]
)
def test_not_mentioned_is_said_only_where_recall_allows(measured: float | None, answer: str) -> None:
    more = [] if measured is None else list(recall("plan_field", measured))
    found = plans(["支架"], ["影像"], more)
    assert found.fields.dropped[0].answer == answer
    assert found.row()["certainty"]["fields"]["answer"] == answer
    assert found.row()["certainty"]["fields"]["threshold"] == 0.95


def test_a_name_that_stands_in_the_text_is_not_called_missing() -> None:
    """Even broken by a line end; the reader is told that the words are there."""
    found = plans(["支架"], ["影像"], list(recall("plan_field", 1)), yi_new="可降解支\n 架在研")
    assert found.fields.dropped[0].answer == "mentioned"
    assert found.new.characters == 7


def test_clusters_are_one_by_alias_and_never_by_spelling() -> None:
    """老药城园 is another name of 新药城园 in 乙省; 乙药园 and 乙药谷园 are only alike; 丙药园 lies in 甲省, and what 丁药园
    is also called in 乙省."""
    found = plans(
        (), (),
        cluster(A, "老药城园", "乙省"), cluster(B, "新药城园", "乙省", aliases=["老药城园"]),
        cluster(A, "乙药园", "乙省", at=20), cluster(B, "乙药谷园", "乙省", at=20),
        cluster(A, "丙药园", "甲省", at=40), cluster(B, "丁药园", "乙省", aliases=["丙药园"], at=40),
        cluster(A, "同园", "乙省", at=60), cluster(B, "同园", "乙省", at=60),
    ).clusters  # fmt: skip
    assert [(c.name.zh, c.match) for c in found.kept] == [("新药城园", "renamed"), ("同园", "same")]
    assert names(found.entered) == ["丁药园", "乙药谷园"]
    assert names(found.dropped) == ["丙药园", "乙药园"]
    assert found.kept[0].note() == "更名：老药城园 → 新药城园"


def test_clusters_are_one_where_the_graph_says_so() -> None:
    same = quads(f"<{ID}cluster/甲药园> owl:sameAs <{ID}cluster/乙药园> .")
    found = plans((), (), cluster(A, "甲药园", "乙省"), cluster(B, "乙药园", "乙省"), same).clusters
    assert [c.match for c in found.kept] == ["renamed"]
    assert (found.entered, found.dropped) == ((), ())


def test_targets_are_kept_revised_dropped_or_new() -> None:
    """Growth stays 9 %; revenue is 1000 亿元 by 2020, then 0.2 万亿元 by 2024; a share goes, a number of firms comes.

    Revenue of large firms is of another scope than revenue: both are targets of one document only.
    """
    whole = {"scope": "全省"}
    found = plans(
        (), (),
        figure("a1", A, "增速", 9, "%", at=0, **whole), figure("b1", B, "增速", 9, "%", at=0, **whole),
        figure("a2", A, "营业收入", 1000, "亿元", at=20, deadline=2020, **whole),
        figure("b2", B, "营业收入", 0.2, "万亿元", at=20, deadline=2024, **whole),
        figure("a3", A, "占比", 30, "%", at=40, **whole), figure("b3", B, "企业数", 5, "家", at=40, **whole),
        figure("a4", A, "占比", 3, "个百分点", at=60, **whole), figure("b4", B, "占比", 30, "%", at=60, scope="规上企业"),
    ).targets  # fmt: skip
    assert [r.new.indicator.zh for r in found.kept] == ["增速"]
    (revised,) = found.revised
    assert (revised.old.amount.value, revised.new.amount.value) == (1000, 2000)
    assert revised.changed == ("value", "deadline")
    assert [(t.figure.indicator.zh, t.figure.unit) for t in found.dropped] == [
        ("占比", "%"),
        ("占比", "个百分点"),
    ]
    assert [t.figure.indicator.zh for t in found.entered] == ["企业数", "占比"]


def test_of_several_targets_equal_ones_are_kept_first() -> None:
    """60 days by 2022 and 40 by 2024; then 40 by 2024 and 30 by 2025: one is kept, one is revised."""
    found = plans(
        (), (),
        figure("a1", A, "时限", 60, "天", deadline=2022), figure("a2", A, "时限", 40, "天", deadline=2024, at=20),
        figure("b1", B, "时限", 40, "天", deadline=2024), figure("b2", B, "时限", 30, "天", deadline=2025, at=20),
    ).targets  # fmt: skip
    assert [(r.old.value, r.new.value) for r in found.kept] == [(40, 40)]
    assert [(r.old.value, r.new.value) for r in found.revised] == [(60, 30)]


def test_the_older_document_comes_first_unless_asked() -> None:
    store = graph([(A, A, "prioritises", "疫苗")])
    assert diff(store, B, A).old.plan.id == A
    assert diff(store, B, A, by_time=False).old.plan.id == B
    assert diff(store, iri(B), iri(A)).new.plan.id == B
    with pytest.raises(LookupFailed, match="nowhere"):
        diff(store, A, "nowhere")


def test_a_much_shorter_document_is_pointed_out() -> None:
    long, short = "字" * 100, "字" * 59
    assert plans((), (), yi_old=long, yi_new=short).short.plan.id == B  # type: ignore[union-attr]
    assert plans((), (), yi_old=long, yi_new=short + "字").short is None
    assert plans((), ()).short is None


EVERY = sorted({*FIELDS, *FIELDS.values()})
CHOSEN = st.sets(st.sampled_from(EVERY))
GOALS = st.lists(
    st.tuples(st.sampled_from(["强度", "增速"]), st.sampled_from([5, 9]), st.sampled_from(["%", "家"])),
    max_size=4,
)


def _world(old: set[str], new: set[str], goals: tuple[list[Any], list[Any]]) -> GraphStore:
    claims = [(doc, doc, "prioritises", f) for doc, fields in ((A, old), (B, new)) for f in sorted(fields)]
    more = [
        q
        for doc, found in zip((A, B), goals, strict=True)
        for n, (name, value, unit) in enumerate(found)
        for q in figure(f"{doc}{n}", doc, name, value, unit, at=20 * n)
    ]
    return graph(claims, more=more)


@settings(max_examples=40, deadline=None)
@given(CHOSEN, CHOSEN, GOALS, GOALS)
def test_there_and_back(old: set[str], new: set[str], then: list[Any], now: list[Any]) -> None:
    """Swapping two documents swaps what entered and what went; with itself a document only keeps; nothing is lost."""
    store = _world(old, new, (then, now))
    there, back = diff(store, A, B, by_time=False), diff(store, B, A, by_time=False)
    assert names(there.fields.entered) == names(back.fields.dropped)
    assert names(there.fields.dropped) == names(back.fields.entered)
    assert [t.figure.iri for t in there.targets.entered] == [t.figure.iri for t in back.targets.dropped]
    assert [t.figure.iri for t in there.targets.dropped] == [t.figure.iri for t in back.targets.entered]
    assert len(there.targets.kept) == len(back.targets.kept)
    named_old = {n.zh for part in PARTS for c in getattr(there.fields, part) for n in c.before}
    named_new = {n.zh for part in PARTS for c in getattr(there.fields, part) for n in c.after}
    assert (named_old, named_new) == (old, new)
    moved = {c.name.zh for c in (*there.fields.entered, *there.fields.dropped)}
    assert not moved & {n.zh for c in there.fields.kept for n in (*c.before, *c.after)}
    pairs = (*there.targets.kept, *there.targets.revised)
    assert len(there.targets.dropped) + len(pairs) == len(then)
    assert len(there.targets.entered) + len(pairs) == len(now)
    itself = diff(store, A, A)
    assert (itself.fields.entered, itself.fields.dropped) == ((), ())
    assert {c.match for c in itself.fields.kept} <= {"same"}
    assert (itself.targets.entered, itself.targets.dropped, itself.targets.revised) == ((), (), ())
    assert len(itself.targets.kept) == len(then)


# Zhejiang's plan of 2016 and its action plan of 2022, read by hand.


@pytest.fixture(scope="module")
def opened(store: Path) -> GraphStore:
    return GraphStore.open(store)


@pytest.fixture(scope="module")
def zhejiang(opened: GraphStore) -> EditionDiff:
    return diff(opened, "zhejiang-2022-2024", "zhejiang-2016-2020")


def test_fields_of_zhejiang(zhejiang: EditionDiff) -> None:
    """Entered: 二（一）新冠病毒疫苗; 二（四）经典名方, 医疗机构中药制剂, 中药提取物; 二（三）改良型新药; CDMO in 二（五）.

    Kept: 抗体药物, 重组蛋白, 新型疫苗, 体外诊断, 药用辅料, 中药饮片 are headings or items of 四 in 2016 and of 二 in 2022.
    Gone: 四（一）5 血液制品, 四（二）2 化学仿制药, 四（四）3 除颤仪 and 手术机器人, 四（五）制药设备.
    """
    fields = zhejiang.fields
    assert (zhejiang.old.plan.id, zhejiang.new.plan.id) == ("zhejiang-2016-2020", "zhejiang-2022-2024")
    assert {
        "新冠病毒疫苗",
        "经典名方",
        "医疗机构中药制剂",
        "中药提取物",
        "改良型新药",
        "合同研发生产",
    } <= set(names(fields.entered))
    same = {c.name.zh for c in fields.kept if c.match == "same"}
    assert {"抗体药物", "重组蛋白药物", "新型疫苗", "体外诊断产品", "药用辅料", "中药饮片"} <= same
    assert {"血液制品", "化学仿制药", "除颤仪", "手术机器人", "制药设备"} <= set(names(fields.dropped))


def test_detail_that_went_is_told_from_a_field_that_went(zhejiang: EditionDiff) -> None:
    """双功能抗体 (四（一）1, 2016) is in no list of 2022, which has 抗体药物; of 血液制品 it has nothing."""
    gone = {c.name.zh: c for c in zhejiang.fields.dropped}
    assert gone["双特异性抗体"].note() == "只见其上位领域：抗体药物"
    assert gone["血液制品"].answer == "not found"  # recall of priorities is below the threshold
    come = {c.name.zh: c for c in zhejiang.fields.entered}
    assert come["核酸药物"].answer == "mentioned"  # 2016: 有效突破核酸药物在体内转运的生物屏障


def test_clusters_of_zhejiang(zhejiang: EditionDiff) -> None:
    """All that the two name, by reading: none is in both. 2022 has two 产业圈, two zones and 中国基因药谷."""
    found = zhejiang.clusters
    assert found.kept == ()
    assert names(found.entered) == sorted(
        [
            "中国（浙江）自由贸易试验区",
            "海洋生态医药产业圈",
            "山区生态医药产业圈",
            "中国基因药谷",
            "杭州综合保税区",
        ]
    )
    assert {
        "杭州生物产业国家高技术产业基地", "绍兴滨海产业集聚区", "余杭经济技术开发区", "湖州生物医药产业基地",
        "金华天然药物产业基地", "磐安江南药镇",
        "桐庐内窥镜特色产业区", "温州制药装备产业基地", "余杭省级医疗器械产业园区", "绍兴现代医药高技术产业园区",
        "台州国家医药新型工业化产业示范基地", "余杭生物医药高技术产业园区", "德清省级生物医药产业集群示范区", "富阳药谷",
        "杭州东部医药港小镇", "平湖生物技术产业园",
    } <= set(names(found.dropped))  # fmt: skip


def test_targets_of_zhejiang(zhejiang: EditionDiff) -> None:
    """2016: 年均研发投入强度高于5%, 2家企业主营收入突破100亿, 能耗下降18%…; 2022: 5.5%, 6家产值超百亿元, 总产值4500亿元…"""
    goals = zhejiang.targets
    revised = {
        r.new.indicator.zh: (r.old.worded(), r.new.worded(), bool(r.differs[0])) for r in goals.revised
    }
    assert revised == {"研发投入强度": ("> 5%", "5.5%", True), "百亿元企业数": ("2 家", "6 家", True)}
    assert goals.kept == ()
    assert {"主营业务收入年均增速", "单位工业增加值能耗", "制造执行系统使用率"} <= {
        t.figure.indicator.zh for t in goals.dropped
    }
    assert {"总产值", "千亿级产业集群数", "专精特新企业数"} <= {t.figure.indicator.zh for t in goals.entered}


def test_sizes_of_zhejiang(zhejiang: EditionDiff) -> None:
    """The action plan has 5,600 characters, with passages twice; the plan of 2016 some 15,000."""
    assert zhejiang.short is zhejiang.new


def test_saved_queries_say_the_same(opened: GraphStore, zhejiang: EditionDiff) -> None:
    """The queries know names only: what is kept in other words has gone and entered there."""
    documents = {
        p: NamedNode(f"{ID}document/{d}")
        for p, d in (("old", "zhejiang-2016-2020"), ("new", "zhejiang-2022-2024"))
    }
    for query, thing, changes in (
        ("changed-fields", "field", zhejiang.fields), ("changed-clusters", "cluster", zhejiang.clusters),
    ):  # fmt: skip
        text = load(query).text
        answer: dict[str, set[str]] = {part: set() for part in PARTS}
        for row in opened.query(text, parameters={f"_{p}": d for p, d in documents.items()}):
            answer[row["change"].value].add(row[thing].value)  # type: ignore[union-attr]
        same = {c.name.iri for c in changes.kept if c.match == "same"}
        other = [c for c in changes.kept if c.match != "same"]
        before = {n.iri for c in other for n in c.before} - same
        after = {n.iri for c in other for n in c.after} - same
        assert answer["kept"] == same
        assert answer["dropped"] == {c.name.iri for c in changes.dropped} | before
        assert answer["entered"] == {c.name.iri for c in changes.entered} | after


def test_every_quote_holds(opened: GraphStore, zhejiang: EditionDiff) -> None:
    for changes in (zhejiang.fields, zhejiang.clusters):
        for part in PARTS:
            for change in getattr(changes, part):
                assert change.old or change.new
                for e in (c.evidence for c in (*change.old, *change.new)):
                    assert opened.text(e.doc)[e.start : e.end] == e.quote


def test_command(tiny_store: Path, tmp_path: Path) -> None:
    """tiny_plans.py: 抗体药物 stays, 化学原料药 goes, 海洋多肽探针 comes; 杭州医药港 stays; a target comes."""
    run = CliRunner()
    store = ("--store", str(tiny_store))
    result = run.invoke(app, ["diff", "zhejiang-2016", "zhejiang-2022", "--json", *store])
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert {p: [f["field"] for f in found["fields"][p]] for p in PARTS} == {
        "entered": ["海洋多肽探针"], "kept": ["抗体药物"], "dropped": ["化学原料药"],
    }  # fmt: skip
    assert [e["doc"] for e in found["fields"]["kept"][0]["evidence"]] == ["zhejiang-2016", "zhejiang-2022"]
    assert [c["cluster"] for c in found["clusters"]["kept"]] == ["杭州医药港"]
    assert [t["value"] for t in found["targets"]["entered"]] == [4500]
    assert found["targets"]["revised"] == []
    text = run.invoke(app, ["diff", "zhejiang-2022", "zhejiang-2016", *store], env={"COLUMNS": "120"})
    assert text.exit_code == 0, text.stderr
    assert text.stdout.index("海洋多肽探针") < text.stdout.index("化学原料药")
    sheet = tmp_path / "d.csv"
    done = run.invoke(app, ["diff", "zhejiang-2016", "zhejiang-2022", "--csv", "-o", str(sheet), *store])
    assert done.exit_code == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(sheet.read_text("utf-8-sig"))))
    assert {(r["kind"], r["change"], r["name"]) for r in rows} >= {
        ("field", "dropped", "化学原料药"), ("cluster", "kept", "杭州医药港"), ("target", "entered", "主营业务收入"),
    }  # fmt: skip
    unknown = run.invoke(app, ["diff", "zhejiang-2016", "xyz", *store])
    assert unknown.exit_code == 2
