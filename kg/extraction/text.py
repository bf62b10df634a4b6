"""Sentences, segments and clauses of a reading view, and splitting that respects brackets and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SENTENCE = re.compile(r"(?:“[^“”\n]{1,80}[^“”\n。！？]”|[^。！？\n])+[。！？]*[”’）]*")
_OPEN, _CLOSE = "（《“‘〈【", "）》”’〉】"


@dataclass(frozen=True, slots=True)
class Slice:
    """A piece of the view: ``text == view[start:end]``.

    >>> Slice("抗体药物", 10).end
    14
    """

    text: str
    start: int

    @property
    def end(self) -> int:
        """The position after the last character."""
        return self.start + len(self.text)

    def part(self, start: int, end: int | None = None) -> Slice:
        """A part of the piece by positions counted inside it."""
        return Slice(self.text[start:end], self.start + start)

    def strip(self, chars: str) -> Slice:
        """The piece without the given characters at both ends."""
        left = len(self.text) - len(self.text.lstrip(chars))
        return Slice(self.text.strip(chars), self.start + left)

    def __bool__(self) -> bool:
        return bool(self.text)


def sentences(view: str, start: int = 0, end: int | None = None) -> Iterator[Slice]:
    """The sentences between two positions, each with its final mark; a full stop inside quotation marks does not end one.

    >>> [s.text for s in sentences("发展疫苗。建设平台。")]
    ['发展疫苗。', '建设平台。']
    """
    for m in _SENTENCE.finditer(view, start, len(view) if end is None else end):
        if m.group().strip("。！？”’） "):
            yield Slice(m.group(), m.start())


def split(piece: Slice, marks: str) -> Iterator[Slice]:
    """The parts of a piece between any of the marks that stand outside brackets and quotation marks.

    >>> [p.text for p in split(Slice("甲、“乙、丙”、丁（戊、己）", 0), "、")]
    ['甲', '“乙、丙”', '丁（戊、己）']
    """
    depth, begin = 0, 0
    for i, char in enumerate(piece.text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in marks and depth == 0:
            if begin < i:
                yield piece.part(begin, i)
            begin = i + 1
    if begin < len(piece.text):
        yield piece.part(begin)


def clauses(sentence: Slice) -> Iterator[Slice]:
    """The comma clauses of a sentence or segment, final marks left out."""
    return split(sentence.strip("。！？；"), "，；：")


def segments(sentence: Slice) -> Iterator[Slice]:
    """The parts of a sentence that semicolons part."""
    return split(sentence.strip("。！？"), "；")


def without_brackets(text: str) -> str:
    """A name without the abbreviation in brackets after it; a Chinese variant in brackets belongs to the name.

    >>> without_brackets("嵌合抗原受体T细胞（CAR-T）治疗"), without_brackets("植（介）入产品")
    ('嵌合抗原受体T细胞治疗', '植（介）入产品')
    """
    return re.sub(r"（[^（）]*[A-Za-z][^（）]*）|（[^（）\u4e00-\u9fff]*）", "", text)
