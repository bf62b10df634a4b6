"""Results: values, frames, files, text and HTML."""

from __future__ import annotations

import copy
import datetime
import pickle
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import InputError, QueryError
from kg.namespaces import XSD
from kg.notebook.cells import Quote, quote_columns, value
from kg.notebook.graph import Graph
from kg.notebook.result import Result

from .conftest import EVIL


def literal(text: str, type_: str) -> Literal:
    return Literal(text, datatype=NamedNode(f"{XSD._}{type_}"))


@pytest.mark.parametrize(
    ("term", "wanted"),
    [
        (None, None),
        (NamedNode("urn:x"), "urn:x"),
        (BlankNode("b"), "_:b"),
        (Literal("苏州", language="zh"), "苏州"),
        (literal("12", "integer"), 12),
        (literal("2025", "gYear"), 2025),
        (literal("2021-09", "gYearMonth"), "2021-09"),
        (literal("31.2996", "decimal"), 31.2996),
        (literal("1e3", "double"), 1000.0),
        (literal("true", "boolean"), True),
        (literal("0", "boolean"), False),
        (literal("2022-06-16", "date"), datetime.date(2022, 6, 16)),
        (literal("2022-06-16T10:00:00", "dateTime"), datetime.datetime(2022, 6, 16, 10)),
        (literal("-0001-01-01", "date"), "-0001-01-01"),  # a date that Python has not
        (literal("many", "integer"), "many"),
    ],
)
def test_terms_become_values_of_python(term: Any, wanted: object) -> None:
    found = value(term)
    assert (found, type(found)) == (wanted, type(wanted))


def test_a_result_is_a_sequence_of_rows(graph: Graph) -> None:
    found = graph.sparql("cities-clusters")
    # 苏州, 泰州 once; 杭州 in the older and in the newer plan.
    assert sorted(found["cityLabel"]) == ["杭州市", "杭州市", "泰州市", "苏州市"]
    assert len(found) == 4
    assert found[0] == dict(zip(found.columns, found[0].values(), strict=True))
    assert [dict(r) for r in found[1:3]] == [found[1], found[2]]
    assert isinstance(found[:2], Result)
    assert found[-1] == list(found)[-1]
    with pytest.raises(KeyError, match="the columns are city"):
        found["nothing"]
    with pytest.raises(IndexError):
        found[99]


def test_forms_of_answers(graph: Graph) -> None:
    assert graph.sparql("ASK { ?s pp:hosts ?o }")["answer"] == [True]
    made = graph.sparql("CONSTRUCT { ?s pp:hosts ?o } WHERE { ?s pp:hosts ?o }")
    assert made.columns == ("subject", "predicate", "object")
    assert len(made) == 3
    assert made.iris == {"subject", "predicate", "object"}
    nothing = graph.sparql("SELECT ?x { ?x pp:hosts pp:hosts }")
    assert (len(nothing), repr(nothing)) == (0, "没有结果")
    assert "0 行" in nothing._repr_html_()


def test_quotes_know_their_places(graph: Graph) -> None:
    for row in graph.sparql("cities-clusters"):
        quote = row["quote"]
        assert isinstance(quote, Quote)
        assert graph.text(quote.doc)[quote.start : quote.end] == quote
    pair = (
        graph.sparql("shared-fields", a="江苏", b="浙江")
        if False
        else graph.sparql("changed-fields", **CHANGED)
    )
    assert all(r["newQuote"] is None or isinstance(r["newQuote"], str) for r in pair)


CHANGED = {"old": "zhejiang-2016", "new": "zhejiang-2022"}


def test_quote_columns_are_told_by_name() -> None:
    columns = ["quoteA", "docA", "startA", "endA", "reachedQuote", "reachedDoc", "quote", "newQuote"]
    assert dict(quote_columns(columns)) == {
        "quoteA": ("docA", "startA", "endA"), "reachedQuote": ("reachedDoc", None, None),
    }  # fmt: skip


def test_a_quote_can_be_copied_and_kept() -> None:
    quote = Quote("双抗", "plan", 3, 5)
    for made in (copy.copy(quote), copy.deepcopy(quote), pickle.loads(pickle.dumps(quote))):
        assert (made, made.doc, made.start, made.end) == ("双抗", "plan", 3, 5)


def test_types_of_a_pandas_frame(graph: Graph) -> None:
    frame = graph.sparql("targets").df()
    types = frame.dtypes.astype(str).to_dict()
    # Deadlines are years; 10, 5000 and 4500 are decimals in the graph.
    assert (types["deadline"], types["value"], types["indicatorLabel"]) == ("Int64", "float64", "string")
    assert sorted(frame["deadline"]) == [2020, 2024, 2025]
    assert sorted(frame["value"]) == [10, 4500, 5000]
    assert frame["baseline"].isna().all()
    mixed = Result(
        ["a", "b", "c", "d"], [[1, True, 1, datetime.date(2022, 1, 1)], [2.5, None, "x", None]]
    ).df()
    assert list(mixed.dtypes.astype(str)) == ["float64", "boolean", "string", "object"]
    assert list(Result(["a"], []).df().columns) == ["a"]


def test_types_of_a_polars_frame(graph: Graph) -> None:
    import polars as pl

    frame = graph.sparql("targets").to_polars()
    assert frame.schema["deadline"] == pl.Int64
    assert frame.schema["value"] == pl.Float64
    assert frame.schema["quote"] == pl.String
    assert frame.height == 3
    facts = graph.facts("cluster").to_polars()
    assert facts["fields"].to_list()[0] == ["抗体药物", "细胞治疗"]


def test_csv_and_its_form_for_spreadsheets(tmp_path: Path) -> None:
    found = Result(["名称", "n"], [["=HYPERLINK(1)", -3], ['苏州, "园区"', None]])
    plain = found.to_csv(tmp_path / "a.csv").read_bytes()
    assert plain.decode("utf-8") == '名称,n\r\n=HYPERLINK(1),-3\r\n"苏州, ""园区""",\r\n'
    excel = found.to_csv(tmp_path / "b.csv", excel=True).read_bytes()
    # A text that would be a formula gets an apostrophe; a negative number stays a number.
    assert excel.decode("utf-8-sig").splitlines()[1] == "'=HYPERLINK(1),-3"
    assert excel.startswith(b"\xef\xbb\xbf")
    with pytest.raises(InputError, match="choose another place"):
        found.to_csv(tmp_path / "no" / "folder.csv")


def test_text_shows_labels_in_aligned_lines(graph: Graph) -> None:
    from rich.cells import cell_len

    lines = repr(graph.sparql("cities-clusters", region="苏州")).splitlines()
    assert lines[0].startswith("哪些城市")
    assert lines[1].split() == ["城市", "集聚区", "状态", "聚焦领域", "原文", "文件"]
    assert "苏州市" in lines[3]
    assert "http" not in "".join(lines)
    assert max(map(cell_len, lines)) <= 120
    wide = Result(list("abcdefgh"), [["很长的文字" * 30] * 8])
    assert max(map(cell_len, repr(wide).splitlines())) <= 120


def test_long_results_are_cut_with_their_number() -> None:
    found = Result(["n"], [[n] for n in range(1, 1001)])
    assert repr(found).splitlines()[-1] == "共 1000 行，显示前 20 行"
    html = found._repr_html_()
    assert html.count("<tr>") == 1 + 50
    assert "共 1000 行，显示前 50 行" in html
    assert "first 50 of 1000 rows" in Result(["n"], [[n] for n in range(1000)], language="en")._repr_html_()


class Reader(HTMLParser):
    """What a browser would make of a page: elements with their attributes, and the text within."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def links(self) -> list[str]:
        return [str(a["href"]) for _, a in self.tags if "href" in a]

    @property
    def text(self) -> str:
        return "".join(self.words)


def test_a_quote_opens_to_its_place(graph: Graph) -> None:
    html = graph.sparql("cities-clusters", region="苏州")._repr_html_()
    page = Reader(html)
    assert {"details", "summary", "mark", "blockquote"} <= {tag for tag, _ in page.tags}
    start = graph.text("jiangsu-2021").index("苏州生物医药产业园聚焦")
    assert f"jiangsu-2021 {start}–{start + 20}" in page.text
    assert "江苏省医药规划 › 二、空间布局" in page.text
    # The sentence after it stands in the surrounding words, not in the mark.
    assert "<mark>苏州生物医药产业园聚焦抗体药物和细胞治疗</mark>。" in html
    assert "https://w3id.org/pharma-policy-kg/id/region/320500" in page.links


def test_a_quote_that_is_not_in_its_text_is_never_given_a_place(graph: Graph) -> None:
    rows = [[Quote("重点发展抗体药物", "jiangsu-2021", 0, 8)], [Quote("没有这句话", "jiangsu-2021")]]
    html = Result(["quote"], rows, graph=graph.store)._repr_html_()
    assert "<details>" not in html
    assert "原文位置不明" in html


def test_a_quote_without_offsets_is_placed_where_it_is_the_only_one(graph: Graph) -> None:
    # 抗体药物 stands three times in the plan of Jiangsu, 细胞治疗 once.
    rows = [[Quote("抗体药物", "jiangsu-2021")], [Quote("细胞治疗", "jiangsu-2021")]]
    html = Result(["quote"], rows, graph=graph.store)._repr_html_()
    assert html.count("<details>") == 1
    assert "<mark>细胞治疗</mark>" in html


def test_html_is_escaped_wherever_strangers_words_land(evil: Graph) -> None:
    asked = 'SELECT ?city ?cityLabel ?cluster ("evil" AS ?doc) (2 AS ?start) (?e AS ?end) (?q AS ?quote)' \
        " { ?city pp:hosts ?cluster ; rdfs:label ?cityLabel }"  # fmt: skip
    found = evil.sparql(asked, q=EVIL, e=2 + len(EVIL))
    found.title = EVIL
    for html in (found._repr_html_(), Result([EVIL], [[EVIL], [Quote(EVIL, "evil", 2, 2 + len(EVIL))]],
                                             graph=evil.store, title=EVIL)._repr_html_()):  # fmt: skip
        page = Reader(html)
        assert {tag for tag, _ in page.tags} <= {
            "div", "style", "table", "caption", "thead", "tbody", "tr", "th", "td", "a", "details", "summary",
            "small", "blockquote", "mark", "span",
        }  # fmt: skip
        assert EVIL in page.text
        assert not any(link.startswith("javascript") for link in page.links)
        assert not [a for _, attrs in page.tags for a in attrs if a.startswith("on")]


def test_cards_and_candidates_are_escaped(evil: Graph) -> None:
    store = evil.store
    thing = Graph(store).thing("urn:evil:city") if False else None
    assert thing is None
    from kg.graph.lookup import Found
    from kg.notebook.things import Matches

    found = Found("javascript:alert(1)", "region", EVIL, EVIL, EVIL, EVIL, 1)
    page = Reader(Matches([found], exact=False)._repr_html_())
    assert {tag for tag, _ in page.tags} <= {"div", "style", "ul", "li", "small"}
    assert page.links == []
    assert EVIL in page.text


def test_the_card_as_html(graph: Graph) -> None:
    page = Reader(graph.thing("苏州")._repr_html_())
    assert page.links[0] == "https://w3id.org/pharma-policy-kg/id/region/320500"
    assert "江苏省医药规划 › 二、空间布局" in page.text
    assert "苏州生物医药产业园聚焦抗体药物和细胞治疗" in page.text


@given(st.lists(st.text(), min_size=1, max_size=4), st.data())
def test_no_text_at_all_gets_out_of_its_cell(names: list[str], data: st.DataObject) -> None:
    columns = list(dict.fromkeys(names))
    rows = data.draw(st.lists(st.tuples(*(st.text() for _ in columns)), max_size=3))
    found = Result(columns, rows)
    page = Reader(found._repr_html_())
    assert {tag for tag, _ in page.tags} <= {
        "div", "style", "table", "caption", "thead", "tbody", "tr", "th", "td", "small",
    }  # fmt: skip
    assert isinstance(repr(found), str)


def test_offsets_hold_on_the_seeds(seeds: Graph) -> None:
    found = seeds.sparql("cities-clusters")
    assert len(found) > 30
    html = found[:20]._repr_html_()
    assert html.count("<details>") == 20
    assert "2025" in repr(seeds.sparql("targets")["deadline"])


def test_rows_are_kept_and_columns_picked() -> None:
    found = Result(["who", "n", "note"], [["a", 1, "x"], ["both", 2, "y"], ["both", 3, "z"]])
    assert found.where(who="both")["n"] == [2, 3]
    assert found.where(lambda row: row["n"] > 2, who="both")["note"] == ["z"]
    assert found.only("n", "who").shown == ("n", "who")
    assert found.only("n").columns == found.columns
    with pytest.raises(KeyError, match="the columns are who, n, note"):
        found.where(whom="both")
    with pytest.raises(QueryError, match="no column 'whom'"):
        found.only("whom")


def test_tables_say_codes_in_words_and_cut_long_decimals() -> None:
    rows = [["both", True, 0.6931471805599453], ["b", False, 1133.6]]
    shown = repr(Result(["who", "inherited", "weight"], rows)).splitlines()
    assert [line.split() for line in shown[2:]] == [["双方", "是", "0.693"], ["仅乙方", "否", "1133.6"]]
    english = repr(Result(["who", "inherited"], [["both", True]], language="en"))
    assert "both" in english
    assert "是" not in english
