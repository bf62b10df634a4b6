"""The names of product fields: cleaned of what stands around them, judged by where they stand, read off headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.documents.document import Section
from kg.extraction.actions import Action
from kg.extraction.enumeration import items
from kg.extraction.naming import field_entry, has_head, is_disease, is_generic
from kg.extraction.text import Slice, split
from kg.extraction.zones import Zone
from kg.lexicon.vocabulary import load
from kg.lexicon.words import pattern, words

_LEAD_UP = re.compile(
    r"^(?:以及|一批|进一步|国家(?=新)|若干|各类|多种|系列化|系列(?!化)|开展|实现|推动|推进|加快|重点|支持|鼓励|发展|研发|研制|开发|生产|应用|采用|解决|突破|国产|国内|国际|国外|我国|我省|全省|我市|本省|本地|当地|已|了|新的|特定的|更多|传统的?(?=高)|(?:道地|大宗|重点|特色|优势)品种|[的和与及、])+"
)


_COMPANY = re.compile(
    r"[\u4e00-\u9fff]{2,20}?(?:有限责任公司|股份有限公司|有限公司|集团公司|研究所(?!有限)|药业(?=[\u4e00-\u9fff]{3}))"
)


def has_maker(name: str) -> bool:
    """Whether a listed thing is the product of a company that is named with it.

    >>> has_maker("人福医药枸橼酸芬太尼注射液"), has_maker("芬太尼注射液")
    (True, False)
    """
    return _without_maker(name) != name


def _without_maker(name: str) -> str:
    """A product without the company before it: 丰原药业|维生素C."""
    company = _COMPANY.match(name)
    if company and (has_head(name[company.end() :]) or field_entry(name[company.end() :])):
        return name[company.end() :]
    for length in range(min(10, len(name) - 2), 1, -1):
        if load().find("enterprise", name[:length]) and (
            has_head(name[length:]) or field_entry(name[length:])
        ):
            return name[length:]
    return name


_COUNTED = re.compile(
    r"^(?:[^，。]{0,6}?\d+(?:\.\d+)?[亿万]元(?:以上|左右)?的?|\d+(?:[-—~～至]\d+)?(?:余|多)?(?:[家个种项批条款](?:以上|以下|左右)?|类(?:以上|以下))|各种(?:类型)?的?|不同(?:类型)?的?)"
)
_USED_FOR = re.compile(r"^[\u4e00-\u9fff]{2,14}(?:用|诊断|治疗|领域|需求|特点|要求)的(?=[\u4e00-\u9fff]{3})")
_SO_MANY = re.compile(
    r"[两三四五六七八九十]+[类大种](?:治疗)?(?:剂型|产品|品种|领域|方向|品类|关键零部件|零部件|部件|技术|药材)?$"
)
_OF = re.compile(r"^([\u4e00-\u9fff]{2,3})的([\u4e00-\u9fff]{3,})$")
_AFTER = re.compile(
    r"(?:等|的)?(?:先行先试|研发|开发|研制|攻关|挖掘|培育|推广应用|产业化|应用|引进|领域|方面|方向|产业|等产品|类产品|产品系列|系列产品|新技术|大规模应用|新生态|新业态|新模式|前沿)+$"
)


def clean(name: str) -> str:
    """A field's name without verbs before it and without what is done with it.

    >>> clean("开发中药新药研发"), clean("抗体药物领域")
    ('中药新药', '抗体药物')
    """
    if load().find("field", name):
        return name
    bare = _LEAD_UP.sub("", _COUNTED.sub("", name))
    bare = _without_maker(_SO_MANY.sub("", bare))
    bare = _OF.sub(r"\1\2", _USED_FOR.sub("", bare))
    if "二次开发" not in bare and not load().find("field", bare):
        shorter = _AFTER.sub("", bare)
        bare = shorter if len(shorter) >= 2 else bare
    return bare.strip("、，的“”") or name


NO_FIELD = re.compile(
    r"^为|为导向|综合体$|^平台(?!技术)|^(?:利用|依据|基于|根据|当前|目前|在(?![研线体])|规范管理|优化|化(?![学工妆合纤])|与|和|及|先进水平|知名|当地|为主)|(?:和|与|及|并|或|的|为主)$|匮乏|缺乏|领域的|"
    r"^覆盖|^涵盖|^淘汰|^落后|^低端|企业|老字号|焕发|人才|园区|产业园|集群|政策|机制|制度|基金|资金|力度|步伐|专项|行动|环境$|合作|监管|知识产权|政府|学会|协会|联盟|高校|院校|大学|学科|队伍|团队|"
    r"产业链|供应链|创新链|价值链|审评|审批|医保|挂网|采购|招标|贸易|改革|高地|策源地|先行区|目录|清单|全过程|全流程|生命周期|试点|小镇|融资|上下游|先行先试|"
    r"[。；：，]|^新型?$|^国际$|(?:基地|能力|水平|体系|模式|机构|资源|市场|优势|项目|工程|计划|标准|规范|管理|成果|医院|品牌|质量|环节|方式|理念|手段|链条|生态|"
    r"经济|结构|规模|效益|为|等|需求|问题|困难|注册|上市|价值|中心|实验室|消费|出口|文化|目的地|人群|患者|群众|特点|趋势|规律|工序|示范|渠道|投入|协同|建设|支撑|联动|"
    r"体验|效率|可及性|依从性|安全|性能|化|率|隐患|意识|责任|形式|过程|要求|条件|基础|空间|格局|地位|方案|信息|数据和信息|活动|门槛|规则|关系|主体|动力|活力|转型|升级|"
    r"配送|保险|结算|共享|集成|互联|适应症|药效|成本|产能)$"
)
_KEEPS = re.compile(
    r"医药共享|数据共享平台|医药外包|服务平台|医疗平台|数据中心|大数据|互联网\+|平台$|一体化$|数据库$|机器人|质量控制|管理系统|管理软件|信息系统|健康管理|二次开发|药食同源|控制系统|供应链服务"
)


_INSTITUTION = re.compile(r"(?:平台|研究院|研究所|实验室|中心|孵化器|联盟|生物库|样本库|资源库|成分库)$")
DIGITAL = re.compile(
    r"大数据|互联网|5G|云|数字|信息|智慧|远程|数据|第三方|检验中心|影像中心|透析中心|病理中心"
)
_NO_AREA = re.compile(r"企业|人才|园区|政策|机制|资金|平台$|基地$|中心$|项目|工作|环节|合作|招商")
_LEADING = re.compile(
    r"重点|主攻|主导|支柱|突出|为主|为重点|为核心|为特色|发展|做强|做大|做优|布局|培育|壮大"
)
_VAGUE = re.compile(r"产业|经济|服务业|设施|创新|企业|招商|合作|平台|机制|政策|交通|开放|城|区$")
_SYSTEM_VERBS = ("建立", "构建", "形成", "提供", "建设", "打造", "完善", "集聚", "建成")
OF_INSTITUTIONS = re.compile(r"(?:创新中心|研究中心|技术中心|研究院|实验室|平台|机构|联盟|孵化器)$")
_STRONG_TAIL = re.compile(
    r"适应症|扩能|提质|增产|达产|入院|进院|错位|融合$|集聚|研发|研制|开发|产业化|生产$|制造|攻关|突破|应用|创新|发展|国产化|推广|布局|转化|挖掘|规模化|供应|上市|放量|绿色化生产|专业化|定制|服务|研究$"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a name is listed: the part of the plan, for whom, and what the rest of the list is like.

    ``known`` of its ``listed`` items are in the vocabulary; ``alike`` says that it lists products, by its class or most items,
    ``areas`` that the text itself calls them areas (等领域).
    """

    zone: Zone
    local: bool = False
    known: int = 0
    listed: int = 0
    alike: bool = False
    areas: bool = False


def how_sure(name: str, read: Action, setting: Setting) -> float:
    """How sure it is that a listed name is a field that the plan wants, 0 to 1; 0 where it is none.

    >>> how_sure("疫苗", Action("develop", "发展", Slice("疫苗", 0)), Setting("priority"))
    0.95
    """
    where, local, many, long, like = (
        setting.zone,
        setting.local,
        setting.known >= 3,
        setting.listed >= 3,
        setting.alike,
    )
    if not 2 <= len(name) <= 34 or is_generic(name) or name.endswith("保险"):
        return 0.0
    known = field_entry(name) is not None
    if setting.areas and local and read.kind in ("develop", "topic") and not _NO_AREA.search(name):
        return 0.95 if known else 0.75
    if not known and NO_FIELD.search(name) and not _KEEPS.search(name):
        return 0.0
    if name.endswith(("基地", "园区")) or (_INSTITUTION.search(name) and not DIGITAL.search(name)):
        return 0.0
    if not known and name.endswith("一体化") and "药" not in name:
        return 0.0  # 智能化、小型化、诊疗一体化: how things shall be
    headed = has_head(name) or name.endswith("一体化")
    wanted = (
        read.kind in ("develop", "more", "none")
        or bool(_STRONG_TAIL.search(read.tail))
        or read.kind == "topic"
    )
    if where == "priority":
        listed = (like or long) and (read.agent or not read.verb.endswith(_SYSTEM_VERBS))
        return (
            0.95
            if known
            else 0.8
            if headed
            else (0.7 if like else 0.5 if read.kind != "push" or of_the_trade(name) else 0.0)
            if wanted and listed
            else 0.0
        )
    if local and wanted and (known or headed):
        return 0.8 if known or of_the_trade(name) else 0.7
    if local and len(name) <= 10 and not _VAGUE.search(name) and (like or _LEADING.search(read.verb)):
        return 0.65
    if where in ("task", "open"):
        if known:
            return 0.85 if wanted else 0.6 if where == "open" or many else 0.0
        if setting.areas and setting.known and not _NO_AREA.search(name) and len(name) > 2:
            return 0.65
        return 0.75 if wanted and headed and of_the_trade(name) else 0.0
    if where == "frame" and read.kind != "topic":
        return 0.0  # what the principles wish for is said again where it is planned
    if where == "backing" and read.kind == "none":
        return 0.0
    return 0.6 if known and (wanted or many) and where != "past" else 0.0


def of_the_trade(name: str) -> bool:
    """Whether a name has a word of the industry in it, not only a head such as 技术 or 服务."""
    return bool(re.search(pattern("fields", "trade"), name))


_TITLE_LEAD = re.compile(
    rf"^(?:{'|'.join(sorted({*words('actions', 'push'), *words('actions', 'develop')}, key=lambda w: (-len(w), w)))})+"
)
_TITLE_TAIL = re.compile(
    r"(?:(?:的)?(?:(?:优势|供给|特色|产业|创新|供应)链|领域|产业|产业链|方向|方面|板块|规模化|高端化|特色化|集群化|突破性|传承|创新|高质量|跨越式|快速|集聚|融合|优化|提质|升级|做大做强|做优做强|提升|发展|布局|研发|培育|工程|行动|制造|能力|水平|建设|优势|体系|重点|攻关|突破|增效|扩量|壮大|振兴|崛起|跃升))+$"
)


ARTICLE = re.compile(r"第[一二三四五六七八九十百\d]+条")  # 第三条｜支持改良型新药发展


def _lead_of_title(text: str) -> int:
    """How many characters of verbs open a heading: 推进｜…, 补强｜研发外包服务, where 研发 belongs to a known name."""
    lead = _TITLE_LEAD.match(text)
    length = lead.end() if lead else 0
    shorter = (n for n in range(2, length) if _TITLE_LEAD.fullmatch(text, 0, n))
    return next((n for n in shorter if load().find("field", text[n:])), length)


def heading_fields(title: Slice) -> Iterator[tuple[str, int, int]]:
    """The fields that a heading names, with their places.

    >>> [name for name, *_ in heading_fields(Slice("推进高端医疗器械规模化发展", 0))]
    ['高端医疗器械']
    >>> [name for name, *_ in heading_fields(Slice("中药材和中药饮片", 0))]
    ['中药材', '中药饮片']
    """
    number = ARTICLE.match(title.text)
    for part in split(title.part(number.end() if number else 0), "，"):
        body = part.part(_lead_of_title(part.text))
        if len(body.text) < 2 or is_generic(body.text):
            body = part  # 产业化技术: the verb belongs to the name
        body = body.part(0, len(re.sub(r"(?:领域|方面|方向|板块)$", "", body.text)))
        deed = re.search(r"(?:行动|工程|专项)$", body.text)
        cuts = [deed.start() - n for n in (2, 4) if deed.start() > n] if deed else []
        cut = next((c for c in cuts if field_entry(body.text[:c]) is not None), None)
        body = body.part(0, cut)  # 化学药|稳链行动
        if not load().find("field", body.text):
            tail = _TITLE_TAIL.search(body.text)
            if tail and tail.start() >= 2:
                body = body.part(0, tail.start())
        for item in items(body):
            name = clean(item.name)
            if item.role == "modifier" or len(name) < 2 or is_generic(name) or is_disease(name):
                continue
            if field_entry(name) is not None or not NO_FIELD.search(name):
                yield name, item.start, item.end


_LONGEST_PARENT = 18


def is_frame(section: Section) -> bool:
    """Whether a heading parts the plan and names no field: a box, a title, a first-level chapter such as 重点领域."""
    if section.kind in ("box", "bare", "part"):
        return True
    return (
        section.kind == "chapter"
        and section.level == 1
        and not any(load().find("field", n) for n, *_ in heading_fields(Slice(section.title, 0)))
    )


def parent_field(path: Iterable[Section]) -> str | None:
    """The heading that the items of a passage stand under, as worded: the nearest that names a field."""
    for section in path:
        if is_frame(section) or len(section.title) > _LONGEST_PARENT:
            continue
        named = list(heading_fields(Slice(section.title, 0)))
        if named and (field_entry(named[0][0]) is not None or has_head(named[0][0])):
            title = re.sub(r"^第[一二三四五六七八九十百\d]+条|(?:领域|方面|方向|板块)$", "", section.title)
            return title if len(named) > 1 else named[0][0]
    return None
