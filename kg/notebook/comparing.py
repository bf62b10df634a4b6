"""The analyses as results: one table each, with a quote for each side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.notebook.cells import Quote
from kg.notebook.result import Result

if TYPE_CHECKING:
    from kg.analysis.ground import Level
    from kg.analysis.specialisation import Of as SpecialisedLevel
    from kg.analysis.structure import Of
    from kg.graph.store import GraphStore


def overlaps(graph: GraphStore, level: Level, all_periods: bool, language: str) -> Result:
    """The pairs of a level; ``fields`` are the shared ones, the rarest first."""
    from kg.analysis.overlap import overlaps

    rows = (_pair(pair.row()) for pair in overlaps(graph, level, all_periods))
    columns = (
        "a", "aLabel", "b", "bLabel", "periods", "jaccard", "weighted", "strength", "same", "related", "inherited",
        "beyond", "fields",
    )  # fmt: skip
    return Result.of_mappings(rows, columns=columns, graph=graph, iris=("a", "b"), language=language)


def compare(graph: GraphStore, a: str, b: str, all_periods: bool, language: str) -> Result:
    """The fields that either side names: ``who`` is ``both``, ``a`` or ``b``; one quote of each side."""
    from kg.analysis.comparison import compare

    made = compare(graph, a, b, all_periods).row()
    rows = [
        *(_shared(one) for one in made["shared"]),
        *(_alone(one, side) for side in "ab" for one in made[f"only_{side}"]),
    ]
    columns = (
        "who", "field", "fieldLabel", "match", "inherited", "weight", "quoteA", "docA", "startA", "endA", "placesA",
        "quoteB", "docB", "startB", "endB", "placesB",
    )  # fmt: skip
    title = f"A {made['a']} · B {made['b']} · {made['periods']}"
    return Result.of_mappings(
        rows, columns=columns, graph=graph, iris=("field",), language=language, title=title,
        shown=("who", "field", "match", "inherited", "weight", "quoteA", "quoteB"),
    )  # fmt: skip


def specialisation(
    graph: GraphStore, level: SpecialisedLevel, region: str | None, kind: str, language: str
) -> Result:
    """The location quotients of sectors or fields: above 1 where the region names it more than all together."""
    from kg.analysis.specialisation import specialisation

    made = specialisation(graph, level, region)
    cells = made.sectors if kind == "sector" else made.fields
    rows = (
        {
            **row, "region": row["region_iri"], "regionLabel": row["region"], "field": row["iri"],
            "fieldLabel": row["label"], **_first(row["evidence"]),
        }
        for row in (cell.row() for cell in cells)
    )  # fmt: skip
    columns = (
        "region", "regionLabel", "field", "fieldLabel", "quotient", "share", "share_all", "count", "named", "few",
        "quote", "doc", "start", "end", "places",
    )  # fmt: skip
    return Result.of_mappings(
        rows, columns=columns, graph=graph, iris=("region", "field"), language=language,
        shown=("region", "field", "quotient", "share", "share_all", "count", "quote"),
    )  # fmt: skip


def structure(graph: GraphStore, of: Of, all_periods: bool, language: str) -> Result:
    """The edges between cities or clusters that share fields, the heaviest first, with the communities of both."""
    from kg.analysis.structure import structure

    found = structure(graph, of, all_periods=all_periods)
    made = found.row()
    community = {node["iri"]: node["community"] for node in made["nodes"]}
    rows = (
        {
            **edge, **_ends(edge), "aCommunity": community.get(edge["a_iri"]),
            "bCommunity": community.get(edge["b_iri"]), "fields": [f["field"] for f in edge["fields"]],
        }
        for edge in made["edges"]
    )  # fmt: skip
    columns = (
        "a", "aLabel", "aCommunity", "b", "bLabel", "bCommunity", "weight", "alpha", "backbone", "fields",
    )  # fmt: skip
    return Result.of_mappings(rows, columns=columns, graph=graph, iris=("a", "b"), language=language)


def targets(graph: GraphStore, regions: Sequence[str], indicator: str | None, language: str) -> Result:
    """The targets by indicator; ``group`` names the table, ``comparable`` tells whether they may be compared in it."""
    from kg.analysis.targets import compare_targets

    rows = (
        {
            **row, "group": group.indicator, "comparable": comparable, "region": row["region_iri"],
            "regionLabel": row["region"], **_first([row["evidence"]]),
        }
        for group in compare_targets(graph, regions=regions, indicator=indicator)
        for comparable, found in ((True, group.comparable), (False, group.apart))
        for row in (one.row() for one in found)
    )  # fmt: skip
    columns = (
        "group", "comparable", "reason", "region", "regionLabel", "indicator", "wording", "scope", "comparator",
        "value", "value_max", "unit", "deadline", "baseline", "direction", "quote", "doc", "start", "end",
    )  # fmt: skip
    return Result.of_mappings(
        rows, columns=columns, graph=graph, iris=("region",), language=language,
        shown=("group", "comparable", "region", "comparator", "value", "unit", "deadline", "quote", "doc"),
    )  # fmt: skip


def diff(graph: GraphStore, a: str, b: str, language: str) -> Result:
    """What changed from the older to the newer: ``part`` (fields, clusters, targets) and ``change`` say how to read a row."""
    from kg.analysis.editions import diff

    made = diff(graph, a, b).row()
    rows = [
        *(
            _change(part, kind, change, one)
            for part, kind in (("fields", "field"), ("clusters", "cluster"))
            for change in ("entered", "kept", "dropped")
            for one in made[part][change]
        ),
        *(_goal("entered", None, one) for one in made["targets"]["entered"]),
        *(_goal("kept", one["old"], one) for one in made["targets"]["kept"]),
        *(_goal("revised", old, new) for old, new in made["targets"]["revised"]),
        *(_goal("dropped", one, None) for one in made["targets"]["dropped"]),
    ]
    columns = (
        "part", "change", "thing", "thingLabel", "answer", "note", "oldValue", "newValue", "unit", "oldDeadline",
        "newDeadline", "oldQuote", "oldDoc", "oldStart", "oldEnd", "newQuote", "newDoc", "newStart", "newEnd",
    )  # fmt: skip
    return Result.of_mappings(
        rows, columns=columns, graph=graph, iris=("thing",), language=language,
        title=f"{made['old']['doc']} → {made['new']['doc']}",
        shown=("part", "change", "thing", "answer", "oldValue", "newValue", "unit", "oldQuote", "newQuote"),
    )  # fmt: skip


def reuse(graph: GraphStore, docs: Sequence[str], min_length: int, min_score: float, language: str) -> Result:
    """The passages that stand in two documents; A is the earlier where that is known."""
    from kg.analysis.reuse import reuse

    found = (one.row() for one in reuse(graph, docs=docs, min_length=min_length, min_score=min_score))
    rows = (
        {
            **row, **_first([row["a"]], "A"), **_first([row["b"]], "B"), "facts": len(row["facts"]),
            "fields": [one["field"] for one in row["shared_fields"]],
        }
        for row in found
    )  # fmt: skip
    columns = (
        "kind", "score", "length", "earlier", "facts", "fields", "quoteA", "docA", "startA", "endA", "quoteB", "docB",
        "startB", "endB",
    )  # fmt: skip
    return Result.of_mappings(
        rows, columns=columns, graph=graph, language=language,
        shown=("kind", "score", "length", "facts", "quoteA", "docA", "quoteB", "docB"),
    )  # fmt: skip


def _change(part: str, kind: str, change: str, one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **one, "part": part, "change": change, "thing": one["iri"], "thingLabel": one[kind],
        **_side(one["before"], "old"), **_side(one["after"], "new"),
    }  # fmt: skip


def _goal(change: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> dict[str, Any]:
    one = new or old or {}
    made = {
        "part": "targets", "change": change, "thing": one["iri"], "thingLabel": one["indicator"], "unit": one["unit"],
        "answer": one.get("answer"), "note": one.get("differs"),
    }  # fmt: skip
    for side, figure in (("old", old), ("new", new)):
        if figure is not None:
            made |= {f"{side}Value": figure["value"], f"{side}Deadline": figure["deadline"]}
            made |= _side([figure["evidence"]], side)
    return made


def _side(evidence: Iterable[Mapping[str, Any]], side: str) -> dict[str, Any]:
    """The first of some places as columns of the older or the newer document."""
    found = _first(evidence)
    return {f"{side}{name.capitalize()}": found.get(name) for name in ("quote", "doc", "start", "end")}


def _pair(row: Mapping[str, Any]) -> dict[str, Any]:
    counts = row["counts"]
    kept = {name: counts[name] for name in ("same", "related", "inherited", "beyond")}
    return {**row, **kept, **_ends(row), "fields": list(dict.fromkeys(one["field"] for one in row["shared"]))}


def _ends(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"a": row["a_iri"], "aLabel": row["a"], "b": row["b_iri"], "bLabel": row["b"]}


def _shared(one: Mapping[str, Any]) -> dict[str, Any]:
    name = f"{one['narrower']} ⊂ {one['field']}" if one.get("narrower") else one["field"]
    return {
        **one, "who": "both", "field": one["iri"], "fieldLabel": name,
        **_first(one["a"], "A"), **_first(one["b"], "B"),
    }  # fmt: skip


def _alone(one: Mapping[str, Any], side: str) -> dict[str, Any]:
    return {
        **one, "who": side, "field": one["iri"], "fieldLabel": one["field"], "match": None,
        **_first(one["evidence"], side.upper()),
    }  # fmt: skip


def _first(evidence: Iterable[Mapping[str, Any]], side: str = "") -> dict[str, Any]:
    """The first of some places as columns, and how many there are."""
    found = list(evidence)
    if not found:
        return {f"places{side}": 0}
    place = found[0]
    quote = Quote(place["quote"], place["doc"], place["start"], place["end"])
    return {
        f"quote{side}": quote, f"doc{side}": place["doc"], f"start{side}": place["start"],
        f"end{side}": place["end"], f"places{side}": len(found),
    }  # fmt: skip
