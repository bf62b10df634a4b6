"""The quotations of facts: short sentences with the quotation wanted, and what must hold of every quotation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from strategies import moderate, plans
from tables import rows

from extraction.reader import facts, of_type
from kg.documents.document import Document
from kg.documents.sources import documents
from kg.extraction.evidence import LONGEST
from kg.extraction.pipeline import extract
from kg.model import (
    CitesFact,
    DrugTargetFact,
    EnterpriseFact,
    Fact,
    InstitutionFact,
    PlanDiseaseFact,
    PlanFieldFact,
    RegionFieldFact,
)
from kg.resources import seeds_dir

_MARKS = str.maketrans("", "", "⟦⟧")
QUOTES = """
# a field from the verb that leads its list
三、重点领域⏎（一）生物药⏎到2025年，⟦重点发展双抗、疫苗⟧，扩大出口。 → plan_field 疫苗
三、重点领域⏎（一）化学药⏎⟦加快发展缓控释、透皮吸收等新型制剂⟧，扩大出口。 → plan_field 新型制剂
三、重点领域⏎（一）生物药⏎⟦大力发展细胞及基因治疗⟧，扩大出口。 → plan_field 细胞治疗
# a field from the label that is its parent
三、重点领域⏎（一）化学药⏎⟦高端制剂领域：重点发展脂质体、脂微球⟧，扩大出口。 → plan_field 脂微球
# a heading with its number
三、重点领域⏎（一）生物药⏎⟦1.抗体药物⟧。重点发展双抗。 → plan_field 抗体药物
# a field from the region that is to develop it, and who supports that
四、空间布局⏎⟦支持株洲、湘潭等地重点发展中药饮片、疫苗⟧，扩大出口。 → region_field 疫苗
四、空间布局⏎株洲重点发展双抗；⟦湘潭发挥传统优势，重点发展中药饮片⟧。 → region_field 中药饮片
# a disease with the field whose aim it is, after it, before it, or in the label
三、重点领域⏎（一）生物药⏎⟦重点发展针对肿瘤、糖尿病等疾病的抗体药物⟧，扩大出口。 → plan_disease 肿瘤
三、重点领域⏎（一）生物药⏎⟦1.抗体药物。重点针对肿瘤、糖尿病等重大疾病⟧，开展新药研发。 → plan_disease 肿瘤
# a drug target with its field
三、重点领域⏎（一）生物药⏎⟦推动生物类似药产业化，重点针对CD20、VEGF⟧等靶点的产品。 → drug_target VEGF
三、重点领域⏎（一）生物药⏎⟦1.抗体药物。加快开发PCSK9抑制剂⟧，扩大出口。 → drug_target PCSK9
# a company with what it makes, or with what is said of it
二、发展现状⏎截至目前，⟦明岳医疗的64排CT⟧、康诺生物的重组人凝血因子等产品获批上市。 → enterprise 明岳医疗
二、发展现状⏎截至目前，明岳医疗的64排CT、⟦康诺生物的重组人凝血因子⟧等产品获批上市。 → enterprise 康诺生物
二、发展现状⏎目前，⟦石药集团、以岭药业、华北制药入选全国百强⟧，效益良好。 → enterprise 以岭药业
# an institution with who builds it
五、重点任务⏎扩大开放，⟦支持株洲建设药物安全评价中心⟧，加强合作。 → institution 药物安全评价中心
五、重点任务⏎支持湘潭大学建设药物合成研究院、⟦中南大学建设抗体药物研究院⟧，加强合作。 → institution 抗体药物研究院
五、重点任务⏎⟦支持湘潭大学、中南大学等建设高级别生物安全实验室⟧，加强合作。 → institution 中南大学
# a policy with the verb that refers to it, its marks closed
六、保障措施⏎加强领导，⟦认真贯彻落实《药品管理法》⟧《疫苗管理法》等法律法规，强化监管。 → cites 药品管理法
六、保障措施⏎抢抓机遇，⟦深入推进健康中国建设⟧，强化监管。 → cites 健康中国
六、保障措施⏎同时⟦实施“雄鹰行动”⟧，强化监管。 → cites 雄鹰行动
六、保障措施⏎⟦药品上市许可持有人制度全面实施⟧，强化监管。 → cites 药品上市许可持有人制度
"""


def name_of(fact: Fact) -> str | None:
    """The name that the quotation of a fact must hold; none for facts that are about more than a name."""
    match fact:
        case PlanFieldFact() | RegionFieldFact():
            return fact.field
        case PlanDiseaseFact():
            return fact.disease
        case CitesFact():
            return fact.policy
        case DrugTargetFact() | EnterpriseFact() | InstitutionFact():
            return fact.name
        case _:
            return None


@pytest.mark.parametrize(("text", "what"), rows(QUOTES))
def test_what_is_quoted(text: str, what: list[str]) -> None:
    """The rows hold the quotation in ⟦⟧; then the type and the name of the fact."""
    type_, name = what[0].split()
    wanted = text.partition("⟦")[2].partition("⟧")[0]
    found = {f.evidence.quote for f in of_type(type_, text.translate(_MARKS)) if name_of(f) == name}
    assert found == {wanted}


def test_a_list_too_long_to_quote_is_cut_to_the_clause() -> None:
    many = "、".join(f"第{n}类用途的检测试剂" for n in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉")
    text = f"四、空间布局\n株洲重点发展{many}，推进双抗。"
    (fact,) = (f for f in of_type("region_field", text) if name_of(f) == "双抗")
    assert fact.evidence.quote == "推进双抗"


def test_bold_type_is_quoted_with_both_its_marks() -> None:
    text = "四、空间布局\n**株洲生物医药产业集群。**打造双抗、疫苗等产业集群。"
    quotes = {f.evidence.quote for f in of_type("region_field", text) if name_of(f) == "双抗"}
    assert quotes == {"**株洲生物医药产业集群。**打造双抗"}


def test_facts_that_share_a_quotation_come_as_their_names_stand() -> None:
    text = "二、发展现状\n目前，石药集团、以岭药业、华北制药入选全国百强。"
    assert [name_of(f) for f in of_type("enterprise", text)] == ["石药集团", "以岭药业", "华北制药"]


# ------------------------------------------------------------------ what holds of all


@pytest.fixture(scope="module")
def read() -> list[tuple[Document, tuple[Fact, ...]]]:
    return [(d, extract(d)) for d in documents([seeds_dir()])]


def quotations(read: list[tuple[Document, tuple[Fact, ...]]]) -> Iterator[tuple[Document, Fact, str]]:
    """Every fact with its quotation as the reading view has it: without blanks and marks of type."""
    for document, found in read:
        for fact in found:
            plain = "".join(c for c in fact.evidence.quote if not c.isspace() and c != "*")
            yield document, fact, plain.translate(str.maketrans("()", "（）"))


def test_a_quotation_is_what_stands_there(read: list[tuple[Document, tuple[Fact, ...]]]) -> None:
    for document, fact, _ in quotations(read):
        assert document.text[fact.evidence.start : fact.evidence.end] == fact.evidence.quote


def test_a_quotation_is_not_too_long(read: list[tuple[Document, tuple[Fact, ...]]]) -> None:
    assert max(len(plain) for _, _, plain in quotations(read)) <= LONGEST


def test_a_quotation_holds_the_name(read: list[tuple[Document, tuple[Fact, ...]]]) -> None:
    lacking = []
    named = 0
    for _, fact, plain in quotations(read):
        if (name := name_of(fact)) is None:
            continue
        named += 1
        letters = {c for c in name if c.isalnum()}  # words of a list may stand apart: 细胞及基因|治疗
        if not letters <= set(plain):
            lacking.append((name, plain))
    # 省重点实验室 → 江苏省重点实验室 and the like: what a name takes from elsewhere is not in its sentence
    assert len(lacking) <= 0.02 * named, lacking


def test_a_quotation_says_more_than_the_name(read: list[tuple[Document, tuple[Fact, ...]]]) -> None:
    bare = [
        fact for _, fact, plain in quotations(read)
        if (name := name_of(fact)) and len(plain.strip("《》“”")) <= len(name)
    ]  # fmt: skip
    assert len(bare) <= 20, [(f.type, name_of(f), f.evidence.quote) for f in bare]


def test_the_field_of_a_disease_in_its_clause_is_quoted(
    read: list[tuple[Document, tuple[Fact, ...]]],
) -> None:
    for document, fact, plain in quotations(read):
        if isinstance(fact, PlanDiseaseFact) and fact.field:
            after = document.text[fact.evidence.end :].partition("，")[0].partition("。")[0]
            assert fact.field in plain or fact.field not in after.partition("；")[0], plain


def test_brackets_close(read: list[tuple[Document, tuple[Fact, ...]]]) -> None:
    """But where the passage of a shuffled page breaks off before they do."""
    for document, fact, plain in quotations(read):
        if not document.reading.moved:
            for opened, shut in ("（）", "《》", "“”"):
                assert plain.count(opened) == plain.count(shut), (fact.type, plain)


@moderate(40)
@given(plans())
def test_a_made_up_plan_is_quoted_exactly(text: str) -> None:
    for fact in facts.__wrapped__(text):  # the reader checks text[start:end] == quote
        assert len("".join(fact.evidence.quote.split())) <= LONGEST + 4 or fact.type in (
            "document",
            "responsible",
        )
