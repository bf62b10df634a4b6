"""Component: which molecular targets the text names, and the field that each stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.naming import field_entry, is_generic
from kg.extraction.state import add_facts, document_of, mentions_of, section_titles
from kg.extraction.text import Slice, sentences
from kg.lexicon.gazetteer import Mention
from kg.lexicon.vocabulary import load
from kg.lexicon.words import pattern
from kg.model import DrugTargetFact

_CONTEXT = pattern("drug_targets", "context")
# a protein that is itself the product, or something to be measured, is no target there
_PRODUCT_AFTER = re.compile(f"）?(?:（[^（）]*）)?{pattern('drug_targets', 'products')}")
_PRODUCT_BEFORE = re.compile(f"{pattern('drug_targets', 'before_products')}$")
_LATIN = re.compile(r"[A-Za-z0-9]")


@Language.component("kg_drug_targets")
def drug_targets(doc: Doc) -> Doc:
    """Adds a `DrugTargetFact` for each target and the field it stands under."""
    document = document_of(doc)
    view = document.reading.text
    fields = mentions_of(doc, "field")
    targets = mentions_of(doc, "drug-target")
    facts, seen = [], set()
    for sentence in sentences(view):
        known = [m for m in targets if sentence.start <= m.start < sentence.end]
        named = sorted([*known, *_unknown(view, sentence, known)], key=lambda m: m.start)
        for m in _targets(view, sentence, named):
            field = _field(doc, sentence, m, fields)
            if (m.iris[0], field) in seen:
                continue
            seen.add((m.iris[0], field))
            facts.append(
                DrugTargetFact(
                    name=m.text, field=field, evidence=document.evidence(m.start, m.end),
                    rule="target-named" if m in known else "target-listed",
                    confidence=0.6 if m not in known else 0.95 if _near(view, sentence, m) else 0.8,
                )
            )  # fmt: skip
    add_facts(doc, facts)
    return doc


_SYMBOL = r"[A-Za-z][A-Za-z0-9αβγδκ.\-]{1,14}"
_SYMBOLS = re.compile(rf"(?:{_SYMBOL}(?:[、/，和与及]|以及))*{_SYMBOL}(?=等?[\u4e00-\u9fff]{{0,6}}靶[点标])")


_GLUED = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9\-]{1,10}?(?=CAR-?[TN]|ADC|TKI|mAb)")


def _unknown(view: str, sentence: Slice, known: Sequence[Mention]) -> Iterator[Mention]:
    """Symbols that the vocabulary lacks, in a list that is said to be of targets (XKR7、ZDHHC9等靶点), and those of
    the vocabulary that a word of Latin letters follows without a blank (CD19CAR-T)."""
    for m in _GLUED.finditer(view, sentence.start, sentence.end):
        entries = load().find("drug-target", m.group())
        if entries and all(m.end() <= k.start or k.end <= m.start() for k in known):
            yield Mention("drug-target", tuple(e.iri for e in entries), m.group(), m.start(), m.end())
    for run in _SYMBOLS.finditer(view, sentence.start, sentence.end):
        for m in re.finditer(_SYMBOL, run.group()):
            start, end = run.start() + m.start(), run.start() + m.end()
            if all(end <= k.start or k.end <= start for k in known) and re.search(r"[A-Z]", m.group()):
                yield Mention("drug-target", (m.group(),), m.group(), start, end)


def _targets(view: str, sentence: Slice, named: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions that are targets there, a symbol in brackets in place of the long name before it."""
    sure = [m for m in named if not _needs_context(m) or _touches(view, m)]
    for m in [*named, *named[::-1]]:  # a list lends its sureness from neighbour to neighbour
        if m not in sure and any(_beside(view, o, m) for o in sure):
            sure.append(m)
    for n, m in enumerate(named):
        if _PRODUCT_AFTER.match(view, m.end) or _PRODUCT_BEFORE.search(view[max(0, m.start - 8) : m.start]):
            continue
        beside = any(o is not m and _beside(view, o, m) for o in sure)
        if m not in sure:
            continue
        if not _LATIN.search(m.text) and not (_listed_as_targets(view, sentence, m) or beside):
            continue
        follows = named[n + 1] if n + 1 < len(named) else None
        if follows and follows.iris == m.iris and view[m.end : follows.start] == "（":
            continue
        yield m


def _needs_context(m: Mention) -> bool:
    entry = load().entries.get(m.iris[0])
    return entry is not None and entry.extra.get("needsContext") == "true"


def _touches(view: str, m: Mention) -> bool:
    """Whether a word such as 抑制剂 or 靶点 stands right by it."""
    after = view[m.end : m.end + 6]
    before = view[max(0, m.start - 8) : m.start]
    led = re.search(r"(?:靶点|靶向|针对|抗|阻断|抑制)（?$", before)
    return bool(led or re.match(rf"(?:[、/及和与A-Z0-9\-]*|等|双|（)?{_CONTEXT}", after))


def _near(view: str, sentence: Slice, m: Mention) -> bool:
    return bool(re.search(_CONTEXT, view[max(sentence.start, m.start - 20) : min(sentence.end, m.end + 20)]))


def _beside(view: str, a: Mention, b: Mention) -> bool:
    """Whether two mentions are next to each other in a list."""
    left, right = sorted((a, b), key=lambda m: m.start)
    return bool(re.fullmatch(r"[、/和与及，\-]|以及", view[left.end : right.start]))


def _listed_as_targets(view: str, sentence: Slice, m: Mention) -> bool:
    return bool(
        re.match(r"[^，。；]{0,30}?(?:等|的)?(?:[\u4e00-\u9fff]{0,4})靶[点标]", view[m.end : sentence.end])
    )


# ------------------------------------------------------------------ fields

_KIND_OF_PRODUCT = re.compile(
    r"(?:等(?:多|新|热门|成熟)?(?:个)?(?:靶点)?|靶点)的(?P<field>[\u4e00-\u9fffA-Za-z\-]{2,14})"
    r"(?=[，。；、）]|$|等|研发|开发|产业化)"
)


def _field(doc: Doc, sentence: Slice, m: Mention, fields: Sequence[Mention]) -> str | None:
    """The class that the sentence names for it, else the heading that is a field.

    国产单抗类药物（PD-1） → 单抗类药物; 生物类似药…针对CD20等靶点的产品 → 生物类似药; a bare PCSK9抑制剂 → its heading.
    """
    view = document_of(doc).reading.text
    bracket = re.search(
        r"(?P<field>[\u4e00-\u9fffA-Za-z\-]{2,14})（[^（）]*$", view[sentence.start : m.start]
    )
    if bracket and view.find("）", m.end, m.end + 30) >= 0:
        known = [
            f for f in fields if f.end == sentence.start + bracket.end("field") and f.start >= sentence.start
        ]
        name = known[0].text if known else re.sub(r"^.*(?:国产|进口|个|款|的)", "", bracket["field"])
        class_ = re.search(r"[\u4e00-\u9fff]{2,4}类药物$", bracket["field"])
        return re.sub(r"^(?:国产|进口)", "", class_.group()) if class_ else name
    after = _KIND_OF_PRODUCT.search(view, m.end, min(sentence.end, m.end + 40))
    if after and not is_generic(after["field"]) and field_entry(after["field"]):
        return after["field"]
    told = [f for f in fields if sentence.start <= f.start and f.end <= m.start and _governs(view, f, m)]
    headings = [re.sub(r"(?:领域|方面|方向)$", "", s.title) for s in section_titles(doc, m.start)]
    heading = next((h for h in headings if field_entry(h) is not None), None)
    if told and heading not in [f.text for f in told]:
        return re.sub(r"(?:大品种|品种|产品)$", "", told[0].text)
    return heading


def _governs(view: str, field: Mention, target: Mention) -> bool:
    """Whether a field before a target may be its class: not generic, not another inhibitor, not its neighbour in a list."""
    between = view[field.end : target.start]
    inhibitor = re.search(r"(?:抑制剂|激动剂|拮抗剂|拮抗药|阻断剂)$", field.text) or between.startswith(
        ("抑制剂", "靶点")
    )
    return not (
        is_generic(field.text) or inhibitor or "；" in between or between in ("、", "和", "及", "与", "")
    )
