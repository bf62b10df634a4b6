"""The reading view: the text repaired for a reader, each character still mapped to the text as given.

A repair only leaves characters out, swaps one for its plain form (full-width digits), or moves a whole
sentence of a shuffled page to its place. So every span of the view leads back to characters of the document.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_WIDE = {i: i - 0xFEE0 for i in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_PLAIN = str.maketrans({**_WIDE, "％": "%", "－": "-", "＋": "+", "．": ".", "／": "/", "＆": "&", "〔": "（", "〕": "）",
                        "(": "（", ")": "）", "–": "—", "―": "—", "ﬁ": "ﬁ"})  # fmt: skip
_ASCII_MARKS = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_DOUBLED = "。，、；：！？"
_MARKDOWN = re.compile(r"\*\*|__|^#{1,6}\s+|^\s*>\s+|`|^\s*[◆●■▲★▪•◇○►➢✓]\s*")
_BOLD_LABEL = re.compile(r"\*\*(?=[^*，；]{2,24}[。：]?\*\*[。：]?)")
_CONTENTS = re.compile(r"(\.{3,}|…{2,}|·{3,}|\t)\s*\d{1,3}\s*$")
_CONTENTS_HEAD = re.compile(r"^\s*目\s*录\s*$")
_PAGE = re.compile(r"^\s*[-—－]?\s*\d{1,3}\s*[-—－]?\s*$")
# After a number: it is that of a heading, and counts nothing (3.5亿元, 10 个以上).
NOT_COUNTED = (
    "(?!亿|万|元|倍|吨|套|件|户|次|所|座|公[里斤顷]|平方|年(?!度)|月|日|个(?![性人体])|家(?![用庭])|种(?![植业质])|项(?!目)"
    "|条(?!件)|批(?![准发])|类(?!器官)|款|台|名(?![牌医方优])|人(?![才工类体])|位|[多余][家个项种]"
    "|大(?:产业|集群|工程|行动|领域|板块|基地|平台|类)|百[亿家]|千[亿家])"
)
HEADING_START = re.compile(
    r"\s*(?:第[一二三四五六七八九十百]+[章节篇]|[一二三四五六七八九十]{1,3}\s*、|[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)]"
    r"|\d{1,2}\s*[、．]|\d{1,2}\s*\.(?!\d)|[（(]\s*\d{1,2}\s*[）)]|[a-h]\s*[)）]"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{1,2}}\s*(?=[\u4e00-\u9fff“]){NOT_COUNTED}|\d{{1,2}}\s+(?=[\u4e00-\u9fff]){NOT_COUNTED}"
    r"|[①-⑳◆●■▲★▪•◇○►➢✓]|【|[甲乙丙丁戊己庚辛]、|——|—\s*—|专栏|附件|#{1,6}\s|\*\*"
    r"|(?:任务|行动|工程|举措|专项)[\d一二三四五六七八九十]{1,3}\s*[：:、.．])"
)
_ENDS = "。！？；：…!?;:"
_CLOSERS = "”’）)》】」"
_TITLE_END = re.compile(
    r"(规划|方案|意见|指南|计划|通知|措施|办法|纲要|稿[）)]|年[）)]|若干政策|行动|规定|决定)$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The repaired text; ``origin[i]`` is the offset in the document of its ``i``-th character.

    ``moved`` says that passages were moved or left out: then a long gap is another passage, and not an empty page.
    """

    text: str
    origin: Sequence[int]
    moved: bool = False

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The document's span behind ``[start, end)`` of the view, cut where the view jumps elsewhere.

        >>> read("抗 体").raw(0, 2)
        (0, 3)
        """
        first = last = self.origin[start]
        for i in range(start + 1, end):
            here = self.origin[i]
            if here <= last or (self.moved and here - last > _LARGEST_GAP):
                break
            last = here
        return first, last + 1

    def contiguous(self, start: int, end: int) -> bool:
        """Whether the span reads straight on in the document, with nothing but repairs between."""
        return self.raw(start, end)[1] == self.origin[end - 1] + 1


_LARGEST_GAP = 64


def read(text: str) -> Reading:
    """The reading view of a document's text; paragraphs are parted by one line feed.

    >>> read("1 、 抗体药物 。 。重点发展基因工程疫\\n\\n苗。").text
    '1、抗体药物。重点发展基因工程疫苗。'
    """
    chars: list[str] = []
    origin = array("q")
    for break_before, start, end in _paragraph_lines(text):
        if break_before and chars and chars[-1] != "\n":
            chars.append("\n")
            origin.append(start - 1 if start else 0)
        for i, char in _repaired(text, start, end):
            if char == "\n" and (not chars or chars[-1] not in "。；"):
                continue
            if char in _DOUBLED and chars and chars[-1] == char:
                continue
            chars.append(char)
            origin.append(i)
    return Reading("".join(chars), origin)


def rearranged(reading: Reading, spans: Iterable[tuple[int, int]]) -> Reading:
    """A view that reads the given spans of another in the given order."""
    parts: list[str] = []
    origin = array("q")
    for start, end in spans:
        parts.append(reading.text[start:end])
        origin.extend(reading.origin[start:end])
    return Reading("".join(parts), origin, moved=True)


def _repaired(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The characters of a line that a reader would keep, with their offsets."""
    line = text[start:end]
    labels = {m.start() for m in _BOLD_LABEL.finditer(line)}
    skip = {i for m in _MARKDOWN.finditer(line) for i in range(m.start(), m.end())}
    kept = [
        i
        for i, char in enumerate(line)
        if i not in skip and not char.isspace() and char not in "\u200b\ufeff\u00ad"
    ]
    for at, i in enumerate(kept):
        if i - 2 in labels:
            yield start + i - 1, "\n"  # a label in bold opens a paragraph of its own
        char = line[i].translate(_PLAIN)
        before = line[kept[at - 1]] if at else ""
        after = line[kept[at + 1]] if at + 1 < len(kept) else ""
        if char in _ASCII_MARKS and not (
            before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
        ):
            char = _ASCII_MARKS[char]
        gap = at and kept[at - 1] + 1 < i and line[kept[at - 1] + 1].isspace()
        if (
            gap
            and before.isascii()
            and before.isalnum()
            and char.isascii()
            and char.isalnum()
            and (before + char).isalnum()
            and not (before + char).isdigit()
        ):
            yield start + i - 1, " "
        yield start + i, char


def _paragraph_lines(text: str) -> Iterator[tuple[bool, int, int]]:
    """Lines with text in them: whether a paragraph starts there, and their span. Contents and page numbers are left out."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n\u2028\f\v]+", text) if m.group().strip()]
    contents = _contents(text, lines)
    lines = [s for n, s in enumerate(lines) if n not in contents and not _PAGE.match(text[slice(*s)])]
    width = _wrap_width([len(text[a:b].strip()) for a, b in lines])
    before: str | None = None
    for start, end in lines:
        line = text[start:end].strip()
        yield before is None or not _runs_on(before, line, width), start, end
        before = line


def _contents(text: str, lines: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the lines that are a table of contents: entries that end in a page number, and its title."""
    found = {n for n, s in enumerate(lines) if _CONTENTS.search(text[slice(*s)])}
    if len(found) < 3:
        return frozenset()
    return frozenset(
        found | {n for n, s in enumerate(lines) if n + 1 in found and _CONTENTS_HEAD.match(text[slice(*s)])}
    )


def _wrap_width(lengths: Sequence[int]) -> int:
    """The width at which lines are wrapped, or a very large one where they are not wrapped at a width."""
    if len(lengths) < 8:
        return 10**9
    width = sorted(lengths)[int(len(lengths) * 0.9)]
    near = sum(width * 0.9 <= n <= width * 1.1 for n in lengths)
    return width if near > 0.4 * len(lengths) and width <= 80 else 10**9


def _runs_on(before: str, line: str, width: int) -> bool:
    """Whether a line only goes on with the one before it: broken at a page end, or wrapped at a width."""
    last = before.rstrip(_CLOSERS + "*")[-1:] or before[-1:]
    if HEADING_START.match(line):
        return False
    if before[-1] in "，、" or line[0] in "，、。；：）”":
        return True
    if last in _ENDS:
        return False
    if re.search(r"（[^（）]*(?:单位|部门|负责)[^（）]*）$|\([^()]*单位[^()]*\)$", before):
        return False  # a task ends with those who answer for it
    if (
        HEADING_START.match(before)
        and not re.search(r"[。；]", before)
        and len(before) <= min(40, 0.85 * width)
    ):
        return False
    if _TITLE_END.search(before) and not re.search(r"[，。；]", before):
        return False
    return len(before) >= 0.85 * width or bool(re.search(r"[，。；]", before)) or (len(before) > 40)
