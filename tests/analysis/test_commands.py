"""``kg overlaps``, ``compare``, ``specialisation`` and ``structure`` on the tiny plans, end to end."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from kg.cli.app import app

Kg = Callable[..., Result]


@pytest.fixture
def kg(tiny_store: Path) -> Kg:
    def run(*args: str, **env: str) -> Result:
        return CliRunner().invoke(app, list(args), env={"KG_STORE": str(tiny_store), "COLUMNS": "140", **env})

    return run


def data(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_overlaps_of_provinces(kg: Kg) -> None:
    """江苏 (tiny_plans.py): 抗体药物, 双特异性抗体, 新型疫苗; 浙江 of 2022: 抗体药物, 海洋多肽探针. 1 of 4 is shared.

    抗体药物 stands in the guide: inherited.
    """
    (pair,) = data(kg("overlaps", "--json"))
    assert (pair["a"], pair["b"], pair["periods"]) == ("江苏省", "浙江省", "2021–2025 / 2022–2024")
    assert pair["jaccard"] == 0.25
    same = [one for one in pair["shared"] if one["match"] == "same"]
    assert [(one["field"], one["inherited"]) for one in same] == [("抗体药物", True)]
    assert [e["quote"] for e in same[0]["a"]] == ["加快发展抗体药物"]
    assert [e["quote"] for e in same[0]["b"]] == ["重点发展抗体药物"]
    text = kg("overlaps")
    assert "抗体药物" in text.stdout
    assert "0.250" in text.stdout


def test_overlaps_of_cities_and_documents(kg: Kg) -> None:
    """南京 and 泰州 both name 新型疫苗; 台州 (2016) nothing that they do."""
    (pair,) = data(kg("overlaps", "--level", "city", "--json"))
    assert {pair["a"], pair["b"]} == {"南京市", "泰州市"}
    assert pair["jaccard"] == 1
    documents = data(kg("overlaps", "--level", "document", "--json"))
    assert {(p["a_documents"][0], p["b_documents"][0]) for p in documents} == {
        ("guide-2016", "zhejiang-2016"), ("jiangsu-2021", "zhejiang-2022"),
    }  # fmt: skip
    assert len(data(kg("overlaps", "--level", "document", "--all-periods", "--json"))) == 6
    assert len(data(kg("overlaps", "--level", "document", "--all-periods", "--json", "--limit", "2"))) == 2
    assert "规划期不重叠" in kg("overlaps", "--level", "document").stderr


def test_compare_says_the_same_numbers(kg: Kg) -> None:
    (pair,) = data(kg("overlaps", "--json"))
    found = data(kg("compare", "江苏", "zhejiang", "--json"))
    assert {key: found[key] for key in pair} == pair
    assert {one["field"] for one in found["only_b"]} == {"海洋多肽探针"}
    assert {"双特异性抗体", "新型疫苗"} <= {one["field"] for one in found["only_a"]}
    assert [one["field"] for one in found["clusters"]] == ["抗体药物"], "苏州生物医药产业园 and 杭州医药港"
    text = kg("compare", "江苏", "浙江").stdout
    assert "「加快发展抗体药物」" in text
    assert "只有浙江省" in text
    assert data(kg("compare", "guide-2016", "zhejiang-2016", "--json"))["level"] == "document"


def test_csv_has_a_line_for_each_shared_field(kg: Kg, tmp_path: Path) -> None:
    lines = rows(kg("overlaps", "--csv"))
    assert [
        (r["field"], r["match"], r["inherited"], r["quote_a"]) for r in lines if r["match"] == "same"
    ] == [("抗体药物", "same", "true", "加快发展抗体药物")]
    out = tmp_path / "o.csv"
    assert kg("overlaps", "--csv", "-o", str(out)).exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfa,b,")
    assert {r["part"] for r in rows(kg("compare", "江苏", "浙江", "--csv"))} >= {"shared", "only_a", "only_b"}
    assert {r["part"] for r in rows(kg("specialisation", "--csv"))} == {"sector", "field", "only", "omission"}
    assert {r["backbone"] for r in rows(kg("structure", "--csv"))} <= {"true", "false"}


def test_specialisation_of_all_and_of_one(kg: Kg) -> None:
    found = data(kg("specialisation", "--json"))
    assert {q["region"] for q in found["sectors"]} == {"江苏省", "浙江省"}
    left = {(o["province"], o["field"]) for o in found["omissions"]}
    # the guide: 抗体药物, 孤儿药 (罕见病用药), 化学原料药; Zhejiang named the last in 2016
    assert left == {("江苏省", "罕见病用药"), ("江苏省", "化学原料药"), ("浙江省", "罕见病用药")}
    one = data(kg("specialisation", "江苏", "--json"))
    assert {q["region"] for q in one["sectors"]} == {"江苏省"}
    assert data(kg("specialisation", "南京", "--json"))["level"] == "city"
    text = kg("specialisation", "江苏")
    assert "罕见病用药" in text.stdout
    assert "未发现" in text.stdout or "未提及" in text.stdout
    assert "召回率" in text.stderr


def test_structure_of_cities_and_clusters(kg: Kg) -> None:
    found = data(kg("structure", "--json"))
    assert [(e["a"], e["b"], [f["field"] for f in e["fields"]]) for e in found["edges"]] == [
        ("南京市", "泰州市", ["新型疫苗"])
    ]
    clusters = data(kg("structure", "--of", "clusters", "--json"))
    assert {n["label"] for n in clusters["nodes"]} == {"苏州生物医药产业园", "杭州医药港"}
    assert "南京市" in kg("structure").stdout


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (["overlaps", "--json", "--csv"], "ask for one"),
        (["overlaps", "-o", "x.csv"], "add --csv or --json"),
        (["overlaps", "--level", "village"], "village"),
        (["compare", "江苏", "江苏"], "itself"),
        (["compare", "江苏", "guide-2016"], "no years"),
        (["compare", "江苏", "没有这个地方"], "没有这个地方"),
        (["specialisation", "雄安"], "雄安"),
        (["structure", "--alpha", "2"], "alpha"),
    ],
)
def test_mistakes_end_with_status_2_and_say_what_to_do(kg: Kg, args: list[str], problem: str) -> None:
    result = kg(*args)
    assert result.exit_code == 2
    assert problem in result.stderr
    assert result.stdout == ""


def test_english_where_asked_for(kg: Kg) -> None:
    text = kg("overlaps", KG_LANG="en").stdout
    assert "weighted" in text
    assert "加权" not in text
