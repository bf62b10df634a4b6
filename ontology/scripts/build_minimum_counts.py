"""Writes ontology/minimum-counts.toml from a store of the shipped documents: 85 % of what it holds.

    kg build --store kg-store
    python ontology/scripts/build_minimum_counts.py kg-store

Run it after extraction has become better, never to make a failing check pass.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from kg.graph.store import GraphStore
from kg.model import FACT_TYPES

TARGET = Path(__file__).resolve().parents[1] / "minimum-counts.toml"
SHARE = 0.85

HEAD = """\
# How many facts of each type `kg validate` asks of the shipped documents: 85 % of what extraction found when this was
# written, so that a change that loses facts is seen. Documents that are not listed here are not counted. Written by
#
#     kg build --store kg-store
#     python ontology/scripts/build_minimum_counts.py kg-store
#
# after extraction has become better, never to make a failing check pass.
"""


def main(store: str) -> None:
    """Writes the file from the facts of a store."""
    graph = GraphStore.open(store)
    with TARGET.open("w", encoding="utf-8", newline="\n") as to:
        to.write(HEAD)
        for doc in graph.documents():
            have = Counter(fact.type for fact in graph.facts(doc))
            to.write(f'\n["{doc}"]\n')
            to.writelines(f"{t} = {max(1, int(SHARE * have[t]))}\n" for t in FACT_TYPES if have[t])


if __name__ == "__main__":
    main(*sys.argv[1:] or ["kg-store"])
