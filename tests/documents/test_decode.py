"""Bytes become text by their mark, else as UTF-8, else as GB18030; nothing is guessed and nothing is lost."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import any_text, moderate

from kg.documents import decode as decoding
from kg.documents.decode import decode
from kg.errors import InputError

PLAN = "山西省“十四五”医药工业发展规划\r\n一、重点领域\r\n大力发展黄芪、党参等道地药材；𠮷氏药业。"

# Which bytes are read, and as what.
READ = [
    pytest.param(PLAN.encode("utf-8"), PLAN, id="utf-8"),
    pytest.param(codecs.BOM_UTF8 + PLAN.encode("utf-8"), PLAN, id="utf-8 with its mark"),
    pytest.param(PLAN.encode("gb18030"), PLAN, id="gb18030, also beyond the basic plane"),
    pytest.param("湖北省".encode("gbk"), "湖北省", id="gbk is a part of gb18030"),
    pytest.param("湖北省".encode("gb2312"), "湖北省", id="gb2312 too"),
    pytest.param(PLAN.encode("utf-16"), PLAN, id="utf-16 with a mark"),
    pytest.param(codecs.BOM_UTF16_LE + PLAN.encode("utf-16-le"), PLAN, id="utf-16, little end first"),
    pytest.param(codecs.BOM_UTF16_BE + PLAN.encode("utf-16-be"), PLAN, id="utf-16, big end first"),
    pytest.param(b"Plan 2025", "Plan 2025", id="ascii"),
    pytest.param("甲\r\n乙\r丙\n".encode(), "甲\r\n乙\r丙\n", id="line ends stay: offsets count them"),
    pytest.param("\t甲".encode(), "\t甲", id="blanks stay"),
]

# What is refused, and what the message says.
REFUSED = [
    pytest.param(b"", "no text", id="an empty file"),
    pytest.param(b" \r\n\t", "no text", id="nothing but blanks"),
    pytest.param("\u3000\n".encode(), "no text", id="nothing but wide blanks"),
    pytest.param(codecs.BOM_UTF8, "no text", id="nothing but a mark"),
    pytest.param(b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfe", "neither UTF-8 nor GB18030", id="a picture"),
    pytest.param(b"PK\x03\x04\x00\x00", "neither UTF-8 nor GB18030", id="a zip that would pass as text"),
    pytest.param("江苏".encode()[:-1] + b"\xff", "neither UTF-8 nor GB18030", id="a cut character"),
    pytest.param(PLAN.encode("utf-16-le"), "neither UTF-8 nor GB18030", id="utf-16 without a mark"),
    pytest.param(codecs.BOM_UTF16_LE + b"\x4e", "neither UTF-8 nor GB18030", id="half a unit"),
    pytest.param(codecs.BOM_UTF32_LE + "江苏".encode("utf-32-le"), "neither UTF-8 nor GB18030", id="utf-32"),
]


@pytest.mark.parametrize(("data", "text"), READ)
def test_bytes_are_read_as_their_text(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(("data", "says"), REFUSED)
def test_what_is_no_text_is_refused_by_name_and_with_advice(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=r"plan\.pdf") as refused:
        decode(data, name="plan.pdf")
    assert says in refused.value.problem
    assert refused.value.hint


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MAX_BYTES", 8)
    assert decode(b"12345678") == "12345678"
    with pytest.raises(InputError, match="9 bytes"):
        decode(b"123456789", name="plan.txt")


@given(any_text)
@moderate(150)
def test_utf_8_goes_there_and_back(text: str) -> None:
    assume(text.strip() and not text.startswith("\ufeff"))
    assert decode(text.encode()) == text


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=60))
@moderate(150)
def test_gb18030_goes_there_and_back_where_it_is_not_utf_8_as_well(text: str) -> None:
    data = text.encode("gb18030")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        assert decode(data) == text


@given(st.binary(max_size=80))
@moderate(300)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except InputError:
        return
    assert text.strip()
    assert "\x00" not in text
