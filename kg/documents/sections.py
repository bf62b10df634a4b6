"""The tree of headings over a reading view: numbered, boxed, dashed, or a label that leads a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.documents.document import Section
from kg.documents.reading import NOT_COUNTED, Reading

_CN = "一二三四五六七八九十"
_MARKS = (
    ("part", rf"第[{_CN}百]+[章篇部]"),
    ("division", rf"第[{_CN}百]+节"),
    ("chapter", rf"[{_CN}]{{1,3}}、|【(?=[^】\n]{{2,14}}】)"),
    ("task", rf"(?:任务|行动|工程|举措|专项)[\d{_CN}]{{1,3}}[：:、.．]"),
    ("stem", r"[甲乙丙丁戊己庚辛]、"),
    ("section", rf"（[{_CN}]{{1,3}}）"),
    ("item", r"\d{1,2}[、.](?!\d)"),
    ("decimal", r"\d{1,2}(?:\.\d{1,2}){1,2}(?=[\u4e00-\u9fff“])" + NOT_COUNTED),
    ("number", r"\d{1,2}(?=[\u4e00-\u9fff]{2,16}$)" + NOT_COUNTED),
    ("letter", r"[a-h]）"),
    ("subitem", r"（\d{1,2}）|[①-⑳]"),
    ("dash", r"——|—(?=[^—])"),
    ("box", r"专栏[\d一二三四五六七八九十]*[：:]?"),
)
_MARK = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _MARKS))
_INLINE = frozenset({"chapter", "section", "item"})  # kinds that also stand in the middle of a run-on line
_BEFORE_INLINE = "。；）：！”"
_TITLE = re.compile(r"[^。：】\n]{1,60}")
_LABEL = re.compile(
    r"(?:[^。：；，、\n（）—]{2,22}(?:（[^（）\n]{1,12}）)?(?:[。：]|——)|[^。：；，\n（）—]{2,36}——|(?:[\u4e00-\u9fff]{2,8}(?:市|州|盟|县|区|旗|地区)?[、和])+[\u4e00-\u9fff]{2,8}(?:市|州|盟|县|区|旗|地区)?：)(?=[^\n])"
)
_COMMA_LABEL = re.compile(r"[^。：；\n]{4,26}。(?=[^\n])")
_INLINE_LABEL = re.compile(
    r"(?<=[；。])(?:[^，。；：\n]{2,24}(?:领域|产业集群|方面|方向|片区|板块)[：。]|(?<=；)[^，。；：（\n—]{2,16}(?:：|——))(?=[^\n])"
)
_NOT_A_LABEL = re.compile(
    r"(?:单位|部门)$|^(?:到|至|预计|其中|注|附|原标题|发布日期|来源|联系|[“（])|[0-9]{4}年|以下简称|(?:如下|包括|(?<!国)有)$"
)
_SAYS_WHO = re.compile(  # a first sentence that is no title: 武汉市重点发展生物创新药
    r"^[\u4e00-\u9fff]{1,7}(?:市|州|盟|县|旗|(?<!园)区)(?:发展|布局|打造|做强|做大|培育|聚焦|围绕|依托|承接)"
    r"|(?<=.)(?:重点|主要|着重|优先)(?:发展|布局|研发|开发|支持|培育|打造)"
)
_USUAL_TITLE = re.compile(
    r"(?:发展基础|发展现状|发展形势|面临形势|发展环境|指导思想|基本原则|总体要求|总体思路|总体目标|发展目标|主要目标|工作目标|行动目标|重点领域|重点方向|发展重点|重点任务|主要任务|"
    r"重点工程|空间布局|区域布局|产业布局|支撑平台|支撑体系|保障措施|组织实施|组织保障|政策措施|实施保障|保障机制|保障)(?=[\u4e00-\u9fff“\d])"
)
_LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: ``start`` of its mark and ``body`` (where the text under it begins), in the reading view."""

    kind: str
    number: str | None
    title: str
    start: int
    body: int


def headings(view: str) -> Iterator[Heading]:
    """The headings of a view in order.

    >>> [(h.number, h.title) for h in headings("一、总体要求（一）指导思想。以创新为先。1.抗体药物。重点发展双抗。")]
    [('一、', '总体要求'), ('（一）', '指导思想'), ('1.', '抗体药物')]
    """
    offset = 0
    for paragraph in view.split("\n"):
        yield from _of_paragraph(paragraph, offset)
        offset += len(paragraph) + 1


def _of_paragraph(paragraph: str, offset: int) -> Iterator[Heading]:
    marks = [m for m in _MARK.finditer(paragraph) if _opens(m, paragraph)]
    if not marks or marks[0].start() > 0:
        yield from _labels(paragraph, offset, 0, marks[0].start() if marks else len(paragraph))
    for n, mark in enumerate(marks):
        limit = marks[n + 1].start() if n + 1 < len(marks) else len(paragraph)
        kind = mark.lastgroup or "item"
        title, body = _title(paragraph, mark.end(), limit)
        if title:
            yield Heading(kind, mark.group(), title, offset + mark.start(), offset + body)
        yield from _inline_labels(paragraph, offset, body if title else mark.end(), limit)


def _opens(mark: re.Match[str], paragraph: str) -> bool:
    """Whether a mark opens a heading: at the paragraph's start, or after a sentence or a title in a run-on line."""
    if mark.start() == 0:
        return True
    if mark.lastgroup not in _INLINE or mark.end() >= len(paragraph):
        return False
    after, before = paragraph[mark.end()], paragraph[mark.start() - 1]
    if after in "，。；、）" or (after.isascii() and after.isdigit()):
        return False
    if mark.lastgroup == "section":
        return before in _BEFORE_INLINE or bool(_title_before(paragraph, mark.start()))
    return before in _BEFORE_INLINE


def _title_before(paragraph: str, at: int) -> bool:
    """Whether what stands right before is the bare title of a chapter: ``一、总体要求（一）``."""
    return bool(re.search(rf"(?:^|[。；）”])[{_CN}]{{1,3}}、[^，。；：（）]{{2,30}}$", paragraph[:at]))


def _title(paragraph: str, start: int, limit: int) -> tuple[str, int]:
    """A heading's title and where its text begins; a heading that is a whole long sentence has its first clause as title."""
    found = _TITLE.match(paragraph, start, limit)
    if not found:
        return "", start
    title, end = found.group(), found.end()
    ended = end >= limit or paragraph[end] in "。：】"
    if ended and len(title) <= _LONGEST_TITLE:
        return title.strip("“”"), min(end + 1, limit)
    usual = _USUAL_TITLE.match(title)
    if usual and usual.end() < len(title):  # a run-on page: 一、发展目标到2025年，…
        return usual.group(), start + usual.end()
    return re.split(r"[，；]", title)[0][:_LONGEST_TITLE], start


def _labels(paragraph: str, offset: int, start: int, limit: int) -> Iterator[Heading]:
    """A short sentence or name that leads a paragraph: ``抗体药物领域：…``, ``南京片区。…``."""
    found = _LABEL.match(paragraph, start, limit) or _COMMA_LABEL.match(paragraph, start, limit)
    body = start
    if found and found.group()[-1] == "。" and _SAYS_WHO.search(found.group()):
        found = None
    if found and not _NOT_A_LABEL.search(found.group()[:-1]) and found.end() < limit:
        yield Heading("label", None, found.group().rstrip("。：—"), offset, offset + found.end())
        body = found.end()
    elif (
        start == 0
        and limit == len(paragraph)
        and 2 <= limit <= 24
        and not re.search(r"[，。；：]", paragraph)
    ):
        yield Heading("bare", None, paragraph, offset, offset + limit)
        return
    yield from _inline_labels(paragraph, offset, body, limit)


def _inline_labels(paragraph: str, offset: int, start: int, limit: int) -> Iterator[Heading]:
    """Labels that follow a sentence in the same paragraph: ``…；新型疫苗领域：…``, also right after a heading."""
    first = _LABEL.match(paragraph, start, limit)
    if start and first and first.group().endswith(("领域：", "方面：", "方向：", "——")):
        yield Heading("label", None, first.group().rstrip("。：—"), offset + start, offset + first.end())
    for m in _INLINE_LABEL.finditer(paragraph, start, limit):
        if m.start() > start and not _NOT_A_LABEL.search(m.group()[:-1]):
            yield Heading("label", None, m.group().rstrip("。：—"), offset + m.start(), offset + m.end())


def sections(reading: Reading) -> tuple[Section, ...]:
    """The sections in order of their headings. A kind of mark that is already open closes down to its own level."""
    found = list(headings(reading.text))
    stack: list[tuple[Heading, int]] = []
    parents: list[int | None] = []
    levels: list[int] = []
    for n, heading in enumerate(found):
        _close(stack, heading)
        parents.append(stack[-1][1] if stack else None)
        levels.append(len(stack) + 1)
        stack.append((heading, n))
    ends = [len(reading.text)] * len(found)
    for n in range(len(found)):
        ends[n] = next(
            (found[m].start for m in range(n + 1, len(found)) if levels[m] <= levels[n]), len(reading.text)
        )
    ids = _ids(parents)
    return tuple(
        _section(reading, h, ids[n], n, levels[n], ends[n], ids[p] if (p := parents[n]) is not None else None)
        for n, h in enumerate(found)
    )


_RANK = {"part": 0, "division": 1, "chapter": 2}


def _close(stack: list[tuple[Heading, int]], heading: Heading) -> None:
    """Pops what a new heading ends."""
    kinds = [_rung(h) for h, _ in stack]
    if heading.kind in _RANK:
        while stack and _RANK.get(stack[-1][0].kind, 9) >= _RANK[heading.kind]:
            stack.pop()
        return
    if heading.kind in ("label", "bare"):  # a bare line stands above labels, both below all that has a number
        while stack and stack[-1][0].kind in ("label", heading.kind):
            stack.pop()
        return
    if heading.kind == "box":
        while stack and stack[-1][0].kind in ("label", "box"):
            stack.pop()
        while any(h.kind == "box" for h, _ in stack):
            stack.pop()
        return
    if _rung(heading) not in kinds:
        while stack and stack[-1][0].kind in ("label", "bare"):
            stack.pop()
        return
    alike = [
        n for n, kind in enumerate(kinds) if kind == _rung(heading)
    ]  # more than one where a box numbers anew
    at = next((n for n in reversed(alike) if _follows(heading, stack[n][0])), alike[-1])
    boxed = "box" in kinds[at + 1 :]
    if boxed and not _follows(heading, stack[at][0]):
        while stack and stack[-1][0].kind == "label":
            stack.pop()
        return  # the numbering starts anew inside a box
    del stack[at:]


def _rung(heading: Heading) -> str:
    """A heading's kind, for a decimal number also how deep it is: 2.1.1 stands under 2.1."""
    return f"decimal{(heading.number or '').count('.')}" if heading.kind == "decimal" else heading.kind


def _follows(heading: Heading, before: Heading) -> bool:
    return _ordinal(heading.number) == (_ordinal(before.number) or 0) + 1


def _ordinal(number: str | None) -> int | None:
    if not number:
        return None
    digits = re.search(r"\d+", number)
    if digits:
        return int(digits.group())
    chinese = re.search(rf"[{_CN}]+", number)
    if not chinese:
        return None
    text = chinese.group()
    tens, _, ones = text.rpartition("十")
    value = _CN.index(ones) + 1 if ones else 0
    return value if "十" not in text else (10 * (_CN.index(tens) + 1 if tens else 1)) + value


def _ids(parents: list[int | None]) -> list[str]:
    """Readable ids: the place of each section among its siblings, ``3.1.2``."""
    counts: dict[int | None, int] = {}
    ids: list[str] = []
    for parent in parents:
        counts[parent] = counts.get(parent, 0) + 1
        ids.append(f"{ids[parent]}.{counts[parent]}" if parent is not None else str(counts[parent]))
    return ids


def _section(
    reading: Reading, heading: Heading, id: str, order: int, level: int, end: int, parent: str | None
) -> Section:
    first, last = reading.raw(heading.start, end)
    return Section(
        id=id, number=heading.number, title=heading.title, kind=heading.kind, level=level, order=order + 1,
        start=first, end=last, parent=parent, view=(heading.start, end), body=heading.body,
    )  # fmt: skip
