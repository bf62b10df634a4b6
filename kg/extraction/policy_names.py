"""Names of policies and how they compare: the bare name without marks, and the key under which it is cited once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.documents.document import Document
from kg.extraction.names import without_rank
from kg.lexicon.vocabulary import fold, load
from kg.lexicon.words import pattern, words

_TAIL = re.compile(f"{pattern('citations', 'general_tails')}+$")
_BRACKETED = re.compile(r"（(?:[A-Za-z\-]+|以下简称[^（）]*)）")


@dataclass(frozen=True, slots=True)
class Citation:
    """One place where a policy is named; of two that overlap, the one of the lower ``order`` stays."""

    policy: str
    start: int
    end: int
    rule: str
    confidence: float
    order: int
    key: str = ""

    def overlaps(self, other: Citation) -> bool:
        """Whether two places share a character."""
        return self.start < other.end and other.start < self.end


def bare(name: str) -> str:
    """A policy's name without quotation marks and without an abbreviation in brackets.

    >>> bare("“重大新药创制”国家科技重大专项")
    '重大新药创制国家科技重大专项'
    """
    return _BRACKETED.sub("", name).strip("，。；：、").translate({ord(c): None for c in "“”‘’《》〈〉"})


def stem_of(policy: str) -> str:
    """What is left of a name without its rank and its last general words.

    >>> stem_of("国家一带一路战略")
    '一带一路'
    """
    name = fold(without_rank(policy)).replace("与", "和")
    return _TAIL.sub("", name) or fold(policy)


def keys_of(citation: Citation) -> frozenset[str]:
    """By what else a policy is known: the key of its description, else its entry where that goes by many wordings."""
    if citation.key:
        return frozenset({citation.key})
    described = {key for key, expression in described_policies() if expression.match(f"{citation.policy}，")}
    if described:
        return frozenset(described)
    found = load().find("programme", citation.policy)
    return frozenset(e.iri for e in found if e.extra.get("programmeKind") in ("system", "strategy", "tax"))


@cache
def described_policies() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of policies that go by a description, with the key that their wordings share."""
    entries = (entry.partition("~") for entry in words("citations", "known"))
    return tuple((key, re.compile(expression)) for key, _, expression in entries)


def without_overlaps(found: Iterable[Citation]) -> list[Citation]:
    """The places that stay, in order: of those that overlap, the ones of the surest rule, then the longest."""
    kept: list[Citation] = []
    for c in sorted(found, key=lambda c: (c.order, c.start - c.end, c.start)):
        if not any(c.overlaps(k) for k in kept):
            kept.append(c)
    return sorted(kept, key=lambda c: c.start)


def once(found: Iterable[Citation]) -> Iterator[Citation]:
    """Each policy where it is first named, whatever its later wordings: “一带一路”, “一带一路”战略."""
    stems: list[str] = []
    keys: set[str] = set()
    for c in found:
        stem, own = stem_of(c.policy), keys_of(c)
        if own & keys or any(_alike(stem, s) for s in stems):
            keys |= own
            continue
        stems.append(stem)
        keys |= own
        yield c


def _alike(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) >= 4 and short in long and len(short) >= 0.82 * len(long))


def is_own(name: str, document: Document) -> bool:
    """Whether a name is that of the document itself or of one of its sections, boxes or tasks."""
    folded = fold(name)
    return any(_same(folded, title) for title in _own_names(document))


@cache
def _stems(title: str) -> str:
    """A title without its verb: 实施企业培育工程 → 企业培育工程."""
    return fold(re.sub(r"^(?:实施|推进|开展|加快|落实|深化|启动|建设|组织实施)+", "", title))


def _own_names(document: Document) -> Iterator[str]:
    for given in (document.title, *titles_of(document)):
        if given:
            yield fold(given)
    for section in document.sections:
        # a heading that is a whole sentence has its first clause as title, and names no task of its own
        if len(section.title) >= 4 and section.body - section.view[0] >= len(section.title):
            yield _stems(section.title)


_ISSUE = re.compile(r"关于印发《?(?P<title>[^》\n，。；]{4,60}?)》?的通知")


def titles_of(document: Document) -> list[str]:
    """The titles that the document's own head gives it."""
    head = document.reading.text[:1200]
    first = head.split("\n", 1)[0]
    return [m["title"] for m in _ISSUE.finditer(head)] + ([first] if 6 <= len(first) <= 60 else [])


def _same(name: str, title: str) -> bool:
    if name == title or (len(name) >= 4 and name in title and len(name) >= 0.6 * len(title)):
        return True
    return len(title) >= 4 and title in name and len(title) >= 0.7 * len(name)


def is_slogan(quoted: str) -> bool:
    """Whether what stands in quotation marks is a slogan, a label for firms, or a term.

    >>> is_slogan("专精特新"), is_slogan("雄鹰行动")
    (True, False)
    """
    return (
        quoted in words("citations", "not_policies")
        or bool(re.match(r"十[一二三四五六]五", quoted))
        or "+" in quoted
    )


def is_generic(stem: str) -> bool:
    """Whether what stands before a head word says too little to be a name: 重大专项, 国家科技计划."""
    bare_stem = without_rank(stem)
    return len(bare_stem) < 2 or bool(re.fullmatch(f"{pattern('citations', 'generic')}+", bare_stem))


def is_everyday(name: str, kind: str) -> bool:
    """Whether a name that a vocabulary has is also an everyday word of plans, and no citation without marks.

    >>> is_everyday("医联体", "system"), is_everyday("分级诊疗制度", "system")
    (True, False)
    """
    if name in words("citations", "everyday"):
        return True
    return kind in ("system", "programme", "plan") and not re.search(
        f"{pattern('citations', 'policy_endings')}$", name
    )


def is_parted(gap: str) -> bool:
    """Whether what stands between the marks and the head breaks them apart: a verb, a conjunction, a firm."""
    return bool(re.search(pattern("citations", "apart"), gap))
