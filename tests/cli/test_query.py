"""``kg query`` and ``kg queries``."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from kg.namespaces import ID

from .conftest import Kg

HOSTS = "SELECT ?city ?cluster { ?city pp:hosts ?cluster } ORDER BY ?city ?cluster"


def test_json_is_that_of_sparql(kg: Kg) -> None:
    out = kg("query", HOSTS, "--format", "json").stdout
    rows = json.loads(out)["results"]["bindings"]
    assert {r["city"]["value"] for r in rows} == {f"{ID}region/{c}" for c in ("320500", "321200", "330100")}
    assert list(parse_query_results(out, QueryResultsFormat.JSON))


def test_csv_is_that_of_sparql_and_excel_gets_its_mark(kg: Kg) -> None:
    plain = kg("query", "clusters-of", "-p", "region=江苏", "--format", "csv").stdout_bytes
    assert plain.startswith(b"cluster,clusterLabel,")
    assert b"\r\n" in plain
    rows = list(csv.DictReader(io.StringIO(plain.decode("utf-8"))))
    assert {r["clusterLabel"] for r in rows} == {"苏州生物医药产业园", "泰州中国医药城"}
    assert kg("query", "clusters-of", "-p", "region=江苏", "--excel").stdout_bytes == b"\xef\xbb\xbf" + plain


def test_tables_show_labels_and_wrap(kg: Kg) -> None:
    out = kg("query", HOSTS, COLUMNS="60").stdout
    assert "苏州市" in out
    assert "http" not in out
    assert max(map(len, out.splitlines())) <= 60


def test_english_tables_have_english_labels_and_columns(kg: Kg) -> None:
    assert "城市" in kg("query", "cities-clusters").stdout
    out = kg("query", "cities-clusters", KG_LANG="en").stdout
    assert "city" in out
    assert "Suzhou" in out


def test_english_tables_have_the_terms_of_the_ontology_in_english(kg: Kg) -> None:
    """The plans are all final; one cluster of Jiangsu is planned, the others are there (tests/tiny_plans.py)."""
    assert "正式" in kg("query", "documents").stdout
    documents = kg("query", "documents", KG_LANG="en").stdout
    assert "正式" not in documents
    assert documents.count("final") == 4
    clusters = kg("query", "cities-clusters", "--wide", KG_LANG="en", COLUMNS="400").stdout
    assert (clusters.count("planned"), clusters.count("existing")) == (1, 3)
    assert "已有" not in clusters
    # What a query of one's own asks for in Chinese stays Chinese, and machines get what the graph says.
    own = 'SELECT ?l { pp:Final rdfs:label ?l FILTER (LANG(?l) = "zh") }'
    assert "正式" in kg("query", own, KG_LANG="en").stdout
    assert "正式" in kg("query", "documents", "-f", "csv", KG_LANG="en").stdout


def test_a_name_without_an_english_one_has_its_reading_in_english_tables(kg: Kg) -> None:
    query = "SELECT ?c { region:321200 pp:hosts ?c }"
    assert "泰州中国医药城 (tai zhou zhong guo yi yao cheng)" in kg("query", query, KG_LANG="en").stdout
    assert "tai zhou" not in kg("query", query).stdout
    assert "tai zhou" in kg("show", "泰州中国医药城", KG_LANG="en").stdout.splitlines()[0]
    assert kg("show", "苏州", KG_LANG="en").stdout.splitlines()[0].split() == ["苏州市", "Suzhou"]


def test_what_is_copied_out_of_the_written_graph_is_a_query(kg: Kg, tiny_store: Path) -> None:
    """The subject of every line of graph.trig that has a prefixed name is known to a query as it stands."""
    text = (tiny_store / "graph.trig").read_text("utf-8")
    names = re.findall(r"^    ((?:region|field|cluster|fact|agency|target):[\w.-]+)$", text, re.MULTILINE)
    assert len(set(names)) > 50
    chosen = " ".join(sorted(set(names))[::7])
    found = kg(
        "query", f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ VALUES ?s {{ {chosen} }} ?s ?p ?o }}", "-f", "csv"
    )
    assert found.stdout.split() == ["n", str(len(chosen.split()))]
    assert "document:jiangsu-2021" in text
    assert kg("query", "ASK FROM document:jiangsu-2021 { document:jiangsu-2021 ?p ?o }").stdout == "true\n"
    assert json.loads(kg("show", "document:jiangsu-2021", "--json").stdout)["kind"] == "document"


def test_a_bare_number_is_a_number_and_a_text_a_text(kg: Kg, tmp_path: Path) -> None:
    query = "SELECT (isNumeric(?x) AS ?n) (isNumeric(?y) AS ?m) {}"
    for given in (query, f"@{tmp_path / 'q.rq'}"):
        (tmp_path / "q.rq").write_text(query, "utf-8")
        out = kg("query", given, "-p", "x=2025", "-p", "y=二〇二五", "-f", "csv").stdout
        assert out.split() == ["n,m", "true,false"]
    assert (
        kg("query", "-", "-p", "x=1", "-p", "y=1.5", "-f", "csv", stdin=query).stdout.split()[1]
        == "true,true"
    )


def test_wide_tables_have_all_columns(kg: Kg) -> None:
    assert "start" not in kg("query", "fields-of", "-p", "region=江苏", KG_LANG="en").stdout
    assert "start" in kg("query", "fields-of", "-p", "region=江苏", "--wide", KG_LANG="en").stdout


def test_markdown_escapes_what_would_end_a_cell(kg: Kg) -> None:
    out = kg("query", 'SELECT ("a|b\\nc" AS ?x) {}', "--format", "markdown").stdout
    assert out == "| x |\n| --- |\n| a\\|b c |\n"


def test_triples_come_as_turtle_by_default(kg: Kg) -> None:
    for extra in ((), ("--format", "turtle")):
        out = kg(
            "query", "CONSTRUCT { ?city pp:hosts ?cluster } WHERE { ?city pp:hosts ?cluster }", *extra
        ).stdout
        assert len(list(parse(out, RdfFormat.TURTLE))) == 3
    assert "region:320500\n    pp:hosts cluster:" in out


def test_describe_and_ask(kg: Kg) -> None:
    assert "skos:prefLabel" in kg("query", f"DESCRIBE <{ID}region/320500>").stdout
    assert kg("query", "ASK { ?x pp:hosts ?y }").stdout == "true\n"
    assert kg("query", "ASK { ?x pp:hosts ?x }").stdout == "false\n"
    assert json.loads(kg("query", "ASK {}", "--format", "json").stdout)["boolean"] is True


def test_nothing_found_is_said(kg: Kg) -> None:
    done = kg("query", "SELECT ?x { ?x pp:hosts ?x }")
    assert (done.exit_code, done.stdout) == (0, "没有结果。 Nothing found.\n")


def test_queries_come_from_files_and_standard_input(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "问题.rq"
    path.write_bytes(b"\xef\xbb\xbf" + HOSTS.encode())
    expected = kg("query", HOSTS, "-f", "csv").stdout
    assert kg("query", f"@{path}", "-f", "csv").stdout == expected
    assert kg("query", "-", "-f", "csv", stdin=HOSTS).stdout == expected


def test_files_may_have_parameters_of_their_own(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text(
        "# param region: region — 区域 / region [optional]\n"
        "SELECT ?l { ?city pp:hosts ?c ; rdfs:label ?l FILTER (LANG(?l) = 'zh')\n"
        "  FILTER EXISTS { ?city pp:within* ?_region }  #? region\n}",
        "utf-8",
    )
    assert set(kg("query", f"@{path}", "-f", "csv").stdout.split()) == {"l", "苏州市", "泰州市", "杭州市"}
    assert set(kg("query", f"@{path}", "-p", "region=浙江", "-f", "csv").stdout.split()) == {"l", "杭州市"}


@pytest.mark.parametrize("value", ["id:region/320500", f"<{ID}region/320500>"])
def test_parameters_of_inline_queries_are_terms(kg: Kg, value: str) -> None:
    done = kg("query", "SELECT ?l { ?city rdfs:label ?l } ORDER BY ?l", "-p", f"city={value}", "-f", "csv")
    assert done.stdout.split() == ["l", "Suzhou", "苏州市"]


@pytest.mark.parametrize("value", ["苏州", "苏州市", "320500", "Sūzhōu", "id:region/320500"])
def test_things_may_be_given_by_any_name(kg: Kg, value: str) -> None:
    out = kg("query", "fields-of", "-p", f"region={value}", "-f", "json")
    assert out.exit_code == 0
    out = kg("query", "cities-clusters", "-p", f"region={value}", "-f", "csv").stdout
    assert "苏州生物医药产业园" in out
    assert "泰州" not in out


def test_answers_go_to_files(kg: Kg, tmp_path: Path) -> None:
    for name, extra in (
        ("a.csv", ("--excel",)),
        ("a.txt", ()),
        ("a.md", ("-f", "markdown")),
        ("a.json", ("-f", "json")),
    ):
        done = kg("query", "cities-clusters", *extra, "--output", str(tmp_path / name))
        assert (done.exit_code, done.stdout) == (0, "")
        assert "苏州生物医药产业园" in (tmp_path / name).read_text("utf-8-sig")


def test_the_list_of_queries_is_bilingual(kg: Kg) -> None:
    out = kg("queries").stdout
    assert "cities-clusters" in out
    assert "哪些城市" in out
    assert "Which cities" in out
    assert "Which cities" not in kg("queries", KG_LANG="zh").stdout
    rows = json.loads(kg("queries", "--json").stdout)
    (one,) = [r for r in rows if r["name"] == "clusters-of"]
    assert one["params"][0]["required"] is True


def test_one_query_is_printed_as_it_is(kg: Kg, tmp_path: Path) -> None:
    text = kg("queries", "clusters-of").stdout
    (tmp_path / "mine.rq").write_text(text, "utf-8")
    again = kg("query", f"@{tmp_path / 'mine.rq'}", "-p", "region=浙江", "-f", "csv").stdout
    assert again == kg("query", "clusters-of", "-p", "region=浙江", "-f", "csv").stdout
    assert json.loads(kg("queries", "clusters-of", "--json").stdout)["name"] == "clusters-of"
