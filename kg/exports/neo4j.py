"""The network as csv for ``neo4j-admin database import``: a node a thing, a relationship an assertion with its quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.exports.delimited import put
from kg.exports.source import Source
from kg.exports.stated import Network, network, value_keys
from kg.namespaces import ID, ONTOLOGY
from kg.queries.reading import lexical

NODES, RELATIONSHIPS, README = "nodes.csv", "relationships.csv", "README.md"
_TYPES = {
    "value": "double", "valueMax": "double", "deadline": "int", "baseline": "int", "year": "int",
    "periodStart": "int", "periodEnd": "int",
}  # fmt: skip
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ABOVE = (
    "SELECT ?class ?above WHERE { ?class rdfs:subClassOf ?above FILTER(STRSTARTS(STR(?above), STR(pp:))) }"
)
_TEXT = """# Neo4j

```
neo4j-admin database import full neo4j --overwrite-destination \\
    --nodes=nodes.csv --relationships=relationships.csv --multiline-fields=true
```

Neo4j 5 or later; `--multiline-fields` because a quote may run over lines. 引文可能跨行，须加 `--multiline-fields`。

```cypher
CREATE CONSTRAINT thing IF NOT EXISTS FOR (t:Thing) REQUIRE t.id IS UNIQUE;
MATCH (r:Region)-[h:HOSTS]->(c:Cluster)-[f:FOCUSES_ON]->(p:ProductField) RETURN r.name, c.name, p.name, f.quote, h.doc;
```

A relationship is an assertion: `doc`, `section`, `start`, `end`, `quote`, `rule`, `confidence`, and `fact`, its IRI.
`WITHIN`, `BROADER`, `INDICATOR` and `APPLIES_TO` are stated by no document and have no quote.
`id` is what follows `https://w3id.org/pharma-policy-kg/id/` in an IRI. Texts are as they are, with no mark against
formulas: do not open these files in a spreadsheet.
"""


def write_neo4j(source: Source, folder: Path) -> None:
    """Writes ``nodes.csv``, ``relationships.csv`` and a ``README.md`` with the command that imports them."""
    folder.mkdir(parents=True, exist_ok=True)
    found = network(source)
    keys = value_keys(found)
    head = ["id:ID", ":LABEL", "name", "name_en", "latitude:double", "longitude:double", *map(_typed, keys)]
    put(folder / NODES, head, _nodes(found, keys, _above(source)))
    head = [":START_ID", ":END_ID", ":TYPE", "doc", "section", "start:int", "end:int", "quote", "rule",
            "confidence:double", "count:int", "fact"]  # fmt: skip
    put(folder / RELATIONSHIPS, head, _relationships(found))
    (folder / README).write_bytes(_TEXT.encode())


def relationship(predicate: str) -> str:
    """The type of a relationship, by the local name of its property.

    >>> relationship("focusesOn")
    'FOCUSES_ON'
    """
    return _CAPITAL.sub("_", predicate).upper()


def _typed(key: str) -> str:
    return f"{key}:{_TYPES[key]}" if key in _TYPES else key


def _nodes(found: Network, keys: list[str], above: dict[str, set[str]]) -> Iterator[list[object]]:
    for iri, node in sorted(found.nodes.items()):
        labels = sorted({node.thing.class_, *above.get(node.thing.class_, ())} - {""})
        values = [_value(key, node.values.get(key)) for key in keys]
        yield [iri.removeprefix(ID), ";".join(["Thing", *labels]), node.thing.zh, node.thing.en, node.latitude,
               node.longitude, *values]  # fmt: skip


def _value(key: str, value: str | None) -> str | None:
    """A value as its column has it: where documents differ on a number, the first."""
    return value.split("；")[0] if value and key in _TYPES else value


def _relationships(found: Network) -> Iterator[list[object]]:
    for s in found.stated:
        yield [s.subject.removeprefix(ID), s.object.removeprefix(ID), relationship(s.predicate), s.doc, s.section,
               s.start, s.end, s.quote, s.rule, s.confidence, s.count, s.fact]  # fmt: skip
    for subject, predicate, object_ in found.links:
        yield [subject.removeprefix(ID), object_.removeprefix(ID), relationship(predicate), *[None] * 9]


def _above(source: Source) -> dict[str, set[str]]:
    """The classes of ours above each class, by local names."""
    found: dict[str, set[str]] = {}
    for row in source.graph.query(_ABOVE, time_limit=None).rows:
        class_, above = (lexical(v).removeprefix(ONTOLOGY) for v in row)
        found.setdefault(class_, set()).add(above)
    return found
