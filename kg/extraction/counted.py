"""What a number counts: the verbs before the thing, the thing, and what is said of it after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicon.words import alternatives, pattern, words

_Q = "quantities"
_THINGS_END = re.compile(
    "(?:企业|品种|药品?|产品|项目|平台|机构|单位|人才|基地|园区?|器械|中心|公司|集团|研究院|医院|品规|制剂|药物|成果|专利|疫苗|车间|工厂|试剂|集群|院校|大学|家|设备)$"
)
_JOINS_TO_NOUN = ("来自", "新建", "新增", "入选", "通过", "获批", "进入", "列入", "取得", "获得", "纳入")


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
    >>> lead("力争打造").rest, lead("研发中心").rest
    ('', '研发中心')
    """
    scope, prefix, verb, rest = None, "", False, text.lstrip("，、：的")
    while rest and not _starts("protected").match(rest):
        inside = _inside().match(rest)
        if inside:
            scope, rest = scope or inside["scope"], rest[inside.end() :]
        elif m := _starts("counting").match(rest):
            prefix, rest = prefix + m.group(), rest[m.end() :]
        elif (m := _starts("kept_verbs").match(rest)) and not _compound(m.group(), rest[m.end() :]):
            prefix, verb, rest = prefix + m.group(), True, rest[m.end() :]
        elif (m := _starts("plain_verbs").match(rest)) and not _compound(m.group(), rest[m.end() :]):
            keep = _starts("counting").match(prefix)
            prefix, verb, rest = prefix + (m.group() if keep else ""), True, rest[m.end() :]
        elif m := _starts("adverbs").match(rest) or _manner().match(rest):
            rest = rest[m.end() :]
        elif not verb and (m := _whom().match(rest)) and lead(rest[m.end() :]).verb:
            scope, rest = m["scope"], rest[m.end() :]
        else:
            break
    return Lead(scope, prefix, rest, verb)


@cache
def _starts(name: str) -> re.Pattern[str]:
    return re.compile(pattern(_Q, name))


@cache
def verb_pattern() -> str:
    """All verbs that may stand before a counted thing."""
    return (
        f"(?:{alternatives((*words(_Q, 'plain_verbs'), *words(_Q, 'kept_verbs'), *words(_Q, 'counting')))})"
    )


@cache
def predicate_pattern() -> str:
    """The verbs that say something of a counted thing, as a pattern."""
    return pattern(_Q, "predicates")


@cache
def _inside() -> re.Pattern[str]:
    """Where it happens: 在全国|布局, 在医疗卫生机构|成立, 在创新药、仿制药等领域|发展."""
    fields = r"[^，]{2,80}?(?:领域|方面|环节|行业|方向)"
    return re.compile(
        rf"在(?!研|线)(?P<scope>{fields}(?={verb_pattern()})|[^，在]{{1,24}}?)(?:中|内|里)?(?={verb_pattern()}|$)"
    )


@cache
def _manner() -> re.Pattern[str]:
    """Words of manner that a verb follows: 动态|培育, 高标准|建设."""
    manner = pattern(_Q, "manner")
    return re.compile(rf"{manner}(?={manner}*{verb_pattern()})|{manner}$")


@cache
def _whom() -> re.Pattern[str]:
    """Whom a figure covers, right before a verb: 全省生物医药领域|新增."""
    adverbs = f"(?:{pattern(_Q, 'adverbs')})*"
    own = r"全[国省市区县州]|我[国省市区县]|每个[^，]{2,6}"
    named = rf"[^，、的]{{0,20}}?(?:{pattern(_Q, 'scopes')}|[省市县区州])"
    return re.compile(rf"(?P<scope>{own}|{named})(?={adverbs}{verb_pattern()})")


def _compound(verb: str, after: str) -> bool:
    """Whether a verb only opens a noun: 研发|中心, 开发|区."""
    return verb in words(_Q, "nouns_too") and bool(_starts("compound_heads").match(after))


def ends_in_verb(text: str) -> bool:
    """Whether the words before a number leave the counted thing to the words after it: 建设|3个园区.

    >>> ends_in_verb("引导社会资本设立"), ends_in_verb("省级工业互联网平台")
    (True, False)
    """
    plain = re.sub(rf"{pattern(_Q, 'reach')}+$", "", text) if len(text) > 2 else text
    if not lead(text).rest or re.search(
        rf"(?:{verb_pattern()}|有|的|中|等|及|和|、|一批|超|共|围绕|聚焦|在)$", text
    ):
        return True
    if reaching(text):
        return True
    return plain != text and bool(re.search(rf"{verb_pattern()}$", plain))


def reaching(text: str) -> str:
    """What spreads over the things counted after it: 产品出口到|50个国家; empty where nothing does.

    >>> reaching("产品出口到"), reaching("企业达到")
    ('产品出口', '')
    """
    m = re.search(r"(?P<what>[^，]*(?:出口|销往|覆盖|遍布|辐射|销售|服务))(?:到|至|了|全国|全球)*$", text)
    return m["what"] if m else ""


def noun_follows(text: str) -> bool:
    """Whether the words after a number open with a noun that it belongs to, and not with a verb or a mark.

    >>> noun_follows("的领军企业"), noun_follows("，"), noun_follows("用于建设平台")
    (True, False, False)
    """
    text = text.lstrip("的")
    if not text or text[0] in "，；。、：）和及与并以":
        return False
    if _starts("protected").match(text):
        return True
    verb = re.match(rf"(?:{verb_pattern()}|{pattern(_Q, 'not_counted')})", text)
    return not verb or _compound(verb.group(), text[verb.end() :]) or verb.group() in _JOINS_TO_NOUN


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
        return (
            f"{self.predicate}的{self.noun}" if self.predicate and self.noun else self.noun or self.predicate
        )


def counted(text: str) -> Counted:
    """Splits the words after a count into the thing and its predicate.

    >>> counted("新化学仿制药上市")
    Counted(noun='新化学仿制药', predicate='上市')
    >>> counted("应用连续制造技术的药品生产车间").predicate
    ''
    """
    text = re.split(r"[，；。：]", text)[0].strip("的、 ")
    for m in re.finditer(predicate_pattern(), text):
        noun, predicate = text[: m.start()], text[m.start() :]
        if not noun or predicate == "突破" or noun.endswith(("的", "和", "、", "性", "待", "拟", "已", "可")):
            continue
        if re.search(r"的(?=.)", predicate) and not _THINGS_END.search(noun):
            continue
        if re.match(
            r"(?:上市|挂牌|出口|开展|进入|产值|通过)(?:公司|企业|许可|基地|后备|产品|评价)", predicate
        ):
            continue
        return Counted(
            re.sub(r"(?:中|里|均|已|被)$", "", noun), re.sub(r"^(?:已|均|被|先后|成功|陆续)+", "", predicate)
        )
    return Counted(text, "")


def part_of(whole: str, part: str) -> str:
    """The name of a part after 其中, completed from the whole that it belongs to.

    >>> part_of("获批上市的药品品规", "创新药"), part_of("新药生产批件", "创新药"), part_of("医疗器械有效注册产品", "第一类")
    ('获批上市的创新药', '创新药生产批件', '第一类医疗器械有效注册产品')
    """
    predicate, of, noun = whole.rpartition("的")
    for size in range(len(part), 1, -1):
        if noun == part[-size:]:
            break
        if noun.startswith(part[-size:]):
            return part + noun[size:]
    if part.endswith(noun):
        return f"{predicate}的{part}" if of else part
    if re.search(r"(?:类|级|等|型|国内|国外|省内|国际|国家)$", part):
        return part + noun
    return f"{predicate}的{part}" if of and len(predicate) <= 16 else part


def unfinished(noun: str) -> bool:
    """Whether a counted thing waits for its head, which a later item of the list names: 千亿级, 省级, 超10亿元.

    >>> unfinished("国家级"), unfinished("企业")
    (True, False)
    """
    return bool(re.search(r"(?:级|类|型|元|元以上)$", noun))


def finished(noun: str, by: str) -> str:
    """An unfinished noun with the head of a finished one.

    >>> finished("千亿级", "500亿级生物医药产业集群")
    '千亿级生物医药产业集群'
    """
    head = re.sub(r"^.*?(?:级|类|型|元以上|元)的?(?=.)", "", by)
    return noun + ("的" if noun.endswith(("元", "以上")) else "") + head


def is_slogan(noun: str, chinese: bool) -> bool:
    """Whether a count is a layout or a list of offices rather than a figure: 两个基地, 12个部门, 16个市.

    >>> is_slogan("基地", True), is_slogan("基地", False), is_slogan("设区市", False)
    (True, False, True)
    """
    if re.match(
        r"(?:(?:设区|地|县级)?市|省份?|县|区|州|部门|部委|委办局|小时|季度)(?![级域属直内外间块重医场值管])",
        noun,
    ):
        return True
    return chinese and len(noun) <= 2
