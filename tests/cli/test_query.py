"""``kg query`` and ``kg queries``."""

from __future__ import annotations

import csv
import io
import json
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
