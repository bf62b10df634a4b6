"""What a number measures: the words on its left and right as scope, indicator, counted thing and predicate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.lexicon.words import alternatives, pattern, words
from kg.model import Direction

_Q = "quantities"


@cache
def _is(name: str, side: Literal["start", "end", "whole"]) -> re.Pattern[str]:
    listed = pattern(_Q, name)
    return re.compile({"start": f"^{listed}", "end": f"{listed}$", "whole": f"^{listed}$"}[side])


@dataclass(frozen=True, slots=True)
class Lead:
    """The words before a counted thing: whom it covers, the verbs that belong to it, and what is left."""

    scope: str | None
    prefix: str
    rest: str
    verb: bool


def lead(text: str) -> Lead:
    """Takes scope, adverbs and verbs off the left of a text; verbs such as 新增 and 累计 stay as prefix.

    >>> lead("全省生物医药领域新增未来工厂")
    Lead(scope='全省生物医药领域', prefix='新增', rest='未来工厂', verb=True)
    >>> lead("力争打造").rest
    ''
    """
    scope, prefix, verb, rest = None, "", False, text.lstrip("，、：的")
    while rest and not _is("protected", "start").match(rest):
        inside = re.match(rf"在(?!研|线|全?产业链上)(?P<scope>[^，在]{{2,24}}?)(?:中|内|里)?(?={_verbs()}|$)", rest)
        if inside:
            scope, rest = scope or inside["scope"], rest[inside.end() :]
            continue
        m = _is("counting", "start").match(rest)
        if m and m.group() not in ("总计", "年均"):
            prefix, rest = prefix + m.group(), rest[m.end() :]
            continue
        m = _is("kept_verbs", "start").match(rest)
        if m and not _compound(m.group(), rest[m.end() :]):
            prefix, verb, rest = prefix + m.group(), True, rest[m.end() :]
            continue
        m = _is("plain_verbs", "start").match(rest)
        if m and not _compound(m.group(), rest[m.end() :]):
            keep = bool(prefix) and _is("counting", "end").search(prefix)
            prefix, verb, rest = prefix + (m.group() if keep else ""), True, rest[m.end() :]
            continue
        m = _is("adverbs", "start").match(rest) or _manner().match(rest)
        if m:
            rest = rest[m.end() :]
            continue
        whom = None if verb else re.match(_whom(), rest)
        if whom and lead(rest[whom.end() :]).verb:
            scope, rest = whom["scope"], rest[whom.end() :]
            continue
        break
    return Lead(scope, prefix, rest, verb)


@cache
def _verbs() -> str:
    return rf"(?:{alternatives((*words(_Q, 'plain_verbs'), *words(_Q, 'kept_verbs'), *words(_Q, 'counting')))})"


@cache
def _manner() -> re.Pattern[str]:
    """Words of manner that a verb follows: 动态|培育, 高标准|建设."""
    manner = pattern(_Q, "manner")
    return re.compile(rf"{manner}(?={manner}*{_verbs()})|{manner}$")


@cache
def _whom() -> re.Pattern[str]:
    """Whom a figure covers, right before a verb: 全省生物医药领域|新增."""
    adverbs = f"(?:{pattern(_Q, 'adverbs')})*"
    own = r"全[国省市区县州]|我[国省市区县]"
    return re.compile(rf"(?P<scope>{own}|[^，、的]{{0,20}}?(?:{pattern(_Q, 'scopes')}|[省市县区州]))(?={adverbs}{_verbs()})")


def _compound(verb: str, after: str) -> bool:
    """Whether a verb only opens a noun: 研发|中心, 开发|区."""
    return bool(_is("compound_heads", "start").match(after)) and verb in _NOUNS_TOO


_NOUNS_TOO = frozenset(
    "开发 研发 研制 生产 发展 储备 推广 改造 设计 服务 注册 备案 孵化 转化 培养 申报 创新 支持 引导 投资 建设 投入 提升 包括 参与 认定 进入 实施".split()
)


def ends_in_verb(text: str) -> bool:
    """Whether the words before a number leave the counted thing to the words after it: 建设|3个园区.

    >>> ends_in_verb("引导社会资本设立"), ends_in_verb("省级工业互联网平台")
    (True, False)
    """
    plain = re.sub(rf"{pattern(_Q, 'reach')}+$", "", text) if len(text) > 2 else text
    return not lead(text).rest or bool(re.search(rf"(?:{_verbs()}|有|的|中|等|及|和|、|一批|超|共)$", text)) or (
        plain != text and bool(re.search(rf"{_verbs()}$", plain))
    )


@dataclass(frozen=True, slots=True)
class Tail:
    """The right end of the words before a value: what is left, how the value changes, and whether it is a level."""

    text: str
    direction: Direction
    changed: str


def tail(text: str, unit: str | None) -> Tail:
    """Takes "reaches", "is", "falls by" and the like off the right end of the words before a value.

    >>> tail("研发投入强度力争达到", "%").text
    '研发投入强度'
    >>> tail("单位工业增加值能耗下降", "%")
    Tail(text='单位工业增加值能耗', direction='decrease', changed='下降')
    """
    direction: Direction = "level"
    changed = ""
    reached = False
    while text:
        m = _is("change_to", "end").search(text)
        if m:
            text, reached = text[: m.start()], True
            continue
        if _is("rates", "end").search(text):
            break
        m = re.search(rf"(?:{pattern(_Q, 'rises')})了?$", text)
        if m and not changed and not reached:
            changed, direction, text = m.group(), "increase", text[: m.start()]
            continue
        m = re.search(rf"(?:{pattern(_Q, 'falls')})了?$", text)
        if m and not changed and not reached:
            changed, direction, text = m.group(), "decrease", text[: m.start()]
            continue
        m = _is("reach", "end").search(text)
        if m and not _is("indicators", "end").search(text):
            text = text[: m.start()]
            continue
        break
    return Tail(text.rstrip("，、：的"), direction, changed)


def scope_and_indicator(text: str) -> tuple[str | None, str]:
    """Splits the words before a value into whom it covers and what is measured.

    >>> scope_and_indicator("全省规模以上医药产业实现营业收入")
    ('全省规模以上医药产业', '营业收入')
    >>> scope_and_indicator("全行业规模以上企业研发投入强度")
    ('全行业规模以上企业', '研发投入强度')
    """
    text = text.strip("，、：的")
    inner = re.search(r"占|比重|在(?!研)", text)
    head = text[: inner.start()] if inner and inner.start() > 1 else text
    for verb in re.finditer(r"实现|完成|取得|创造|拥有|达到|累计|合计|总计", head):
        whom, what = text[: verb.start()], text[verb.end() :]
        if what and _measured(what):
            keep = verb.group() if verb.group() in ("累计", "合计", "总计") else ""
            return lead_scope(whom), keep + what
    splits = [m.end() for m in re.finditer(pattern(_Q, "scopes"), head)]
    for cut in reversed(splits):
        whom, what = text[:cut], text[cut:].lstrip("的")
        alone = whom in words(_Q, "scopes") and whom[0] not in "全我"  # 工业总产值, 市场规模 are one word
        if len(what) > 1 and not alone and _measured(what):
            return lead_scope(whom), what
    if not _measured(text):
        return None, lead(text).rest or text
    return None, re.sub(r"^(?:安排|形成|打造|建成|争取|引进|招引|设立|力争|推动)+(?=..)", "", text)


def lead_scope(text: str) -> str | None:
    """A scope without the adverbs and verbs around it."""
    text = re.sub(r"^.*(?:关于|印发).*的(?:通知|意见|函)", "", text)
    text = re.sub(rf"^(?:{pattern(_Q, 'adverbs')}|推动|支持|培育|打造|实现)+", "", text).strip("，、：的")
    text = re.sub(rf"(?:{pattern(_Q, 'adverbs')})+$", "", text)
    return text or None


def _measured(text: str) -> bool:
    """Whether a phrase names something that is measured."""
    return bool(re.search(pattern(_Q, "indicators") + r"(?:年均|累计|平均)?", text)) or text.endswith(("率", "额", "值", "量", "度"))


def measured_noun(text: str) -> bool:
    """Whether a phrase ends in a noun that is measured: 产值, 使用率."""
    return bool(_is("indicators", "end").search(text)) or text.endswith(("率", "额", "值", "量"))


def without_rate(indicator: str) -> str:
    """An indicator without the rate at its end, so that a later clause may say something else of it.

    >>> without_rate("增加值年均增长")
    '增加值'
    """
    return _is("rates", "end").sub("", indicator) or indicator


def is_relative(text: str) -> bool:
    """Whether a clause takes its subject from the one before: 占全国…, 年均增长…."""
    return bool(_is("relative", "start").match(text)) and not text.startswith(("增加值", "提升工程", "是否"))


def of_the_thing(text: str) -> bool:
    """Whether a clause measures the thing counted before: 总规模…, 合计总产值…."""
    return bool(_is("of_the_thing", "start").match(text))


def subject(clause: str) -> str | None:
    """The measured subject of a clause that has no number: 营业收入|保持中高速增长; None where there is none.

    >>> subject("主营业务收入保持中高速增长"), subject("创新能力不断增强")
    ('主营业务收入', None)
    """
    m = re.match(rf"(?P<subject>[^，]{{2,40}}?)(?={pattern(_Q, 'subject_verbs')})", clause)
    if not m:
        return None
    text = m["subject"]
    return text if measured_noun(text) or re.search(r"(?:比重|占比|比例)$", text) else None


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted thing and what is said of it: 8家|企业|入选…."""

    noun: str
    predicate: str

    @property
    def phrase(self) -> str:
        """The predicate made an attribute of the thing.

        >>> Counted("企业", "入选全国百强").phrase
        '入选全国百强的企业'
        """
        return f"{self.predicate}的{self.noun}" if self.predicate and self.noun else self.noun or self.predicate


_PEOPLE_AND_THINGS = (
    "企业", "品种", "药", "药品", "产品", "项目", "平台", "机构", "单位", "人才", "基地", "园区", "器械", "中心", "公司", "集团", "研究院",
    "医院", "品规", "制剂", "药物", "成果", "专利", "疫苗", "车间", "工厂", "试剂", "园", "集群", "院校", "大学", "家", "设备",
)  # fmt: skip


def counted(text: str) -> Counted:
    """Splits the words after a count into the thing and its predicate.

    >>> counted("新化学仿制药上市")
    Counted(noun='新化学仿制药', predicate='上市')
    >>> counted("应用连续制造技术的药品生产车间").predicate
    ''
    """
    text = re.split(r"[，；。：]", text)[0].strip("的、 ")
    for m in re.finditer(pattern(_Q, "predicates"), text):
        noun, predicate = text[: m.start()], text[m.start() :]
        if not noun or noun.endswith(("的", "和", "、", "性", "待", "拟", "已", "可")):
            continue
        later = re.search(r"的(?=.)", predicate)
        if later and not noun.endswith(_PEOPLE_AND_THINGS):
            continue
        if re.match(r"(?:上市|挂牌|出口|开展|进入|产值|通过)(?:公司|企业|许可|基地|后备|产品|评价)", predicate):
            continue
        return Counted(re.sub(r"(?:中|里|均|已|被)$", "", noun), re.sub(r"^(?:已|均|被|先后|成功|陆续)+", "", predicate))
    return Counted(text, "")


def part_of(parent: str, part: str) -> str:
    """The name of a part after 其中, completed from the whole that it belongs to.

    >>> part_of("获批上市的药品品规", "创新药"), part_of("新药生产批件", "创新药"), part_of("医疗器械有效注册产品", "第一类")
    ('获批上市的创新药', '创新药生产批件', '第一类医疗器械有效注册产品')
    """
    predicate, of, noun = parent.rpartition("的")
    if not of:
        noun = parent
    for size in range(len(part), 1, -1):
        at = noun.find(part[-size:])
        if noun == part[-size:]:
            break
        if at == 0:
            return noun[:at] + part + noun[at + size :]
    if part.endswith(noun):
        return f"{predicate}的{part}" if of else part
    if re.search(r"(?:类|级|等|型|国内|国外|省内|国际|国家)$", part):
        return part + noun
    return f"{predicate}的{part}" if of and len(predicate) <= 16 else part


def subjects(text: str, count: int | None) -> list[str]:
    """The subjects of a shared value, each with the words that the last of them adds; empty where they are not ``count``.

    >>> subjects("化学药、中成药和生物药在全省的比重", None)
    ['化学药在全省的比重', '中成药在全省的比重', '生物药在全省的比重']
    >>> subjects("营业收入、利润总额年均增速", 2)
    ['营业收入年均增速', '利润总额年均增速']
    """
    parts = [p for p in re.split(r"、|以及|和|及|与", text) if p]
    if len(parts) < 2 or (count is not None and len(parts) != count):
        return []
    last = parts[-1]
    if all(measured_noun(p) for p in parts[:-1]):
        shared = _is("rates", "end").search(last) or re.search(r"(?:占[^占]+|占比|比重)$", last)
        first = re.match(rf"[^，]*?{pattern(_Q, 'scopes')}(?={pattern(_Q, 'indicators')})", parts[0])
        scope = first.group() if first else ""
    else:
        shared = re.search(
            rf"(?:在.+|(?:行业|产业|领域|制造业|工业|企业|板块)?(?:规模以上企业)?{pattern(_Q, 'indicators')}.*|(?:行业|产业|领域|企业|产品|品种)?(?:数量?|总数|占比).*)$", last
        )
        scope = ""
    end = shared.group() if shared and shared.start() > 0 else ""
    return [(scope if n else "") + p + end for n, p in enumerate(parts[:-1])] + [scope + last]


def noun_follows(text: str) -> bool:
    """Whether the words after a number open with a noun that it belongs to, and not with a verb or a mark.

    >>> noun_follows("的领军企业"), noun_follows("，"), noun_follows("用于建设平台")
    (True, False, False)
    """
    text = text.lstrip("的")
    if not text or text[0] in "，；。、：）和及与并以":
        return False
    if _is("protected", "start").match(text):
        return True
    verb = re.match(rf"(?:{_verbs()}|{pattern(_Q, 'not_counted')})", text)
    return not verb or _compound(verb.group(), text[verb.end() :]) or verb.group() in ("来自", "新建", "新增", "入选", "通过", "获批", "进入", "列入", "取得", "获得")


def without_adverbs(text: str) -> str:
    """The words of a clause without the adverbs and empty verbs at their start."""
    while True:
        m = re.match(rf"(?:{pattern(_Q, 'adverbs')}|实现|完成|推动|确保|达到|促进|保持)", text)
        if not m or text.startswith(("其中", "总投资", "与")) or m.group() == "新":
            return text.strip("，、：的")
        text = text[m.end() :]


@cache
def pattern_of_predicates() -> str:
    """The verbs that say something of a counted thing, as a pattern."""
    return pattern(_Q, "predicates")
