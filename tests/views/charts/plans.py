"""Plans whose fields have markup in their names, and two that share a sentence but for two characters."""

from __future__ import annotations

from kg.documents.document import Document
from kg.documents.sources import document
from kg.model import DocumentFact, Evidence, Fact, PlanFieldFact, RegionFieldFact

BOLD = "<b>粗体</b>疫苗"
LINK = '<a href="https://evil.example/x">点我</a>抗体'
COMMON = "加快推动疗效确切、临床价值高的中药创新药研发和产业化进程，支持企业做大做强"
CHANGED = "加快推动疗效确切、临床价值高的中药改良药研发和产业化进程，支持企业做大做强"
TEXTS = {
    "jiangsu": f"江苏省医药规划\n一、重点\n{COMMON}。\n重点发展{BOLD}、{LINK}。南京市重点发展{BOLD}。\n",
    "shandong": f"山东省医药规划\n一、重点\n{CHANGED}。\n重点发展{BOLD}、{LINK}。济南市重点发展{BOLD}。\n",
}
REGIONS = {"jiangsu": ("江苏省", "南京市"), "shandong": ("山东省", "济南市")}


def marked_plans() -> list[tuple[Document, list[Fact]]]:
    """Each province makes both fields a priority; a city of each develops the bold one."""
    return [(of := document(id_, text), _facts(of)) for id_, text in TEXTS.items()]


def _facts(of: Document) -> list[Fact]:
    province, city = REGIONS[of.id]

    def at(quote: str) -> Evidence:
        start = of.text.index(quote)
        return Evidence(of.id, start, start + len(quote), quote, of.sections[-1].id)

    return [
        DocumentFact(
            title=f"{province}医药规划", issuer=None, region=province, level="provincial", issued=None,
            period_start=2021, period_end=2025, status="final", evidence=at(f"{province}医药规划"), rule="t",
        ),
        PlanFieldFact(field=BOLD, category="生物药", parent=None, evidence=at(f"重点发展{BOLD}"), rule="t"),
        PlanFieldFact(field=LINK, category="生物药", parent=None, evidence=at(LINK), rule="t"),
        RegionFieldFact(
            region=city, field=BOLD, category="生物药", stance="develop", evidence=at(f"{city}重点发展{BOLD}"), rule="t"
        ),
    ]  # fmt: skip
