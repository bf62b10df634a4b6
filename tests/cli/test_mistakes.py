"""A mistake of the user is one clear line on standard error and exit status 2, never a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .conftest import Kg

_HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["frobnicate"], "No such command"),
        (["build", "--colour"], "No such option"),
        (["show"], "Missing argument"),
        (["query", "documents", "--format", "xml"], "'xml' is not one of"),
        (["query", "documents", "--time-limit", "soon"], "--time-limit"),
        (["query", "city-clusters"], "did you mean cities-clusters"),
        (["query", "SELEC ?x { ?x ?y ?z }"], "did you mean SELECT?"),
        (["query", "SELECT * { ?x a foo:bar }"], "line 1, column 17: the prefix foo: is not known"),
        (["query", "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }"], "SERVICE is refused"),
        (["query", "DELETE WHERE { ?s ?p ?o }"], "is an update"),
        (["query", "INSERT DATA { <a:a> <a:b> <a:c> }"], "is an update"),
        (["query", "@nowhere.rq"], "nowhere.rq: No such file"),
        (["query", "documents", "--param", "document"], "is not name=value"),
        (["query", "clusters-of"], "needs the parameter 'region'"),
        (["query", "clusters-of", "-p", "region=浙江", "-p", "region=江苏"], "given twice"),
        (["query", "clusters-of", "-p", "region=火星"], "no region is named '火星'"),
        (["query", "targets", "-p", "deadline=soon"], "is no year"),
        (["query", "SELECT * { ?s ?p ?o }", "-p", "x=1"], "has no variable ?x"),
        (["query", "documents", "-p", "x=1"], "has no parameter 'x'"),
        (["query", "documents", "-f", "turtle"], "turtle does not fit rows"),
        (["query", "CONSTRUCT WHERE { ?s pp:hosts ?o }", "-f", "markdown"], "does not fit triples"),
        (["query", "CONSTRUCT WHERE { ?s pp:hosts ?o }", "-f", "json"], "does not fit triples"),
        (["query", "documents", "--excel", "-f", "json"], "--excel does not go with"),
        (["query", "documents", "-o", "no/such/folder/x.csv"], "No such file or directory"),
        (["queries", "nothing"], "no saved query 'nothing'"),
        (["show", "火星"], "no thing is named '火星'"),
        (["show", "suzhou"], "'suzhou' can mean 2 things"),
        (["show", "苏州", "--kind", "planet"], "no kind of thing is called 'planet'"),
        (["facts", "--doc", "nothing"], "no document 'nothing'"),
        (["facts", "--type", "nothing"], "no type of fact is called 'nothing'"),
        (["stats", "--store", "nowhere"], "nowhere: no store here"),
        (["validate", "--store", "nowhere"], "kg build --store nowhere"),
        (["viz", "x.html", "--store", "nowhere"], "no store here"),
        (["build", "nothing.txt"], "nothing.txt: no such file or folder"),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else "",
)
def test_one_line_and_status_2(
    kg: Kg, args: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = kg(*args, KG_LANG="en")
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    first, *rest = done.stderr.splitlines()
    assert first.startswith("kg")
    assert said in first
    assert "Traceback" not in done.stderr
    assert all(line.startswith("  ") for line in rest), "what follows is indented"
    in_chinese, *same = kg(*args, KG_LANG="zh").stderr.splitlines()
    assert same == rest
    if "soon" not in args or "--time-limit" not in args:  # pydantic's own words
        assert in_chinese != first
        assert _HAN.search(in_chinese)
    both = kg(*args).stderr.splitlines()
    english = first.partition(": ")[2]
    assert both == ([in_chinese, f"  {english}", *rest] if in_chinese != first else [first, *rest])


def test_a_syntax_error_shows_the_line_with_a_pointer(kg: Kg) -> None:
    done = kg("query", "SELECT * {\n  ?city pp:hosts\n}", KG_LANG="en")
    assert done.stderr.splitlines() == [
        "kg: line 3, column 1: unexpected '}' — see what stands before it",
        "  }",
        "  ^",
    ]


def test_files_that_are_not_utf8_are_refused(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "gbk.rq"
    path.write_bytes("SELECT ('苏州' AS ?x) {}".encode("gb18030"))
    done = kg("query", f"@{path}")
    assert (done.exit_code, "save it as UTF-8" in done.stderr) == (2, True)


def test_an_ambiguous_name_lists_what_it_can_mean(kg: Kg) -> None:
    done = kg("show", "taizhou")
    lines = done.stderr.splitlines()
    assert any("台州市" in line and "浙江省" in line and "id:region/331000" in line for line in lines)
    assert any("泰州市" in line and "id:region/321200" in line for line in lines)


def test_build_of_nothing_is_refused_before_anything_is_replaced(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "scan.jpg").write_bytes(b"")
    done = kg("build", str(tmp_path), "--store", str(tmp_path / "store"))
    assert (done.exit_code, "no documents there" in done.stderr) == (2, True)
    assert not (tmp_path / "store").exists()


def test_build_leaves_folders_that_are_no_stores_alone(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work", "utf-8")
    done = kg("build", "--store", str(tmp_path))
    assert done.exit_code == 2
    assert "is not a store" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_failed_build_leaves_the_old_store_as_it_was(kg: Kg, tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("江苏省医药规划\n一、重点领域\n重点发展抗体药物。\n", "utf-8")
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff\xfe\xfa\x81 \x80\x80")
    store = tmp_path / "store"
    assert kg("build", str(plan), "--store", str(store)).exit_code == 0
    before = (store / "graph.trig").read_bytes()
    done = kg("build", str(plan), str(bad), "--store", str(store))
    assert done.exit_code == 2, done.output
    assert (store / "graph.trig").read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.txt", "plan.txt", "store"]
