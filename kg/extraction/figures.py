"""A sentence → its figures: each number with what it measures, whom it covers and the time it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extraction.indicators import (
    Counted, counted, ends_in_verb, is_relative, lead, measured_noun, noun_follows, of_the_thing, part_of,
    pattern_of_predicates, scope_and_indicator, subject, subjects, tail, without_adverbs, without_rate,
)  # fmt: skip
from kg.extraction.numerals import Quantity, quantities
from kg.extraction.periods import Time, times
from kg.extraction.text import Slice, split
from kg.model import Direction

_LIST = ("、", "和", "及", "与", "以及", "，")
_JOINT = re.compile(r"^(?:、|以及|和|及|与|并)")
_JOINT_BEFORE = re.compile(r"(?:、|以及|和|及|与)$")
_FROM = re.compile(r"(?:从|由)(?P<from>[^从由]*)$")
_TO = re.compile(r"(?:提高|提升|增长|增加|上升|扩大|发展|下降|降低|减少|缩短|压缩|缩减|增|升|降|跃升|攀升|调整|变|壮大)(?:到|至|为)了?(?P<to>.*)$")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a sentence and what is said of it; positions count in the sentence.

    ``indicator`` is what a goal aims at, ``reported`` the same as a fact of the past words it (比2010年增加 included).
    ``of`` is the figure that this one leans on, ``year`` overrides ``time`` where a list of years is shared out.
    """

    quantity: Quantity
    indicator: str
    reported: str
    scope: str | None
    form: str
    direction: Direction
    start: int
    end: int
    time: Time | None = None
    baseline: int | None = None
    year: int | None = None
    relative: bool = False
    noun: str = ""


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
    return tuple(_Reader(sentence).read())


class _Reader:
    """Reads one sentence from left to right and remembers what later clauses leave out."""

    def __init__(self, sentence: str) -> None:
        self.text = sentence
        self.times = times(sentence)
        self.numbers = tuple(q for q in quantities(sentence) if not self._quoted(q) and not self._in_time(q))
        self.found: list[Figure] = []
        self.base: Figure | None = None
        self.head: Figure | None = None
        self.subject: tuple[str, str | None, int] | None = None
        self.prefix = ""
        self.attribute = ""

    def read(self) -> list[Figure]:
        self._clauses(0, len(self.text))
        return self.found

    def _clauses(self, start: int, end: int) -> None:
        for clause in split(Slice(self.text[start:end], start), "，；：。！？"):
            self._clause(clause.start, clause.end)

    def _clause(self, start: int, end: int) -> None:
        outer = [q for q in self.numbers if start <= q.at < end and not self._bracket(q, start)]
        if not outer:
            what = subject(without_adverbs(self.words(start, end)))
            if what:
                whom, indicator = scope_and_indicator(what)
                self.subject, self.base = (indicator, whom, start), None
            return
        self.prefix = ""
        for item in self._items(outer, start, end):
            self._item(item)

    # ── Parts of a clause ──────────────────────────────────────────────────────────────────────────────────

    def _items(self, numbers: Sequence[Quantity], start: int, end: int) -> Iterator[_Item]:
        """The items of a list that each have a number of their own: 新增A 5家、B 30家; 3个A和200个B."""
        runs: list[list[Quantity]] = [[numbers[0]]]
        joined = False
        for before, q in zip(numbers, numbers[1:], strict=False):
            gap = self.words(before.end, q.start, raw=True)
            gap_plain = re.sub(r"（[^（）]*）", "", gap)
            if gap_plain in _LIST and before.kind == q.kind:
                runs[-1].append(q)
                continue
            after, ahead = _JOINT.match(gap_plain), _JOINT_BEFORE.search(gap_plain)
            cut: int | None = None
            if after:
                cut = self._after_bracket(before.end)
            elif ahead and q.kind == "count" and any(n.kind == "count" for run in runs for n in run):
                cut = q.start - len(ahead.group())
            if cut is None:
                runs.append([q])
                continue
            yield _Item(start, cut, tuple(tuple(r) for r in runs), joined)
            start, runs, joined = (cut + (len(after.group()) if after else 0)), [[q]], True
            if ahead and not after:
                start = q.start
        yield _Item(start, end, tuple(tuple(r) for r in runs), joined)

    def _item(self, item: _Item) -> None:
        """One item: a shared-out list, a rise from one value to another, or single numbers."""
        if any(len(run) > 1 for run in item.runs):
            for n, run in enumerate(item.runs):
                begin = item.runs[n - 1][-1].end if n else item.start
                end = item.runs[n + 1][0].start if n + 1 < len(item.runs) else item.end
                if len(run) > 1:
                    self._listed(begin, end, run)
                else:
                    self._singles(begin, end, run, item.joined)
            return
        numbers = tuple(run[0] for run in item.runs)
        if len(numbers) == 2 and self._from_to(item, *numbers):
            return
        self._singles(item.start, item.end, numbers, item.joined)

    def _singles(self, start: int, end: int, numbers: Sequence[Quantity], joined: bool) -> None:
        """Numbers one after another: a measure may describe what a count counts (产值超百亿元企业6家)."""
        boundary, k = start, 0
        while k < len(numbers):
            q = numbers[k]
            left = self.words(boundary, q.start)
            if q.kind == "count":
                nxt = next((n for n in range(k + 1, len(numbers)) if numbers[n].kind == "count"), len(numbers))
                right_end = numbers[nxt].start if nxt < len(numbers) else end
                right = self.words(q.end, right_end, shallow=True)
                if noun_follows(right) and ends_in_verb(left):
                    self._before_noun(q, left, right, boundary, right_end, joined)
                    self._inside(numbers[k + 1 : nxt], q, right)
                    boundary, k = right_end, nxt
                    continue
                self._after_noun(q, left, boundary, joined, any(boundary <= m.at < q.at for m in numbers))
                boundary, k = q.end, k + 1
                self._brackets(q)
                continue
            upto = numbers[k + 1].start if k + 1 < len(numbers) else end
            after = self.words(q.end, upto)
            if k + 1 < len(numbers) and numbers[k + 1].kind == "count" and (noun_follows(after) or after.startswith("的")):
                self.attribute = lead(left).rest if measured_noun(left) else self.attribute
                k += 1
                continue
            if noun_follows(after) and q.kind in ("measure", "share", "amount"):
                self._attribute(q, left, after, boundary, upto)
            else:
                self._measure(q, left, boundary, q.end)
                self._brackets(q)
            boundary, k = q.end, k + 1

    # ── Counts ─────────────────────────────────────────────────────────────────────────────────────────────

    def _before_noun(self, q: Quantity, left: str, right: str, start: int, end: int, joined: bool) -> None:
        """8家企业入选…, 建设3—5个园区."""
        before = lead(left)
        thing = counted(re.sub(r"(?:中|之?中?有|其中有?)$", "", right))
        same = bool(self.found) and (not thing.noun or re.match(r"来自|位于|属于|进入|入选|获批|上市|为", right))
        if same:
            thing = Counted(self.found[-1].noun or self.found[-1].indicator, right)
        prefix = before.prefix or (self.prefix if joined and not left else "")
        part = left.startswith("其中") and self.head
        phrase = part_of(part.indicator, thing.noun) if part and not thing.predicate else prefix + thing.phrase
        if joined and self.found and not thing.predicate and re.search(r"(?:级|型|类)$", self.found[-1].noun or ""):
            pass
        self._add(q, phrase, phrase, before.scope, "count", "increase" if prefix.startswith("新") else "level",
                  start, end, noun=thing.noun)  # fmt: skip
        self.prefix = prefix
        if joined:
            self._share_back(thing)

    def _share_back(self, thing: Counted) -> None:
        """Gives the head or the predicate of the last item of a list to the item before: 2个千亿级、3个百亿级集群."""
        before = self.found[-2] if len(self.found) > 1 else None
        if before is None or before.form != "count" or not before.noun:
            return
        noun, indicator = before.noun, before.indicator
        if re.search(r"(?:级|型|类|元|以上)$", noun):
            noun += re.sub(r"^.*?(?:级|型|类|元以上|元|以上)的?(?=.)", "", thing.noun)
            indicator = indicator.replace(before.noun, noun)
        if thing.predicate and "的" not in indicator:
            indicator = f"{thing.predicate}的{indicator}"
        self.found[-2] = replace(before, noun=noun, indicator=indicator, reported=indicator)

    def _inside(self, measures: Sequence[Quantity], count: Quantity, right: str) -> None:
        """2家企业主营收入突破100亿: the value that each of the counted things reaches is a figure too."""
        for m in measures:
            if m.end >= count.end + len(right):
                what = re.sub(r"(?:达到|超过|突破|均)+$", "", self.words(count.end, m.start))
                thing = counted(what)
                if thing.predicate and measured_noun(thing.predicate):
                    whom = self.text[count.at : count.end] + thing.noun
                    self._add(m, thing.predicate, thing.predicate, whom, "inside", "level", count.start, m.end, keep=False)

    def _after_noun(self, q: Quantity, left: str, start: int, joined: bool, described: bool) -> None:
        """省级工业互联网平台10个, 新增未来工厂5家, 比2010年增加3家."""
        end = tail(left, q.unit)
        plain = without_adverbs(end.text)
        if end.changed and (not plain or is_relative(plain)) or (not plain and self._subject()):
            self._change(q, plain, end.changed, end.direction, start)
            return
        before = lead(end.text)
        noun = before.rest
        if not noun:
            return
        bare = not before.verb and not before.scope and end.text == left
        prefix = before.prefix or (self.prefix if bare and joined else "")
        if joined and self.found and not self._in_bracket(q) and re.search(r"(?:级|类|型)$", noun):
            noun += re.sub(r"^.*?(?:级|类|型)(?=.)", "", self.found[-1].noun)
        own = re.match(r"(?:全|我)[国省市区县州](?=[^，]{2})", noun)
        if own:
            before, noun = replace(before, scope=own.group()), noun[own.end() :]
        if described and self.attribute and re.match(r"[\d超过突百千万亿]", noun):
            noun = self.attribute + noun
        if end.changed and not prefix:
            prefix = "新增" if end.direction == "increase" else ""
        part = left.startswith("其中") or (self.head and self._in_bracket(q))
        if part and self.head:
            phrase = self._part_name(noun, before.prefix)
        else:
            phrase = prefix + noun
        direction: Direction = "increase" if re.match("新", prefix) else end.direction
        self._add(q, phrase, phrase, before.scope, "part" if part else "count", direction, start, q.end, noun=noun)
        self.prefix = prefix

    def _part_name(self, part: str, prefix: str) -> str:
        head = self.head
        if head is None:
            return prefix + part
        whole = head.indicator
        own = whole[: len(whole) - len(head.noun)] if head.noun and whole.endswith(head.noun) else ""
        if own and not own.endswith("的"):
            return own + part_of(head.noun, part)
        return part_of(whole, part)

    # ── Measures ───────────────────────────────────────────────────────────────────────────────────────────

    def _measure(self, q: Quantity, left: str, start: int, end: int) -> None:
        """规模以上企业研发投入强度达到2%, 年均增长9%, 较2010年翻两番."""
        ending = tail(re.sub(r"分别|(?<!平)均(?=达|超|为|上|提|下|不|突|$)", "", left), q.unit)
        text = without_adverbs(ending.text)
        every = "每年" if "每年" in text else ""
        text = text.replace("每年", "")
        if not text or (is_relative(text) and not re.match("与[^，]*(?:比值|比例|比)$", text)):
            self._change(q, text, ending.changed, ending.direction, start)
            return
        parts = subjects(text, None) if q.kind in ("share", "points") else []
        pieces = re.split("、|以及|和|及|与", text)[:-1]
        if parts and ("均" in left[-4:] or (q.kind == "share" and all(measured_noun(p) for p in pieces))):
            for part in parts:
                self._plain_measure(q, part, ending.changed, ending.direction, start, end, every)
            return
        self._plain_measure(q, text, ending.changed, ending.direction, start, end, every)

    def _plain_measure(self, q: Quantity, text: str, changed: str, direction: Direction, start: int, end: int, every: str) -> None:
        part = text.startswith("其中")
        text = re.sub(r"^其中[，：]?", "", text)
        whom, indicator = scope_and_indicator(text)
        last = self.found[-1] if self.found else None
        if whom is None and last and last.form == "count" and re.match("实现|完成", self.text[start:].lstrip("，")):
            whom = last.noun  # 规上企业426家，实现营业收入…
        if of_the_thing(text) and self.head is not None and whom is None:
            whom = self.head.noun or self.head.scope
        if part and not measured_noun(indicator) and self.head is not None:
            whom, indicator = text, self.head.indicator
        if q.kind in ("ratio", "bare") and not re.search(r"比值|比例|比重|系数|指数|之比|率|比$", text):
            return
        if q.kind == "duration" and not re.search(r"时限|时间|周期|期限|时长|工作日", text):
            return
        said = self._baseline_words(q) + changed if changed else ""
        rate = changed and direction == "increase" and self._baseline(q) is None and q.unit == "%"
        keep = changed if rate else ""  # 产值增长15% is the level of a rate
        self._add(q, every + indicator + keep, every + indicator + said, whom, "measure", "level" if rate else direction, start, end)

    def _change(self, q: Quantity, text: str, changed: str, direction: Direction, start: int) -> None:
        """A figure that leaves its subject to what came before: 占全国的17%, 同比增长8%, 翻一番."""
        base = self._subject()
        if base is None:
            if measured_noun(text) and len(text) > 3:
                self._add(q, text, text, None, "measure", direction, start, q.end)
            return
        indicator, whom, begin = base
        own = without_rate(indicator) + text if text else indicator
        if not text and not changed and q.kind == "count" and self.found and own.startswith("新"):
            own = self.found[-1].noun or own  # 新增50家，累计达到84家
        if q.kind == "fold" and q.unit == "番":
            changed, direction = "翻番", "increase"
        reported = own + self._baseline_words(q) + changed if changed else own
        self._add(q, own, reported, whom, "change", direction, min(begin, start), q.end, relative=True)

    def _from_to(self, item: _Item, low: Quantity, high: Quantity) -> bool:
        """比重从2.3%提高至3.0%: both values are figures."""
        left = self.words(item.start, low.start)
        begin, rise = _FROM.search(left), _TO.search(self.words(low.end, high.start, raw=True))
        if not begin or not rise:
            return False
        text = without_adverbs(left[: begin.start()])
        base = self._subject()
        if not text or is_relative(text):
            if base is None:
                return False
            indicator, whom, start = without_rate(base[0]) + text, base[1], min(base[2], item.start)
        else:
            whom, indicator = scope_and_indicator(text)
            start = item.start
        self._add(low, indicator, indicator, whom, "from", "level", start, low.end)
        origin = next((t for t in self.times if item.start <= t.start < low.at and self._origin(t)), None)
        if origin:
            self.found[-1] = replace(self.found[-1], time=origin)
        self._add(high, indicator, indicator, whom, "to", "level", start, high.end)
        return True

    def _attribute(self, q: Quantity, left: str, after: str, start: int, end: int) -> None:
        """一批年产值超百亿元的领军企业: the measure of what is named after it."""
        if re.match(r"对|凡|符合|将?年", left) and not re.match(r"年[^内均度]", left) or after == "的":
            return
        thing = counted(after)
        what = re.sub(r"^(?:一批|若干|一系列|更多|一些|多个)", "", lead(left).rest)
        if measured_noun(what) or re.search(r"规模|投资", what):
            whom, indicator = scope_and_indicator(what)
            self._add(q, indicator, indicator, thing.noun or whom, "attribute", "level", start, end)
        elif not what and after.startswith("的") and not re.search(r"培育|打造|招引|引进|建设", left):
            self._add(q, thing.phrase, thing.phrase, lead(left).scope, "amount", "level", start, end, noun=thing.noun)
        elif not what and re.search(r"(?:基金|投资|资金|融资)$", thing.noun):
            self._add(q, thing.noun, thing.noun, lead(left).scope, "amount", "level", start, end, noun=thing.noun)

    # ── Lists ──────────────────────────────────────────────────────────────────────────────────────────────

    def _listed(self, start: int, end: int, run: Sequence[Quantity]) -> None:
        """Values shared out: over years, over subjects named before them, over earlier figures, over objects after them."""
        left = self.words(start, run[0].start)
        right = self.words(run[-1].end, end)
        count = len(run)
        plain = re.sub(r"分别|各自", "", left)
        if run[0].kind == "count" and noun_follows(right) and ends_in_verb(plain):
            self._listed_before(run, plain, right, start, end)
            return
        ending = tail(plain, run[-1].unit)
        text = without_adverbs(ending.text)
        time = self._time(run[0].at)
        earlier = [f for f in self.found if not f.relative][-count:]
        parts = subjects(lead(text).rest, count) if text else []
        if time and len(time.years) == count:
            before = lead(text)
            whom, indicator = scope_and_indicator(text) if run[0].kind != "count" else (before.scope, before.prefix + before.rest)
            for q, year in zip(run, time.years, strict=True):
                self._add(q, indicator, indicator, whom, "listed", ending.direction, start, q.end, year=year)
        elif parts:
            prefix = lead(text).prefix
            for q, part in zip(run, parts, strict=True):
                whom, indicator = (lead(text).scope, prefix + part) if q.kind == "count" else scope_and_indicator(part)
                self._add(q, indicator, indicator, whom, "listed", ending.direction, start, q.end, noun=part)
        elif len(earlier) == count and (not text or is_relative(text) or "分别" in left):
            for q, f in zip(run, earlier, strict=True):
                own = without_rate(f.indicator) + text
                said = own + self._baseline_words(q) + ending.changed
                rate = own + ending.changed if ending.direction == "increase" and not self._baseline(q) else own
                self._add(q, rate, said, f.scope, "listed", ending.direction, min(f.start, start), q.end, relative=True)

    def _listed_before(self, run: Sequence[Quantity], left: str, right: str, start: int, end: int) -> None:
        """分别有8家和11家研究院列入甲和乙."""
        thing, before = counted(right), lead(left)
        verb = re.match(pattern_of_predicates(), thing.predicate)
        objects = re.split(r"、|以及|和|及|与", thing.predicate[verb.end() :]) if verb else []
        for n, q in enumerate(run):
            own = replace(thing, predicate=verb.group() + objects[n]) if verb and len(objects) == len(run) else thing
            phrase = before.prefix + own.phrase
            self._add(q, phrase, phrase, before.scope, "listed", "level", start, end, noun=thing.noun)

    # ── Helpers ────────────────────────────────────────────────────────────────────────────────────────────

    def words(self, start: int, end: int, *, raw: bool = False, shallow: bool = False) -> str:
        """The words of a span without the times in it and without brackets that hold numbers."""
        text, out = self.text, []
        cut = [] if raw else [(t.start, t.end) for t in self.times if t.role != "each" and not (t.role == "baseline" and t.first is None)]
        cut += [] if raw else [m.span() for m in re.finditer(r"（[^（）]*）", text)
                                if start <= m.start() and m.end() <= end and self._numbers_in(m.span())]
        i = start
        while i < end:
            hit = next(((a, b) for a, b in cut if a <= i < b), None)
            if hit:
                i = hit[1]
                continue
            out.append(text[i])
            i += 1
        return "".join(out).strip("，；：。 ") if not raw else "".join(out)

    def _numbers_in(self, span: tuple[int, int]) -> bool:
        return any(span[0] <= q.at < span[1] for q in self.numbers)

    def _add(
        self, q: Quantity, indicator: str, reported: str, scope: str | None, form: str, direction: Direction, start: int, end: int,
        *, noun: str = "", year: int | None = None, relative: bool = False, keep: bool = True,
    ) -> None:  # fmt: skip
        indicator, reported = (s.strip("，、：的“ ") if s.count("“") > s.count("”") else s.strip("，、：的 ") for s in (indicator, reported))
        if len(indicator) < 2:
            return
        baseline = self._baseline(q) if direction != "level" else None
        time = self._time(q.at)
        figure = Figure(q, indicator, reported, scope, form, direction, start, end, time, baseline, year, relative, noun)
        last = self.found[-1] if self.found else None
        if not relative and scope is None and last and form in ("measure", "listed"):
            whom = last.scope if last.form in ("measure", "listed", "change") else None
            figure = replace(figure, scope=whom)
        self.found.append(figure)
        if keep:
            self.base = figure if not relative else self.base
            self.subject = None if not relative else self.subject
            if not relative and form != "part":
                self.head = figure

    def _subject(self) -> tuple[str, str | None, int] | None:
        """What a clause without a subject speaks of: indicator, scope, and where it was said."""
        if self.subject:
            return self.subject
        if self.base:
            return self.base.indicator, self.base.scope, self.base.start
        return None

    def _time(self, at: int) -> Time | None:
        """The time that governs a position: the last in its segment, else the one at the head of the sentence."""
        segment = self.text.rfind("；", 0, at)
        plain = [t for t in self.times if t.role not in ("baseline", "each") and t.end <= at and not self._origin(t)]
        plain = [t for t in plain if t.last] or plain  # 三年 within "到2027年" says nothing more
        own = [t for t in plain if t.start > segment]
        first = re.search(r"[，；]", self.text)
        head = [t for t in plain if t.start < (first.start() if first else at)]
        return own[-1] if own else head[0] if head else None

    def _origin(self, time: Time) -> bool:
        """Whether a time is where a rise starts: 由2020年的3%, 自“十二五”以来."""
        return self.text[: time.start].endswith(("由", "从", "自"))

    def _baseline_time(self, q: Quantity) -> Time | None:
        before = [t for t in self.times if t.role == "baseline" and t.end <= q.at]
        return before[-1] if before else None

    def _baseline(self, q: Quantity) -> int | None:
        time = self._baseline_time(q)
        return time.last if time else None

    def _baseline_words(self, q: Quantity) -> str:
        time = self._baseline_time(q)
        if time is None or self.text.rfind("，", 0, q.at) > time.start:
            return ""
        return self.text[time.start : time.end]

    def _in_bracket(self, q: Quantity) -> bool:
        return self.text.count("（", 0, q.at) > self.text.count("）", 0, q.at)

    def _bracket(self, q: Quantity, start: int) -> bool:
        """Whether a number stands in brackets that open inside the clause."""
        return self.text.count("（", start, q.at) > self.text.count("）", start, q.at)

    def _brackets(self, q: Quantity) -> None:
        """Reads the brackets right after a number: 57个（其中创新药6个）."""
        m = re.match(r"（([^（）]*)）", self.text[q.end :])
        if m and self._numbers_in((q.end, q.end + m.end())):
            saved = self.base, self.head
            self._clauses(q.end + 1, q.end + m.end() - 1)
            self.base, self.head = saved

    def _after_bracket(self, at: int) -> int:
        m = re.match(r"（[^（）]*）", self.text[at:])
        return at + m.end() if m else at

    def _quoted(self, q: Quantity) -> bool:
        """Whether a number stands in quotation marks or in a title: “8+4”, 《…2025》."""
        before = self.text[: q.at]
        return before.count("“") > before.count("”") or before.count("《") > before.count("》")

    def _in_time(self, q: Quantity) -> bool:
        return any(t.start <= q.at < t.end for t in self.times)
