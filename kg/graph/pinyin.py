"""How Chinese names are read: pinyin without tones, from ``ontology/pinyin.txt``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.errors import VocabularyError
from kg.resources import ontology_dir

_RUN = re.compile(r"[〇\u4e00-\u9fff]+|[^〇\u4e00-\u9fff]+")
_RARE = re.compile(r"[\u3400-\u4dbf\uf900-\ufaff\U00020000-\U0003ffff]")


@cache
def syllables(name: str) -> tuple[str, ...]:
    """The syllables of a name; each run of other characters stands as it is.

    >>> syllables("重庆PD-1抗体"), syllables("重组")
    (('chong', 'qing', 'PD-1', 'kang', 'ti'), ('chong', 'zu'))
    """
    if _RARE.search(name):  # characters that no table of common ones has
        from pypinyin import lazy_pinyin

        return tuple(lazy_pinyin(name))
    return tuple(s for run in _RUN.finditer(name) for s in _read(run.group()))


def _read(run: str) -> Iterator[str]:
    characters, words, longest = _table()
    if run[0] not in characters:
        yield run
        return
    at = 0
    while at < len(run):
        for length in range(min(longest, len(run) - at), 1, -1):
            reading = words.get(run[at : at + length])
            if reading:
                yield from reading
                at += length
                break
        else:
            yield characters.get(run[at], run[at])
            at += 1


@cache
def _table() -> tuple[dict[str, str], dict[str, list[str]], int]:
    """The readings of characters and of words, and the length of the longest word."""
    characters: dict[str, str] = {}
    words: dict[str, list[str]] = {}
    path = ontology_dir() / "pinyin.txt"
    try:
        for line in path.read_text("utf-8").splitlines():
            reading, _, text = line.partition(" ")
            if reading == "-":
                words |= {word: [characters[c] for c in word] for word in text.split()}
            elif "-" in reading:
                parts = reading.split("-")
                words |= {text[i : i + len(parts)]: parts for i in range(0, len(text), len(parts))}
            elif text and reading != "#":
                characters |= dict.fromkeys(text, reading)
    except (OSError, UnicodeDecodeError, KeyError) as error:
        raise VocabularyError(f"{path}: {error!r}", hint="write it anew with build_pinyin.py") from error
    return characters, words, max(map(len, words), default=1)
