"""What must hold of passages whatever the texts."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text, messy, moderate

from kg.analysis.reuse import Match, shared
from kg.analysis.reuse_fold import Folded, fold
from kg.analysis.reuse_ops import maximal

Sides = tuple[str, int, int, str, int, int]


def matches(*texts: str, min_length: int = 20, min_score: float = 0.7) -> list[Match]:
    folded = sorted((fold(f"d{n}", t) for n, t in enumerate(texts)), key=lambda f: (f.chars, f.doc))
    return list(shared(folded, min_length=min_length, min_score=min_score))


def sides(found: list[Match]) -> list[Sides]:
    """The places of passages, both sides in the order of the documents' names."""
    made = []
    for m in found:
        ends = sorted([(m.one.doc, *m.one.raw(*m.passage.a)), (m.two.doc, *m.two.raw(*m.passage.b))])
        made.append((*ends[0], *ends[1]))
    return sorted(made)


@given(
    size=st.integers(40, 160), around=st.lists(st.integers(0, 120), min_size=4, max_size=4), seed=st.integers(0, 10_000),
    share=st.floats(0, 0.1),
)  # fmt: skip
@moderate(150)
def test_a_planted_passage_with_a_tenth_changed_is_found(
    size: int, around: list[int], seed: int, share: float
) -> None:
    """Characters replaced, put in or left out at random; four fifths of the passage at least are in what is found."""
    rng = random.Random(seed)

    def han(length: int) -> str:
        return "".join(chr(rng.randrange(0x4E00, 0x4E00 + 2000)) for _ in range(length))

    passage = han(size)
    edited = list(passage)
    for place in sorted(rng.sample(range(len(passage)), int(share * len(passage))), reverse=True):
        other = chr(rng.randrange(0x4E00, 0x9FA6))
        edited[place : place + 1] = rng.choice([[other], [edited[place], other], []])
    one = f"{han(around[0])}。{passage}。{han(around[1])}"
    two = f"{han(around[2])}。{''.join(edited)}。{han(around[3])}"
    found = matches(one, two)
    start = one.index(f"。{passage}。") + 1
    inside = sum(
        max(0, min(e, start + len(passage)) - max(s, start))
        for doc, s, e, *_ in ((d, a, b) for d, a, b, *_ in sides(found)) if doc == "d0"
    )  # fmt: skip
    assert inside >= 0.8 * len(passage)


@st.composite
def related(draw: st.DrawFn) -> list[str]:
    """Texts of two or three parts each, some of which stand in several."""
    parts = draw(st.lists(messy(), min_size=2, max_size=4))
    chosen = st.lists(st.sampled_from(parts), min_size=1, max_size=3).map("\n".join)
    return draw(st.lists(chosen, min_size=2, max_size=3))


@given(texts=related())
@moderate(80)
def test_what_holds_of_every_passage(texts: list[str]) -> None:
    taken: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for m in matches(*texts):
        assert m.one.doc != m.two.doc
        ops = m.passage.ops
        for before, after in pairwise(ops):
            assert (before.a1, before.b1) == (after.a0, after.b0)
        for op in ops:
            if op.equal:
                assert m.one.chars[op.a0 : op.a1] == m.two.chars[op.b0 : op.b1] != ""
        assert m.passage.length >= 20
        assert m.passage.score >= 0.7 - 1e-9
        pair = sorted((m.one.doc, m.two.doc))
        for text, span in ((m.one, m.passage.a), (m.two, m.passage.b)):
            start, end = text.raw(*span)
            assert fold("q", text.text[start:end]).chars
            places = taken.setdefault((pair[0], pair[1], text.doc), [])
            assert all(span[1] <= a or b <= span[0] for a, b in places)
            places.append(span)


@given(texts=related())
@moderate(60)
def test_swapped_documents_give_the_same_places(texts: list[str]) -> None:
    one, two, *_ = texts
    names = {"d0": "d1", "d1": "d0"}

    def renamed(s: Sides) -> Sides:
        ends = sorted([(names[s[0]], s[1], s[2]), (names[s[3]], s[4], s[5])])
        return (*ends[0], *ends[1])

    if fold("", one).chars != fold("", two).chars:
        assert sides(matches(two, one)) == sorted(map(renamed, sides(matches(one, two))))


@given(texts=related())
@moderate(20)
def test_the_same_texts_give_the_same(texts: list[str]) -> None:
    assert sides(matches(*texts)) == sides(matches(*texts))


@given(text=any_text | messy())
@moderate(100)
def test_folding_keeps_the_map(text: str) -> None:
    folded = fold("d", text)
    _check(folded)
    blanks = fold("d", "".join(f"{c} " if c.isalnum() and not c.isascii() else c for c in text))
    assert _han(blanks) == _han(folded)


def _check(folded: Folded) -> None:
    assert len(folded.codes) == len(folded.origin) == len(folded.borders) - 1 == len(folded.chars)
    assert list(folded.origin) == sorted(folded.origin)
    for n in range(len(folded)):
        start, end = folded.raw(n, n + 1)
        assert 0 <= start < end <= len(folded.text)


def _han(folded: Folded) -> list[str]:
    return [c for c in folded.chars if "\u4e00" <= c <= "\u9fa5"]


@given(weights=st.lists(st.integers(-6, 6), max_size=30))
@moderate(200)
def test_best_parts_are_what_trying_all_finds(weights: list[int]) -> None:
    """The definition of Ruzzo and Tompa: the best range, then the same left and right of it; shortest of equal sums."""

    def slow(start: int, end: int) -> list[tuple[int, int]]:
        ranges = [(sum(weights[a:b]), -(b - a), -a) for a in range(start, end) for b in range(a + 1, end + 1)]
        best = max(ranges, default=(0, 0, 0))
        if best[0] <= 0:
            return []
        a, b = -best[2], -best[2] - best[1]
        return [*slow(start, a), (a, b), *slow(b, end)]

    def sums(ranges: list[tuple[int, int]]) -> list[int]:
        return sorted(sum(weights[a:b]) for a, b in ranges)

    found = maximal(weights)
    assert found == sorted(found)
    assert all(b <= c for (_, b), (c, _) in pairwise(found))
    assert sums(found) == sums(slow(0, len(weights)))


@pytest.mark.parametrize("n", [2, 5])
def test_copies_of_one_document(n: int) -> None:
    text = "重点发展针对恶性肿瘤的抗体药物，加快新型疫苗和基因治疗产品的研发。"
    assert len(matches(*[text] * n)) == n * (n - 1) // 2
