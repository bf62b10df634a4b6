"""The clients that people have: each asks the real server in its own way, and gets what the graph holds."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pandas as pd
import pytest
import rdflib
from pandas.testing import assert_frame_equal
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, N3, POST, POSTDIRECTLY, RDFXML, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.namespaces import ONTOLOGY, PP

from .conftest import Running

# tiny_plans.py: Jiangsu and the newer plan of Zhejiang and the guide set targets, of 5000, 4500 and 10
PREFIX = f"PREFIX pp: <{ONTOLOGY}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
TARGETS = (
    PREFIX
    + "SELECT ?value ?unit { ?plan pp:setsTarget ?t . ?t pp:value ?value ; pp:unit ?unit } ORDER BY ?value"
)
FOUND = [("10", "%"), ("4500", "亿元"), ("5000", "亿元")]
HOSTS = PREFIX + "CONSTRUCT { ?city pp:hosts ?cluster } { ?city pp:hosts ?cluster }"
# 苏州生物医药产业园, 泰州中国医药城 and 杭州医药港, each in a city and, as the graph says it, in no more
COMUNICA = Path(__file__).with_name("comunica")

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("how", [None, POSTDIRECTLY])
def test_sparqlwrapper(server: Running, method: str, how: str | None) -> None:
    client = SPARQLWrapper(server.sparql)
    client.setMethod(method)
    if how and method == POST:
        client.setRequestMethod(how)
    client.setQuery(TARGETS)
    client.setReturnFormat(JSON)
    rows = client.queryAndConvert()["results"]["bindings"]
    assert [(r["value"]["value"], r["unit"]["value"]) for r in rows] == FOUND
    client.setReturnFormat(XML)
    assert [n.firstChild.data for n in client.queryAndConvert().getElementsByTagName("literal")] == [
        text for row in FOUND for text in row
    ]
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().decode().splitlines()[1:] == [",".join(row) for row in FOUND]
    client.setQuery(HOSTS)
    for format_ in (RDFXML, TURTLE, N3):
        client.setReturnFormat(format_)
        made = client.query().convert()
        graph = made if isinstance(made, rdflib.Graph) else rdflib.Graph().parse(data=made, format="turtle")
        assert len(graph) == 3
    client.setReturnFormat(JSON)
    client.setQuery("SELECT * {")
    with pytest.raises(QueryBadFormed):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib(server: Running, method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(server.sparql, method=method))
    rows = [tuple(map(str, row)) for row in graph.query(TARGETS)]
    assert rows == FOUND
    sets_target = rdflib.URIRef(PP.setsTarget)
    assert len(list(graph.subject_objects(sets_target))) == 3
    assert bool(graph.query("ASK { ?s ?p ?o }")) is True
    assert len(graph.query(HOSTS).graph) == 3


def test_pandas(server: Running) -> None:
    wanted = pd.DataFrame([(int(value), unit) for value, unit in FOUND], columns=["value", "unit"])
    query = urlencode({"query": TARGETS})
    accept = {"Accept": "text/csv"}
    assert_frame_equal(pd.read_csv(f"{server.sparql}?{query}", storage_options=accept), wanted)
    assert_frame_equal(pd.read_csv(f"{server.sparql}?{query}&format=csv"), wanted)
    tsv = pd.read_csv(f"{server.sparql}?{query}&format=tsv", sep="\t")
    assert list(tsv.columns) == ["?value", "?unit"]


def test_httpx_many_at_once_over_one_connection(server: Running) -> None:
    with httpx.Client() as client:
        answers = [
            client.post(server.sparql, data={"query": TARGETS}, headers={"Accept": "text/csv"})
            for _ in range(50)
        ]
    assert {a.text for a in answers} == {answers[0].text}
    assert pd.read_csv(io.StringIO(answers[0].text)).shape == (3, 2)


def test_a_large_answer_comes_whole(server: Running) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 20000"
    with httpx.stream(
        "GET", server.sparql, params={"query": query}, headers={"Accept": "text/csv"}
    ) as answer:
        size = int(answer.headers["content-length"])
        got = answer.read()
    assert size == len(got) > 1 << 20  # larger than what is kept in memory
    assert len(pd.read_csv(io.BytesIO(got))) == 20000


@pytest.mark.slow
def test_comunica(server: Running, tmp_path: Path) -> None:
    """The query engine that runs in browsers; it joins what it gets from endpoints by itself."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("no npm here: apt-get install npm")
    for file in COMUNICA.iterdir():
        shutil.copy(file, tmp_path)
    install = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    done = subprocess.run(install, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode != 0:
        pytest.skip(f"npm cannot install Comunica: {done.stderr[-200:]}")
    asked = json.dumps({"endpoint": server.sparql, "rows": TARGETS, "triples": HOSTS})
    run = subprocess.run(
        [node, "ask.mjs", asked], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    assert [tuple(row) for row in answer["rows"]] == FOUND
    assert answer["triples"] == 3
    assert answer["ask"] is True
    assert answer["joined"] == ["5000"]
