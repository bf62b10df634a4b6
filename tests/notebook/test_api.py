"""``import kg``: what it offers, that it waits with all else, and that nothing is said of what is not there."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.errors import InputError, KgError, LookupFailed, QueryError, StoreError
from kg.notebook.graph import Graph

ROOT = Path(kg.__file__).parent


def python(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_all_that_is_promised_is_there_and_nothing_else() -> None:
    assert sorted(kg.__all__) == kg.__all__
    assert {name for name in kg.__all__ if not hasattr(kg, name)} == set()
    assert {n for names in kg._HOMES.values() for n in names} < set(kg.__all__)
    assert set(kg.__all__) <= set(dir(kg))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kg.nothing  # type: ignore[attr-defined]


def test_type_checkers_see_every_lazy_name() -> None:
    tree = ast.parse((ROOT / "__init__.py").read_text("utf-8"))
    (checked,) = (n for n in tree.body if isinstance(n, ast.If))
    seen = {a.name: f.module for f in checked.body if isinstance(f, ast.ImportFrom) for a in f.names}
    assert seen == {name: home for home, names in kg._HOMES.items() for name in names}
    assert (ROOT / "py.typed").is_file()


def test_import_is_quick_and_loads_nothing() -> None:
    out = python(
        "import sys, time; t = time.process_time(); import kg; took = time.process_time() - t\n"
        "print(took < 0.05, [m for m in ('spacy', 'pandas', 'pyoxigraph', 'rdflib', 'plotly', 'IPython') if m in sys.modules])"
    )
    assert out == "True []\n"


def test_questions_and_pictures_need_neither_spacy_nor_pandas(tiny_store: Path) -> None:
    out = python(
        f"import sys, kg; g = kg.open({str(tiny_store)!r}); r = g.sparql('cities-clusters'); repr(r); r._repr_html_()\n"
        "r.network(); g.find('苏州'); g.thing('苏州'); g.overlaps(); g.networkx()\n"
        "print([m for m in ('spacy', 'pandas', 'polars') if m in sys.modules])"
    )
    assert out == "[]\n"


@pytest.mark.parametrize(
    ("package", "method", "extra"),
    [("pandas", "df", "notebook"), ("pandas", "to_pandas", "notebook"), ("polars", "to_polars", "polars")],
)
def test_a_missing_package_says_how_to_get_it(package: str, method: str, extra: str) -> None:
    out = python(
        f"import sys; sys.modules[{package!r}] = None\n"
        "import kg\n"
        f"try: kg.Result(['a'], [[1]]).{method}()\n"
        "except kg.MissingExtra as error: print(error)"
    )
    assert out == f"{package} is not installed — pip install 'pharma-policy-kg[{extra}]'\n"


def test_open_takes_the_store_of_the_environment(tiny_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", str(tiny_store))
    assert [d["doc"] for d in kg.open().documents()] == [
        "guide-2016", "jiangsu-2021", "zhejiang-2016", "zhejiang-2022",
    ]  # fmt: skip


def test_open_without_a_store_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match="kg build --store kg-store"):
        kg.open()


def test_the_language_is_asked_for_or_that_of_the_environment(
    tiny_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_LANG", "en")
    found = kg.open(tiny_store).sparql("cities-clusters", region="苏州")
    assert "Suzhou" in repr(found)
    assert "city" in repr(found).splitlines()[1]
    assert "城市" in repr(kg.open(tiny_store, language="zh").sparql("cities-clusters", region="苏州"))


def test_build_in_memory_and_on_disk_give_the_same(tmp_path: Path) -> None:
    # The sentence says in so many words that 苏州 develops 抗体药物.
    (tmp_path / "plan.txt").write_text("江苏省医药规划\n一、重点\n苏州重点发展抗体药物。\n", "utf-8")
    memory = kg.build(tmp_path / "plan.txt")
    disk = kg.build([tmp_path / "plan.txt"], tmp_path / "store")
    assert memory.facts() == disk.facts()
    (found,) = memory.facts("region_field")
    assert (found["region"], found["field"], found["doc"]) == ("苏州市", "抗体药物", "plan")
    quote = found["quote"]
    assert memory.text("plan")[quote.start : quote.end] == quote
    assert kg.open(tmp_path / "store").facts() == disk.facts()


def test_build_of_nothing_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        kg.build(tmp_path / "none.txt", tmp_path / "store")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no documents there"):
        kg.build(tmp_path / "empty", tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_the_graph_says_what_it_is(graph: Graph) -> None:
    # 5 facts of the guide, 14 of Jiangsu, 6 and 5 of Zhejiang: counted in tests/tiny_plans.py.
    assert repr(graph).startswith("<kg.Graph: 4 documents, 30 facts, ")
    assert graph


def test_things_are_found_by_any_name_and_near_ones_are_told(graph: Graph) -> None:
    for name in ("苏州", "苏州市", "Suzhou city", "320500", "id:region/320500"):
        found = graph.find(name)
        if name != "Suzhou city":
            assert found.exact, name
            assert found[0].label == "苏州市", name
    near = graph.find("苏洲")  # a wrong character of the same sound
    assert not near.exact
    assert "苏州市" in [f.label for f in near]
    assert "相近" in repr(near)
    assert graph.find("绝无此物xyz") == ()
    assert [f.label for f in graph.find("抗体药物", kind="field")] == ["抗体药物"]


def test_a_thing_has_its_card_with_quotes(graph: Graph) -> None:
    thing = graph.thing("苏州生物医药产业园")
    assert thing.label == "苏州生物医药产业园"
    focus = {(e["predicateLabel"], e["otherLabel"]) for e in thing.evidence if e["role"] == "subject"}
    assert {(p, o) for p, o in focus if o in ("抗体药物", "细胞治疗")} == {
        ("主攻", "抗体药物"), ("主攻", "细胞治疗"),
    }  # fmt: skip
    for said in thing.evidence:
        assert graph.text(said["doc"])[said["start"] : said["end"]] == said["quote"]
    assert "苏州生物医药产业园聚焦抗体药物和细胞治疗" in repr(thing)
    assert graph.thing(thing) is thing
    with pytest.raises(LookupFailed, match="no thing is named '绝无此物xyz'"):
        graph.thing("绝无此物xyz")


def test_evidence_of_a_statement(graph: Graph) -> None:
    (found,) = graph.evidence("苏州", "hosts")
    assert found["objectLabel"] == "苏州生物医药产业园"
    assert found["quote"] == "苏州生物医药产业园聚焦抗体药物和细胞治疗"
    assert len(graph.evidence("苏州", "pp:hosts", "苏州生物医药产业园")) == 1
    assert graph.evidence("杭州", "hosts", "苏州生物医药产业园").columns == graph.evidence("苏州").columns
    # 抗体药物 is prioritised by all four plans, each in one sentence.
    assert sorted(e["doc"] for e in graph.evidence(predicate="prioritises", object="抗体药物")) == [
        "guide-2016", "jiangsu-2021", "zhejiang-2016", "zhejiang-2022",
    ]  # fmt: skip
    # Alone, a thing is looked for on either side: 抗体药物 is never the subject of hosts, yet has evidence.
    assert {"prioritises", "focusesOn"} <= {
        e["predicate"].rpartition("#")[2] for e in graph.evidence("抗体药物")
    }
    with pytest.raises(LookupFailed, match="no property is called 'hostz'"):
        graph.evidence("苏州", "hostz")
    with pytest.raises(LookupFailed, match="evidence of what"):
        graph.evidence()


def test_facts_are_the_fact_table(graph: Graph) -> None:
    assert len(graph.facts()) == 30
    (target,) = graph.facts("target", "jiangsu-2021")
    assert (target["value"], target["unit"], target["deadline"]) == (5000, "亿元", 2025)
    assert target["quote"].doc == "jiangsu-2021"
    clusters = graph.facts("cluster")
    assert [c["fields"] for c in clusters][:1] == [["抗体药物", "细胞治疗"]]


def test_parameters_are_bound_and_never_pasted(graph: Graph) -> None:
    everything = "SELECT ?label { ?s rdfs:label ?label FILTER (STR(?label) = ?name) }"
    assert len(graph.sparql(everything, name="苏州市")) == 1
    for attack in (
        '" || true || "',
        '苏州市") } # ',
        "x'} UNION { ?s ?p ?label",
        "\\",
        "?label",
        '"""',
        "<urn:x> || true",
    ):
        assert len(graph.sparql(everything, name=attack)) == 0, attack
    with pytest.raises(QueryError, match="no variable"):
        graph.sparql(everything, other="x")


@pytest.mark.parametrize("attack", ['苏州" } DROP ALL #', "?x", "<urn:x> ?y"])
def test_names_for_saved_queries_are_looked_up_and_never_pasted(graph: Graph, attack: str) -> None:
    with pytest.raises(LookupFailed, match="no region is named"):
        graph.sparql("cities-clusters", region=attack)


def test_parameters_may_be_things_numbers_and_iris(graph: Graph) -> None:
    suzhou = graph.thing("苏州")
    assert len(graph.sparql("cities-clusters", region=suzhou)) == 1
    assert len(graph.sparql("cities-clusters", region="江苏")) == 2  # 苏州生物医药产业园, 泰州中国医药城
    hosts = "SELECT ?cluster { ?city pp:hosts ?cluster }"
    assert len(graph.sparql(hosts, city=suzhou)) == 1
    assert len(graph.sparql(hosts, city="id:region/320500")) == 1
    assert len(graph.sparql(hosts, city=suzhou.iri)) == 1
    assert graph.sparql("ASK { FILTER (?n > 2) }", n=3)["answer"] == [True]
    assert set(graph.sparql("common-fields", least=4)["fieldLabel"]) == {"抗体药物"}
    with pytest.raises(QueryError, match="no value of a parameter"):
        graph.sparql(hosts, city=object())


def test_a_query_is_taken_from_a_file_with_its_header(graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text(
        "# title.zh: 我的\n# param where: region — 区域\nSELECT ?cluster { ?_where pp:hosts ?cluster }\n",
        "utf-8",
    )
    found = graph.sparql(f"@{file}", where="苏州")
    assert (len(found), found.title) == (1, "我的")
    with pytest.raises(InputError, match="No such file"):
        graph.sparql(f"@{tmp_path / 'none.rq'}")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELEC * { ?s ?p ?o }", "line 1, column 1: unexpected 'SELEC' — did you mean SELECT?"),
        ("SELECT *\n{ ?s foo:x ?o }", "line 2, column 6: the prefix foo: is not known"),
    ],
)
def test_a_wrong_query_is_told_with_line_and_column(graph: Graph, text: str, place: str) -> None:
    with pytest.raises(QueryError) as error:
        graph.sparql(text)
    assert str(error.value).startswith(place)
    assert error.value.__notes__[0].endswith("^")


@pytest.mark.parametrize(
    "text", ["DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }"]
)
def test_a_graph_is_only_read_and_never_left(graph: Graph, text: str) -> None:
    with pytest.raises(KgError):
        graph.sparql(text)


def test_the_graph_as_networkx(graph: Graph) -> None:
    network = graph.networkx("hosts", "focusesOn")
    labels = {n: d["label"] for n, d in network.nodes(data=True)}
    edges = {(labels[a], key, labels[b]): d for a, b, key, d in network.edges(keys=True, data=True)}
    # 苏州生物医药产业园 focuses on two fields, 杭州医药港 on one, in both plans of Zhejiang; 泰州中国医药城 on none.
    assert sorted(edges) == sorted([
        ("苏州市", "hosts", "苏州生物医药产业园"), ("泰州市", "hosts", "泰州中国医药城"), ("杭州市", "hosts", "杭州医药港"),
        ("苏州生物医药产业园", "focusesOn", "抗体药物"), ("苏州生物医药产业园", "focusesOn", "细胞治疗"),
        ("杭州医药港", "focusesOn", "抗体药物"),
    ])  # fmt: skip
    port = edges["杭州市", "hosts", "杭州医药港"]
    assert port == {"documents": ["zhejiang-2016", "zhejiang-2022"], "statements": 2}
    assert {d["kind"] for _, d in network.nodes(data=True)} == {"prefecture", "cluster", "field"}
    assert graph.networkx("hosts", doc="jiangsu-2021").number_of_edges() == 2


def test_the_graph_as_rdflib(graph: Graph) -> None:
    asked = "SELECT ?c { ?s pp:hosts ?c . ?s rdfs:label '苏州市'@zh }"
    assert len(list(graph.rdflib().query(asked))) == 1


def test_saved_queries_are_listed(graph: Graph) -> None:
    row = next(q for q in graph.queries() if q["name"] == "clusters-of")
    assert row["parameters"] == "region"
    assert row["title"].startswith("某一区域")


def test_overlaps_and_comparison(graph: Graph) -> None:
    # Of the same years are only Jiangsu 2021–2025 and Zhejiang 2022–2024.
    (pair,) = graph.overlaps()
    assert {pair["aLabel"], pair["bLabel"]} == {"江苏省", "浙江省"}
    assert pair["same"] == len([r for r in graph.compare("江苏", "浙江") if r["match"] == "same"])
    both = {r["fieldLabel"]: r for r in graph.compare("江苏", "浙江")}
    shared = both["抗体药物"]
    assert (shared["who"], shared["docA"], shared["docB"]) == ("both", "jiangsu-2021", "zhejiang-2022")
    assert shared["quoteB"] in graph.text("zhejiang-2022")
    assert both["海洋多肽探针"]["who"] == "b"
    assert both["新型疫苗"]["who"] == "a"


def test_targets_stand_side_by_side(graph: Graph) -> None:
    rows = {(t["regionLabel"], t["value"]): t for t in graph.targets()}
    assert {("江苏省", 5000), ("浙江省", 4500), ("中国", 10)} == set(rows)
    assert rows["江苏省", 5000]["quote"] == "到2025年，全省医药工业主营业务收入达到5000亿元以上"
    assert [t["regionLabel"] for t in graph.targets("浙江")] == ["浙江省"]


def test_specialisation_and_structure(graph: Graph) -> None:
    assert {r["regionLabel"] for r in graph.specialisation("江苏")} == {"江苏省"}
    assert all(r["quotient"] > 0 for r in graph.specialisation(kind="field"))
    edges = graph.structure("clusters", all_periods=True)
    assert [{e["aLabel"], e["bLabel"]} for e in edges] == [{"苏州生物医药产业园", "杭州医药港"}]  # 抗体药物


def test_what_changed_between_two_plans(graph: Graph) -> None:
    rows = graph.diff("zhejiang-2022", "zhejiang-2016")  # given the wrong way round: time decides
    assert rows.title == "zhejiang-2016 → zhejiang-2022"
    fields = {(r["change"], r["thingLabel"]) for r in rows if r["part"] == "fields"}
    # Both plans name 抗体药物; only the older 化学原料药, only the newer 海洋多肽探针.
    assert fields == {("kept", "抗体药物"), ("dropped", "化学原料药"), ("entered", "海洋多肽探针")}
    kept = next(r for r in rows if r["thingLabel"] == "抗体药物")
    assert (kept["oldQuote"].doc, kept["newQuote"].doc) == ("zhejiang-2016", "zhejiang-2022")
    (goal,) = (r for r in rows if r["part"] == "targets")
    assert (goal["change"], goal["newValue"], goal["newDeadline"]) == ("entered", 4500, 2024)


def test_passages_that_documents_share(graph: Graph) -> None:
    # 杭州医药港聚焦抗体药物。 and 重点发展抗体药物 stand in both plans of Zhejiang, and are short.
    found = graph.reuse("zhejiang-2016", "zhejiang-2022", min_length=8)
    assert "杭州医药港聚焦抗体药物" in [q.strip("。\n") for q in found["quoteA"]]
    for row in found:
        for side in "AB":
            quote = row[f"quote{side}"]
            assert graph.text(quote.doc)[quote.start : quote.end] == quote
    assert len(graph.reuse("zhejiang-2016", "zhejiang-2022", min_length=200)) == 0
