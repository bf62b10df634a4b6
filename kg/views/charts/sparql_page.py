"""The page that answers SPARQL with no server: Oxigraph's WebAssembly build, an editor, and the graph, side by side."""

from __future__ import annotations

import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError, NpmError
from kg.graph.guard import bind
from kg.graph.trig import write_trig
from kg.namespaces import GRAPH, ID, PREFIXES, TRIG_PREFIXES
from kg.queries.asking import prefixes_of
from kg.queries.reading import lexical
from kg.queries.saved import SavedQuery, every
from kg.views.charts.npm import manifests, packages
from kg.views.charts.plot import packed
from kg.views.site.context import SiteContext
from kg.views.site.page import File, Page
from kg.views.site.paths import reader_path

PATH = "views/sparql.html"
LARGEST = 3_000_000
"""Statements that a page can hold: beyond it the browser's memory is the limit."""

_FILES = ("assets/yasqe.min.js", "assets/sparql-engine.js", "assets/sparql-graph.js", "assets/sparql.js")
_TERMS = """
SELECT ?term ?type ?zh ?en WHERE {
  GRAPH <%s> { ?term a ?type } VALUES ?type { owl:Class owl:ObjectProperty owl:DatatypeProperty }
  OPTIONAL { ?term rdfs:label ?zh FILTER(LANG(?zh) = "zh") } OPTIONAL { ?term rdfs:label ?en FILTER(LANG(?en) = "en") }
  FILTER(isIRI(?term))
}
"""
_COMMON = (
    "rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "rdfs:label", "skos:prefLabel", "skos:altLabel",
    "skos:broader", "skos:notation", "dcterms:title", "dcterms:identifier", "dcterms:issued", "dcterms:isPartOf",
    "prov:wasDerivedFrom",
)  # fmt: skip
_GRAPHS = {
    GRAPH.ontology: ("本体", "ontology"),
    GRAPH.vocabulary: ("词表：区域、领域、疾病等", "vocabularies: regions, fields, diseases …"),
    GRAPH.candidates: (
        "文件中出现而词表尚未收录的概念",
        "concepts that documents name and the vocabularies lack",
    ),
    GRAPH.inferred: ("文件之间的推断", "what is inferred between documents"),
    GRAPH.metadata: ("本次构建的说明", "what the build was"),
}


def sparql_view(context: SiteContext) -> Iterator[Page | File]:
    """The page with all its files; raises `NpmError` without npm, `InputError` for a graph too large for a page."""
    if len(context.graph) > LARGEST:
        raise InputError(
            f"{len(context.graph):,} statements are too many for one page", hint="use kg serve, leave out --sparql"
        )  # fmt: skip
    modules = packages()
    here = manifests()
    yasqe = modules / "@zazuko" / "yasqe" / "build"
    yield File("assets/yasqe.min.js", _without_map((yasqe / "yasqe.min.js").read_bytes()))
    yield File("assets/yasqe.min.css", _without_map((yasqe / "yasqe.min.css").read_bytes()))
    yield File("assets/sparql-engine.js", engine(modules / "oxigraph", here))
    yield File(
        "assets/sparql-graph.js", f'"use strict";\nvar KG_GRAPH = "{packed(_trig(context))}";\n'.encode()
    )
    yield File("assets/sparql.js", (here / "page.js").read_bytes())
    yield File("assets/sparql.css", (here / "sparql.css").read_bytes())
    queries = saved(context)
    yield Page(
        PATH, "sparql.html", "在本页用 SPARQL 查询", "SPARQL in this page",
        values={"queries": queries, "graphs": _graphs(context)},
        scripts=_FILES, styles=("assets/yasqe.min.css", "assets/sparql.css"),
        data={"sparql": _data(context, queries)},
        policy={"script-src": "'wasm-unsafe-eval' blob:", "worker-src": "blob:"}, nav=PATH,
    )  # fmt: skip


def engine(oxigraph: Path, here: Path) -> bytes:
    """A script that sets ``KG_ENGINE``: the text of the worker's module, and the WebAssembly, packed."""
    module = classic((oxigraph / "web.js").read_text("utf-8")) + (here / "worker.js").read_text("utf-8")
    wasm = packed((oxigraph / "web_bg.wasm").read_bytes())
    return f'"use strict";\nvar KG_ENGINE = {{module: {json.dumps(module)}, wasm: "{wasm}"}};\n'.encode()


def classic(module: str) -> str:
    """A JavaScript module that imports nothing as a classic script: browsers start no module worker from the disk.

    >>> classic("export class A {}\\nexport { A as default };\\nnew URL('x', import.meta.url)")
    "class A {}\\n\\nnew URL('x', self.location.href)"
    """
    text = re.sub(r"^export (?=class|function|async|const)", "", module, flags=re.MULTILINE)
    text = re.sub(r"^export \{[^{}]*\};?$", "", text, flags=re.MULTILINE)
    text = text.replace("import.meta.url", "self.location.href")
    if re.search(r"^(?:export|import)\b", text, flags=re.MULTILINE):
        raise NpmError("oxigraph's module has another form than expected", hint="report this")
    return text


_FIRST = "cities-clusters"
"""The query that stands in the editor at first: what most people come for."""


def saved(context: SiteContext) -> list[dict[str, str]]:
    """The shipped queries ready to run: what must be given is filled with an example from the graph.

    Keys: ``title_zh``, ``title_en``, ``about_zh``, ``about_en``, ``text``. A query for which the graph has no
    example is left out.
    """
    examples = _examples(context)
    found = []
    for query in sorted(every(), key=lambda q: q.name != _FIRST):
        text = _ready(query, examples)
        if text is not None:
            found.append({
                "title_zh": query.title_zh or query.name, "title_en": query.title or query.name,
                "about_zh": query.description_zh, "about_en": query.description, "text": text,
            })  # fmt: skip
    return found


def _ready(query: SavedQuery, examples: Mapping[str, list[str]]) -> str | None:
    given: dict[str, str] = {}
    used: Counter[str] = Counter()
    for param in query.params:
        if param.required:
            choice = examples.get(param.type, [])
            if used[param.type] >= len(choice):
                return None
            given[param.name] = choice[used[param.type]]
            used[param.type] += 1

    def resolve(name: str, _kind: str) -> str:
        return name

    try:
        terms = query.terms(given, resolve)
    except ValueError:
        return None
    text = bind(query.sparql(given), terms)
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    body = "\n".join(lines)
    return "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in prefixes_of(body)) + body


def _examples(context: SiteContext) -> dict[str, list[str]]:
    """IRIs by kind, those that are spoken of most first; of documents two of one region, the older first."""
    rows = context.graph.query(
        "SELECT ?x (COUNT(*) AS ?n) { ?a a pp:Assertion ; rdf:subject|rdf:object ?x FILTER(isIRI(?x)) }"
        " GROUP BY ?x ORDER BY DESC(?n) STR(?x)", time_limit=None,
    ).rows  # fmt: skip
    found: dict[str, list[str]] = defaultdict(list)
    for iri in (lexical(row[0]) for row in rows):
        if iri.startswith(ID):
            found[iri[len(ID) :].partition("/")[0]].append(iri)
            found["thing"].append(iri)
    found["document"] = _documents(context)
    return found


def _documents(context: SiteContext) -> list[str]:
    ordered = sorted(context.plans, key=lambda p: (p.begins, p.id))
    regions = Counter(p.region for p in ordered if p.region)
    most = min((r for r, n in regions.items() if n > 1), default=None)
    pair = [p.iri for p in ordered if most is not None and p.region == most][:2]
    return pair + [p.iri for p in ordered if p.iri not in pair]


def _data(context: SiteContext, queries: list[dict[str, str]]) -> dict[str, Any]:
    pages: dict[str, list[str]] = defaultdict(list)
    odd: dict[str, str] = {}
    for iri, path in sorted(context.paths.items()):
        kind, _, tail = iri[len(ID) :].partition("/")
        if path == f"{kind}/{tail}.html":
            pages[kind].append(tail)
        else:
            odd[iri] = path
    readers = {name: reader_path(plan.id) for plan in context.plans for name in (plan.id, plan.iri)}
    return {
        "prefixes": dict(TRIG_PREFIXES), "terms": terms(context), "pages": pages, "odd": odd, "readers": readers,
        "queries": [{k: v for k, v in q.items() if not k.startswith("title")} for q in queries],
    }  # fmt: skip


def terms(context: SiteContext) -> list[list[str]]:
    """What completion offers: ``[class or property, prefixed name, zh, en]``, sorted; all from our own ontology."""
    found: dict[str, list[str]] = {name: ["property", name, "", ""] for name in _COMMON}
    for row in context.graph.query(_TERMS % GRAPH.ontology, time_limit=None).rows:
        iri, type_, zh, en = map(lexical, row)
        if name := _prefixed(iri):
            kind = "class" if type_.endswith("#Class") else "property"
            found[name] = min(found.get(name, [kind, name, zh, en]), [kind, name, zh, en])
    return sorted(found.values(), key=lambda t: (t[0], not t[1].startswith("pp:"), t[1]))


def _prefixed(iri: str) -> str | None:
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and iri[len(base) :].isidentifier():
            return f"{prefix}:{iri[len(base) :]}"
    return None


def _graphs(context: SiteContext) -> list[dict[str, Any]]:
    """The named graphs with their names and sizes, the documents first."""
    titles = {plan.iri: plan.title for plan in context.plans}
    rows = context.graph.query(
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g", time_limit=None
    )  # fmt: skip
    found = []
    for row in rows:
        graph, size = row["g"], row["n"]
        if isinstance(graph, NamedNode) and isinstance(size, Literal):
            zh, en = _GRAPHS.get(graph.value, (titles.get(graph.value, graph.value), ""))
            found.append({"iri": graph.value, "zh": zh, "en": en, "size": int(size.value)})
    return sorted(found, key=lambda g: (g["iri"] not in titles, g["iri"]))


def _trig(context: SiteContext) -> bytes:
    text = io.StringIO()
    write_trig(context.graph.store, text)
    return text.getvalue().encode("utf-8", "replace")


def _without_map(script: bytes) -> bytes:
    """A script without the address of its source map, which is not shipped: a browser's tools would ask for it."""
    return b"\n".join(
        line
        for line in script.split(b"\n")
        if not line.startswith((b"//# sourceMapping", b"/*# sourceMapping"))
    )
