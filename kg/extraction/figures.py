"""A sentence → its figures: each number with what it measures, whom it covers and the time it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.extraction.counted import (
    Counted,
    counted,
    ends_in_verb,
    finished,
    is_slogan,
    lead,
    noun_follows,
    part_of,
    reaching,
    unfinished,
)  # fmt: skip
from kg.extraction.figure import Figure, Memory, Subject
from kg.extraction.indicators import (
    Tail,
    is_bare,
    is_relative,
    measured_noun,
    of_the_thing,
    scope_and_indicator,
    shares_rate,
    subject_of,
    subjects,
    tail,
    without_adverbs,
    without_rate,
)  # fmt: skip
from kg.extraction.marked import Marked
from kg.extraction.numerals import Quantity
from kg.extraction.shared_figures import from_to, listed, share_back, streak
from kg.extraction.text import Slice, split
from kg.model import Direction

_LIST = ("、", "和", "及", "与", "以及", "，")
_JOINT = re.compile(r"^(?:、|以及|和|及|与|并)")
_JOINT_BEFORE = re.compile(r"(?:、|以及|和|及|与)$")
_EVEN = re.compile(r"(?<![平年])均(?=达|超|为|上|提|下|不|突|$)")


@dataclass(frozen=True, slots=True)
class _Item:
    """A part of a clause with the numbers in it; ``runs`` are numbers that a list mark alone parts."""

    start: int
    end: int
    runs: tuple[tuple[Quantity, ...], ...]
    joined: bool


def figures(sentence: str) -> tuple[Figure, ...]:
    """The figures of a sentence in order.

    >>> [(f.indicator, f.scope, f.quantity.value) for f in figures("到2025年，全省医药工业营业收入达到800亿元，年均增长9%。")]
    [('营业收入', '全省医药工业', 800.0), ('营业收入年均增长', '全省医药工业', 9.0)]
    """
    reader = _Reader(Marked(sentence))
    reader.clauses(0, len(sentence))
    return tuple(reader.memory.found)


class _Reader:
    """Reads one sentence from left to right."""

    def __init__(self, marked: Marked) -> None:
        self.marked = marked
        self.memory = Memory(marked)
        self.parting = False

    def clauses(self, start: int, end: int) -> None:
        """Reads the clauses between two positions."""
        for clause in split(Slice(self.marked.text[start:end], start), "，；：。！？"):
            self._clause(clause.start, clause.end)

    def _clause(self, start: int, end: int) -> None:
        streak(self.memory, start, end)
        outer = [
            q for q in self.marked.numbers if start <= q.at < end and not self.marked.in_bracket(q.at, start)
        ]
        if not outer:
            what = subject_of(without_adverbs(self.marked.words(start, end)))
            if what:
                whom, indicator = scope_and_indicator(what)
                self.memory.speaks_of(Subject(indicator, whom, start))
            return
        self.memory.prefix, self.parting = "", False
        for item in self._items(outer, start, end):
            self._item(item)

    def _items(self, numbers: Sequence[Quantity], start: int, end: int) -> Iterator[_Item]:
        """The items of a list that each have a number of their own: 新增A 5家、B 30家; 3个A和200个B."""
        runs: list[list[Quantity]] = [[numbers[0]]]
        joined = False
        for before, q in pairwise(numbers):
            bracket = self.marked.bracket_after(before.end)
            gap = self.marked.raw(bracket[1] if bracket else before.end, q.start)
            if gap in _LIST and before.kind == q.kind:
                runs[-1].append(q)
                continue
            after, ahead = _JOINT.match(gap), _JOINT_BEFORE.search(gap)
            if after:
                cut, resume = q.start - len(gap), q.start - len(gap) + after.end()
            elif ahead and q.kind == "count" and any(n.kind == "count" for run in runs for n in run):
                cut, resume = q.start - len(ahead.group()), q.start
            else:
                runs.append([q])
                continue
            yield _Item(start, cut, tuple(tuple(r) for r in runs), joined)
            start, runs, joined = resume, [[q]], True
        yield _Item(start, end, tuple(tuple(r) for r in runs), joined)

    def _item(self, item: _Item) -> None:
        """One item: a shared-out list, a rise from one value to another, or single numbers."""
        numbers = tuple(run[0] for run in item.runs)
        if all(len(run) == 1 for run in item.runs):
            if len(numbers) != 2 or not from_to(self.memory, item.start, *numbers):
                self._singles(item.start, item.end, numbers, item.joined)
            return
        for n, run in enumerate(item.runs):
            begin = item.runs[n - 1][-1].end if n else item.start
            end = item.runs[n + 1][0].start if n + 1 < len(item.runs) else item.end
            if len(run) > 1:
                listed(self.memory, begin, end, run)
            else:
                self._singles(begin, end, run, item.joined)

    def _singles(self, start: int, end: int, numbers: Sequence[Quantity], joined: bool) -> None:
        """Numbers one after another: a measure may describe what a count counts (产值超百亿元企业6家)."""
        boundary, k = start, 0
        while k < len(numbers):
            q = numbers[k]
            left = self.marked.words(boundary, q.start)
            following = numbers[k + 1] if k + 1 < len(numbers) else None
            after = self.marked.words(q.end, following.start if following else end)
            if q.kind == "count":
                nxt = next(
                    (n for n in range(k + 1, len(numbers)) if numbers[n].kind == "count"), len(numbers)
                )
                right_end = numbers[nxt].start if nxt < len(numbers) else end
                among = self.marked.raw(q.end, right_end).find("中有")
                if among > 0 and nxt < len(numbers):
                    right_end = q.end + among  # 200家企业|中有上市企业5家
                right = self.marked.words(q.end, right_end)
                if noun_follows(right) and ends_in_verb(left):
                    self._before_noun(q, left, right, boundary, right_end, joined)
                    self._inside(numbers[k + 1 : nxt], q, right_end)
                    boundary, k = right_end + (len("中有") if among > 0 and nxt < len(numbers) else 0), nxt
                    continue
                self._after_noun(q, left, boundary, joined)
            elif following and following.kind == "count" and (noun_follows(after) or after[:1] in ("的", "")):
                self.memory.attribute = lead(left).rest if measured_noun(left) else self.memory.attribute
                k += 1
                continue
            elif q.kind in ("measure", "share", "amount") and noun_follows(after):
                self._attribute(q, left, after, boundary, following.start if following else end)
            else:
                self._measure(q, left, boundary, joined)
            self._brackets(q)
            boundary, k = q.end, k + 1

    # ── Counts ─────────────────────────────────────────────────────────────────────────────────────────────

    def _before_noun(self, q: Quantity, left: str, right: str, start: int, end: int, joined: bool) -> None:
        """8家企业入选…, 建设3—5个园区."""
        memory, before = self.memory, lead(left)
        thing = counted(re.sub(r"(?:已|共|现)?有$", "", right))
        if is_slogan(thing.noun, not self.marked.text[q.at].isdigit()):
            return
        last = memory.last
        if last and re.match(r"来自|位于|属于|进入|入选|获批|上市|为|通过", right):
            thing = Counted(last.noun or last.indicator, right)
        prefix = reaching(left) or before.prefix or (memory.prefix if joined and not left else "")
        if left.startswith("其中") and memory.head and not thing.predicate:
            phrase = part_of(memory.head.indicator, thing.noun)
        else:
            phrase = prefix + (before.rest if left.endswith("的") else "") + thing.phrase
        measure = re.match(r"(?P<what>[^\d]{2,10}?)(?:超过?|过|突破|达到?|在|\d)", thing.noun)
        if measure and measured_noun(measure["what"]):
            memory.attribute = measure["what"]
        direction: Direction = "increase" if prefix.startswith("新") else "level"
        memory.add(q, phrase, before.scope, "count", direction, start, end, noun=thing.noun)
        memory.prefix = prefix
        if joined and not unfinished(thing.noun):
            share_back(self.memory, thing, start)

    def _inside(self, measures: Sequence[Quantity], count: Quantity, end: int) -> None:
        """2家企业主营收入突破100亿: the value that each of the counted things reaches is a figure too."""
        for m in measures:
            if not self.marked.words(m.end, end):
                thing = counted(re.sub(r"(?:达到|均)+$", "", self.marked.words(count.end, m.start)))
                if measured_noun(thing.predicate):
                    whom = self.marked.raw(count.at, count.end) + thing.noun
                    self.memory.add(m, thing.predicate, whom, "inside", "level", count.start, m.end)

    def _after_noun(self, q: Quantity, left: str, start: int, joined: bool) -> None:
        """省级工业互联网平台10个, 新增未来工厂5家, 比2010年增加3家."""
        memory, ending = self.memory, tail(left)
        plain = without_adverbs(ending.text)
        if (ending.changed and (not plain or is_relative(plain))) or (not plain and memory.subject):
            self._change(q, plain, ending, start)
            return
        before = lead(ending.text)
        noun = before.rest
        if not noun or is_slogan(noun, not self.marked.text[q.at].isdigit()):
            return
        bare = joined and not before.verb and not before.scope and ending.text == left
        prefix = (
            before.prefix
            or (memory.prefix if bare else "")
            or ("新增" if ending.direction == "increase" else "")
        )
        part = left.startswith("其中") or (memory.head is not None and self.marked.in_bracket(q.at))
        if not part and memory.head and memory.last and memory.last.form == "part" and unfinished(noun):
            part = True  # 其中第一类30个，第二类20个
        if joined and memory.last and not part and unfinished(noun):
            noun = finished(noun, memory.last.noun)
        own = re.match(r"(?:全|我)[国省市区县州](?=[^，]{2})", noun)
        if own:
            before, noun = replace(before, scope=own.group()), noun[own.end() :]
        if memory.attribute and re.match(r"[\d超过突百千万亿]", noun):
            noun = memory.attribute + noun
        phrase = self._part_name(noun, memory.head, before.prefix) if part and memory.head else prefix + noun
        direction: Direction = "increase" if prefix.startswith("新") else ending.direction
        memory.add(q, phrase, before.scope, "part" if part else "count", direction, start, q.end, noun=noun)
        memory.prefix = prefix

    def _part_name(self, part: str, head: Figure, prefix: str) -> str:
        """A part's name: what was said of the whole is said of it too (获批新药批件57个（其中创新药6个）)."""
        whole = head.indicator
        own = whole[: len(whole) - len(head.noun)] if head.noun and whole.endswith(head.noun) else ""
        if own and not own.endswith("的"):
            return own + part_of(head.noun, part)
        return part_of(whole, part) if not prefix else prefix + part

    # ── Measures ───────────────────────────────────────────────────────────────────────────────────────────

    def _measure(self, q: Quantity, left: str, start: int, joined: bool) -> None:
        """规模以上企业研发投入强度达到2%, 年均增长9%, 较2010年翻两番."""
        ending = tail(_EVEN.sub("", left.replace("分别", "")))
        text = without_adverbs(ending.text)
        every = "每年" if "每年" in text else ""
        text = text.replace("每年", "")
        if not text or is_relative(text):
            self._change(q, text, ending, start)
            return
        parts = subjects(text, None) if q.kind in ("share", "points") else []
        if parts and (_EVEN.search(left) or (q.kind == "share" and shares_rate(text))):
            for part in parts:
                self._plain_measure(q, part, ending, start, every, joined)
            return
        if text.startswith("其中"):
            self.parting = True
        elif not joined:
            self.parting = False
        self._plain_measure(q, re.sub(r"^其中[，：]?", "", text), ending, start, every, joined)

    def _plain_measure(
        self, q: Quantity, text: str, ending: Tail, start: int, every: str, joined: bool
    ) -> None:
        memory, last = self.memory, self.memory.last
        whom, indicator = scope_and_indicator(text)
        if (
            whom is None
            and last
            and last.form == "count"
            and re.match("实现|完成", self.marked.text[start:].lstrip("，"))
        ):
            whom = last.noun  # 规上企业426家，实现营业收入…
        if of_the_thing(text) and memory.head is not None and whom is None:
            whom = memory.head.noun or memory.head.scope
        if self.parting and not measured_noun(indicator) and memory.head is not None:
            whom, indicator = text, memory.head.indicator  # 其中化学药800亿元、中药500亿元
        if q.kind in ("ratio", "bare") and not re.search(r"比值|比例|比重|系数|指数|之比|率|比$", text):
            return
        if q.kind == "duration" and not re.search(r"时限|时间|周期|期限|时长", text):
            return
        changed, direction = ending.changed, ending.direction
        if q.unit == "番":
            changed, direction = "翻番", "increase"
        reported = every + indicator + (self.marked.baseline_words(q.at) + changed if changed else "")
        if direction == "increase" and q.unit == "%" and self.marked.baseline_year(q.at) is None:
            indicator, direction = indicator + changed, "level"  # 产值增长15% is the level of a rate
        head = memory.head
        bare = joined or is_bare(indicator)
        memory.add(
            q, every + indicator, whom, "measure", direction, start, q.end, reported=reported, inherits=bare
        )
        if self.parting:
            memory.head = head

    def _change(self, q: Quantity, text: str, ending: Tail, start: int) -> None:
        """A figure that leaves its subject to what came before: 占全国的17%, 同比增长8%, 翻一番."""
        memory, base = self.memory, self.memory.subject
        if base is None:
            if measured_noun(text) and len(text) > 3:
                memory.add(q, text, None, "measure", ending.direction, start, q.end)
            return
        own = without_rate(base.indicator) + text if text or q.kind != "share" else base.indicator
        if not text and not ending.changed and q.kind == "count" and memory.last and own.startswith("新"):
            own = memory.last.noun or own  # 新增50家，累计达到84家
        changed, direction = ending.changed, ending.direction
        if q.unit == "番":
            changed, direction = "翻番", "increase"
        reported = own + self.marked.baseline_words(q.at) + changed if changed else own
        memory.add(
            q,
            own,
            base.scope,
            "change",
            direction,
            min(base.start, start),
            q.end,
            reported=reported,
            relative=True,
        )

    def _attribute(self, q: Quantity, left: str, after: str, start: int, end: int) -> None:
        """一批年产值超百亿元的领军企业: the measure of what is named after it. Conditions (对…的企业) are no figures."""
        if re.match(r"对|凡|符合|发挥|用好|利用|依托", left) or after == "的":
            return
        before, thing = lead(left), counted(after)
        what = re.sub(r"^(?:一批|若干|一系列|更多|一些|多个)", "", before.rest)
        if measured_noun(what):
            whom, indicator = scope_and_indicator(what)
            self.memory.add(q, indicator, thing.noun or whom, "attribute", "level", start, end)
        elif not what and after.startswith("的") and not re.search(r"培育|打造|招引|引进|建设", left):
            self.memory.add(q, thing.phrase, before.scope, "amount", "level", start, end, noun=thing.noun)
        elif not what and re.search(r"(?:基金|投资|资金|融资)$", thing.noun):
            self.memory.add(q, thing.noun, before.scope, "amount", "level", start, end, noun=thing.noun)

    def _brackets(self, q: Quantity) -> None:
        """Reads the brackets right after a number: 57个（其中创新药6个）."""
        span = self.marked.bracket_after(q.end)
        if span and self.marked.numbers_in(*span):
            kept = self.memory.keep()
            self.clauses(span[0] + 1, span[1] - 1)
            self.memory.back(kept)
