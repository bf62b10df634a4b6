"""A graph of a few words, made up so that every number can be worked out by hand.

Fields: 生物药 ⊃ 抗体药物 ⊃ 双抗; 生物药 ⊃ 疫苗; 医疗器械 ⊃ 支架, 影像. 生物药 and 医疗器械 are the sectors.

Regions: 甲省 has 甲一市 and 甲二市 (with 甲二县); 乙省 has 乙一市; 丙市 is a municipality with 丙区 right under it.
丁省 has 丁一市 and 丁二市, of which these documents say nothing.

| document        | names                                                                       |
|-----------------|-----------------------------------------------------------------------------|
| guide 2016–2020 | (national) 抗体药物, 影像                                                   |
| jia 2021–2025   | 抗体药物, 疫苗; 甲一市 双抗, 支架; 甲二县 影像 (strong in); 甲二市 抗体药物 |
| yi-old 2016–20  | 疫苗; 乙一市 医疗器械                                                       |
| yi-new 2022–24  | 抗体药物, 影像; 乙一市 双抗, 支架 (strong in)                               |
| bing (no years) | 疫苗; 丙区 支架                                                             |
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Quad, RdfFormat, parse

from kg.graph.store import GraphStore
from kg.namespaces import ID, PREFIXES

FIELDS = {"抗体药物": "生物药", "双抗": "抗体药物", "疫苗": "生物药", "支架": "医疗器械", "影像": "医疗器械"}
REGIONS = {
    "甲省": ("320000", "Province", "中国"), "甲一市": ("320100", "Prefecture", "甲省"),
    "甲二市": ("320200", "Prefecture", "甲省"), "甲二县": ("320201", "County", "甲二市"),
    "乙省": ("330000", "Province", "中国"), "乙一市": ("330100", "Prefecture", "乙省"),
    "丙市": ("310000", "Province", "中国"), "丙区": ("310101", "County", "丙市"),
    "丁省": ("340000", "Province", "中国"), "丁一市": ("340100", "Prefecture", "丁省"),
    "丁二市": ("340200", "Prefecture", "丁省"),
    "中国": ("100000", "Country", None),
}  # fmt: skip
DOCUMENTS: dict[str, tuple[str, str, int | None, int | None]] = {
    "guide": ("中国", "National", 2016, 2020), "jia": ("甲省", "Provincial", 2021, 2025),
    "yi-old": ("乙省", "Provincial", 2016, 2020), "yi-new": ("乙省", "Provincial", 2022, 2024),
    "bing": ("丙市", "Provincial", None, None),
}  # fmt: skip
Row = tuple[str, str, str, str]
CLAIMS: tuple[Row, ...] = (
    ("guide", "guide", "prioritises", "抗体药物"), ("guide", "guide", "prioritises", "影像"),
    ("jia", "jia", "prioritises", "抗体药物"), ("jia", "jia", "prioritises", "疫苗"),
    ("jia", "甲一市", "develops", "双抗"), ("jia", "甲一市", "develops", "支架"),
    ("jia", "甲二县", "strongIn", "影像"), ("jia", "甲二市", "develops", "抗体药物"),
    ("yi-old", "yi-old", "prioritises", "疫苗"), ("yi-old", "乙一市", "develops", "医疗器械"),
    ("yi-new", "yi-new", "prioritises", "抗体药物"), ("yi-new", "yi-new", "prioritises", "影像"),
    ("yi-new", "乙一市", "develops", "双抗"), ("yi-new", "乙一市", "strongIn", "支架"),
    ("bing", "bing", "prioritises", "疫苗"), ("bing", "丙区", "develops", "支架"),
)  # fmt: skip


def iri(name: str, documents: Iterable[str] = DOCUMENTS) -> str:
    """The IRI of a document, region, cluster (``某园``) or field."""
    if name in documents:
        return f"{ID}document/{name}"
    if name in REGIONS:
        return f"{ID}region/{REGIONS[name][0]}"
    return f"{ID}{'cluster' if name.endswith('园') else 'field'}/{name}"


def graph(
    claims: Iterable[Row] = CLAIMS,
    documents: Mapping[str, tuple[str, str, int | None, int | None]] = DOCUMENTS,
    *,
    fields: Mapping[str, str] = FIELDS,
    texts: Mapping[str, str] | None = None,
    more: Iterable[Quad] = (),
    places: Mapping[Row, tuple[int, int]] | None = None,
) -> GraphStore:
    """A store of claims (document, who, how, field); the n-th stands at ``20 n`` unless a place is given."""
    rows = list(claims)
    lines = [f"@prefix {p}: <{full}> ." for p, full in PREFIXES.items()]
    for below, above in fields.items():
        lines.append(f"<{iri(below)}> skos:broader <{iri(above)}> .")
    for name in sorted({*fields, *fields.values(), *(field for *_, how, field in rows if how != "hosts")}):
        lines.append(f'<{iri(name)}> a pp:ProductField ; skos:prefLabel "{name}"@zh .')
    for name, (_, kind, above) in REGIONS.items():
        lines.append(f'<{iri(name)}> a pp:{kind} ; rdfs:label "{name}"@zh .')
        if above:
            lines.append(f"<{iri(name)}> pp:within <{iri(above)}> .")
    for n, row in enumerate(rows):
        doc, who, how, field = row
        quote = f"{who}{field}"
        start, end = (places or {}).get(row, (20 * n, 20 * n + len(quote)))
        quote = quote.ljust(end - start, "…")[: end - start]
        if who.endswith("园"):
            lines.append(f'<{iri(who)}> rdfs:label "{who}"@zh .')
        lines.append(
            f"[] rdf:subject <{iri(who, documents)}> ; rdf:predicate pp:{how} ; rdf:object <{iri(field)}> ; "
            f'pp:start {start} ; pp:end {end} ; pp:quote "{quote}" ; pp:rule "r" ; pp:confidence 0.9 ; '
            f"prov:wasDerivedFrom <{iri(doc, documents)}> ."
        )
    quads = list(parse("\n".join(lines), format=RdfFormat.TRIG))
    for id_, (region, level, start, end) in documents.items():
        own = iri(id_, documents)
        years = f" ; pp:periodStart {start} ; pp:periodEnd {end}" if start else ""
        body = (
            f'<{own}> a pp:PolicyDocument ; dcterms:identifier "{id_}" ; dcterms:title "{id_}"@zh ; '
            f"pp:jurisdiction <{iri(region)}> ; pp:governmentLevel pp:{level}{years} ."
        )
        head = "\n".join(lines[: len(PREFIXES)])
        quads.extend(parse(f"{head}\n<{own}> {{ {body} }}", format=RdfFormat.TRIG))
    return GraphStore.in_memory([*quads, *more], texts)
