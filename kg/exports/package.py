"""The data package: all data in open formats with what a stranger needs to use, cite and check them.

datapackage.json   the description for programs (Frictionless Data Package 1)
void.ttl           the same as VoID and DCAT
README.md          the description for people
SHA256SUMS         checksums of all files, for ``sha256sum -c``
graph.trig         the graph
facts/*.csv        the fact table, a file a type
ontology.ttl, context.jsonld
texts/*.txt        the documents' texts, where they are asked for
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kg.analysis.plans import Plan, plans
from kg.exports.context import dumped
from kg.exports.delimited import write_csv
from kg.exports.description import describe
from kg.exports.jsonld import context_of
from kg.exports.rdf import write_trig_file
from kg.exports.source import Source
from kg.exports.tables import TITLES, Column, columns
from kg.graph.slugs import document_slug
from kg.resources import ontology_dir

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SUMS = "SHA256SUMS"
_TYPES = {"text": "string", "integer": "integer", "number": "number", "list": "string"}
_LIST = "values joined by ；; a backslash stands before one that is part of a value"
_MEDIA = {
    ".trig": ("trig", "application/trig"), ".ttl": ("ttl", "text/turtle"), ".csv": ("csv", "text/csv"),
    ".jsonld": ("jsonld", "application/ld+json"), ".txt": ("txt", "text/plain"),
}  # fmt: skip


def write_package(source: Source, folder: Path) -> None:
    """Writes the package into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_trig_file(source, folder / "graph.trig")
    write_csv(source, folder / "facts")
    shutil.copyfile(ontology_dir() / "pharma-policy.ttl", folder / "ontology.ttl")
    (folder / "context.jsonld").write_bytes(dumped(context_of(source)).encode())
    if source.texts:
        (folder / "texts").mkdir()
        for doc in source.graph.documents():
            text = source.graph.text(doc).encode("utf-8", "surrogatepass")
            (folder / "texts" / f"{document_slug(doc)}.txt").write_bytes(text)
    documents = plans(source.graph)
    data = [(path, _sum(folder / path), (folder / path).stat().st_size) for path in _files(folder)]
    described = json.dumps(_datapackage(source, documents, data), ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_bytes((described + "\n").encode())
    files = [(path, digest, size, _MEDIA[Path(path).suffix][1]) for path, digest, size in data]
    (folder / "void.ttl").write_bytes(describe(source, documents, files).encode())
    (folder / "README.md").write_bytes(_readme(source, documents).encode())
    sums = "".join(f"{_sum(folder / path)}  {path}\n" for path in _files(folder))
    (folder / SUMS).write_bytes(sums.encode())


def zipped(folder: Path, to: Path) -> None:
    """Writes the files of a folder as a zip whose bytes depend on theirs alone."""
    with ZipFile(to, "w", ZIP_DEFLATED) as archive:
        for path in _files(folder):
            entry = ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, (folder / path).read_bytes())


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def _sum(path: Path) -> str:
    with path.open("rb") as data:
        digest = sha256()
        while block := data.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _datapackage(
    source: Source, documents: tuple[Plan, ...], data: list[tuple[str, str, int]]
) -> dict[str, Any]:
    return {
        "profile": "data-package",
        "name": "pharma-policy-kg",
        "title": "医药产业政策知识图谱 Pharmaceutical policy knowledge graph",
        "version": source.version,
        "homepage": "https://w3id.org/pharma-policy-kg/",
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE, "title": "Creative Commons Attribution 4.0"}],
        "sources": [{"title": plan.title} for plan in documents],
        "resources": [_resource(path, digest, size) for path, digest, size in data],
    }


def _resource(path: str, digest: str, size: int) -> dict[str, Any]:
    file = Path(path)
    format_, media = _MEDIA[file.suffix]
    found: dict[str, Any] = {
        "name": path.lower().replace("/", "-").replace(".", "-").replace("_", "-"), "path": path, "format": format_,
        "mediatype": media, "encoding": "utf-8", "bytes": size, "hash": f"sha256:{digest}",
    }  # fmt: skip
    if file.parent.name != "facts":
        return found
    return {
        **found, "profile": "tabular-data-resource", "title": " ".join(TITLES[file.stem]),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True},
        "schema": {
            "fields": [_field(c) for c in columns(file.stem)], "missingValues": [""],
            "primaryKey": "fact",
        },
    }  # fmt: skip


def _field(column: Column) -> dict[str, Any]:
    found = {"name": column.key, "title": f"{column.zh} {column.en}", "type": _TYPES[column.form]}
    return found | ({"description": _LIST} if column.form == "list" else {})


def _readme(source: Source, documents: tuple[Plan, ...]) -> str:
    return "".join(_lines(source, documents))


def _lines(source: Source, documents: tuple[Plan, ...]) -> Iterator[str]:
    yield "# 医药产业政策知识图谱 · Pharmaceutical policy knowledge graph\n\n"
    yield f"版本 version {source.version} · 数据许可 licence [CC BY 4.0]({LICENCE})\n\n"
    yield "每条事实都带出处：文件、章节、原文及其位置。Each fact has its source: document, section, quote and place.\n\n"
    yield "## 文件 Documents\n\n"
    yield from (f"- {_one_line(plan.title)} (`{plan.id}`)\n" for plan in documents)
    yield "\n## 内容 Contents\n\n| 文件 file | 内容 content | 命名图 named graphs |\n|---|---|---|\n"
    yield "| `graph.trig` | 全部陈述、断言和词表 all statements, assertions and vocabularies | 保留 kept |\n"
    yield "| `facts/*.csv` | 事实表，每类一个文件 the fact table, a file a type | `doc` 列 column |\n"
    yield "| `ontology.ttl` | 本体 the ontology | – |\n"
    yield "| `context.jsonld` | JSON-LD 上下文 the context | – |\n"
    if source.texts:
        yield "| `texts/*.txt` | 文件全文 the documents' texts | – |\n"
    yield "| `datapackage.json`, `void.ttl` | 说明 descriptions (Frictionless, VoID, DCAT) | – |\n"
    yield "| `SHA256SUMS` | 校验和 checksums: `sha256sum -c SHA256SUMS` | – |\n\n"
    yield (
        "CSV 为带 BOM 的 UTF-8；以 = + - @ ' 等开头的文字前加一个撇号，以免被当作公式；"
        "多值以“；”分隔，值内的“；”前加反斜杠。\n"
        "The csv files are UTF-8 with BOM. A text that begins with = + - @ ' or white space has an apostrophe in front,\n"
        "so that no spreadsheet runs it; lists are joined by ；, and a backslash stands before one within a value.\n"
        "`start` and `end` count characters (Unicode code points) of the text as it was given.\n"
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
