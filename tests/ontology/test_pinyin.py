"""The table of readings is whole: every syllable is one, every word is as long as its reading."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kg.graph.pinyin import syllables
from kg.resources import ontology_dir

LINES = [
    line.split(" ", 1)
    for line in (ontology_dir() / "pinyin.txt").read_text("utf-8").splitlines()
    if line and not line.startswith(("#", "-"))
]


def test_readings_are_plain_syllables() -> None:
    assert [r for r, _ in LINES if not re.fullmatch(r"[a-zê]+(?:-[a-zê]+)*", r)] == []


def test_words_are_as_long_as_their_readings() -> None:
    assert [r for r, text in LINES if len(text) % (r.count("-") + 1)] == []


def test_every_character_has_one_reading() -> None:
    characters = Counter(c for reading, text in LINES if "-" not in reading for c in text)
    assert [c for c, n in characters.items() if n > 1] == []
    assert len(characters) > 20_000


@pytest.mark.parametrize("reading", ["chong-qing", "yin-hang", "chang-chun"])
def test_words_are_read_as_they_stand(reading: str) -> None:
    (text,) = (text for r, text in LINES if r == reading)
    assert syllables(text[:2]) == tuple(reading.split("-"))
