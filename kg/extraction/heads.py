"""Heads and modifiers that the items of a list share, given back to each: 口服速释、缓控释系统 → 口服速释系统, 口服缓控释系统."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.extraction.naming import field_entry, is_disease, is_whole
from kg.lexicon.vocabulary import load
from kg.lexicon.words import pattern, words


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a list: its full name, where it stands, and whether it is the class that the list exemplifies."""

    name: str
    start: int
    end: int
    role: str = "item"  # item | class | modifier (a disease or use that only says what the class is for)
    of: str | None = None  # for a modifier: the name of the class


def adjectives_joined(named: Sequence[Item]) -> list[Item]:
    """An adjective that stands in a list as if it were an item goes to the thing after it: 大规模、高表达抗体生产技术."""
    out: list[Item] = []
    waiting: Item | None = None
    for item in named:
        if item.name in words("fields", "adjectives"):
            waiting = waiting or item
        elif waiting:
            out.append(replace(item, name=f"{waiting.name}、{item.name}", start=waiting.start))
            waiting = None
        else:
            out.append(item)
    return out


_EQUIPMENT = re.compile(r"(?:设备|装备|机|仪|器|系统|装置|生产线|线|泵|机器人)$")


def works_on(listed: Sequence[Item], class_: str, name: str) -> bool:
    """Whether a name only says what the class works on: 缓控释、透皮吸收等新型制剂工艺设备, 高密闭、隔离等技术."""
    if class_ in ("技术", "数据库"):
        return len(name) <= 4 and (class_ == "数据库" or not is_whole(name)) and not name.endswith(class_)
    if not re.search(r"(?:工艺|生产|制药|检测|专用)(?:设备|装备)$", class_):
        return False
    return not any(_EQUIPMENT.search(i.name) for i in listed)


def class_head(name: str) -> str:
    """What the items of a list take from its class: 麻醉、牙科等医用耗材 → 医用耗材."""
    bare = re.sub(r"^(?:制药|新型(?:成套)?|各类|高端|重点|现代|创新|优质)", "", name)
    return re.sub(r"(?:产品|品种|等)$", "", bare) or name


def ends_noun(name: str) -> bool:
    return bool(re.search(pattern("fields", "heads") + "$", name))


@cache
def shared_head(name: str) -> str:
    """The head that a list may share from this item, or nothing."""
    of = re.search(r"[\u4e00-\u9fff]药物?的[\u4e00-\u9fff]{2,5}$", name)
    if of:
        return name[of.start() + 1 :]
    return next((w for w in words("fields", "shared_heads") if name.endswith(w) and name != w), "")


@cache
def _parallel_head(name: str) -> str:
    """All that follows a modifier of the same sort as the one before: 骨科和口腔科|植入材料."""
    modifier = next(
        (w for w in words("fields", "not_things_alone") if name.startswith(w) and len(name) - len(w) >= 2), ""
    )
    rest = name[len(modifier) :]
    return rest if modifier and ends_noun(rest) else ""


def is_bare_head(name: str) -> bool:
    return name in words("fields", "bare_heads")


@cache
def is_modifier(name: str) -> bool:
    return name in words("fields", "not_things_alone")


def heads_restored(named: list[Item]) -> list[Item]:
    """Gives the head of the last item to those before that lack one, and a modifier to a bare head."""
    if len(named) < 2:
        return named
    out = list(named)
    if "类" in out[-1].name[:-1] and all(
        i.name.endswith("类") for i in out[:-1]
    ):  # 灯盏花素类、岩白菜素类创新制剂
        head = out[-1].name.rsplit("类", 1)[1]
        return [*(replace(i, name=i.name + head) for i in out[:-1]), out[-1]]
    shared, parallel = shared_head(out[-1].name), _parallel_head(out[-1].name)
    for n in range(len(out) - 1):
        name = out[n].name
        head = parallel if parallel and is_modifier(name) else shared
        near = shared_head(out[n + 1].name)
        if near in _EQUIPMENT_HEADS and _WORK.fullmatch(name):
            head = near  # 纯化、灌装设备和一次性生物反应器
        if head:
            same = (
                head.startswith("专用") and name[-1:] == out[-1].name.removesuffix(head)[-1:]
            )  # 粉雾剂、软雾剂专用给药装置
            alike = (
                head == "共享平台" and name[-3:] == out[-1].name.removesuffix(head)[-3:]
            )  # 生物大数据、医疗大数据共享平台
            if same or alike or lacks_head(name, head) or (_OF_HERBS.match(head) and is_herb(name)):
                out[n] = replace(
                    out[n], name=name + (head[1:] if head.startswith("类") and name.endswith("类") else head)
                )
    for n in range(1, len(out)):
        stem = (
            _stem(out[n - 1].name)
            if is_bare_head(out[n].name)
            else process_stem(out[n - 1].name, out[n].name)
        )
        if stem:
            out[n] = replace(out[n], name=stem + out[n].name)
    return out


_OF_HERBS = re.compile(r"(?:规范化|生态|标准化|林下)?(?:种植|种养|养殖)|(?:精|精深|深)加工|提取物|良种繁育")


@cache
def is_herb(name: str) -> bool:
    """Whether a name is one of the vocabulary's medicinal materials: 黄芪, 石斛."""
    entry = field_entry(name)
    return entry is not None and any(e.label.endswith("药材") for e in load().above(entry.iri))


def process_stem(before: str, name: str) -> str:
    """What is worked on, where only the work differs: 靶标发现和验证 → 靶标."""
    if name not in words("fields", "processes"):
        return ""
    return next(
        (before.removesuffix(w) for w in words("fields", "processes") if before.endswith(w) and before != w),
        "",
    )


def _stem(name: str) -> str:
    """A name without its head: 血液透析设备 → 血液透析, 骨科工具 → 骨科."""
    m = re.search(pattern("fields", "shared_heads") + "$|(?<=层析)填料$|工具$|及?配套设备$|仪器$|产品$", name)
    return name[: m.start()] if m and m.start() >= 2 else ""


_EQUIPMENT_HEADS = ("设备", "装备", "器械", "仪器", "治疗设备", "诊疗设备", "检测设备")
_WORK = re.compile(
    r"(?:影像|诊断|治疗|检测|监护|监测|康复|透析|放疗|护理|急救|手术|纯化|分离|提取|灌装|包装|干燥|粉碎|包衣|压片|灭菌)$"
)


def lacks_head(name: str, head: str) -> bool:
    """Whether a listed name waits for the head: no noun of its own, a bare short noun, or the disease of a drug."""
    if re.fullmatch(r"[A-Za-z0-9αβγ/.+-]+", name):
        return head.endswith(("抑制剂", "拮抗剂", "激动剂", "靶向药"))  # EGFR、ALK、PARP抑制剂
    if is_disease(name):
        return ("药" in head or head == "疫苗") and not name.endswith(("药", "药物", "病症"))
    if head == "产品" and name.endswith(("品", "剂", "药", "液", "械")):
        return False
    if head in _EQUIPMENT_HEADS and _WORK.search(name) and field_entry(name) is None:
        return True  # 高端影像和治疗设备
    if is_modifier(name) or (head in ("治疗", "疗法") and name.endswith(("细胞", "基因"))):
        return True
    return not is_whole(name) and not ends_noun(name)


def _has_own_grade(grade: str, name: str) -> bool:
    """Whether a thing of a list does not share the grade of the first: 口服固体制剂、大输液; 药用玻璃、胶塞."""
    if grade == "口服":
        return not name.endswith(("制剂", "系统", "剂型"))
    if grade == "第三方":
        return name.endswith(("辅具", "器械", "设备", "装备", "试剂", "制剂", "药", "药物", "耗材"))
    return grade == "药用" and field_entry(name) is not None


def modifiers_shared(named: list[Item]) -> list[Item]:
    """Gives the grade of the first item to those after it: 医药级聚丙烯、聚乙烯."""
    if len(named) < 2:
        return named
    m = re.match(pattern("fields", "shared_modifiers"), named[0].name)
    if not m or m.group() == named[0].name or len(named[0].name) - len(m.group()) > 6:
        return named
    grade = m.group()
    return [
        named[0],
        *(
            i
            if i.name.startswith(grade) or len(i.name) > 8 or _has_own_grade(grade, i.name)
            else replace(i, name=grade + i.name)
            for i in named[1:]
        ),
    ]
