"""The data package: whoever gets it can check it, read it and say where it comes from."""

from __future__ import annotations

import csv
import json
import re
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
import rdflib
from rdflib.namespace import DCAT, RDF, VOID

from kg.exports.formats import FORMATS
from kg.exports.source import Source
from kg.exports.write import export
from kg.model import FACT_TYPES


@pytest.fixture(scope="module")
def package(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package") / "data"
    FORMATS["package"].write(Source(source.graph, texts=True), folder)
    return folder


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def test_what_is_in_it(package: Path) -> None:
    facts = {f"facts/{type_}.csv" for type_ in FACT_TYPES}
    texts = {f"texts/{doc}.txt" for doc in ("guide-2016", "jiangsu-2021", "zhejiang-2016", "zhejiang-2022")}
    assert files(package) == facts | texts | {
        "graph.trig", "ontology.ttl", "context.jsonld", "datapackage.json", "void.ttl", "README.md", "SHA256SUMS",
    }  # fmt: skip


def test_checksums_cover_all_files_and_hold(package: Path) -> None:
    listed = dict(reversed(line.split("  ")) for line in (package / "SHA256SUMS").read_text().splitlines())
    assert set(listed) == files(package) - {"SHA256SUMS"}
    assert {path: digest(package / path) for path in listed} == listed


def test_resources_are_as_described(package: Path) -> None:
    described = json.loads((package / "datapackage.json").read_text("utf-8"))
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
    assert [s["title"] for s in described["sources"]][:2] == ["医药产业发展指南", "江苏省医药规划"]
    names = [r["name"] for r in described["resources"]]
    assert len(set(names)) == len(names)
    assert not [n for n in names if not re.fullmatch(r"[a-z0-9._-]+", n)]  # Frictionless allows no others
    for resource in described["resources"]:
        path = package / resource["path"]
        assert resource["hash"] == f"sha256:{digest(path)}"
        assert resource["bytes"] == path.stat().st_size
        if "schema" in resource:
            _conforms(path, resource["schema"])


def _conforms(path: Path, schema: dict[str, list[dict[str, str]]]) -> None:
    """Each cell is of the type of its field; the primary key is there and unique."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == [f["name"] for f in schema["fields"]]
        found = list(reader)
    patterns = {"integer": r"-?\d+", "number": r"-?\d+(\.\d+)?([eE][+-]?\d+)?", "string": r"(?s).+"}
    for field in schema["fields"]:
        assert all(
            re.fullmatch(patterns[field["type"]], row[field["name"]]) for row in found if row[field["name"]]
        )
    assert len({row["fact"] for row in found}) == len(found)


def test_void_and_dcat(package: Path, source: Source) -> None:
    about = rdflib.Graph().parse(package / "void.ttl")
    (data,) = about.subjects(RDF.type, DCAT.Dataset)
    assert about.value(data, VOID.triples).toPython() == len(source.graph)
    listed = {str(about.value(d, rdflib.DCTERMS.identifier)) for d in about.objects(data, DCAT.distribution)}
    assert {"graph.trig", "facts/cluster.csv", "texts/guide-2016.txt"} <= listed
    pp = rdflib.Namespace("https://w3id.org/pharma-policy-kg/ontology#")
    (hosts,) = about.subjects(VOID.property, pp.hosts)
    # Four clusters with a host in tiny_plans.py, 杭州医药港 in two documents: a statement in the graph of each.
    assert about.value(hosts, VOID.triples).toPython() == 4


def test_texts_are_as_they_were_given(package: Path, source: Source) -> None:
    assert (package / "texts/jiangsu-2021.txt").read_bytes().decode() == source.graph.text("jiangsu-2021")


def test_texts_only_where_asked_for(source: Source, tmp_path: Path) -> None:
    FORMATS["package"].write(source, tmp_path)
    assert not (tmp_path / "texts").exists()


def test_a_zip_is_the_folder_and_the_same_every_time(source: Source, tmp_path: Path) -> None:
    export(source, tmp_path / "a.zip")
    export(source, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        sums = archive.read("SHA256SUMS").decode()
        assert len(sums.splitlines()) == len(archive.namelist()) - 1
    assert {p.name for p in tmp_path.iterdir()} == {"a.zip", "b.zip"}
