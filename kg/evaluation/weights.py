"""``python -m kg.evaluation.weights GOLD…``: how often each sign of ``signals.toml`` stands in a gold fact that it answers to."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

from kg.documents.document import Document
from kg.evaluation.claims import Gold
from kg.evaluation.explained import Explained
from kg.evaluation.passages import Passages
from kg.evaluation.signals import Part, part, signals


def weights(pairs: Iterable[tuple[Document, Gold]]) -> dict[str, dict[Part, float]]:
    """The part of each sign's places that gold facts of its types cover, by the part of the plan, one hit and one miss added."""
    seen: Counter[tuple[str, Part]] = Counter()
    hits: Counter[tuple[str, Part]] = Counter()
    for document, gold in pairs:
        explained = Explained(len(document.text), gold.placed(document.text).claims)
        for passage in Passages(document).sentences:
            where = part(passage)
            for signal, _, _, covered in explained.signs(passage):
                seen[signal.name, where] += 1
                hits[signal.name, where] += covered
    return {
        s.name: {p: round((hits[s.name, p] + 1) / (seen[s.name, p] + 2), 2) for p in get_args(Part)}
        for s in signals()
    }


def main(paths: list[str]) -> int:
    """Prints the weights of the given gold files and folders, a line a sign."""
    from kg.evaluation.marks import annotated

    for name, by_part in weights(annotated([Path(p) for p in paths])).items():
        print(f"{name}: weight = {{ {', '.join(f'{p} = {w}' for p, w in by_part.items())} }}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
