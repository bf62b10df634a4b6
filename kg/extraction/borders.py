"""Where a quotation may begin and end: sentences, clauses, list items and headings of a reading view."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from kg.documents.document import Document, Section
from kg.extraction.text import sentences

Span = tuple[int, int]

_PAIRS = {"（": "）", "《": "》", "“": "”", "‘": "’", "〈": "〉", "【": "】"}
_OPENED_BY = {shut: opened for opened, shut in _PAIRS.items()}
CLAUSE, ITEM = "，；：", "，；：、"
_ENDS = "。！？\n"
_JOINED = re.compile("其中|同时|此外|另外|以及|并且")


class Borders:
    """The borders of one document's view; all positions are those of the view.

    >>> from kg.documents.sources import document
    >>> borders = Borders(document("d", "抓好落实。到2025年，支持甲市（含乙县，丙县）建设双抗平台、疫苗基地，扩大出口。"))
    >>> text = borders.view
    >>> at = text.index("疫苗基地")
    >>> text[borders.clause(at) : borders.after(at, "，；：、")], text[borders.after(at, "、", back=True) : at + 4]
    ('支持甲市（含乙县，丙县）建设双抗平台、疫苗基地', '疫苗基地')
    """

    def __init__(self, document: Document) -> None:
        self.view = document.reading.text
        self._document = document
        self._marks: dict[int, list[int]] = {}
        self._section_starts = [s.view[0] for s in document.sections]

    @cached_property
    def _sentences(self) -> list[Span]:
        return [(s.start, s.end) for s in sentences(self.view)]

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._sentences]

    def sentence(self, at: int) -> Span:
        """The sentence that holds a position."""
        n = bisect_right(self._starts, at) - 1
        if n >= 0 and at < self._sentences[n][1]:
            return self._sentences[n]
        return (at, at)

    def section(self, at: int) -> Section | None:
        """The innermost section of a position, as `Document.section_at` finds it anew each time."""
        sections = self._document.sections
        inner = bisect_right(self._section_starts, at) - 1
        return next((sections[n] for n in range(inner, -1, -1) if at in sections[n]), None)

    def heading(self, at: int) -> Section | None:
        """The section whose heading holds a position."""
        section = self.section(at)
        return section if section and section.view[0] <= at < section.body else None

    def opening(self, at: int) -> int:
        """Where the sentence of a position begins, the heading that runs into it and marks of numbering left out."""
        start, _ = self.sentence(at)
        section = self.section(at)
        if section is None or section.body <= start:
            return start
        if at >= section.body:
            return max(start, section.body)
        title = self.view.find(section.title, section.view[0], at + len(section.title))
        return max(start, title if 0 <= title <= at else section.view[0])

    def label(self, at: int, mark: str = "：—") -> Section | None:
        """The heading that leads the paragraph of a position and ends in one of the marks: 抗体药物领域：…"""
        section = self.section(at)
        if section is None or not section.view[0] < section.body <= at:
            return None
        return section if self.view[section.body - 1] in mark else None

    def clause(self, at: int) -> int:
        """Where the clause of a position begins, words such as 其中 left out."""
        start = self.after(at, CLAUSE, back=True)
        joined = _JOINED.match(self.view, start, at)
        return joined.end() if joined else start

    def after(self, at: int, marks: str, *, back: bool = False) -> int:
        """The next border at a position or after it; with ``back``, where the piece that holds the position begins."""
        start, end = self.sentence(at)
        found = [i for i in self._marked(start, end) if self.view[i] in marks or self.view[i] in _ENDS]
        if back:
            return max([self.opening(at), *(i + 1 for i in found if i < at)])
        return min([i for i in found if i >= at], default=end)

    def _marked(self, start: int, end: int) -> list[int]:
        """The marks of a sentence outside brackets and quotation marks; in one that never closes, all marks."""
        if start not in self._marks:
            inside: list[str] = []
            outer: list[int] = []
            every: list[int] = []
            for i in range(start, end):
                char = self.view[i]
                if char in _PAIRS:
                    inside.append(char)
                elif char in _OPENED_BY:
                    if inside and inside[-1] == _OPENED_BY[char]:
                        inside.pop()
                elif char in ITEM or char in _ENDS:
                    every.append(i)
                    if not inside:
                        outer.append(i)
            self._marks[start] = every if inside else outer
        return self._marks[start]

    def balanced(self, span: Span) -> Span:
        """The span with the brackets and marks that it cuts, up to those that close or open them in the sentence.

        >>> from kg.documents.sources import document
        >>> view = Borders(document("d", "形成“一谷”（南京谷）和“一港”。"))
        >>> view.balanced((3, 9)), view.balanced((2, 6))
        ((2, 11), (2, 6))
        """
        start, end = span
        low, high = self.sentence(start)[0], self.sentence(max(start, end - 1))[1]
        for _ in range(8):
            opened: list[int] = []
            shut: list[int] = []
            for i in range(start, end):
                char = self.view[i]
                if char in _PAIRS:
                    opened.append(i)
                elif char in _OPENED_BY:
                    if opened and self.view[opened[-1]] == _OPENED_BY[char]:
                        opened.pop()
                    else:
                        shut.append(i)
            wider = start, end
            if opened and (at := self.view.find(_PAIRS[self.view[opened[0]]], end, high)) >= 0:
                wider = start, at + 1
            elif shut and (at := self.view.rfind(_OPENED_BY[self.view[shut[-1]]], low, start)) >= 0:
                wider = at, end
            if wider == (start, end):
                break
            start, end = wider
        return start, end

    def reach(self, start: int, end: int, limit: int, name: str) -> int:
        """Where a name that begins at a position is complete, though others stand between its parts: 细胞及基因|治疗.

        ``end`` where the characters of the name do not all follow before ``limit``.
        """
        at = start
        for char in name:
            if not char.isalnum():
                continue
            at = self.view.find(char, at, limit) + 1
            if at == 0:
                return end
        return max(end, at)
