"""Text reuse: passages that two documents share, word for word or nearly, and the facts that stand in them.

Which document is earlier is read from their dates; that one was copied from the other is not: both may follow a third.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from kg.analysis.claims import FIELD_CLAIMS, evidence_row
from kg.analysis.plans import Plan, plans
from kg.analysis.reuse_align import passages
from kg.analysis.reuse_fold import Folded, fold
from kg.analysis.reuse_kind import Formulas
from kg.analysis.reuse_ops import Passage
from kg.analysis.reuse_seeds import Seeds
from kg.errors import LookupFailed
from kg.model import Evidence
from kg.namespaces import PP
from kg.queries.reading import Thing, lexical, local, things

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

Kind = Literal["boilerplate", "substance"]
MIN_LENGTH, MIN_SCORE = 20, 0.7
_FORMULA_SHARE = 0.5

_ASSERTIONS = """
SELECT ?a ?p ?o ?doc ?start ?end WHERE {
  ?a rdf:predicate ?p ; rdf:object ?o ; pp:start ?start ; pp:end ?end ; prov:wasDerivedFrom/dcterms:identifier ?doc .
}
"""
_SECTIONS = """
SELECT ?doc ?id ?level ?start ?end WHERE {
  ?s a pp:Section ; dcterms:identifier ?id ; pp:level ?level ; pp:start ?start ; pp:end ?end ; dcterms:isPartOf+ ?d .
  ?d a pp:PolicyDocument ; dcterms:identifier ?doc .
}
"""


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A step of the alignment in characters of the two quotes: ``equal``, ``replace``, ``delete`` or ``insert``.

    The steps of a passage cover both quotes without a hole. Marks, blanks, bold and width count for nothing: they
    belong to the step before them.
    """

    op: str
    a0: int
    a1: int
    b0: int
    b1: int


@dataclass(frozen=True, slots=True)
class Reuse:
    """A passage that stands in two documents; ``a`` is the earlier where that is known.

    ``score`` is the share of equal characters in the alignment (0 to 1), ``length`` the characters of the shorter side
    without marks and blanks, ``facts`` the IRIs of the assertions within either side, ``shared_fields`` the product
    fields that both sides state. Where one document has the passage more than once, the other places are ``a_again``
    and ``b_again``.
    """

    a: Evidence
    b: Evidence
    score: float
    kind: Kind
    earlier: str | None
    length: int
    facts: tuple[str, ...]
    shared_fields: tuple[Thing, ...]
    differences: tuple[Difference, ...]
    a_again: tuple[Evidence, ...] = ()
    b_again: tuple[Evidence, ...] = ()

    def row(self) -> dict[str, Any]:
        """The passage in the machine output of ``kg reuse --json``."""
        return {
            "a": evidence_row(self.a), "b": evidence_row(self.b), "score": round(self.score, 4), "kind": self.kind,
            "earlier": self.earlier, "length": self.length, "facts": list(self.facts),
            "shared_fields": [{"field": f.zh, "field_en": f.en, "iri": f.iri} for f in self.shared_fields],
            "differences": [[d.op, d.a0, d.a1, d.b0, d.b1] for d in self.differences],
            "a_again": [evidence_row(e) for e in self.a_again], "b_again": [evidence_row(e) for e in self.b_again],
        }  # fmt: skip


def reuse(
    graph: GraphStore, *, docs: Sequence[str] = (), min_length: int = MIN_LENGTH, min_score: float = MIN_SCORE
) -> tuple[Reuse, ...]:
    """The passages that documents share, by document and place; with ``docs`` (one or two ids) only theirs.

    ``min_length`` counts characters without marks and blanks, ``min_score`` the share of equal ones. No two passages of a
    pair of documents overlap. Raises `LookupFailed` for an unknown document, `ValueError` for a limit out of range.

    >>> from kg.graph.store import GraphStore
    >>> reuse(GraphStore.in_memory([]))
    ()
    """
    if min_length < 1 or not 0.5 <= min_score <= 1:
        raise ValueError(f"a length of at least 1 and a score of 0.5 to 1, not {min_length} and {min_score}")
    dated = {plan.id: plan for plan in plans(graph)}
    if unknown := [doc for doc in docs if doc not in dated]:
        raise LookupFailed(f"no document {unknown[0]!r} in the store", hint=f"documents: {'、'.join(dated)}")
    texts = [fold(id_, graph.text(id_)) for id_ in dated]
    texts.sort(key=lambda t: (t.chars, t.doc))  # what is found depends on the texts alone, not on their names
    found = tuple(shared(texts, only=docs, min_length=min_length, min_score=min_score))
    facts = _Facts(graph) if found else None
    if facts is None:
        return ()
    formulas = Formulas(texts, [facts.spans(t.doc) for t in texts])
    kinds: list[Kind] = []
    for match in found:
        share = min(formulas.share(match.n, match.passage.a), formulas.share(match.m, match.passage.b))
        kinds.append("boilerplate" if share >= _FORMULA_SHARE else "substance")
    sections = _sections(graph)
    made = [_reuse(m, kind, dated, facts, sections) for m, kind in zip(found, kinds, strict=True)]
    named = things(graph, {iri for _, fields in made for iri in fields})
    done = (_with_fields(one, [named[iri] for iri in sorted(fields)]) for one, fields in made)
    return tuple(sorted(done, key=lambda r: (r.a.doc, r.b.doc, r.a.span, r.b.span)))


@dataclass(frozen=True, slots=True)
class Match:
    """A passage of the documents ``n`` and ``m`` of a list, with the other places of the same words in each."""

    n: int
    m: int
    one: Folded
    two: Folded
    passage: Passage
    again_one: tuple[tuple[int, int], ...]
    again_two: tuple[tuple[int, int], ...]


def shared(
    texts: Sequence[Folded], *, only: Collection[str] = (),
    min_length: int = MIN_LENGTH, min_score: float = MIN_SCORE,
) -> Iterator[Match]:  # fmt: skip
    """The passages of texts, one document after the other; with ``only``, of pairs in which all of its documents are.

    >>> plan = "重点发展针对恶性肿瘤的抗体药物、新型疫苗和细胞治疗产品。"
    >>> [m.passage.length for m in shared([fold("a", plan), fold("b", f"我省{plan}")])]
    [26]
    """
    wanted = [n for n, t in enumerate(texts) if t.doc in only]
    if len(set(only)) != len(wanted) or len(wanted) > 2:
        return
    seeds = Seeds(texts)
    for n, one in enumerate(texts):
        allowed = np.ones(len(texts), np.bool_)
        if wanted:
            rest = [w for w in wanted if w != n]
            if len(rest) > 1:
                continue
            allowed = np.isin(np.arange(len(texts)), rest) if rest else allowed
        for m, runs in seeds.between(n, allowed):
            settled = passages(one, texts[m], runs, min_length=min_length, min_score=min_score)
            for passage, again_one, again_two in settled:
                yield Match(n, m, one, texts[m], passage, tuple(again_one), tuple(again_two))


class _Facts:
    """The assertions of all documents by place, and which product field each one names."""

    def __init__(self, graph: GraphStore) -> None:
        found: dict[str, set[tuple[int, int, str]]] = defaultdict(set)
        self._field: dict[str, str] = {}
        naming = {*FIELD_CLAIMS, "focusesOn"}
        self._mere: set[str] = set()
        for row in graph.query(_ASSERTIONS, time_limit=None).rows:
            iri, property_, value, doc, start, end = map(lexical, row)
            found[doc].add((int(start), int(end), iri))
            if local(property_) in naming:
                self._field[iri] = value
            if property_ == PP.mentions:
                self._mere.add(iri)
        self._by_doc = {doc: sorted(places) for doc, places in found.items()}

    def spans(self, doc: str) -> list[tuple[int, int]]:
        """Where a document states something, beyond mentioning it."""
        return [(start, end) for start, end, iri in self._by_doc.get(doc, ()) if iri not in self._mere]

    def within(self, place: Evidence) -> list[str]:
        """The assertions whose words lie within a passage."""
        listed = self._by_doc.get(place.doc, [])
        found: list[str] = []
        for start, end, iri in listed[bisect_left(listed, (place.start, 0, "")) :]:
            if start >= place.end:
                break
            if end <= place.end:
                found.append(iri)
        return found

    def fields(self, place: Evidence) -> set[str]:
        """The product fields that a passage states."""
        return {self._field[iri] for iri in self.within(place) if iri in self._field}


def _reuse(
    match: Match, kind: Kind, dated: Mapping[str, Plan], facts: _Facts, sections: Mapping[str, list[_Section]]
) -> tuple[Reuse, frozenset[str]]:
    one, two = match.one, match.two
    sides = [
        (one, match.passage.a, match.again_one, False),
        (two, match.passage.b, match.again_two, True),
    ]
    earlier = _earlier(dated[one.doc], dated[two.doc])
    if two.doc == earlier or (earlier is None and two.doc < one.doc):
        sides.reverse()
    (a, span_a, again_a, swapped), (b, span_b, again_b, _) = sides
    place_a, place_b = _place(a, span_a, sections), _place(b, span_b, sections)
    within = {*facts.within(place_a), *facts.within(place_b)}
    made = Reuse(
        place_a, place_b, match.passage.score, kind, earlier, match.passage.length, tuple(sorted(within)), (),
        _differences(match, swapped, place_a, place_b),
        tuple(_place(a, span, sections) for span in again_a),
        tuple(_place(b, span, sections) for span in again_b),
    )  # fmt: skip
    return made, frozenset(facts.fields(place_a) & facts.fields(place_b))


def _with_fields(one: Reuse, fields: Sequence[Thing]) -> Reuse:
    return replace(one, shared_fields=tuple(fields))


def _earlier(one: Plan, two: Plan) -> str | None:
    """The id of the plan with the earlier date; none where a date is missing or too coarse to tell."""
    size = min(len(one.begins), len(two.begins))
    before, after = one.begins[:size], two.begins[:size]
    return None if before == after else one.id if before < after else two.id


def _differences(match: Match, swapped: bool, a: Evidence, b: Evidence) -> tuple[Difference, ...]:
    """The alignment in characters of the quotes."""
    names = {(True, True): "replace", (True, False): "delete", (False, True): "insert"}
    one, two = match.one, match.two
    first, second = (b, a) if swapped else (a, b)
    found: list[Difference] = []
    end_a, end_b = match.passage.a[1], match.passage.b[1]
    for op in match.passage.ops:
        a1 = len(first.quote) if op.a1 == end_a else int(one.origin[op.a1]) - first.start
        b1 = len(second.quote) if op.b1 == end_b else int(two.origin[op.b1]) - second.start
        a0, b0 = _ends(found[-1], swapped) if found else (0, 0)
        on_a, on_b = (b1 > b0, a1 > a0) if swapped else (a1 > a0, b1 > b0)
        name = "equal" if op.equal else names[on_a, on_b]
        step = (b0, b1, a0, a1) if swapped else (a0, a1, b0, b1)
        found.append(Difference(name, *step))
    return tuple(found)


def _ends(step: Difference, swapped: bool) -> tuple[int, int]:
    return (step.b1, step.a1) if swapped else (step.a1, step.b1)


_Section = tuple[int, int, int, str]


def _sections(graph: GraphStore) -> dict[str, list[_Section]]:
    """The sections of each document: level, start, end, id."""
    found: dict[str, set[_Section]] = defaultdict(set)
    for row in graph.query(_SECTIONS, time_limit=None).rows:
        doc, id_, level, start, end = map(lexical, row)
        found[doc].add((int(level), int(start), int(end), id_))
    return {doc: sorted(places) for doc, places in found.items()}


def _place(text: Folded, span: tuple[int, int], sections: Mapping[str, list[_Section]]) -> Evidence:
    start, end = text.raw(*span)
    around = [s for s in sections.get(text.doc, ()) if s[1] <= start < s[2]]
    return Evidence(text.doc, start, end, text.text[start:end], around[-1][3] if around else None)
