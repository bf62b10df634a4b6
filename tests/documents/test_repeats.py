"""A page that holds its passages twice, shuffled and cut across, is read once and in order; other texts stay as they are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import messy, moderate

from kg.documents.reading import read
from kg.documents.repeats import untangle
from kg.documents.sources import document

PLAN = """一、总体要求（一）指导思想。坚持创新驱动，推动生物医药产业高质量发展。（二）主要目标。到2024年，产业规模达到一千亿元。
二、重点任务（一）推进生物药发展。支持合肥、芜湖等地发展抗体药物和新型疫苗。鼓励企业开展国际注册，融入全球创新网络。
（二）推进医疗器械发展。重点发展医学影像、体外诊断等设备产品，打造器械产业高地。
三、保障措施（一）加强组织领导。建立省级部门会商机制，协调解决重大问题。（二）加大财政支持。统筹现有专项资金，支持重大项目建设。"""

SENTENCES = [s + "。" for s in PLAN.replace("\n", "").split("。") if s]


def cut(*runs: tuple[int, int]) -> str:
    """Runs of the plan's sentences one after the other."""
    return "".join("".join(SENTENCES[a:b]) for a, b in runs)


def read_once(text: str) -> list[str]:
    view = untangle(read(text)).reading.text.replace("\n", "")
    return [s + "。" for s in view.split("。") if s]


# Pages that hold the plan twice: the order in which runs of sentences stand.
SHUFFLED = [
    pytest.param([(0, 13), (0, 13)], id="one copy after the other"),
    pytest.param([(0, 6), (0, 6), (6, 13), (6, 13)], id="each half twice"),
    pytest.param([(0, 8), (3, 13), (0, 3), (8, 13)], id="a copy inside the other"),
    pytest.param([(0, 5), (9, 13), (2, 9), (0, 2), (5, 13)], id="cut at other places in each copy"),
    pytest.param([(6, 13), (0, 9), (0, 6), (9, 13)], id="the end before the beginning"),
]


def test_the_plan_above_has_thirteen_sentences() -> None:
    assert len(SENTENCES) == 13


@pytest.mark.parametrize("runs", SHUFFLED)
def test_a_shuffled_page_is_read_once_and_in_order(runs: list[tuple[int, int]]) -> None:
    assert read_once(cut(*runs)) == SENTENCES


@pytest.mark.parametrize("runs", SHUFFLED)
def test_the_other_places_of_a_passage_are_kept(runs: list[tuple[int, int]]) -> None:
    text = cut(*runs)
    plan = document("plan", text)
    words = "支持合肥、芜湖等地发展抗体药物和新型疫苗"
    at = plan.reading.text.index(words)
    evidence = plan.evidence(at, at + len(words))
    assert evidence.quote == words
    others = plan.places(evidence.start, evidence.end)
    assert len(others) == 1
    assert all(words in text[a:b] for a, b in others)
    assert {evidence.start, *(text.index(words, a) for a, _ in others)} == {
        text.index(words),
        text.rindex(words),
    }


# Texts that are left alone.
STRAIGHT = [
    pytest.param(PLAN, id="nothing twice"),
    pytest.param(
        PLAN + "（责任单位：省经信厅）支持上市。（责任单位：省经信厅）支持并购。（责任单位：省经信厅）",
        id="short words come again and again",
    ),
    pytest.param(PLAN + SENTENCES[4], id="one sentence twice"),
    pytest.param("", id="nothing"),
    pytest.param("支持上市。", id="a sentence"),
]


@pytest.mark.parametrize("text", STRAIGHT)
def test_a_straight_text_stays_as_it_is(text: str) -> None:
    reading = read(text)
    untangled = untangle(reading)
    assert untangled.reading is reading
    assert untangled.repeats == {}
    assert document("plan", text).places(0, 1) == ()


def test_what_stands_once_on_a_shuffled_page_is_kept() -> None:
    text = cut((0, 8)) + "发布日期：2022年3月，来源为省政府办公厅网站。" + cut((0, 5), (5, 13), (8, 13))
    assert set(read_once(text)) == {*SENTENCES, "发布日期：2022年3月，来源为省政府办公厅网站。"}


@given(
    st.lists(st.sampled_from(range(1, 12)), min_size=1, max_size=3, unique=True),
    st.randoms(use_true_random=False),
)
@moderate(60)
def test_no_sentence_of_a_doubled_page_is_lost_or_doubled(cuts: list[int], order: object) -> None:
    at = [0, *sorted(cuts), 13]
    runs = list(pairwise(at))
    order.shuffle(runs)  # type: ignore[attr-defined]
    assert sorted(read_once(cut((0, 13), *runs))) == sorted(SENTENCES)


@given(messy())
@moderate(80)
def test_evidence_of_any_span_is_a_slice_of_the_text(text: str) -> None:
    plan = document("plan", text + "\n" + text)
    view = plan.reading.text
    for start in range(0, len(view), 5):
        evidence = plan.evidence(start, min(start + 9, len(view)))
        assert plan.text[evidence.start : evidence.end] == evidence.quote
        assert evidence.doc == "plan"
        for a, b in plan.places(evidence.start, evidence.end):
            assert 0 <= a < b <= len(plan.text)
