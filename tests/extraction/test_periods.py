"""Times of sentences and the period of documents."""

import pytest

from kg.documents.sources import document
from kg.extraction.periods import document_period, horizon, times

TIMES = [
    ("到2025年，", [("deadline", 2025, 2025)]),
    ("力争到2027年底", [("deadline", 2027, 2027)]),
    ("2026年底前完成", [("deadline", 2026, 2026)]),
    ("截至2020年底，", [("until", 2020, 2020)]),
    ("截止2020年末", [("until", 2020, 2020)]),
    ("2020年，", [("at", 2020, 2020)]),
    ("2020年末，", [("at", 2020, 2020)]),
    ("“十三五”期间", [("during", 2016, 2020)]),
    ("至“十三五”末", [("deadline", 2020, 2020)]),
    ("十二五末", [("at", 2015, 2015)]),
    ("“十四五”初期", [("at", 2021, 2021)]),
    ("2016—2020年", [("during", 2016, 2020)]),
    ("2019年至2021年", [("during", 2019, 2021)]),
    ("较2015年下降", [("baseline", 2015, 2015)]),
    ("与2020年相比", [("baseline", 2020, 2020)]),
    ("比“十二五”末年增加", [("baseline", 2015, 2015)]),
    ("是2016年的2倍", [("baseline", 2016, 2016)]),
    ("以2020年为基期", [("baseline", 2020, 2020)]),
    ("同比增长", [("baseline", None, None)]),
    ("比上年增长", [("baseline", None, None)]),
    ("近三年来", [("recent", None, None)]),
    ("目前", [("recent", None, None)]),
    ("三年内", [("until", None, None)]),
    ("未来五年", [("until", None, None)]),
    ("通过5年努力", [("until", None, None)]),
    ("每年新增", [("each", None, None)]),
    ("由2020年的3%提高到2025年的5%", [("at", 2020, 2020), ("at", 2025, 2025)]),
    ("由“十二五”末的80亿元增长到“十三五”末的150亿元", [("at", 2015, 2015), ("at", 2020, 2020)]),
    ("《中国制造2025》《某省“十四五”规划》", []),
    ("《药典》（2020版）（2010年修订）", []),
    ("2021年12月29日", []),
    ("“十四五”医药工业发展规划", []),
    ("3家以上年产值过亿元的企业", []),
]


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_times(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    assert [(t.role, t.first, t.last) for t in times(text)] == expected


def test_years_of_a_list() -> None:
    (time,) = times("到2023年、2025年")
    assert (time.role, time.years) == ("deadline", (2023, 2025))


PERIODS = [
    ("某市促进生物医药产业发展行动方案（2022—2024年）\n一、总体要求\n加快发展。", (2022, 2024)),
    ("某省大健康产业三年行动计划（2023-2025年）\n一、目标\n到2025年建成。", (2023, 2025)),
    ("某省“十四五”医药工业发展规划\n一、基础\n“十三五”期间发展较快。", (2021, 2025)),
    ("某省医药产业发展规划\n一、总则\n本规划期限为2016年至2020年。", (2016, 2020)),
    ("某市医药产业发展规划\n规划期为2018-2025年。\n一、基础\n好。", (2018, 2025)),
    ("一、“十二五”发展回顾\n发展较快。\n二、目标\n到2020年，产值翻番。", (2016, 2020)),
    ("关于支持生物医药产业发展的若干措施\n一、支持研发\n给予补助。", None),
    ("到2027年，产业规模达到500亿元。", None),
]


@pytest.mark.parametrize(("text", "expected"), PERIODS)
def test_document_period(text: str, expected: tuple[int, int] | None) -> None:
    assert document_period(document("plan", text)) == expected


def test_a_title_from_outside_tells_first() -> None:
    plan = document("plan", "一、基础\n到2022年有进展。", {"title": "某省医药工业“十三五”规划"})
    assert document_period(plan) == (2016, 2020)


def test_horizon_knows_the_end_alone() -> None:
    assert horizon(document("plan", "到2027年，产业规模达到500亿元。2022年为300亿元。")) == (None, 2027)
    assert horizon(document("plan", "产业发展较快。")) == (None, None)
