"""Texts as they are compared: without blanks, marks, bold, width and case, each character mapped to its place.

Figures keep what makes them different: the point of 3.5, the dash of 10-15 and the sign of 10%.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.documents.reading import read

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

ITEM, CLAUSE, SENTENCE = 1, 2, 3
"""How strong a border is: between items of a list, between clauses, between sentences and paragraphs."""
_MARKS = {
    **dict.fromkeys("、.", ITEM),
    **dict.fromkeys("，：:—…", CLAUSE),
    **dict.fromkeys("。；！？!?;\n", SENTENCE),
}
_PAIRS = {"（": "）", "(": ")", "“": "”", "《": "》", "【": "】"}
_OPENERS = {closing: opening for opening, closing in _PAIRS.items()}
_STOPS = frozenset("。；！？")
_KEPT = frozenset("%")
_POINT, _DASHES = ord("."), frozenset(map(ord, "-—~～"))


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """A document for comparison: ``chars[i]`` stands at ``origin[i]`` of ``text``.

    ``borders`` has one entry more than there are characters: how strong a border stands before each (0 for none).
    """

    doc: str
    text: str
    chars: str
    codes: Ints
    origin: Ints
    borders: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.chars)

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The span of the document behind characters ``[start, end)``, with the bracket or mark that ends it."""
        first, last = int(self.origin[start]), int(self.origin[end - 1]) + 1
        before, after = self.text[first - 1 : first], self.text[last : last + 1]
        inside = self.text[first:last]
        if before in _PAIRS and inside.count(before) < inside.count(_PAIRS[before]):
            first -= 1
        elif after in _OPENERS and inside.count(after) < inside.count(_OPENERS[after]):
            last += 1
        return first, last + (self.text[last : last + 1] in _STOPS)


def fold(doc: str, text: str) -> Folded:
    """A document's text for comparison; lines that a page end broke are joined, page numbers left out.

    >>> folded = fold("plan", "**发展 ＡＤＣ　药物**，达到 3.5 亿元。")
    >>> folded.chars, folded.raw(2, 7), folded.borders[[0, 5, 7, 14]].tolist()
    ('发展adc药物达到3.5亿元', (5, 11), [3, 0, 2, 3])
    """
    view = read(text)
    read_codes = _codes(view.text)
    distinct, at = np.unique(read_codes, return_inverse=True)
    plain = np.array([_plain(chr(c)) for c in distinct], dtype=np.int64)
    codes = plain[at] if len(distinct) else np.zeros(0, np.int64)
    digit = (codes >= 48) & (codes <= 57)
    figure = np.zeros(len(codes), np.bool_)
    figure[1:-1] = digit[:-2] & digit[2:]
    dash = np.isin(read_codes, list(_DASHES))
    codes = np.where(figure & (read_codes == _POINT), _POINT, codes)
    codes = np.where(figure & dash, ord("-"), codes)
    kept = np.flatnonzero(codes)
    mark = np.array([_MARKS.get(chr(c), 0) for c in distinct], dtype=np.int8)
    borders = np.full(len(kept) + 1, SENTENCE, np.int8)
    if len(kept) > 1:
        marks = np.where(codes == 0, mark[at], 0).astype(np.int8)
        borders[1:-1] = np.maximum.reduceat(marks, kept)[:-1]
    origin = np.array(view.origin, dtype=np.int64)[kept] if len(kept) else np.zeros(0, np.int64)
    chars = "".join(map(chr, codes[kept].tolist()))
    return Folded(doc, text, chars, codes[kept], origin, borders)


def _codes(text: str) -> Ints:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)


def _plain(char: str) -> int:
    """The code of a character as it is compared; 0 for one that is not."""
    same = unicodedata.normalize("NFKC", char).lower()
    same = same if len(same) == 1 else char
    return ord(same) if same.isalnum() or same in _KEPT else 0
