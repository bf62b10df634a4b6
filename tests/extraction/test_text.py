"""A view is cut into sentences, segments and clauses at marks that part, and never inside brackets or quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text, messy, moderate
from tables import rows

from kg.documents.reading import read
from kg.extraction.text import Slice, clauses, segments, sentences, split, without_brackets

SENTENCES = """
# marks that end a sentence
发展疫苗。建设平台。 → 发展疫苗。 | 建设平台。
发展疫苗！建设平台？谁来建设 → 发展疫苗！ | 建设平台？ | 谁来建设
# a line end ends one
发展疫苗⏎建设平台。 → 发展疫苗 | 建设平台。
⏎⏎发展疫苗。⏎ → 发展疫苗。
# marks that close stay with their sentence
坚持“创新驱动。”加快发展。 → 坚持“创新驱动。” | 加快发展。
建设平台（省级。）支持企业。 → 建设平台（省级。） | 支持企业。
# a full stop inside quotation marks ends none
落实“稳中求进。以进促稳”的要求，加快发展。 → 落实“稳中求进。以进促稳”的要求，加快发展。
# a semicolon ends none
湘潭发展中药；岳阳发展化学药。 → 湘潭发展中药；岳阳发展化学药。
# nothing but marks is none
。。！ →
”） →
"""

SPLIT = """
# at marks
甲、乙、丙 → 甲 | 乙 | 丙
# not inside brackets of any sort
甲（乙、丙）、丁 → 甲（乙、丙） | 丁
甲、“乙、丙”、《丁、戊》、【己、庚】 → 甲 | “乙、丙” | 《丁、戊》 | 【己、庚】
甲（乙“丙、丁”、戊）、己 → 甲（乙“丙、丁”、戊） | 己
# a bracket that was never opened parts nothing off
甲）、乙 → 甲） | 乙
# empty parts fall away
、甲、、乙、 → 甲 | 乙
甲 → 甲
、 →
"""

CLAUSES = """
# commas, semicolons and colons part clauses
支持长沙，发展疫苗；支持株洲：发展中药。 → 支持长沙 | 发展疫苗 | 支持株洲 | 发展中药
# not inside brackets
建设平台（含中试，检测；评价），支持企业。 → 建设平台（含中试，检测；评价） | 支持企业
# an enumeration is one clause
发展抗体、疫苗、血液制品。 → 发展抗体、疫苗、血液制品
"""

SEGMENTS = """
# semicolons part segments
长沙发展疫苗，建设园区；株洲发展中药。 → 长沙发展疫苗，建设园区 | 株洲发展中药
# not inside quotation marks
落实“稳增长；调结构”要求；支持企业。 → 落实“稳增长；调结构”要求 | 支持企业
"""

UNBRACKETED = """
# an abbreviation goes
嵌合抗原受体T细胞（CAR-T）治疗 → 嵌合抗原受体T细胞治疗
合同研究组织（CRO） → 合同研究组织
即时检验（POCT）装备 → 即时检验装备
核糖核酸（RNA）干扰 → 核糖核酸干扰
创新药（1类） → 创新药（1类）
# a Chinese variant belongs to the name
植（介）入产品 → 植（介）入产品
骨修复（固定）材料 → 骨修复（固定）材料
# figures alone go
磁共振（3.0T）、超声（2） → 磁共振、超声
"""


@pytest.mark.parametrize(("view", "expected"), rows(SENTENCES))
def test_sentences(view: str, expected: list[str]) -> None:
    assert [s.text for s in sentences(view)] == expected


@pytest.mark.parametrize(("text", "expected"), rows(SPLIT))
def test_split(text: str, expected: list[str]) -> None:
    assert [p.text for p in split(Slice(text, 0), "、")] == expected


@pytest.mark.parametrize(("text", "expected"), rows(CLAUSES))
def test_clauses(text: str, expected: list[str]) -> None:
    assert [c.text for c in clauses(Slice(text, 0))] == expected


@pytest.mark.parametrize(("text", "expected"), rows(SEGMENTS))
def test_segments(text: str, expected: list[str]) -> None:
    assert [s.text for s in segments(Slice(text, 0))] == expected


@pytest.mark.parametrize(("text", "expected"), rows(UNBRACKETED))
def test_names_without_their_abbreviations(text: str, expected: list[str]) -> None:
    assert without_brackets(text) == expected[0]


def test_a_slice_knows_where_it_stands() -> None:
    piece = Slice("“抗体药物”", 10)
    assert (piece.end, piece.part(1, 3), piece.part(3)) == (16, Slice("抗体", 11), Slice("药物”", 13))
    assert piece.strip("“”") == Slice("抗体药物", 11)
    assert not piece.part(2, 2)


def test_sentences_between_two_positions() -> None:
    view = "发展疫苗。建设平台。支持企业。"
    assert [(s.text, s.start) for s in sentences(view, 5, 10)] == [("建设平台。", 5)]
    assert [s.text for s in sentences(view, 5)] == ["建设平台。", "支持企业。"]
    assert list(sentences(view, 5, 5)) == []


def _inside(piece: Slice, whole: Slice) -> None:
    assert whole.start <= piece.start <= piece.end <= whole.end
    assert whole.text[piece.start - whole.start : piece.end - whole.start] == piece.text


def _check(view: str) -> None:
    reached = 0
    for sentence in sentences(view):
        assert view[sentence.start : sentence.end] == sentence.text
        assert sentence.start >= reached
        assert "\n" not in sentence.text
        reached = sentence.end
        for segment in segments(sentence):
            _inside(segment, sentence)
            at = segment.start
            for clause in clauses(segment):
                _inside(clause, segment)
                assert clause.start >= at, "clauses follow one another"
                assert clause.text
                at = clause.end


@given(messy())
@moderate(80)
def test_pieces_of_a_messy_plan_are_slices_of_it(text: str) -> None:
    _check(read(text).text)


@given(any_text)
@moderate(150)
def test_pieces_of_any_text_are_slices_of_it(text: str) -> None:
    _check(text)


@given(st.text("甲乙、，（）“”《》。", max_size=30), st.integers(0, 50))
@moderate(200)
def test_parts_are_what_stands_between_the_marks(text: str, start: int) -> None:
    piece = Slice(text, start)
    parts = list(split(piece, "、，"))
    for part in parts:
        _inside(part, piece)
        assert part.text
    kept = sum(len(p.text) for p in parts)
    assert len(text) - kept <= sum(c in "、，" for c in text), "nothing but marks is left out"
