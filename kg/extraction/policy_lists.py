"""Lists of policies: ``研发费用加计扣除、固定资产加速折旧等税收优惠政策`` names two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.documents.document import Document
from kg.extraction.names import without_lead
from kg.extraction.policy_names import Citation, bare, is_generic, is_own, is_slogan
from kg.extraction.text import Slice, clauses, sentences, split
from kg.lexicon.vocabulary import load
from kg.lexicon.words import pattern, words

_SHORTEST = 5
_PROGRESS = re.compile(r"(?:稳步推进|全面实施|深入实施|加快推进|全面推进|落地|实施|推进|出台)+$")
_NO_POLICY = re.compile(r"(?:基金|资金|项目|平台|中心|企业|产品|领域|方面|服务|监管|方式|能力|水平|标准)$")


def listed(document: Document) -> Iterator[Citation]:
    """The policies of the lists that a word such as 等政策 or 等人才工程 ends."""
    view = document.reading.text
    for sentence in sentences(view):
        for clause in clauses(sentence):
            for m in _class().finditer(clause.text):
                yield from _items(document, clause.part(0, m.start()))


@cache
def _class() -> re.Pattern[str]:
    adjectives = pattern("citations", "list_adjectives")
    # the class word ends there: 等改革举措 and 等政策措施 are other things
    return re.compile(
        f"等{adjectives}*?{pattern('citations', 'list_heads')}(?![\\u4e00-\\u9fff]*(?:举措|领域|产品))"
    )


def _items(document: Document, before: Slice) -> Iterator[Citation]:
    parts = [half for part in split(before, "、") for half in _halves(part)]
    if parts:
        parts[0] = without_lead(_last_phrase(parts[0]))
    named = [(part, _name(part)) for part in parts]
    if len(named) < 2 or 2 * sum(not _long_enough(n) for _, n in named) > len(named):
        return
    for part, name in named:
        whole = part.text[:1] == "“" and part.text[-1:] == "”"
        if not _long_enough(name) or is_generic(name) or is_own(name, document) or is_slogan(name):
            continue
        if not whole and _NO_POLICY.search(name):
            continue
        yield Citation(name, part.start, part.end, "cites-list", 0.75, 5)


def _long_enough(name: str) -> bool:
    """Whether an item can be a policy: a field of administration such as 医保支付 is none, a known name may be short."""
    if name in words("citations", "not_in_lists"):
        return False
    return len(name) >= _SHORTEST or bool(load().find("programme", name))


def _halves(part: Slice) -> Iterator[Slice]:
    """The two sides of a conjunction where both are long enough to be names."""
    for m in re.finditer(r"以及|和|及|与", part.text):
        left, right = part.part(0, m.start()), part.part(m.end())
        inside = part.text[: m.start()].count("“") > part.text[: m.start()].count("”")
        if (
            not inside
            and len(left.text) >= _SHORTEST
            and len(bare(right.text)) >= _SHORTEST
            and "质量" not in left.text[-2:]
        ):
            yield left
            yield from _halves(right)
            return
    yield part


def _last_phrase(part: Slice) -> Slice:
    """What of the first item is the item: 通过泰山产业领军人才 → 泰山产业领军人才."""
    ends = [
        m.end()
        for m in re.finditer(r"落实好?|实施|执行|享受|贯彻|通过|申报|入选|争取|对接|加大(?=对)", part.text)
    ]
    return part.part(ends[-1]) if ends and ends[-1] < len(part.text) - 2 else part


def _name(part: Slice) -> str:
    return bare(_PROGRESS.sub("", re.sub(r"（[A-Za-z\-]+）", "", part.text)))
