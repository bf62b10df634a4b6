"""Component: which universities, hospitals, laboratories, platforms and associations the text names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.document import Document
from kg.extraction.institution_names import KINDS, Candidate, candidates
from kg.extraction.names import is_rank
from kg.extraction.state import RegionMention, add_facts, document_of, mentions_of, regions_of
from kg.extraction.text import Slice, clauses, sentences
from kg.lexicon.gazetteer import Mention
from kg.lexicon.vocabulary import ID, load
from kg.lexicon.words import pattern, words
from kg.model import InstitutionFact, InstitutionKind

_SELF_PROVINCE = re.compile(r"^(?:我省|全省|本省|省|我市|全市|本市|市)(?!级|属|部|立|内|外|委|政府)")
_AGENCY = re.compile(r"(?:发展改革|发展和改革|卫生健康|国资|国有资产|管理|工作|纪律检查|经济和信息化|党工)委员会$")


@Language.component("kg_institutions")
def institutions(doc: Doc) -> Doc:
    """Adds an `InstitutionFact` for each institution, where it is first named."""
    document = document_of(doc)
    places = regions_of(doc)
    home = load().entries.get(f"{ID}region/{doc._.jurisdiction}")
    home_label = home.label if home else None
    seen: set[str] = set()
    facts = []
    for c, rule, confidence, region in sorted(
        (*_by_shape(document, places, home_label), *_by_vocabulary(document, mentions_of(doc, "institution"), places)),
        key=lambda f: (f[0].start, f[0].end),
    ):
        key = "".join(sorted(c.name))  # a box may turn the words of the text round
        if key in seen:
            continue
        seen.add(key)
        evidence = document.evidence(c.start, c.end)
        facts.append(InstitutionFact(name=c.name, kind=c.kind, region=region, evidence=evidence, rule=rule, confidence=confidence))
    add_facts(doc, facts)
    return doc


Found = tuple[Candidate, str, float, str | None]


def _by_shape(document: Document, places: Sequence[RegionMention], home: str | None) -> Iterator[Found]:
    """What the heads of names find."""
    for sentence in sentences(document.reading.text):
        before: list[Candidate] = []
        for clause in clauses(sentence):
            for c in candidates(clause):
                proper = _is_proper(c, places)
                built = not proper and _is_built(c)
                if not proper and not built:
                    continue
                c = _prefixed(c, before)
                before.append(c)
                named = replace(c, name=_full(_plain(c.name), home))
                region = _region(c, places, sentence, home if built or _SELF_PROVINCE.match(c.name) else None)
                yield named, "institution-named" if proper else "institution-built", 0.85 if proper else 0.65, region


# ------------------------------------------------------------------ names and classes


def _is_proper(c: Candidate, places: Sequence[RegionMention]) -> bool:
    """Whether a name is one by itself: by a place, a rank with a topic, or a proper noun before a school or hospital."""
    if c.name.startswith("的") or c.name in words("institutions", "classes") or _AGENCY.search(c.name) or _counted(c):
        return False
    core = c.core
    placed = any(c.start <= r.start and r.end <= c.start + len(core) for r in places)
    specific = _specific(core, places, c.start)
    if c.kind in ("university", "hospital"):
        return (placed or len(core) >= 2) and not _only(core) and not re.search(r"[等和]|[\u4e00-\u9fff]类$|型$", core)
    if re.match(r"国家级|省级|市级|省部级|部省", core):
        return False
    ranked = bool(re.match(r"国家(?!级)|中国|全国|教育部|省(?!内|外|级)|全省|我省|全市|市(?!场|级|内|县)|自治区", core))
    if c.head in words("institutions", "placed"):
        return (placed or re.match(r"国家|全省|全市|省(?!内|级)", core) is not None) and specific >= 2 and c.head != "系统" or (
            c.head == "系统" and bool(re.match(r"全省|全市|全区", core)) and specific >= 4
        )
    if c.kind == "laboratory" and not placed:
        return specific >= 2 and (ranked or "国家重点" in c.head or "全国重点" in c.head or (2 <= len(core) <= 4 and _led(c)))
    return (placed and specific >= 2) or (ranked and specific >= 2) or (c.kind == "association" and specific >= 2 and len(core) >= 4 and placed)


def _is_built(c: Candidate) -> bool:
    """Whether the text founds something specific: 支持建设临床前药效评价平台."""
    if c.kind in ("university", "hospital", "laboratory") or c.head in words("institutions", "placed"):
        return False
    if c.name.startswith("的") or c.name in words("institutions", "classes") or _counted(c) or not _led(c):
        return False
    if re.match(r"国家级|省级|市级|省部级|部省|国内|国际", c.core) or _AGENCY.search(c.name):
        return False
    if c.head.endswith("平台") and re.search(f"{pattern('institutions', 'builders_in_plural')}[\\u4e00-\\u9fff]{{0,8}}$", c.before):
        return False
    core = c.core.rpartition("的")[2]
    return _specific(core, (), 0) >= 2


def _led(c: Candidate) -> bool:
    """Whether a verb of founding goes before the name or its list, or 建设 comes after it."""
    verbs = pattern("institutions", "founding")
    founded = bool(re.search(f"(?:建设|建立|建成|创建|组建|搭建|成立|设立|打造|筹建|共建|新建|构建)[^，。；]{{0,60}}$", c.before))
    return (founded and bool(re.search(verbs, c.before))) or bool(re.match(r"(?:等)?建设", c.after)) or not c.before and c.after.startswith("建设")


def _counted(c: Candidate) -> bool:
    """Whether the text speaks of several: 一批…平台, 国家医学中心2个."""
    return bool(
        re.search(f"{pattern('institutions', 'in_plural')}", c.before[-24:] + c.name)
        or re.search(r"\d+(?:[—\-~～至]\d+)?(?:余|多)?[家个所]$", c.before)
        or re.match(r"(?:达到|超过|增至)?\d+(?:[—\-~～至]\d+)?(?:余|多)?[家个所]", c.after)
    )


def _only(core: str) -> bool:
    """Whether nothing but general words stand before the head: 三级医院, 高水平大学."""
    return is_rank(core) or bool(_generic().fullmatch(core))


def _specific(core: str, places: Sequence[RegionMention], start: int) -> int:
    """How many characters of a name say what is particular to it, places left out."""
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
    if before and _specific(c.core, (), 0) == 0 and c.before.endswith("、"):
        at = before[-1].name.find(c.name[:2])
        if at > 0:
            return replace(c, name=before[-1].name[:at] + c.name)
    return c


def _plain(name: str) -> str:
    return name if "“" in name and name.count("“") == name.count("”") else name.strip("“”")


def _full(name: str, home: str | None) -> str:
    """省产业技术研究院 → 江苏省产业技术研究院."""
    m = _SELF_PROVINCE.match(name)
    if m and home and m.group() in ("省", "我省", "市", "我市") and home.endswith(m.group()[-1]):
        return home + name[m.end() :]
    return name


def _region(c: Candidate, places: Sequence[RegionMention], sentence: Slice, home: str | None) -> str | None:
    """The place in the name, else the one that the sentence speaks of before it, else that of the document."""
    inside = [r for r in places if c.start <= r.start and r.end <= c.end]
    if inside:
        return inside[-1].name if inside[0].rank == 0 else inside[0].name
    spoken = [r for r in places if sentence.start <= r.start and r.end <= c.start and r.subject and r.rank > 0]
    if spoken and c.kind not in ("university", "hospital"):
        return spoken[-1].name
    return home


# ------------------------------------------------------------------ by vocabulary


def _by_vocabulary(document: Document, mentions: Sequence[Mention], places: Sequence[RegionMention]) -> Iterator[Found]:
    """Institutions that the vocabulary knows, where no longer name holds them."""
    vocabulary = load()
    for m in mentions:
        entry = vocabulary.entries[m.iris[0]]
        kind = _kind_of(entry.label)
        inside = [r.name for r in places if m.start <= r.start and r.end <= m.end]
        c = Candidate(m.text, m.start, m.end, "", kind, "", "")
        yield c, "institution-vocabulary", 0.95, inside[0] if inside else None


def _kind_of(label: str) -> InstitutionKind:
    for name, kind in KINDS:
        if re.search(f"{pattern('institutions', name)}$", label):
            return kind
    return "other"
