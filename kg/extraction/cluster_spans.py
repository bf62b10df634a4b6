"""Where the name of a place of agglomeration begins: at a region, at 国家, at a quotation mark, or at a proper name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.extraction.names import after_break, without_lead
from kg.extraction.state import RegionMention
from kg.extraction.text import Slice
from kg.lexicon.vocabulary import load
from kg.lexicon.words import alternatives, pattern, words
from kg.model import ClusterKind

KINDS: tuple[ClusterKind, ...] = ("cluster", "park", "town", "base", "zone", "hub", "belt")


@cache
def any_suffix() -> re.Pattern[str]:
    return re.compile(alternatives(kind_of_word()))


@cache
def kind_of_word() -> dict[str, ClusterKind]:
    return {word: kind for kind in KINDS for word in words("clusters", kind)}


_STOP = re.compile(r"[，。；：、！？\n（）“”《》]|——|以及|[和与及]")


def begin(
    sentence: Slice, at: int, end: int, regions: Sequence[RegionMention]
) -> tuple[int, RegionMention | None, str] | None:
    """Where the name that ends at ``end`` begins, the region in it, and the rule; nothing where it names no one place.

    苏州生物医药产业园 begins with its region; 国家新型疫苗产业集聚发展试点 with 国家; “富阳药谷” with its quotation mark.
    """
    text, suffix = sentence.text, sentence.text[at:end]
    quoted = _quoted(text, at, end)
    if quoted is not None:
        if text[quoted + 1 : at] in words("clusters", "unnamed"):
            return None
        lead = next((r for r in regions if r.end == sentence.start + quoted), None)
        start = lead.start if lead else sentence.start + quoted
        first = lead or next(
            (r for r in regions if sentence.start + quoted <= r.start < sentence.start + at), None
        )
        return start, first, "cluster-quoted"
    left = _left(sentence, at, regions)
    low, high = sentence.start + left, sentence.start + end
    inside = [
        r for r in regions if low <= r.start and r.end < high and r.rank > 0 and r.text[0] not in "我全本"
    ]
    opener = _opener(text, left, at)
    for first in inside:
        if opener is not None and sentence.start + opener < first.start:
            break
        if _says_something(text[first.end - sentence.start : at], suffix):
            start = first.start - _joined_before(text[left : first.start - sentence.start])
            return start, _innermost([r for r in inside if r.start >= first.start]), "cluster-region-name"
    applied = opener is not None and text[:opener].endswith("申报")  # 申报国家…示范基地: a title, not a place
    if opener is not None and not applied and _says_something(text[opener:at], suffix, national=True):
        return (
            sentence.start + opener,
            _innermost(inside) or _group(text[opener:at], sentence.start + opener),
            "cluster-national-name",
        )
    proper = (
        None
        if kind_of_word()[suffix] in ("base", "cluster") or suffix == "药都"
        else _proper(sentence, left, at)
    )
    return _coined(sentence, left, at, end) or proper


def _joined_before(before: str) -> int:
    """How many characters right before a region belong to the name: 中新|广州知识城."""
    m = re.search(
        r"(?:(?:中国|西部|东部|北方|南方|中部)（|中新|中德|中日|中韩|中以|中意|中法|中欧|中英|中俄|粤港澳|粤澳|粤港|沪苏|苏皖|成渝|京津|新)$",
        before,
    )
    return len(m.group()) if m else 0


def _proper(sentence: Slice, left: int, at: int) -> tuple[int, RegionMention | None, str] | None:
    """A name that opens with a proper name which is no region: 张江|细胞产业园, 北上海|生物医药产业园."""
    piece = sentence.part(left, at)
    part = _PART.match(piece.text)
    begun = without_lead(after_break(piece.part(part.end() if part else 0), _NAME_BREAKS))
    m = re.search(pattern("clusters", "common"), begun.text)
    proper = begun.text[: m.start()] if m else begun.text
    if (
        not 2 <= len(proper) <= 6
        or VERBAL.search(begun.text)
        or len(begun.text) > 18
        or not re.fullmatch(r"[\u4e00-\u9fff·—]+", proper)
    ):
        return None
    if proper in {
        *words("clusters", "unnamed"),
        *words("actions", "push"),
        *words("actions", "develop"),
        "试点",
        "增强",
        "入驻",
    } or re.search(
        r"[该其本各所两让每都让个种]|^上|企业|平台|龙头|利用|富裕|亿|业$|区$|市$|省$|为|有|和", proper
    ):
        return None
    return begun.start, _group(begun.text, begun.start), "cluster-proper-name"


_NAME_BREAKS = (
    "辟建",
    "共建",
    "建设",
    "打造",
    "分别",
    "运营",
    "规划",
    "培育",
    "形成",
    "发展",
    "提升",
    "加强",
    "入驻",
    "在",
    "以",
    "由",
    "与",
    "对接",
    "联动",
    "做强",
    "做大",
    "用好",
    "支撑",
    "立足",
    "地处",
    "位于",
    "毗邻",
    "坐落于",
)
# What part of a layout a place is: 西翼为｜环同济健康城.
_PART = re.compile(r"^[东西南北中一二两三四][\u4e00-\u9fff]{0,3}(?:为|是|即)")


def _group(name: str, start: int) -> RegionMention | None:
    """The group or city that a name opens with where a longer name hides it: 长三角|G60科创走廊, 长春|新区."""
    for length in range(min(6, len(name)), 1, -1):
        entry = load().resolve_region(name[:length])
        if entry is not None and not {"County", "Country"} & entry.types:
            rank = 4 if "RegionGroup" in entry.types else 2 if "Prefecture" in entry.types else 1
            code = entry.notation or entry.iri.rsplit("/", 1)[1]
            return RegionMention(entry.label, code, entry.iri, rank, name[:length], start, start + length)
    return None


def _left(sentence: Slice, at: int, regions: Sequence[RegionMention]) -> int:
    """How far to the left a name can reach: to a mark, or to a conjunction that parts two names."""
    begins = {r.start - sentence.start for r in regions}
    left = 0
    for m in _STOP.finditer(sentence.text, 0, at):
        if m.group() in ("和", "与", "及", "以及"):
            if m.end() in begins or any(
                s.end() == m.start() for s in any_suffix().finditer(sentence.text, left, m.start())
            ):
                left = m.end()
        elif not _bracketed_name(sentence.text, m):
            left = m.end()
    return left


def _bracketed_name(text: str, m: re.Match[str]) -> bool:
    """Whether a bracket belongs to a name: 中国（江苏）自由贸易试验区."""
    if m.group() == "（":
        return bool(re.match(r"（[\u4e00-\u9fff]{2,6}）[\u4e00-\u9fff]", text[m.start() :]))
    if m.group() == "）":
        return bool(re.search(r"[\u4e00-\u9fff]（[\u4e00-\u9fff]{1,6}）$", text[: m.end()]))
    return False


def _quoted(text: str, at: int, end: int) -> int | None:
    """The place of the opening quotation mark, where the name stands inside a pair of them."""
    if text[end : end + 1] != "”":
        return None
    opened = text.rfind("“", max(0, at - 16), at)
    return opened if opened >= 0 and "”" not in text[opened:at] and "、" not in text[opened:at] else None


def _opener(text: str, left: int, at: int) -> int | None:
    for m in re.finditer(pattern("clusters", "openers"), text[left:at]):
        before = text[left : left + m.start()]
        if not before or re.search(f"(?:{verbs()}|[我全本][省市]|立足)$", before):
            return left + m.start()
    return None


@cache
def verbs() -> str:
    return f"(?:{alternatives((*words('clusters', 'planned'), *words('clusters', 'supported'), *words('clusters', 'existing')))})"


VERBAL = re.compile(
    r"的|等|^(?:重点|加快|推动|推进|支持|发展|打造|建设|围绕|依托|聚焦|以|在|与|和|及|要|是)|分别|争创|共建|辟建|创建|发挥|承接|面向|用好|进一步|推进|推动|建设(?!兵团)|引进|依托|入驻|设立|建立|投资|打造|培育|形成|加快|推动|支持|国内|国际知名|一批"
)


_SELF_TELLING = frozenset(
    [
        "医药城",
        "生物城",
        "健康城",
        "健康科学城",
        "中药城",
        "医学城",
        "生命科学城",
        "科学城",
        "药谷",
        "医药谷",
        "基因谷",
        "生命谷",
        "健康谷",
        "生物谷",
        "生物医药谷",
        "基因药谷",
        "医药港",
        "生物港",
        "药港",
        "生物岛",
        "药都",
        "医谷",
    ]
)


def _says_something(stem: str, suffix: str, *, national: bool = False) -> bool:
    """Whether what stands between a region and the noun makes a name: 苏州|工业|园区, not 江苏|特色|产业集群."""
    if VERBAL.search(stem) or len(stem) > 24 or re.match(r"[\d一二三四五六七八九十]+[个大]", stem):
        return False
    if suffix in _SELF_TELLING or suffix in _PROPER_NOUNS:
        return True
    return len(stem) >= 2 and stem not in words("clusters", "unnamed" if national else "empty")


_PROPER_NOUNS = frozenset(
    [
        "高新区",
        "高新技术产业开发区",
        "高新技术开发区",
        "经济技术开发区",
        "经济开发区",
        "经开区",
        "自由贸易试验区",
        "自贸试验区",
        "自贸区",
        "综合保税区",
        "保税区",
        "工业园区",
        "科技园",
        "科学园",
        "片区",
        "自贸片区",
        "产业园",
        "产业园区",
        "科技城",
        "走廊",
        "科创走廊",
        "创新港",
    ]
)


def _innermost(regions: Sequence[RegionMention]) -> RegionMention | None:
    """The most specific region of a name; 长三角 only where nothing else stands there."""
    administrative = [r for r in regions if 0 < r.rank < 4]
    return (
        max(administrative, key=lambda r: (r.rank, -r.start))
        if administrative
        else (regions[0] if regions else None)
    )


_COINED_NOUNS = frozenset(
    ["药谷", "医药谷", "药港", "生物谷", "专业园", "专业园区", "特色园", "创新公园", "产业公园", "科技公园"]
)
_COINED = re.compile(
    r"^(?P<verb>.*(?:培育|建设|打造|构建|支持|创建|形成|设立|辟建|新建))(?P<stem>[\u4e00-\u9fff]{2,12})$"
)


_SEVERAL = re.compile(r"[”](?:（)(?P<places>[^（）]*?)等(?:地|市)?(?P<stem>[^（）]{4,20})$")


def _coined(sentence: Slice, left: int, at: int, end: int) -> tuple[int, RegionMention | None, str] | None:
    """A belt or hub that is named by what it is: 建设海洋生态医药产业圈."""
    several = _SEVERAL.search(sentence.text[:at])
    if several and sentence.text[end : end + 1] == "）":  # “多极”（无锡、徐州等医疗器械领域特色产业集聚区）
        return sentence.start + several.start("stem"), None, "cluster-of-several"
    if kind_of_word()[sentence.text[at:end]] != "belt" and sentence.text[at:end] not in _COINED_NOUNS:
        return None
    m = _COINED.match(sentence.text[left:at])
    if not m or m["stem"] in words("clusters", "unnamed") or "的" in m["stem"]:
        return None
    stem = re.sub(r"^(?:一批|若干|多个|现代|具有)", "", m["stem"])
    return (sentence.start + at - len(stem), None, "cluster-coined") if len(stem) >= 4 else None
