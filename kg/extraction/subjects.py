"""Who does it: the regions or the cluster that lead a clause, or that a heading sets for all under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.documents.document import Section
from kg.extraction.cluster_names import ClusterMention
from kg.extraction.state import RegionMention
from kg.extraction.text import Slice

_BEFORE = re.compile(
    r"(?:重点支持|重点推动|积极支持|大力支持|支持|推动|鼓励|引导|推进|加快|带动|联动|协同|依托|发挥|充分发挥|以|由|在|将|把|到\d{4}年，?|同时|其中|重点|做强|提升|巩固|强化|建设)*"
)
_LIST_MARK = re.compile(r"[、和与及]|以及")
_AND_SO_ON = re.compile(r"(?:等(?:地区|地市|市县|区县|设区市|城市|区域|地|市|区|县)?|[两三四五六七八九十\d]+(?:市|地|区|县|区县)|地区|市域|市区)?(?:分别|共同|协同|联合|要|应|则)?")
_AS_CENTRE = re.compile(r"为(?:重点|中心|核心|龙头|主|主体|主阵地|引领|支撑|依托)(?:的?区域)?")


@dataclass(frozen=True, slots=True)
class Subject:
    """The regions, or the cluster with its region, that a passage is about; ``start`` is where they are named."""

    regions: tuple[RegionMention, ...]
    cluster: ClusterMention | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Led:
    """A clause with its subject and what is left of it."""

    subject: Subject
    rest: Slice
    ground: bool = False  # 依托沂蒙山区药材资源优势: what is built on
    joins: bool = False  # 联动温州、嘉兴等地: joins those named before
    supported: bool = False  # 支持杭州等地: somebody else supports them


def leading_subject(clause: Slice, regions: Sequence[Any], clusters: Sequence[ClusterMention]) -> Led | None:
    """The regions or the cluster that a clause begins with, 支持杭州、温州等地｜发展抗体药物; nothing where none leads."""
    lead = _BEFORE.match(clause.text)
    at = clause.start + (lead.end() if lead else 0)
    cluster = next((c for c in clusters if c.start == at and c.end <= clause.end), None)
    if cluster is not None:
        region = (cluster.region,) if cluster.region else ()
        ground = bool(lead and lead.group().endswith(("依托", "发挥", "利用")))
        return Led(Subject(region, cluster, at, cluster.end), _rest(clause, cluster.end), ground)
    found, end = region_list(clause, at, regions)
    if not found:
        return None
    more = _AND_SO_ON.match(clause.text, end - clause.start)
    end = clause.start + (more.end() if more else end - clause.start)
    rest = clause.part(end - clause.start)
    ground = bool(lead and lead.group().endswith(("依托", "发挥", "利用", "发挥好")))
    words = lead.group() if lead else ""
    joins, supported = bool(re.search(r"联动|协同|带动", words)), bool(re.search(r"支持|鼓励|推动|引导", words))
    if ground and rest and not re.search(r"(?:优势|作用|基础|条件|资源)$", rest.text):
        return None  # 依托济南、烟台等医药产业密集区: what is built on, not who acts
    return Led(Subject(tuple(found), None, at, end), _rest(clause, end), ground, joins, supported)


def _rest(clause: Slice, end: int) -> Slice:
    rest = clause.part(end - clause.start)
    centre = _AS_CENTRE.match(rest.text)
    return rest.part(centre.end()) if centre else rest


def together(first: Subject, second: Subject) -> Subject:
    """Two subjects that act jointly."""
    return Subject((*first.regions, *second.regions), first.cluster, first.start, second.end)


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


def subject_of_path(path: Sequence[Section], regions: Sequence[Any], clusters: Sequence[ClusterMention]) -> Subject | None:
    """The subject that the nearest heading sets: a label 南京片区, a heading 广州市, the box of one city."""
    for section in path:
        if section.kind in ("chapter", "part"):
            return None
        inside = (section.view[0], max(section.body, section.view[0] + len(section.title) + 8))
        cluster = next((c for c in clusters if inside[0] <= c.start and c.end <= inside[1] and _spans(section, c)), None)
        if cluster is not None:
            region = (cluster.region,) if cluster.region else ()
            return Subject(region, cluster, cluster.start, cluster.end)
        listed = [r for r in regions if inside[0] <= r.start < inside[1] and r.subject and r.text in section.title]
        if listed and re.fullmatch(r"(?:[^，。]{0,4})" + re.escape(listed[0].text) + r".{0,14}", section.title):
            lead = section.title.find(listed[0].text)
            first = [r for r in listed if r.rank < 4]
            if lead <= 4 and first and section.title not in ("全省", "全市"):
                return Subject(tuple(first), None, first[0].start, first[-1].end)
    return None


def _spans(section: Section, cluster: ClusterMention) -> bool:
    """Whether a heading is the cluster's name and little else."""
    return len(cluster.name) >= 0.6 * len(section.title)
