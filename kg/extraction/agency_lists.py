"""Where a text lists the bodies that answer for something: （责任单位：…）, （…牵头，…配合）, 由…牵头, …会同…等部门."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extraction.agencies import agencies, is_agency, leading
from kg.extraction.text import Slice, split
from kg.lexicon.words import pattern


@dataclass(frozen=True, slots=True)
class AgencyList:
    """The bodies of one list, the lead first, and the stretch of text that the list takes with its brackets."""

    names: tuple[str, ...]
    start: int
    end: int
    rule: str
    confidence: float


def agency_lists(text: str) -> list[AgencyList]:
    """All lists of a text in order of place.

    >>> [l.names for l in agency_lists("（责任单位：省科技厅、省药监局）（省经信厅牵头，省商务厅配合）")]
    [('省科技厅', '省药监局'), ('省经信厅', '省商务厅')]
    """
    found: list[AgencyList] = []
    for reader in (_labelled, _bracketed, _led, _together, _dashed):
        for one in reader(text):
            if one.names and all(one.end <= o.start or o.end <= one.start for o in found):
                found.append(one)
    return _merged(text, sorted(found, key=lambda o: o.start))


# ------------------------------------------------------------------ （责任单位：…）


@cache
def _label() -> re.Pattern[str]:
    listed = "|".join(pattern("measures", name) for name in ("lead_labels", "list_labels", "other_labels"))
    bare = r"|(?<=单位|部门)(?=(?:省|市|自治区|国家)(?!场|级|内))"  # where a blank stood for the colon
    return re.compile(
        f"(?P<open>[（【〔\\[])?(?P<label>{listed})(?:（[^（）]{{1,20}}）)?(?:为|是)?(?:[：:]{bare})"
    )


def _labelled(text: str) -> Iterator[AgencyList]:
    at = 0
    while m := _label().search(text, at):
        end, close = _end(text, m)
        names = _in_order(Slice(text[m.start("label") : end], m.start("label")))
        at = max(m.end(), end)
        if names:
            yield AgencyList(names, m.start(), close, "responsible-label", 0.95)


def _end(text: str, m: re.Match[str]) -> tuple[int, int]:
    """Where the bodies end, and where the list ends with the notes and the bracket after them."""
    line = text.find("\n", m.end())
    line = len(text) if line < 0 else line
    if not m["open"]:
        stop = re.compile("[。\n]").search(text, m.end())
        at = stop.start() if stop else len(text)
        return at, min(at + 1, len(text)) if text[at : at + 1] == "。" else at
    depth = 1
    for i in range(m.end(), min(line, m.end() + 400)):
        depth += (text[i] in "（【〔[") - (text[i] in "）】〕]")
        if depth == 0:
            note = text.find("。", m.end(), i)
            return (note if note >= 0 else i), i + 1
    note = text.find("。", m.end(), line)
    return (note, note + 1) if note >= 0 else (line, line)


def _in_order(content: Slice) -> tuple[str, ...]:
    """The bodies of a list that may have several labels: those of the lead come first."""
    marks = list(_label().finditer(content.text))
    lead: list[str] = []
    others: list[str] = []
    for n, m in enumerate(marks):
        end = marks[n + 1].start() if n + 1 < len(marks) else len(content.text)
        names = [a.text for a in agencies(content.part(m.end(), end))]
        first = re.fullmatch(pattern("measures", "lead_labels"), m["label"]) is not None
        (lead if first else others).extend(names)
    return tuple(dict.fromkeys([*lead, *others]))


# ------------------------------------------------------------------ （A牵头，B配合）, （A、B按职责分工负责）


def _bracketed(text: str) -> Iterator[AgencyList]:
    for m in re.finditer(r"[（［【](?P<body>(?:[^（）［］【】\n]|（[^（）\n]{1,8}）){3,240})[）］】]", text):
        body = Slice(m["body"], m.start("body"))
        if "：" in body.text or not _all_bodies(body):
            continue
        told = re.search(r"牵头|负责|配合|参加|参与|分工", body.text)
        at_end = text[m.start() - 1 : m.start()] in ("。", "；", "\n", "”") or text[
            m.end() : m.end() + 1
        ] in ("", "\n", "。")
        names = tuple(dict.fromkeys(a.text for a in agencies(body)))
        placed = (
            bool(names)
            and re.match(r"省|市|区|县|国家|各|自治|财政部|科技部|工业|商务部", names[0]) is not None
        )
        if names and (told or (at_end and placed)):
            yield AgencyList(names, m.start(), m.end(), "responsible-bracket", 0.9 if told else 0.75)


def _all_bodies(body: Slice) -> bool:
    parts = [p for p in split(body, "、，；") if p.text]
    return all(
        list(agencies(p)) or re.match(r"各[市县区州设]|县|市|按职责|分工|20\d\d年|长期|持续", p.text)
        for p in parts
    )


# ------------------------------------------------------------------ 由A牵头，B、C配合; A会同B、C等部门

_BODY = r"[^，。；：！“”\n]"
_LEAD = re.compile(
    rf"(?:(?P<by>由)|(?:(?<=[，。；：\n）])|^))(?P<lead>(?:(?!由){_BODY}){{2,60}}?)(?:牵头(?:负责|组织|推进)?|负责牵头|负责|组织实施)(?!解释)"
    rf"(?:，(?:会同|联合)?(?P<rest>{_BODY}{{2,120}}?){pattern('measures', 'led_ends')})?"
)


def _names(text: str | None) -> list[str]:
    """The bodies that a text names, as worded and in order; none where there is no text."""
    return [a.text for a in agencies(Slice(text, 0))] if text else []


def _led(text: str) -> Iterator[AgencyList]:
    for m in _LEAD.finditer(text):
        lead = _names(m["lead"])
        rest = _names(m["rest"])
        open_, close = text[m.start() - 1 : m.start()] == "（", text[m.end() : m.end() + 1] == "）"
        whole = lead and lead[0] == m["lead"].split("、")[0]
        if whole and (m["by"] or (re.search("牵头|负责", m.group()) and _all_bodies_of(m["lead"]))):
            yield AgencyList(
                tuple(dict.fromkeys([*lead, *rest])),
                m.start() - open_,
                m.end() + close,
                "responsible-led-by",
                0.85,
            )


def _all_bodies_of(lead: str) -> bool:
    bodies = re.sub(
        r"等?(?:有关|相关)?(?:部门|单位)?(?:按照?(?:各自)?职责(?:分工)?|分别|共同|具体)*$", "", lead
    )
    return bool(bodies) and leading(bodies) == bodies


def _dashed(text: str) -> Iterator[AgencyList]:
    """A task, and after a dash at the end of its line who does it: 开展质量追溯。——市药监局、市商务局."""
    for m in re.finditer(r"——(?P<body>[^，。；：\n—]{3,80})。?(?=\n|$)", text):
        if leading(m["body"]) == m["body"]:
            yield AgencyList(tuple(_names(m["body"])), m.start(), m.end(), "responsible-dash", 0.8)


_TOGETHER = re.compile(
    rf"(?:(?<=[，。；：\n）])|^)(?:由)?(?P<lead>{_BODY}{{2,16}}?)(?:牵头)?，?(?:会同|联合|商同)"
    rf"(?P<rest>{_BODY}{{2,160}}?)(?P<stop>{pattern('measures', 'together_ends')}|$)"
)


def _together(text: str) -> Iterator[AgencyList]:
    for m in _TOGETHER.finditer(text):
        rest = _names(m["rest"])
        stop = m.start("stop")
        opened = leading(m["rest"])
        told = _names(opened)
        if len(told) > len(rest):
            rest, stop = told, m.start("rest") + len(opened)
        if rest and is_agency(m["lead"]) and not re.match(r"各|有关|相关", m["lead"]):
            names = tuple(dict.fromkeys([m["lead"], *rest]))
            yield AgencyList(names, m.start("lead"), stop, "responsible-together", 0.8)


def _merged(text: str, found: list[AgencyList]) -> list[AgencyList]:
    """Lists that follow each other with nothing between are one: （牵头单位：A）（责任单位：B）."""
    out: list[AgencyList] = []
    for one in found:
        last = out[-1] if out else None
        if (
            last
            and last.rule == one.rule == "responsible-label"
            and not text[last.end : one.start].strip("\n；，。")
        ):
            second = text[one.start : one.start + 6].strip("（【")
            other = re.match(
                "|".join(pattern("measures", n) for n in ("other_labels", "list_labels")), second
            )
            first = re.match(
                f"[（【]?{pattern('measures', 'lead_labels')}", text[last.start : last.start + 12]
            )
            if other and first:
                names = tuple(dict.fromkeys([*last.names, *one.names]))
                out[-1] = AgencyList(names, last.start, one.end, last.rule, last.confidence)
                continue
        out.append(one)
    return out
