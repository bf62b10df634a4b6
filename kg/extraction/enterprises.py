"""Component: which companies the text names, where, and with which products."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.enterprise_context import in_context
from kg.extraction.enterprise_names import Named, by_ending, in_lists, with_products
from kg.extraction.institution_names import candidates
from kg.extraction.state import RegionMention, add_facts, document_of, mentions_of, regions_of
from kg.extraction.text import Slice, clauses, sentences
from kg.lexicon.gazetteer import Mention
from kg.lexicon.vocabulary import ID, fold, load
from kg.lexicon.words import pattern
from kg.model import EnterpriseFact


@Language.component("kg_enterprises")
def enterprises(doc: Doc) -> Doc:
    """Adds an `EnterpriseFact` for each company, where it is first named."""
    document = document_of(doc)
    view = document.reading.text
    known = list(_known(view, mentions_of(doc, "enterprise"), doc))
    found = [*known, *by_ending(view)]
    made = list(with_products(view))
    found.extend(n for n, _ in made)
    found.extend(in_lists(view, [(n.start, n.end) for n in found]))
    found.extend(in_context(view, [(n.start, n.end) for n in found]))
    home = load().entries.get(f"{ID}region/{doc._.jurisdiction}")
    home_label = home.label if home and doc._.jurisdiction != "100000" else None
    facts: dict[str, EnterpriseFact] = {}
    for named in _apart(found):
        key = _identity(named.name)
        sentence = next((s for s in sentences(view) if s.start <= named.start < s.end), Slice(view, 0))
        products = tuple(_products(view, named, sentence))
        if key in facts and (facts[key].products or not products):
            continue  # where it is first named, or first named with what it makes
        facts[key] = EnterpriseFact(
            name=named.name, region=_region(named, regions_of(doc), sentence, home_label), products=products,
            evidence=document.evidence(named.start, named.end), rule=named.rule, confidence=named.confidence,
        )  # fmt: skip
    add_facts(doc, facts.values())
    return doc


def _identity(name: str) -> str:
    """The vocabulary's entry, else the folded name."""
    form = name
    while form:
        entries = load().find("enterprise", form)
        if entries:
            return entries[0].iri
        shorter = re.sub(r"(?:（[^（）]*）|股份有限公司|有限责任公司|有限公司|股份|集团|公司)$", "", form)
        if shorter == form:
            break
        form = shorter
    return fold(form)


def _apart(found: Sequence[Named]) -> list[Named]:
    """In order of place, of those that overlap the longest."""
    kept: list[Named] = []
    for n in sorted(found, key=lambda n: (n.start - n.end, -n.confidence, n.start)):
        if all(n.end <= k.start or k.end <= n.start for k in kept):
            kept.append(n)
    return sorted(kept, key=lambda n: n.start)


def _known(view: str, mentions: Sequence[Mention], doc: Doc) -> Iterator[Named]:
    """Companies of the vocabulary that are not part of another name: of 恒瑞…医学转化中心, of a programme, of a word."""
    longer = [
        (m.start, m.end)
        for kind in ("programme", "institution", "agency", "region")
        for m in mentions_of(doc, kind)
    ]
    longer.extend(_institutions(view, mentions))
    for m in mentions:
        if any(a <= m.start and m.end <= b and b - a > m.end - m.start for a, b in longer):
            continue
        if not _stands_alone(view, m):
            continue
        yield Named(m.text, m.start, m.end, "enterprise-vocabulary", 0.95)


def _institutions(view: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """The spans of institutions' names in the sentences that name a company."""
    for sentence in sentences(view):
        if any(sentence.start <= m.start < sentence.end for m in mentions):
            for clause in clauses(sentence):
                yield from ((c.start, c.end) for c in candidates(clause) if not c.shared and not c.attributed)


_NAME_END = re.compile(f"(?:{pattern('enterprises', 'strong')}|{pattern('enterprises', 'weak')})$")


def _stands_alone(view: str, m: Mention) -> bool:
    """Whether a name is a word there: short names without a company's ending need a mark or a verb beside them."""
    if _NAME_END.search(m.text) or len(m.text) >= 5 or m.text.isascii():
        return not re.match(r"产业|行业|领域|化|型", view[m.end : m.end + 2])
    before, after = view[m.start - 1 : m.start], view[m.end : m.end + 2]
    led = re.search(f"{pattern('enterprises', 'before_short')}$", view[max(0, m.start - 5) : m.start])
    left = not before or before in "，。；：、（“\n以和与及等对由的" or led
    right = (
        not after
        or after[0] in "，。；：、（）”\n等和与及的在为"
        or re.match(pattern("enterprises", "after_short"), after)
    )
    return bool(left and right)


def _region(named: Named, places: Sequence[RegionMention], sentence: Slice, home: str | None) -> str | None:
    """The place in the name or that the clause speaks of before it, else the document's."""
    inside = [r for r in places if named.start <= r.start and r.end <= named.end and r.rank > 0]
    clause = next((c for c in clauses(sentence) if c.start <= named.start < c.end), sentence)
    spoken = [r for r in places if clause.start <= r.start and r.end <= named.start and r.rank > 0]
    chosen = inside or spoken[-1:]
    return chosen[0].name if chosen else home


# ------------------------------------------------------------------ products

_DONE = pattern("enterprises", "product_ends")
_PRODUCTS = (
    re.compile(
        r"(?:公司|集团|股份)?(?:自主|原创|独家|联合|合作)?(?:研发|研制|开发|生产|创制|申报)?的"
        rf"(?P<p>[^，。；（）“”]{{2,40}}?)(?=[，。；]|{_DONE}|、[^、，。；]{{2,12}}的|$)"
    ),
    re.compile(
        rf"(?:公司|集团|股份)?(?:自主|成功)?(?:注册|研发|研制|开发|生产|推出|创制)(?P<p>[^，。；（）“”的]{{2,40}}?)(?={_DONE}|[，。])"
    ),
)
_CLASS_BEFORE = re.compile(r"^.*?(?:创新药物|创新药|新药|药物|产品|疫苗品种)(?=[\u4e00-\u9fffA-Za-z]{3})")
_FORMS = re.compile(r"(?:原料药|片剂|制剂|注射液|胶囊|颗粒|针剂|口服液)$")


def _products(view: str, named: Named, sentence: Slice) -> Iterator[str]:
    """What the text says the company makes: …注册…埃克替尼原料药和片剂获得, 明峰医疗的16排CT."""
    for expression in _PRODUCTS:
        m = expression.match(view, named.end, sentence.end)
        if not m:
            continue
        text = _CLASS_BEFORE.sub("", m["p"])
        stem = ""
        for part in re.split(r"[、和与及]", text):
            form = _FORMS.search(part)
            if form and not form.start() and stem:
                yield stem + part
            elif 2 <= len(part) <= 20 and not re.search(
                r"企业|公司|发展|建设|带动|引领|作用|优势|能力|水平|[是为]", part
            ):
                yield part
            if form and form.start():
                stem = part[: form.start()]
        return
