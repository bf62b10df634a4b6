"""Component: which product fields, products and technologies the plan names, under what heading, for which regions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.document import Document, Section
from kg.extraction.actions import Action, action
from kg.extraction.cluster_names import ClusterMention, clusters_of
from kg.extraction.enumeration import ANY_DISEASE, items
from kg.extraction.field_names import (
    DIGITAL,
    OF_INSTITUTIONS,
    Setting,
    clean,
    heading_fields,
    how_sure,
    is_frame,
    parent_field,
)
from kg.extraction.field_use import FieldUse
from kg.extraction.heads import Item
from kg.extraction.naming import disease_entry, field_entry, has_head, is_disease, is_generic
from kg.extraction.places import Tie, built_into, leaned_on, listed_places, own_list, strengths
from kg.extraction.state import RegionMention, document_of, mentions_of, regions_of
from kg.extraction.subjects import Subject, leading_subject, subject_of_path, together
from kg.extraction.text import Slice, clauses, segments, sentences, without_brackets
from kg.extraction.zones import Zone, is_layout, sector, zone
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
        self._last: str | None = None

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

    def _segment(
        self, segment: Slice, path: Sequence[Section], where: Zone, parent: str | None, held: Subject | None
    ) -> Iterator[FieldUse]:
        """Reads the clauses of a segment in turn: a subject holds until another comes, an open list goes on."""
        subject, opens = held, segment.start
        opened, self._opened = self._opened, False  # 重点发展A；B；C: a list goes on after a semicolon
        bare = supported = False
        waiting: list[FieldUse] = []
        waiting_verb = ""
        for clause in clauses(segment):
            begun = leading_subject(clause, self._regions, self._clusters)
            if begun is not None and not (held is not None and begun.ground):
                joined = begun.joins and subject is not None and (bare or begun.subject.led)
                supported = begun.supported or (joined and supported)
                subject = together(subject, begun.subject) if joined and subject else begun.subject
                clause, opens, bare = begun.rest, subject.start, not begun.rest
                opened = False
                if not clause:
                    continue
            elif supported and _SUPPORT.match(clause.text):
                subject, bare = (
                    held,
                    False,
                )  # the province supports something else now, not those it named before
            if (
                begun is not None
                and subject is not None
                and subject.led
                and not subject.regions
                and held is not None
            ):
                subject = replace(subject, regions=held.regions)
            if subject is not None:
                yield from (self._tied(tie, path, where) for tie in built_into(clause, subject, self._fields))
            if _USE_FOR.match(clause.text):
                context = _Context(path, where, parent, subject, opens)
                yield from self._aims(clause, context, self._last)
                continue
            read = action(clause)
            if read.kind == "none" and not (opened and _nominal(clause)):
                opened = False
                yield from self._named(clause, _Context(path, where, parent, subject, clause.start))
                continue
            if read.kind != "none" and begun is None:
                opens = clause.start
            context = _Context(path, where, parent, None if read.agent else subject, opens)
            found = list(self._listed(read, context))
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
                    if specific and len(things) == 1 and things[0].name not in _ANY_DRUG and not subject
                    else None
                )
                yield from (replace(u, of=one) if one and u.parent in (None, parent) else u for u in waiting)
                waiting = []
            yield from found
            opened = read.kind in ("develop", "push", "more", "none") and not read.tail

            if read.rest:
                rest = action(read.rest)
                if rest.kind in ("develop", "push"):
                    done = list(self._listed(rest, context))
                    things = [u for u in done if u.role in ("item", "class")]
                    if waiting and len(things) == 1:  # 面向脾胃病、妇科炎症研制中药创新药
                        yield from (replace(u, of=things[0].name) for u in waiting)
                        waiting = []
                    yield from done
                    opened = not rest.tail
        yield from waiting
        self._opened = opened and subject is held

    def _aims(self, clause: Slice, context: _Context, of: str | None) -> Iterator[FieldUse]:
        """The diseases that the product before is for: 开发单克隆抗体，用于强直性脊柱炎的治疗."""
        body = clause.part(_USE_FOR.match(clause.text).end())  # type: ignore[union-attr]
        tail = re.search(r"(?:等)?(?:病症|疾病|适应症|领域)?的?(?:预防|治疗|防治|诊断|干预)*$", body.text)
        body = body.part(0, tail.start()) if tail and tail.start() else body
        aims = (
            self._disease(item, context, "aim-of-product") for item in items(body) if is_disease(item.name)
        )
        yield from (replace(aim, of=of) for aim in aims)

    def _disease(self, item: Item, context: _Context, rule: str) -> FieldUse:
        """The use of a disease as an aim, whose it is yet to be told."""
        return FieldUse(
            item.name, item.start, item.end, context.opens, "disease", context.parent, None, context.zone, 0.9, rule,
            subject=context.subject,
        )  # fmt: skip

    def _named(self, clause: Slice, context: _Context) -> Iterator[FieldUse]:
        """The well-known fields of a list that only a class follows: 精准医疗、智慧医疗等新业态持续壮大."""
        m = _NAMED.match(clause.text)
        if m is None or context.zone == "past":
            return
        read = Action("topic", m.group(), clause.part(m.start("list"), m.end("list")))
        for item in items(read.things):
            if field_entry(item.name) is not None and item.role != "modifier":
                yield from self._use(item, read, context, about_disease=False)

    def _listed(self, read: Action, context: _Context) -> Iterator[FieldUse]:
        """The fields and diseases of the list that an action governs."""
        aims, things = _aimed(read.things)
        if aims:
            kind = [i for i in items(things) if i.role in ("class", "item")]
            of = next((i.name for i in kind if i.role == "class"), kind[0].name if len(kind) == 1 else None)
            of = clean(of) if of else None
            local = context.subject is not None and context.subject.local
            if of and context.parent and not local and (of in _ANY_DRUG or is_generic(of)):
                of = None  # 针对肝癌的新药: the heading says what kind
            yield from (replace(self._disease(aim, context, "aim-of-class"), of=of) for aim in aims)
            read = replace(read, things=things)
        for subject, part in own_list(read.things, self._regions):
            own = replace(context, subject=subject)
            for item in items(part):
                yield from self._use(item, read, own, about_disease=False)
            context = replace(context, subject=None) if not context.subject else context
        used_in = re.search(
            r"(?<!存)在[^、，]*?(?:等)?(?:领域|环节|方面|行业|过程|生产|研发)", read.things.text
        )
        things = read.things.part(0, used_in.start()) if used_in else read.things  # 探索X在Y领域的应用
        if (
            context.zone != "priority"
            and OF_INSTITUTIONS.search(things.text)
            and not DIGITAL.search(things.text)
        ):
            return
        listed = items(things)
        known = sum(i.role == "item" and field_entry(clean(i.name)) is not None for i in listed)
        things_of = [clean(i.name) for i in listed if i.role == "item"]
        sound = sum(field_entry(n) is not None or (has_head(n) and not is_generic(n)) for n in things_of)
        classed = any(
            i.role == "class"
            and (field_entry(clean(i.name)) or has_head(i.name))
            and not is_generic(clean(i.name))
            for i in listed
        )
        areas = bool(_AREAS.search(things.text) or (read.kind == "topic" and "领域" in read.verb))
        setting = Setting(
            context.zone, False, known, len(things_of), classed or 2 * sound > len(things_of) > 1, areas
        )
        context = replace(context, setting=setting)
        about_disease = read.kind == "topic" and bool(re.search(r"疾病|病种|病|治疗", read.verb))
        if read.kind == "topic" and not about_disease:
            about_disease = 2 * sum(is_disease(i.name) and field_entry(i.name) is None for i in listed) > len(
                listed
            )
        if (
            about_disease
            and (kind := _KIND_OF_DISEASE.search(read.verb))
            and is_disease(kind["name"])
            and kind["name"] not in ANY_DISEASE
        ):
            listed = [*listed, Item(kind["name"], things.end + 1, things.end + 1 + len(kind["name"]))]
        shares = _shares(read, context, listed)
        for n, item in enumerate(listed):
            here = replace(context, subject=shares[n]) if shares else context
            yield from self._use(item, read, here, about_disease=about_disease)

    def _use(self, item: Item, read: Action, context: _Context, *, about_disease: bool) -> Iterator[FieldUse]:
        name = clean(item.name)
        rule = f"{read.kind}-{item.role}"
        base = FieldUse(
            name, item.start, item.end, context.opens, item.role, context.parent,
            sector(context.path, name), context.zone, 0.9, rule, subject=context.subject, layout=is_layout(context.path),
        )  # fmt: skip
        local = context.subject is not None and context.subject.local
        if item.role == "modifier":
            if is_disease(name) or (len(name) <= 4 and item.of and "药" in item.of):
                of = clean(item.of) if item.of else None
                generic = of is None or of in _ANY_DRUG or is_generic(of)
                yield replace(
                    base,
                    role="disease",
                    of=context.parent if generic and context.parent and not local else of,
                    rule="aim-of-class",
                )
            return
        if local and read.kind == "topic" and not about_disease and "领域" in read.verb and is_disease(name):
            yield replace(base, confidence=0.7, rule="topic-area")
            return
        if is_disease(name) and (about_disease or field_entry(name) is None):
            if about_disease or disease_entry(name):
                yield replace(base, role="disease", of=None, rule="aim-of-passage")
            return
        if all(load().find("drug-target", part) for part in re.split(r"[/、]", name)) or any(
            c.start < item.end and item.start < c.end for c in self._clusters
        ):
            return
        setting = replace(context.setting or Setting(context.zone), local=local)
        sure = 0.0 if is_generic(item.name) else how_sure(name, read, setting)
        if sure:
            self._last = name
            yield replace(base, confidence=sure)


def _aimed(things: Slice) -> tuple[list[Item], Slice]:
    """The diseases that stand before the things they are the aim of, and the things: 针对肝癌、胃癌的|检测产品."""
    m = _AIMED.match(things.text)
    aims = items(things.part(m.start("aims"), m.end("aims"))) if m else []
    if m is None or not aims or not all(is_disease(aim.name) for aim in aims):
        return [], things
    return aims, things.part(m.end())


def _shares(read: Action, context: _Context, listed: Sequence[Item]) -> list[Subject]:
    """Each region's own item where the text deals them out: 景德镇、萍乡分别发展医用陶瓷、药用玻璃."""
    subject = context.subject
    if subject is None or "分别" not in read.verb or len(subject.regions) != len(listed) or len(listed) < 2:
        return []
    return [replace(subject, regions=(region,)) for region in subject.regions]


_AREAS = re.compile(r"等(?:多个|若干)?(?:重点|优势|特色|细分|前沿|新兴|关键)*(?:领域|产业|板块|业态|赛道)$")
_KIND_OF_DISEASE = re.compile(r"等(?P<name>[^等领方病]{1,8}(?:疾病|病|症|瘤|癌))的?$")
_SUPPORT = re.compile(r"(?:支持|鼓励|引导)(?!.{0,2}[其该])")
_USE_FOR = re.compile(r"(?:主要)?(?:用于|适用于|主治|应用于)(?:治疗|预防|防治|诊断)?")
_NAMED = re.compile(
    r"^(?:在|以|加强)?(?P<list>[^，。；]*、[^，。；]*?)等(?:多个)?(?:重点|新兴|优势|关键|细分|特色)*(?:新业态|新模式|业态|领域|产业|赛道|新技术|服务)"
)
_AIMED = re.compile(
    r"^(?:以[^，。；的]+?为靶点、)?(?:针对|用于|面向|适用于)(?P<aims>[^，。；的]{2,60}?)"
    r"(?:等)?(?:(?:重大|常见|多发|慢性)?(?:疾病|病症)|适应症|领域|患者)?(?:早期|精准)?(?:筛查|预防|治疗|防治|诊断|检测|诊疗)*的(?=[^，。；]{2})"
)
_ANY_DRUG = frozenset(
    ("创新药物", "创新药", "新药", "药物", "产品", "新产品", "药物产品", "品种", "新品种", "药品")
)


@dataclass(frozen=True, slots=True)
class _Context:
    path: Sequence[Section]
    zone: Zone
    parent: str | None
    subject: Subject | None
    opens: int
    setting: Setting | None = None


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
