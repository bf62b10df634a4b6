"""Clauses as actions: who is pushed, what is to be done, and the list of things that it is done with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.extraction.text import Slice
from kg.lexicon.vocabulary import load
from kg.lexicon.words import alternatives, pattern, words


@dataclass(frozen=True, slots=True)
class Action:
    """One clause read as an action.

    ``kind`` is ``develop`` (the verb takes the things), ``push`` (a verb of support; what is done may stand after the things),
    ``topic`` (围绕X等领域: what the action is about), ``more`` (重点包括X: a list that opens
    by itself) or ``none`` (no verb leads: a list that goes on, or another sentence).
    """

    kind: str
    verb: str
    things: Slice
    tail: str = ""
    rest: Slice | None = None  # what follows a topic in the same clause
    agent: bool = False  # a named company or institution is told to do it


# Who takes the lead is said before what is done: 由龙头企业牵头｜研发苗药新药.
_WHO_HEADS = re.compile(
    r"由?[^，；、的]{0,10}?(?:企业|集团|公司|机构|院所|高校|医院|单位)(?:牵头|领衔|联合|合作|主导)(?=研发|研制|开发|发展|攻关|布局|建设|开展)"
)

# By what means a thing is made is said before it: 应用生物技术｜开发中药新药.
_BY_MEANS = re.compile(
    r"(?:应用|利用|运用|采用|借助)[^，；、的]{2,12}?(?:技术|手段|工艺|方法|平台)(?=开发|研发|研制|生产|制备|改造)"
)


@cache
def _lead() -> re.Pattern[str]:
    verbs = alternatives((*words("actions", "develop"), *words("actions", "push")))
    filler = alternatives(w for w in words("actions", "fillers") if not w.endswith("?"))
    return re.compile(f"(?:(?:{verbs})(?:和|与|、|并)?|(?:{filler}))*")


@cache
def _agent() -> re.Pattern[str]:
    push = pattern("actions", "push")
    agent = pattern("actions", "agents")
    verbs = alternatives((*words("actions", "develop"), *words("actions", "push")))
    return re.compile(
        f"^(?:{push})+[^，；、的]{{0,14}}?(?:{agent})(?:和|与|、[^，；]{{2,12}})?(?=(?:{verbs}|以|在|对|围绕|针对|聚焦|通过|利用))"
    )


_TOPIC_WORD = (
    r"^(?P<word>重点围绕|重点针对|重点聚焦|重点在|围绕|聚焦|针对|面向|瞄准|紧盯|紧扣|主攻|突出|以|"
    r"(?:力争|争取|努力|着力|率先|加快|积极)*在)"
)
_TOPIC_NOUN = (
    r"(?:领域|学术前沿|科学前沿|前沿|方向|方面|产业链|产业|赛道|板块|品类|门类|行业|疾病|病种|产品|技术|"
    r"需求|传染病|人群|适应症|品种|大品种|病|症|瘤|癌|炎|综合征)的?"
)
_TOPIC_AS = (
    r"为(?:重点|主导|主攻方向|核心|重心|主体|主线|拳头产品|主打产品|特色|突破口|发展重点|"
    r"支撑|代表|主|龙头|抓手|方向|引领|补充|牵引|核心载体)的?"
)
_TOPICS = (
    re.compile(
        r"^(?P<word>对(?:取得[^，；、]{2,14}的|获批[^，；、]{2,14}的|获得[^，；、]{2,14}的)?)(?!于|符合|外|标|接|照|口)(?P<body>[^，；的]{2,80}?)(?P<end>(?:拓展适应症|扩大适应症|开展[^，；、]{2,8}|研发|产业化)?)(?=$|给予|予以|按)"
    ),
    re.compile(
        r"^(?P<word>将|把)(?P<body>.+?)(?P<end>作为(?:首要|主要|重要|优先|核心)?(?:主攻方向|发展方向|方向|发展重点|重点|突破口|支柱|抓手|主导产业|主业|着力点|重中之重))"
    ),
    re.compile(
        r"^(?P<word>(?:引导|推动|支持|鼓励)[^，；、]{0,10}?向)(?P<body>.+?)(?P<end>等?(?:领域|方向|产业|行业)(?:延伸|拓展|发展|转型))"
    ),
    re.compile(
        rf"{_TOPIC_WORD}(?P<body>.+?)(?P<end>等?(?:[两三四五六七八九十\d]+大[^，、]{{0,4}}?|(?<=等)[^，、]{{0,8}}?)(?:{_TOPIC_NOUN}|{_TOPIC_AS}))"
    ),
    re.compile(rf"{_TOPIC_WORD}(?P<body>.+?)(?P<end>{_TOPIC_AS})"),
    re.compile(
        rf"{_TOPIC_WORD}(?P<body>.+?)(?P<end>(?:重点|优势|特色|细分|前沿|新兴|关键)*(?:领域|方向|方面|技术))"
        r"(?=(?:率先|加快)?(?:取得|实现|形成)[^、，]{0,6}(?:突破|优势|领先))"
    ),
    re.compile(
        rf"{_TOPIC_WORD}(?P<body>.+?)(?P<end>(?:前沿|关键|核心|共性)技术领域|(?:重点|优势|特色|细分|前沿|新兴|关键)*{_TOPIC_NOUN})$"
    ),
    re.compile(
        r"^(?P<word>围绕|聚焦|针对|面向|瞄准)(?P<body>(?![^，；]*等[^，；]{1,10}的)(?![^，；]*(?:环节|流程|过程|体系|目标|问题|要求|机遇|趋势|特点|前沿$))[^，；]{2,60}?)(?P<end>)(?=(?:重点|加快|大力|积极)*(?:研制|研发|开发|开展|发展|推进|布局|突破))"
    ),
    re.compile(
        r"^(?P<word>围绕|聚焦|针对|面向|瞄准)(?P<body>(?![^，；]*等[^，；]{1,10}的)(?![^，；]*(?:环节|流程|过程|体系|目标|问题|要求|机遇|趋势|特点|前沿$))[^，；]{2,80})(?P<end>)$"
    ),
)


_OF_THE_NAME = (
    "病",
    "症",
    "瘤",
    "癌",
    "炎",
    "综合征",
    "疾病",
)  # 针对自身免疫性疾病: the noun is the last name's own


def action(clause: Slice) -> Action:
    """How a clause reads as an action.

    >>> a = action(Slice("加快推进抗体药物、疫苗的研发和产业化", 0))
    >>> a.kind, a.things.text, a.tail
    ('push', '抗体药物、疫苗', '的研发和产业化')
    >>> action(Slice("重点发展脂质体等新型制剂", 0)).kind
    'develop'
    """
    piece = _connectives_off(clause)
    joined = re.match(
        r"以及|及(?!其)|和|与(?!国际)|(?:主要|重点)?包括|例如|如(?!何)|特别是|尤其是", piece.text
    )
    if joined:
        kind = "more" if joined.group().endswith("括") else "none"
        return Action(kind, "", *_tail_off(piece.part(joined.end())))
    head = _WHO_HEADS.match(piece.text)
    piece = piece.part(head.end()) if head else piece
    named = _named_agent(piece.text)
    agent = named or _agent().match(piece.text)
    if agent:
        piece = piece.part(agent.end())
    topic = next((m for t in _TOPICS if (m := t.match(piece.text))), None)
    if topic and not piece.text.startswith("以及"):
        part = topic["end"] in _OF_THE_NAME and not topic["body"].endswith("等")
        noun = len(topic["end"]) if part else 0
        body = piece.part(topic.start("body"), topic.end("body") + noun)
        rest = piece.part(topic.end())
        return Action("topic", topic["word"] + topic["end"], body, rest=rest or None)
    means = _BY_MEANS.match(piece.text)
    piece = piece.part(means.end()) if means else piece
    lead = _lead().match(piece.text)
    verb = re.sub(r"(?:以|与|和|对|在|于|并|、|将)+$", "", lead.group()) if lead else ""
    if not verb or verb == piece.text:
        return Action("none", "", *_tail_off(piece))
    things, tail = _tail_off(piece.part(len(verb)))
    if (
        _last_verb(verb) in _ATTRACTS
        and not _COMPANIES.match(things.text)
        and (come := _WHO_COMES.search(things.text))
    ):
        things, tail = things.part(0, come.start()), tail or come.group()  # 引入康复辅具｜企业
    kind = "develop" if _last_verb(verb) in words("actions", "develop") else "push"
    if verb.endswith("支持") and _COMPANIES.match(things.text):
        kind = "push"  # 优先支持甲药业股份有限公司
    return Action(kind, verb, things, tail, agent=named is not None)


_ATTRACTS = ("引入", "引进", "引育", "招引", "集聚", "聚集", "汇聚", "导入")
_COMPANIES = re.compile(r"了|以|[^、]*(?:公司|集团|药业|(?<!生物)(?<!化学)(?<!中药)制药(?!机|装)|股份)")
_WHO_COMES = re.compile(
    r"(?<=..)(?:领域|产业|行业|类)?(?:等)?(?:的)?(?:国内外|知名|龙头|骨干|头部|优质|重点|创新|领军|上下游|链主|生产|配套|研发)*(?:企业|机构|项目|团队)(?:落户|入驻|集聚|落地)?$"
)

_NAMED_AGENT = re.compile(
    r"^(?:支持|推动|鼓励|引导|发挥|依托)(?P<who>[^，；、的]{2,26}?(?:、[^，；、的]{2,26}?){0,3})(?=(?:牵头|联合)?(?:研制|研发|开发|迭代|攻关|生产|布局|扩大|建设|推出|引进|推进|开展|做强|做大|打造|培育|加快|拓展|做精|升级|提升))"
)


def _named_agent(text: str) -> re.Match[str] | None:
    """A company or institution that is pushed: 支持云南白药|研发透皮给药贴剂; not a product: 支持仿制药研发."""
    m = _NAMED_AGENT.match(text)
    if m is None:
        return None
    vocabulary = load()
    who = m["who"].split("、")
    organised = all(
        vocabulary.find("enterprise", w) or vocabulary.find("institution", w) or _ORGANISATION.search(w)
        for w in who
    )
    return m if organised and len(text) > m.end() + 3 else None


_ORGANISATION = re.compile(
    r"(?:公司|集团|药业|制药|生物|医疗|科技|股份|大学|学院|医院|研究院|研究所|[^场]所|厂|中心|实验室|机器人)$"
)


def _connectives_off(clause: Slice) -> Slice:
    m = re.match(
        r"(?:前者|后者|同时|此外|其中|另外|一方面|另一方面|到\d{4}年底?|“?十[二三四五]五”?(?:期间|末)|我省|全省|我市|全市|本市|我区|要|并|且|还|也)+",
        clause.text,
    )
    return clause.part(m.end()) if m else clause


def _last_verb(verb: str) -> str:
    bare = re.sub(r"(?:一批|各类|系列|多种|等|、|和|与|并)+$", "", verb)
    verbs = (*words("actions", "develop"), *words("actions", "push"))
    return max((v for v in verbs if bare.endswith(v)), key=len, default="")


# 推动青霉素类原料药|向下游制剂延伸: where a thing is to go is no part of its name.
_TOWARDS = r"(?<![靶定导取])向[^，、；]{2,14}?(?:方向)?(?:延伸|转型|转化|升级|拓展|转换|迈进)"


@cache
def _tail() -> re.Pattern[str]:
    tail = pattern("actions", "tails")
    soon = "(?:加快|尽快|尽早|早日|率先|批量)?"  # 长效干扰素｜加快上市
    return re.compile(f"(?:(?:的|及其|及)?{soon}(?:{tail}(?:和|与|及|、|以及|或)?)+|{_TOWARDS})$")


def _tail_off(things: Slice) -> tuple[Slice, str]:
    """The things without what is done with them; a tail never eats the whole."""
    text = things.text
    m = _tail().search(text)
    while m and (m.start() < 2 or _keeps(text[: m.start()], m.group())):
        shorter = re.compile(f"(?:的)?{pattern('actions', 'tails')}$").search(text, m.start() + 1)
        if not shorter or shorter.start() <= m.start():
            return things, ""
        m = shorter
    return (things.part(0, m.start()), m.group()) if m else (things, "")


def _keeps(before: str, tail: str) -> bool:
    """Whether the tail belongs to the name: 二次开发, 药物研发, 一体化."""
    if tail.startswith("的"):
        return False
    return before.endswith(("二次", "一体", "连续", "委托", "合同", "定制", "共享", "智能", "个性"))
