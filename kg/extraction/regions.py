"""Component: which regions the text names. Homonyms are settled by the document's jurisdiction; look-alikes are left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.document import Document
from kg.extraction.state import RegionMention, document_of, mentions_of
from kg.lexicon.gazetteer import Mention
from kg.lexicon.vocabulary import ID, Entry, Vocabulary, load
from kg.lexicon.words import pattern, words

_RANK = {"Country": 0, "Province": 1, "Prefecture": 2, "County": 3, "RegionGroup": 4}
_REGION = f"{ID}region/"
_SELF = re.compile(r"我省|全省|本省|我市|全市|本市|我区|全区|我国|全国")
_HEAD = 400


@Language.component("kg_regions")
def regions(doc: Doc) -> Doc:
    """Sets ``doc._.jurisdiction`` (a code) and ``doc._.regions``."""
    document, vocabulary = document_of(doc), load()
    found = mentions_of(doc, "region")
    doc._.jurisdiction = jurisdiction(document, found, vocabulary)
    text, home = document.reading.text, doc._.jurisdiction
    linked = [*_linked(text, found, home, vocabulary), *_selves(text, home, vocabulary)]
    hidden = _inside([m for kind in _NAMED for m in mentions_of(doc, kind)])
    ordered = sorted(linked, key=lambda r: (r.start, -r.end))
    doc._.regions = tuple(replace(r, subject=False) if hidden(r.start, r.end) else r for r in ordered)
    return doc


_NAMED = (
    "enterprise",
    "institution",
    "programme",
    "agency",
)  # what is named after places: 云南白药, 上海药物所


def _inside(mentions: Sequence[Mention]) -> Callable[[int, int], bool]:
    """Tells whether a span stands inside one of the mentions and is shorter."""
    longer = sorted(mentions, key=lambda m: m.start)
    starts = [m.start for m in longer]
    reach = list(accumulate((m.end for m in longer), max))

    def inside(start: int, end: int) -> bool:
        n = bisect_right(starts, start)
        return n > 0 and reach[n - 1] > end

    return inside


def _selves(text: str, home: str | None, vocabulary: Vocabulary) -> Iterator[RegionMention]:
    """我省, 全市: the jurisdiction itself."""
    entry = vocabulary.entries.get(f"{_REGION}{home}")
    if entry is None or home == "100000":
        return
    rank = min((_RANK[t] for t in entry.types if t in _RANK), default=5)
    own = "区" if entry.label.endswith("自治区") else "市州盟" if rank == 2 else entry.label[-1]
    for m in re.finditer(rf"[我全本][{own}]", text):
        yield RegionMention(entry.label, home or "", entry.iri, rank, m.group(), m.start(), m.end())


def jurisdiction(document: Document, found: Sequence[Mention], vocabulary: Vocabulary) -> str | None:
    """The code of the region whose government speaks: named in the title or the issuer, else the province named most."""
    head = f"{document.title or ''}\n{document.reading.text[:_HEAD]}"
    title = _of_heading(head, vocabulary)
    if title:
        return title
    text = document.reading.text
    selves = _SELF.findall(text)
    counts: dict[str, int] = {}
    for m in found:
        for iri in m.iris:
            entry = vocabulary.entries[iri]
            for code in _codes(entry, vocabulary):
                counts[code] = counts.get(code, 0) + 1
    if not counts or sum(s in ("我国", "全国") for s in selves) > sum(
        s not in ("我国", "全国") for s in selves
    ):
        return "100000" if selves else None
    return max(sorted(counts), key=lambda c: counts[c])


_TITLE = re.compile(
    r"^(?:中共)?(?P<place>[\u4e00-\u9fff]{2,12}?)(?:人民政府|省委|市委|工业和信息化|发展和改革|经济和信息化|“?十[一二三四五]五|"
    r"生物医药|医药|药品|大健康|生命健康|现代|促进|加快|关于|高端医疗|医疗器械|制造业|中医药|推动|支持)",
)


def _of_heading(head: str, vocabulary: Vocabulary) -> str | None:
    """The region that opens a title or a heading line; a national body where a line opens with one."""
    for line in head.split("\n")[:8]:
        text = line.strip("《#* ").removeprefix("中共")
        if len(text) > 80:
            text = text[:80]
        if re.match(r"国务院|国家|工业和信息化部|国家发展改革委|全国|中国(?!（)", text):
            return "100000"
        for length in range(min(12, len(text)), 1, -1):
            entry = _region_of(text[:length], vocabulary)
            if entry is not None and _TITLE.match(text) and entry.notation:
                return entry.notation
    return None


def _region_of(name: str, vocabulary: Vocabulary) -> Entry | None:
    """The entry that a string is made of: ``南京市``, ``江苏省南京市``; nothing where more than one fits."""
    entry = vocabulary.resolve_region(name)
    if entry is not None and "RegionGroup" not in entry.types:
        return entry
    for cut in range(2, len(name) - 1):
        outer = vocabulary.resolve_region(name[:cut])
        if outer is not None and outer.notation:
            inner = vocabulary.resolve_region(name[cut:], outer.notation)
            if inner is not None and vocabulary.within(inner.iri, outer.iri):
                return inner
    return None


def _codes(entry: Entry, vocabulary: Vocabulary) -> Iterator[str]:
    """The provinces over an entry."""
    for e in (entry, *vocabulary.above(entry.iri)):
        if "Province" in e.types and e.notation:
            yield e.notation


def _linked(
    text: str, found: Sequence[Mention], home: str | None, vocabulary: Vocabulary
) -> Iterator[RegionMention]:
    listed = {m.end for m in found} | {m.start for m in found}
    parent: RegionMention | None = None
    for n, m in enumerate(found):
        if _is_something_else(text, m):
            continue
        near = parent.code if parent and m.start - parent.end <= 0 else None
        entry = vocabulary.resolve_region(m.text, near) if near else None
        if entry is None or (near and not vocabulary.within(entry.iri, f"{_REGION}{near}")):
            entry = vocabulary.resolve_region(m.text, home)
        if entry is None:
            continue
        if "Province" in entry.types and m.text != entry.label:
            entry = _city_of_list(text, n, found, entry, vocabulary) or entry
        rank = min((_RANK[t] for t in entry.types if t in _RANK), default=5)
        if (
            rank == 3
            and m.text != entry.label
            and not _stands_as_county(text, m, entry, home, near, listed, vocabulary)
        ):
            continue
        longer = bool(_longer().match(text, m.end))
        code = entry.notation or entry.iri[len(_REGION) :]
        mention = RegionMention(entry.label, code, entry.iri, rank, m.text, m.start, m.end, not longer)
        if rank < 3 or m.text == entry.label:
            parent = mention
        yield mention


def _city_of_list(
    text: str, n: int, found: Sequence[Mention], province: Entry, vocabulary: Vocabulary
) -> Entry | None:
    """The city that bears its province's name, where the list is one of cities: 长春、吉林、通化."""
    city = next((e for e in vocabulary.find("region", found[n].text) if province.iri in e.broader), None)
    beside = [
        (found[a], text[found[a].end : found[b].start])
        for a, b in ((n - 1, n), (n, n + 1))
        if a >= 0 and b < len(found)
    ]
    listed = [
        m if m is not found[n] else found[n + 1] for m, gap in beside if gap in ("、", "和", "与", "及")
    ]
    near = [e for m in listed if (e := vocabulary.resolve_region(m.text, province.notation)) is not None]
    inside = [e for e in near if e.iri != province.iri and vocabulary.within(e.iri, province.iri)]
    return city if inside else None


def _stands_as_county(
    text: str,
    m: Mention,
    entry: Entry,
    home: str | None,
    near: str | None,
    listed: set[int],
    vocabulary: Vocabulary,
) -> bool:
    """Whether the short form of a county is one: right after its prefecture, listed with other regions, or a subject."""
    if near and vocabulary.within(entry.iri, f"{_REGION}{near}"):
        return True
    if not home or home == "100000" or not vocabulary.within(entry.iri, f"{_REGION}{home}"):
        return False
    before = text[m.start - 1] if m.start else "\n"
    in_list = (before == "、" and m.start - 1 in listed) or (
        text[m.end : m.end + 1] == "、" and m.end + 1 in listed
    )
    opens = before in "\n。；，：、）" or text[max(0, m.start - 2) : m.start] in (
        "支持",
        "推动",
        "鼓励",
        "依托",
        "推进",
    )
    if _PLACE_NOUN.match(text, m.end):
        return True
    follows = bool(re.match(pattern("regions", "after_subject"), text[m.end : m.end + 4]))
    return in_list or (opens and follows)


_PLACE_NOUN = re.compile(
    r"“?[\u4e00-\u9fff]{0,16}?(?:开发区|经开区|高新区|产业园|产业区|工业园|园区|园(?![林丁艺长])|基地|小镇|药镇|示范区|集聚区|产业集群"
    r"|药谷|药都|医药城|医药港|科技城)"
)


@cache
def _longer() -> re.Pattern[str]:
    maker = r"(?:生物|医药|医疗|健康|科技|化工|国药|中药|药物|制药|器械){1,3}(?:集团|有限公司|股份|公司|研究所|研究院|所)"
    return re.compile(f"{pattern('regions', 'longer_names')}|{maker}")


@cache
def _vetoes() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    vetoes: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for entry in words("regions", "not_regions"):
        left, name, right = entry.split("~")
        vetoes.setdefault(name, []).append(
            (tuple(w for w in left.split("/") if w), tuple(w for w in right.split("/") if w))
        )
    return vetoes


def _is_something_else(text: str, m: Mention) -> bool:
    """Whether the context makes the name another word: 长春新碱, 渤海南部."""
    return any(
        (not left or text.endswith(left, 0, m.start)) and (not right or text.startswith(right, m.end))
        for left, right in _vetoes().get(m.text, ())
    )
