"""Component: which policies, plans, programmes, laws and strategies the text names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.document import Document
from kg.extraction.names import name_before, phrase_before, without_lead, without_rank
from kg.extraction.policy_lists import listed
from kg.extraction.policy_names import (
    Citation,
    bare,
    described_policies,
    is_everyday,
    is_generic,
    is_own,
    is_parted,
    once,
    titles_of,
    without_overlaps,
)
from kg.extraction.policy_quotes import quoted
from kg.extraction.state import add_facts, document_of, mentions_of
from kg.lexicon.gazetteer import Mention
from kg.lexicon.vocabulary import fold, load
from kg.lexicon.words import pattern, words
from kg.model import CitesFact

_TITLE = re.compile(r"《((?:[^《》\n]|《[^《》\n]*》){2,90})》")
_SHORT_TITLE = re.compile(pattern("citations", "short_titles"))


@Language.component("kg_citations")
def citations(doc: Doc) -> Doc:
    """Adds a `CitesFact` for each policy, where it is first named."""
    document = document_of(doc)
    found = [
        *titles(document), *quoted(document), *listed(document), *known(document), *levelled(document),
        *of_places(document, mentions_of(doc, "region")),
        *led_by_verb(document), *going_on(document), *statutes(document), *basis(document),
        *vocabulary(document, mentions_of(doc, "programme")),
    ]  # fmt: skip
    found.extend(chained(document, found))
    kept = list(once(without_overlaps(found)))
    add_facts(
        doc,
        (
            CitesFact(
                policy=c.policy,
                evidence=document.evidence(c.start, c.end),
                rule=c.rule,
                confidence=c.confidence,
            )
            for c in kept
        ),
    )
    return doc


def titles(document: Document) -> Iterator[Citation]:
    """《…》: 根据《中国制造2025》."""
    own = [fold(t) for t in (document.title, *titles_of(document)) if t]
    view = document.reading.text
    for m in _TITLE.finditer(view):
        name = m.group(1)
        short = re.search(r"(?:以下|下)(?:统称|简称|称)[：:]?$", view[max(0, m.start() - 6) : m.start()])
        if short or _SHORT_TITLE.fullmatch(name):
            continue
        if name in words("citations", "not_titles") or any(fold(name) in t for t in own):
            continue
        if not re.search(r"[\u4e00-\u9fff]{2}", name):
            continue
        yield Citation(name.strip(), m.start(), m.end(), "cites-title", 0.95, 0)


# ------------------------------------------------------------------ without marks


def known(document: Document) -> Iterator[Citation]:
    """Policies that go by a description: 仿制药质量和疗效一致性评价."""
    view = document.reading.text
    for key, expression in described_policies():
        for m in expression.finditer(view):
            end = m.end()
            policy = bare(m.group())
            if (
                key in ("出口信贷", "药品上市许可持有人制度")
                and "制度" not in policy
                and "政策" not in policy
            ):
                policy += "政策" if key == "出口信贷" else "制度"
            if key == "出口信用保险" and view.startswith("政策", end):
                end, policy = end + 2, policy + "政策"
            yield Citation(policy, m.start(), end, "cites-known", 0.9, 3, key)


def of_places(document: Document, places: tuple[Mention, ...]) -> Iterator[Citation]:
    """What a nation-wide strategy is called at a place: 健康沈阳行动, 健康长春2030."""
    view = document.reading.text
    for m in places:
        after = re.compile(r"2030(?:行动)?|行动|战略|(?=建设)").match(view, m.end)
        if after and view.endswith("健康", 0, m.start):
            yield Citation(view[m.start - 2 : after.end()], m.start - 2, after.end(), "cites-place", 0.85, 4)


_LEVELLED = re.compile(
    r"(?<![\u4e00-\u9fff])?(?P<rank>国家|省部|省|市|自治区)(?!级|份|内|外|委|局|厅|政府|人民|场|区|域)"
    r"(?P<stem>[\u4e00-\u9fffA-Za-z0-9]{2,18}?)(?P<head>行动计划|计划|重大专项|专项|战略)(?!经济|性|化|资金|债|审|检|整治|支持|、|[一二三四五六七八九十]号)"
)


def levelled(document: Document) -> Iterator[Citation]:
    """A programme of the state or the province: 国家重点研发计划, 省海外引才计划."""
    view = document.reading.text
    for m in _LEVELLED.finditer(view):
        stem = m["stem"]
        before = phrase_before(view, m.start())
        if (
            before
            and without_lead(before)
            and not re.search(f"{pattern('citations', 'before_ranks')}$", before.text)
        ):
            continue
        science = re.search(r"科技重大专项|重大科技专项", stem + m["head"])
        if (
            (is_generic(stem) and not science)
            or is_parted(stem)
            or re.search(r"各类|相关|若干|领域|企业", stem)
        ):
            continue
        if is_own(m.group(), document):
            continue
        yield Citation(m.group(), m.start(), m.end(), "cites-levelled", 0.8, 5)


_HEADS_AND_VERBS = (
    ("named_heads", "verbs_of_programmes"), ("system_heads", "verbs_of_systems"), ("pilot_heads", "verbs_of_pilots"),
    ("scheme_heads", "verbs_of_schemes"), ("policy_heads", "verbs_of_policies"),
)  # fmt: skip


def led_by_verb(document: Document) -> Iterator[Citation]:
    """实施中药振兴发展工程, 落实省领导挂钩联系制度, 继续开展…定点生产试点."""
    view = document.reading.text
    for heads, verbs in _HEADS_AND_VERBS:
        for m in _led(heads, verbs).finditer(view):
            stem = m.group(2)
            lead = without_lead(phrase_before(view, m.end(2)))
            shift = max(0, lead.start - m.start(2))
            stem = stem[shift:] if shift < len(stem) else ""
            start = m.start(2) + shift
            name = stem + m.group(3)
            if "、" in m.group(2)[:shift] and heads != "pilot_heads":
                continue
            if is_generic(stem) or _vetoed_stem(stem) or is_own(name, document):
                continue
            if heads == "scheme_heads" and not (
                len(stem) >= 4 and re.search(pattern("citations", "regulated"), stem)
            ):
                continue
            yield Citation(bare(name), start, m.end(3), "cites-led", 0.75, 6)
            yield from _joined(document, m)


def _joined(document: Document, led: re.Match[str]) -> Iterator[Citation]:
    """The second of two that share a verb and a head: 列入现代医药…综合试点和医疗设备…综合试点."""
    more = re.compile(f"[和与、及]([^，。；：！“”《》、\\n]{{3,24}}?{led.group(3)})").match(
        document.reading.text, led.end(3)
    )
    if more and not _vetoed_stem(more.group(1)) and not is_own(more.group(1), document):
        yield Citation(bare(more.group(1)), more.start(1), more.end(1), "cites-led", 0.7, 6)


@cache
def _led(heads: str, verbs: str) -> re.Pattern[str]:
    return re.compile(
        f"({pattern('citations', verbs)}好?)([^，。；：！“”《》\\n]{{2,30}}?)({pattern('citations', heads)})"
        "(?![\\u4e00-\\u9fff]{0,3}(?:化|性|体系|中心|平台|技术|项目)|实施|资金|基金|工程|计划|行动|办法|规划|研究|规范|奖励|补助)"
    )


def _vetoed_stem(stem: str) -> bool:
    """Whether a phrase is no name or runs over more than one."""
    return bool(re.search(f"{pattern('citations', 'not_in_names')}|^建设|责任$", stem))


_CHAIN = "(?:行动计划|计划|行动|工程|制度|战略|专项|改革|优惠政策|退税政策)"


def chained(document: Document, found: list[Citation]) -> Iterator[Citation]:
    """What goes on from a policy in a list: “万人计划”、长江学者奖励计划."""
    view = document.reading.text
    following = re.compile(
        f"(?:、|以及|[和与及])([\u4e00-\u9fff+（）0-9]{{2,20}}?{_CHAIN})(?=[，。；：、和与及等的“]|以及|$)"
    )
    for citation in found:
        at = citation.end
        while more := following.match(view, at):
            at = more.end()
            stem = re.sub(f"{_CHAIN}$", "", more.group(1))
            if is_generic(stem) or _vetoed_stem(stem) or is_own(more.group(1), document):
                break
            yield Citation(bare(more.group(1)), more.start(1), more.end(1), "cites-chained", 0.7, 6)


_ENDS = r"(?:计划|行动|工程|制度|试点|政策|战略)"
_GOING_ON = rf"(?:^|(?<=[，。；：\n”》])[和与及]?)(?P<name>[^，。；：！“”《》\n、]{{4,24}}?{_ENDS})(?=%s)"


def going_on(document: Document) -> Iterator[Citation]:
    """A programme that opens a clause and goes on: 国家药品医疗器械标准提高行动计划继续推进."""
    view = document.reading.text
    for m in re.finditer(_GOING_ON % pattern("citations", "goes_on"), view):
        name = without_lead(phrase_before(view, m.end("name")))
        stem = re.sub(r"(?:行动计划|计划|行动|工程|制度|试点|政策|战略)$", "", name.text)
        if (
            name.start > m.start("name")
            or is_generic(stem)
            or len(stem) < 3
            or _vetoed_stem(stem)
            or is_own(name.text, document)
        ):
            continue
        yield Citation(bare(name.text), name.start, name.end, "cites-going-on", 0.7, 7)


def statutes(document: Document) -> Iterator[Citation]:
    """Laws without marks: 严格执行药品管理法、医疗器械监督管理条例; 按照中药材生产质量管理规范."""
    view = document.reading.text
    for m in re.finditer(f"{pattern('citations', 'statute_heads')}(?![院规律人定制治学典度])", view):
        name = name_before(
            view, m.end(), extra=("严格执行", "执行", "遵守", "贯彻", "符合", "违反", "修订", "及", "和")
        )
        stem = name.text[: len(name.text) - len(m.group())]
        listed_before = view[name.start - 1 : name.start] == "、"
        before = phrase_before(view, name.start).text
        led = bool(
            re.search(r"(?:执行|遵守|贯彻|落实|实施|按照|依据|根据|符合|参照|违反|修订|宣传|学习)$", before)
        )
        if (
            not 2 <= len(stem) <= 16
            or re.match(r"相关|有关|国际|法律|地方性|我国|上述|配套", stem)
            or not (led or listed_before)
        ):
            continue
        yield Citation(name.text, name.start, name.end, "cites-statute", 0.8, 4)


def basis(document: Document) -> Iterator[Citation]:
    """Plans without marks on which a text rests: 根据山西省…第十三个五年规划纲要、中国制造2025山西行动纲要."""
    view = document.reading.text
    name = f"[^，。；：！《》、\\n]{{4,40}}?{pattern('citations', 'basis_heads')}"
    led = f"{pattern('citations', 'basis_verbs')}({name}(?:[、和及与]{name})*)"
    for m in re.finditer(f"{led}(?=，|等|要求|精神|部署|和《|及《|和有关|的|、《)", view):
        at = m.start(1)
        for part in re.split("(?<=纲要|规划|意见|计划|方案|措施)[、和及与]", m.group(1)):
            general = without_rank(re.sub(f"{pattern('citations', 'basis_heads')}$", "", part))
            if (
                len(general) >= 4
                and not _vetoed_stem(general)
                and "本" not in part
                and not is_own(part, document)
            ):
                yield Citation(bare(part), at, at + len(part), "cites-basis", 0.7, 2)
            at += len(part) + 1


def vocabulary(document: Document, mentions: tuple[Mention, ...]) -> Iterator[Citation]:
    """Programmes that the vocabulary knows by name; what is also an everyday word must stand in marks."""
    view = document.reading.text
    for m in mentions:
        marked = view[m.start - 1 : m.start] in ("“", "《") and view[m.end : m.end + 1] in ("”", "》")
        entry = load().entries[m.iris[0]]
        name = re.sub(r"建设$", "", bare(m.text))
        if not marked and (
            is_everyday(name, entry.extra.get("programmeKind", "")) or _LONGER.match(view, m.end)
        ):
            continue
        if is_own(name, document) and entry.extra.get("programmeKind") not in ("strategy", "system", "tax"):
            continue
        yield Citation(name, m.start, m.end, "cites-vocabulary", 0.9, 3)


_LONGER = re.compile(r"律|规(?!划)|示范|领导小组|办公室|产业链|学者(?!奖)")
