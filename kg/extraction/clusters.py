"""Component: named places and the fields said of them → clusters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.document import Document
from kg.extraction.cluster_names import ClusterMention, clusters_of, fields_in_name
from kg.extraction.field_use import FieldUse, field_uses_of
from kg.extraction.state import RegionMention, add_facts, document_of, regions_of
from kg.extraction.subjects import leading_subject
from kg.extraction.text import clauses, sentences
from kg.extraction.zones import zone
from kg.lexicon.vocabulary import ID, fold, load
from kg.lexicon.words import pattern
from kg.model import ClusterFact, ClusterStatus


@Language.component("kg_clusters")
def clusters(doc: Doc) -> Doc:
    """Adds a `ClusterFact` for each named place, with region, fields, aliases and status gathered over the document."""
    document = document_of(doc)
    by_name: dict[str, list[ClusterMention]] = {}
    for mention in clusters_of(doc):
        by_name.setdefault(fold(mention.name), []).append(mention)
    add_facts(doc, _without_aliases(_facts(doc, document, list(by_name.values()))))
    return doc


def _without_aliases(found: Iterator[ClusterFact]) -> Iterator[ClusterFact]:
    """Leaves out what is only another cluster's alias; a name made from a list goes to the like-named cluster beside it."""
    facts = list(found)
    aliases = {fold(a) for f in facts for a in f.aliases}
    kept = [f for f in facts if fold(f.name) not in aliases]
    for n, fact in enumerate(kept):
        if fact.rule != "cluster-shared-noun":
            continue
        twin = next(
            (m for m, other in enumerate(kept) if m != n and other.rule != fact.rule and _alike(fact, other)),
            None,
        )
        if twin is not None and fact.region:
            kept[twin] = replace(kept[twin], aliases=(*kept[twin].aliases, fact.name))
            kept[n] = replace(fact, name="")
    return (f for f in kept if f.name)


def _alike(a: ClusterFact, b: ClusterFact) -> bool:
    """Whether two clusters of one region and kind have nearly one name: one's characters stand in the other in order."""
    if a.region != b.region or a.kind != b.kind:
        return False
    short, long = sorted((a.name, b.name), key=len)
    rest = iter(long)
    return all(c in rest for c in short)


def _facts(doc: Doc, document: Document, named: Sequence[Sequence[ClusterMention]]) -> Iterator[ClusterFact]:
    uses = field_uses_of(doc)
    for mentions in named:
        first = mentions[0]
        region = next((r for m in mentions if (r := _region(doc, document, m)) is not None), None)
        said = [
            u
            for u in uses
            if u.role != "disease"
            and u.subject is not None
            and any(c in mentions for c in u.subject.clusters)
        ]
        names = [*fields_in_name(first), *(u.name for u in said)]
        yield ClusterFact(
            name=first.name, kind=first.kind, region=region.name if region else None,
            province=_province(doc, region), fields=tuple(dict.fromkeys(names)),
            aliases=tuple(_aliases(document, mentions)), status=_status(document, mentions),
            rule=first.rule, confidence=0.9 if first.region else 0.75,
            evidence=document.evidence(*_passage(document, mentions, said)),
        )  # fmt: skip


_LONGEST_PASSAGE = 600


def _passage(
    document: Document, mentions: Sequence[ClusterMention], said: Sequence[FieldUse]
) -> tuple[int, int]:
    """The span that makes the fact: the clause that names the place, on to the last field that is said of it there."""
    view = document.reading.text
    told = [u for u in said if u.subject is not None]
    first = next(
        (m for m in mentions if any(u.subject is not None and m in u.subject.clusters for u in told)),
        mentions[0],
    )
    start = max(view.rfind(mark, 0, first.start) for mark in "，。；：\n") + 1
    ends = [m.start() for m in re.finditer(r"[，。；：\n]", view[first.end : first.end + 200])]
    end = first.end + (ends[0] if ends else 0)
    reached = max(
        (u.end for u in told if first.start <= u.start < first.start + _LONGEST_PASSAGE), default=end
    )
    return min(start, first.start), max(end, reached, first.end)


def _region(doc: Doc, document: Document, mention: ClusterMention) -> RegionMention | None:
    """The region in the name; else the single one that governs the clause that names it."""
    if mention.region is not None:
        return mention.region
    view = document.reading.text
    for sentence in sentences(view, max(0, view.rfind("。", 0, mention.start) + 1), mention.end + 1):
        held: tuple[RegionMention, ...] = ()
        for clause in clauses(sentence):
            led = leading_subject(clause, regions_of(doc), ())
            held = led.subject.regions if led else held
            if clause.start <= mention.start < clause.end:
                return held[0] if len(held) == 1 and held[0].rank > 0 else None
    return None


def _province(doc: Doc, region: RegionMention | None) -> str | None:
    """The province that the place lies in: of its region, else of the document."""
    vocabulary = load()
    home = doc._.jurisdiction
    iri = region.iri if region and region.rank < 4 else f"{ID}region/{home}" if home else None
    if iri is None or iri not in vocabulary.entries:
        return None
    chain = (vocabulary.entries[iri], *vocabulary.above(iri))
    return next((e.label for e in chain if "Province" in e.types), None)


_ALIAS_BEFORE = re.compile(r"[“‘](?P<alias>[^“”‘’]{2,10})[”’]（$")
_ALIAS_AFTER = re.compile(r"^（(?:以下)?(?:统?简称|又称)[：:]?[“]?(?P<alias>[^（）”]{2,14})[”]?）")


def _aliases(document: Document, mentions: Sequence[ClusterMention]) -> Iterator[str]:
    """Other names that the document itself introduces: “一谷”（南京生物医药谷）, X（以下简称Y）."""
    view = document.reading.text
    seen: set[str] = {mentions[0].name}
    for mention in mentions:
        for m in (
            _ALIAS_BEFORE.search(view[max(0, mention.start - 14) : mention.start]),
            _ALIAS_AFTER.match(view[mention.end : mention.end + 30]),
        ):
            if m and m["alias"] not in seen:
                seen.add(m["alias"])
                yield m["alias"]


def _status(document: Document, mentions: Sequence[ClusterMention]) -> ClusterStatus:
    """Existing, supported or planned, by the words before the first mention outside a heading."""
    view = document.reading.text
    for mention in mentions:
        section = document.section_at(mention.start)
        path = document.path(section)
        if zone(path) == "past":
            return "existing"
        if (
            section is not None
            and section.view[0] <= mention.start < section.body
            and section.kind in ("label", "item", "subitem")
        ):
            return "supported"  # a box or item of its own: what the plan builds up
        before = re.split(r"[，。；：\n]", view[max(0, mention.start - 30) : mention.start])[-1]
        after = view[mention.end : mention.end + 4]
        if re.search(f"{pattern('clusters', 'supported')}[^，。；]{{0,12}}$", before):
            return "supported"
        if re.search(f"{pattern('clusters', 'planned')}[^，。；]{{0,12}}$", before):
            return "supported" if before.startswith(("支持", "重点支持", "推动")) else "planned"
        if after.startswith("建设"):
            return "supported"
    return "existing"
