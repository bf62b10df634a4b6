"""Names of companies that only what stands around them tells: who does what, beside whom, under which label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.extraction.enterprise_names import Named, is_generic, is_name, led
from kg.extraction.names import without_lead
from kg.extraction.naming import field_entry, is_disease
from kg.extraction.text import Slice, clauses, sentences, split
from kg.lexicon.vocabulary import load
from kg.lexicon.words import pattern, words

Spans = Sequence[tuple[int, int]]


def in_context(view: str, taken: Spans) -> Iterator[Named]:
    """Companies with an ending that is also an everyday word, or with none. ``taken`` are names already known.

    >>> [n.name for n in in_context("支持明澈生物研发抗体药物。代表企业有远山谷、科星股份。", ())]
    ['明澈生物', '远山谷', '科星股份']
    """
    for sentence in sentences(view):
        found = [*labelled(sentence), *owners(sentence, taken), *old_brands(sentence)]
        for clause in clauses(sentence):
            found.extend(doing(clause))
            found.extend(plain_companies(clause))
        spans = [*taken, *((n.start, n.end) for n in found)]
        for clause in clauses(sentence):
            found.extend(beside(clause, spans))
        yield from sorted(found, key=lambda n: (n.start, n.end))


@cache
def _shaped() -> re.Pattern[str]:
    """A name of two to four characters before an ending that is also an everyday word."""
    return re.compile(f"([\\u4e00-\\u9fff]{{2,4}}?)({pattern('enterprises', 'shaped')})")


@cache
def is_stem(stem: str) -> bool:
    """Whether what stands before an everyday ending can be a company's own name: no word of the trade, no place, no field.

    >>> is_stem("明澈"), is_stem("智慧"), is_stem("蒙"), is_stem("成都")
    (True, False, False, False)
    """
    listed = (
        *words("enterprises", "generic"),
        *words("enterprises", "not_own_names"),
        *words("names", "lead"),
    )
    everyday = [w for w in listed if len(w) > 1]
    return (
        2 <= len(stem) <= 4 and not is_generic(stem) and not any(w in stem for w in everyday)
        and not re.search(f"{pattern('enterprises', 'verbs')}|[的和与及等为是在有将对从、\\d藏蒙苗傣彝壮瑶侗羌维]", stem)
        and not re.match(f"[非抗双多单类亚超小高低全半无某各该其]|{pattern('enterprises', 'before_doing')}", stem)
        and not load().find("region", stem) and field_entry(stem) is None and not is_disease(stem)
    )  # fmt: skip


# ------------------------------------------------------------------ by what they do


def doing(clause: Slice) -> Iterator[Named]:
    """A verb before and one after: 支持明澈生物研发…, or before a product: 推进明澈生物抗病毒药物."""
    verbs = pattern("enterprises", "before_doing")
    for m in re.finditer(f"(?:^(?!{verbs})|{verbs}){_shaped().pattern}", clause.text):
        after = clause.text[m.end() :]
        does = re.match(pattern("enterprises", "doings"), after) is not None
        if is_stem(m.group(1)) and (does or (m.start() < m.start(1) and _product(after))):
            yield _named(clause, m.start(1), m.end(), "enterprise-doing", 0.65)


def _product(after: str) -> bool:
    """Whether a product follows right away."""
    first = re.split(r"[、，和与及]|等|为|升级|产业化|上市|项目|做大|放量|在", after, maxsplit=1)[0]
    verbal = re.match("加快|扩大|研发|研制|开发|生产|推广|推进|开展|建设|支持|提升|加大", first)
    if verbal or is_generic(first) or (len(first) < 3 and not first.isupper()):
        return False
    return field_entry(first) is not None or bool(
        re.search(f"{pattern('enterprises', 'product_heads')}$", first)
    )


def plain_companies(clause: Slice) -> Iterator[Named]:
    """天和堂中药饮片公司: no legal form, but more than words of the trade before 公司."""
    for m in re.finditer(r"公司(?!化|治理|制|总部|法|债)", clause.text):
        item = clause.part(clause.text.rfind("、", 0, m.start()) + 1, m.end())
        name = without_lead(led(item))
        stem = name.text[:-2]
        proper = _everyday().sub("", stem)
        if (
            not 4 <= len(stem) <= 14
            or len(proper) < 2
            or len(proper) > 8
            or re.search(r"有限|[、“”（）的和与等]", stem)
        ):
            continue
        before = clause.text[: name.start - clause.start]
        if before and not re.search(f"(?:[、，：和与]|{pattern('enterprises', 'before_doing')})$", before):
            continue
        if not re.search(f"{pattern('enterprises', 'verbs')}|一批|若干|多家|各类|[省市县区]属", stem):
            yield Named(name.text, name.start, name.end, "enterprise-company", 0.6)


@cache
def _everyday() -> re.Pattern[str]:
    return re.compile(f"{pattern('enterprises', 'generic')}|{pattern('enterprises', 'not_own_names')}")


# ------------------------------------------------------------------ by labels


def labelled(sentence: Slice) -> Iterator[Named]:
    """代表企业有甲、乙医药; 重点企业：甲公司（产品）、乙股份."""
    for m in re.finditer(f"{pattern('enterprises', 'labels')}(?:主要)?(?:有|包括|如|：)", sentence.text):
        run = re.match(r"(?:[^，。；：（]|（[^（）]*）)+", sentence.text[m.end() :])
        listed = sentence.part(m.end(), m.end() + run.end()) if run else Slice("", sentence.start)
        for part in split(listed, "、和"):
            name = part.part(0, len(re.split(r"（[^（）]*）?$|等", part.text, maxsplit=1)[0]))
            legal = re.search(r"(?:公司|集团|厂)$", name.text) is not None
            if name.text and (legal or is_name(name.text)) and not re.search("[企业家个项]$", name.text):
                yield Named(name.text, name.start, name.end, "enterprise-label", 0.75)


def owners(sentence: Slice, taken: Spans) -> Iterator[Named]:
    """江城高新所属金源药业: whose a company is."""
    opened = r"(?:^|(?<=[，。；：、])|(?<=支持|推动|依托|鼓励))"
    owner = rf"{opened}([\u4e00-\u9fffA-Za-z]{{3,8}}?)(?:所属|旗下|下属|控股)(?:的|子公司|企业)?"
    for m in re.finditer(owner, sentence.text):
        owned = any(a <= sentence.start + m.end() < b for a, b in taken)
        if owned and is_name(m.group(1)) and not re.search(r"[省市县区]$|政府|委|局|厅|办$", m.group(1)):
            yield _named(sentence, m.start(1), m.end(1), "enterprise-owner", 0.6)


def old_brands(sentence: Slice) -> Iterator[Named]:
    """“云岭白药”“滇中堂”老字号."""
    for run in re.finditer(
        r"((?:、?“[\u4e00-\u9fff]{2,8}”)+)等?(?:中华)?老字号(?!名药|名方|产品|品种|药方)", sentence.text
    ):
        for m in re.finditer(r"“([^”]+)”", run.group(1)):
            at = run.start(1) + m.start(1)
            if not is_generic(m.group(1)) and field_entry(m.group(1)) is None:
                yield _named(sentence, at, at + len(m.group(1)), "enterprise-brand", 0.6)


# ------------------------------------------------------------------ by their neighbours


def beside(clause: Slice, taken: Spans) -> Iterator[Named]:
    """The neighbours of a company in a list that are worded like it: 甲药业注射剂、百利天和双抗药物; 甲生物、乙科技等."""
    parts = list(split(clause, "、"))
    if len(parts) < 2:
        return
    begun = list(re.finditer(pattern("enterprises", "before_doing"), parts[0].text))
    opened = [without_lead(parts[0].part(begun[-1].end()) if begun else parts[0]), *parts[1:]]
    firms = [
        next((b for a, b in taken if p.start <= a < b <= p.end and a - p.start <= 6), None) for p in opened
    ]
    known = [(p, end) for p, end in zip(opened, firms, strict=True) if end is not None]
    of_products = (
        bool(known)
        and re.search(r"等(?:大|名|重点|主导|拳头|优势)?(?:品种|产品|单品)", clause.text) is not None
    )
    made = of_products or any(_product(p.text[end - p.start :]) for p, end in known)
    alone = any(end >= p.end - 1 for p, end in known)
    for part, end in zip(opened, firms, strict=True):
        if end is not None:
            continue
        m = _shaped().match(part.text)
        rest = part.text[m.end() :] if m else ""
        goes_on = not rest or (
            part is opened[-1] and re.match(pattern("enterprises", "predicates"), rest) is not None
        )
        if m and is_stem(m.group(1)) and (alone if goes_on else _product(rest)):
            yield _named(part, 0, m.end(), "enterprise-beside", 0.6)
        elif made:
            yield from _without_ending(part)


def _without_ending(part: Slice) -> Iterator[Named]:
    """远山谷血液透析机: what is left of a known product is a name."""
    for length in (4, 3):
        name, rest = part.text[:length], re.split("等|为|在", part.text[length:], maxsplit=1)[0]
        own = is_stem(name) and is_name(name) and not load().find("disease", name)
        product = (
            len(rest) >= 3
            and rest not in words("enterprises", "product_heads")
            and field_entry(rest) is not None
        )
        if own and product and field_entry(name + rest) is None:
            yield _named(part, 0, length, "enterprise-beside", 0.5)
            return


def _named(piece: Slice, start: int, end: int, rule: str, confidence: float) -> Named:
    return Named(piece.text[start:end], piece.start + start, piece.start + end, rule, confidence)
