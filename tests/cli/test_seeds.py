"""The main question, asked of the shipped documents in both ways: by SPARQL, and by the saved query."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.namespaces import ID

from .conftest import Kg

PLANS = ("jiangsu-2021-2025", "shandong-2021-2025", "zhejiang-2016-2020", "zhejiang-2022-2024")
BY_TERMS = "SELECT DISTINCT ?city ?cluster { GRAPH ?document { ?city pp:hosts ?cluster } }"

# Read in the documents, with the six digits of the city.
KNOWN = {
    ("jiangsu-2021-2025", "320500", "苏州生物医药产业园"),
    ("jiangsu-2021-2025", "320100", "南京生物医药谷"),
    ("jiangsu-2021-2025", "320700", "连云港中华药港"),
    ("jiangsu-2021-2025", "321200", "泰州中国医药城"),
    ("zhejiang-2016-2020", "331000", "台州国家医药新型工业化产业示范基地"),
    ("zhejiang-2016-2020", "330727", "磐安江南药镇"),
    ("zhejiang-2022-2024", "330100", "杭州综合保税区"),
    ("shandong-2021-2025", "371300", "临沂综合医药产业集群"),
    ("shandong-2021-2025", "371700", "菏泽现代医药产业集群"),
}


def rows(kg: Kg, store: Path, *args: str) -> list[dict[str, str]]:
    out = kg("query", *args, "--store", str(store), "--format", "json")
    assert out.exit_code == 0, out.stderr
    return [{k: v["value"] for k, v in row.items()} for row in json.loads(out.stdout)["results"]["bindings"]]


@pytest.mark.parametrize("plan", PLANS)
def test_both_ways_give_the_same_pairs(kg: Kg, store: Path, plan: str) -> None:
    by_terms = rows(kg, store, BY_TERMS, "--param", f"document=<{ID}document/{plan}>")
    by_name = rows(kg, store, "cities-clusters", "--param", f"document={plan}")
    assert {(r["city"], r["cluster"]) for r in by_name} == {(r["city"], r["cluster"]) for r in by_terms}
    assert by_name


def test_the_answer_holds_what_a_reader_finds(kg: Kg, store: Path) -> None:
    found = {
        (r["doc"], r["city"].rpartition("/")[2], r["clusterLabel"])
        for r in rows(kg, store, "cities-clusters")
    }
    assert found >= KNOWN


def test_each_answer_has_the_sentence_where_it_stands(kg: Kg, store: Path) -> None:
    from kg.graph.store import GraphStore

    graph = GraphStore.open(store)
    for row in rows(kg, store, "cities-clusters"):
        assert graph.text(row["doc"])[int(row["start"]) : int(row["end"])] == row["quote"]


@pytest.mark.parametrize("name", ["苏州", "菏泽", "hangzhou", "PD-1", "抗体药物"])
def test_cards_of_what_the_documents_name(kg: Kg, store: Path, name: str) -> None:
    out = kg("show", name, "--store", str(store))
    assert out.exit_code == 0, out.stderr
    assert "「" in out.stdout


def test_every_document_and_every_type_of_fact_is_there(kg: Kg, store: Path) -> None:
    counted = json.loads(kg("stats", "--json", "--store", str(store)).stdout)
    assert len(counted["by_document"]) == 5
    assert len(counted["by_type"]) == 12
