"""Component: the named places of agglomeration — parks, bases, zones, hubs, belts, clusters — and where each name begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.cluster_spans import VERBAL, any_suffix, begin, kind_of_word, verbs
from kg.extraction.enumeration import items
from kg.extraction.naming import field_entry, has_head, is_generic
from kg.extraction.state import RegionMention, document_of, regions_of
from kg.extraction.text import Slice, sentences, split
from kg.lexicon.vocabulary import load
from kg.lexicon.words import words
from kg.model import ClusterKind

_LONGEST = 30

if not Doc.has_extension("clusters"):
    Doc.set_extension("clusters", default=())


@dataclass(frozen=True, slots=True)
class ClusterMention:
    """A cluster where the text names it: ``region`` is the mention of a region in the name itself, if any."""

    name: str
    kind: ClusterKind
    start: int
    end: int
    region: RegionMention | None
    rule: str


def clusters_of(doc: Doc) -> tuple[ClusterMention, ...]:
    """The mentions of clusters in order of place."""
    return cast(tuple[ClusterMention, ...], doc._.clusters)


@Language.component("kg_cluster_names")
def cluster_names(doc: Doc) -> Doc:
    """Sets ``doc._.clusters`` and the span group ``clusters``."""
    view = document_of(doc).reading.text
    found: list[ClusterMention] = []
    for sentence in sentences(view):
        found.extend(_of_sentence(sentence, view, regions_of(doc)))
    doc._.clusters = tuple(_longest(found))
    spans = (doc.char_span(c.start, c.end, label=c.kind) for c in doc._.clusters)
    doc.spans["clusters"] = [s for s in spans if s is not None]
    return doc


_GOES_ON = re.compile(r"[内外]?(?:建设管理|管委会|管理委员会|总体方案|医院|大学|条例|办法|发展规划)|化")


def _of_sentence(sentence: Slice, view: str, regions: Sequence[RegionMention]) -> Iterator[ClusterMention]:
    inside = [r for r in regions if sentence.start <= r.start < sentence.end]
    for m in any_suffix().finditer(sentence.text):
        end = sentence.start + m.end()
        after = view[end : end + 10]
        free_trade = m.group() in ("自由贸易试验区", "自贸试验区")
        if any_suffix().match(after) or (
            not free_trade and (_GOES_ON.match(after) or _in_title(sentence.text, m.start()))
        ):
            continue
        kind = kind_of_word()[m.group()]
        begun = begin(sentence, m.start(), m.end(), inside)
        if begun is not None:
            start, region, rule = begun
            told = next(
                (
                    r
                    for r in regions
                    if r.start == end + 1 and view[end : end + 1] == "（" and view[r.end : r.end + 1] == "）"
                ),
                None,
            )
            region = told or region  # 成都医学城（温江区）
            name = _clean(view[start:end])
            region = _new_area(name, start, end) or region
            if 3 <= len(name) <= _LONGEST and not any(
                "County" in e.types for e in load().find("region", name)
            ):
                yield ClusterMention(name, kind, start, end, region, rule)
        yield from _shared(sentence, m, kind, inside)


def _new_area(name: str, start: int, end: int) -> RegionMention | None:
    """The new area that a name is, which is governed as a place of its own: 湘江新区, 大鹏新区."""
    for entry in load().find("region", name):
        if "RegionGroup" in entry.types and name.endswith(("新区", "合作区", "实验区")):
            code = entry.iri.rsplit("/", 1)[1]
            return RegionMention(entry.label, code, entry.iri, 4, name, start, end)
    return None


def _in_title(text: str, at: int) -> bool:
    return text.count("《", 0, at) > text.count("》", 0, at)


def _clean(name: str) -> str:
    return re.sub(r"[“”‘’]", "", name).strip("、，")


def _shared(
    sentence: Slice, suffix: re.Match[str], kind: ClusterKind, regions: Sequence[RegionMention]
) -> Iterator[ClusterMention]:
    """Names that share the noun of a list: 金华天然药物、湖州生物医药等产业基地."""
    at = suffix.start()
    before = sentence.text[:at]
    yield from _belts(sentence, at, suffix.group(), kind, regions)
    m = re.search(r"(?P<list>[^，。；：]+)等(?P<class>[^，。；：、]{0,12})$", before)
    if not m:
        return
    listed = list(split(sentence.part(m.start("list"), m.end("list")), "、"))
    if len(listed) < 2:
        return
    noun = (
        "产业" if suffix.group() in ("基地", "集群") and m["class"].endswith("产业") else ""
    ) + suffix.group()
    for part in listed:
        lead = re.match(f"(?:{verbs()})*", part.text)
        part = part.part(lead.end() if lead else 0)
        region = next((r for r in regions if r.start == part.start), None)
        stem = part.text[len(region.text) :] if region else ""
        if region and len(stem) >= 2 and not any_suffix().search(stem[-4:]) and not stem.startswith("等"):
            yield ClusterMention(
                _clean(part.text) + noun, kind, part.start, part.end, region, "cluster-shared-noun"
            )


def _belts(
    sentence: Slice, at: int, noun: str, kind: ClusterKind, regions: Sequence[RegionMention]
) -> Iterator[ClusterMention]:
    """Areas that share a noun without 等: 胶东半岛、鲁西南及鲁中中药材产业带 → a belt each."""
    last = max((r for r in regions if r.end <= sentence.start + at), key=lambda r: r.end, default=None)
    if last is None or kind != "belt":
        return
    stem = sentence.text[last.end - sentence.start : at]
    before = re.split(r"[，。；：]", sentence.text[: last.end - sentence.start])[-1]
    parts = list(re.finditer(r"[^、和与及]+", before))
    begin = last.end - len(before)
    places = [(m.group(), begin + m.start()) for m in parts]
    if places:
        lead = re.match(f"(?:{verbs()}|做强|大力发展)*", places[0][0])
        cut = lead.end() if lead else 0
        places[0] = (places[0][0][cut:], places[0][1] + cut)
    known = {r.start for r in regions}
    if sum(start in known for _, start in places) < 2 or not 2 <= len(stem) <= 10 or VERBAL.search(stem):
        return
    for name, start in places:
        yield ClusterMention(name + stem + noun, kind, start, start + len(name), None, "cluster-shared-noun")


def _longest(found: Sequence[ClusterMention]) -> Iterator[ClusterMention]:
    """Without names that stand inside longer ones."""
    reached = -1
    for c in sorted(found, key=lambda c: (c.start, -c.end)):
        if c.end > reached:
            reached = c.end
            yield replace(c)


_KIND_WORDS = re.compile(
    r"(?:工业|合作|特色|国家高技术|高技术|高新技术|经济技术|先进制造业|制造业|战略性新兴|国家|省级|新型工业化|"
    r"现代|创新|制造|专业|示范)*(?:产业)?"
    r"(?:集群|园区?|基地|集聚区|聚集区|小镇|谷|城|港|岛|带|圈|走廊|片区|示范区|试验区|高新区|经开区|开发区|"
    r"集聚发展试点|产业园区?|科技园|科学园|示范基地)+$"
)


def fields_in_name(mention: ClusterMention) -> Iterator[str]:
    """The fields that the name itself tells: 苏州|生物医药|产业园."""
    stem, region = mention.name, mention.region
    if region is not None and stem.startswith(region.text):
        stem = stem[len(region.text) :]
    stem = re.sub(r"^(?:国家级?|省级|市级|中国|国际|高端|特色)+", "", stem)
    stem = _KIND_WORDS.sub("", stem)
    if len(stem) < 2 or stem.startswith("综合"):
        return
    stem = _without_place(stem)
    plain = mention.kind in ("park", "base", "zone", "cluster")
    for item in items(Slice(stem, 0)):
        if item.role != "modifier" and (name := _field_at_end(item.name, plain=plain)):
            yield name


_COINED = re.compile(
    r"生态|海洋|绿色|文化|智慧|未来|基因|细胞"
)  # 山区生态医药产业圈: a name made up, not a place and a field


def _field_at_end(name: str, *, plain: bool) -> str | None:
    """The field that a name ends in: 东部|医药; in a park's name (``plain``) also a bare 生物 or a word of the industry."""
    for start in range(len(name) - 1):
        field = name[start:]
        known = field_entry(field) is not None or field in words("fields", "whole_industry")
        if known or (plain and field in words("fields", "of_parks")):
            return field if plain or not _COINED.search(name[:start]) else None
    coined = has_head(name) and len(name) <= 14 and not re.search(r"区|国家|技术$|综合|自由贸易", name)
    return name if plain and coined and not is_generic(name) else None


def _without_place(stem: str) -> str:
    """A stem without the name of an area before it: 胶东半岛|中药材."""
    for length in range(min(6, len(stem) - 2), 1, -1):
        if load().find("region", stem[:length]):
            return stem[length:]
    return stem
