"""The word lists of the rules: the longest first, as alternatives must stand, and a missing one is named."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from kg.errors import VocabularyError
from kg.lexicon import words as lists
from kg.lexicon.words import alternatives, pattern, words

FILES = sorted(p.stem for p in (Path(lists.__file__).parent / "data").glob("*.toml"))


@pytest.mark.parametrize("name", FILES)
def test_a_file_holds_lists_of_words(name: str) -> None:
    content = tomllib.loads(
        (Path(lists.__file__).parent / "data" / f"{name}.toml").read_text(encoding="utf-8")
    )
    for key, value in content.items():
        if isinstance(value, str):
            assert words(name, key), f"{key} is empty"


def test_words_come_longest_first_and_each_once() -> None:
    found = words("clusters", "zone")
    assert list(found) == sorted(set(found), key=lambda w: (-len(w), w))


def test_a_pattern_takes_the_longest_word() -> None:
    found = re.match(pattern("clusters", "park"), "产业园区建设")
    assert found is not None
    assert found.group() == "产业园区"


def test_alternatives_match_what_they_say_and_nothing_else() -> None:
    made = alternatives(["A+", "A", "（甲）"])
    assert made == r"（甲）|A\+|A"
    assert re.fullmatch(made, "A+")
    assert not re.fullmatch(made, "AA")


def test_a_missing_list_or_file_is_named() -> None:
    with pytest.raises(VocabularyError, match=r"fields\.toml: no list 'nothing'"):
        words("fields", "nothing")
    with pytest.raises(VocabularyError, match=r"nowhere\.toml"):
        words("nowhere", "heads")


def test_a_broken_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "_DATA", tmp_path)
    (tmp_path / "broken-list.toml").write_text("words = [", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"broken-list\.toml"):
        words("broken-list", "words")


def test_a_list_may_be_written_as_an_array(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "_DATA", tmp_path)
    (tmp_path / "arrayed.toml").write_text('marks = ["甲 乙", "丙"]', encoding="utf-8")
    assert set(words("arrayed", "marks")) == {"甲", "乙", "丙"}
