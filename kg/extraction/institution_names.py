"""What in a clause is the name of an institution: heads, the shared heads of lists, and names told from classes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.extraction.names import without_lead
from kg.extraction.text import Slice, split
from kg.lexicon.words import alternatives, pattern, words
from kg.model import InstitutionKind

KINDS: tuple[tuple[str, InstitutionKind], ...] = (
    ("university", "university"), ("hospital", "hospital"), ("laboratory", "laboratory"), ("platform", "platform"),
    ("research", "other"), ("association", "association"), ("body", "other"), ("placed", "platform"),
)  # fmt: skip
_SHARING = re.compile(r"(?:创新中心|研究中心|技术中心|实验室|研究院|工程中心|平台)$")
_ORDINARY = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be an institution's name, with its head and the words before its list in the clause."""

    name: str
    start: int
    end: int
    head: str
    kind: InstitutionKind
    before: str
    group: str
    after: str = ""

    @property
    def core(self) -> str:
        """The name without its head."""
        return self.name[: len(self.name) - len(self.head)]


def candidates(clause: Slice) -> Iterator[Candidate]:
    """The candidates of one clause, shared heads restored.

    >>> [c.name for c in candidates(Slice("创建生物医药、现代中药等制造业创新中心", 0))]
    ['生物医药制造业创新中心', '现代中药制造业创新中心']
    """
    parts = list(_parts(clause))
    found: list[Candidate] = []
    for n, part in enumerate(parts):
        named = list(_in_part(part, clause))
        if named:
            found.extend(_sharing(parts[:n], part, named[0], clause))
            first = named[0]
            joined = _joined(parts[:n], part, first, clause)
            found.extend([joined or first, *named[1:]])
    yield from found


def _parts(clause: Slice) -> Iterator[Slice]:
    """The items between the marks of a list; ``A等B`` and ``A和B`` are parted where A ends in a head."""
    for item in split(clause, "、"):
        yield from _conjuncts(item)


def _conjuncts(item: Slice) -> Iterator[Slice]:
    for m in re.finditer(r"以及|和|及|与|等(?=[\u4e00-\u9fff])", item.text):
        left = item.part(0, m.start())
        if _heads().search(left.text) and _ends_in_head(left.text):
            yield left
            yield from _conjuncts(item.part(m.start() if m.group() == "等" else m.end()))
            return
    yield item


def _ends_in_head(text: str) -> bool:
    m = None
    for m in _heads().finditer(text):
        pass
    return bool(m and m.end() == len(text))


@cache
def _heads() -> re.Pattern[str]:
    listed = [w for kind, _ in KINDS for w in words("institutions", kind)]
    return re.compile(f"(?:{alternatives(listed)})(?!{pattern('institutions', 'not_after')})")


@cache
def _breaks() -> re.Pattern[str]:
    return re.compile(pattern("institutions", "breaks"))


def _in_part(part: Slice, clause: Slice) -> Iterator[Candidate]:
    """The names in one item: what stands between its verbs and ends in a head."""
    for piece in _pieces(part):
        last = None
        for m in _heads().finditer(piece.text):
            last = m
        if last is None:
            continue
        after = clause.text[piece.start + last.end() - clause.start :]
        name = _trimmed(piece.part(0, last.end()))
        if name:
            head = last.group()
            before = clause.text[: name.start - clause.start]
            yield Candidate(name.text, name.start, name.end, head, _kind(head), before, clause.text, after)


def _pieces(part: Slice) -> Iterator[Slice]:
    """The runs of an item between verbs; 的 parts them too, unless 基于 or 面向 opens the attribute."""
    begin = 0
    for m in _breaks().finditer(part.text):
        if m.start() >= begin and _depth(part.text, m.start()) == 0:
            yield from _unattributed(part.part(begin, m.start()))
            begin = m.end()
    yield from _unattributed(part.part(begin))


def _unattributed(piece: Slice) -> Iterator[Slice]:
    at = piece.text.rfind("的")
    if at < 0 or re.match(r"基于[^的]{2,20}的", piece.text):
        yield piece
    else:
        yield piece.part(at)  # keeps 的, which says that an attribute went before


def _depth(text: str, at: int) -> int:
    return sum(c in "（《“" for c in text[:at]) - sum(c in "）》”" for c in text[:at])


def _trimmed(piece: Slice) -> Slice:
    """A name without the words that lead up to it, and without a bracket that is not of the name."""
    opened = piece.text.rfind("）")
    if opened >= 0 and not re.match(r"[^（]{0,12}（[\u4e00-\u9fff]{2,8}）", piece.text):
        piece = piece.part(opened + 1)
    while piece.text[:1] == "等":
        piece = piece.part(1)
    return without_lead(piece)


@cache
def _kind(head: str) -> InstitutionKind:
    for name, kind in KINDS:
        if head in words("institutions", name):
            return kind
    return "other"


# ------------------------------------------------------------------ lists that share a head


def _sharing(before: Sequence[Slice], part: Slice, class_: Candidate, clause: Slice) -> Iterator[Candidate]:
    """``A、B等C中心`` and ``A、B制造业创新中心``: the items that stand before the head which they share."""
    etc = re.search(r"等(?:各类|若干|一批)?", part.text)
    if etc and not _SHARING.search(class_.head):
        return
    lead = part.part(0, etc.start()) if etc else None
    run = [*_run(before), *([lead] if lead is not None and lead.text else [])]
    if not etc and not (run and _short(run) and class_.head != "平台" and class_.head != "大平台"):
        return
    head = _shared_head(class_)
    for n, item in enumerate(run):
        name = _trimmed(list(_pieces(item))[-1]) if n == 0 else without_lead(item)
        if not name or _heads().search(name.text) or len(name.text) < 2 or name.text.startswith("的"):
            continue
        before_text = clause.text[: max(0, run[0].start - clause.start) + _lead_length(run[0])]
        yield replace(
            class_, name=name.text + head, start=name.start, end=class_.end, head=head, before=before_text,
        )  # fmt: skip


def _lead_length(item: Slice) -> int:
    name = _trimmed(list(_pieces(item))[-1])
    return name.start - item.start


def _shared_head(class_: Candidate) -> str:
    """What the items take: 等制造业创新中心, 等支撑平台; a rank before it goes."""
    name = re.sub(r"^(?:国家级|省级|高水平|各类|若干)+", "", class_.name)
    return name if len(name) <= 8 else class_.head


def _run(before: Sequence[Slice]) -> list[Slice]:
    """The items right before that have no head of their own, back to the verb that leads them."""
    run: list[Slice] = []
    for item in reversed(before):
        if _ends_in_head(item.text):
            break
        run.insert(0, item)
        if _breaks().search(item.text):
            break
    return run


def _short(run: Sequence[Slice]) -> bool:
    led = bool(_breaks().search(run[0].text))
    return led and all(len(_trimmed(list(_pieces(i))[-1]).text) <= 6 for i in run)


def _joined(before: Sequence[Slice], part: Slice, named: Candidate, clause: Slice) -> Candidate | None:
    """``药品、医疗器械创新服务大平台`` is one platform for both."""
    run = _run(before)
    if not named.head.endswith("平台") or "等" in part.text[: len(named.name)] or len(run) != 1 or not _short(run):
        return None
    first = _trimmed(list(_pieces(run[0]))[-1])
    if not first or not _ORDINARY.match(first.text):
        return None
    between = clause.text[first.start - clause.start : named.end - clause.start]
    return replace(named, name=between, start=first.start, before=clause.text[: first.start - clause.start])
