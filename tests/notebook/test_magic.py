"""``%sparql`` and ``%%sparql`` in IPython, and the tour of the README in a Jupyter kernel."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from kg.errors import QueryError
from kg.notebook.completion import completions, terms
from kg.notebook.graph import Graph
from kg.notebook.magic import given
from kg.notebook.result import Result

CELL = "%%sparql\nSELECT DISTINCT ?city ?cluster { ?city pp:hosts ?cluster }"


@pytest.fixture
def shell(tiny_store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An IPython with the extension, on the tiny store."""
    monkeypatch.setenv("KG_STORE", str(tiny_store))
    ipython = InteractiveShell()
    ipython.run_line_magic("load_ext", "kg")
    yield ipython
    ipython.history_manager.end_session()
    InteractiveShell.clear_instance()


def failure(shell: Any, cell: str) -> str:
    """What a cell that fails shows."""
    with redirect_stdout(io.StringIO()) as out:
        done = shell.run_cell(cell)
    assert done.error_in_exec is not None, cell
    return out.getvalue()


def test_a_cell_asks_with_prefixes_known(shell: Any) -> None:
    found = shell.run_cell(CELL).result
    assert isinstance(found, Result)
    assert len(found) == 3  # 苏州生物医药产业园, 泰州中国医药城, 杭州医药港
    assert shell.run_cell("%sparql ASK { region:320500 pp:hosts ?o }").result["answer"] == [True]
    assert shell.run_cell("%%sparql\nSELECT ?o { region:320500 pp:hosts ?o }").success


def test_a_line_asks_a_saved_query(shell: Any) -> None:
    found = shell.run_cell("%sparql cities-clusters region=苏州 document=jiangsu-2021").result
    assert found["clusterLabel"] == ["苏州生物医药产业园"]
    one = shell.run_cell("x = %sparql ASK { ?s pp:hosts ?o }")
    assert one.success
    assert shell.user_ns["x"]["answer"] == [True]


def test_a_result_goes_into_a_variable(shell: Any) -> None:
    assert shell.run_cell(CELL.replace("%%sparql", "%%sparql -o hosts")).result is None
    assert len(shell.user_ns["hosts"]) == 3
    assert "no name of a variable" in failure(shell, CELL.replace("%%sparql", "%%sparql -o 2x"))


def test_parameters_of_a_cell_are_bound(shell: Any) -> None:
    cell = "%%sparql --param city=id:region/320500 -p least=1\nSELECT ?c { ?city pp:hosts ?c FILTER (?least = 1) }"
    assert len(shell.run_cell(cell).result) == 1
    cell = "%%sparql --param 'name=x\" } DROP ALL #'\nASK { ?s rdfs:label ?l FILTER (STR(?l) = ?name) }"
    assert shell.run_cell(cell).result["answer"] == [False]


def test_a_store_is_a_folder_or_a_graph_in_a_variable(shell: Any, tiny_store: Path, tmp_path: Path) -> None:
    shell.user_ns["mine"] = Graph.open(tiny_store)
    assert len(shell.run_cell(CELL.replace("%%sparql", "%%sparql -s mine")).result) == 3
    assert len(shell.run_cell(CELL.replace("%%sparql", f"%%sparql --store {tiny_store}")).result) == 3
    assert "no store here" in failure(shell, CELL.replace("%%sparql", f"%%sparql -s {tmp_path / 'none'}"))


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("%%sparql\nSELECT *\n{ ?s pp:hosts ?o ", "QueryError: line 2, column 17: the query breaks off — } is missing"),
        ("%%sparql\nSELEC * { ?s ?p ?o }", "  SELEC * { ?s ?p ?o }\n  ^"),
        ("%sparql citys-clusters", "did you mean cities-clusters or"),
        ("%sparql cities-clusters regio=苏州", "has no parameter 'regio'"),
        ("%sparql cities-clusters region=绝无此地", "no region is named '绝无此地'"),
        ("%sparql -x 1 documents", "no option -x"),
        ("%sparql", "no query"),
        ("%sparql a b", "one query at a time"),
        ("%%sparql documents\nASK {}", "stands beside the query"),
        ("%sparql -t soon documents", "no number of seconds"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_short_and_the_cell_fails(shell: Any, cell: str, told: str) -> None:
    shown = failure(shell, cell)
    assert told in shown
    assert "Traceback" not in shown
    assert "kg/notebook" not in shown


def completed(shell: Any, text: str) -> list[str]:
    """What IPython offers at the mark ``|`` of a cell."""
    at = text.index("|")
    from IPython.core.completer import provisionalcompleter

    with provisionalcompleter():
        found = list(shell.Completer.completions(text.replace("|", ""), at))
    return [c.text for c in found]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("%%sparql\nSELECT ?city { ?city pp:hos| }", ["pp:hosts"]),
        ("%%sparql -o x\nSELECT ?city ?cluster { ?city pp:hosts ?cl|", ["?cluster"]),
        ("%%sparql\nSELECT ?x { ?x a pp:Indus|", ["pp:IndustrialCluster"]),
        ("%%sparql\nSELECT ?x { ?x sko|", ["skos:"]),
        ("%%sparql\nSELECT ?x { ?x skos:pref|", ["skos:prefLabel"]),
        ("%%sparql\nSELECT ?x { ?x ?y ?z } ORD|", ["ORDER BY"]),
        ("%sparql cities-|", ["cities-clusters"]),
        ("%sparql cities-clusters reg|", ["region="]),
        ("%sparql cities-clusters |", ["region=", "field=", "document="]),
        ("%sparql ASK { ?s pp:focus|", ["pp:focusesOn"]),
    ],
)
def test_completion_knows_what_fits(shell: Any, text: str, first: list[str]) -> None:
    assert completed(shell, text)[: len(first)] == first


def test_completion_elsewhere_is_that_of_python(shell: Any) -> None:
    shell.user_ns["hosts_of_all"] = 1
    assert "hosts_of_all" in completed(shell, "hosts_of|")
    assert not any(c.startswith("pp:") for c in completed(shell, "x = 'pp:hos|"))


def test_completion_without_a_store_knows_the_ontology(
    shell: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE", str(tmp_path / "none"))
    assert completed(shell, "%%sparql\nSELECT ?x { ?x pp:hos|")[:1] == ["pp:hosts"]


def test_the_extension_can_be_loaded_twice_and_taken_away(shell: Any) -> None:
    shell.run_line_magic("reload_ext", "kg")
    ours = [m for m in shell.Completer.custom_matchers if getattr(m, "matcher_identifier", "") == "kg.sparql"]
    assert len(ours) == 1
    shell.run_line_magic("unload_ext", "kg")
    assert "sparql" not in shell.magics_manager.magics["line"]
    assert "sparql" not in shell.magics_manager.magics["cell"]
    assert len(shell.Completer.custom_matchers) == 0


def test_terms_are_those_of_the_graph(graph: Graph) -> None:
    known = terms(graph.store)
    assert {"pp:Cluster", "pp:hosts", "skos:broader", "rdfs:label", "prov:wasDerivedFrom"} <= set(known)
    assert list(known) == sorted(set(known))
    assert not any(" " in t or "/" in t for t in known)
    query = "SELECT ?a { ?a pp:HOSP"  # whatever the case
    assert completions(query, len(query), known) == ["pp:Hospital"]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("", ({}, {}, "")),
        ("documents", ({}, {}, "documents")),
        ("-s 'a folder' -o x q a=1 b='two words'", ({"store": "a folder", "out": "x"}, {"a": "1", "b": "two words"}, "q")),
        ("--store=kg-store q", ({"store": "kg-store"}, {}, "q")),
        ("-p a=b=c q", ({}, {"a": "b=c"}, "q")),
        ("SELECT ?s { ?s pp:hosts 'a' }", ({}, {}, "SELECT ?s { ?s pp:hosts 'a' }")),
    ],
)  # fmt: skip
def test_lines(line: str, wanted: object) -> None:
    assert given(line) == wanted


@pytest.mark.parametrize("line", ["-o", "-p x q", "--param 1x=2 q", "q 'open"])
def test_lines_that_say_nothing_clear_are_refused(line: str) -> None:
    with pytest.raises(QueryError):
        given(line)


ROOT = Path(__file__).parents[2]


def tour(readme: str) -> list[str]:
    """The cells of the tour that a README prints: the lines of its only block of Python."""
    (block,) = re.findall(
        r"^```python\n(.*?)^```$", (ROOT / readme).read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return [str(line) for line in block.splitlines()]


def test_both_readmes_print_the_same_tour() -> None:
    said = [[line.partition("#")[0].strip() for line in tour(name)] for name in ("README.md", "README.zh.md")]
    assert said[0] == said[1]
    assert len(said[0]) == 10


def test_the_tour_runs_in_a_new_kernel(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jupyter_client.manager import start_new_kernel

    monkeypatch.setenv("KG_STORE", str(store))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(tmp_path))
    shown: list[dict[str, Any]] = []

    def hook(message: dict[str, Any]) -> None:
        if message["msg_type"] in ("execute_result", "display_data", "error"):
            shown.append({"type": message["msg_type"], **message["content"]})

    try:
        for cell in tour("README.zh.md"):
            reply = client.execute_interactive(cell, timeout=60, output_hook=hook)
            assert reply["content"]["status"] == "ok", (cell, reply["content"])
        done = client.complete("%%sparql\nSELECT ?s { ?s pp:hos", reply=True, timeout=60)
        wrong = client.execute_interactive("%sparql SELEC * {}", timeout=60, output_hook=hook)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert done["content"]["matches"][0] == "pp:hosts"
    assert done["content"]["cursor_start"] == len("%%sparql\nSELECT ?s { ?s ")
    assert wrong["content"]["status"] == "error"
    assert shown[-1]["traceback"][0].startswith("QueryError: line 1, column 1: unexpected 'SELEC'")
    assert {s["type"] for s in shown[:-1]} == {"execute_result"}  # nothing is printed beside the results
    pages = [s["data"].get("text/html", "") for s in shown if s["type"] == "execute_result"]
    assert sum("<table>" in page for page in pages) >= 3
    assert sum("<iframe srcdoc=" in page for page in pages) == 1
    assert list(tmp_path.glob("*.html")) == []
