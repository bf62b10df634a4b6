"""Numbers with their units in Chinese text: Arabic and Chinese numerals, ranges, ratios, shares, comparators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from kg.extraction.comparators import bound_after, bound_before
from kg.lexicon.words import pattern, words
from kg.model import Comparator

Kind = Literal["count", "measure", "share", "points", "fold", "duration", "ratio", "amount", "bare"]

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万亿": (1, "万亿"), "千亿": (1000, "亿"), "百亿": (100, "亿"), "十亿": (10, "亿"), "亿": (1, "亿"),
           "千万": (1000, "万"), "百万": (100, "万"), "十万": (10, "万"), "万": (1, "万")}  # fmt: skip
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_CHINESE = r"[零〇一二两三四五六七八九十百千]+"
_SCALE = "|".join(_SCALES)
_DASH = r"(?:[-~～]|—{1,2}|至|到)"
# A classifier or unit that is the first half of another word: 10项|目, 5种|植.
_OTHER_WORD = {
    "个": "性人体别税", "家": "族用庭电居", "项": "目", "种": "植类子质业苗养", "名": "称优牌医特", "人": "才民类工均群口参源体",
    "位": "于居列置次", "所": "有需在属得以", "条": "件例款", "处": "理于方", "台": "州湾阶", "套": "餐", "支": "持付撑援部柱",
    "批": "准复件发号次量", "对": "外于接照口", "期": "间末初", "门": "类诊户槛", "株": "洲", "床": "位边", "只": "有",
    "味": "道", "元": "素器件", "天": "津然", "日": "照产用本常", "周": "期围边", "件": "套", "户": "外籍", "例": "如外",
    "篇": "章", "座": "谈", "片": "区剂", "瓶": "颈", "剂": "型", "款": "项", "张": "家江", "亩": "均", "场": "所地景",
    "份": "额",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text. ``start``/``end`` hold the comparator words and the unit; ``at`` is where the number begins.

    ``value`` and ``value_max`` are in ``unit`` as worded (scale words belong to the unit: 2 万亿元).
    """

    start: int
    at: int
    end: int
    value: float
    value_max: float | None
    unit: str | None
    comparator: Comparator
    kind: Kind


def chinese_number(text: str) -> float | None:
    """The value of a Chinese numeral below ten thousand; None where the characters make no number.

    >>> chinese_number("三百二十"), chinese_number("十"), chinese_number("百"), chinese_number("二三")
    (320.0, 10.0, 100.0, None)
    """
    total, digit = 0, None
    for char in text:
        if char in _TENS:
            total += (1 if digit is None else digit) * _TENS[char]
            digit = None
        elif char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        else:
            return None
    return float(total + (digit or 0)) if text else None


def number(text: str) -> float | None:
    """The value of an Arabic or Chinese numeral.

    >>> number("26,885"), number("两")
    (26885.0, 2.0)
    """
    plain = text.replace(",", "")
    return float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else chinese_number(text)


@cache
def _unit() -> str:
    bases = (
        *words("quantities", "classifiers"),
        *words("quantities", "measures"),
        *words("quantities", "durations"),
    )
    listed = "|".join(re.escape(b) for b in sorted(bases, key=lambda b: (-len(b), b)))
    return f"(?:%|‰|个?百分点|倍|(?:{listed})(?:/(?:亩|人|年|平方米|吨|家))?)"


@cache
def _lexer() -> re.Pattern[str]:
    one = rf"(?:{_ARABIC}|{_CHINESE})"
    first = rf"(?P<low>{one})(?P<low_scale>{_SCALE})?(?P<low_unit>{_unit()})?"
    return re.compile(
        rf"(?P<ratio>(?<![\d:：∶])\d+(?:\.\d+)?[:：∶]\d+(?:\.\d+)?(?![\d.:：∶]))"
        rf"|(?P<whole>[一二三四五六七八九十百]+|\d+)分之(?P<part>[零一二三四五六七八九十百]+(?:点[零一二三四五六七八九]+)?|\d+(?:\.\d+)?)"
        r"|(?<![\d.])(?P<over>[1-9])/(?P<under>[2-9]|10)(?![\d/.])"
        r"|(?P<tenth>[一二三四五六七八九])成(?P<half>半)?"
        r"|翻了?(?P<fold>[一二两三四])?番"
        r"|(?P<majority>半数|一半|过半)"
        rf"|{first}{_DASH}(?P<high>{one})(?P<high_scale>{_SCALE})?(?P<high_unit>{_unit()})"
        rf"|(?P<num>{one})(?P<more>[余多])?(?P<scale>{_SCALE})?(?P<more2>[余多])?(?P<unit>{_unit()})?(?P<alt>（(?:个|家|户|项|件|种)）)?"
        rf"|(?P<bare>万亿|亿)(?P<bare_unit>美元|元)"
    )


def quantities(text: str) -> tuple[Quantity, ...]:
    """All numbers that say how many or how much, in order; years, ordinals, ranks and parts of names are left out.

    >>> [(q.value, q.value_max, q.unit, q.comparator) for q in quantities("建设3—5个园区，产值超500亿元，占比不低于20%")]
    [(3.0, 5.0, '个', 'range'), (500.0, None, '亿元', '>'), (20.0, None, '%', '>=')]
    >>> quantities("2020年入选百强，128排CT，1类新药，5G，第3位")
    ()
    """
    found = [q for m in _lexer().finditer(text) if (q := _read(m, text)) is not None]
    return tuple(_share_units(found, text))


def _read(m: re.Match[str], text: str) -> Quantity | None:
    """One match as a quantity, or None where it is something else."""
    if _part_of_a_name(m, text):
        return None
    if m["ratio"]:
        a, b = (float(x) for x in re.split(r"[:：∶]", m["ratio"]))
        return _bounded(m, text, round(a / b, 4), None, None, "ratio") if b else None
    if m["whole"]:
        return _fraction(m, text)
    if m["over"]:
        value = round(100 * int(m["over"]) / int(m["under"]), 2)
        share = re.search(r"(?:占[^，。；]{0,12}|的|近|约|超|过|达|达到)$", text[: m.start()])
        return _bounded(m, text, value, None, "%", "share") if share else None
    if m["tenth"]:
        return _tenths(m, text)
    if m.group().startswith("翻"):
        return _bounded(m, text, chinese_number(m["fold"] or "一"), None, "番", "fold")
    if m["majority"]:
        over = m["majority"] == "过半"
        q = _bounded(m, text, 50.0, None, "%", "share")
        return q and (
            replace(q, comparator=">") if over else q if q.start < q.at or q.end > m.end() else None
        )
    if m["high"]:
        return _range(m, text)
    if m["bare"]:
        q = _bounded(m, text, 1.0, None, m["bare"] + m["bare_unit"], "measure")
        return q if q and q.comparator != "=" else None
    return _plain(m, text)


def _part_of_a_name(m: re.Match[str], text: str) -> bool:
    """Whether what stands beside the number makes it part of a name: PD-1, 5G, 1+X, 第三, 前20位, “十三五”."""
    before, after = text[: m.start()], text[m.end() : m.end() + 4]
    if re.search(r"(?:[A-Za-z][-—]?|[第+./、，]?[+]|第|\d[-—.:]|[图表栏])$", before):
        return True
    if re.search(r"(?:前|排名|排序|Top|TOP|头)$", before[-3:]):
        return True
    if before.endswith("“") and re.match(r"[”+一二三四五六七八九十]|[^，。”]{0,3}”", after) and not m["unit"]:
        return True
    return bool(re.match(r"[A-Za-z+\d]", after)) and m.group()[-1].isdigit()


def _fraction(m: re.Match[str], text: str) -> Quantity | None:
    """八分之一 → 12.5 %, 百分之五十 → 50 %."""
    whole = number(m["whole"])
    ones, _, decimals = m["part"].partition("点")
    part = number(ones)
    if not whole or part is None:
        return None
    if decimals:
        part += float("0." + "".join(str(_DIGITS[d]) for d in decimals))
    return _bounded(m, text, round(100 * part / whole, 2), None, "%", "share")


def _tenths(m: re.Match[str], text: str) -> Quantity | None:
    """近四成 → 40 %; 七成药品 counts only with a bound, or at the end of a clause."""
    value = 10.0 * _DIGITS[m["tenth"]] + (5.0 if m["half"] else 0.0)
    q = _bounded(m, text, value, None, "%", "share")
    ends = not text[m.end() :] or text[m.end()] in "，。；、的）"
    return (
        q
        if q
        and (q.comparator != "=" or (ends and text[: m.start()].endswith(("占", "达", "到", "为", "比重"))))
        else None
    )


def _range(m: re.Match[str], text: str) -> Quantity | None:
    """3—5个, 10亿—50亿元, 5000万元至1亿元; 至 and 到 only join numbers when the first is bare or of the same unit."""
    low, high = number(m["low"]), number(m["high"])
    if low is None or high is None:
        return None
    factor_low, scale_low = _SCALES.get(m["low_scale"] or "", (1, ""))
    factor_high, scale_high = _SCALES.get(m["high_scale"] or "", (1, ""))
    unit = scale_high + m["high_unit"]
    low, high = low * factor_low, high * factor_high
    if m["low_scale"] and scale_low != scale_high:
        low *= _magnitude(scale_low) / _magnitude(scale_high)
    kind = _kind(unit, m["high_unit"])
    if low >= high or _is_date(m["high_unit"], text, m) or (m["low_unit"] and m["low_unit"] not in unit):
        return None
    if re.match(_CHINESE, m["low"]) and kind != "count":
        return None
    return _bounded(m, text, low, high, _worded(unit), kind)


def _magnitude(scale: str) -> float:
    return {"": 1.0, "万": 1e4, "亿": 1e8, "万亿": 1e12}[scale]


def _plain(m: re.Match[str], text: str) -> Quantity | None:
    """A single number with its unit; Chinese numerals must count plainly (两个, 十余家, 百亿元)."""
    value, base = number(m["num"]), m["unit"] or ""
    if value is None:
        return None
    factor, scale = _SCALES.get(m["scale"] or "", (1, ""))
    value *= factor
    arabic = m["num"][0].isdigit()
    after = text[m.end() : m.end() + 3]
    if base and after and after[0] in _OTHER_WORD.get(base, ""):
        return None
    if after.startswith("级") or (not base and re.match(pattern("quantities", "not_units"), after)):
        return None
    more = bool(m["more"] or m["more2"])
    if not arabic and not _counts(m, text, value, base, scale, more):
        return None
    if not base and not scale:
        bare = (
            arabic
            and (not after or after[0] in "，。；、）和及与以左")
            and not re.fullmatch(r"(?:19|20)\d\d", m["num"])
        )
        return _bounded(m, text, value, None, None, "bare") if bare else None
    if _is_date(base, text, m):
        return None
    unit = scale + base + (m["alt"] or "")
    return _bounded(m, text, value, None, _worded(unit), _kind(unit, base), more)


def _counts(m: re.Match[str], text: str, value: float, base: str, scale: str, more: bool) -> bool:
    """Whether a Chinese numeral counts: not 一批, 两化, 百强, 三个方面."""
    if not base or value < 2 or (base in words("quantities", "weak_classifiers") and not scale):
        return False
    if base in ("%", "‰"):
        return False
    if re.match(pattern("quantities", "slogan_heads"), text[m.end() : m.end() + 4]):
        return False
    round_number = m["num"] in ("百", "千", "十") and not scale
    bounded = re.search(r"(?:上|近|超|过|逾|超过|约|达|达到)$", text[: m.start()]) or text.startswith(
        "以上", m.end()
    )
    return not round_number or more or bool(bounded)


def _is_date(base: str, text: str, m: re.Match[str]) -> bool:
    """6月16日, 近30天; a day or an hour is a duration only beside a word of time limits."""
    if base not in words("quantities", "durations") or base in ("工作日", "个工作日"):
        return False
    before = text[max(0, m.start() - 30) : m.start()]
    return before.endswith("月") or not re.search(r"时限|时间|周期|期限|时长|压缩|缩短|工时", before)


def _worded(unit: str) -> str:
    """The unit as it is written, without the classifier before 工作日, and 百分点 with it."""
    if unit in ("个工作日", "工作日"):
        return "工作日"
    return "个百分点" if unit == "百分点" else unit


def _kind(unit: str, base: str) -> Kind:
    base = base.split("/", maxsplit=1)[0]
    if base in ("%", "‰"):
        return "share"
    if base.endswith("百分点"):
        return "points"
    if base == "倍":
        return "fold"
    if base in words("quantities", "durations"):
        return "duration"
    if base in words("quantities", "measures"):
        return "measure"
    return "count" if base else "amount"


def _bounded(
    m: re.Match[str],
    text: str,
    value: float | None,
    value_max: float | None,
    unit: str | None,
    kind: Kind,
    more: bool = False,
) -> Quantity | None:
    """The quantity with the comparator that the words on both sides of it make."""
    if value is None:
        return None
    start, before = bound_before(text, m.start())
    end, after = bound_after(text, m.end())
    comparator: Comparator = before or after or (">" if more else "=")
    if value_max is not None:
        comparator = "range"
    return Quantity(
        start, m.start(), end, round(value, 6), value_max and round(value_max, 6), unit, comparator, kind
    )


def _share_units(found: list[Quantity], text: str) -> Iterator[Quantity]:
    """Bare numbers of a list take the unit of the next item: 高于7.9、8.5个百分点."""
    result: list[Quantity] = []
    for q in reversed(found):
        following = result[-1] if result else None
        if (
            q.kind == "bare"
            and following
            and text[q.end : following.start] in ("、", "和", "及", "与", "以及")
        ):
            result.append(replace(q, unit=following.unit, kind=following.kind))
        else:
            result.append(q)
    yield from reversed(result)
