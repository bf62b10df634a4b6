"""Two short plans and their facts; one of them has names that would be markup if they were not data."""

from __future__ import annotations

from typing import Any

from kg.documents.document import Document
from kg.documents.sources import document
from kg.model import ClusterFact, DocumentFact, Evidence, Fact, PlanFieldFact, RegionFieldFact

EVIL = '<script>window.hacked=1</script>"><img src=https://evil.example/x onerror="window.hacked=2">产业园'
PLAN = f"""江苏省医药规划
一、重点领域
重点发展抗体药物、新型疫苗。
二、空间布局
苏州生物医药产业园聚焦抗体药物和细胞治疗。南京市重点发展新型疫苗。
{EVIL}位于南京市，主攻</script>疫苗。
"""
OTHER = """浙江省医药规划
一、空间布局
杭州医药港主攻抗体药物。台州市重点发展化学原料药，绍兴市在化学原料药方面优势明显。
"""


def evidence(of: Document, quote: str) -> Evidence:
    start = of.text.index(quote)
    return Evidence(of.id, start, start + len(quote), quote, of.sections[-1].id)


def plans() -> list[tuple[Document, list[Fact]]]:
    jiangsu, zhejiang = document("jiangsu", PLAN), document("zhejiang", OTHER)

    def about(of: Document, region: str) -> DocumentFact:
        return DocumentFact(
            title=f"{region}医药规划", issuer=None, region=region, level="provincial", issued=None,
            period_start=2021, period_end=2025, status="final", evidence=evidence(of, f"{region}医药规划"), rule="t",
        )  # fmt: skip

    def cluster(of: Document, quote: str, name: str, region: str, *fields: str) -> ClusterFact:
        province = "江苏省" if of.id == "jiangsu" else "浙江省"
        return ClusterFact(
            name=name,
            kind="park",
            region=region,
            province=province,
            fields=fields,
            evidence=evidence(of, quote),
            rule="t",
        )

    def field(of: Document, quote: str, region: str, name: str, stance: Any = "develop") -> RegionFieldFact:
        return RegionFieldFact(
            region=region, field=name, category=None, stance=stance, evidence=evidence(of, quote), rule="t"
        )

    evil = f"{EVIL}位于南京市，主攻</script>疫苗"
    return [
        (jiangsu, [
            about(jiangsu, "江苏省"),
            PlanFieldFact(
                field="抗体药物", category="生物药", parent=None, evidence=evidence(jiangsu, "重点发展抗体药物"), rule="t"
            ),
            cluster(jiangsu, "苏州生物医药产业园聚焦抗体药物和细胞治疗", "苏州生物医药产业园", "苏州市", "抗体药物", "细胞治疗"),
            field(jiangsu, "南京市重点发展新型疫苗", "南京市", "新型疫苗"),
            cluster(jiangsu, evil, EVIL, "南京市", "</script>疫苗"),
        ]),
        (zhejiang, [
            about(zhejiang, "浙江省"),
            cluster(zhejiang, "杭州医药港主攻抗体药物", "杭州医药港", "杭州市", "抗体药物"),
            field(zhejiang, "台州市重点发展化学原料药", "台州市", "化学原料药"),
            field(zhejiang, "绍兴市在化学原料药方面优势明显", "绍兴市", "化学原料药", "strength"),
        ]),
    ]  # fmt: skip
