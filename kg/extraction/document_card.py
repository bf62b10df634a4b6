"""Component: what the document says of itself: its title, issuer, jurisdiction, dates, period and status."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.document import Document
from kg.extraction.agencies import is_agency
from kg.extraction.periods import document_period, five_years
from kg.extraction.state import add_facts, document_of
from kg.lexicon.vocabulary import ID, load
from kg.lexicon.words import pattern
from kg.model import DocumentFact, Level

Found = tuple[str, int, int]  # a value and where it stands in the view

_HEAD, _TAIL = 1500, 600
_KIND = pattern("document_card", "kinds")
_YEARS = r"(?:（(?:20\d\d)年?[-—~～至到]+(?:20\d\d)年?）|（试行）|（20\d\d年版）|（暂行）)?"
_ISSUE = re.compile(
    r"(?P<issuer>[^\n，。；：《》]{2,60}?)(?:关于)?(?:印发|公布|下发|转发|发布)"
    r"《?(?P<title>[^》\n，。；]{4,80}?)》?的(?:通知|公告|函)"
)
_EXCERPT = re.compile(f"[（(](?:{pattern('document_card', 'excerpts')})[）)]$")
_DRAFT = re.compile(f"（?(?:公开)?{pattern('document_card', 'drafts')}）?")
_DATE = r"(?P<y>20\d\d)年(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?"
_CN_DATE = r"(?P<y>[二〇○零一三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,2})月(?:(?P<d>[一二三四五六七八九十]{1,3})日)?"
_ISO = r"(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"


@Language.component("kg_document_card")
def document_card(doc: Doc) -> Doc:
    """Adds the one `DocumentFact` of a document."""
    document = document_of(doc)
    if not document.reading.text.strip():
        return doc
    title, issuer, issued = title_of(document), issuer_of(document), issued_of(document)
    code = doc._.jurisdiction
    region = load().entries.get(f"{ID}region/{code}") if code else None
    period = document_period(document) or _period_of(title[0] if title else "") or _period_ahead(document)
    draft = _draft(document, title)
    start, end = _span(document, [f for f in (title, issuer, issued) if f and f[2] > f[1]], period)
    add_facts(
        doc,
        [
            DocumentFact(
                title=document.title or (title[0] if title else None), issuer=issuer[0] if issuer else None,
                region=region.label if region else None, level=level_of(code), issued=issued[0] if issued else None,
                period_start=period[0] if period else None, period_end=period[1] if period else None,
                status="draft" if draft else "final", evidence=document.evidence(start, end),
                rule="document-card", confidence=0.9 if title else 0.7,
            )
        ],
    )  # fmt: skip
    return doc


def _period_of(title: str) -> tuple[int, int] | None:
    m = re.search(r"(20\d\d)年?[-—~～至到]+(20\d\d)年", title)
    return (int(m.group(1)), int(m.group(2))) if m else None


def _period_ahead(document: Document) -> tuple[int, int] | None:
    """The latest five years that the text says something is to be done in: “十四五”期间，我省要……."""
    view = document.reading.text
    ahead = [
        years for m in re.finditer(r"“?(十[二三四五六七]五)”?(?:期间|时期)(?P<rest>[^。；\n]{0,60})", view)
        if re.search(r"要|将|力争|目标|努力|计划|着力|重点", m["rest"]) and (years := five_years(m.group(1)))
    ]  # fmt: skip
    return max(ahead, default=None)


def level_of(code: str | None) -> Level | None:
    """The level of a jurisdiction by its six-digit code.

    >>> level_of("320000"), level_of("320100"), level_of("110101")
    ('provincial', 'municipal', 'county')
    """
    if code is None or not re.fullmatch(r"\d{6}", code):
        return None
    if code == "100000":
        return "national"
    if code.endswith("0000"):
        return "provincial"
    return "municipal" if code.endswith("00") else "county"


# ------------------------------------------------------------------ title


def title_of(document: Document) -> Found | None:
    """The title: as given from outside, else from the line that issues it, else the first line that looks like one."""
    view = document.reading.text
    if document.title:
        at = _place(view, document.title)
        return (document.title, *at) if at else (document.title, 0, 0)
    issue = _ISSUE.search(view[:_HEAD])
    if issue:
        return _with_draft(view, issue["title"].strip("《》"), issue.start("title"), issue.end("title"))
    return next(_title_lines(view), None)


def _place(view: str, title: str) -> tuple[int, int] | None:
    """Where a title stands in the view, if need be without its bracket at the end."""
    for form in (title, _DRAFT.sub("", title), re.sub(r"（[^（）]*）$", "", title)):
        at = view.find(form)
        if at >= 0 and form:
            rest = _DRAFT.match(view, at + len(form) + (view[at + len(form) : at + len(form) + 1] == "\n"))
            return at, rest.end() if rest else at + len(form)
    return None


def _title_lines(view: str) -> Iterator[Found]:
    at, before = 0, ""
    for line in view[:_HEAD].split("\n")[:12]:
        if re.match(r"[一1]、|（一）|第一[章节]", line):
            return
        bare = _EXCERPT.sub("", line.strip("# 《》"))
        if (
            re.search(rf"{_KIND}{_YEARS}(?:{_DRAFT.pattern})?$", bare)
            and 6 <= len(bare) <= 80
            and not re.search(r"[。；]", bare)
        ):
            broken = before and not re.search(r"[。：]$|\d$", before) and not is_agency(before)
            joined = before + bare if broken else bare
            start = at - len(before) - 1 if joined != bare else at
            yield _with_draft(view, joined, start, at + len(line))
            return
        run_on = re.match(
            rf"[^，。；\n]{{4,60}}?{_KIND}{_YEARS}(?={pattern('document_card', 'after_titles')})", bare
        )
        if run_on and not before:
            yield _with_draft(view, run_on.group(), at, at + run_on.end())
            return
        before = bare if 4 <= len(bare) <= 40 and not re.search(r"[，。：；]|\d", bare) else ""
        at += len(line) + 1


def _with_draft(view: str, title: str, start: int, end: int) -> Found:
    """A title with the （征求意见稿） that stands on the line below it."""
    years = re.match(rf"\n({_YEARS})(?=\n|$)", view[end : end + 24])
    if years and years.group(1) and not re.search(r"20\d\d年）$", title):
        title, end = title + years.group(1), end + years.end()
    below = re.match(rf"\n?（(?:{_DRAFT.pattern})）|\n?{_DRAFT.pattern}", view[end : end + 20])
    if below and "稿" not in title:
        return f"{title}（{below.group().strip('（）' + chr(10))}）", start, end + below.end()
    return title, start, end


# ------------------------------------------------------------------ issuer and date


def issuer_of(document: Document) -> Found | None:
    """Who issues it: …关于印发…, a line that is the name of a body, or a label such as 发文机关."""
    view = document.reading.text
    head = view[:_HEAD]
    issue = _ISSUE.search(head) or re.match(
        rf"(?P<issuer>[^\n，。；：《》]{{4,40}}?)关于[^\n。；]{{4,60}}?{_KIND}", head
    )
    if issue and (names := joint_issuers(issue["issuer"])):
        return names, issue.start("issuer"), issue.end("issuer")
    for labelled in re.finditer(
        f"{pattern('document_card', 'issuer_labels')}：?(?P<issuer>[\\u4e00-\\u9fff、]{{4,60}})", head
    ):
        for end in range(4, len(labelled["issuer"]) + 1):
            if names := joint_issuers(labelled["issuer"][:end]):
                rest = re.match(r"办公厅|办公室|(?:、[^、]{4,20}?[厅局委会])+", labelled["issuer"][end:])
                whole = labelled["issuer"][: end + (rest.end() if rest else 0)]
                return (
                    joint_issuers(whole) or names,
                    labelled.start("issuer"),
                    labelled.start("issuer") + len(whole),
                )
    return _own_line(view)


def joint_issuers(text: str) -> str:
    """The bodies that issue a document, with 、 between them as blanks may have stood; empty where another thing is named.

    >>> joint_issuers("云南省商务厅云南省科学技术厅"), joint_issuers("四川省经济和信息化厅等6部门")
    ('云南省商务厅、云南省科学技术厅', '四川省经济和信息化厅等6部门')
    """
    more = re.search(r"等[一二三四五六七八九十\d]{1,3}(?:个?部门|家?单位|厅局|委办局|部委)$", text)
    names = re.split(r"、", text[: more.start()] if more else text)
    opening = re.match(r"国家|[\u4e00-\u9fff]{2,3}?(?:省|市|区|县)|[\u4e00-\u9fff]{2}", names[0])
    if opening is None:
        return ""
    parted = [
        p for n in names for p in re.split(f"(?<=[厅局委会府室部院])(?={re.escape(opening.group())})", n)
    ]
    if not _is_issuer(parted[0]) or not all(is_agency(p) for p in parted):
        return ""
    return "、".join(parted) + (more.group() if more else "")


def _own_line(view: str) -> Found | None:
    """A line of the head or the tail that names a body and nothing else, with or without a date after it."""
    tail = max(_HEAD, len(view) - _TAIL)
    for low, high in ((0, _HEAD // 2), (tail, len(view))):
        at = low
        for line in view[low:high].split("\n"):
            m = re.match(rf"（?(?:{_NUMBER_OF})?(?P<name>[\u4e00-\u9fff、]{{4,60}}?){_SIGNED}）?$", line)
            names = joint_issuers(m["name"]) if m else ""
            if m and names:
                end = at + m.end("name")
                for below in view[end + 1 :].split("\n")[:6] if view[end : end + 1] == "\n" else ():
                    if not joint_issuers(below):
                        break
                    names, end = f"{names}、{below}", end + 1 + len(below)
                return names, at + m.start("name"), end
            at += len(line) + 1
    return None


_SIGNED = rf"(?:{_DATE})?(?:印发|发布|公布|制定|编制)?"
_NUMBER_OF = r"[\u4e00-\u9fff]{1,12}[〔\[（]20\d\d[〕\]）]\d{1,4}号"


def _is_issuer(name: str) -> bool:
    placed = re.match(
        f"{pattern('document_card', 'issuer_opens')}|[\\u4e00-\\u9fff]{{1,8}}?[省市区县州盟旗]", name
    )
    return is_agency(name) and bool(placed) and not re.match(r"各|省政府|市政府|有关", name)


def issued_of(document: Document) -> Found | None:
    """When it was issued: the date beside the signature, else a labelled one, else a line that is a date."""
    view = document.reading.text
    for low, high in ((0, _HEAD), (max(0, len(view) - _TAIL), len(view))):
        part = view[low:high]
        for dated in _DATES:
            m = dated.search(part)
            if m:
                return _date(m), low + m.start("y"), low + m.end()
    return None


_DATES = tuple(
    re.compile(p, re.M)
    for p in (
        rf"(?:政府|办公厅|办公室|[厅局委部会])\n?{_DATE}(?=[（\n]|$)",
        rf"(?:成文日期|印发日期|发文日期|成文时间)：?\n?(?:{_DATE})",
        rf"(?:成文日期|印发日期|发文日期|成文时间)：?\n?(?:{_ISO})",
        rf"^（?{_DATE}(?:印发|发布|公布|公开|制定)?）?$",
        rf"(?:政府|办公厅|办公室|[厅局委部会]){_DATE}(?:印发|发布|公布|公开|制定)",
        rf"(?:发布日期|发布时间|公开日期|日期|时间)：?\n?(?:{_DATE})",
        rf"(?:发布日期|发布时间|公开日期|日期|时间)：?\n?(?:{_ISO})",
        rf"^{_ISO}$",
        rf"^{_CN_DATE}$",
        rf"(?<=政府|公厅|公室|信厅|改委|监局){_CN_DATE}",
        rf"(?<=政府|公厅|公室|信厅|改委|监局){_DATE}",
    )
)


def _date(m: re.Match[str]) -> str:
    """A date in ISO form; its numbers may be in Chinese characters: 二〇二一年十二月三日."""
    year = m["y"].translate(_DIGITS) if not m["y"].isdigit() else m["y"]
    day = f"-{_number(m['d']):02d}" if m["d"] else ""
    return f"{year}-{_number(m['m']):02d}{day}"


_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def _number(text: str) -> int:
    if text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return int((tens or ("1" if ten else "0")).translate(_DIGITS)) * 10 + int(
        (ones or "0").translate(_DIGITS)
    )


def _draft(document: Document, title: Found | None) -> bool:
    text = f"{document.title or ''}\n{title[0] if title else ''}\n{document.reading.text[:300]}"
    return bool(_DRAFT.search(re.sub(r"（以下简称[^）]*）", "", text)))


def _span(document: Document, found: list[Found], period: tuple[int, int] | None) -> tuple[int, int]:
    """The shortest stretch of the head that shows all that was found, else the words that tell the period, else a line."""
    view = document.reading.text
    near = [f for f in found if f[1] < _HEAD]
    if near:
        places = [_everywhere(view[:_HEAD], f) for f in near]
        windows = [(min(p[0] for p in chosen), max(p[1] for p in chosen)) for chosen in product(*places)]
        return min(windows, key=lambda w: (w[1] - w[0], w[0]))
    for m in re.finditer(r"“(十[一二三四五六]?五)”(?:期间|时期)?[^，。；\n]{0,20}", view):
        if five_years(m.group(1)) == period:
            return m.span()
    first = re.search(r"[^\n]{1,60}", view)
    return first.span() if first else (0, 1)


def _everywhere(head: str, found: Found) -> list[tuple[int, int]]:
    """The first places where what was found stands in the head."""
    text = head[found[1] : found[2]]
    at = [m.start() for m in re.finditer(re.escape(text), head)] if text else []
    return [(i, i + len(text)) for i in at[:4]] or [(found[1], found[2])]
