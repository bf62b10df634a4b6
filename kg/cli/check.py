"""``kg validate``: whether the graph holds."""

from __future__ import annotations

from dataclasses import asdict

import typer

from kg.cli.options import JsonOption, StoreOption
from kg.cli.printing import note, put, put_json
from kg.cli.words import counted, helping, say

HELP = helping(
    "检查图谱：形状、原文、证据、引用、一致性、数量。",
    "Check the graph: shapes, quotes, evidence, references, consistency, counts.",
)


def validate(store: StoreOption = None, as_json: JsonOption = False) -> None:
    from kg.graph.store import GraphStore
    from kg.graph.validate import validate as findings_of

    findings = findings_of(GraphStore.open(store))
    violations = [f for f in findings if f.severity == "violation"]
    if as_json:
        put_json({"conforms": not violations, "findings": [asdict(f) for f in findings]})
    else:
        put("".join(f"{finding}\n" for finding in findings))
        warnings = len(findings) - len(violations)
        note(
            say(
                f"{len(violations)} 处违规，{warnings} 处警告。",
                f"{counted(len(violations), 'violation')}, {counted(warnings, 'warning')}.",
            )
        )
    if violations:
        raise typer.Exit(1)
