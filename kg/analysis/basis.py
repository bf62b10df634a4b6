"""What a figure must have in common with another before the two may be compared, and what differs, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.analysis.figures import Figure, Name
from kg.analysis.units import dimension_name, words

_CHANGES = {
    "level": ("期末水平", "the level reached at the end"),
    "increase": ("期间新增量", "an increase over the period"),
    "decrease": ("较基期的下降", "a decrease against the base year"),
    "growth": ("年均增速", "a growth rate per year"),
    "yearly": ("每年的数量", "an amount per year"),
    "average": ("期间年均值", "a yearly average over the period"),
}
_EXTENTS = {
    "National": ("全国总量", "a national total"),
    "Provincial": ("一省总量", "a provincial total"),
    "Municipal": ("一市总量", "a municipal total"),
    "County": ("一县总量", "a county total"),
}
_OVER_TIME = frozenset({"increase", "decrease", "growth", "average"})
_SECOND = frozenset({"years", "extent", "measure"})
_WHOLE, _ABOVE = "whole", "above"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a figure measures, in the parts that must all be equal; parts that do not matter to it are None.

    ``scope`` is ``whole`` (全行业), ``above`` (规模以上) or the name of who is meant; ``years`` counts for what
    adds up or grows over a period, ``extent`` (the level of government) for totals, ``measure`` for counts of
    firms or products above a sum (by 产值, by 营业收入 …).
    """

    indicator: Name
    dimension: str
    scope: str
    change: str
    baseline: int | None
    years: int | None
    extent: str | None
    measure: str | None

    @property
    def general(self) -> bool:
        """Whether it covers an industry as a whole, or its enterprises above the reporting threshold."""
        return self.scope in (_WHOLE, _ABOVE)


def basis(figure: Figure) -> Basis:
    """The basis of a target or a statistic, by its wording and its values."""
    kinds, extensive = words()["kinds"], words()["dimensions"]["extensive"]
    change, dimension = _change(figure), figure.amount.dimension
    measure = None
    if dimension == "count":
        measure = next((m for m, p in kinds["measures"].items() if re.search(p, figure.wording)), "")
    return Basis(
        figure.indicator,
        dimension,
        _scope(figure),
        change,
        figure.baseline if change in ("increase", "decrease") else None,
        figure.years if change in _OVER_TIME else None,
        (figure.plan.level or "") if dimension in extensive else None,
        measure,
    )


def differences(one: Basis, others: Sequence[Basis], figure: Figure) -> tuple[str, str]:
    """Why a figure of one basis does not stand beside the others: in Chinese and in English, empty for no reason.

    Each part in which it differs from all of the others is named.
    """
    zh, en = [], []
    for part, (said, said_en, name) in _PARTS.items():
        own = getattr(one, part)
        rest = {getattr(o, part) for o in others}
        if part in _SECOND and (own is None or None in rest):
            continue  # what follows from another difference, such as a level that has no length of time
        if part == "extent" and not one.general:
            continue  # 销售额 20 亿元以上的品牌仿制药 is no total of a country
        if rest and own not in rest:
            span = f" ({figure.begin}–{figure.end})" if part == "years" and own else ""
            of = [sorted(name(v, english) for v in rest) for english in (False, True)]
            zh.append(f"{said}：{name(own, False)}{span}，而非{'、'.join(of[0])}")
            en.append(f"{said_en}: {name(own, True)}{span}, not {' or '.join(of[1])}")
    if not zh and others and one not in others:
        return "范围、口径、时长的组合不同", "scope, measure and period differ in combination"
    return "；".join(zh), "; ".join(en)


def scope_name(scope: str, language: str = "zh") -> str:
    """A scope in words.

    >>> scope_name("above"), scope_name("whole", "en"), scope_name("骨干企业")
    ('规模以上企业', 'the whole industry', '骨干企业')
    """
    known = {
        _WHOLE: ("全行业", "the whole industry"),
        _ABOVE: ("规模以上企业", "enterprises above designated size"),
    }
    return known[scope][language == "en"] if scope in known else scope


def describe(one: Basis, language: str = "zh") -> str:
    """What a basis is, in a few words: scope and kind of figure, then what else it needs."""
    en = language == "en"
    parts = [scope_name(one.scope, language), _CHANGES[one.change][en]]
    if one.baseline:
        parts.append(f"base {one.baseline}" if en else f"基期 {one.baseline}")
    if one.years:
        parts.append(f"{one.years} years" if en else f"{one.years} 年")
    if one.measure:
        parts.append(f"by {one.measure}" if en else f"按{one.measure}")
    return (", " if en else "，").join(parts)


def _change(figure: Figure) -> str:
    kinds = words()["kinds"]
    name = f"{figure.indicator.zh} {figure.wording}"
    if figure.direction == "decrease":
        return "decrease"
    if re.search(kinds["growth"], name) and figure.amount.dimension == "percent":
        return "growth"
    if re.search(kinds["yearly"], figure.wording):
        return "yearly"
    if re.search(kinds["average"], figure.wording):
        return "average"
    if figure.direction == "increase" or (figure.kind == "statistic" and _flow(figure)):
        return "increase"
    return "increase" if re.search(kinds["event"], name) and figure.kind == "target" else "level"


def _flow(figure: Figure) -> bool:
    """A statistic over several years that adds up: what happened in them."""
    return figure.period is not None and figure.amount.dimension in words()["dimensions"]["extensive"]


def _scope(figure: Figure) -> str:
    scopes = words()["scopes"]
    if re.search(scopes["above"], f"{figure.scope or ''} {figure.wording}"):
        return _ABOVE
    return _named(figure.scope or "")


@cache
def _named(scope: str) -> str:
    scopes = words()["scopes"]
    tidy = re.sub(scopes["quotes"], "", scope)
    return _WHOLE if re.fullmatch(scopes["whole"], tidy) else tidy


def _measure(value: str, english: bool) -> str:
    return value or ("not stated" if english else "未写明")


def _stated(value: int | None, english: bool) -> str:
    return str(value) if value else "none stated" if english else "未写明"


def _length(value: int | None, english: bool) -> str:
    return f"{_stated(value, english)}{' years' if english else ' 年'}" if value else _stated(value, english)


def _extent(value: str | None, english: bool) -> str:
    other = (
        ("未写明级别的总量", "a total of no stated level") if value is not None else ("非总量", "no total")
    )
    return _EXTENTS.get(value or "", other)[english]


_PARTS: Mapping[str, tuple[str, str, Callable[[Any, bool], str]]] = {
    "indicator": ("指标口径不同", "another indicator", lambda v, en: v.label("en" if en else "zh")),
    "dimension": (
        "单位性质不同", "another kind of unit", lambda v, en: dimension_name(v, "en" if en else "zh")
    ),
    "scope": ("范围不同", "another scope", lambda v, en: scope_name(v, "en" if en else "zh")),
    "change": ("性质不同", "another kind of figure", lambda v, en: _CHANGES[v][en]),
    "baseline": ("基期不同", "another base year", _stated),
    "years": ("时长不同", "another length of time", _length),
    "extent": ("总量级别不同", "a total of another level", _extent),
    "measure": ("门槛口径不同", "a threshold on another sum", _measure),
}  # fmt: skip
"""What a difference in a part of the basis is called, and how the values of the part are."""
