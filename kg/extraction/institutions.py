"""Component: which universities, hospitals, laboratories, platforms and associations the text names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.institution_names import KINDS, Candidate, candidates
from kg.extraction.institution_places import home, place_of
from kg.extraction.names import is_rank
from kg.extraction.state import RegionMention, add_facts, document_of, mentions_of, regions_of
from kg.extraction.text import Slice, clauses, sentences
from kg.lexicon.vocabulary import Entry, load
from kg.lexicon.words import pattern, words
from kg.model import InstitutionFact, InstitutionKind

_SELF_PROVINCE = re.compile(r"^(?:我省|全省|本省|省|我市|全市|本市|市)(?!级|属|部|立|内|外|委|政府)")
_AGENCY = re.compile(
    r"(?:发展改革|发展和改革|卫生健康|国资|国有资产|管理|工作|纪律检查|经济和信息化|党工)委员会$"
)


@Language.component("kg_institutions")
def institutions(doc: Doc) -> Doc:
    """Adds an `InstitutionFact` for each institution, where it is first named."""
    document = document_of(doc)
    seen: set[str] = set()
    facts = []
    for c, rule, confidence, region in _longest([*_by_vocabulary(doc), *_by_shape(doc)]):
        key = "".join(sorted(c.name))  # a box may turn the words of the text round
        if key in seen:
            continue
        seen.add(key)
        evidence = document.evidence(c.start, c.end)
        facts.append(
            InstitutionFact(
                name=c.name, kind=c.kind, region=region, evidence=evidence, rule=rule, confidence=confidence
            )
        )
    add_facts(doc, facts)
    return doc


Found = tuple[Candidate, str, float, str | None]


def _longest(found: Sequence[Found]) -> list[Found]:
    """In order of place, without what is part of a longer name."""
    spans = [(f[0].start, f[0].end) for f in found if not f[0].shared]
    kept = [
        f for f in found
        if f[0].shared or not any(a <= f[0].start and f[0].end <= b and b - a > f[0].end - f[0].start for a, b in spans)
    ]  # fmt: skip
    return sorted(kept, key=lambda f: (f[0].start, f[0].end, f[1]))


def _by_shape(doc: Doc) -> Iterator[Found]:
    """What the heads of names find."""
    regions = regions_of(doc)
    firms = {(m.start, m.end) for m in mentions_of(doc, "enterprise")}
    for sentence in sentences(document_of(doc).reading.text):
        for clause in clauses(sentence):
            kept: list[Candidate] = []
            of_clause = list(candidates(clause))
            within = [r for r in regions if sentence.start <= r.start < sentence.end] if of_clause else []
            for c in of_clause:
                rule = _rule(c, kept, within)
                if rule is None or (c.start, c.end) in firms:
                    continue
                whole = _prefixed(c, kept)
                kept.append(whole)
                built = rule != "institution-named" or _SELF_PROVINCE.match(c.name) is not None
                named = replace(whole, name=_full(_plain(whole.name), home(doc)))
                yield named, rule, _CONFIDENCE[rule], place_of(doc, c, sentence, of_clause, built=built)


# ------------------------------------------------------------------ names and classes

_CONFIDENCE = {"institution-named": 0.85, "institution-built": 0.65, "institution-listed": 0.6}
_RANKED = re.compile(r"国家(?!级)|中国|全国|教育部|省(?!内|外|级|份)|全省|我省|全市|市(?!场|级|内|县)|自治区")
_CLASS_RANK = re.compile(pattern("institutions", "class_ranks"))
_ACTIVITY = re.compile(f"{pattern('institutions', 'activities')}$")


def _rule(c: Candidate, kept: Sequence[Candidate], places: Sequence[RegionMention]) -> str | None:
    """By which rule a candidate is a named institution, if by any."""
    if c.name in words("institutions", "classes") and not _of_home(c):
        return None
    if c.head in words("institutions", "nested"):
        return (
            "institution-named" if _WITHIN.search(c.core) and not _counted(c) and not c.attributed else None
        )
    if _AGENCY.search(c.name) or _counted(c) or re.search(r"或|其他|其它", c.core):
        return None
    if c.head == "平台" and re.search(r"[港园城谷区和与及]$|集群$", c.core):
        return None
    if _is_proper(c, places):
        return "institution-named"
    if _is_built(c):
        return "institution-built"
    if c.shared and kept and kept[-1].shared and kept[-1].end == c.end and len(c.core) >= 4:
        return "institution-built"  # its neighbours in the list are specific
    beside = bool(kept) and re.search(r"[、和及与]$", c.before) is not None and not c.attributed
    telling = _specific(c.core, (), 0) >= 2 or _prefixed(c, kept) is not c
    return (
        "institution-listed"
        if beside and telling and c.kind != "laboratory" and not _CLASS_RANK.match(c.core)
        else None
    )


def _is_proper(c: Candidate, places: Sequence[RegionMention]) -> bool:
    """Whether a name is one by itself: by a place, a rank with a topic, or a proper noun before a school or hospital."""
    core = c.core
    if _of_home(c) or (c.kind != "laboratory" and _firm_before(core) and not c.attributed):
        return True
    within = any(c.start <= r.start and r.end <= c.start + len(core) for r in places)
    placed = (within or _opens_with_place(core)) and not c.shared
    specific = _specific(core, places, c.start)
    if c.kind in ("university", "hospital"):
        phrase = re.search(r"等|.{2}[和与及].{2}|类$|型$", core)
        return (placed or len(core) >= 2) and not _only(core) and not phrase and not c.attributed
    if _CLASS_RANK.match(core):
        return False
    ranked = bool(_RANKED.match(core))
    aimed = re.match(r"全国|全球|世界", core) or re.search(
        r"(?:打造|成为|建成|形成)[^，。；]{0,12}$", c.before
    )
    if c.head == "中心" and (aimed or c.attributed):
        return False  # 打造全国制造中心
    if c.head == "系统":
        return bool(re.match(r"全省|全市|全区", core)) and specific >= 2
    if placed and not c.attributed and _WITHIN.search(core[:-1]) and c.head != "系统":
        return True  # of another institution: 某地综合性国家科学中心大健康研究院
    if placed and c.head == "实验室" and load().find("region", core) and not c.attributed:
        return True  # 苏州实验室
    if c.kind == "laboratory" and not placed:
        if (
            c.head == "实验室"
            and not c.attributed
            and (_is_proper_noun(core) or (_founded(c) and _ends_in_proper_noun(core)))
        ):
            return True
        new = c.head != "实验室" and 2 <= len(core) <= 4 and _founded(c) and not c.attributed
        joint = re.search(r"国家(?!级)|全国重点|部省共建|省部共建|教育部", core + c.head) is not None
        return specific >= 2 and (ranked or joint or new)
    if (
        ranked
        and re.search(r"(?:研究院|科学院|检验院|检测院)$", c.head)
        and re.match(r"省|我省|市", core)
        and len(core) >= 3
    ):
        return True
    ranked = ranked or bool(re.search(r"(?:国家|国家地方|国家地方联合|省部共建)$", core))
    return (placed or ranked) and specific >= 2


_WITHIN = re.compile(r"大学|学院|科学院|工程院|医院|研究所|研究院|实验室|科学中心|创新中心|研究中心")


def _opens_with_place(core: str) -> bool:
    """Whether a name opens with the full name of a region, though a word before it may hide that: 组建湖南省…网络."""
    m = re.match(r"[\u4e00-\u9fff]{2,7}?(?:自治区|[省市县州])", core)
    return m is not None and bool(load().find("region", m.group()))


def _of_home(c: Candidate) -> bool:
    """Whether it is the one of the document's own region: 省人民医院, 市中医院."""
    return c.kind == "hospital" and c.head != "医院" and bool(re.fullmatch(r"(?:我|本|全)?[省市]", c.core))


def _is_proper_noun(core: str) -> bool:
    """Whether a laboratory goes by a name that says nothing of its subject: 金凤实验室, but not 理化实验室."""
    plain = bool(re.fullmatch(r"[\u4e00-\u9fff]{2,4}", core))
    return plain and not re.search(pattern("institutions", "common_in_laboratories"), core)


def _ends_in_proper_noun(core: str) -> bool:
    """Whether a proper noun stands after the subject of a laboratory: 合成生物学渤海湾 before 实验室."""
    subject = f"{pattern('institutions', 'common_in_laboratories')}|{pattern('institutions', 'subject_ends')}"
    return len(core) >= 5 and not re.search(subject, core[-2:]) and not core[-2:].isascii()


@cache
def _firm_before(core: str) -> bool:
    """Whether what stands before the head is the name of a company, with or without its trade: 青峰医药 before 研究院."""
    trade = re.sub(r"(?:中央|全球|中国|亚太|医药|药物|生物|创新|研发|技术)+$", "", core)
    return len(core) >= 2 and any(load().find("enterprise", n) for n in (core, trade) if len(n) >= 2)


def _is_built(c: Candidate) -> bool:
    """Whether the text founds something specific: 支持建设临床前药效评价平台."""
    if (
        c.kind in ("university", "hospital", "laboratory")
        or c.head in words("institutions", "placed")
        or c.attributed
    ):
        return False
    if not _founded(c) or _CLASS_RANK.match(c.core):
        return False
    plural = f"{pattern('institutions', 'builders_in_plural')}[\\u4e00-\\u9fff]{{0,8}}$"
    if c.head.endswith("平台") and not c.shared and re.search(plural, c.before):
        return False
    core = c.core.rpartition("的")[2]
    if c.shared and c.head.endswith("平台") and not _ACTIVITY.search(core):
        return False  # a platform is for doing something; what is only kept on it is no platform
    return _specific(core, (), 0) >= 2


_FOUNDING = r"(?:建设|建立|建成|创建|组建|搭建|成立|设立|打造|筹建|共建|新建|构建)"


def _founded(c: Candidate) -> bool:
    """Whether a verb of founding leads the name or its list, or 建设 comes after it."""
    led = re.search(f"{_FOUNDING}(?!和|及)([^，。；]{{0,60}})$", c.before)
    if led and "的" not in re.sub(r"基于[^的]{2,20}的", "", led.group(1)):
        return True
    pushed = not c.before or bool(
        re.search(r"(?:推进|推动|加快|支持|建设[、和])[^，。；的]{0,30}$|[.、）]$", c.before)
    )
    return pushed and bool(re.match(r"等?(?:的)?建设", c.after))


def _counted(c: Candidate) -> bool:
    """Whether the text speaks of several: 一批…平台, 国家医学中心2个."""
    return bool(
        re.search(pattern("institutions", "in_plural"), c.before[-24:] + c.name)
        or re.search(r"\d+(?:[—\-~～至]\d+)?(?:余|多)?[家个所]", c.before[-4:] + c.name)
        or re.match(r"(?:达到|超过|增至)?\d+(?:[—\-~～至]\d+)?(?:余|多)?[家个所]", c.after)
    )


def _only(core: str) -> bool:
    """Whether nothing but general words stand before the head: 三级医院, 高水平大学."""
    return is_rank(core) or bool(_generic().fullmatch(core))


def _specific(core: str, places: Sequence[RegionMention], start: int) -> int:
    """How many characters of a name say what is particular to it, places left out."""
    if "“" in core:
        return 2 * len(core.partition("“")[2])  # what is quoted is a name
    kept = list(core)
    for r in places:
        if start <= r.start < start + len(core):
            for i in range(r.start - start, min(len(core), r.end - start)):
                kept[i] = " "
    text = re.sub(r"[（）“”]", "", "".join(kept))
    return len(_generic_once().sub("", text).replace(" ", ""))


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(f"{pattern('institutions', 'generic')}+")


@cache
def _generic_once() -> re.Pattern[str]:
    return re.compile(pattern("institutions", "generic"))


# ------------------------------------------------------------------ full names and regions


def _prefixed(c: Candidate, before: Sequence[Candidate]) -> Candidate:
    """A name that leaves its first words to the one before it in a list: …产业领域专家咨询委员会、产业发展中心."""
    if before and _specific(c.core, (), 0) == 0 and re.search(r"[、和及与]$", c.before):
        at = before[-1].name.find(c.name[:2])
        if at > 0:
            return replace(c, name=before[-1].name[:at] + c.name)
    return c


def _plain(name: str) -> str:
    return name if "“" in name and name.count("“") == name.count("”") else name.strip("“”")


def _full(name: str, own: str | None) -> str:
    """省产业技术研究院 → 江苏省产业技术研究院."""
    m = _SELF_PROVINCE.match(name)
    if m and own and m.group() in ("省", "我省", "市", "我市") and own.endswith(m.group()[-1]):
        return own + name[m.end() :]
    return name


# ------------------------------------------------------------------ by vocabulary


def _by_vocabulary(doc: Doc) -> Iterator[Found]:
    """Institutions that the vocabulary knows, where no longer name holds them."""
    view = document_of(doc).reading.text
    for m in mentions_of(doc, "institution"):
        entry = load().entries[m.iris[0]]
        c = Candidate(m.text, m.start, m.end, "", _kind_of(entry), "", "")
        sentence = next((s for s in sentences(view) if s.start <= m.start < s.end), Slice(view, 0))
        yield c, "institution-vocabulary", 0.95, place_of(doc, c, sentence, (), built=False)


def _kind_of(entry: Entry) -> InstitutionKind:
    """The kind that the vocabulary says; where that is the rest, what the head of the name says."""
    told = entry.extra.get("institutionKind", "").rpartition("#")[2].casefold()
    for _, kind in KINDS:
        if told == kind:
            return kind
    for name, kind in KINDS:
        if re.search(f"{pattern('institutions', name)}$", entry.label):
            return kind
    return "other"
