"""Enumerations: ``A、B和C等D`` → its items, with shared heads and modifiers given back to each item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extraction.heads import (
    Item,
    adjectives_joined,
    class_head,
    ends_noun,
    heads_restored,
    is_bare_head,
    is_modifier,
    modifiers_shared,
    process_stem,
    shared_head,
    works_on,
)
from kg.extraction.list_aims import ANY_DISEASE, FOR, aimed_at, each_work, of_kinds
from kg.extraction.naming import is_disease, is_whole
from kg.extraction.text import Slice, split, without_brackets
from kg.lexicon.vocabulary import load
from kg.lexicon.words import pattern

_HOLE = "\x00"  # stands for characters that were set aside, so that positions stay
_NOT_ETC = re.compile(r"有机结合的|等(?=离子|级|同|位|渗|温|效|量|规|轴)|(?<=[高中同平对初优均相])等")
_ETC = re.compile(r"等?为(?:代表|主|主导|主体|核心|重点|发展重点|特色|龙头|支撑)的|(?:于)?一体(?:化)?的|等")
_JOINER = re.compile(r"以及|，?特别是|，?尤其是|(?:及|和|与)其[他它]|及(?!其)|和|与|或")
_QUOTES = "“”‘’《》"


def items(piece: Slice) -> list[Item]:
    """The items of a list in order of place, classes after their examples.

    >>> [i.name for i in items(Slice("口服速释、缓控释、多颗粒系统等口服调释给药系统", 0))]
    ['口服速释系统', '口服缓控释系统', '口服多颗粒系统', '口服调释给药系统']
    >>> [i.name for i in items(Slice("细胞及基因治疗", 0))]
    ['细胞治疗', '基因治疗']
    """
    such = _SUCH_AS.match(piece.text)
    if (
        such and ends_noun(such["class"]) and not is_disease(such["class"])
    ):  # 新型抗体如抗体偶联药物、双功能抗体等
        named = _plain(such["class"])
        rest = items(piece.part(such.end()))
        return [*rest, Item(named, piece.start, piece.start + such.end("class"), role="class")]
    aim = FOR.match(piece.text)
    body = piece.part(aim.end()) if aim else piece
    found: list[Item] = []
    for n, (group, class_) in enumerate(_groups(_masked(body))):
        found.extend(_named(group, class_, aimed=aim is not None and n == 0))
    return found


_RELATIVE = re.compile(
    r"(?:靶向(?=[A-Z])|具有|具备|拥有|带有|满足|符合|可提供|可实现|提供|适用于|应用于|用于|面向|(?<!为)代表(?!的)|融合(?!发展|创新)|有(?=明确|较|良好|重大|自主|独特|广阔|巨大|效))"
    r"[^，；]{1,45}?的(?!确)|集[^，；]{2,90}?(?:为一体|于一体)的|以[^，；]{1,45}?为(?:靶点|导向|主药|原料|基质)的(?=..)"
)
_EVALUATIVE = re.compile(
    r"(?:(?:(?:(?![和及与或])[\u4e00-\u9fff]){1,6}(?:高|大|强|好|小|急需|必需|紧缺|短缺|确切|明确|突出|可控|领先|显著|成熟|广阔|低|优|佳|可靠|不足|旺盛|稳定|长效|先进|完善|迫切)|长效|安全|有效|新(?:型)?(?:靶点|机制|作用机制|作用机理|机理|分型|结构|适应症|途径|表位))"
    r"、?(?:且|和|、|，)?){1,6}(?<![、和且])的"
)


def _masked(piece: Slice) -> Slice:
    """The list with evaluative clauses set aside: 具有新靶点、新机制的化学新药, 市场紧缺、附加值高的特色原料药."""
    text = piece.text
    for attribute in (_RELATIVE, _EVALUATIVE):
        text = attribute.sub(lambda m: _HOLE * len(m.group()), text)
    return Slice(text, piece.start)


_CLASS_LEAD = re.compile(
    r"^(?:(?:产品|技术)?为(?:代表|主|主导|重点|核心|特色)的?|在内的?|一批|各类|系列(?!化)|多种|新?兴?(?:重点|优势|特色|细分|前沿|新兴|关键|主要|新需求|重大)*(?:领域|方面|方向|环节|产业|行业)的?)"
)
_PURPOSE = re.compile(
    r"^(?:的|[^，、；。的为]{0,8}?(?:疾病|病种|领域|方面|病症|适应症|系统|感染|传染病|病|症|类|人群|需求|产品使用|所用|专用)(?:防治|诊断|治疗|诊疗)?的)(?=.)"
)
_SUCH_AS = re.compile(r"^(?P<class>[^，、；等]{2,12}?)(?:，?(?:主要|重点)?包括|，?例如|，?如)(?=.{2})")


def _groups(piece: Slice) -> Iterator[tuple[list[Slice], Slice | None]]:
    """The runs of items, each with the class that its 等 leads to."""
    run: list[Slice] = []
    for part in split(piece, "、，"):
        mark = next((m for m in _ETC.finditer(part.text) if not _inside_word(part.text, m.start())), None)
        if mark is None:
            run.append(part)
            continue
        run.append(part.part(0, mark.start()))
        rest = part.part(mark.end())
        yield [r for r in run if r.text.strip(_HOLE)], rest if rest.text.strip(_HOLE) else None
        run = []
    if run:
        yield [r for r in run if r.text.strip(_HOLE)], None


def _inside_word(text: str, at: int) -> bool:
    if _depth(text, at):
        return True
    return any(m.start() == at for m in _NOT_ETC.finditer(text))


def _depth(text: str, at: int) -> int:
    return sum(c in "（《“" for c in text[:at]) - sum(c in "）》”" for c in text[:at])


def _named(group: Sequence[Slice], class_: Slice | None, *, aimed: bool) -> list[Item]:
    """The items of one run and its class, heads restored."""
    if class_ is not None and len(group) == 1 and is_modifier(_plain(group[0].text)):
        part = Slice(group[0].text + "等" + class_.text, group[0].start)  # 儿童等特殊人群适用剂型: one thing
        return [Item(_plain(part.text), *_edges(part))]
    lead = _PURPOSE.match(class_.text) if class_ else None
    if aimed and lead is None and class_ is not None and "的" in class_.text:
        lead = re.match("", class_.text)  # 针对缓控释、膜剂等复杂制剂的生产设备: what the class is for
    purpose = lead is not None
    named: list[Item] = []
    for n, part in enumerate(group):
        listed = len(group) > 1 and n == len(group) - 1
        pair = [Item(_plain(p.text), *_edges(p)) for c in _conjuncts(part, last=listed) for p in _apposed(c)]
        pair = [w for i in pair if i.name for w in each_work(i)]
        named.extend(
            pair if lead or aimed else heads_restored(pair)
        )  # 甘精与门冬胰岛素: the pair shares its own head
    classes = _classes(class_) if class_ is not None else []
    kinds = of_kinds(named)
    if kinds:
        return [*kinds, *classes]
    if not purpose:
        uses = aimed_at(named, sure=aimed)
        if uses:
            return [*uses, *classes]
    if lead is not None and class_ is not None:
        of = classes[0].name if classes else None
        kind = re.sub(r"(?:防治|诊断|治疗|诊疗)?的$", "", lead.group())
        if is_disease(kind) and kind not in ANY_DISEASE:
            named.append(Item(kind, class_.start, class_.start + len(kind)))
        return [
            *(replace(i, name=i.name.removesuffix("用药"), role="modifier", of=of) for i in named),
            *classes,
        ]
    named = heads_restored(adjectives_joined(named))
    if classes:
        written = list(named)
        for n in range(len(named) - 1, -1, -1):
            if not (
                works_on(written, classes[0].name, named[n].name)
                or is_modifier(named[n].name)
                or named[n].name.endswith("类")
            ):
                break
            named[n] = replace(named[n], name=named[n].name + class_head(classes[0].name))
    return [*modifiers_shared(named), *classes]


DEED = re.compile(
    r"(?<=..)(?:[和与及、]?(?:(?:上市后)?再评价|循证评价|一致性评价|二次开发|(?:规范化|标准化|规模化|生态)(?:种植|种养|养殖)|产地初?加工|种植[与及和]?加工|种养[与及和]?加工))+$"
)  # A、B等大品种|二次开发


def _classes(class_: Slice) -> list[Item]:
    """The class or classes after 等; what is generic there falls away."""
    again = next(
        (m for m in _ETC.finditer(class_.text) if not _inside_word(class_.text, m.start()) and m.start() > 1),
        None,
    )
    class_ = class_.part(0, again.start()) if again else class_  # 溶氧探头等高端传感器等核心部件
    text = class_.text
    lead = _CLASS_LEAD.match(text) or _PURPOSE.match(text)
    body = class_.part(lead.end() if lead else 0)
    deed = DEED.search(body.text)
    body = body.part(0, deed.start()) if deed else body
    found = [Item(_plain(p.text), *_edges(p), role="class") for p in _conjuncts(body, last=True)]
    return [w for i in heads_restored(found) if i.name for w in each_work(i)]


def _conjuncts(part: Slice, *, last: bool) -> list[Slice]:
    """The two halves of ``A和B`` where each is a thing, else the part as it is."""
    text = part.text
    if re.search(pattern("fields", "one_thing") + "|一体化$", re.sub("及其[他它]", "", text)) or (
        load().find("field", _plain(text)) and not _splits(_plain(text))
    ):
        return [part]
    for m in _JOINER.finditer(text):
        left, right = part.part(0, m.start()), part.part(m.end())
        if _depth(text, m.start()) or not left.text.strip(_HOLE) or len(right.text.strip(_HOLE)) < 1:
            continue
        closes = (
            last
            and m.group() in ("和", "与")
            and not (_joint(right.text) and len(right.text) <= 5)
            and len(left.text) > 1
            and len(right.text) > 1
        )
        if (
            m.group() in ("以及", "特别是", "尤其是")
            or closes
            or _halves(_plain(left.text), _plain(right.text))
        ):
            return [*_conjuncts(left, last=False), *_conjuncts(right, last=last)]
    return [part]


def _splits(name: str) -> bool:
    """Whether a name that the vocabulary has is still two things: 细胞及基因治疗."""
    for m in _JOINER.finditer(name):
        left, right = name[: m.start()], name[m.end() :]
        head = shared_head(right)
        if load().find("field", right) and (
            load().find("field", left) or (head and load().find("field", left + head))
        ):
            return True
        if (
            head
            and head in ("治疗", "检测", "诊断", "疗法")
            and left.endswith(("细胞", "基因", "分子", "免疫", "生化"))
        ):
            return True
    return False


_APPOSED = re.compile(r"^(?P<class>[\u4e00-\u9fff]{4,}?)(?P<name>[A-Z][A-Za-z0-9/-]+)$")


def _apposed(part: Slice) -> Iterator[Slice]:
    """A class with the name of one of its kind right after it: 核医学影像设备|PET-CT."""
    m = _APPOSED.match(part.text)
    if m and ends_noun(m["class"]):
        yield part.part(0, m.end("class"))
        yield part.part(m.start("name"))
    else:
        yield part


def _halves(left: str, right: str) -> bool:
    """Whether both sides of a conjunction stand on their own once the shared head is given back."""
    if process_stem(left, right):
        return True
    right = re.sub(r"(?<=..)产品(?:开发|研发|生产)$", "", right)
    if (is_whole(left) and (is_whole(right) or is_bare_head(right))) or (
        is_disease(left) and is_disease(right)
    ):
        return not (_joint(right) and not is_whole(left))
    head = shared_head(right)
    joint = _joint(right)
    if head and not joint:
        return len(right) > len(head) and len(left) >= 2
    return bool(not joint and is_whole(right) and not is_whole(left) and len(left) >= 4 and ends_noun(left))


def _joint(right: str) -> bool:
    return bool(re.search(pattern("fields", "joint_heads") + "$", right))


def _plain(text: str) -> str:
    """A name as it is listed: no gloss in brackets, no quotation marks, no words that only lead up to it."""
    name = without_brackets(text.replace(_HOLE, "")) if not text.startswith("（") else text.replace(_HOLE, "")
    name = name.strip("，。；：、 ")
    name = re.sub(r"(?<=[\u4e00-\u9fff])“[^“”]{2,6}”$", "", name)  # 林蛙油“新三宝”
    if name[:1] in _QUOTES and name.count("“") == name.count("”"):
        name = name.replace("“", "").replace("”", "")
    name = re.sub(
        r"^(?:以及|及|和|与|以|如|包括|例如|特别是|尤其是|一批|各类|其他|其它|相关|并|的|新一批)+", "", name
    )
    name = FOR.sub("", name) if is_disease(FOR.sub("", name)) or "的" in name else name
    return name.removesuffix("等")


def _edges(part: Slice) -> tuple[int, int]:
    """Where a part's own text stands, set-aside characters left out at the ends."""
    kept = part.strip(_HOLE + "，。；：、")
    return (kept.start, kept.end) if kept else (part.start, part.end)
