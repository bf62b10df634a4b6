"""Which part of a plan a heading opens — what was reached, what is wanted, how it is backed — and which sector."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tables import rows

from kg.documents.document import Section
from kg.documents.sources import document
from kg.extraction.zones import is_layout, sector, sector_of_title, zone

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

# The headings over a passage, outermost first, and the part of the plan.
ZONES = """
# what was reached, and where one stands
一、发展基础 → past
一、发展基础 | （一）产业规模稳步增长 → past
一、“十三五”发展回顾 | （二）创新能力 → past
一、现状与形势 | （二）面临的挑战 → past
一、产业基础 → past
一、发展背景 → past
一、取得的成绩 → past
# what is aimed at in general
二、总体要求 | （一）指导思想 → frame
二、总体要求 | （三）发展目标 → frame
二、总体思路 → frame
# the priorities
三、重点领域 → priority
三、重点领域 | （一）生物药 → priority
三、重点领域 | （一）生物药 | 1.抗体药物 → priority
三、发展重点 | （二）现代中药 → priority
三、主攻方向 → priority
四、空间布局 → priority
三、重点产业链 → priority
三、做强优势领域 → priority
三、重点产品 → priority
三、优先方向 → priority
四、做强产业链条 | （一）化学药产业链 → priority
# a heading that names a sector is one of priorities
（一）生物药 | 1.抗体药物 → priority
# what is to be done
四、重点任务 → task
四、主要任务 | （一）企业培育工程 → task
四、重点工程 | （二）质量提升行动 → task
# how it is backed
五、保障措施 → backing
五、保障措施 | （一）加强组织领导 → backing
五、政策支持 | （二）加大财税支持 → backing
五、保障措施 | （四）强化人才支撑 → backing
四、重点任务 | （三）加强人才队伍建设 → backing
六、保障机制 → backing
六、实施保障 → backing
六、组织保障 → backing
六、组织与实施 → backing
六、环境营造 → backing
# no heading tells
→ open
一、前言 → open
"""

SECTORS = """
# by the vocabulary
抗体药物领域 → 生物药
化学仿制药 → 化学药
中药材和中药饮片 → 中药
医学影像设备 → 医疗器械
# by a word in the title
推进现代中药传承创新发展 → 中药
推进高端医疗器械规模化发展 → 医疗器械
推进生物药突破性发展 → 生物药
药用包装系统 → 药用辅料和包装
做强制药装备 → 制药设备
海洋药 → 海洋药
推进生物医药新业态新模式布局 → 新业态
培育发展合同研发生产服务 → 新业态
# none
总体要求 →
保障措施 →
龙头企业培育 →
"""

LAYOUT = """
# what goes where
三、空间布局 → yes
三、区域布局 | （一）长沙片区 → yes
三、产业布局 | 株洲市 → yes
四、重点任务 | （二）打造产业集群 → yes
# what is wanted
三、重点领域 | （一）生物药 →
四、重点任务分工 →
三、发展重点和空间布局 | （一）生物药 →
四、重点任务 →
→
"""


def path(headings: str) -> tuple[Section, ...]:
    """The sections over the text under nested headings, innermost first."""
    text = "".join(f"{h.strip()}\n" for h in headings.split("¦") if h.strip()) + "支持创新，加快发展。"
    plan = document("plan", text)
    return plan.path(plan.section_at(len(plan.reading.text) - 1))


def cases(table: str) -> list[ParameterSet]:
    """Rows whose texts have bars in them: a bar parts headings here."""
    found = rows(table.replace("|", "¦"))
    return [pytest.param(*p.values, id=p.id, marks=p.marks) for p in found]


@pytest.mark.parametrize(("headings", "expected"), cases(ZONES))
def test_headings_tell_the_part_of_a_plan(headings: str, expected: list[str]) -> None:
    assert [zone(path(headings))] == expected


@pytest.mark.parametrize(("title", "expected"), rows(SECTORS))
def test_a_heading_stands_for_a_sector(title: str, expected: list[str]) -> None:
    found = sector_of_title(title)
    assert ([found] if found else []) == expected


@pytest.mark.parametrize(("headings", "expected"), cases(LAYOUT))
def test_a_layout_is_told_from_priorities(headings: str, expected: list[str]) -> None:
    assert is_layout(path(headings)) == (expected == ["yes"])


def test_the_sector_of_a_field_is_that_of_the_nearest_heading_then_its_own() -> None:
    assert sector(path("三、重点领域¦（一）中药¦1.成药"), "脂质体") == "中药"
    assert sector(path("三、重点领域"), "抗体药物") == "生物药"
    assert sector((), "没有这种东西") is None
