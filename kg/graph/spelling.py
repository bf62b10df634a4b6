"""How people spell Chinese names: pinyin with or without tones, blanks and hyphens, any case and width."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.graph.pinyin import syllables
from kg.lexicon.vocabulary import fold

_TONES = {"\u0304", "\u0301", "\u030c", "\u0300"}
_NUMBERED = re.compile(r"(?:[a-zü]+[1-5][\s'-]*)+")
_UMLAUT = re.compile(r"([ln])v")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-zA-Z0-9\s'’.-]+")


def key(name: str) -> str:
    """A name without case, width, blanks, marks and accents, for comparing.

    >>> key("Sū zhōu") == key("suzhou") == key("Su-Zhou")
    True
    """
    if _HAN.fullmatch(name):  # most names, and nothing to fold
        return name
    text = fold(_bare(name.replace("ü", "u").replace("Ü", "u")))
    return _UMLAUT.sub(r"\1u", text)


def numberless(name: str) -> str | None:
    """Pinyin with tone numbers as plain pinyin; none where the name is something else.

    >>> numberless("su1 zhou1"), numberless("PD-1 药物")
    ('su zhou', None)
    """
    return re.sub(r"[1-5]", "", name) if _NUMBERED.fullmatch(name.lower().strip()) else None


def toned(name: str) -> bool:
    """Whether a name is pinyin with tone marks.

    >>> toned("Sūzhōu"), toned("苏州"), toned("Lüliang")
    (True, False, False)
    """
    return any(c in _TONES for c in unicodedata.normalize("NFD", name)) and latin(_bare(name))


def latin(name: str) -> bool:
    """Whether a name could be pinyin: Latin letters, accents aside.

    >>> latin("sū zhōu"), latin("苏zhou")
    (True, False)
    """
    return bool(_LATIN.fullmatch(_bare(name)))


@lru_cache(maxsize=65536)
def pinyin(name: str) -> str:
    """The plain pinyin of a Chinese name as a `key`.

    >>> pinyin("苏州市")
    'suzhoushi'
    """
    return key("".join(syllables(name)))


def with_tones(name: str) -> str:
    """The pinyin of a Chinese name with its tone marks, folded; a name in Latin letters keeps its own marks.

    >>> with_tones("苏州") == with_tones("Sū Zhōu")
    True
    """
    from pypinyin import Style, lazy_pinyin

    return fold(unicodedata.normalize("NFC", "".join(lazy_pinyin(name, style=Style.TONE))))


def _bare(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
