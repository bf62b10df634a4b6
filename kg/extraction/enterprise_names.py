"""What is the name of a company: by its ending, by the list it stands in, or by the product that it is said to make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extraction.names import phrase_before, without_lead
from kg.extraction.naming import field_entry, is_disease
from kg.extraction.text import Slice, clauses, sentences, split
from kg.lexicon.vocabulary import load
from kg.lexicon.words import alternatives, pattern, words


@dataclass(frozen=True, slots=True)
class Named:
    """A company's name in the view, the rule that found it, and how sure it is."""

    name: str
    start: int
    end: int
    rule: str
    confidence: float


def by_ending(view: str) -> Iterator[Named]:
    """Names with an ending of their own: 贝达药业, 成都倍特药业股份有限公司, 国药集团.

    >>> [n.name for n in by_ending("支持贝达药业、温州制药装备产业和大型企业集团发展。")]
    ['贝达药业']
    """
    for m in _strong().finditer(view):
        name = _before(view, m.end())
        stem = name.text[: len(name.text) - len(m.group())] if name.text.endswith(m.group()) else ""
        if re.search(r"[仿研炮创自]$", stem) and m.group().startswith("制药"):
            continue  # 仿制药, 研制药物
        if not 2 <= len(re.sub(r"[（）]", "", stem)) <= 16 or is_generic(stem) or _is_class(name.text):
            continue
        legal = m.group().endswith("公司")
        if not legal and (len(stem) > 8 or _has_verb(stem)):
            continue
        yield Named(name.text, name.start, name.end, "enterprise-ending", 0.9 if legal else 0.8)


@cache
def _strong() -> re.Pattern[str]:
    strong, longer = pattern("enterprises", "strong"), pattern("enterprises", "not_after")
    return re.compile(f"{strong}(?<=公司)|{strong}(?!{longer}|有限|股份|集团)")


def _before(view: str, end: int) -> Slice:
    """The name that ends at a position, a place in brackets inside it included: 安翰科技（武汉）股份有限公司."""
    tail = phrase_before(view, end)
    at = tail.start
    if view[at - 1 : at] == "）" and (opened := view.rfind("（", max(0, at - 8), at)) >= 0:
        head = phrase_before(view, opened)
        at = head.start
    phrase = Slice(view[at:end], at)
    cut = [m.end() for m in _breaks().finditer(phrase.text) if m.end() < len(phrase.text) - 2]
    return without_lead(phrase.part(cut[-1]) if cut else phrase)


@cache
def _breaks() -> re.Pattern[str]:
    long = [w for w in words("enterprises", "breaks") if len(w) > 1]
    return re.compile(f"{alternatives(long)}|[以与和及如由的](?!黄|铂|记|元|岭|诺)")


@cache
def is_generic(stem: str) -> bool:
    """Whether what stands before an ending is made of general words only.

    >>> is_generic("大型医药企业"), is_generic("贝达")
    (True, False)
    """
    return bool(re.fullmatch(f"{pattern('enterprises', 'generic')}*", stem))


def _is_class(name: str) -> bool:
    return (
        field_entry(name) is not None
        or is_disease(name)
        or bool(re.search(r"[等“”]|(?:一批|若干|多家|各类)", name))
    )


def _has_verb(stem: str) -> bool:
    return bool(re.search(pattern("enterprises", "verbs"), stem))


# ------------------------------------------------------------------ lists


def in_lists(view: str, taken: Sequence[tuple[int, int]]) -> Iterator[Named]:
    """The companies of a list: 以默沙东、赛诺菲等一批国际知名企业; 以A、B为龙头. ``taken`` are names already known."""
    for sentence in sentences(view):
        for clause in clauses(sentence):
            for m in _class().finditer(clause.text):
                class_ = m.group("class")
                if not re.match(r"[地市省县区州]", class_) and not re.search(
                    pattern("enterprises", "not_in_class"), class_
                ):
                    yield from _items(clause.part(0, m.start()), taken, strict=not _telling(class_))
            for m in re.finditer(
                r"以([^，。；]{2,60}?)(?:等)?为(?:龙头|代表|引领|依托|骨干|核心)", clause.text
            ):
                yield from _items(clause.part(m.start(1), m.end(1)), taken, strict=True)


@cache
def _class() -> re.Pattern[str]:
    return re.compile(f"等(?P<class>[\\u4e00-\\u9fff\\d]{{0,16}}?){pattern('enterprises', 'list_heads')}")


def _telling(class_: str) -> bool:
    return bool(re.search(f"{pattern('enterprises', 'telling')}|[\\d一二三四五六七八九十]家", class_))


def _items(listed: Slice, taken: Sequence[tuple[int, int]], *, strict: bool) -> Iterator[Named]:
    """The names of a list; one of which no name is known nor ends like a company's must be told to be of companies."""
    parts = [half for part in split(listed, "、") for half in _halves(part)]
    if not parts:
        return
    parts[0] = led(parts[0])
    known = [any(a < p.end and p.start < b for a, b in taken) for p in parts]
    shaped = [
        bool(re.search(f"(?:{pattern('enterprises', 'strong')}|{pattern('enterprises', 'weak')})$", p.text))
        for p in parts
    ]
    named = [n for n, p in enumerate(parts) if not known[n] and is_name(p.text)]
    if len(named) + sum(known) < len(parts) or len(parts) < 2:
        return  # something else stands in the list
    if not any(known) and (strict or len(parts) < 3) and sum(shaped) < max(1, len(parts) // 2):
        return
    for n in named:
        yield Named(
            parts[n].text, parts[n].start, parts[n].end, "enterprise-list", 0.7 if any(known) else 0.55
        )


def _halves(part: Slice) -> Iterator[Slice]:
    m = re.search(r"(?<=[\u4e00-\u9fffA-Za-z]{2})[和与及](?=[\u4e00-\u9fffA-Za-z]{2})", part.text)
    if m:
        yield part.part(0, m.start())
        yield from _halves(part.part(m.end()))
    else:
        yield part


def led(part: Slice) -> Slice:
    """An item without what leads up to it."""
    cut = [m.end() for m in _breaks().finditer(part.text) if m.end() < len(part.text) - 1]
    return without_lead(part.part(cut[-1]) if cut else part)


def is_name(text: str) -> bool:
    """Whether an item can be a company's name: short, no place, no field, nothing general."""
    bare = re.sub(r"（[^（）]*）$", "", text)
    if not re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9·\-]{2,14}", bare) or _is_class(bare) or is_generic(bare):
        return False
    if load().find("region", bare) or re.search(f"{pattern('enterprises', 'not_names')}$|(?<!生)化$", bare):
        return False
    stem = re.sub(f"(?:{pattern('enterprises', 'strong')}|{pattern('enterprises', 'weak')})$", "", bare)
    return not is_generic(stem) and not _has_verb(bare)


# ------------------------------------------------------------------ with a product

_MAKES = re.compile(
    r"(?:公司|集团)?(?:自主|原创|独家|联合|合作)?(?:研发|研制|开发|生产|注册|申报|创制)?的"
    rf"(?P<product>[^，。；、（）“”]{{2,24}}?)(?=[、，。；]|{pattern('enterprises', 'product_ends')}|和)"
)
_NO_STEM = re.compile(pattern("enterprises", "not_stems"))
_SUCCEEDS = re.compile(r"获批|上市|获得|进口替代|年销售|填补|突破|进入|入选|成功|批准|首个|研发")


def with_products(view: str) -> Iterator[tuple[Named, str]]:
    """Names with a weak ending that the text ties to a product: 明峰医疗的16排CT…获批生产."""
    weak = re.compile(
        f"(?<![\\u4e00-\\u9fff])([\\u4e00-\\u9fff]{{2,10}}?{pattern('enterprises', 'making')}){_MAKES.pattern}"
    )
    for sentence in sentences(view):
        for m in weak.finditer(view, sentence.start, sentence.end):
            name = without_lead(Slice(m.group(1), m.start(1)))
            ends = re.search(f"{pattern('enterprises', 'making')}$", name.text)
            stem = name.text[: ends.start()] if ends else ""
            general = (
                is_generic(stem) or _is_class(name.text) or _has_verb(stem) or bool(_NO_STEM.search(stem))
            )
            if general or not 2 <= len(stem) <= (10 if name.text.endswith("公司") else 4):
                continue
            if _SUCCEEDS.search(view, m.end(1), sentence.end):
                yield Named(name.text, name.start, name.end, "enterprise-product", 0.6), m["product"]
