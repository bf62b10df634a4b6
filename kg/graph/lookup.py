"""From a name as people type it to the one thing of the graph that it means.

A name is tried, in this order, as an IRI or code, a preferred Chinese label, another Chinese label, an
English label, and pinyin; the first of these that fits anything decides. Where it fits more than one thing,
nothing is guessed: the error lists them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import cast

from pyoxigraph import Literal, NamedNode, Store

from kg.errors import LookupFailed
from kg.graph.spelling import key, latin, numberless, pinyin, toned, with_tones
from kg.graph.terms import node
from kg.graph.trig import term
from kg.namespaces import DCTERMS, ID, ONTOLOGY, PP, RDF, RDFS, SKOS, TRIG_PREFIXES

_UNNAMED = frozenset({"fact", "graph", "scheme", "statistic", "target"})
_CODES = (SKOS.notation, DCTERMS.identifier)
_MAIN = (SKOS.prefLabel, RDFS.label, DCTERMS.title)
_OTHER = (SKOS.altLabel, SKOS.hiddenLabel)
_RANKS = {PP.Country: 0, PP.Province: 1, PP.Prefecture: 2, PP.County: 3}
_GENERAL = frozenset({SKOS.Concept, PP.Region, PP.ProductField, PP.Cluster, PP.Agency})
_ABOLISHED = ONTOLOGY + "abolished"
_LISTED = 12


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a name may mean; ``type`` is its class, ``within`` the region around it."""

    iri: str
    kind: str
    label: str
    label_en: str | None
    type: str
    within: str | None
    documents: int

    def __str__(self) -> str:
        about = "，".join(filter(None, (self.type, self.within, self.label_en)))
        return f"{self.label} ({about}) {compact(self.iri)}"


class Ambiguous(LookupFailed):
    """A name fits no thing, or several; ``candidates`` are things meant or nearly meant, likeliest first."""

    def __init__(self, problem: str, candidates: Sequence[Found], *, hint: str) -> None:
        self.candidates = tuple(candidates)
        super().__init__(problem, hint=hint)


def compact(iri: str) -> str:
    """An IRI in short form, as it may be typed again.

    >>> compact(ID + "region/320500")
    'id:region/320500'
    """
    return f"id:{iri[len(ID) :]}" if iri.startswith(ID) else term(node(iri))


def kind_of(iri: str) -> str | None:
    """The kind of a thing by its IRI; none for what is no thing of the graph, such as a section.

    >>> kind_of(ID + "region/320500"), kind_of(ID + "document/a/section/1")
    ('region', None)
    """
    kind, _, tail = iri[len(ID) :].partition("/")
    return kind if iri.startswith(ID) and tail and "/" not in tail else None


@dataclass
class Lookup:
    """Finds things of a store by name; the names are read once, on first use.

    >>> Lookup(Store()).search("苏州")
    []
    """

    store: Store

    def one(self, name: str, kinds: Collection[str] | None = None) -> Found:
        """The one thing of a name, of any kind or of the given ones.

        Raises `Ambiguous` with the candidates where there are several, with near names where there is none.
        """
        found = self.search(name, kinds)
        if len(found) == 1:
            return found[0]
        if found:
            hint = "give the full name or one of the IRIs below"
            raise Ambiguous(f"{name!r} can mean {len(found)} things", found, hint=hint)
        near = self.near(name, kinds)
        what = "thing" if not kinds else " or ".join(sorted(kinds))
        hint = "did you mean one of these?" if near else "kg stats counts what the store holds"
        raise Ambiguous(f"no {what} is named {name!r}", near, hint=hint)

    def search(self, name: str, kinds: Collection[str] | None = None) -> list[Found]:
        """All things that a name means equally well, the most mentioned first."""
        for attempt in self._attempts(name.strip(), kinds):
            if attempt:
                return self._sorted(self._settled(attempt))
        return []

    def near(self, name: str, kinds: Collection[str] | None = None, limit: int = _LISTED) -> list[Found]:
        """Things whose names hold the given one, or are much like it."""
        wanted = key(name)
        if not wanted:
            return []
        names = {k: iris for k, iris in self._all_names.items() if self._of(iris, kinds)}
        holding = sorted((k for k in names if wanted in k or (len(k) > 2 and k in wanted)), key=len)
        alike = get_close_matches(wanted, list(names), limit, 0.6) if not holding else []
        iris = dict.fromkeys(iri for k in (*holding, *alike) for iri in self._of(names[k], kinds))
        seen = sorted(iris, key=lambda iri: not self._documents(iri)) if holding else list(iris)
        return [self.describe(iri) for iri in seen[:limit]]

    def describe(self, iri: str) -> Found:
        """What a list of candidates says of a thing."""
        types = sorted(t.value for t in self._values(iri, RDF.type) if isinstance(t, NamedNode))
        own = [t for t in types if t.startswith(ONTOLOGY)] or types
        special = [t for t in own if t not in _GENERAL] or own
        around = next((v.value for v in self._values(iri, PP.within) if isinstance(v, NamedNode)), None)
        return Found(
            iri, kind_of(iri) or "", self.label(iri), self.label(iri, "en", strict=True) or None,
            special[0].removeprefix(ONTOLOGY) if special else "",
            self.label(around) if around else None, self._documents(iri),
        )  # fmt: skip

    def label(self, iri: str, language: str = "zh", *, strict: bool = False) -> str:
        """The name of a thing in a language; else in another, else its short IRI (empty where ``strict``)."""
        literals = [v for p in _MAIN for v in self._values(iri, p) if isinstance(v, Literal)]
        wanted = [v.value for v in literals if v.language == language]
        if wanted or strict:
            return min(wanted, default="")
        return min((v.value for v in literals), default=compact(iri))

    def _attempts(self, name: str, kinds: Collection[str] | None) -> Iterator[list[str]]:
        """What the name fits, one way of reading it after the other."""
        yield self._by_iri(name, kinds)
        for properties in (_MAIN, _OTHER):  # found by the store's own index, without reading all names
            yield self._of(self._spelled_so(name, properties), kinds)
        wanted = key(name)
        if not wanted:
            return
        yield self._of(self._by_code.get(wanted, ()), kinds)
        for names in (self._zh_main, self._zh_other):
            yield self._of(names.get(wanted, ()), kinds)
        yield from self._sounding(name, wanted, kinds)
        if numbered := numberless(name):
            yield from self._sounding(numbered, key(numbered), kinds)
        if kinds and "document" in kinds:  # the start of an id, where it is the only one
            codes = (iris for code, iris in self._by_code.items() if code.startswith(wanted))
            yield self._of((iri for iris in codes for iri in iris), ("document",))

    def _sounding(self, name: str, wanted: str, kinds: Collection[str] | None) -> Iterator[list[str]]:
        """By the English label or the pinyin; tone marks, where given, must be right if any are."""
        english = self._of(self._en.get(wanted, ()), kinds)
        if toned(name):
            yield self._with_tones(name, english)
            yield self._with_tones(name, self._of(self._by_pinyin.get(wanted, ()), kinds))
        yield english
        if latin(name):
            yield self._of(self._by_pinyin.get(wanted, ()), kinds)

    def _with_tones(self, name: str, iris: Iterable[str]) -> list[str]:
        asked = with_tones(name)
        return [iri for iri in iris if asked in map(with_tones, self._spelled(iri))]

    def _by_iri(self, name: str, kinds: Collection[str] | None) -> list[str]:
        prefix, colon, local = name.strip("<>").partition(":")
        text = f"{TRIG_PREFIXES[prefix]}{local}" if colon and prefix in TRIG_PREFIXES else name.strip("<>")
        if "/" in text and not text.startswith(("http:", "https:")):
            text = ID + text
        try:
            iri = node(text)
        except ValueError:
            return []
        known = next(iter(self.store.quads_for_pattern(iri, None, None)), None)
        return self._of([iri.value], kinds, everything=True) if known else []

    def _settled(self, iris: list[str]) -> list[str]:
        """One of several where it is plain which: the region that holds the others, or the one province."""
        if len(iris) < 2:
            return iris
        kinds = {kind_of(iri) for iri in iris}
        if kinds == {"document", "programme"}:  # a plan of the build that others cite by its title
            return [iri for iri in iris if kind_of(iri) == "document"]
        if kinds == {"region"}:
            iris = [iri for iri in iris if not any(self._values(iri, _ABOLISHED))] or iris
            ranks = {iri: self._rank(iri) for iri in iris}
            best = min(ranks.values())
            top = [iri for iri in iris if ranks[iri] == best]
            rest = [iri for iri in iris if iri != top[0]]
            if len(top) == 1 and (best <= 1 or all(top[0] in self._around(iri) for iri in rest)):
                return top
        return iris

    def _rank(self, iri: str) -> int:
        return min(
            (_RANKS.get(t.value, 9) for t in self._values(iri, RDF.type) if isinstance(t, NamedNode)),
            default=9,
        )

    def _around(self, iri: str) -> set[str]:
        found: set[str] = set()
        queue = [iri]
        while queue:
            for above in self._values(queue.pop(), PP.within):
                if isinstance(above, NamedNode) and above.value not in found:
                    found.add(above.value)
                    queue.append(above.value)
        return found

    def _sorted(self, iris: Iterable[str]) -> list[Found]:
        return sorted(map(self.describe, set(iris)), key=lambda f: (-f.documents, f.iri))

    def _of(
        self, iris: Iterable[str], kinds: Collection[str] | None, *, everything: bool = False
    ) -> list[str]:
        wanted = (iri for iri in dict.fromkeys(iris) if kinds is None or kind_of(iri) in kinds)
        return [iri for iri in wanted if everything or kind_of(iri) not in (None, *_UNNAMED)]

    def _values(self, iri: str, property_: str) -> Iterator[object]:
        return (q.object for q in self.store.quads_for_pattern(node(iri), node(property_), None))

    def _spelled(self, iri: str) -> set[str]:
        values = (v for p in (*_MAIN, *_OTHER) for v in self._values(iri, p))
        return {v.value for v in values if isinstance(v, Literal) and v.language != "en"}

    def _documents(self, iri: str) -> int:
        mentions = self.store.quads_for_pattern(None, node(PP.mentions), node(iri))
        return len({str(quad.subject) for quad in mentions})

    def _spelled_so(self, name: str, properties: Iterable[str]) -> list[str]:
        terms = (Literal(name, language="zh"), Literal(name))
        found = (q for p in properties for t in terms for q in self.store.quads_for_pattern(None, node(p), t))
        return sorted({q.subject.value for q in found if isinstance(q.subject, NamedNode)})

    def _names(self, properties: Iterable[str], english: bool | None) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for property_ in properties:
            for quad in self.store.quads_for_pattern(None, node(property_), None):
                iri, name = quad.subject, cast(Literal, quad.object)
                if english is not None and (name.language == "en") is not english:
                    continue
                if isinstance(iri, NamedNode) and kind_of(iri.value) not in (None, *_UNNAMED):
                    found[key(name.value)].append(iri.value)
        return {k: sorted(set(v)) for k, v in found.items() if k}

    @cached_property
    def _by_code(self) -> dict[str, list[str]]:
        return self._names(_CODES, None)

    @cached_property
    def _zh_main(self) -> dict[str, list[str]]:
        return self._names(_MAIN, False)

    @cached_property
    def _zh_other(self) -> dict[str, list[str]]:
        return self._names(_OTHER, False)

    @cached_property
    def _en(self) -> dict[str, list[str]]:
        return self._names((*_MAIN, *_OTHER), True)

    @cached_property
    def _all_names(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for names in (self._zh_main, self._zh_other, self._en):
            for k, iris in names.items():
                found[k].extend(iris)
        return found

    @cached_property
    def _by_pinyin(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for names in (self._zh_main, self._zh_other):
            for k, iris in names.items():
                found[pinyin(k)].extend(iris)
        return found
