"""The formats: what each is called, which file or folder it makes, and what it cannot say.

| format   | named graphs | evidence | lost                                                                    |
|----------|--------------|----------|-------------------------------------------------------------------------|
| trig     | kept         | kept     | nothing                                                                 |
| nquads   | kept         | kept     | nothing                                                                 |
| jsonld   | kept         | kept     | nothing                                                                 |
| turtle   | as comments  | kept     | in which graph a statement stands (assertions name their document)      |
| ntriples | as comments  | kept     | the same                                                                |
| rdfxml   | lost         | kept     | the same; characters that XML cannot hold become U+FFFD                 |
| csv      | `doc`        | kept     | what is no fact: vocabularies, outline, mentions, other names           |
| parquet  | `doc`        | kept     | the same                                                                |
| xlsx     | `doc`        | kept     | the same; control characters; texts beyond 32,767 characters            |
| graphml  | `documents`  | first    | all quotes of a statement but the first; other names; the outline       |
| gexf     | `documents`  | first    | the same                                                                |
| neo4j    | `doc`        | kept     | other names; the outline; years and numbers on which documents differ   |
| package  | kept         | kept     | nothing: it has TriG, the tables, the ontology and a description        |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kg.exports.delimited import write_csv
from kg.exports.gephi import write_gexf, write_graphml
from kg.exports.jsonld import write_jsonld
from kg.exports.neo4j import write_neo4j
from kg.exports.package import write_package
from kg.exports.parquet import write_parquet
from kg.exports.rdf import write_nquads, write_ntriples, write_rdfxml, write_trig_file, write_turtle
from kg.exports.source import Source
from kg.exports.workbook import write_workbook

Write = Callable[[Source, Path], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: ``suffix`` of its one file (empty where it makes a folder), and what it loses in both languages."""

    name: str
    suffix: str
    write: Write
    zh: str
    en: str
    stem: str = "graph"

    @property
    def usual(self) -> str:
        """The name of its file or folder beside those of other formats.

        >>> FORMATS["turtle"].usual, FORMATS["csv"].usual
        ('graph.ttl', 'csv')
        """
        return f"{self.stem}{self.suffix}" if self.suffix else self.name


_ALL = (
    Format("turtle", ".ttl", write_turtle, "命名图只存为注释", "named graphs become comments"),
    Format("trig", ".trig", write_trig_file, "无损", "loses nothing"),
    Format("nquads", ".nq", write_nquads, "无损", "loses nothing"),
    Format("ntriples", ".nt", write_ntriples, "命名图只存为注释", "named graphs become comments"),
    Format("jsonld", ".jsonld", write_jsonld, "无损，内含上下文", "loses nothing; has its context within"),
    Format("rdfxml", ".rdf", write_rdfxml, "无命名图", "no named graphs"),
    Format("csv", "", write_csv, "每类事实一个文件", "a file a type of fact"),
    Format("parquet", "", write_parquet, "每类事实一个文件", "a file a type of fact"),
    Format("xlsx", ".xlsx", write_workbook, "每类事实一张工作表", "a sheet a type of fact", "facts"),
    Format("graphml", ".graphml", write_graphml, "每条陈述只留第一处原文", "the first quote of each statement"),
    Format("gexf", ".gexf", write_gexf, "同上，带颜色与坐标", "the same, with colours and places"),
    Format("neo4j", "", write_neo4j, "neo4j-admin import 用的 CSV", "csv for neo4j-admin import"),
    Format("package", "", write_package, "数据包：数据、说明、许可、校验和", "data, description, licence, checksums"),
)  # fmt: skip
FORMATS: Final[Mapping[str, Format]] = MappingProxyType({f.name: f for f in _ALL})
"""All formats by name."""
BY_SUFFIX: Final[Mapping[str, Format]] = MappingProxyType({f.suffix: f for f in _ALL if f.suffix})
"""The formats of one file by its suffix."""
