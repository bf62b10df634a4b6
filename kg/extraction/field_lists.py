"""What a list of things under one verb says: fields, and diseases with the field whose aim they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.documents.document import Section
from kg.extraction.actions import Action
from kg.extraction.cluster_names import ClusterMention
from kg.extraction.enumeration import DEED, items
from kg.extraction.field_names import DIGITAL, OF_INSTITUTIONS, Setting, clean, has_maker, how_sure
from kg.extraction.field_use import FieldUse
from kg.extraction.heads import Item
from kg.extraction.list_aims import ANY_DISEASE
from kg.extraction.naming import disease_entry, field_entry, has_head, is_disease, is_generic
from kg.extraction.places import own_list
from kg.extraction.state import RegionMention
from kg.extraction.subjects import Subject
from kg.extraction.text import Slice
from kg.extraction.zones import Zone, is_layout, sector
from kg.lexicon.vocabulary import load
from kg.lexicon.words import words


@dataclass(frozen=True, slots=True)
class Context:
    """Where a list stands: headings, part of the plan, the class told by the heading, whose list it is."""

    path: Sequence[Section]
    zone: Zone
    parent: str | None
    subject: Subject | None
    opens: int
    setting: Setting | None = None

    @property
    def local(self) -> bool:
        """Whether the list is that of a region within the plan's own."""
        return self.subject is not None and self.subject.local


class FieldLists:
    """Reads the lists of one document; remembers the last thing named, which 用于…的治疗 after it speaks of."""

    def __init__(self, regions: Sequence[RegionMention], clusters: Sequence[ClusterMention]) -> None:
        self._regions = regions
        self._clusters = clusters
        self.last: str | None = None

    def aims(self, clause: Slice, context: Context, of: str | None) -> Iterator[FieldUse]:
        """The diseases that the product before is for: 开发单克隆抗体，用于强直性脊柱炎的治疗."""
        body = clause.part(USE_FOR.match(clause.text).end())  # type: ignore[union-attr]
        tail = re.search(r"(?:等)?(?:病症|疾病|适应症|领域)?的?(?:预防|治疗|防治|诊断|干预)*$", body.text)
        body = body.part(0, tail.start()) if tail and tail.start() else body
        aims = (
            self._disease(item, context, "aim-of-product") for item in items(body) if is_disease(item.name)
        )
        yield from (replace(aim, of=of) for aim in aims)

    def _disease(self, item: Item, context: Context, rule: str) -> FieldUse:
        """The use of a disease as an aim, whose it is yet to be told."""
        return FieldUse(
            _SUFFERERS.sub("", item.name), item.start, item.end, context.opens, "disease", context.parent, None,
            context.zone, 0.9, rule, subject=context.subject,
        )  # fmt: skip

    def named(self, clause: Slice, context: Context) -> Iterator[FieldUse]:
        """The well-known fields of a list that only a class follows: 精准医疗、智慧医疗等新业态持续壮大."""
        m = _NAMED.match(clause.text)
        if m is None or context.zone == "past":
            return
        read = Action("topic", m.group(), clause.part(m.start("list"), m.end("list")))
        for item in items(read.things):
            if field_entry(item.name) is not None and item.role != "modifier":
                yield from self._use(item, read, context, about_disease=False)

    def listed(self, read: Action, context: Context) -> Iterator[FieldUse]:
        """The fields and diseases of the list that an action governs."""
        aims, things = _aimed(read.things)
        if aims:
            made = [i for i in items(things) if i.role in ("class", "item")]
            of = next(
                (i.name for i in made if i.role == "class"),
                made[0].name if len(made) == 1 or _and_more(made, things) else None,
            )
            of = _kind(of, context)
            yield from (replace(self._disease(aim, context, "aim-of-class"), of=of) for aim in aims)
            read = replace(read, things=things)
        for subject, part in own_list(read.things, self._regions):
            own = replace(context, subject=subject)
            for item in items(part):
                yield from self._use(item, read, own, about_disease=False)
        deed = DEED.search(read.things.text)
        if deed and not read.tail:
            read = replace(read, tail=deed.group())  # 推动A、B等大品种|二次开发
        used = bool(_USED.search(read.things.text)) and read.tail.endswith(
            "应用"
        )  # 推进远程医疗等优势领域的应用
        if (
            used
            or _NOT_WANTED.search(read.things.text)
            or (read.tail == "出口" and context.zone != "priority")
        ):
            return
        used_in = re.search(
            r"(?<!存)在[^，]*?(?:等)?(?:领域|环节|方面|行业|过程|生产|研发)", read.things.text
        )
        things = read.things.part(0, used_in.start()) if used_in else read.things  # 探索X在Y领域的应用
        if (
            context.zone != "priority"
            and OF_INSTITUTIONS.search(things.text)
            and not DIGITAL.search(things.text.rsplit("等", 1)[-1])
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
        if read.kind == "topic" and read.verb.endswith("需求"):  # 围绕保健、养老需求: what for, not what
            listed = [i for i in listed if is_disease(i.name)]
        for n, item in enumerate(listed):
            here = replace(context, subject=shares[n]) if shares else context
            yield from self._use(item, read, here, about_disease=about_disease)

    def _use(self, item: Item, read: Action, context: Context, *, about_disease: bool) -> Iterator[FieldUse]:
        name = _SUFFERERS.sub("", clean(item.name))
        if item.role == "class" and name in words("fields", "whole_industry"):
            return  # 免疫细胞、基因治疗等生物医药前沿领域
        rule = f"{read.kind}-{item.role}"
        base = FieldUse(
            name, item.start, item.end, context.opens, item.role, context.parent,
            sector(context.path, name), context.zone, 0.9, rule, subject=context.subject, layout=is_layout(context.path),
        )  # fmt: skip
        local = context.local
        if item.role == "modifier":
            if is_disease(name) or (len(name) <= 4 and item.of and "药" in item.of):
                of = _kind(item.of, context) or (None if local else context.parent)
                yield replace(base, role="disease", of=of, rule="aim-of-class")
            return
        if local and read.kind == "topic" and not about_disease and "领域" in read.verb and is_disease(name):
            yield replace(base, confidence=0.7, rule="topic-area")
            return
        if is_disease(name) and (about_disease or field_entry(name) is None):
            if about_disease or disease_entry(name):
                yield replace(base, role="disease", of=None, rule="aim-of-passage")
            return
        target = all(load().find("drug-target", part) for part in re.split(r"[/、]", name))
        if target and field_entry(name) is None:  # 生长激素 is both, and meant as a drug
            return
        if any(c.start < item.end and item.start < c.end for c in self._clusters):
            return
        if local and has_maker(item.name):
            return  # 江夏区…推动人福医药枸橼酸芬太尼注射液扩能: what one company makes
        setting = replace(context.setting or Setting(context.zone), local=local)
        sure = 0.0 if is_generic(item.name) else how_sure(name, read, setting)
        if sure:
            self.last = name
            yield replace(base, confidence=sure)


def _kind(name: str | None, context: Context) -> str | None:
    """The kind of thing that a disease is the aim of; None where the heading says more: 针对肝癌的新药 under 生物药."""
    of = clean(name) if name else None
    if of and context.parent and not context.local and (of in ANY_DRUG or is_generic(of)):
        return None
    return of


def _and_more(made: Sequence[Item], things: Slice) -> bool:
    """Whether one thing is for the diseases and another is only added: 治疗性疫苗以及疫苗佐剂, not 单抗、双抗."""
    return len(made) == 2 and "、" not in things.text


def _aimed(things: Slice) -> tuple[list[Item], Slice]:
    """The diseases that stand before the things they are the aim of, and the things: 针对肝癌、胃癌的|检测产品."""
    m = _AIMED.match(things.text)
    aims = items(things.part(m.start("aims"), m.end("aims"))) if m else []
    if not aims or not all(is_disease(a.name) and a.name not in ANY_DISEASE for a in aims):
        return [], things
    return aims, things.part(m.end() if m else 0)


def _shares(read: Action, context: Context, listed: Sequence[Item]) -> list[Subject]:
    """Each region's own item where the text deals them out: 景德镇、萍乡分别发展医用陶瓷、药用玻璃."""
    subject = context.subject
    if subject is None or len(listed) < 2 or not (subject.each or "分别" in read.verb):
        return []
    regions, clusters = subject.regions, subject.clusters
    if len(regions) == len(listed) and len(clusters) in (0, len(listed)):
        places = clusters or (None,) * len(listed)
        return [
            replace(subject, regions=(r,), clusters=(c,) if c else ())
            for r, c in zip(regions, places, strict=True)
        ]
    if len(clusters) == len(listed):
        return [replace(subject, regions=(c.region,) if c.region else (), clusters=(c,)) for c in clusters]
    return []


_AREAS = re.compile(r"等(?:多个|若干)?(?:重点|优势|特色|细分|前沿|新兴|关键)*(?:领域|产业|板块|业态|赛道)$")
_KIND_OF_DISEASE = re.compile(r"等(?P<name>[^等领方病]{1,8}(?:疾病|病|症|瘤|癌))的?$")
_SUFFERERS = re.compile(r"(?<=..)(?:患者|病人|人群)$")  # 面向痛风患者
_USED = re.compile(r"^(?:(?!在).)*领域$")
_NOT_WANTED = re.compile(
    r"等(?:[各多全]个?|相关)?(?:环节|全?流程|全?过程)(?!攻关)|等(?:[^，；、]{0,4}?)(?:企业|机构|院所|高校|单位)(?:深度|开展|加强)?(?:合作|联合|协作|对接)|"
    r"等“[^”]*(?:大脑|工厂|行动|工程)”|^从[^，；]+(?:全过程|全流程)"
)  # 药效、安全评价、临床评价等环节: stages; 医疗器械、电子等企业深度合作: who; 生物医药、中药等“产业大脑”: whose
_NAMED = re.compile(
    r"^(?:在|以|加强)?(?P<list>[^，。；]*、[^，。；]*?)等(?:多个)?(?:重点|新兴|优势|关键|细分|特色)*(?:新业态|新模式|业态|领域|产业|赛道|新技术|服务)"
)
_AIMED = re.compile(
    r"^(?:以[^，。；的]+?为靶点、)?(?:针对|用于|面向|适用于)(?P<aims>[^，。；的]{2,60}?)"
    r"(?:等(?:重大|常见|多发|慢性)?(?:疾病|病症|疑难病|慢性病)|等?(?:适应症|领域|患者)|等)?(?:早期|精准)?(?:筛查|预防|治疗|防治|诊断|检测|诊疗)*的(?=[^，。；]{2})"
)
ANY_DRUG = frozenset(
    ("创新药物", "创新药", "新药", "药物", "产品", "新产品", "药物产品", "品种", "新品种", "药品")
)
USE_FOR = re.compile(r"(?:主要)?(?:用于|适用于|主治|应用于)(?:治疗|预防|防治|诊断)?")
