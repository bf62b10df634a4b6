"""What a phrase names: a product field, a disease, something generic, or nothing that the graph knows."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon.vocabulary import Entry, load
from kg.lexicon.words import pattern, words

_TAIL = re.compile(r"(?:类产品|等产品|产品|品种|领域|产业|行业)$")
SECTORS = ("生物药", "化学药", "中药", "医疗器械", "药用辅料和包装", "制药设备", "海洋药", "新业态")


@cache
def field_entry(name: str) -> Entry | None:
    """The vocabulary's field of a name, also without a word such as 产品 after it."""
    vocabulary = load()
    for form in (name, _TAIL.sub("", name)):
        found = vocabulary.find("field", form) if form else ()
        if found:
            return found[0]
    return None


@cache
def disease_entry(name: str) -> Entry | None:
    """The vocabulary's disease or therapeutic area of a name."""
    vocabulary = load()
    for form in (
        name,
        re.sub(r"(?:类|等|系统|领域|方面|的治疗)$", "", name),
        re.sub(r"^(?:抗|治疗|防治|防治)", "", name),
    ):
        found = vocabulary.find("disease", form) if len(form) > 1 else ()
        if found:
            return found[0]
    return None


_DISEASE = re.compile(
    r"(?:病|症|瘤|癌|炎|感染|综合征|障碍|疾病|疾患|创伤|损伤|衰竭|硬化|出血|中毒|疼痛|失眠|抑郁|肥胖|妇科|儿科|骨伤|卒中|阻塞|梗死|梗塞|血栓|溃疡|骨折|贫血|过敏|早衰|痹)类?$"
)


@cache
def is_disease(name: str) -> bool:
    """Whether a name is a disease or therapeutic area, by vocabulary or by its last word.

    >>> is_disease("非小细胞肺癌"), is_disease("抗体药物")
    (True, False)
    """
    return disease_entry(name) is not None or bool(_DISEASE.search(name))


@cache
def is_generic(name: str, *, named: bool = False) -> bool:
    """Whether a name says too little to be a field: 关键技术, 优势产品. In a proper name (``named``) even 医药 says something.

    >>> is_generic("关键技术"), is_generic("新型疫苗")
    (True, False)
    """
    generic = words("fields", "generic")
    if name in generic:
        return not (named and field_entry(name) is not None)
    empty = re.compile(f"^(?:{pattern('fields', 'empty_adjectives')})+")
    return empty.sub("", name) in ("", *generic)


@cache
def has_head(name: str) -> bool:
    """Whether a name ends in a noun of the industry."""
    return bool(re.search(pattern("fields", "heads") + "(?:类|等)?$", name))


@cache
def is_whole(name: str) -> bool:
    """Whether a name is a thing by itself, and no modifier that waits for its head.

    >>> is_whole("抗体偶联药物"), is_whole("麻醉")
    (True, False)
    """
    if name in words("fields", "not_things_alone"):
        return False
    short = len(name) == 2 and name in words("fields", "heads") and not is_generic(name)
    return field_entry(name) is not None or is_disease(name) or short or (has_head(name) and len(name) >= 3)


def sector_of(entry: Entry | None) -> str | None:
    """The sector's label over a vocabulary field."""
    if entry is None:
        return None
    for e in (entry, *load().above(entry.iri)):
        if e.label in SECTORS:
            return e.label
    return None
