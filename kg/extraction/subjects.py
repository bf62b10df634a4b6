"""Who does it: the regions or the cluster that lead a clause, or that a heading sets for all under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.documents.document import Section
from kg.extraction.cluster_names import ClusterMention
from kg.extraction.state import RegionMention
from kg.extraction.text import Slice
from kg.lexicon.vocabulary import load

_BEFORE = re.compile(
    r"(?:重点支持|重点推动|积极支持|大力支持|支持|推动|鼓励|引导|推进|加快|带动|联动|协同|联合|会同|携手|并?与|依托|发挥好?|充分发挥|利用|以|由|在|将|把|"
    r"到\d{4}年，?|同时|其中|重点|做强|提升|巩固|强化|建设|该[省市区县]|其)*"
)
_LIST_MARK = re.compile(r"[、和与及—-]|以及")  # 乌鲁木齐—昌吉
_AND_SO_ON = re.compile(
    r"(?:[\u4e00-\u9fff]{2,5}[镇乡])?(?:等(?:[\u4e00-\u9fff]{0,4}?(?:地区|地市|市县|区县|设区市|城市|区域|市|区|县)|地)?|[两三四五六七八九十\d]+(?:市|地|区|县|区县)|地区|市域|市区)?"
    r"(?:[两三四五](?:地|市|县|区))?(?:一道|分别|依次|共同|协同|联合|要|应|则)*"
)
_AS_CENTRE = re.compile(
    r"为(?:重点|中心|核心载体|核心区?|龙头|主|主体|主阵地|主要承载|主要承载地|承载|载体|引领|支撑|依托|主平台|主战场|抓手|平台|牵引)(?:的?区域)?|(?:高质量|加快)?建设$"
)
_GROUND = re.compile(r"(?:重点|加快|大力)?(?:依托|以|围绕|联动|推动|推进|用好|发挥|立足|在|对接)")
_OTHER_GROUND = re.compile(
    r"(?:依托|结合|立足|利用|发挥|借助|围绕)[^，；、]{2,16}?(?:优势|作用|基础)?(?=(?:重点|转型|集聚|聚力|积极|加快|大力|着力)*(?:发展|做强|做大|布局|培育|承接|打造|建设|聚力|主攻|壮大))"
)
# What part of a layout a place is: 西翼为｜环同济健康城, 南核是｜江宁药谷, 北翼以｜望城区为承载.
_PART = re.compile(
    r"[\u4e00-\u9fff]{1,4}[翼核极带心轴圈区团片园点部](?:为|是|即|以|依托|由|在|位于|地处|坐落于)"
)
# Where a place lies, or who carries it: 位于｜新津区, 由｜江宁区｜承载.
_LIES = re.compile(
    r"(?:主要|整体)?(?:位于|坐落于|坐落在|座落于|地处|落户于?|选址于?在?|设在|布局在|布局于|分布在|由|以)"
)
_CARRIED = re.compile(r"(?:承载|承接建设|承建|负责建设|牵头建设|为主承载|为承载)")
_JOINS = re.compile(r"联动|协同|带动|联合|会同|携手|与")


@dataclass(frozen=True, slots=True)
class Subject:
    """The regions, the clusters, or both that a passage is about; ``start`` is where they are named.

    ``led`` says that a cluster acts, and not a region with a cluster in it.
    """

    regions: tuple[RegionMention, ...]
    clusters: tuple[ClusterMention, ...]
    start: int
    end: int
    led: bool = False
    each: bool = False  # 景德镇、萍乡分别: what follows is dealt out among them

    @property
    def local(self) -> bool:
        """Whether somebody below the province is meant."""
        return bool(self.clusters) or any(r.local for r in self.regions)


@dataclass(frozen=True, slots=True)
class Led:
    """A clause with its subject and what is left of it."""

    subject: Subject
    rest: Slice
    ground: bool = False  # 依托沂蒙山区药材资源优势: what is built on
    joins: bool = False  # 联动温州、嘉兴等地: joins those named before
    supported: bool = False  # 支持杭州等地: somebody else supports them
    builds: bool = False  # 建设西安生物医药产业集群: a place that those before build


def leading_subject(clause: Slice, regions: Sequence[Any], clusters: Sequence[ClusterMention]) -> Led | None:
    """The regions or the cluster that a clause begins with, 支持杭州、温州等地｜发展抗体药物; nothing where none leads."""
    at, words = _before(clause, regions, clusters)
    ground = words.endswith(("依托", "发挥", "利用", "发挥好"))
    joins, supported = bool(_JOINS.search(words)), bool(re.search(r"支持|鼓励|推动|引导", words))
    named, end = cluster_list(clause, at, clusters)
    host = named[-1].region if named else None
    if (
        host is not None and host.start == end + 1
    ):  # 天府国际生物城（双流区）｜聚焦生物技术药物: the district acts
        who = Subject((host,), tuple(named), at, host.end + 1)
        return Led(who, _rest(clause, host.end + 1), ground, joins, supported)
    if named and not all(_is_new_area(c) for c in named):
        more = _AND_SO_ON.match(clause.text, end - clause.start)
        end = clause.start + (more.end() if more else end - clause.start)
        inner = tuple(dict.fromkeys(c.region for c in named if c.region is not None))
        who = Subject(inner, tuple(named), at, end, led=True, each=_is_each(more))
        return Led(who, _rest(clause, end), ground, joins, supported, builds=words.endswith("建设"))
    found, end = region_list(clause, at, regions)
    if not found:
        return None
    more = _AND_SO_ON.match(clause.text, end - clause.start)
    end = clause.start + (more.end() if more else end - clause.start)
    rest = clause.part(end - clause.start)
    if ground and rest and not re.search(r"(?:优势|作用|基础|条件|资源|长处)$", rest.text):
        return None  # 依托济南、烟台等医药产业密集区: what is built on, not who acts
    inside, rest = _grounded(rest, clusters)
    who = Subject(tuple(found), inside, at, end, each=_is_each(more))
    return Led(who, _rest(rest, rest.start), ground, joins, supported)


def _before(
    clause: Slice, regions: Sequence[RegionMention], clusters: Sequence[ClusterMention]
) -> tuple[int, str]:
    """Where the subject of a clause may begin, and the words that stand before it: 支持｜杭州, 西翼为｜环同济健康城."""
    lead = _BEFORE.match(clause.text)
    words = lead.group() if lead else ""
    part = _PART.match(clause.text)
    named = any(p.start == clause.start for p in regions) or any(
        c.start == clause.start for c in clusters
    )  # 昌平区依托: a region, no part
    if part is not None and not words and not named:
        at = clause.start + part.end()
        if any(c.start == at for c in clusters) or any(r.start == at and r.subject for r in regions):
            return at, part.group()
    return clause.start + len(words), words


def lies_in(
    clause: Slice, regions: Sequence[RegionMention]
) -> tuple[tuple[RegionMention, ...], Slice] | None:
    """The regions that a clause says a place lies in, and what is left of it: 位于新津区｜, 由江宁区承载｜."""
    m = _LIES.match(clause.text)
    found, end = region_list(clause, clause.start + m.end(), regions) if m else ([], clause.start)
    if m is None or not found:
        return None
    rest = clause.part(end - clause.start)
    inside = re.match(r"(?:[东西南北中]部|境内|辖区内?|区域内?|范围内|内)?(?:，|$)", rest.text)
    carried = _CARRIED.match(rest.text)
    if m.group()[-1] in "由以":
        return (tuple(found), rest.part(carried.end())) if carried else None
    return (tuple(found), rest.part(inside.end())) if inside else None


def _is_new_area(cluster: ClusterMention) -> bool:
    """Whether a place is governed as a district of its own, and so acts as a region: 大鹏新区｜依托国际生物谷."""
    return cluster.region is not None and cluster.region.rank == 4 and cluster.region.text == cluster.name


def _is_each(after: re.Match[str] | None) -> bool:
    """Whether what follows a list is dealt out among its members: 宝山、金山分别, 磐安、桐庐依次."""
    return after is not None and bool(re.search("分别|依次", after.group()))


_OF_TWO = re.compile(r"(?P<which>前者|后者)")


def one_of_two(clause: Slice, named: Subject | None) -> Led | None:
    """The one of the two named before that a clause goes on with: 前者｜聚焦细胞治疗, 后者｜发展疫苗."""
    m = _OF_TWO.match(clause.text)
    if m is None or named is None:
        return None
    n = 0 if m["which"] == "前者" else 1
    rest = clause.part(m.end())
    if len(named.clusters) == 2:
        one = named.clusters[n]
        inner = (one.region,) if one.region is not None else named.regions if not named.led else ()
        return Led(replace(named, regions=inner, clusters=(one,)), rest)
    if len(named.regions) == 2 and not named.clusters:
        return Led(replace(named, regions=(named.regions[n],)), rest)
    return None


def _grounded(rest: Slice, clusters: Sequence[ClusterMention]) -> tuple[tuple[ClusterMention, ...], Slice]:
    """The clusters that a region builds on, and what follows: 依托玉溪高新区｜做强疫苗, 以“东方美谷”为载体."""
    lead = _GROUND.match(rest.text)
    at = rest.start + (lead.end() if lead else 0)
    named, end = cluster_list(rest, at, clusters) if lead else ([], at)
    if lead and not named and rest.text[at - rest.start :].startswith("“"):
        named, end = cluster_list(rest, at + 1, clusters)
    if not named:
        ground = _OTHER_GROUND.match(rest.text)
        return (), rest.part(ground.end()) if ground else rest
    end += rest.text[end - rest.start :].startswith("”")
    return tuple(named), _rest(rest, end)


def cluster_list(
    clause: Slice, at: int, clusters: Sequence[ClusterMention]
) -> tuple[list[ClusterMention], int]:
    """The clusters listed from a position on, and where the list ends."""
    by_start = {c.start: c for c in clusters if clause.start <= c.start and c.end <= clause.end}
    found: list[ClusterMention] = []
    end = at
    while at in by_start:
        found.append(by_start[at])
        end = by_start[at].end
        mark = _LIST_MARK.match(clause.text, end - clause.start)
        if not mark:
            break
        at = clause.start + mark.end()
    return found, end


def _rest(clause: Slice, end: int) -> Slice:
    rest = clause.part(end - clause.start)
    inside = _WITHIN.match(rest.text)
    rest = rest.part(inside.end()) if inside else rest
    centre = _AS_CENTRE.match(rest.text)
    return rest.part(centre.end()) if centre else rest


_WITHIN = re.compile(r"(?:范围内|区域内|境内|园区内|辖区内)")  # 中法武汉生态示范城｜范围内


def together(first: Subject, second: Subject) -> Subject:
    """Two subjects that act jointly."""
    return Subject(
        (*first.regions, *second.regions),
        (*first.clusters, *second.clusters),
        first.start,
        second.end,
        led=first.led,
    )


def region_list(clause: Slice, at: int, regions: Sequence[RegionMention]) -> tuple[list[RegionMention], int]:
    """The regions listed from a position on, and where the list ends; a county right after its city stands for itself."""
    by_start = {r.start: r for r in regions if r.subject and clause.start <= r.start < clause.end}
    found: list[RegionMention] = []
    end = at
    while at in by_start:
        here = by_start[at]
        child = by_start.get(here.end)
        if child is not None and child.rank > here.rank:
            here = child
        found.append(here)
        end = here.end
        mark = _LIST_MARK.match(clause.text, end - clause.start)
        if not mark:
            break
        at = clause.start + mark.end()
    return found, end


def _lies_in(inner: RegionMention, outer: RegionMention) -> bool:
    return load().within(inner.iri, outer.iri)


_OF_A_TEXT = re.compile(
    r"(?:规划|计划|方案|措施|意见|通知|办法|纲要)(?:（[^（）]*）)*$"
)  # 某省医药产业发展规划: a title


def subject_of_path(
    path: Sequence[Section], regions: Sequence[Any], clusters: Sequence[ClusterMention]
) -> Subject | None:
    """The subject that the nearest heading sets: a label 南京片区, a heading 广州市, the box of one city."""
    for section in path:
        if section.kind in ("chapter", "part") or (
            section.kind == "bare" and _OF_A_TEXT.search(section.title)
        ):
            return None
        inside = (section.view[0], max(section.body, section.view[0] + len(section.title) + 8))
        named = [
            c
            for c in clusters
            if inside[0] <= c.start
            and c.end <= inside[1]
            and (c.start < section.body or c.name in section.title)
        ]
        bare = re.sub(r"（[^（）]*）?$", "", section.title)
        named = [c for c in named if bare == section.title or c.name in bare]
        if named and sum(len(c.name) for c in named) >= 0.6 * len(bare):
            places = tuple(dict.fromkeys(c.region for c in named if c.region is not None))
            return Subject(places, tuple(named), named[0].start, named[-1].end, led=True)
        listed = [
            r for r in regions if inside[0] <= r.start < inside[1] and r.subject and r.text in section.title
        ]
        if listed and re.fullmatch(
            r"(?:[^，。]{0,4})" + re.escape(listed[0].text) + r".{0,14}", section.title
        ):
            lead = section.title.find(listed[0].text)
            bracket = section.title.find("（")
            first = [
                r for r in listed if r.rank < 4 and (bracket < 0 or section.title.find(r.text) < bracket)
            ]
            inner = [r for r in listed if r not in first and f"（{r.text}）" in section.title and r.rank == 3]
            if lead <= 4 and len(first) == 1 and len(inner) == 1 and _lies_in(inner[0], first[0]):
                first = inner  # 成都前沿医学中心（武侯区）
            if lead <= 4 and first and section.title not in ("全省", "全市"):
                return Subject(tuple(first), (), first[0].start, first[-1].end)
    return None
