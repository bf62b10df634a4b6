"""Which thing a name means: the vocabulary's concept where there is one, else a thing of its own.

Only exact names (folded for case, width and marks) link. What does not link becomes a *candidate*: a concept
of its own under the nearest known one, so that nothing is lost and a domain expert can see what to add.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from kg.graph.slugs import own_iri, own_slug, tidy
from kg.lexicon.vocabulary import Entry, Vocabulary
from kg.namespaces import ID, PP, SKOS, thing

Origin = Literal["vocabulary", "candidate", "document"]

COUNTRY = "100000"
ROOT_FIELD = thing("field", "yi-yao")

_CLASSES = {
    "region": (PP.Region,),
    "field": (SKOS.Concept, PP.ProductField),
    "disease": (SKOS.Concept, PP.Disease),
    "drug-target": (SKOS.Concept, PP.DrugTarget),
    "indicator": (SKOS.Concept, PP.Indicator),
    "enterprise": (PP.Enterprise,),
    "institution": (PP.Institution,),
    "agency": (PP.Agency,),
    "programme": (PP.Programme,),
    "measure": (PP.Measure,),
    "cluster": (),
}
_CONCEPTS = frozenset({"region", "field", "disease", "drug-target", "indicator"})
_SUFFIX = re.compile(r"(?:类产品|产品|领域|产业|类|等)$")
_RANK_PREFIX = re.compile(r"(省|自治区|市|县|区|州)(?=.{2})")
_NATIONAL_PREFIX = re.compile(r"(?:国家|中国|全国)(?=.{2})")
_NATIONAL_BODY = re.compile(r"国务院|(?:部|总局|总署)$")


@dataclass(frozen=True, slots=True)
class Thing:
    """What a name means; ``types`` and ``broader`` stay empty for a vocabulary's entry, which has its own."""

    iri: str
    label: str
    kind: str
    origin: Origin
    types: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    kind_of: str | None = None


@dataclass(frozen=True, slots=True)
class Linker:
    """Links the names of one document; ``home`` is the code of its jurisdiction, empty where it has none.

    >>> from kg.lexicon.vocabulary import parse
    >>> Linker(parse([])).field("纳米抗体").origin
    'candidate'
    """

    vocabulary: Vocabulary
    doc: str = ""
    home: str = ""
    _known: dict[tuple[str, str, str | None, str | None], Thing] = field(default_factory=dict)

    @property
    def province(self) -> str:
        """The code of the province that the document's jurisdiction is or lies in, else empty."""
        return self.province_of(thing("region", self.home)) if self.home else ""

    def province_of(self, region: str) -> str:
        """The code of the province that a region (an IRI) is or lies in, else empty."""
        for entry in self._upwards(region):
            if "Province" in entry.types:
                return _code(entry.iri)
        return ""

    def region(self, name: str) -> Thing:
        """The region of a name; homonyms are settled by the document's jurisdiction."""
        entry = self.vocabulary.resolve_region(name, self.home or None)
        return _entry(entry) if entry else _own("region", name, self.province)

    def field(self, wording: str, *, parent: str | None = None, category: str | None = None) -> Thing:
        """The product field of a wording; an unknown one stands under heading, head noun or sector."""
        key = ("field", wording, parent, category)
        if key not in self._known:
            entry = self._field_entry(wording)
            self._known[key] = _entry(entry) if entry else self._candidate_field(*key[1:])
        return self._known[key]

    def sector(self, category: str | None) -> str | None:
        """The IRI of a sector by the name that the fact table has for it."""
        entry = self._one("field", category) if category else None
        return entry.iri if entry else None

    def heading(self, parent: str | None) -> str | None:
        """The IRI of the concept that a heading means, if the vocabulary has it."""
        entry = self._field_entry(parent) if parent else None
        return entry.iri if entry else None

    def concept(self, kind: str, name: str) -> Thing:
        """The disease, drug target or indicator of a name; an unknown one stands under a known kind."""
        entry = self._one(kind, name)
        if entry:
            return _entry(entry)
        near = self._within_name(name) if kind == "indicator" else self._head(kind, name)
        return _own(kind, name, "", broader=(near.iri,) if near else ())

    def named(self, kind: str, name: str, scope: str = "") -> Thing:
        """The enterprise, institution, programme … of a name; ``scope`` tells namesakes apart."""
        entry = self._one(kind, name)
        return _entry(entry) if entry else _own(kind, name, scope)

    def agency(self, wording: str) -> Thing:
        """The government body of a wording: 省药监局 in a document of Zhejiang is Zhejiang's."""
        wording = tidy(wording)
        code, rest = self._seat(wording)
        kind = self._one("agency", rest) or self._one("agency", wording)
        if kind and code == COUNTRY and kind.extra.get("level") != "local":
            return _entry(kind)
        seat = self.vocabulary.entries.get(thing("region", code)) if code else None
        tail = _code(kind.iri) if kind else own_slug(rest, code)
        label = f"{seat.label}{rest}" if seat and code != COUNTRY and not rest.startswith("各") else wording
        return Thing(
            thing("agency", f"{code}-{tail}" if code else tail), label, "agency", "document",
            (PP.Agency,), kind_of=kind.iri if kind else None,
        )  # fmt: skip

    def _seat(self, wording: str) -> tuple[str, str]:
        """The code of the region that a body serves, and its name without the region."""
        if rank := _RANK_PREFIX.match(wording):
            provincial = rank.group() in ("省", "自治区")
            return (self.province if provincial else self.home) or self.home, wording[rank.end() :]
        if national := _NATIONAL_PREFIX.match(wording):
            return COUNTRY, wording[national.end() :]
        for end in range(min(len(wording) - 2, 12), 1, -1):
            entry = self.vocabulary.resolve_region(wording[:end], self.home or None)
            if entry and _code(entry.iri).isdigit():
                return _code(entry.iri), wording[end:]
        return COUNTRY if _NATIONAL_BODY.search(wording) else self.home, wording

    def _one(self, kind: str, name: str) -> Entry | None:
        """The only entry of a name, or the one whose preferred label it is; none where it stays open."""
        found = self.vocabulary.find(kind, name)
        if len(found) > 1:
            found = tuple(e for e in found if e.label == tidy(name))
        return found[0] if len(found) == 1 else None

    def _field_entry(self, wording: str) -> Entry | None:
        name = tidy(wording)
        while name:
            if entry := self._one("field", name):
                return entry
            shorter = _SUFFIX.sub("", name)
            if shorter == name:
                return None
            name = shorter
        return None

    def _candidate_field(self, wording: str, parent: str | None, category: str | None) -> Thing:
        head = self._head("field", wording)
        above = self.heading(parent) or (head.iri if head else None) or self.sector(category) or ROOT_FIELD
        return _own("field", wording, "", broader=(above,))

    def _head(self, kind: str, name: str) -> Entry | None:
        """The entry of the longest known end of a name: Chinese puts the general word last."""
        name = tidy(name)
        return next((e for i in range(1, len(name) - 1) if (e := self._one(kind, name[i:]))), None)

    def _within_name(self, name: str) -> Entry | None:
        """The indicator of the longest known part of a name, of at least three characters."""
        name = tidy(name)[:40]
        parts = (name[i : i + n] for n in range(len(name) - 1, 2, -1) for i in range(len(name) - n + 1))
        return next((e for part in parts if (e := self._one("indicator", part))), None)

    def _upwards(self, iri: str) -> Iterator[Entry]:
        if iri in self.vocabulary.entries:
            yield self.vocabulary.entries[iri]
            yield from self.vocabulary.above(iri)


def _code(iri: str) -> str:
    return iri.rpartition("/")[2]


def _entry(entry: Entry) -> Thing:
    return Thing(entry.iri, entry.label, entry.iri[len(ID) :].partition("/")[0], "vocabulary")


def _own(kind: str, name: str, scope: str, *, broader: tuple[str, ...] = ()) -> Thing:
    origin: Origin = "candidate" if kind in _CONCEPTS else "document"
    return Thing(own_iri(kind, name, scope), tidy(name), kind, origin, _CLASSES[kind], broader)
