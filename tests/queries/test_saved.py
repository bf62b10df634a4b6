"""Saved queries: every file is in order, and each answers its question about plans whose facts are known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.errors import QueryError
from kg.graph.lookup import Lookup
from kg.graph.store import GraphStore
from kg.namespaces import ID, ONTOLOGY, PREFIXES
from kg.queries import saved
from kg.queries.columns import translations

NAMES = saved.names()
VALUES = {
    "region": "浙江", "field": "抗体药物", "document": "jiangsu-2021", "indicator": "主营业务收入", "a": "江苏",
    "b": "浙江", "old": "zhejiang-2016", "new": "zhejiang-2022", "thing": "苏州", "deadline": "2025",
    "agency": "药品监督管理局", "molecule": "PD-1", "disease": "肿瘤", "kind": "ProductField", "least": "3",
    "below": "0.95",
}  # fmt: skip

Ask = Callable[..., list[dict[str, str]]]


@pytest.fixture
def ask(tiny_graph: GraphStore) -> Ask:
    """Asks a saved query: rows as plain texts by column, what is unbound left out."""

    def answer(name: str, **given: str) -> list[dict[str, str]]:
        query = saved.load(name)
        bound = terms(query, given, tiny_graph)
        found = tiny_graph.query(query.sparql(given), parameters=bound, time_limit=10)
        return [{k: v.value for k, v in row.items() if v is not None} for row in found]  # type: ignore[union-attr]

    return answer


def terms(query: saved.SavedQuery, given: dict[str, str], graph: GraphStore) -> dict[str, saved.Term]:
    lookup = Lookup(graph.store)
    return query.terms(given, lambda name, kind: lookup.one(name, None if kind == "thing" else [kind]).iri)


def pick(rows: list[dict[str, str]], *columns: str) -> list[tuple[str | None, ...]]:
    return [tuple(row.get(c) for c in columns) for row in rows]


@pytest.mark.parametrize("name", NAMES)
def test_every_query_says_what_it_asks_in_both_languages(name: str) -> None:
    query = saved.load(name)
    assert all((query.title, query.title_zh, query.description, query.description_zh))
    assert all(p.description.count(" / ") >= 1 for p in query.params), "parameters: 中文 / English"
    assert set(query.columns) <= translations().keys(), "columns.toml has no Chinese title"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("full", [False, True], ids=["least", "all parameters"])
def test_every_query_runs_with_and_without_its_optional_parameters(
    name: str, full: bool, tiny_graph: GraphStore
) -> None:
    query = saved.load(name)
    given = {p.name: VALUES[p.name] for p in query.params if full or p.required}
    found = tiny_graph.query(query.sparql(given), parameters=terms(query, given, tiny_graph), time_limit=10)
    assert set(query.columns) <= set(found.variables)


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_sparql_as_it_stands(name: str) -> None:
    """Other tools can read it: parameters are variables, conditional lines end in comments."""
    Store().query(saved.load(name).text, prefixes=dict(PREFIXES))


@pytest.mark.parametrize("name", NAMES)
def test_no_row_stands_twice(name: str, ask: Ask) -> None:
    query = saved.load(name)
    rows = [
        tuple(sorted(row.items()))
        for row in ask(name, **{p.name: VALUES[p.name] for p in query.params if p.required})
    ]
    assert len(rows) == len(set(rows))


def test_cities_and_their_clusters_with_focus_and_sentence(ask: Ask) -> None:
    rows = ask("cities-clusters")
    assert pick(rows, "cityLabel", "clusterLabel", "kind", "status", "fields", "doc") == [
        ("苏州市", "苏州生物医药产业园", "园区", "已有", "抗体药物、细胞治疗", "jiangsu-2021"),
        ("泰州市", "泰州中国医药城", "谷城港", "拟建", None, "jiangsu-2021"),
        ("杭州市", "杭州医药港", "谷城港", "已有", "抗体药物", "zhejiang-2016"),
        ("杭州市", "杭州医药港", "谷城港", "已有", "抗体药物", "zhejiang-2022"),
    ]
    suzhou = next(row for row in rows if row["cityLabel"] == "苏州市")
    assert suzhou["quote"] == "苏州生物医药产业园聚焦抗体药物和细胞治疗"
    assert suzhou["city"] == f"{ID}region/320500"


def test_clusters_can_be_asked_by_region_field_and_document(ask: Ask) -> None:
    assert {r["cityLabel"] for r in ask("cities-clusters", region="江苏")} == {"苏州市", "泰州市"}
    assert {r["cityLabel"] for r in ask("cities-clusters", region="长三角")} == {"苏州市", "泰州市", "杭州市"}
    assert {r["cityLabel"] for r in ask("cities-clusters", field="细胞治疗")} == {"苏州市"}
    assert {r["cityLabel"] for r in ask("cities-clusters", field="生物药")} == {"苏州市", "杭州市"}
    assert {r["doc"] for r in ask("cities-clusters", document="zhejiang-2022")} == {"zhejiang-2022"}


def test_the_clusters_of_a_region_one_row_each(ask: Ask) -> None:
    assert pick(ask("clusters-of", region="浙江省"), "clusterLabel", "place", "docs") == [
        ("杭州医药港", "杭州市", "zhejiang-2016 zhejiang-2022"),
    ]


def test_the_fields_of_a_region_take_in_its_cities(ask: Ask) -> None:
    assert set(pick(ask("fields-of", region="江苏"), "placeLabel", "stanceLabel", "wording")) == {
        ("南京市", "发展", "新型疫苗"), ("泰州市", "优势在于", "新型疫苗"),
    }  # fmt: skip


def test_who_develops_a_field_or_anything_under_it(ask: Ask) -> None:
    rows = pick(ask("who-develops", field="抗体药物"), "whoLabel", "howLabel", "namedLabel")
    assert ("苏州生物医药产业园", "主攻", "抗体药物") in rows
    assert ("江苏省医药规划", "列为重点", "双特异性抗体") in rows
    narrowed = pick(ask("who-develops", field="抗体药物", region="浙江"), "whoLabel")
    assert {who for (who,) in narrowed} == {
        "杭州医药港", "浙江省医药规划（2016—2020年）", "浙江省生物医药行动方案（2022—2024年）",
    }  # fmt: skip


def test_shared_fields_come_with_a_sentence_of_each_side(ask: Ask) -> None:
    (row,) = ask("shared-fields", a="江苏", b="浙江")
    assert (row["fieldLabel"], row["documents"], row["national"]) == ("抗体药物", "4", "true")
    assert row["quoteA"] == "加快发展抗体药物"
    assert row["quoteB"] == "重点发展抗体药物"


def test_related_fields_are_one_level_apart_and_no_sector_is_above(ask: Ask) -> None:
    """浙江 names 抗体药物, 江苏 双特异性抗体 under it; that 化学原料药 stands under the sector 化学药 does not count."""
    (row,) = ask("related-fields", a="浙江", b="江苏")
    assert (row["aboveLabel"], row["fieldLabel"]) == ("抗体药物", "双特异性抗体")
    assert (row["quoteA"], row["docB"]) == ("重点发展抗体药物", "jiangsu-2021")
    assert ask("related-fields", a="江苏", b="浙江") == []


def test_common_fields_count_documents_not_statements(ask: Ask) -> None:
    assert pick(ask("common-fields"), "fieldLabel", "documents") == [("抗体药物", "4"), ("化学原料药", "2")]
    assert pick(ask("common-fields", least="3"), "fieldLabel") == [("抗体药物",)]


def test_what_the_national_guide_names_and_a_province_leaves_out(ask: Ask) -> None:
    assert pick(ask("national-fields-missing", region="江苏"), "fieldLabel") == [
        ("罕见病用药",),
        ("化学原料药",),
    ]
    assert pick(ask("national-fields-missing", region="浙江"), "fieldLabel", "quote") == [
        ("罕见病用药", "孤儿药")
    ]


def test_what_only_one_province_names(ask: Ask) -> None:
    rows = set(pick(ask("only-one-province"), "provinceLabel", "fieldLabel", "national"))
    assert ("浙江省", "化学原料药", "true") in rows
    assert ("浙江省", "海洋多肽探针", "false") in rows
    assert ("江苏省", "双特异性抗体", "false") in rows
    assert not any(field == "抗体药物" for _, field, _ in rows)
    assert {
        p for p, _, _ in pick(ask("only-one-province", region="江苏"), "provinceLabel", "fieldLabel", "doc")
    } == {"江苏省"}


def test_targets_with_amount_and_deadline(ask: Ask) -> None:
    rows = pick(ask("targets"), "wording", "amount", "deadline", "doc")
    assert set(rows) == {
        ("主营业务收入", "≥ 5000亿元", "2025", "jiangsu-2021"),
        ("主营业务收入", "≈ 4500亿元", "2024", "zhejiang-2022"),
        ("主营业务收入年均增速", "> 10%", "2020", "guide-2016"),
    }
    assert pick(ask("targets", deadline="2025"), "doc") == [("jiangsu-2021",)]
    assert pick(ask("targets", region="浙江"), "doc") == [("zhejiang-2022",)]
    assert len(ask("targets", indicator="主营业务收入")) == 3, "its growth is under it"
    assert pick(ask("targets", indicator="主营业务收入年均增速"), "doc") == [("guide-2016",)]


def test_statistics_and_targets_beside_what_was_reached(ask: Ask) -> None:
    assert pick(ask("statistics"), "wording", "amount", "time") == [("主营业务收入", "1133.6亿元", "2015")]
    assert pick(ask("targets-and-past"), "regionLabel", "goal", "deadline", "reached", "time") == [
        ("浙江省", "≈ 4500亿元", "2024", "1133.6亿元", "2015"),
    ]


def test_what_changed_between_two_documents(ask: Ask) -> None:
    pair = {"old": "zhejiang-2016", "new": "zhejiang-2022"}
    assert set(pick(ask("changed-fields", **pair), "change", "fieldLabel")) == {
        ("dropped", "化学原料药"), ("entered", "海洋多肽探针"), ("kept", "抗体药物"),
    }  # fmt: skip
    assert pick(ask("changed-clusters", **pair), "change", "clusterLabel") == [("kept", "杭州医药港")]


def test_quotes_that_stand_in_two_documents_word_for_word(ask: Ask) -> None:
    rows = pick(ask("same-words"), "quote", "docA", "docB")
    assert ("杭州医药港聚焦抗体药物", "zhejiang-2016", "zhejiang-2022") in rows
    assert ("重点发展抗体药物", "guide-2016", "zhejiang-2022") in rows
    assert all(len(quote or "") >= 11 for quote, *_ in pick(ask("same-words", least="11"), "quote"))


def test_companies_institutions_molecules_and_diseases(ask: Ask) -> None:
    assert pick(ask("companies-and-products"), "placeLabel", "products") == [("江苏省", "卡瑞利珠单抗")]
    assert ask("companies-and-products", region="浙江") == []
    assert pick(ask("institutions"), "institutionLabel", "kind", "placeLabel") == [
        ("中国药科大学", "高校", "南京市")
    ]
    assert pick(ask("institutions", region="江苏"), "institutionLabel") == [("中国药科大学",)]
    assert pick(ask("drug-targets", molecule="PD-1"), "fieldLabel", "quote") == [("抗体药物", "PD-1抑制剂")]
    assert pick(ask("diseases", field="抗体药物"), "diseaseLabel", "fieldLabel") == [("肿瘤", "双特异性抗体")]


def test_who_is_responsible_for_what(ask: Ask) -> None:
    (row,) = ask("responsible-agencies")
    assert row["agencies"] == "省药监局、省工业和信息化厅"
    assert row["leadLabel"] == "省药监局"
    assert ask("responsible-agencies", agency="药品监督管理局") == [row]
    assert ask("responsible-agencies", agency="财政部") == []


def test_policies_documents_and_all_evidence_of_a_thing(ask: Ask) -> None:
    assert pick(ask("cited-policies"), "policyLabel", "documents") == [("健康江苏行动", "1")]
    assert pick(ask("documents"), "doc", "regionLabel", "period") == [
        ("guide-2016", "中国", "2016–2020"), ("jiangsu-2021", "江苏省", "2021–2025"),
        ("zhejiang-2016", "浙江省", "2016–2020"), ("zhejiang-2022", "浙江省", "2022–2024"),
    ]  # fmt: skip
    said = pick(ask("evidence", thing="恒瑞医药"), "subjectLabel", "predicateLabel", "objectLabel")
    assert ("恒瑞医药", "所在地", "江苏省") in said


def test_what_to_look_at_again(ask: Ask) -> None:
    assert pick(ask("doubtful"), "type", "wording", "confidence") == [("drug_target", "PD-1", "0.6")]
    assert ("海洋多肽探针", "1") in pick(ask("candidates"), "conceptLabel", "documents")
    assert {k for (k,) in pick(ask("candidates", kind="pp:ProductField"), "kind")} == {"产品领域"}
    assert ("plan_field", "by-hand", "9") in pick(ask("rules"), "type", "rule", "facts")


def test_the_outline_of_a_document(ask: Ask) -> None:
    rows = pick(ask("outline", document="jiangsu-2021"), "number", "title")
    assert ("一、", "重点领域") in rows


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({}, "needs the parameter 'region'"),
        ({"region": "浙江", "colour": "red"}, "no parameter 'colour'"),
    ],
)
def test_wrong_parameters_are_named(given: dict[str, str], problem: str) -> None:
    with pytest.raises(QueryError, match=problem):
        saved.load("clusters-of").terms(given, lambda name, kind: f"urn:{name}")


@pytest.mark.parametrize(
    ("type_", "value"), [("integer", "2.5"), ("year", "25"), ("number", "viel"), ("class", "a b")]
)
def test_values_must_be_of_their_type(type_: str, value: str) -> None:
    query = saved.parse("q", f"# param x: {type_} — 数 / number\nASK {{ ?s ?p ?_x }}")
    with pytest.raises(QueryError, match="x="):
        query.terms({"x": value}, lambda name, kind: name)


def test_values_are_bound_as_terms_never_pasted(tiny_graph: GraphStore) -> None:
    query = saved.parse(
        "q", "# param x: text — 文字 / text\nSELECT ?l { ?s rdfs:label ?l . FILTER (STR(?l) = ?_x) }"
    )
    evil = '" || true) } #'
    terms = query.terms({"x": evil}, lambda name, kind: name)
    assert terms["_x"].value == evil
    assert tiny_graph.query(query.sparql({"x": evil}), parameters=terms).rows == ()


def test_headers_that_cannot_be_read_are_refused() -> None:
    with pytest.raises(QueryError, match="cannot read"):
        saved.parse("q", "# param x: colour — 颜色 / colour\nASK {}")


def test_unknown_queries_bring_near_names() -> None:
    with pytest.raises(QueryError, match="cities-clusters"):
        saved.load("city-clusters")


def test_defaults_and_classes(tiny_graph: GraphStore) -> None:
    query = saved.parse("q", "# param k: class — 类 / class [pp:Park]\nSELECT ?c { ?c a ?_k }")
    terms = query.terms({}, lambda name, kind: name)
    assert terms["_k"].value == f"{ONTOLOGY}Park"
    assert len(tiny_graph.query(query.sparql(), parameters=terms).rows) == 1


def test_the_files_are_all_read() -> None:
    folder = Path(saved.__file__).with_name("saved")
    assert {p.stem for p in folder.iterdir()} == set(NAMES)
