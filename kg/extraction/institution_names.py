"""What in a clause may be the name of an institution: heads, the shared heads of lists, and the verbs between names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.extraction.names import without_lead
from kg.extraction.text import Slice, split
from kg.lexicon.vocabulary import load
from kg.lexicon.words import alternatives, pattern, words
from kg.model import InstitutionKind

KINDS: tuple[tuple[str, InstitutionKind], ...] = (
    ("university", "university"), ("hospital", "hospital"), ("laboratory", "laboratory"), ("platform", "platform"),
    ("research", "other"), ("association", "association"), ("body", "other"), ("placed", "platform"), ("nested", "platform"),
)  # fmt: skip
_SHARED_AFTER_ETC = re.compile(r"(?:中心|实验室|研究院|平台)$")
_SHARED_IN_LIST = re.compile(r"(?:制造业|产业|技术)创新中心$|工程研究中心$|研究院$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be an institution's name: its head, the clause before and after it, and how it stands in a list.

    ``attributed`` says that an attribute ending in 的 goes before, ``shared`` that the head is that of the list.
    """

    name: str
    start: int
    end: int
    head: str
    kind: InstitutionKind
    before: str
    after: str = ""
    attributed: bool = False
    shared: bool = False

    @property
    def core(self) -> str:
        """The name without its head."""
        return re.sub(r"(?:”|（[^（）]*）)+$", "", self.name)[: -len(self.head)]


def candidates(clause: Slice) -> Iterator[Candidate]:
    """The candidates of one clause, shared heads restored.

    >>> [c.name for c in candidates(Slice("创建生物医药、现代中药等制造业创新中心", 0))]
    ['生物医药制造业创新中心', '现代中药制造业创新中心']
    """
    parts = list(_parts(clause)) if _heads().search(clause.text) else []
    for n, part in enumerate(parts):
        found = list(_in_part(part, clause))
        if not found:
            continue
        if part.text.startswith("等") and not found[0].attributed:
            if _first_piece(part).end == found[0].end:  # the class of the list, itself no name
                yield from _after_etc(_run(parts[:n], stop_at_heads=False), found[0], clause)
                found = found[1:]
        elif not part.text.startswith("等"):
            run = _run(parts[:n], stop_at_heads=True)
            yield from _in_list(run, found[0], clause)
            found = [_joined(run, found[0], clause), *found[1:]]
        yield from found


def _parts(clause: Slice) -> Iterator[Slice]:
    """The items between the marks of a list; the class after 等 is a part that begins with it."""
    for item in split(clause, "、"):
        for m in re.finditer("(?<![高中初同均])等(?=[\u4e00-\u9fff])(?!级|离子)", item.text):
            if _depth(item.text, m.start()) == 0 and _heads().search(item.text[m.start() :]):
                yield from _conjuncts(item.part(0, m.start()))
                yield from _conjuncts(item.part(m.start()))
                break
        else:
            yield from _conjuncts(item)


def _conjuncts(item: Slice) -> Iterator[Slice]:
    """``A和B`` is parted where A ends in a head."""
    for m in re.finditer(r"以及|和|及|与", item.text):
        left = item.part(0, m.start())
        if ends_in_head(left.text):
            yield left
            yield from _conjuncts(item.part(m.end()))
            return
    if item.text:
        yield item


def ends_in_head(text: str) -> bool:
    """Whether a text ends in the head of an institution's name."""
    return any(m.end() == len(text) for m in _heads().finditer(text))


@cache
def _heads() -> re.Pattern[str]:
    listed = [w for kind, _ in KINDS for w in words("institutions", kind)]
    return re.compile(f"(?:{alternatives(listed)})(?!{pattern('institutions', 'not_after')})")


@cache
def _breaks() -> re.Pattern[str]:
    # 联合 parts two names only after one: 复旦大学联合华山医院, but 中医药联合创新研究院
    with_others = "^联合(?=[\u4e00-\u9fff]*(?:大学|学院|医院|科学院|研究所))"
    joint = "(?<=大学|学院|医院|公司|企业|高校)联合|联合(?=国内|国外|高校|企业|建设|共建|知名)"
    return re.compile(
        f"{pattern('institutions', 'breaks')}|{joint}|{with_others}|(?<!省部)(?<!部省)(?<!部市)(?<!省市)共建"
    )


def _in_part(part: Slice, clause: Slice) -> Iterator[Candidate]:
    """The names in one item: what stands between its verbs and ends in a head."""
    for piece, attributed in _pieces(part):
        heads = list(_heads().finditer(piece.text))
        if not heads:
            continue
        last = heads[-1]
        name = _trimmed(piece.part(0, last.end()))
        if len(name.text) >= len(last.group()):
            if "“" in name.text and clause.text[name.end - clause.start :].startswith("”"):
                name = Slice(name.text + "”", name.start)
            name = _with_seat(name, clause)
            yield Candidate(
                name.text, name.start, name.end, last.group(), kind_of(last.group()),
                clause.text[: name.start - clause.start], clause.text[name.end - clause.start :], attributed,
            )  # fmt: skip


def _with_seat(name: Slice, clause: Slice) -> Slice:
    """A name with the place in brackets that says where it has its seat: …省实验室（湛江）."""
    m = re.match(r"（([\u4e00-\u9fff]{2,6})）", clause.text[name.end - clause.start :])
    return Slice(name.text + m.group(), name.start) if m and load().find("region", m.group(1)) else name


def _pieces(part: Slice) -> Iterator[tuple[Slice, bool]]:
    """The runs of an item between verbs, and whether an attribute goes before; 基于…的 belongs to the name."""
    begin = 0
    for m in [*_breaks().finditer(part.text), None]:
        end = len(part.text) if m is None else m.start()
        if m is not None and (m.start() < begin or _depth(part.text, m.start())):
            continue
        yield _unattributed(part.part(begin, end))
        begin = m.end() if m is not None else end


def _unattributed(piece: Slice) -> tuple[Slice, bool]:
    at = piece.text.rfind("的")
    if at < 0 or re.match(r"等?基于[^的]{2,20}的", piece.text):
        return piece, False
    return piece.part(at + 1), True


def _first_piece(part: Slice) -> Slice:
    return next(_pieces(part))[0]


def _last_piece(part: Slice) -> Slice:
    return list(_pieces(part))[-1][0]


def _depth(text: str, at: int) -> int:
    return sum(c in "（《“" for c in text[:at]) - sum(c in "）》”" for c in text[:at])


_NUMBERED = re.compile(
    r"^(?:\d{1,2}[.、]|（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]{1,3}、|——|[.、])+"
)


def _trimmed(piece: Slice) -> Slice:
    """A name without the words that lead up to it, and without a bracket that is not of the name."""
    numbered = _NUMBERED.match(piece.text)
    if numbered:
        piece = piece.part(numbered.end())
    closed = piece.text.rfind("）")
    if closed >= 0 and not re.match(r"[^（]{0,12}（[\u4e00-\u9fff]{2,8}）", piece.text):
        piece = piece.part(closed + 1)
    return without_lead(piece.part(1) if piece.text[:1] == "等" else piece)


@cache
def kind_of(head: str) -> InstitutionKind:
    """The kind that a head says.

    >>> kind_of("研究院"), kind_of("大学")
    ('platform', 'university')
    """
    for name, kind in KINDS:
        if head in words("institutions", name):
            return kind
    return "other"


# ------------------------------------------------------------------ lists that share a head


def _after_etc(run: Sequence[Slice], class_: Candidate, clause: Slice) -> Iterator[Candidate]:
    """``A、B等C中心``: the items that have no head of their own take that of the class."""
    if not _SHARED_AFTER_ETC.search(class_.head):
        return
    head = re.sub(r"^(?:国家级|省级|高水平|重点)+", "", class_.name)
    yield from _with_head(run, class_, head if len(head) <= 8 else class_.head, clause)


def _in_list(run: Sequence[Slice], named: Candidate, clause: Slice) -> Iterator[Candidate]:
    """``药品、医疗器械制造业创新中心`` is two centres."""
    if run and _SHARED_IN_LIST.search(named.head) and not named.attributed and _short(run):
        yield from _with_head(run, named, named.head, clause)


def _with_head(run: Sequence[Slice], class_: Candidate, head: str, clause: Slice) -> Iterator[Candidate]:
    before = clause.text[: _trimmed(_last_piece(run[0])).start - clause.start] if run else ""
    for n, item in enumerate(run):
        if ends_in_head(item.text):
            continue
        name = _trimmed(_last_piece(item)) if n == 0 else without_lead(item)
        if len(name.text) >= 2:
            yield replace(
                class_, name=name.text + head, start=name.start, end=class_.end, head=head, kind=kind_of(class_.head),
                before=before, attributed="的" in item.text[: name.start - item.start], shared=True,
            )  # fmt: skip


def _run(before: Sequence[Slice], *, stop_at_heads: bool) -> list[Slice]:
    """The items right before, back to the verb that leads them, or else to one with a head of its own."""
    run: list[Slice] = []
    for item in reversed(before):
        if stop_at_heads and ends_in_head(item.text):
            break
        run.insert(0, item)
        if _breaks().search(item.text):
            break
    return run


def _short(run: Sequence[Slice]) -> bool:
    """Whether a verb leads the items and each is short enough to be only a modifier."""
    return bool(_breaks().search(run[0].text)) and all(
        2 <= len(_trimmed(_last_piece(i)).text) <= 6 for i in run
    )


def _joined(run: Sequence[Slice], named: Candidate, clause: Slice) -> Candidate:
    """``药品、医疗器械创新服务大平台`` is one platform for both."""
    if not named.head.endswith("平台") or len(run) != 1 or not _short(run) or named.attributed:
        return named
    first = _trimmed(_last_piece(run[0]))
    between = clause.text[first.start - clause.start : named.end - clause.start]
    return replace(named, name=between, start=first.start, before=clause.text[: first.start - clause.start])
