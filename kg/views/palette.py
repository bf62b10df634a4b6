"""One look for each kind of thing, the same in every picture: a colour, a shape and a name in two languages.

The colours are those of Okabe and Ito (2008), which people with any of the usual colour blindness tell apart;
no two kinds have both colour and shape in common, so that a print in grey can be read as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Shape = Literal["hexagon", "square", "diamond", "dot", "triangle", "triangleDown", "star", "box"]

BLACK: Final = "#000000"
ORANGE: Final = "#E69F00"
SKY_BLUE: Final = "#56B4E9"
GREEN: Final = "#009E73"
YELLOW: Final = "#F0E442"
BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"
GREY: Final = "#999999"


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of thing is drawn; ``edge`` is the darker colour of its outline, for contrast on white.

    >>> STYLES["cluster"].shape, STYLES["cluster"].zh
    ('diamond', '产业集群')
    """

    colour: str
    edge: str
    shape: Shape
    zh: str
    en: str


STYLES: Final[Mapping[str, Style]] = MappingProxyType(
    {
        "country": Style(BLUE, "#00456B", "star", "国家", "Country"),
        "region-group": Style(SKY_BLUE, "#1F6F9F", "hexagon", "区域组合", "Region group"),
        "province": Style(BLUE, "#00456B", "hexagon", "省份", "Province"),
        "prefecture": Style(SKY_BLUE, "#1F6F9F", "square", "地级市", "Prefecture"),
        "county": Style(SKY_BLUE, "#1F6F9F", "triangle", "县（市、区）", "County"),
        "region": Style(SKY_BLUE, "#1F6F9F", "triangleDown", "其他区域", "Other region"),
        "cluster": Style(ORANGE, "#8A5F00", "diamond", "产业集群", "Cluster"),
        "field": Style(GREEN, "#00573F", "dot", "产品领域", "Product field"),
        "disease": Style(PURPLE, "#8A3F67", "triangleDown", "疾病", "Disease"),
        "drug-target": Style(VERMILION, "#8A3C00", "star", "药物靶点", "Drug target"),
        "enterprise": Style(YELLOW, "#857C00", "square", "企业", "Enterprise"),
        "institution": Style(YELLOW, "#857C00", "triangle", "机构", "Institution"),
        "agency": Style(GREY, "#4D4D4D", "square", "政府部门", "Agency"),
        "document": Style(BLACK, BLACK, "box", "政策文件", "Policy document"),
        "programme": Style(GREY, "#4D4D4D", "box", "规划与专项", "Programme"),
        "measure": Style(GREY, "#4D4D4D", "triangle", "举措", "Measure"),
        "target": Style(VERMILION, "#8A3C00", "triangle", "量化目标", "Target"),
        "statistic": Style(PURPLE, "#8A3F67", "dot", "统计数据", "Statistic"),
        "indicator": Style(PURPLE, "#8A3F67", "diamond", "指标", "Indicator"),
        "thing": Style(GREY, "#4D4D4D", "dot", "其他", "Other"),
    }
)
"""The style of every kind; kinds are those of IRIs (``id:<kind>/…``), regions by their rank."""


@dataclass(frozen=True, slots=True)
class Line:
    """How a statement is drawn between two nodes: colour, width in pixels, dashes (empty for a full line)."""

    colour: str
    width: float
    dashes: tuple[int, ...]


LINES: Final[Mapping[str, Line]] = MappingProxyType(
    {
        "within": Line("#8FA3B0", 1.0, (1, 4)),
        "hosts": Line(BLUE, 1.8, ()),
        "inProvince": Line(BLUE, 1.2, (6, 3, 1, 3)),
        "focusesOn": Line("#C98A00", 1.4, ()),
        "develops": Line(GREEN, 1.0, (5, 4)),
        "strongIn": Line(GREEN, 2.2, ()),
    }
)
"""The line of every property that a network draws, by its local name."""

PHRASES: Final[Mapping[str, tuple[str, str, str, str]]] = MappingProxyType(
    {
        "within": ("位于", "within", "下辖", "contains"),
        "hosts": ("拥有集群", "hosts", "坐落于", "located in"),
        "inProvince": ("所在省份", "in province", "省内集群", "has cluster"),
        "focusesOn": ("主攻领域", "focuses on", "主攻它的集群", "focus of"),
        "develops": ("发展方向", "develops", "发展它的地区", "developed by"),
        "strongIn": ("已有优势", "strong in", "有此优势的地区", "strength of"),
        "prioritises": ("列为重点", "prioritises", "将其列为重点的文件", "prioritised by"),
        "treats": ("针对疾病", "treats", "针对它的领域", "treated by"),
        "actsOn": ("作用靶点", "acts on", "作用于它的领域", "target of"),
        "produces": ("生产", "produces", "生产企业", "produced by"),
        "basedIn": ("所在地", "based in", "当地企业与机构", "seat of"),
        "jurisdiction": ("适用地区", "jurisdiction", "适用的文件", "covered by"),
        "clusterStatus": ("状态", "status", "状态", "status of"),
        "altLabel": ("别称", "also called", "别称", "name of"),
        "mentions": ("提及", "mentions", "提及它的文件", "mentioned by"),
        "responsibleAgency": ("责任单位", "responsible agencies", "负责的举措", "answers for"),
        "leadAgency": ("牵头单位", "lead agency", "牵头的举措", "leads"),
        "cites": ("引用", "cites", "引用它的文件", "cited by"),
        "issuer": ("发布机构", "issuer", "发布的文件", "issued"),
        "appliesTo": ("适用于", "applies to", "适用的目标", "targets"),
    }
)
"""How a property reads from its subject and from its object: zh and en, then zh and en."""


def phrase(property_: str, *, inverse: bool = False) -> tuple[str, str]:
    """How a property reads, in Chinese and English; an unknown one by its local name.

    >>> phrase("hosts", inverse=True)
    ('坐落于', 'located in')
    """
    found = PHRASES.get(property_)
    if found is None:
        return (f"← {property_}", f"← {property_}") if inverse else (property_, property_)
    return (found[2], found[3]) if inverse else (found[0], found[1])
