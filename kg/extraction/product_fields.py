"""Component: which product fields, products and technologies the plan names, under what heading, for which regions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.document import Document, Section
from kg.extraction.actions import Action, action
from kg.extraction.cluster_names import ClusterMention, clusters_of
from kg.extraction.enumeration import Item, items
from kg.extraction.naming import disease_entry, field_entry, has_head, is_disease, is_generic
from kg.extraction.places import Tie, built_into, leaned_on, listed_places, own_list, strengths
from kg.extraction.state import RegionMention, document_of, mentions_of, regions_of
from kg.extraction.subjects import Subject, leading_subject, subject_of_path, together
from kg.extraction.text import Slice, clauses, segments, sentences, split, without_brackets
from kg.extraction.zones import Zone, is_layout, sector, zone
from kg.lexicon.gazetteer import Mention
from kg.lexicon.vocabulary import load
from kg.lexicon.words import pattern, words

if not Doc.has_extension("field_uses"):
    Doc.set_extension("field_uses", default=())


@dataclass(frozen=True, slots=True)
class FieldUse:
    """A field or disease where a passage names it.

    ``role`` is ``item``, ``class``, ``heading`` or ``disease`` (then ``of`` is the field that it is the aim of);
    ``opens`` is where the words begin that say what is done with it.
    """

    name: str
    start: int
    end: int
    opens: int
    role: str
    parent: str | None
    category: str | None
    zone: Zone
    confidence: float
    rule: str
    of: str | None = None
    subject: Subject | None = None
    layout: bool = False


def field_uses_of(doc: Doc) -> tuple[FieldUse, ...]:
    """The uses of fields in order of place."""
    return cast(tuple[FieldUse, ...], doc._.field_uses)


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
        self, document: Document, regions: Sequence[RegionMention], clusters: Sequence[ClusterMention], fields: Sequence[Mention]
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
        if where not in ("priority", "task") or section.kind in ("box", "chapter", "bare", "part"):
            return
        at = self._document.reading.text.find(section.title, section.view[0], section.body + len(section.title))
        if at < 0:
            return
        title = Slice(section.title, at)
        for name, start, end in heading_fields(title):
            sure = field_entry(name) is not None
            if not sure and (where != "priority" or not has_head(name)):
                continue
            if section.kind == "label" and subject_of_path(path[:1], self._regions, self._clusters):
                continue
            yield FieldUse(name, start, end, start, "heading", None, sector(path, name), where, 0.95 if sure else 0.75, "heading")

    def _passage(self, path: Sequence[Section], start: int, end: int) -> Iterator[FieldUse]:
        where = zone(path) if path else "open"
        parent = parent_field(path)
        held = subject_of_path(path, self._regions, self._clusters)
        for sentence in sentences(self._document.reading.text, start, end):
            self._opened = False
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
                subject, bare = held, False  # the province supports something else now, not those it named before
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
            context = _Context(path, where, parent, subject, opens)
            found = list(self._listed(read, context))
            if read.kind == "topic" and found and all(u.role == "disease" and u.of is None for u in found):
                waiting, waiting_verb = found, read.verb  # whose aim they are, the next clause tells
                found = []
            elif waiting:
                things = [u for u in found if u.role in ("item", "class")]
                specific = not re.search(r"领域|病种|疾病|方面|需求", waiting_verb)
                one = things[0].name if specific and len(things) == 1 and things[0].name not in _ANY_DRUG and not subject else None
                yield from (replace(u, of=one) if one and u.parent in (None, parent) else u for u in waiting)
                waiting = []
            yield from found
            opened = read.kind in ("develop", "push", "more", "none") and not read.tail

            if read.rest:
                rest = action(read.rest)
                if rest.kind in ("develop", "push"):
                    yield from self._listed(rest, context)
                    opened = not rest.tail
        yield from waiting
        self._opened = opened and subject is held

    def _aims(self, clause: Slice, context: _Context, of: str | None) -> Iterator[FieldUse]:
        """The diseases that the product before is for: 开发单克隆抗体，用于强直性脊柱炎的治疗."""
        body = clause.part(_USE_FOR.match(clause.text).end())  # type: ignore[union-attr]
        tail = re.search(r"(?:等)?(?:病症|疾病|适应症|领域)?的?(?:预防|治疗|防治|诊断|干预)*$", body.text)
        body = body.part(0, tail.start()) if tail and tail.start() else body
        for item in items(body):
            if is_disease(item.name):
                yield FieldUse(
                    item.name, item.start, item.end, context.opens, "disease", context.parent, None, context.zone, 0.9,
                    "aim-of-product", of=of, subject=context.subject,
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
        for subject, part in own_list(read.things, self._regions):
            own = replace(context, subject=subject)
            for item in items(part):
                yield from self._use(item, read, own, about_disease=False)
            context = replace(context, subject=None) if not context.subject else context
        used_in = re.search(r"(?<!存)在[^、，]*?(?:等)?(?:领域|环节|方面|行业|过程|生产|研发)", read.things.text)
        things = read.things.part(0, used_in.start()) if used_in else read.things  # 探索X在Y领域的应用
        if context.zone != "priority" and _OF_INSTITUTIONS.search(things.text) and not _DIGITAL.search(things.text):
            return
        listed = items(things)
        known = sum(i.role == "item" and field_entry(clean(i.name)) is not None for i in listed)
        things_of = [clean(i.name) for i in listed if i.role == "item"]
        sound = sum(field_entry(n) is not None or (has_head(n) and not is_generic(n)) for n in things_of)
        classed = any(i.role == "class" and (field_entry(clean(i.name)) or has_head(i.name)) and not is_generic(clean(i.name)) for i in listed)
        context = replace(context, known=known, listed=len(things_of), like=classed or 2 * sound > len(things_of) > 1)
        about_disease = read.kind == "topic" and bool(re.search(r"疾病|病种|病", read.verb))
        for item in listed:
            yield from self._use(item, read, context, about_disease=about_disease)

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
                yield replace(base, role="disease", of=context.parent if generic and context.parent and not local else of, rule="aim-of-class")
            return
        if local and read.kind == "topic" and not about_disease and "领域" in read.verb and is_disease(name):
            yield replace(base, confidence=0.7, rule="topic-area")
            return
        if is_disease(name) and field_entry(name) is None:
            if about_disease or disease_entry(name):
                yield replace(base, role="disease", of=None, rule="aim-of-passage")
            return
        if all(load().find("drug-target", part) for part in re.split(r"[/、]", name)) or any(c.start < item.end and item.start < c.end for c in self._clusters):
            return
        sure = 0.0 if is_generic(item.name) else _how_sure(name, read, context.zone, local=local, many=context.known >= 3, long=context.listed >= 3, like=context.like)
        if sure:
            self._last = name
            yield replace(base, confidence=sure)


_SUPPORT = re.compile(r"(?:支持|鼓励|引导)(?!.{0,2}[其该])")
_USE_FOR = re.compile(r"(?:主要)?(?:用于|适用于|主治|应用于)(?:治疗|预防|防治|诊断)?")
_NAMED = re.compile(r"^(?:在|以|加强)?(?P<list>[^，。；]*、[^，。；]*?)等(?:多个)?(?:重点|新兴|优势|关键|细分|特色)*(?:新业态|新模式|业态|领域|产业|赛道|新技术|服务)")
_ANY_DRUG = frozenset(("创新药物", "创新药", "新药", "药物", "产品", "新产品", "药物产品", "品种", "新品种", "药品"))


@dataclass(frozen=True, slots=True)
class _Context:
    path: Sequence[Section]
    zone: Zone
    parent: str | None
    subject: Subject | None
    opens: int
    known: int = 0
    listed: int = 0
    like: bool = False  # the list is of products by its class or by most of its items


_NOT_NOMINAL = re.compile(r"(?:有望|能够|应当|需要|仍|亦|均|都|不断|显著|明显|进一步|位居|居全|达到|超过|成为|获得|形成了|取得)")


_TOPIC_WORD = re.compile(rf"^(?:{'|'.join(w for w in words('actions', 'topics') if len(w) > 1)}|在|对|把|将)")


def _nominal(clause: Slice) -> bool:
    """Whether a clause without a verb only lists more things: its last word is a noun of the industry."""
    text = re.sub(r"等$", "", without_brackets(clause.text))
    if text.startswith(("针对", "用于", "面向", "基于")) and "的" in text:
        return has_head(text)
    if _NOT_NOMINAL.search(text) or (_TOPIC_WORD.match(text) and not text.startswith("以")):
        return False
    return text.startswith(("以及", "包括")) or has_head(text) or "等" in clause.text


_LEAD_UP = re.compile(
    r"^(?:以及|一批|进一步|国家(?=新)|若干|各类|多种|系列化|系列(?!化)|开展|实现|推动|推进|加快|重点|支持|鼓励|发展|研发|研制|开发|生产|应用|采用|解决|突破|国产|国内|国际|国外|我国|我省|全省|我市|本省|本地|当地|已|新的|特定的|更多|传统的?(?=高)|[的和与及、])+"
)
_COUNTED = re.compile(
    r"^(?:[^，。]{0,6}?\d+(?:\.\d+)?[亿万]元(?:以上|左右)?的?|\d+(?:[-—~～至]\d+)?(?:余|多)?[家个种项类批条款](?:以上|以下|左右|类)?|各种(?:类型)?的?|不同(?:类型)?的?)"
)
_USED_FOR = re.compile(r"^[\u4e00-\u9fff]{2,14}(?:用|诊断|治疗|领域|需求|特点|要求)的(?=[\u4e00-\u9fff]{3})")
_OF = re.compile(r"^([\u4e00-\u9fff]{2,3})的([\u4e00-\u9fff]{3,})$")
_AFTER = re.compile(r"(?:等|的)?(?:研发|开发|研制|攻关|挖掘|培育|推广应用|产业化|应用|引进|领域|方面|方向|产业|等产品|类产品|产品系列|系列产品|新技术|大规模应用|新生态|新业态|新模式|前沿)+$")


def clean(name: str) -> str:
    """A field's name without verbs before it and without what is done with it.

    >>> clean("开发中药新药研发"), clean("抗体药物领域")
    ('中药新药', '抗体药物')
    """
    bare = _LEAD_UP.sub("", _COUNTED.sub("", name))
    bare = _OF.sub(r"\1\2", _USED_FOR.sub("", bare))
    if "二次开发" not in bare and field_entry(bare) is None:
        shorter = _AFTER.sub("", bare)
        bare = shorter if len(shorter) >= 2 else bare
    return bare.strip("、，的“”") or name


_NO_FIELD = re.compile(
    r"^淘汰|^落后|^低端|企业|老字号|焕发|人才|园区|产业园|集群|政策|机制|制度|基金|资金|力度|步伐|专项|行动|环境$|合作|监管|知识产权|政府|学会|协会|联盟|高校|院校|大学|学科|队伍|团队|"
    r"产业链|供应链|创新链|价值链|审评|审批|医保|挂网|采购|招标|贸易|改革|高地|策源地|先行区|目录|清单|全过程|全流程|生命周期|试点|小镇|融资|上下游|先行先试|"
    r"[。；：，]|^新型?$|^国际$|(?:基地|能力|水平|体系|模式|机构|资源|市场|优势|项目|工程|计划|标准|规范|管理|成果|医院|品牌|质量|环节|方式|理念|手段|链条|生态|"
    r"经济|结构|规模|效益|为|等|需求|问题|困难|注册|上市|价值|中心|实验室|消费|出口|文化|目的地|人群|患者|群众|特点|趋势|规律|工序|示范|渠道|投入|协同|建设|支撑|联动|"
    r"体验|效率|可及性|依从性|安全|性能|化|率|隐患|意识|责任|形式|过程|要求|条件|基础|空间|格局|地位|方案|信息|数据和信息|活动|门槛|规则|关系|主体|动力|活力|转型|升级|"
    r"配送|结算|共享|集成|互联|适应症|药效|成本|产能)$"
)
_KEEPS = re.compile(r"医药共享|数据共享平台|医药外包|服务平台|医疗平台|数据中心|大数据|互联网\+|平台$|一体化$|数据库$|机器人|质量控制|管理系统|管理软件|信息系统|健康管理|二次开发|药食同源|控制系统|供应链服务")


_INSTITUTION = re.compile(r"(?:平台|研究院|研究所|实验室|中心|孵化器|联盟|生物库|样本库|资源库|化合物库|成分库)$")
_DIGITAL = re.compile(r"大数据|互联网|5G|云|数字|信息|智慧|远程|数据|第三方|检验中心|影像中心|透析中心|病理中心")
_LEADING = re.compile(r"重点|主攻|为主|为重点|为核心|为特色|发展|做强|做大|做优|布局|培育|壮大")
_VAGUE = re.compile(r"产业|经济|服务业|设施|创新|企业|招商|合作|平台|机制|政策|交通|开放|城|区$")
_SYSTEM_VERBS = ("建立", "构建", "形成", "提供", "建设", "打造", "完善", "集聚", "建成")
_OF_INSTITUTIONS = re.compile(r"(?:创新中心|研究中心|技术中心|研究院|实验室|平台|机构|联盟|孵化器)$")
_STRONG_TAIL = re.compile(r"研发|研制|开发|产业化|生产$|制造|攻关|突破|应用|创新|发展|国产化|推广|布局|转化|挖掘|规模化|供应|专业化|定制|服务|研究$")


def _how_sure(name: str, read: Action, where: Zone, *, local: bool, many: bool, long: bool, like: bool) -> float:
    """How sure it is that a listed name is a field that the plan wants; 0 where it is none."""
    if not 2 <= len(name) <= 34 or is_generic(name):
        return 0.0
    known = field_entry(name) is not None
    if not known and _NO_FIELD.search(name) and not _KEEPS.search(name):
        return 0.0
    if name.endswith(("基地", "园区")) or _INSTITUTION.search(name) and not _DIGITAL.search(name):
        return 0.0
    headed = has_head(name) or (name.endswith("一体化") and "药" in name)
    wanted = read.kind in ("develop", "more", "none") or bool(_STRONG_TAIL.search(read.tail)) or read.kind == "topic"
    if where == "priority":
        listed = (like or long) and not read.verb.endswith(_SYSTEM_VERBS)
        return 0.95 if known else 0.8 if headed else (0.7 if like else 0.5) if wanted and listed else 0.0
    if local and wanted and (known or headed):
        return 0.8 if known or _of_the_trade(name) else 0.7
    if local and len(name) <= 10 and not _VAGUE.search(name) and (like or _LEADING.search(read.verb)):
        return 0.65
    if where in ("task", "open"):
        if known:
            return 0.85 if wanted else 0.6 if where == "open" or many else 0.0
        return 0.75 if wanted and headed and _of_the_trade(name) else 0.0
    return 0.6 if known and (wanted or many) and where != "past" else 0.0


def _of_the_trade(name: str) -> bool:
    """Whether a name has a word of the industry in it, not only a head such as 技术 or 服务."""
    return bool(re.search(pattern("fields", "trade"), name))


_TITLE_LEAD = re.compile(
    rf"^(?:{'|'.join(sorted({*words('actions', 'push'), *words('actions', 'develop')}, key=lambda w: (-len(w), w)))})+"
)
_TITLE_TAIL = re.compile(
    r"(?:(?:的)?(?:领域|产业|产业链|方向|方面|板块|规模化|高端化|特色化|集群化|突破性|传承|创新|高质量|跨越式|快速|集聚|融合|优化|提质|升级|做大做强|做优做强|提升|发展|布局|研发|培育|工程|行动|制造|能力|水平|建设|优势|体系|重点|攻关|突破|增效|扩量|壮大|振兴|崛起|跃升))+$"
)


def heading_fields(title: Slice) -> Iterator[tuple[str, int, int]]:
    """The fields that a heading names, with their places.

    >>> [name for name, *_ in heading_fields(Slice("推进高端医疗器械规模化发展", 0))]
    ['高端医疗器械']
    >>> [name for name, *_ in heading_fields(Slice("中药材和中药饮片", 0))]
    ['中药材', '中药饮片']
    """
    for part in split(title, "，"):
        lead = _TITLE_LEAD.match(part.text)
        body = part.part(lead.end() if lead else 0)
        if len(body.text) < 2 or is_generic(body.text):
            body = part  # 产业化技术: the verb belongs to the name
        body = body.part(0, len(re.sub(r"(?:领域|方面|方向|板块)$", "", body.text)))
        if not load().find("field", body.text):
            tail = _TITLE_TAIL.search(body.text)
            if tail and tail.start() >= 2:
                body = body.part(0, tail.start())
        for item in items(body):
            name = clean(item.name)
            if item.role != "modifier" and len(name) >= 2 and not is_generic(name) and not is_disease(name):
                if field_entry(name) is not None or not _NO_FIELD.search(name):
                    yield name, item.start, item.end


def parent_field(path: Iterable[Section]) -> str | None:
    """The heading that the items of a passage stand under, as worded: the nearest that names a field."""
    for section in path:
        if section.kind in ("box", "chapter", "bare", "part"):
            continue
        named = list(heading_fields(Slice(section.title, 0)))
        if named and (field_entry(named[0][0]) is not None or has_head(named[0][0])):
            title = re.sub(r"(?:领域|方面|方向|板块)$", "", section.title)
            return title if len(named) > 1 else named[0][0]
    return None
