"""How alike two facts of one type are: names by their characters, numbers, units, regions and years exactly.

``1`` is the same after folding, ``0`` no match, and what lies between a match that the lenient score counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

Keys = Mapping[str, Any]

SAME = 0.999
"""From this likeness on two facts agree strictly."""

_SHORTER_PART = 0.6
_NEAR = 0.8
_CONTAINED = 0.9
_LEAST_INDICATOR = 0.4
_LEAST_AGENCIES = 0.75
_LEAST_MEASURE = 0.3
_CLASS_WORDS = re.compile(r"(?:领域|类?产品|产业|行业|方向|品种|等)+$")
_RANKS = re.compile(r"(?:(?:壮族|回族|维吾尔)?自治区|[省市县区州])$")
_SAME_UNIT = {"百分点": "个百分点", "件": "个", "项": "个", "种": "个"}


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """A text without case, width, blanks and marks, for comparing.

    >>> fold("PD－1（单抗）")
    'pd1单抗'
    """
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def folded(value: Any) -> str:
    """The folded text of any value; null, zero and the empty text are empty.

    >>> folded(None), folded(2025)
    ('', '2025')
    """
    return fold(str(value or ""))


def field_name(value: Any) -> str:
    """A field's folded name without words such as 产品 or 等领域 at its end, unless nothing else is left.

    >>> field_name("抗体药物等产品"), field_name("产业")
    ('抗体药物', '产业')
    """
    name = folded(value)
    return _CLASS_WORDS.sub("", name) or name


def region_name(value: Any) -> str:
    """A region's folded name without the word for its rank, where more than that word would be left.

    >>> region_name("南京市") == region_name("南京"), region_name("广西壮族自治区"), region_name("沙市")
    (True, '广西', '沙市')
    """
    name = folded(value)
    return _RANKS.sub("", name) if len(name) > 2 else name


def number(value: Any) -> float | None:
    """The number of a value to six places; none for what is no number."""
    try:
        return round(float(value), 6)
    except (TypeError, ValueError):
        return None


def unit_name(value: Any) -> str:
    """A unit; counting words that only differ by custom are one.

    >>> unit_name("项") == unit_name("件"), unit_name("％"), unit_name(None)
    (True, '%', '')
    """
    name = "%" if value in ("%", "％") else folded(value)
    return _SAME_UNIT.get(name, name)


@lru_cache(maxsize=1 << 16)
def _pairs(name: str) -> frozenset[str]:
    return frozenset(name[i : i + 2] for i in range(len(name) - 1)) or frozenset((name,))


def dice(a: str, b: str) -> float:
    """The share of pairs of neighbouring characters that two folded names have in common.

    >>> dice("营业收入", "主营业务收入")
    0.5
    """
    if a == b:
        return 1.0
    left, right = _pairs(a), _pairs(b)
    return 2 * len(left & right) / (len(left) + len(right))


def near(a: str, b: str) -> float:
    """How alike two folded names are: one inside the other with most of its length counts, an empty one never.

    >>> near("抗体药物", "抗体药"), near("杭州医药港", "台州医药港"), near("", "")
    (0.9, 0.0, 0.0)
    """
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    short, long = sorted((a, b), key=len)
    if short in long and len(short) >= _SHORTER_PART * len(long):
        return _CONTAINED
    likeness = dice(a, b)
    return likeness if likeness >= _NEAR else 0.0


def likeness(type_: str, a: Keys, b: Keys) -> float:
    """How alike the key parts of two facts of a type are, from 0 (no match) to 1 (the same).

    >>> likeness("plan_field", {"field": "双功能抗体药物"}, {"field": "双功能抗体"})
    0.9
    """
    return _LIKENESS[type_](a, b)


def named(keys: Keys) -> list[str]:
    """The folded name and aliases of a thing."""
    return [fold(str(name)) for name in (keys.get("name"), *(keys.get("aliases") or ())) if name]


def _best(a: Iterable[str], b: Iterable[str]) -> float:
    others = list(b)
    return max((near(x, y) for x in a for y in others), default=0.0)


def _by_name(a: Keys, b: Keys) -> float:
    return _best(named(a), named(b))


def _drug_target(a: Keys, b: Keys) -> float:
    return float(folded(a.get("name")) == folded(b.get("name")))


def _field(a: Keys, b: Keys) -> float:
    return near(field_name(a.get("field")), field_name(b.get("field")))


def _region_field(a: Keys, b: Keys) -> float:
    return _field(a, b) if region_name(a.get("region")) == region_name(b.get("region")) else 0.0


def _plan_disease(a: Keys, b: Keys) -> float:
    return min(near(field_name(a.get("disease")), field_name(b.get("disease"))), _field(a, b))


def _same_amount(a: Keys, b: Keys) -> bool:
    return number(a.get("value")) == number(b.get("value")) and unit_name(a.get("unit")) == unit_name(
        b.get("unit")
    )


def _indicator(a: Keys, b: Keys) -> float:
    """How alike the indicators are, alone or after the scope: the line between the two is not sharp."""
    alone = dice(folded(a.get("indicator")), folded(b.get("indicator")))
    whole = (fold(f"{keys.get('scope') or ''}{keys.get('indicator')}") for keys in (a, b))
    return max(alone, dice(*whole))


def _measured(of_indicator: float) -> float:
    return 0.5 + of_indicator / 2 if of_indicator >= _LEAST_INDICATOR else 0.0


def _target(a: Keys, b: Keys) -> float:
    same_time = str(a.get("deadline")) == str(b.get("deadline"))
    if not (same_time and a.get("comparator") == b.get("comparator") and _same_amount(a, b)):
        return 0.0
    return _measured(max(_indicator(a, b), near(folded(a.get("indicator")), folded(b.get("indicator")))))


def _statistic(a: Keys, b: Keys) -> float:
    return _measured(_indicator(a, b)) if _same_amount(a, b) else 0.0


def _responsible(a: Keys, b: Keys) -> float:
    left, right = ({fold(str(x)) for x in keys.get("agencies") or ()} for keys in (a, b))
    if not left or not right or dice(folded(a.get("measure")), folded(b.get("measure"))) < _LEAST_MEASURE:
        return 0.0
    shared = len(left & right) / len(left | right)
    return shared if shared >= _LEAST_AGENCIES else 0.0


def _cites(a: Keys, b: Keys) -> float:
    return near(folded(a.get("policy")), folded(b.get("policy")))


def _document(a: Keys, b: Keys) -> float:
    """A document has one fact about itself; what it says is compared as details."""
    return 1.0


_LIKENESS: Mapping[str, Callable[[Keys, Keys], float]] = {
    "document": _document,
    "cluster": _by_name,
    "region_field": _region_field,
    "plan_field": _field,
    "plan_disease": _plan_disease,
    "drug_target": _drug_target,
    "enterprise": _by_name,
    "institution": _by_name,
    "target": _target,
    "statistic": _statistic,
    "responsible": _responsible,
    "cites": _cites,
}
