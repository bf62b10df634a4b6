"""The other commands on a store whose facts are known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_plans import PLANS

from kg.cli.reference import reference
from kg.namespaces import ID

from .conftest import Kg, Program

ROOT = Path(__file__).parents[2]


def test_facts_are_json_lines_sorted_by_document_and_place(kg: Kg) -> None:
    rows = [json.loads(line) for line in kg("facts").stdout.splitlines()]
    assert len(rows) == sum(len(facts) for _, facts in PLANS.values())
    assert rows == sorted(rows, key=lambda r: (r["doc"], r["start"], r["end"]))
    for row in rows:
        text = PLANS[row["doc"]][0]
        assert text[row["start"] : row["end"]] == row["quote"]


def test_facts_of_a_document_and_a_type(kg: Kg) -> None:
    def types(*args: str) -> set[tuple[str, str]]:
        return {(r["doc"], r["type"]) for r in map(json.loads, kg("facts", *args).stdout.splitlines())}

    assert {doc for doc, _ in types("--doc", "guide-2016")} == {"guide-2016"}
    assert types("--type", "cluster", "--type", "target", "--doc", "jiangsu-2021") == {
        ("jiangsu-2021", "cluster"), ("jiangsu-2021", "target"),
    }  # fmt: skip


def test_show_prints_a_card_with_quotes(kg: Kg) -> None:
    out = kg("show", "苏州").stdout
    for part in (
        "苏州市  Suzhou",
        "江苏省 › 中国",
        "拥有集聚地（1）",
        "「苏州生物医药产业园聚焦抗体药物和细胞治疗」",
        "jiangsu-2021 ",
    ):
        assert part in out
    assert all(line == line.rstrip() for line in out.splitlines())


@pytest.mark.parametrize("name", ["苏州", "苏州市", "Sūzhōu", "320500", "id:region/320500"])
def test_show_finds_a_thing_by_any_name(kg: Kg, name: str) -> None:
    assert json.loads(kg("show", name, "--json").stdout)["iri"] == f"{ID}region/320500"


def test_show_as_json_lists_candidates_too(kg: Kg) -> None:
    done = kg("show", "suzhou", "--json")
    assert done.exit_code == 2
    assert [c["label"] for c in json.loads(done.stdout)["candidates"]] == ["苏州市", "宿州市"]


def test_show_leaves_out_what_is_long_unless_told(kg: Kg) -> None:
    assert "--all" not in kg("show", "guide-2016", "--all").stdout


def test_show_of_a_thing_that_no_document_names(kg: Kg) -> None:
    done = kg("show", "无锡")
    assert done.exit_code == 0
    assert "没有关于它的陈述" in done.stderr


def test_one_document_is_not_documents(kg: Kg, tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("江苏省医药规划\n一、重点领域\n重点发展抗体药物。\n", "utf-8")
    said = kg("build", str(plan), "--store", str(tmp_path / "store"), KG_LANG="en").stderr
    assert said.startswith("1 document, ")


def test_stats_count(kg: Kg) -> None:
    found = json.loads(kg("stats", "--json").stdout)
    assert found["by_document"]["zhejiang-2022"] == {
        "document": 1,
        "cluster": 1,
        "plan_field": 2,
        "target": 1,
    }
    assert found["facts"] == sum(found["by_type"].values()) == sum(found["by_rule"].values())
    out = kg("stats", COLUMNS="80").stdout
    assert "plan_field" in out
    assert max(map(len, out.splitlines())) <= 80


def test_validate_reports_and_says_so_by_its_status(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.graph import validate as module
    from kg.graph.findings import Finding

    monkeypatch.setattr(module, "validate", lambda graph: [])
    assert kg("validate").exit_code == 0
    assert json.loads(kg("validate", "--json").stdout) == {"conforms": True, "findings": []}
    monkeypatch.setattr(module, "validate", lambda graph: [Finding("quote", f"{ID}fact/1", "不是原文")])
    done = kg("validate")
    assert done.exit_code == 1
    assert done.stdout == "violation quote: fact:1: 不是原文\n"
    assert json.loads(kg("validate", "--json").stdout)["findings"][0]["reason"] == "不是原文"
    monkeypatch.setattr(
        module, "validate", lambda graph: [Finding("count", f"{ID}x", "少", severity="warning")]
    )
    assert kg("validate").exit_code == 0


def test_viz_writes_one_file(kg: Kg, tmp_path: Path) -> None:
    done = kg("viz", str(tmp_path / "图.html"))
    assert done.exit_code == 0
    assert [p.name for p in tmp_path.iterdir()] == ["图.html"]
    assert "苏州市" in (tmp_path / "图.html").read_text("utf-8")


def test_build_makes_a_store_and_says_what_is_in_it(kg: Kg, tmp_path: Path) -> None:
    plan = tmp_path / "规划 一.txt"
    plan.write_text("浙江省医药产业规划\n一、重点领域\n重点发展抗体药物、疫苗。\n", "utf-8")
    store = tmp_path / "new" / "store"
    done = kg("build", str(plan), "--store", str(store))
    assert done.exit_code == 0, done.output
    assert "plan_field" in done.stdout
    assert str(store) in done.stderr
    found = json.loads(kg("build", str(plan), "--store", str(store), "--json").stdout)
    assert found["documents"] == 1
    assert found["graph"] == str(store / "graph.trig")
    assert found["facts"] == sum(found["by_type"].values())
    assert list(found["by_document"]) == ["规划 一"]
    rows = [json.loads(line) for line in kg("facts", "--store", str(store)).stdout.splitlines()]
    assert len(rows) == found["facts"]


def test_the_command_reference_is_up_to_date() -> None:
    written = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert written == reference(), "python -m kg.cli.reference > docs/commands.md"


def test_every_command_is_documented_with_an_example() -> None:
    from typer.main import get_command

    from kg.cli.app import app
    from kg.cli.help import params, subcommands
    from kg.cli.reference import EXAMPLES

    commands = subcommands(get_command(app))
    assert set(EXAMPLES) == set(commands)
    for name, command in commands.items():
        assert len((command.help or "").splitlines()) == 2, f"{name}: Chinese and English"
        for p in params(command):
            assert len(p.help.splitlines()) == 2, f"{name} {p.names}: Chinese and English"


@pytest.mark.parametrize("lang", ["", "zh", "en"])
def test_help_in_the_language_that_is_asked_for(program: Program, lang: str) -> None:
    out = program("query", "--help", KG_LANG=lang).stdout
    assert ("提问" in out) == (lang != "en")
    assert ("Ask a question" in out) == (lang != "zh")
    assert all(line == line.rstrip() for line in out.splitlines())


def test_help_keeps_every_character_on_a_narrow_terminal(program: Program) -> None:
    narrow, wide = (program("query", "-h", COLUMNS=width).stdout for width in ("50", "110"))
    assert "".join(narrow.split()) == "".join(wide.split())


def test_kg_alone_helps(kg: Kg) -> None:
    assert kg().exit_code == 0
    assert "cities-clusters" not in kg("--help").stdout
    assert "validate" in kg().stdout
    assert kg("--version").stdout.startswith("pharma-policy-kg")
