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
from kg.extraction.subjects import leading_subject, lies_in, subject_of_path
from kg.extraction.text import Slice, clauses, sentences
from kg.extraction.zones import zone
from kg.lexicon.vocabulary import ID, fold, load
from kg.lexicon.words import pattern, words
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
    """The most specific region that the name or the text gives.

    The region in the name (苏州工业园区); but who governs the clause or heads the passage where that says more (坪山区依托
    深圳国家生物产业基地, 资阳以“中国牙谷”为主阵地), and where the name says nothing.
    """
    told = _told_after(doc, document, mention)
    if told is not None:
        return told
    own, governing = mention.region, _governing(doc, document, mention)
    if own is not None and own.rank == 4 and own.text == mention.name:
        own = None  # 赣江新区 is the place itself
    if own is not None and own.text[0] in "沿环跨":
        own = _listed_before(doc, document, mention) or own
    if own is None:
        return governing or _known_area(mention) or _municipality(doc, mention)
    if own.rank in (0, 4) and governing is None and mention.kind != "belt":
        return _municipality(doc, mention) or own  # 粤港澳大湾区…创新港 in a city's own plan
    if governing is not None and (own.rank in (0, 4) or load().within(governing.iri, own.iri)):
        return governing
    return own


def _listed_before(doc: Doc, document: Document, mention: ClusterMention) -> RegionMention | None:
    """The area of the place listed right before one that is named after a line in it: 长三角科创走廊和｜沿沪宁产业创新带."""
    view = document.reading.text
    before = next((c for c in reversed(clusters_of(doc)) if c.end < mention.start), None)
    return before.region if before and view[before.end : mention.start] in ("和", "与", "及", "、") else None


def _governing(doc: Doc, document: Document, mention: ClusterMention) -> RegionMention | None:
    """The single region that governs the clause which names a place, else the heading over it, else the segment before."""
    view = document.reading.text
    opens = max(view.rfind(mark, 0, mention.start) for mark in "。\n") + 1
    segment = max(opens, view.rfind("；", 0, mention.start) + 1)
    own = _led_up_to(doc, view, segment, mention)
    if own:
        return own[0] if len(own) == 1 and own[0].rank > 0 else None
    over = subject_of_path(document.path(document.section_at(mention.start)), regions_of(doc), ())
    if over and len(over.regions) == 1 and over.start <= mention.start:
        return over.regions[0] if over.regions[0].rank > 1 else None
    acts = mention.start == segment and mention.kind == "zone"  # 甲县做强疫苗；｜新站高新区发展医疗芯片
    before = _led_up_to(doc, view, opens, mention) if opens < segment and not acts else ()
    return before[0] if len(before) == 1 and before[0].rank > 0 else None


def _led_up_to(doc: Doc, view: str, start: int, mention: ClusterMention) -> tuple[RegionMention, ...]:
    """The regions that lead when the text comes to a place; one of them where places are dealt out among them."""
    held: tuple[RegionMention, ...] = ()
    each = False
    for sentence in sentences(view, start, mention.end + 1):
        for clause in clauses(sentence):
            led = leading_subject(clause, regions_of(doc), ())
            if led is not None and led.subject.start < mention.start:
                held, each = led.subject.regions, led.subject.each
            if clause.start <= mention.start < clause.end:
                beside = [c for c in clusters_of(doc) if clause.start <= c.start < clause.end]
                if each and len(beside) == len(held):
                    return (held[beside.index(mention)],)  # 宝山、金山两区分别建设A和B
                return held
    return held


def _told_after(doc: Doc, document: Document, mention: ClusterMention) -> RegionMention | None:
    """The one region that the text says a place lies in right after its name: X，位于新津区; X坐落于雁塔区."""
    view = document.reading.text
    sentence = next(sentences(view, mention.end, min(len(view), mention.end + 60)), None)
    if sentence is None or sentence.start > mention.end + 1:
        return None
    clause = next(clauses(Slice(sentence.text, sentence.start).strip("，")), None)
    found = lies_in(clause, regions_of(doc)) if clause is not None else None
    here = [r for r in found[0] if r.rank in (2, 3)] if found else []
    return here[0] if len(here) == 1 else None


def _known_area(mention: ClusterMention) -> RegionMention | None:
    """Where a well-known area lies that a name opens with: 光谷生物城, 张江药谷."""
    areas = dict(entry.split("~") for entry in words("clusters", "areas"))
    name = next((a for a in areas if mention.name.startswith(a)), None)
    entry = load().resolve_region(areas[name]) if name else None
    if entry is None:
        return None
    code = entry.notation or entry.iri.rsplit("/", 1)[1]
    rank = 3 if "County" in entry.types else 2 if "Prefecture" in entry.types else 1
    return RegionMention(entry.label, code, entry.iri, rank, entry.label, mention.start, mention.start)


def _municipality(doc: Doc, mention: ClusterMention) -> RegionMention | None:
    """The city or county whose own plan names a place without saying where it lies."""
    home = doc._.jurisdiction
    entry = load().entries.get(f"{ID}region/{home}") if home else None
    if entry is None or (home.endswith("0000") and not entry.label.endswith("市")):
        return None
    rank = 1 if home.endswith("0000") else 2 if home.endswith("00") else 3
    return RegionMention(entry.label, home, entry.iri, rank, entry.label, mention.start, mention.start)


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
