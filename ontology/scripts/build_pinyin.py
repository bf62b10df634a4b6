"""Writes ontology/pinyin.txt, the readings from which IRIs and look-ups are made.

    python ontology/scripts/build_pinyin.py

The readings are pypinyin's (MIT). They are kept here so that the same name has the same IRI whatever version of it
is installed, and because loading its dictionaries takes longer than anything else in a look-up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from pypinyin import lazy_pinyin
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

TARGET = Path(__file__).resolve().parents[1] / "pinyin.txt"

# Words that are read character by character, and keep their last character from being taken for a word's first.
PLAIN = "以上 审查 查验 朝阳区 生长 目标 行政"

HEAD = """\
# How Chinese characters are read, without tones. Written by ontology/scripts/build_pinyin.py from pypinyin {version} (MIT).
#
# A line is a reading and what is read so: single characters, then words in which a character has another reading than
# on its own (重庆 chong-qing). Words stand one behind the other: those of chong-qing have two characters each. Of the
# words that begin at a character the longest is read. The last line has words that are read as their characters are.
"""


def han(text: str) -> bool:
    """Whether a text has Chinese characters of the basic plane only."""
    return all("\u4e00" <= c <= "\u9fff" or c == "〇" for c in text)


def main() -> None:
    """Writes the table."""
    single = {chr(code): lazy_pinyin(chr(code))[0] for code in pinyin_dict if han(chr(code))}
    characters: dict[str, list[str]] = defaultdict(list)
    for character, reading in single.items():
        characters[reading].append(character)
    words: dict[str, list[str]] = defaultdict(list)
    for word in filter(han, phrases_dict):
        reading = lazy_pinyin(word)
        if reading != [single[c] for c in word]:
            words["-".join(reading)].append(word)

    def lines(found: dict[str, list[str]]) -> Iterable[str]:
        return (f"{reading} {''.join(sorted(found[reading]))}\n" for reading in sorted(found))

    with TARGET.open("w", encoding="utf-8", newline="\n") as to:
        to.write(HEAD.format(version=version("pypinyin")) + "\n")
        to.writelines(lines(characters))
        to.write("\n")
        to.writelines(lines(words))
        to.write(f"\n- {PLAIN}\n")


if __name__ == "__main__":
    main()
