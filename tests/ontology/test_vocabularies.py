"""The smaller vocabularies hold what the linker relies on.

Both languages, one owner a label, no cycles, true codes, and short names that are safe in running text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.lexicon.vocabulary import ID, PP, fold

FOLDER = Path(__file__).resolve().parents[2] / "ontology" / "vocabularies"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABELS = (f"{SKOS}prefLabel", f"{SKOS}altLabel", f"{SKOS}hiddenLabel")

# file, kind in the IRI, class, least number of entries
FILES = [
    ("diseases", "disease", "Disease", 300),
    ("drug-targets", "drug-target", "DrugTarget", 350),
    ("indicators", "indicator", "Indicator", 150),
    ("agencies", "agency", "Agency", 130),
    ("enterprises", "enterprise", "Enterprise", 800),
    ("institutions", "institution", "Institution", 400),
    ("programmes", "programme", "Programme", 200),
]
each_file = pytest.mark.parametrize(("file", "kind", "cls", "least"), FILES, ids=[f[0] for f in FILES])

Term = ox.NamedNode | ox.Literal
Props = dict[str, list[Term]]


@cache
def things(file: str) -> dict[str, Props]:
    """The subjects of a vocabulary file with their values by property, in order of the file."""
    found: dict[str, Props] = {}
    for t in ox.parse(path=str(FOLDER / f"{file}.ttl"), format=ox.RdfFormat.TURTLE):
        assert isinstance(t.subject, ox.NamedNode), "no blank nodes in a vocabulary"
        assert isinstance(t.object, ox.NamedNode | ox.Literal)
        found.setdefault(t.subject.value, {}).setdefault(t.predicate.value, []).append(t.object)
    return found


def entries(file: str, kind: str) -> dict[str, Props]:
    """The entries of a file: all its subjects but the scheme."""
    return {iri: props for iri, props in things(file).items() if iri.startswith(f"{ID}{kind}/")}


def languages(props: Props) -> list[str]:
    """The language tags of the preferred labels."""
    return [str(o.language) for o in props[f"{SKOS}prefLabel"] if isinstance(o, ox.Literal)]


def values(props: Props, name: str) -> list[str]:
    """The values of a pp: property, as strings."""
    return [o.value for o in props.get(f"{PP}{name}", [])]


def labels(props: Props) -> Iterator[str]:
    """All names that may be matched in text."""
    for p in LABELS:
        yield from (o.value for o in props.get(p, []))


@each_file
def test_size_class_and_scheme(file: str, kind: str, cls: str, least: int) -> None:
    found = entries(file, kind)
    assert len(found) >= least
    scheme = f"{ID}scheme/{file}"
    assert sorted(languages(things(file)[scheme])) == ["en", "zh"]
    assert set(things(file)) == set(found) | {scheme}, "every subject is an entry or the scheme"
    for iri, props in found.items():
        assert ox.NamedNode(PP + cls) in props[RDF_TYPE], iri
        assert props[f"{SKOS}inScheme"] == [ox.NamedNode(scheme)], iri


@each_file
def test_one_preferred_label_a_language(file: str, kind: str, cls: str, least: int) -> None:
    for iri, props in entries(file, kind).items():
        tags = languages(props)
        assert len(tags) == len(set(tags)), iri
        if kind == "drug-target":  # the Chinese name is given only where one is usual
            assert "en" in tags, iri
        elif kind in {"enterprise", "institution"}:  # the English one only where it is known
            assert "zh" in tags, iri
        else:
            assert sorted(tags) == ["en", "zh"], iri


@each_file
def test_nearly_all_have_english(file: str, kind: str, cls: str, least: int) -> None:
    found = entries(file, kind)
    assert sum("en" in languages(p) for p in found.values()) >= 0.99 * len(found)


@each_file
def test_slugs_are_plain_and_unique(file: str, kind: str, cls: str, least: int) -> None:
    for iri in entries(file, kind):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", iri.removeprefix(f"{ID}{kind}/")), iri
    # two entries under one IRI would show as two preferred labels of a language, which the test above forbids


@each_file
def test_a_label_belongs_to_one_entry(file: str, kind: str, cls: str, least: int) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for iri, props in entries(file, kind).items():
        for label in labels(props):
            owners[fold(label)].add(iri)
    assert {name: sorted(iris) for name, iris in owners.items() if len(iris) > 1} == {}


@each_file
def test_labels_are_clean(file: str, kind: str, cls: str, least: int) -> None:
    for props in entries(file, kind).values():
        for label in labels(props):
            assert label == label.strip()
            assert fold(label), label
            assert not set("{}|;?") & set(label), label


@each_file
def test_hierarchy_has_no_cycle_and_no_loose_end(file: str, kind: str, cls: str, least: int) -> None:
    found = entries(file, kind)
    parents = {iri: [o.value for o in props.get(f"{SKOS}broader", [])] for iri, props in found.items()}
    for iri in found:
        assert set(parents[iri]) <= set(found), iri
        seen, queue = {iri}, list(parents[iri])
        while queue:
            at = queue.pop()
            assert at != iri, f"{iri} stands above itself"
            if at not in seen:
                seen.add(at)
                queue.extend(parents[at])


@pytest.mark.parametrize(("file", "kind"), [("enterprises", "enterprise"), ("institutions", "institution")])
def test_seats(file: str, kind: str) -> None:
    regions = things("regions")
    for iri, props in entries(file, kind).items():
        for region in values(props, "basedIn"):
            assert re.fullmatch(re.escape(ID) + r"region/\d{6}", region), iri
            assert region in regions, f"{iri}: {region} is not in regions.ttl"
        for country in values(props, "country"):
            assert re.fullmatch(r"[A-Z]{2}", country), iri
        assert len(values(props, "basedIn")) + len(values(props, "country")) <= 1, iri


def test_enterprises_cover_the_country() -> None:
    seats = [v for p in entries("enterprises", "enterprise").values() for v in values(p, "basedIn")]
    assert len({seat.rsplit("/", 1)[1][:2] for seat in seats}) >= 31


def test_sectors_are_known() -> None:
    known = {"sheng-wu-yao", "hua-xue-yao", "zhong-yao", "yi-liao-qi-xie", "zhi-yao-she-bei"}
    known |= {"yao-yong-fu-liao-he-bao-zhuang", "xin-ye-tai"}
    for iri, props in entries("enterprises", "enterprise").items():
        (sector,) = values(props, "inSector")
        assert sector.removeprefix(f"{ID}field/") in known, iri


@pytest.mark.parametrize(
    ("file", "kind", "name", "allowed"),
    [
        ("agencies", "agency", "level", "national local foreign"),
        (
            "institutions",
            "institution",
            "institutionKind",
            "University Hospital Laboratory Platform Association OtherInstitution",
        ),
        ("programmes", "programme", "programmeKind", "strategy plan law system programme tax"),
    ],
)
def test_closed_lists(file: str, kind: str, name: str, allowed: str) -> None:
    for iri, props in entries(file, kind).items():
        assert len(values(props, name)) == 1, iri
        assert {v.removeprefix(PP) for v in values(props, name)} <= set(allowed.split()), iri


def test_local_agencies_have_no_place_in_their_names() -> None:
    for iri, props in entries("agencies", "agency").items():
        if values(props, "level") == ["local"]:
            assert not [
                x for x in labels(props) if x.startswith(("省", "市委", "县", "浙江", "江苏", "山东"))
            ], iri


def test_icd10_codes() -> None:
    code = r"[A-Z]\d\d(\.\d)?"
    for iri, props in entries("diseases", "disease").items():
        for value in values(props, "icd10"):
            assert re.fullmatch(rf"{code}(-{code})?", value), iri


def test_gene_symbols() -> None:
    seen: dict[str, str] = {}
    for iri, props in entries("drug-targets", "drug-target").items():
        for symbol in values(props, "hgnc"):
            assert re.fullmatch(r"[A-Z][A-Z0-9-]*", symbol), iri
            assert seen.setdefault(symbol, iri) == iri, f"{symbol} is the gene of two targets"


@pytest.mark.parametrize("slug", ["met", "alk", "kit", "ret", "cea"])
def test_ambiguous_symbols_need_context(slug: str) -> None:
    props = entries("drug-targets", "drug-target")[f"{ID}drug-target/{slug}"]
    assert values(props, "needsContext") == ["true"]


def test_indicators_have_known_kinds_of_quantity() -> None:
    kinds = {"Currency", "DimensionlessRatio", "Count", "Time", "Mass", "Area"}
    for iri, props in entries("indicators", "indicator").items():
        assert {v.rsplit("/", 1)[1] for v in values(props, "quantityKind")} <= kinds, iri


DRUG_INNOVATION = "zhong-da-xin-yao-chuang-zhi-guo-jia-ke-ji-zhong-da-zhuan-xiang"


@pytest.mark.parametrize(
    ("file", "kind", "name", "slug"),
    [
        ("diseases", "disease", "心脑血管", "xin-nao-xue-guan-ji-bing"),
        ("diseases", "disease", "代谢类疾病", "dai-xie-xing-ji-bing"),
        ("drug-targets", "drug-target", "HER2", "her2"),
        ("drug-targets", "drug-target", "TNFα", "tnf-alpha"),
        ("drug-targets", "drug-target", "白细胞介素-6", "il-6"),
        ("indicators", "indicator", "研发费用占营业收入比重", "yan-fa-tou-ru-qiang-du"),
        ("agencies", "agency", "经信厅", "gong-ye-he-xin-xi-hua-ting"),
        ("agencies", "agency", "药监局", "yao-pin-jian-du-guan-li-ju"),
        ("enterprises", "enterprise", "江苏恒瑞医药股份有限公司", "heng-rui-yi-yao"),
        ("institutions", "institution", "中检院", "zhong-guo-shi-pin-yao-pin-jian-ding-yan-jiu-yuan"),
        ("programmes", "programme", "“一带一路”", "yi-dai-yi-lu"),
        ("programmes", "programme", "重大新药创制科技重大专项", DRUG_INNOVATION),
    ],
)
def test_usual_wordings_lead_home(file: str, kind: str, name: str, slug: str) -> None:
    home = [iri for iri, p in entries(file, kind).items() if fold(name) in {fold(x) for x in labels(p)}]
    assert home == [f"{ID}{kind}/{slug}"]


@pytest.mark.parametrize(
    ("file", "kind", "sentence"),
    [
        ("enterprises", "enterprise", "新药明显增多，创新和成果转化加快，以上药品加强生产"),
        (
            "enterprises",
            "enterprise",
            "上海正式生产的微创医疗器械，关联影响较小，权威高效，平安进口，老年人福利",
        ),
        ("diseases", "disease", "弘扬精神，推动早产业化，承诺如实申报，各自免费，发布病例"),
        ("diseases", "disease", "突出血液制品，突破天花板，分析其中毒性药材，当地贫困"),
        ("programmes", "programme", "坚持创新驱动、开放合作，推动企业走出去，培育专精特新企业"),
    ],
)
def test_plain_wording_is_not_mistaken(file: str, kind: str, sentence: str) -> None:
    names = {x for p in entries(file, kind).values() for x in labels(p) if len(x) > 1}
    assert [x for x in sorted(names) if x in sentence] == []
