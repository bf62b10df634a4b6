"""Which molecular targets a text names, under which field, and which symbols are none."""

from __future__ import annotations

import pytest

from kg.documents.sources import document
from kg.extraction.pipeline import extract
from kg.model import DrugTargetFact

ROWS = [
    ("重点发展针对PD-1、HER2等靶点的抗体药物。", ["PD-1", "HER2"]),
    ("加快PCSK9抑制剂产业化。", ["PCSK9"]),
    ("推进肿瘤免疫治疗药物PD-1/PD-L1研发。", ["PD-1", "PD-L1"]),
    ("发展CD19 CAR-T、BCMA CAR-T等细胞治疗产品。", ["CD19", "BCMA"]),
    ("研发EGFR-TKI、ALK抑制剂等小分子药物。", ["EGFR", "ALK"]),
    ("开发VEGF单抗、TNF-α单抗。", ["VEGF", "TNF-α"]),
    ("支持GLP-1受体激动剂上市。", ["GLP-1受体"]),
    ("布局Claudin18.2、TIGIT、TROP2等热门靶点。", ["Claudin18.2", "TIGIT", "TROP2"]),
    ("推动IL-17A、IL-23拮抗剂研发。", ["IL-17A", "IL-23"]),
    ("治疗骨质疏松的RANKL等新药。", ["RANKL"]),
    ("血管炎症白介素6拮抗药研发取得进展。", ["白介素6"]),
    ("开展PARP抑制剂、CDK4/6抑制剂研究。", ["PARP", "CDK4/6"]),
    ("推进CTLA-4单抗国际注册。", ["CTLA-4"]),
    ("发展CD20、CD38抗体。", ["CD20", "CD38"]),
    ("研制KRAS G12C抑制剂。", ["KRAS G12C"]),
    ("程序性死亡受体1（PD-1）抗体获批。", ["PD-1"]),
    ("面向XKR7、ZDHHC9等新靶点开展研究。", ["XKR7", "ZDHHC9"]),
    ("研究MET、RET等靶点。", ["MET", "RET"]),
    ("开发BTK降解剂、JAK抑制剂。", ["BTK", "JAK"]),
    ("新型双抗（PD-1/VEGF）进入临床。", ["PD-1", "VEGF"]),
    # products, markers and other words
    ("加快胰高血糖素样肽-1（GLP-1）类似物开发。", []),
    ("生产重组人白介素-2、重组人干扰素。", []),
    ("研发EGFR基因突变检测试剂盒。", []),
    ("开展CEA、AFP检测。", []),
    ("通过MET系统管理数据，应用ERP、MES。", []),
    ("提高企业KIT配置水平。", []),
    ("发展ADC、mRNA疫苗。", []),
    ("获得FDA、COS认证。", []),
    ("推进靶点发现和验证。", []),
    ("提升CT、MRI、PET-CT性能。", []),
    ("建设GLP、GCP机构。", []),
]


def named(text: str) -> list[DrugTargetFact]:
    facts = [f for f in extract(document("demo", text)) if isinstance(f, DrugTargetFact)]
    for fact in facts:
        assert text[fact.evidence.start : fact.evidence.end] == fact.evidence.quote
    return facts


@pytest.mark.parametrize(("sentence", "names"), ROWS)
def test_targets_of_a_sentence(sentence: str, names: list[str]) -> None:
    assert [f.name for f in named("某省医药规划\n一、重点领域\n" + sentence)] == names


FIELDS = [
    ("获批的国产单抗类药物（PD-1）有两个。", "单抗类药物"),
    ("推动生物类似药大品种产业化，重点是针对CD20等靶点的产品。", "生物类似药"),
    ("重点开发针对肿瘤的抗体药物，如治疗高胆固醇血症的PCSK9抑制剂等新药。", "抗体药物"),
    ("加快PCSK9抑制剂产业化。", "抗体药物"),
    ("发展针对BCMA等靶点的细胞治疗产品。", "细胞治疗产品"),
]


@pytest.mark.parametrize(("sentence", "field"), FIELDS)
def test_field_that_a_target_stands_under(sentence: str, field: str) -> None:
    found = named("某省医药规划\n一、重点领域\n（一）生物药\n1.抗体药物。" + sentence)
    assert [f.field for f in found] == [field]


def test_a_target_is_named_once_a_field() -> None:
    text = "某省医药规划\n一、重点\n1.抗体药物。发展PD-1抑制剂。推进PD-1抑制剂上市。\n2.小分子靶向药物。发展PD-1抑制剂。"
    assert [(f.name, f.field) for f in named(text)] == [("PD-1", "抗体药物"), ("PD-1", "小分子靶向药物")]
