"""Component: settles, as the last, the quotation of each fact, so that a reader can confirm the fact from it.

A quotation begins where a clause, a list or a heading begins and goes on through all that the fact names and that stands
in the same sentence: the label that leads it, the verb, the region, the field whose aim a disease is. It is one straight
piece of the text, closes the brackets it opens, and is of bounded length; where the whole is too long, the clause
with the name alone is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.document import Document, Section
from kg.extraction.actions import action
from kg.extraction.borders import CLAUSE, ITEM, Borders, Span
from kg.extraction.cluster_names import clusters_of
from kg.extraction.field_use import FieldUse, field_uses_of
from kg.extraction.institution_places import home
from kg.extraction.state import document_of, facts_of, regions_of
from kg.extraction.text import Slice
from kg.model import (
    CitesFact,
    ClusterFact,
    DrugTargetFact,
    EnterpriseFact,
    Evidence,
    Fact,
    InstitutionFact,
    PlanDiseaseFact,
    PlanFieldFact,
    RegionFieldFact,
)

LONGEST = 200
"""The most characters of the reading view that a quotation may have, names that are longer excepted."""


@Language.component("kg_evidence")
def evidence(doc: Doc) -> Doc:
    """Gives each fact the quotation from which a reader can confirm it."""
    settle = _Settler(doc)
    placed = sorted(facts_of(doc), key=lambda f: (*f.evidence.span, f.type, repr(f.keys())))
    doc._.facts = [replace(fact, evidence=settle(fact)) for fact in placed]
    return doc


class _Settler:
    """The quotations of one document's facts."""

    def __init__(self, doc: Doc) -> None:
        self._document: Document = document_of(doc)
        self._view = self._document.reading.text
        self._borders = Borders(self._document)
        self._regions = regions_of(doc)
        self._home = home(doc)
        self._uses: dict[tuple[int, str], list[FieldUse]] = {}
        for use in field_uses_of(doc):
            self._uses.setdefault((use.end, use.name), []).append(use)
        self._at = {origin: i for i, origin in enumerate(self._document.reading.origin)}
        names = [(c.start, c.end) for c in clusters_of(doc)]
        named = (CitesFact, EnterpriseFact, InstitutionFact)
        names += [self._span(f.evidence) for f in facts_of(doc) if isinstance(f, named)]
        self._names = sorted(set(names))
        self._firms = [self._span(f.evidence) for f in facts_of(doc) if isinstance(f, EnterpriseFact)]

    def __call__(self, fact: Fact) -> Evidence:
        """The evidence of a fact; that which it has where nothing better is known."""
        core, reading = self._span(fact.evidence), self._document.reading
        for start, end in self._wanted(fact, core):
            span = self._borders.balanced((start, end) if (start, end) == core else self._uncut(start, end))
            if span[1] - span[0] <= LONGEST and (not reading.moved or reading.contiguous(*span)):
                return self._marked(self._document.evidence(*span))
        return fact.evidence

    def _span(self, evidence: Evidence) -> Span:
        """Where evidence stands in the view."""
        return self._at[evidence.start], self._at[evidence.end - 1] + 1

    def _wanted(self, fact: Fact, core: Span) -> Iterator[Span]:
        """The spans that would do, the most telling first."""
        if isinstance(fact, PlanFieldFact):
            yield from self._field(fact, core)
        elif isinstance(fact, RegionFieldFact):
            yield from self._region(fact, core)
        elif isinstance(fact, PlanDiseaseFact):
            yield from self._aim(self._use(core, fact.disease), core, fact.field, tail=True)
        elif isinstance(fact, DrugTargetFact):
            yield from self._aim(None, self._word(core), fact.field, tail=False)
        elif isinstance(fact, EnterpriseFact):
            yield from self._enterprise(fact, core)
        elif isinstance(fact, InstitutionFact):
            yield from self._institution(fact, self._through(core, fact.name))
        elif isinstance(fact, CitesFact):
            yield from self._named(self._through(core, fact.policy))
        elif isinstance(fact, ClusterFact):
            yield core
            yield self._borders.clause(core[0]), min(core[1], self._borders.after(core[0], CLAUSE))
        else:
            yield core  # what reads figures and responsibilities quotes them whole

    # ------------------------------------------------------------------ fields

    def _field(self, fact: PlanFieldFact, core: Span) -> Iterator[Span]:
        """A field from the label or the verb that leads it; a heading as a whole."""
        heading = self._borders.heading(core[0])
        if heading is not None and fact.rule.startswith("heading"):
            yield self._title(heading, core)
            return
        use = self._use(core, fact.field)
        end = self._complete(use, core, fact.field)
        start = self._borders.clause(core[0])
        label = self._borders.label(core[0])
        if (
            label is not None
            and fact.parent
            and fact.parent in label.title
            and self._is_first(label, core[0])
        ):
            yield label.view[0], end
        yield self._led(start), end
        yield start, end
        yield self._borders.clause(use.start if use else core[0]), end

    def _title(self, heading: Section, core: Span) -> Span:
        """A heading with its number, without the mark that ends it."""
        end = heading.body
        while end > core[1] and self._view[end - 1] in "。：\n":
            end -= 1
        return heading.view[0], end if end - heading.view[0] <= 60 else core[1]

    def _region(self, fact: RegionFieldFact, core: Span) -> Iterator[Span]:
        """A field from the region that it is tied to; from its own clause where the region stands too far off."""
        use = self._use(core, fact.field)
        end = self._complete(use, core, fact.field)
        if use is not None and use.rule.startswith("place"):
            end = self._word((use.start, end))[1]  # what is built there: 打造化学药|制造基地
        if fact.rule.endswith("strength-listed"):  # the strength is what is said of the list
            end = self._borders.after(end, CLAUSE)
        unsaid = use is not None and use.subject is not None and use.subject.start == use.subject.end
        sentence, _ = self._borders.sentence(core[1] - 1)
        own = [
            r.start for r in self._regions
            if r.name == fact.region and r.text[0] in "我全本" and sentence <= r.start < core[1]
        ]  # fmt: skip
        if own and core[0] < sentence:  # the title or a heading names it first: …规划⏎…我省重点发展
            yield self._borders.clause(own[-1]), end
        if not unsaid and (core[0] >= sentence or self._heads(core[0], core[1])):
            yield self._dealt(core[0]), end
        near = use.start if use and unsaid else max(core[0], min(use.opens, use.start)) if use else core[0]
        yield self._borders.clause(near), end
        yield self._borders.clause(use.start if use else core[0]), end

    def _dealt(self, at: int) -> int:
        """Where what is said of a region begins: its clause, or its own part of a list: 宁波婴儿培养箱、|杭州诊断试剂."""
        clause, item = self._borders.clause(at), self._borders.after(at, ITEM, back=True)
        return item if item > clause and (item == at or "（" in self._view[item:at]) else clause

    def _heads(self, start: int, at: int) -> bool:
        """Whether a position stands in the heading of the very passage of another."""
        own = self._borders.section(at - 1)
        return own is not None and own.view[0] <= start < own.body

    def _complete(self, use: FieldUse | None, core: Span, name: str) -> int:
        """The end of a field whose last word stands behind the other things of its list: 缓控释、透皮吸收等|制剂工艺设备."""
        end = core[1]
        if use is None:
            return end
        return self._borders.reach(use.start, end, self._borders.after(end, CLAUSE), name)

    def _led(self, start: int) -> int:
        """Where the list that goes on in a clause was opened by a verb: 重点发展…；心脏起搏器，…"""
        at, first = start, self._borders.opening(start)
        while at > first and start - at < LONGEST:
            clause = Slice(self._view[at : self._borders.after(at, CLAUSE)], at)
            if action(clause).kind != "none":
                return at
            at = self._borders.clause(at - 1)
        return start

    def _use(self, core: Span, name: str) -> FieldUse | None:
        """The use of a field or disease from which a fact was made."""
        found = self._uses.get((core[1], name), ())
        return next((u for u in found if core[0] in (u.opens, u.start)), found[0] if found else None)

    # ------------------------------------------------------------------ aims

    def _aim(self, use: FieldUse | None, core: Span, field: str | None, *, tail: bool) -> Iterator[Span]:
        """A disease or drug target with the field whose aim it is; with ``tail``, through the end of its list."""
        borders = self._borders
        start, end = (use.start if use else core[0]), core[1]
        low, high = borders.opening(start), borders.after(end, "")
        done = borders.after(end, CLAUSE) if tail else end
        label = borders.label(start, "：—。")
        if field:
            after = self._view.find(field, end, high)
            before = self._view.rfind(field, low, start)
            inside = self._view.find(field, start, end)
            if inside >= 0 or (after >= 0 and "；" not in self._view[end:after]):
                through = end if inside >= 0 else self._word((after, after + len(field)))[1]
                if label and field in label.title and self._view[label.body - 1] != "。":
                    yield label.view[0], through
                yield borders.clause(start), through
            if before >= 0:
                yield borders.clause(before), done
                yield borders.clause(before), end
            if label and self._is_first(label, start) and field in label.title:
                yield label.view[0], done
                yield label.view[0], end
        yield borders.clause(start), done
        yield borders.clause(start), end
        yield borders.after(start, ITEM, back=True), end

    def _is_first(self, label: Section, at: int) -> bool:
        """Whether a position stands in the first sentence under a label."""
        return self._borders.sentence(label.body)[0] == self._borders.sentence(at)[0]

    # ------------------------------------------------------------------ names

    def _enterprise(self, fact: EnterpriseFact, core: Span) -> Iterator[Span]:
        """A company with what it makes, which may be its own part of a list: 甲医疗的CT、|乙电子的人工耳蜗."""
        start, end = self._through(core, *fact.products)
        if end > core[1] and self._borders.after(start, ITEM, back=True) in (
            start,
            self._borders.clause(start),
        ):
            yield start, end
        clause, done = self._borders.clause(start), self._borders.after(end, CLAUSE)
        if done - clause <= _CLAUSE and any(first == clause for first, _ in self._firms):
            yield clause, done  # companies lead the clause: what is said of them stands at its end
        yield from self._named((start, end))

    def _institution(self, fact: InstitutionFact, core: Span) -> Iterator[Span]:
        """An institution with whom it is built by, the place that the sentence speaks of, and what schools are to do."""
        yield from self._own_part(core)
        near = max(self._borders.opening(core[0]), core[1] - _FAR)
        places = [
            r.start for r in self._regions
            if r.name == fact.region != self._home and near <= r.start and r.end <= core[0]
        ]  # fmt: skip
        for start, end in self._named(core):
            if places:
                yield min(self._borders.clause(places[-1]), start), end
            done = self._borders.after(end, ITEM if _BUILDS.match(self._view, end) else CLAUSE)
            if fact.kind in ("university", "hospital") and done - start <= _CLAUSE:
                yield start, done
            yield start, end

    def _own_part(self, core: Span) -> Iterator[Span]:
        """The part of a list that says by itself who builds what: 甲大学建设双抗平台、|乙大学建设疫苗研究院."""
        item, end = (self._borders.after(core[0], ITEM, back=True), self._borders.after(core[1], ITEM))
        if item == self._borders.clause(core[0]):
            return
        for first, last in self._names:
            if first == item and last < end and _BUILDS.match(self._view, last):
                yield item, end if core[0] == item else core[1]

    def _named(self, core: Span) -> Iterator[Span]:
        """A name in its clause: from the verb that governs it, or on to what is said of it."""
        start, end = self._borders.clause(core[0]), core[1]
        if self._view[start : core[0]].strip("“《") and not self._lists(start, core[0]):
            yield start, self._word((start, end))[1]
        else:
            for marks in (CLAUSE, ITEM):
                if (done := self._borders.after(end, marks)) - end <= _TAIL:
                    yield start, done
            yield start, self._word((start, end))[1]
        yield start, end
        yield self._borders.after(core[0], ITEM, back=True), end

    def _lists(self, start: int, at: int) -> bool:
        """Whether a list of names opens at the start of a clause and goes on to a position: 甲药业、乙药业入选百强."""
        for first, last in self._names:
            if first in (start, start + 1) and last < at and self._view[last] in "、和与及”》“《":
                return True
        return False

    def _through(self, core: Span, *names: str) -> Span:
        """A span on to where names that begin in it or after it in its clause are complete."""
        start, end = core
        limit = self._borders.after(end, CLAUSE)
        for name in names:
            end = self._borders.reach(start, end, limit, name)
        return start, end

    def _word(self, span: Span) -> Span:
        """A span on to the next border where few characters are left: 健康中国|建设, PCSK9|抑制剂."""
        start, end = span
        rest = _REST.match(self._view, end)
        return start, rest.end() if rest else end

    # ------------------------------------------------------------------ all

    def _uncut(self, start: int, end: int) -> Span:
        """A span that ends in no name: 建设国家生物药|技术创新中心."""
        for first, last in self._names:
            if first < end < last:
                end = last
            if first < start < last:
                start = first
        return start, end

    def _marked(self, found: Evidence) -> Evidence:
        """Evidence with the mark of bold type before it whose counterpart it holds: **某某集群。**打造…"""
        text = self._document.text
        if found.quote.count("**") % 2 and text.endswith("**", 0, found.start):
            start = found.start - 2
            return replace(found, start=start, quote=text[start : found.end])
        return found


_FAR, _CLAUSE, _TAIL = (
    120,
    80,
    40,
)  # characters: to a place before a name, of a clause, of what is said of a name
_BUILDS = re.compile(
    r"(?:牵头|联合|共同|参与|加快)?(?:建设|创建|组建|建立|打造|成立|设立|筹建|共建|开展|建成)"
)
_REST = re.compile(
    r"(?!等|和|与|及|以及|的)[^，；：、。！？\n等和与及的《“（]{1,8}(?=[，；：、。！？\n]|等|和|与|及|的|$)"
)
