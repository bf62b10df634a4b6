"""Component: which product fields, products and technologies the plan names, under what heading, for which regions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.document import Document, Section
from kg.extraction.actions import action
from kg.extraction.cluster_names import ClusterMention, clusters_of
from kg.extraction.field_lists import ANY_DRUG, USE_FOR, Context, FieldLists
from kg.extraction.field_names import (
    clean,
    heading_fields,
    is_frame,
    parent_field,
)
from kg.extraction.field_use import FieldUse
from kg.extraction.naming import field_entry, has_head
from kg.extraction.places import Tie, built_into, leaned_on, listed_places, side_by_side, strengths
from kg.extraction.state import RegionMention, document_of, mentions_of, regions_of
from kg.extraction.subjects import (
    Led,
    Subject,
    leading_subject,
    lies_in,
    one_of_two,
    subject_of_path,
    together,
)
from kg.extraction.text import Slice, clauses, segments, sentences, without_brackets
from kg.extraction.zones import Zone, sector, zone
from kg.lexicon.gazetteer import Mention
from kg.lexicon.vocabulary import load
from kg.lexicon.words import words


@Language.component("kg_product_fields")
def product_fields(doc: Doc) -> Doc:
    """Sets ``doc._.field_uses`` and the span group ``fields``."""
    document = document_of(doc)
    reader = _Reader(document, regions_of(doc), clusters_of(doc), mentions_of(doc, "field"))
    doc._.field_uses = tuple(sorted(reader.uses(), key=lambda u: (u.start, u.end, u.name)))
    spans = (doc.char_span(u.start, u.end, label=u.role) for u in doc._.field_uses)
    doc.spans["fields"] = [s for s in spans if s is not None]
    return doc


class _Reader:
    """Reads the passages of one document."""

    def __init__(
        self,
        document: Document,
        regions: Sequence[RegionMention],
        clusters: Sequence[ClusterMention],
        fields: Sequence[Mention],
    ) -> None:
        self._document = document
        self._regions = regions
        self._clusters = clusters
        self._fields = fields
        self._opened = False
        self._lists = FieldLists(regions, clusters)

    def uses(self) -> Iterator[FieldUse]:
        """All uses, section by section; the text before the first heading counts as a section without one."""
        view, sections = self._document.reading.text, self._document.sections
        starts = [s.view[0] for s in sections] + [len(view)]
        yield from self._passage((), 0, starts[0])
        for n, section in enumerate(sections):
            path = self._document.path(section)
            yield from self._heading(section, path)
            yield from self._passage(path, section.body, starts[n + 1])

    def _heading(self, section: Section, path: Sequence[Section]) -> Iterator[FieldUse]:
        """The fields that a heading in a part on priorities names."""
        where = zone(path)
        if where not in ("priority", "task") or is_frame(section):
            return
        at = self._document.reading.text.find(
            section.title, section.view[0], section.body + len(section.title)
        )
        if at < 0:
            return
        title = Slice(section.title, at)
        if where == "priority" and re.fullmatch(r"[\u4e00-\u9fff]{2,5}类", section.title):  # 植介入类：…
            yield FieldUse(
                section.title,
                at,
                title.end,
                at,
                "heading",
                None,
                sector(path, section.title),
                where,
                0.7,
                "heading-kind",
            )
            return
        for name, start, end in heading_fields(title):
            sure = field_entry(name) is not None
            if not sure and (where != "priority" or not has_head(name)):
                continue
            if section.kind == "label" and subject_of_path(path[:1], self._regions, self._clusters):
                continue
            yield FieldUse(
                name,
                start,
                end,
                start,
                "heading",
                None,
                sector(path, name),
                where,
                0.95 if sure else 0.75,
                "heading",
            )

    def _passage(self, path: Sequence[Section], start: int, end: int) -> Iterator[FieldUse]:
        where = zone(path) if path else "open"
        parent = parent_field(path)
        held = subject_of_path(path, self._regions, self._clusters)
        listing = (
            bool(path)
            and where == "priority"
            and path[0].kind in ("label", "subitem", "item", "letter", "decimal")
        )
        for sentence in sentences(self._document.reading.text, start, end):
            self._opened = listing  # （1）心脑血管领域：血塞通滴丸、脑脉利颗粒
            listing = False
            for segment in segments(sentence):
                yield from self._segment(segment, path, where, parent, held)
            ties = list(listed_places(sentence, self._regions, past=where == "past"))
            ties.extend(leaned_on(sentence, held, self._regions, self._fields))
            if where == "past":
                ties.extend(strengths(sentence, held or self._home(sentence), self._regions, self._fields))
            yield from (self._tied(tie, path, where) for tie in ties)

    def _home(self, sentence: Slice) -> Subject | None:
        """The jurisdiction as subject of what a province's own review says without naming it."""
        own = next((r for r in self._regions if r.text[0] in "我全本"), None)
        return Subject((own,), (), sentence.start, sentence.start) if own else None

    def _tied(self, tie: Tie, path: Sequence[Section], where: Zone) -> FieldUse:
        return FieldUse(
            clean(tie.name), tie.start, tie.end, min(tie.subject.start, tie.start), "tie", None, sector(path, tie.name), where,
            tie.confidence, tie.rule, subject=tie.subject, layout=True,
        )  # fmt: skip

    def _with_what_it_builds(self, clause: Slice, subject: Subject) -> Subject:
        """A region that builds one place: what it develops next, it develops there (建设鼓楼器械产业园，｜发展助听设备)."""
        inside = [c for c in self._clusters if clause.start <= c.start and c.end <= clause.end]
        if re.match(r"地处|位于|毗邻|紧邻|背靠", clause.text) or (
            subject.led and _STANDS_ON.match(clause.text)
        ):
            return subject  # 光谷生物城立足东湖新技术开发区
        if len(inside) != 1 or not subject.local or not clause.end - 1 <= inside[0].end <= clause.end:
            return subject
        return replace(subject, clusters=(*subject.clusters, inside[0]))

    def _segment(
        self, segment: Slice, path: Sequence[Section], where: Zone, parent: str | None, held: Subject | None
    ) -> Iterator[FieldUse]:
        """Reads the clauses of a segment in turn: a subject holds until another comes, an open list goes on."""
        subject, opens = held, segment.start
        pair: Subject | None = None  # the last two named together, of whom 前者 and 后者 speak
        opened, self._opened = self._opened, False  # 重点发展A；B；C: a list goes on after a semicolon
        bare = supported = False
        waiting: list[FieldUse] = []
        waiting_verb = ""
        given: Subject | None = (
            None  # the subject before it was given the place it builds, at clause `built_at`
        )
        built_at = 0
        for n, clause in enumerate(clauses(segment)):
            if beside := list(side_by_side(clause, self._regions)):
                yield from (self._tied(tie, path, where) for tie in beside)
                continue
            if (place := lies_in(clause, self._regions)) and subject is not None and subject.clusters:
                subject, clause, opened = _placed(subject, place[0]), place[1], False
                if not clause:
                    continue
            begun = one_of_two(clause, pair) or leading_subject(clause, self._regions, self._clusters)
            if begun is not None and len(begun.subject.clusters or begun.subject.regions) == 2:
                pair = begun.subject
            if begun is not None and held is not None and begun.ground and begun.subject.clusters:
                begun = _on_own_ground(begun, held)
            if begun is not None and begun.ground and begun.subject.clusters and _acts(subject, held):
                begun = _on_own_ground(begun, subject) if subject is not None else begun
            if begun is not None and not (held is not None and begun.ground):
                joined = begun.joins and subject is not None and (bare or begun.subject.led)
                supported = begun.supported or (joined and supported)
                if bare and clause.text.startswith("以"):
                    joined = subject is not None  # 以广州为核心，以珠海、中山为支撑
                if begun.builds and subject is not None and subject.local:
                    joined = True  # 以西安高新区为核心，建设西安生物医药产业集群
                subject = together(subject, begun.subject) if joined and subject else begun.subject
                if subject.led and held is not None and _says_less(subject, held):
                    subject = replace(subject, regions=held.regions)  # 海淀区：以中关村科学城为依托，…
                if place := lies_in(begun.rest, self._regions):  # 西安国际医学城坐落于雁塔区
                    subject, begun = _placed(subject, place[0]), replace(begun, rest=place[1])
                clause, opens, bare = begun.rest, subject.start, not begun.rest
                opened = False
                if not clause:
                    continue
            elif supported and _SUPPORT.match(clause.text):
                subject, bare = (
                    held,
                    False,
                )  # the province supports something else now, not those it named before
            if subject is not None:
                yield from (
                    self._tied(tie, path, where)
                    for tie in built_into(clause, subject, self._fields, self._regions)
                )
                if given is not None and begun is None and n > built_at + 1:
                    subject, given = given, None  # what it builds gets what the next clause says, no more
                if (built := self._with_what_it_builds(clause, subject)) is not subject:
                    given, built_at, subject = subject, n, built
            if USE_FOR.match(clause.text):
                context = Context(path, where, parent, subject, opens)
                yield from self._lists.aims(clause, context, self._lists.last)
                continue
            read = action(clause)
            if read.kind == "none" and not (opened and _nominal(clause)):
                opened = False
                yield from self._lists.named(clause, Context(path, where, parent, subject, clause.start))
                continue
            if read.kind != "none" and begun is None:
                opens = clause.start
            context = Context(path, where, parent, None if read.agent else subject, opens)
            found = list(self._lists.listed(read, context))
            if read.kind == "topic" and found and all(u.role == "disease" and u.of is None for u in found):
                waiting, waiting_verb = found, read.verb  # whose aim they are, the next clause tells
                found = []
            elif waiting:
                things = [u for u in found if u.role in ("item", "class")]
                specific = not re.search(r"领域|病种|疾病|方面|需求", waiting_verb)
                if (
                    parent is None and things and not subject
                ):  # no heading takes the aim: the class of what comes next does
                    first = next((u for u in things if u.role == "class"), things[0])
                    waiting = [replace(u, of=first.name) for u in waiting]
                one = (
                    things[0].name
                    if specific and len(things) == 1 and things[0].name not in ANY_DRUG and not subject
                    else None
                )
                yield from (replace(u, of=one) if one and u.parent in (None, parent) else u for u in waiting)
                waiting = []
            yield from found
            if subject is not None and subject.each:
                subject = replace(subject, each=False)  # only the first verb deals out
            opened = read.kind in ("develop", "push", "more", "none") and not read.tail

            if read.rest:
                rest = action(read.rest)
                if rest.kind in ("develop", "push"):
                    done = list(self._lists.listed(rest, context))
                    things = [u for u in done if u.role in ("item", "class")]
                    if waiting and len(things) == 1:  # 面向脾胃病、妇科炎症研制中药创新药
                        yield from (replace(u, of=things[0].name) for u in waiting)
                        waiting = []
                    yield from done
                    opened = not rest.tail
        yield from waiting
        self._opened = opened and subject is held


def _acts(subject: Subject | None, held: Subject | None) -> bool:
    """Whether a region that the segment itself names is the one that builds on a place: 东部组团位于钱塘区，｜依托医药港."""
    return (
        subject is not None
        and subject is not held
        and not subject.led
        and any(r.local and r.rank > 2 for r in subject.regions)
    )


def _placed(subject: Subject, found: Sequence[RegionMention]) -> Subject:
    """A place with the regions that it is said to lie in; 地处赣江新区, which is no unit of government, tells nothing."""
    units = tuple(r for r in found if r.rank in (2, 3))
    return replace(subject, regions=units) if units else subject


def _says_less(led: Subject, held: Subject) -> bool:
    """Whether a place's own name says less of where it lies than the heading: 巴南区：以重庆国际生物城为核心载体."""
    return all(any(load().within(h.iri, r.iri) for h in held.regions) for r in led.regions)


def _on_own_ground(begun: Led, held: Subject) -> Led:
    """Under a heading 渝北区：依托仙桃大数据谷 it is the region of the heading that acts, with the place it builds on."""
    who = replace(held, clusters=begun.subject.clusters, start=begun.subject.start, end=begun.subject.end)
    return replace(begun, subject=who, ground=False)


_STANDS_ON = re.compile(r"立足|依托|毗邻|紧邻|地处|位于|背靠|联动|对接")
_SUPPORT = re.compile(r"(?:支持|鼓励|引导)(?!.{0,2}[其该])")

_NOT_NOMINAL = re.compile(
    r"(?:有望|能够|应当|需要|仍|亦|均|都|不断|显著|明显|进一步|位居|居全|达到|超过|成为|获得|形成了|取得)"
)


_TOPIC_WORD = re.compile(rf"^(?:{'|'.join(w for w in words('actions', 'topics') if len(w) > 1)}|在|对|把|将)")


def _nominal(clause: Slice) -> bool:
    """Whether a clause without a verb only lists more things: its last word is a noun of the industry."""
    text = re.sub(r"等$", "", without_brackets(clause.text))
    if text.startswith(("针对", "用于", "面向", "基于")) and "的" in text:
        return has_head(text)
    if _NOT_NOMINAL.search(text) or (_TOPIC_WORD.match(text) and not text.startswith("以")):
        return False
    return text.startswith(("以及", "包括")) or has_head(text) or "等" in clause.text or text.count("、") >= 2
