"""Component: numbers → targets (what the plan aims at) and statistics (what it reports)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.document import Document, Section
from kg.extraction.figure import Figure
from kg.extraction.figures import figures
from kg.extraction.goals import Plan, is_forecast, is_goal_section, is_subsidy, lean, section_lean
from kg.extraction.periods import Time, horizon, times
from kg.extraction.state import add_facts, document_of
from kg.extraction.text import Slice, sentences
from kg.model import Fact, StatisticFact, TargetFact

_CN = "一二三四五六七八九十"
_NUMBER = re.compile(
    rf"第[{_CN}百\d]+[条章节款项]|[{_CN}]+(?:是|要|、)|（[{_CN}\d]{{1,3}}）|\d{{1,2}}[、.．](?!\d)|[①-⑳]|—{{1,2}}"
)
_LEAST_LEAN = 0.4
_SURE = 2.0
_CITIES = ("11", "12", "31", "50")  # the municipalities among the provinces
_REGIONS = ("15", "45", "54", "64", "65")  # the autonomous regions


@Language.component("kg_quantities")
def kg_quantities(doc: Doc) -> Doc:
    """Adds a `TargetFact` for each quantified goal and a `StatisticFact` for each quantified fact of past or present."""
    document = document_of(doc)
    reader = _Reader(document, default_scope(doc._.jurisdiction, document.reading.text))
    add_facts(doc, reader.read())
    return doc


def default_scope(jurisdiction: str | None, text: str) -> str | None:
    """Whom a bare figure covers: the jurisdiction's own word, by its code, else by the word the text uses.

    >>> default_scope("330000", ""), default_scope("310000", ""), default_scope("100000", ""), default_scope(None, "我市企业")
    ('全省', '全市', '全国', '全市')
    """
    own = re.findall(r"(?:[我本]|(?:^|[，。；、\n年])全)([国省市区县州])(?!第|各)", text)
    kind = _kind(jurisdiction)
    if own and kind not in own:
        kind = max(own, key=own.count)
    return f"全{kind}" if kind else None


def _kind(jurisdiction: str | None) -> str | None:
    """The last syllable of a region's kind by its code."""
    if jurisdiction == "100000":
        return "国"
    if not jurisdiction or not jurisdiction.isdigit():
        return None
    if jurisdiction.endswith("0000"):
        return "市" if jurisdiction[:2] in _CITIES else "区" if jurisdiction[:2] in _REGIONS else "省"
    return "市" if jurisdiction.endswith("00") else "区"


@dataclass(frozen=True, slots=True)
class _Block:
    """Text that reads on: part of one paragraph under one heading, in positions of the view."""

    start: int
    end: int
    sections: tuple[Section, ...]


def _blocks(document: Document) -> Iterator[_Block]:
    """The view cut at paragraphs and where a heading or the text under it begins."""
    text = document.reading.text
    cuts = {0, len(text)} | {m.end() for m in re.finditer("\n", text)}
    cuts |= {at for s in document.sections for at in (s.view[0], s.body)}
    edges = sorted(c for c in cuts if 0 <= c <= len(text))
    for start, end in pairwise(edges):
        if text[start:end].strip():
            yield _Block(start, end, document.path(document.section_at(start)))


def _without_number(sentence: Slice) -> Slice:
    """A sentence without the number of the article or point that it opens: 第三条支持企业…, 一是….

    >>> _without_number(Slice("第三条支持企业开展攻关", 0)).start
    3
    """
    m = _NUMBER.match(sentence.text)
    return sentence.part(m.end()) if m else sentence


class _Reader:
    """Reads a document block by block; a deadline holds for the passage that it opens."""

    def __init__(self, document: Document, scope: str | None) -> None:
        self.document = document
        self.scope = scope
        self.plan = Plan(*horizon(document))
        self.leads: dict[str, list[int]] = {}

    def read(self) -> Iterator[Fact]:
        for block in _blocks(self.document):
            yield from self._block(block)

    def _block(self, block: _Block) -> Iterator[Fact]:
        carried: Time | None = None
        before = 0.0
        section = section_lean(block.sections)
        for sentence in map(_without_number, sentences(self.document.reading.text, block.start, block.end)):
            own = [t for t in times(sentence.text) if t.role not in ("baseline", "each", "recent")]
            self._remember(block, own, sentence.text.endswith("："))
            before /= 2
            found = figures(sentence.text)
            for n, figure in enumerate(found):
                time = figure.time or carried
                end = found[n + 1].end if figure.form == "from" else figure.end
                words = sentence.text[max(0, sentence.text.rfind("；", 0, figure.quantity.at) + 1) : end]
                if self._left_out(sentence, figure, words):
                    continue
                sure = lean(self.plan, time, section, words, before)
                if (
                    abs(sure) < _LEAST_LEAN
                ):  # nothing tells: a bound or a range is wished for, a bare number is reported
                    sure = (
                        _LEAST_LEAN if figure.quantity.comparator in (">=", "<=", "range") else -_LEAST_LEAN
                    )
                if figure.form == ("inside" if sure < 0 else "streak"):
                    continue
                before = 1.0 if sure > 0 else -1.0
                if figure.form == "from" and sure > 0:
                    if (
                        figure.time
                        and figure.time.last
                        and self.plan.first
                        and figure.time.last <= self.plan.first
                    ):
                        yield self._past(
                            sentence, figure, figure.time, -sure
                        )  # 由2020年的3%提高到: where a goal starts from
                    continue
                yield (
                    self._goal(sentence, figure, time, block, sure)
                    if sure > 0
                    else self._past(sentence, figure, time, sure)
                )
            carried = self._carried(own, carried, bool(found))

    def _left_out(self, sentence: Slice, figure: Figure, words: str) -> bool:
        """Forecasts, grants of money, and what the reader could not name."""
        money = figure.quantity.kind in ("measure", "share", "amount")
        if is_forecast(sentence.text[: figure.quantity.at]):
            return True
        return money and is_subsidy(words + sentence.text[figure.end : figure.end + 12])

    def _remember(self, block: _Block, own: list[Time], opens: bool) -> None:
        """Keeps the deadlines that a section of goals, or a sentence before a list, states for what stands under it."""
        first = self.plan.first or 0
        deadlines = [t.last for t in own if t.role == "deadline" and t.last and t.last >= first]
        goals = next((s for s in reversed(block.sections) if is_goal_section(s)), None)
        holder = goals or (block.sections[0] if opens and block.sections else None)
        if holder:
            self.leads.setdefault(holder.id, []).extend(deadlines)

    def _lead(self, block: _Block) -> int | None:
        """The deadline stated over a block: the plan's last year if it was, else the one stated last, or that of a title."""
        for section in block.sections:
            stated = self.leads.get(section.id)
            if stated:
                return self.plan.last if self.plan.last in stated else stated[-1]
            named = re.search(r"(20\d\d)年", section.title) if is_goal_section(section) else None
            if named:
                return int(named.group(1))
        return None

    def _carried(self, own: list[Time], carried: Time | None, counts: bool) -> Time | None:
        """The time that a sentence hands on: its deadline; of past periods only one that opens a passage without numbers."""
        for time in own:
            if time.last is None or time.years or time.role not in ("deadline", "during"):
                continue
            past = self.plan.first is not None and time.last < self.plan.first
            return None if time.role == "deadline" and past else None if past and counts else time
        return None if own else carried

    def _deadline(self, figure: Figure, time: Time | None, block: _Block) -> int | None:
        if figure.year:
            return figure.year
        if time and time.last:
            return time.last
        if time and time.role == "until":
            return self.plan.last
        return self._lead(block)

    def _goal(
        self, sentence: Slice, figure: Figure, time: Time | None, block: _Block, sure: float
    ) -> TargetFact:
        q = figure.quantity
        return TargetFact(
            indicator=figure.indicator, scope=figure.scope or self.scope, comparator=q.comparator, value=q.value,
            value_max=q.value_max, unit=q.unit, deadline=self._deadline(figure, time, block), baseline=figure.baseline,
            direction=figure.direction, evidence=self.document.evidence(*self._span(sentence, figure)),
            rule=f"goal-{figure.form}", confidence=_confidence(figure, sure),
        )  # fmt: skip

    def _past(self, sentence: Slice, figure: Figure, time: Time | None, sure: float) -> StatisticFact:
        q = figure.quantity
        year, period = figure.year, None
        if time and not year:
            period = time.period
            year = None if period else time.last
        return StatisticFact(
            indicator=figure.reported, scope=figure.scope or self.scope, value=q.value, unit=q.unit, year=year, period=period,
            evidence=self.document.evidence(*self._span(sentence, figure)),
            rule=f"past-{figure.form}", confidence=_confidence(figure, sure),
        )  # fmt: skip

    def _span(self, sentence: Slice, figure: Figure) -> tuple[int, int]:
        """From the time or the clause that a figure leans on to its end; its own clause alone where the page is cut."""
        first = min(figure.start, figure.time.start) if figure.time else figure.start
        text = sentence.text
        while first < figure.quantity.at and text[first] in "，；、：":
            first += 1
        start, end = sentence.start + first, sentence.start + max(figure.end, figure.quantity.end)
        if not self.document.reading.contiguous(start, end):
            start = sentence.start + figure.start
        return start, end


def _confidence(figure: Figure, sure: float) -> float:
    """Less where the tense is in doubt, the subject stands elsewhere, or values are shared out."""
    score = 0.95
    if abs(sure) < _SURE:
        score -= 0.2
    if figure.relative or figure.form in ("listed", "part", "attribute", "amount", "inside"):
        score -= 0.1
    return round(score, 2)
