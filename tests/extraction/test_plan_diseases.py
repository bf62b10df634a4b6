"""Which diseases a plan names as the aim of a field; a disease inside a product's name, or in a review, is none."""

from __future__ import annotations

import pytest
from tables import rows

from extraction.reader import of_type
from kg.model import PlanDiseaseFact

# A passage under 1.抗体药物, and the diseases with the field that they are the aim of.
AIMS = """
# a list of diseases before its class
重点发展针对恶性肿瘤、糖尿病等疾病的抗体药物。 → 恶性肿瘤:抗体药物 | 糖尿病:抗体药物
重点研发肿瘤、血液疾病的单抗、双抗、抗体偶联药物。 → 肿瘤:抗体药物 | 血液疾病:抗体药物
开发用于骨质疏松、类风湿关节炎的抗体药物。 → 骨质疏松:抗体药物 | 类风湿关节炎:抗体药物
重点开发针对肝炎、结核等重大传染病的疫苗。 → 肝炎:疫苗 | 结核:疫苗 | 重大传染病:疫苗
# the full name of a disease
重点研发针对肿瘤、自身免疫性疾病的单抗、双抗。 → 肿瘤:抗体药物 | 自身免疫性疾病:抗体药物
# the aim before, the product after
针对恶性肿瘤、糖尿病等重大疾病，开发抗体药物。 → 恶性肿瘤:抗体药物 | 糖尿病:抗体药物
围绕心脑血管疾病、精神疾病等重大疾病，加快新药研发。 → 心脑血管疾病:抗体药物 | 精神疾病:抗体药物
# the product before, the aim after
支持开发单克隆抗体，用于强直性脊柱炎、哮喘的治疗。 → 强直性脊柱炎:单克隆抗体 | 哮喘:单克隆抗体
# a disease inside a product's name is no aim
发展宫颈癌疫苗、艾滋病疫苗。 →
发展抗肿瘤药物、降糖药。 →
发展肿瘤放疗设备。 →
# no disease
重点发展双抗、纳米抗体。 →
满足人民群众的健康需求。 →
"""


def aims(text: str) -> list[str]:
    return [f"{f.disease}:{f.field}" for f in of_type("plan_disease", text) if isinstance(f, PlanDiseaseFact)]


@pytest.mark.parametrize(("text", "expected"), rows(AIMS))
def test_diseases_are_aims_of_fields(text: str, expected: list[str]) -> None:
    assert aims(f"三、重点领域\n（一）生物药\n1.抗体药物。支持创新。\n{text}") == expected


def test_a_review_names_no_aims() -> None:
    assert aims("一、发展基础\n开发了针对恶性肿瘤、糖尿病等疾病的抗体药物。") == []


def test_the_aims_of_a_general_word_are_those_of_the_heading() -> None:
    text = "三、重点领域\n（一）化学药\n1.化学创新药。重点开发针对恶性肿瘤、糖尿病等疾病的创新药物。"
    assert aims(text) == ["恶性肿瘤:化学创新药", "糖尿病:化学创新药"]


def test_the_evidence_of_an_aim_goes_on_to_the_field() -> None:
    text = "三、重点领域\n1.抗体药物。重点发展针对 恶性 肿瘤、糖尿病等疾病的抗体药物，加快上市。"
    quotes = [f.evidence.quote for f in of_type("plan_disease", text)]
    assert quotes == ["重点发展针对 恶性 肿瘤、糖尿病等疾病的抗体药物"] * 2
