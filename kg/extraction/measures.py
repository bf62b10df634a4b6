"""Component: which bodies answer for which measure. The measure is the heading or the sentence that a list stands after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.document import Document, Section
from kg.documents.reading import read
from kg.extraction.agency_lists import AgencyList, agency_lists
from kg.extraction.shuffled import Page, apart_from, heading_over, run_before
from kg.extraction.state import add_facts, document_of
from kg.extraction.text import Slice, clauses, segments, sentences
from kg.lexicon.words import pattern, words
from kg.model import ResponsibleFact

_LABELS = "|".join(pattern("measures", n) for n in ("lead_labels", "list_labels", "other_labels"))
_LONGEST = 900
# a clause of nothing but laws says too little by itself: 落实《中医药法》《某省中医药条例》
_BY_LAW = re.compile(r"(?:[\d.]+)?[\u4e00-\u9fff]{0,6}(?:《[^》]*》[、和及]?)+")
_ENUMERATION = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+条|\d{1,2}(?:\.\d{1,2})*[.、]?|（[一二三四五六七八九十\d]+）|[一二三四五六七八九十]+、|——)"
)
_AIM = re.compile(r"(?:推动|促进|加快|实现|提升|形成|推进)[^，。；]{4,}$")


@Language.component("kg_measures")
def measures(doc: Doc) -> Doc:
    """Adds a `ResponsibleFact` for each list of bodies whose measure is certain."""
    document = document_of(doc)
    add_facts(doc, _of_shuffled(document) if document.repeats else _of_text(document))
    return doc


def _of_text(document: Document) -> Iterator[ResponsibleFact]:
    """The measures of a text that reads straight on."""
    view = document.reading.text
    found = agency_lists(view)
    for n, one in enumerate(found):
        section = _section(document, one.start)
        begin = section.body if section else _line(view, one.start)
        earlier = [o for o in found[:n] if o.start >= begin]
        later = [o for o in found[n + 1 : n + 2] if section and _section(document, o.start) is section]
        told = one.rule == "responsible-together" or (
            one.rule == "responsible-led-by" and _goes_on(view, one.end)
        )
        several = bool(earlier or later)
        start, end, measure = (
            section.view[0] if section else begin,
            one.end,
            _title(section, one) if section else "",
        )
        if (
            section is None
            or several
            or _BY_LAW.fullmatch(measure)
            or section.title in words("measures", "gathering")
        ):
            lead = _lead(view, max([begin, *(o.end for o in earlier)]), one, told=told)
            if lead is not None:
                lead = lead.strip("，；：、")
                direct = told and one.rule == "responsible-led-by"
                measure, start, end = (
                    _worded([lead], first=direct),
                    min(lead.start, one.start),
                    max(lead.end, one.end),
                )
        if passive := _passive(view, one):
            measure, start = passive
        if measure:
            yield _fact(document, measure, one, start if end - start <= _LONGEST else one.start, end)
    yield from _of_tables(document)


def _passive(view: str, one: AgencyList) -> tuple[str, int] | None:
    """What the bodies of a passive clause do, and where it begins: 各项措施｜由市工信局、市科技局负责｜实施."""
    if one.rule != "responsible-led-by" or not view.startswith("由", one.start):
        return None
    start = max(view.rfind(mark, 0, one.start) for mark in "，。；：\n（") + 1
    what = view[start : one.start]
    done = re.match(r"[\u4e00-\u9fff]{0,8}", view[one.end :])
    return (what + (done.group() if done else ""), start) if 2 <= len(what) <= 20 else None


def _title(section: Section, one: AgencyList) -> str:
    inside = section.view[0] <= one.start < section.body - 1
    return _ENUMERATION.sub("", section.title.partition("（")[0] if inside else section.title)


def _goes_on(view: str, at: int) -> bool:
    return view[at : at + 1] not in ("", "）", "。", "\n")


def _section(document: Document, at: int) -> Section | None:
    """The innermost section over a position that is a task: not a label such as 责任单位 and not the title."""
    for section in document.path(document.section_at(at)):
        if not re.fullmatch(_LABELS, section.title) and section.kind != "bare" and section.body <= at + 1:
            return section
        if (
            section.kind != "bare"
            and "（" in section.title
            and section.view[0] + len(section.title.partition("（")[0]) <= at
        ):
            return section  # the list stands in the heading: 二、深化审评改革（省药监局牵头）
    return None


def _line(view: str, at: int) -> int:
    return view.rfind("\n", 0, at) + 1


def _lead(view: str, begin: int, one: AgencyList, *, told: bool) -> Slice | None:
    """The first sentence between the list before and this one; after a sentence that names the bodies itself, what they do."""
    if told:
        rest = next(sentences(view, one.end, min(len(view), one.end + 200)), None)
        rest = next(segments(rest), None) if rest else None
        done = re.sub(r"^(?:等)?(?:有关)?(?:部门|单位)?[，、]?", "", rest.text) if rest else ""
        if rest and len(done.strip("。；")) >= 4:
            return Slice(done, rest.end - len(done))
        begin = max(begin, view.rfind("。", 0, one.start) + 1, _line(view, one.start))
        return next(sentences(view, begin, one.end), None)
    return next(
        (s for s in sentences(view, begin, one.start) if len(s.text.strip("。；，（）：\n")) > 3), None
    )


def _worded(run: Sequence[Slice], *, first: bool = False) -> str:
    """A short wording of sentences: of each its aim, or else (or if it is what bodies were told) its first clause."""
    parts = []
    for sentence in run:
        pieces = [c for c in clauses(sentence) if c.text.strip()]
        if not pieces:
            continue
        aim = pieces[-1] if not first and len(pieces) > 2 and _AIM.match(pieces[-1].text) else pieces[0]
        worded = aim.text
        if aim is pieces[0] and len(pieces) > 1 and _BY_LAW.fullmatch(worded):
            worded = f"{worded}，{pieces[1].text}"
        parts.append(_ENUMERATION.sub("", worded))
    return "；".join(parts)


def _fact(document: Document, measure: str, one: AgencyList, start: int, end: int) -> ResponsibleFact:
    return ResponsibleFact(
        measure=measure.strip("，。；：、"), agencies=one.names, evidence=document.evidence(start, end),
        rule=one.rule, confidence=one.confidence,
    )  # fmt: skip


# ------------------------------------------------------------------ tables


def _of_tables(document: Document) -> Iterator[ResponsibleFact]:
    """Rows whose last cell is nothing but bodies: | 1 | 加快新药研发 | 省科技厅、省药监局 |."""
    view, at = document.reading.text, 0
    for line in view.split("\n"):
        cells = [c.strip() for c in line.strip("|").split("|")] if "|" in line else []
        listed = agency_lists(f"（{cells[-1]}按职责分工负责）") if len(cells) >= 2 else []
        task = next((c for c in cells[:-1] if len(c) >= 4 and not re.fullmatch(r"[\d.、—\-]+", c)), None)
        if listed and task:
            one = AgencyList(listed[0].names, at, at + len(line), "responsible-table", 0.8)
            yield _fact(document, re.split(r"[，。；]", task)[0], one, at, at + len(line))
        at += len(line) + 1


# ------------------------------------------------------------------ shuffled pages


def _of_shuffled(document: Document) -> Iterator[ResponsibleFact]:
    """The measures of a page whose passages stand twice and out of order, where its copies agree."""
    page = Page(read(document.text).text)
    resolved: list[tuple[AgencyList, int, int, str]] = []
    loose: list[tuple[AgencyList, int, int, str]] = []
    for one in agency_lists(page.text):
        n = page.at(one.start)
        heading = heading_over(page, n, one.end)
        if heading is not None:
            first = page.at(heading.start)
            resolved.append((one, n, first if 0 < n - first <= _MOST_SENTENCES else n - 1, heading.title))
            continue
        run, barred = run_before(page, n)
        run = apart_from(run, barred, document.title or "")
        if run:
            loose.append((one, n, page.at(run[0].start), _worded(run)))
    told = {(one.names, page.units[n - 1].text) for one, n, _, _ in resolved if n}
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for one, n, first, measure in [
        *resolved,
        *(x for x in loose if (x[0].names, page.units[x[1] - 1].text) not in told),
    ]:
        span = _in_view(document, page, first, n, one)
        if measure and (measure, one.names) not in seen and span is not None:
            seen.add((measure, one.names))
            yield _fact(document, measure, one, *span)


_MOST_SENTENCES = 8


def _in_view(document: Document, page: Page, first: int, n: int, one: AgencyList) -> tuple[int, int] | None:
    """Where the view has the longest part of what was read on the page: from the measure, from a later sentence, or the list."""
    view = document.reading.text
    stop = page.text.find("。", one.start, one.end)
    ends = [one.end, *([stop] if stop > one.start else []), one.end - 1]
    for start in [*(page.units[m].start for m in range(max(0, first), n)), one.start]:
        for end in ends:
            for text in (page.text[start:end], page.text[start:end].replace("\n", "")):
                at = view.find(text) if text else -1
                if at >= 0 and document.reading.contiguous(at, at + len(text)):
                    return at, at + len(text)
    return None
