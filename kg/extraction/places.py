"""Ties of regions to fields that no verb of developing makes: what a place is built into, is strong in, or is listed with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extraction.enumeration import items
from kg.extraction.naming import field_entry, has_head, is_disease, is_generic
from kg.extraction.state import RegionMention
from kg.extraction.subjects import Subject, leading_subject
from kg.extraction.text import Slice, clauses, split
from kg.lexicon.gazetteer import Mention
from kg.lexicon.words import words


@dataclass(frozen=True, slots=True)
class Tie:
    """A field said of a subject; ``rule`` begins with ``strength`` where the text states an existing advantage."""

    name: str
    start: int
    end: int
    subject: Subject
    rule: str
    confidence: float


_PLACE = (
    r"(?:特色|优势|专业|现代|先进|高端|国际知名)*(?:产业|制造业|制造|产业化|生产|研发|创新|加工|原料|高技术产业|全产业链|临床研究)*"
    r"(?:产业集群|集群|密集区|集聚区|聚集区|集聚地|聚集地|集聚发展区|基地|高地|策源地|先行区|园区|产业带|之都|名城|强市|重镇|特色产业区|标杆|新区|示范区|示范城市)"
)
_BUILT = re.compile(r"打造|建设|形成|建成|构建|争创|创建|培育|成为")
_ANY_PLACE = re.compile(
    r"(?:产业集群|集群|密集区|集聚区|聚集区|集聚地|聚集地|基地|高地|策源地|先行区|园区|产业园|专业园|创新区|产业带|之都|名城|强市|重镇|示范区|新区|研发中心|制造中心|生产中心|创新中心|原料药?产区)$"
)
_STRONG = re.compile(
    r"(?:优势|领先|招牌|名片|支柱|看家本领|前列|突出|并跑|领跑|第一|首位|前茅|较强|良好|初具规模|初步形成|特色鲜明|实力雄厚|基础雄厚|知名|影响力|竞争力|见长|著称|闻名)"
)
# What stands well in the country: 血液制品、体外诊断｜在国内具备较强竞争力, 中药膏剂｜优势突出.
_STANDS = re.compile(
    r"^(?:已?形成了?|拥有|具备|具有)?(?P<list>[^，。；在居处]{2,60}?)(?:等)?(?:多个)?(?:重点|优势|特色|细分|主导|技术|关键)*(?:领域|产业|行业|产品|品种|板块)?"
    r"(?:研发|生产|制造|产业|创新|规模|产值|产能|技术|水平)*(?:整体|均|都|已)?(?:在(?:全国|国内|国际|全球|世界|省内|行业|同行业|业内|全省)|位居|居于?|处于|位列|跻身|"
    r"走在|领跑|具备|具有|享有|优势|特色(?=鲜明|明显|突出)|竞争力|实力|全国领先|国内领先|国际领先)"
)
_WEAK = re.compile(r"矛盾|问题|短板|不足|不强|瓶颈|偏低|滞后|空白|差距|薄弱|制约")
_MOOD = re.compile(r"局面|态势|势头|格局")
_STRONG_LIST = re.compile(
    r"^(?:在|以|已形成了?|形成了?|拥有|具有|发挥|巩固|涌现出|重点培育了|培育形成了?)?(?P<list>.+?)(?:等)?(?:多个|一批)?(?:细分|重点|技术|优势|特色|关键)*(?:领域|产业|行业|产品|方面|板块|而?(?=见长|著称|闻名))"
)


_INSTITUTION = re.compile(
    r"国家(?!级)[^，、]{2,14}(?:技术|产业|制造业)?创新中心$"
)  # one institution, not a kind of place


# What ranks high by how much of it there is: 人参、刺五加|产量位居全国前列, 罗汉果等药材|产量占全国八成以上.
_RANKED = re.compile(
    r"^(?P<list>[^，。；]{2,40}?)(?:品种|产品)?(?:的|出口)?(?:产量|产值|产能|出口量|出口额|种植规模|种植面积|生产规模|规模|市场份额|市场占有率)(?:均|都)?"
    r"(?:约|已)?(?:位居|位列|居|占|列|稳居)(?=[^，。；]{0,6}(?:全国|全球|世界|国内|国际|亚洲|全省|全区|全市))"
)


_SEVERAL = re.compile(r"[两三四五六](?:大|个|地)")


def built_into(
    clause: Slice, subject: Subject, fields: Sequence[Mention], regions: Sequence[RegionMention]
) -> Iterator[Tie]:
    """The fields of the bases that the subject is to become: 打造国际知名的化学药制造基地、南药健康产业基地.

    Where the clause names others of its own rank, the bases are theirs: 打造樟树、南城两大集聚区.
    """
    lead = _BUILT.search(clause.text)
    if lead is None:
        return
    others = [r for r in regions if clause.start + lead.end() == r.start and r.subject and r.rank in (2, 3)]
    if any(r.code not in {s.code for s in subject.regions} for r in others) and _SEVERAL.search(clause.text):
        return
    for part in split(clause.part(lead.start()), "、"):
        place = _ANY_PLACE.search(part.text)
        if place is None or _INSTITUTION.search(part.text):
            continue
        at = part.start + place.start()
        inside = [f for f in fields if part.start <= f.start and f.end <= at and not is_generic(f.text)]
        if (
            joint := _joint_fields(part, _OF_PLACE.search(part.text, 0, place.start()), inside)
        ) and subject.local:
            yield from (Tie(f.text, f.start, f.end, subject, "place-built", 0.8) for f in joint)
            continue
        field = next((f for f in inside if f.end == at), None) or (
            inside[0] if inside and at - inside[0].end <= 8 else None
        )
        if field is not None and place.group().endswith("园") and field.end != at:
            field = None  # 中医药｜健康｜产业园: what the park is for is more than the field
        of_all = field is not None and field.text in words("fields", "whole_industry")
        if field is not None and not (of_all and all(r.rank < 2 for r in subject.regions)):
            sure = 0.8 if field.end == at else 0.7
            for item in items(Slice(field.text, field.start)):
                yield Tie(item.name, item.start, item.end, subject, "place-built", sure)


_OF_PLACE = re.compile(r"(?:特色|优势|高端)*(?:产业化|产业|制造业?|生产|研发|加工|种植|示范|创新)*$")


def _joint_fields(part: Slice, tail: re.Match[str] | None, inside: Sequence[Mention]) -> list[Mention]:
    """The fields that a place is for, where several are joined: 血液制品和体外诊断｜生产基地; nothing where one is."""
    at = part.start + (tail.start() if tail else 0)
    found: list[Mention] = []
    for field in reversed(inside):
        if field.end != at:
            break
        found.insert(0, field)
        if part.text[: field.start - part.start][-1:] not in tuple("和与及"):
            break
        at = field.start - 1
    return found if len(found) > 1 else []


# Each in its own place, and all as one: 推动｜甲区疫苗、乙区医疗器械｜错位发展.
_BESIDE = re.compile(
    r"^(?:加快|着力|进一步)*(?:形成|构建|推动|推进|促进|引导|支持|实现|打造|鼓励)(?:以)?(?P<list>[^，。；]+?)(?:等)?"
    r"(?:(?:错位|协同|协作|联动|差异化|特色化|互补|优势互补|协调|集群|集聚|融合|竞相|互动|联袂|并进|各具特色|各展所长|各有侧重|齐头并进|比翼齐飞)(?:化)?)+"
    r"(?:发展|布局|互补|并进|推进)*的?(?:新?格局|态势|局面|布局|体系)?$"
)


def side_by_side(clause: Slice, regions: Sequence[RegionMention]) -> Iterator[Tie]:
    """The regions of a layout that is told in one list, each with its own fields: 推动甲区疫苗、乙区保健食品错位发展."""
    m = _BESIDE.match(clause.text)
    parts = list(own_list(clause.part(m.start("list"), m.end("list")), regions)) if m else []
    if len({subject.start for subject, _ in parts}) < 2:
        return
    for subject, part in parts:
        for item in items(part):
            known = field_entry(item.name) is not None
            if (known or has_head(item.name)) and not is_generic(item.name) and not is_disease(item.name):
                yield Tie(item.name, item.start, item.end, subject, "side-by-side", 0.85 if known else 0.75)


_AND_PLACE = re.compile(
    rf"(?:等(?:地|市|地区|城市)?|[两三四五六](?:大|个|地))(?P<fields>[^，。；]{{2,24}}?)(?:领域|产业)?(?P<place>{_PLACE})"
)


def listed_places(sentence: Slice, regions: Sequence[RegionMention], *, past: bool) -> Iterator[Tie]:
    """Regions listed before a kind of place: 无锡、徐州等医疗器械集聚区, 济南生物医药、青岛海洋生物等产业集群."""
    rule = "strength-listed" if past else "place-listed"
    for clause in clauses(sentence):
        for m in _AND_PLACE.finditer(clause.text):
            listed = list(_regions_before(clause.part(0, m.start()), regions))
            if len(listed) < 2:
                continue
            shared = Subject(tuple(listed), (), listed[0].start, listed[-1].end)
            for item in items(clause.part(m.start("fields"), m.end("fields"))):
                if field_entry(item.name) is not None or has_head(item.name):
                    yield Tie(item.name, item.start, item.end, shared, rule, 0.8)


def _regions_before(piece: Slice, regions: Sequence[RegionMention]) -> Iterator[RegionMention]:
    """The regions that open the parts of a list which ends with the piece, verbs before the first left aside."""
    opened = piece.text.rfind("（")
    if opened >= 0 and "）" not in piece.text[opened:]:
        piece = piece.part(opened + 1)  # “多极”（无锡、徐州等…
    for n, part in enumerate(split(piece, "、")):
        inside = [r for r in regions if part.start <= r.start < part.end and r.subject]
        first = next((r for r in inside if r.start == part.start), None) or (
            inside[0] if n == 0 and inside else None
        )
        if first is not None:
            yield first


def strengths(
    sentence: Slice, held: Subject | None, regions: Sequence[RegionMention], fields: Sequence[Mention]
) -> Iterator[Tie]:
    """Existing advantages: 在医学影像、体外诊断等细分领域具有一定优势; 生物药创新能力突出."""
    subject = held
    for clause in clauses(sentence):
        own = list(_own_strengths(clause, regions))
        if own:
            yield from own
            continue
        led = leading_subject(clause, regions, ())
        if led is not None:
            subject, clause = led.subject, led.rest
        if subject is None or not (_STRONG.search(clause.text) or _RANKED.match(clause.text)):
            continue
        if _WEAK.search(clause.text):
            continue  # 大而不强的矛盾仍较突出
        first = next((f for f in fields if f.start == clause.start), None)
        told = list(_listed_strengths(clause, subject))
        yield from told
        mood = (
            first is not None
            and first.text in words("fields", "whole_industry")
            and _MOOD.search(clause.text)
        )
        if not told and first is not None and not mood and not _is_list(clause):
            yield Tie(first.text, first.start, first.end, subject, "strength-field", 0.8)


def _is_list(clause: Slice) -> bool:
    """Whether a clause lists what is strong, though nothing of it is a field: 产品｜批件数处于全国前列."""
    return any(p.match(clause.text) for p in (_RANKED, _STRONG_LIST, _HAS_BECOME))


_HAS_BECOME = re.compile(r"^(?P<list>.+?)(?:已?成为|是|为)(?!代表|主|重点)")


def _listed_strengths(clause: Slice, subject: Subject) -> Iterator[Tie]:
    """The fields of a list that is said to be strong: 在医学影像、体外诊断等细分领域｜具有一定优势."""
    for m in (
        _RANKED.match(clause.text),
        _STANDS.match(clause.text),
        _STRONG_LIST.match(clause.text),
        _HAS_BECOME.match(clause.text),
    ):
        found = False
        if m and len(m["list"]) >= 2 and not re.search(r"[“（《]", m["list"]):
            for item in items(clause.part(m.start("list"), m.end("list"))):
                known = field_entry(item.name) is not None
                if _MOOD.search(clause.text) and item.name in words("fields", "whole_industry"):
                    continue  # 我省生物医药产业呈现良好局面
                if re.match(r"获得|实现|拥有|成为|累计|占|增", item.name):
                    continue
                if (
                    (known or has_head(item.name))
                    and not is_generic(item.name)
                    and not is_disease(item.name)
                    and len(item.name) <= 16
                ):
                    found = True
                    yield Tie(
                        item.name, item.start, item.end, subject, "strength-listed", 0.85 if known else 0.7
                    )
        if found:
            return


_LEANED = re.compile(
    r"(?:巩固|发挥好?|立足|利用|依托|强化|保持|扩大)(?:和强化|和提升|提升|并扩大)?(?P<who>[^，。；的]{0,6}?)(?P<field>[^，。；]{2,16}?)"
    r"(?:国际|市场|竞争|资源|产业|传统|生产|制造|研发|品牌|大省|先发|特色|独特)*(?:优势|领先地位|(?<=药材)资源)"
)


def _own_strengths(clause: Slice, regions: Sequence[RegionMention]) -> Iterator[Tie]:
    """A list whose parts name their own region: 宁波婴儿培养箱、金华人工关节等重点产品发展态势良好."""
    m = re.match(r"(?:已?(?:初步)?形成了?|涌现出)?(?P<list>.+?)等", clause.text)
    if m is None or (
        not _STRONG.search(clause.text[m.end() :])
        and not m.group().startswith(("形成", "已形成", "初步形成"))
    ):
        return
    parts = list(own_list(clause.part(m.start("list"), m.end("list")), regions))
    if len({subject.start for subject, _ in parts}) < 2:
        return
    for subject, part in parts:
        for item in items(part):
            if (field_entry(item.name) or has_head(item.name)) and not is_generic(item.name):
                yield Tie(item.name, item.start, item.end, subject, "strength-own-list", 0.8)


def leaned_on(
    sentence: Slice, held: Subject | None, regions: Sequence[RegionMention], fields: Sequence[Mention]
) -> Iterator[Tie]:
    """An advantage that a plan builds on: 巩固我省原料药竞争优势."""
    first = next(clauses(sentence), None)
    led = leading_subject(first, regions, ()) if first is not None and held is None else None
    for m in _LEANED.finditer(sentence.text):
        start, end = sentence.start + m.start("who"), sentence.start + m.end("field")
        field = next((f for f in fields if start <= f.start and f.end <= end and f.end >= end - 4), None)
        if field is None or is_generic(field.text):
            continue
        who = next((r for r in regions if start <= r.start and r.end <= field.start), None)
        ground = (
            led if m.group().startswith(("依托", "发挥", "立足", "利用")) else None
        )  # 六安市：依托道地药材资源
        leading = ground.subject if ground else None
        subject = Subject((who,), (), who.start, who.end) if who else held or leading
        if subject is not None:
            yield Tie(field.text, field.start, field.end, subject, "strength-leaned-on", 0.8)


def own_list(piece: Slice, regions: Sequence[RegionMention]) -> Iterator[tuple[Subject, Slice]]:
    """The parts of a list that name their own region: 宁波婴儿培养箱和一体化手术室、金华人工关节."""
    subject: Subject | None = None
    for part in split(piece, "、，"):
        listed = [r for r in regions if r.subject and part.start <= r.start < part.end]
        here: list[RegionMention] = []
        at = part.start
        for r in listed:
            if r.start != at:
                break
            here.append(r)
            at = r.end
        if here and at < part.end:
            subject = Subject(tuple(here), (), here[0].start, here[-1].end)
            part = part.part(at - part.start)
        if subject is not None and part:
            yield subject, part
