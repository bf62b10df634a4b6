"""What the items of a list are for: diseases before the things, kinds of use, two works on one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extraction.heads import Item, heads_restored
from kg.extraction.naming import is_disease

FOR = re.compile(
    r"^(?:针对|用于|面向|防治(?!药)|预防(?!性|用)|治疗(?!设备|装置|系统|仪|产品|技术|药|性|用|类|中心|领域|过程|方案|试剂))+"
)
ANY_DISEASE = frozenset(
    ("疾病", "适应症", "重大疾病", "病症", "常见病", "多发病", "相关疾病", "重点疾病", "系统疾病", "等疾病")
)
_OF_DISEASE = re.compile(r"^(?P<disease>[^的]{2,16})的(?P<thing>[^的]{2,}.*)$")


def aimed_at(named: Sequence[Item], *, sure: bool) -> list[Item]:
    """``肿瘤、免疫系统、血液疾病的单抗、双抗``: diseases, then what is for them."""
    for n, item in enumerate(named):
        aim = _OF_DISEASE.match(item.name)
        if aim and is_disease(FOR.sub("", aim["disease"])):
            thing = aim["thing"]
            of = (
                None if n and len(named) - n > 2 else thing
            )  # over a list of things, the aims are those of their heading
            uses = [replace(i, name=i.name.removesuffix("用药"), role="modifier", of=of) for i in named[:n]]
            here = replace(item, name=FOR.sub("", aim["disease"]), role="modifier", of=of)
            return [*uses, here, *heads_restored([replace(item, name=thing), *named[n + 1 :]])]
        if not (sure or is_disease(item.name)):
            return []
    return []


_KIND_OF = re.compile(r"^(?P<kind>[^的]+类)的(?P<head>[^的]{2,8})$")


def of_kinds(named: Sequence[Item]) -> list[Item]:
    """``心血管类、抗感染类、抗病毒类的仿制药``: each kind of the thing, the kinds also as what the thing is for."""
    last = _KIND_OF.match(named[-1].name) if named else None
    if not last or not all(i.name.endswith("类") for i in named[:-1]):
        return []
    head = last["head"]
    kinds = [*(i.name for i in named[:-1]), last["kind"]]
    things = [replace(i, name=kind + head) for i, kind in zip(named, kinds, strict=True)]
    uses = [
        replace(i, name=kind.removesuffix("类"), role="modifier", of=head)
        for i, kind in zip(named, kinds, strict=True)
    ]
    return [*things, *(u for u in uses if is_disease(u.name))]


_WORKED = re.compile(
    r"^(?P<thing>.{2,}?)(?P<the>的)?(?P<first>生产|制备|加工|灌装|包装|检测|监测|治疗|诊断|筛查)"
    r"(?:和|与|及|、)(?P<second>生产|制备|加工|灌装|包装|检测|监测|治疗|诊断|康复)(?P<head>设备|装备|仪器|系统|器械)$"
)


def each_work(item: Item) -> Iterator[Item]:
    """What is for two works on one thing, once for each: 复杂制剂的生产和检测设备."""
    m = _WORKED.match(item.name)
    if m is None:
        yield item
        return
    thing = m["thing"] + (m["the"] or "")
    yield replace(item, name=f"{thing}{m['first']}{m['head']}")
    yield replace(item, name=f"{thing}{m['second']}{m['head']}")
