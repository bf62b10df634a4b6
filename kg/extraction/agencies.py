"""What a phrase says of government bodies: whether it names one, and the bodies of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extraction.text import Slice, split
from kg.lexicon.vocabulary import load
from kg.lexicon.words import alternatives, pattern, words

_SHARED_PLACES = re.compile(
    rf"^(?:各|有关|相关|其他|沿[江海]|全省各|全市各)?(?:{pattern('measures', 'shared_places')})+$"
)
_WHOLE = re.compile(r"(?:人民政府|政府|管委会|管理委员会)$")


@cache
def _tails() -> re.Pattern[str]:
    """The names of bodies in the vocabulary, with the place or rank that may go before them."""
    names = sorted({n for e in load().of_kind("agency") for n in e.names if re.search(r"[\u4e00-\u9fff]", n)})
    return re.compile(f"(?:{alternatives(names)})$" if names else r"(?!)")


def is_agency(name: str) -> bool:
    """Whether a phrase names a government body, or a body that answers for a measure.

    >>> is_agency("省药监局"), is_agency("杭州海关"), is_agency("列第一位的为牵头单位")
    (True, True, False)
    """
    if not 2 <= len(name) <= 30 or re.search(
        r"[，。；：“”！？\d]|列第|牵头单位|责任主体|下同|负责|按照|的为", name
    ):
        return False
    if re.search(f"{pattern('measures', 'not_agencies')}$", name):
        return False
    if re.search(f"{pattern('measures', 'agency_heads')}$", name) or _tails().search(name):
        return True
    placed = re.match(r"省|市|区|县|自治区|国家|中国|中央|[\u4e00-\u9fff]{2,6}?[省市区县州]", name)
    return bool(
        placed and re.search(f"{pattern('measures', 'agency_heads_of_places')}$", name[placed.end() :])
    )


def agencies(piece: Slice) -> Iterator[Slice]:
    """The bodies of a list, as worded.

    >>> [a.text for a in agencies(Slice("省科技厅、省药监局，各市、县（市、区）人民政府等", 0))]
    ['省科技厅', '省药监局', '各市、县（市、区）人民政府']
    >>> [a.text for a in agencies(Slice("市科委、中关村管委会，市药监局", 0))]  # the first is one body
    ['市科委、中关村管委会', '市药监局']

    Places that share the last word of a list get it restored, which then is not as worded: 甲县、乙区政府 → 甲县政府, 乙区政府.
    """
    held: Slice | None = None  # 各市、 waits for …人民政府
    places: list[Slice] = []  # 甲县、 likewise
    for item in _items(piece):
        part = _stripped(item)
        if not part:
            continue
        if (
            held is not None
            and part.text[-1:]
            and (_WHOLE.search(part.text) or _SHARED_PLACES.match(part.text))
        ):
            part = Slice(piece.text[held.start - piece.start : part.end - piece.start], held.start)
        held = None
        if _SHARED_PLACES.match(part.text.rpartition("、")[2]):
            held = part
            continue
        whole = _GOVERNED.fullmatch(part.text)
        if whole:
            yield from (Slice(p.text + whole["suffix"], p.start) for p in places)
        places = (
            [*places, part] if _GOVERNED.fullmatch(f"{part.text}政府") and not is_agency(part.text) else []
        )
        if is_agency(part.text):
            yield part


_GOVERNED = re.compile(
    r"(?!各|有关|相关|其他|全|省|市|县|区)[\u4e00-\u9fff]{1,11}[市县区州盟旗](?P<suffix>(?:人民)?政府)"
)
_DOING = re.compile(f"{pattern('measures', 'doings')}|研究(?!院)")


def leading(text: str) -> str:
    """The bodies with which a clause opens; empty where it opens with something else.

    >>> leading("省科技厅、省委组织部落实人才政策")
    '省科技厅、省委组织部'
    """
    doing = _DOING.search(text)
    for end in range(doing.start() if doing else len(text), 1, -1):
        if _only_bodies(Slice(text[:end], 0)):
            return text[:end]
    return ""


def _only_bodies(piece: Slice) -> bool:
    items = [_stripped(i) for part in split(piece, "、") for i in _conjuncts(part)]
    return bool(items) and all(
        is_agency(i.text) and i.end == p.end for i, p in zip(items, _items(piece), strict=False)
    )


_JOINER = re.compile(r"以及|和|及|与|会同|并")


def _items(piece: Slice) -> Iterator[Slice]:
    waiting: Slice | None = None
    for part in split(piece, "、，；,;/|"):
        if waiting is not None:
            both = Slice(piece.text[waiting.start - piece.start : part.end - piece.start], waiting.start)
            if _stripped(both).text in words("measures", "joint"):
                waiting = None
                yield both
                continue
            yield from _conjuncts(waiting)
        waiting = part
    if waiting is not None:
        yield from _conjuncts(waiting)


def _conjuncts(part: Slice) -> Iterator[Slice]:
    """``A和B`` where both are bodies; 发展和改革委员会 stays whole."""
    for m in _JOINER.finditer(part.text):
        left, right = part.part(0, m.start()), part.part(m.end())
        if right and is_agency(_stripped(left).text) and _may_follow(right):
            yield left
            yield from _conjuncts(right)
            return
    yield part


def _may_follow(right: Slice) -> bool:
    return bool(
        is_agency(_stripped(right).text) or _SHARED_PLACES.match(right.text) or _JOINER.search(right.text)
    )


_LABEL = r"(?:牵头|责任|配合|协办|主办|参与|参加|负责|支持)(?:单位|部门)?：|(?:牵头|责任)(?:单位|部门):"
_LEAD = re.compile(f"^{pattern('measures', 'body_lead')}+|^(?:{_LABEL})")
_TAIL = re.compile(f"(?:{pattern('measures', 'body_tail')}|按照?职责分工.*)+$")


def _stripped(part: Slice) -> Slice:
    lead = _LEAD.match(part.text)
    if lead and lead.end() < len(part.text):
        part = part.part(lead.end())
    tail = _TAIL.search(part.text)
    if tail:
        part = part.part(0, tail.start())
    return part.strip("。；，、 （")
