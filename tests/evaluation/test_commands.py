"""``kg eval`` and ``kg audit`` as their users meet them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from kg.cli.app import app
from kg.graph.store import GraphStore

Kg = Callable[..., Result]


@pytest.fixture
def kg(tiny_store: Path) -> Kg:
    def run(*args: str, **env: str) -> Result:
        settings = {"KG_STORE": str(tiny_store), "COLUMNS": "120", **env}
        return CliRunner().invoke(app, list(args), env=settings)

    return run


@pytest.fixture
def gold(tiny_graph: GraphStore, tmp_path: Path) -> Path:
    """Gold for two documents: all that the tiny store holds, less the first policy, plus a field that it lacks."""
    for doc in tiny_graph.documents()[:2]:
        rows = [_gold(row) for row in tiny_graph.rows(doc)]
        extra = {
            "type": "plan_field",
            "field": "化学发光免疫分析",
            "category": None,
            "parent": None,
            "quote": "发展",
        }
        lines = (json.dumps(row, ensure_ascii=False) for row in [*rows, extra])
        (tmp_path / f"{doc}.jsonl").write_text("\n".join(lines), "utf-8")
    return tmp_path


def _gold(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k not in ("doc", "start", "end", "section", "rule", "confidence")}


def test_scores_as_json(kg: Kg, gold: Path, tiny_graph: GraphStore) -> None:
    done = kg("eval", str(gold), "--json", "--by-rule", "--errors", "plan_field")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["documents"] == tiny_graph.documents()[:2]
    for type_, row in found["types"].items():
        assert row["precision"] == row["f1_strict"] == row["f1"] == 1.0 or type_ == "plan_field"
        assert row["evidence"]["exact"]["share"] == 1.0 or type_ == "plan_field"
    fields = found["types"]["plan_field"]
    assert fields["gold"] == fields["predicted"] + 2
    assert {"micro", "macro"} == found["overall"].keys()
    assert {row["type"] for row in found["by_rule"]} == found["types"].keys()
    assert [m["keys"]["field"] for m in found["errors"] if m["kind"] == "missed"] == ["化学发光免疫分析"] * 2
    assert all(m["sentence"] for m in found["errors"])


def test_scores_for_people(kg: Kg, gold: Path) -> None:
    done = kg("eval", str(gold), "--by-rule", "--errors", "all")
    assert done.exit_code == 0, done.output
    for words in (
        "召回率 R",
        "各文件的F1 F1 by document",
        "遗漏 missed (2)",
        "化学发光免疫分析",
        "plan_field/",
    ):
        assert words in done.stdout, words
    assert max(map(len, done.stdout.splitlines())) <= 120
    english = kg("eval", str(gold), KG_LANG="en").stdout
    assert "recall" in english or " R " in english
    assert "召回率" not in english


def test_one_document(kg: Kg, gold: Path, tiny_graph: GraphStore) -> None:
    doc, other = tiny_graph.documents()[:2]
    done = kg("eval", str(gold), "--doc", other, "--json")
    assert json.loads(done.stdout)["documents"] == [other]
    renamed = gold / "more.jsonl"
    renamed.write_bytes((gold / f"{doc}.jsonl").read_bytes())
    done = kg("eval", str(renamed), "--doc", f"more={doc}", "--json")
    assert json.loads(done.stdout)["documents"] == [doc]


def test_a_quote_that_is_not_in_the_document_is_noted(kg: Kg, tiny_graph: GraphStore, tmp_path: Path) -> None:
    path = tmp_path / f"{tiny_graph.documents()[0]}.jsonl"
    path.write_text('{"type": "cites", "policy": "x", "quote": "没有这句话"}', "utf-8")
    done = kg("eval", str(path))
    assert done.exit_code == 0
    assert "第 1 行" in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["eval"], "Missing argument"),
        (["eval", "nothing.jsonl"], "nothing.jsonl: No such file"),
        (["eval", "bad.jsonl"], "bad.jsonl:2: no JSON"),
        (["eval", "unknown.jsonl"], "unknown.jsonl: no document 'unknown' in the store"),
        (["eval", "."], "bad.jsonl:2: no JSON"),
        (["eval", "unknown.jsonl", "--errors", "fields"], "no type of fact is called 'fields'"),
        (["eval", "unknown.jsonl", "--doc", "x"], "no gold file for document 'x'"),
        (["eval", "unknown.jsonl", "--store", "nowhere"], "nowhere: no store here"),
        (["audit", "--doc", "nothing"], "no document 'nothing'"),
        (["audit", "--store", "nowhere"], "nowhere: no store here"),
        (["audit", "--below", "2"], "--below"),
    ],
)
def test_mistakes_are_one_line(
    kg: Kg, args: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    good = '{"type": "cites", "policy": "x", "quote": "x"}'
    Path("bad.jsonl").write_text(f"{good}\n{{", "utf-8")
    Path("unknown.jsonl").write_text(good, "utf-8")
    done = kg(*args, KG_LANG="en")
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert len(kg(*args).stderr.splitlines()) <= 2, "a line a language"


def test_an_audit_for_people_and_machines(kg: Kg, tiny_graph: GraphStore) -> None:
    done = kg("audit", "--limit", "2", "--below", "1")
    assert done.exit_code == 0, done.output
    for words in (
        "可能遗漏的句子 Sentences that may hold a missed fact",
        "待收录的候选概念",
        "置信度低的事实",
        "实测召回率",
    ):
        assert words in done.stdout, words
    doc = tiny_graph.documents()[0]
    found = json.loads(kg("audit", "--doc", doc, "--json", "--limit", "0").stdout)
    assert found["documents"] == [doc]
    assert len(found["suspects"]) == found["totals"]["suspects"]
    assert all(e["evidence"]["doc"] == doc and e["reasons"] for e in found["suspects"])
