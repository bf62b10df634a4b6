"""Whether the facts of a document explain a sign: by their evidence, or because they say the same elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.evaluation.claims import MAIN_KEYS, Claim
from kg.evaluation.likeness import field_name, near
from kg.evaluation.passages import Passage
from kg.evaluation.signals import Signal, signals
from kg.evaluation.spans import Coverage, Span
from kg.lexicon.gazetteer import shipped

_SPEAKING = 3
"""From this length on a name inside longer words is no accident."""


class Explained:
    """The facts of one document, as what explains signs in its sentences."""

    def __init__(self, length: int, claims: Iterable[Claim]) -> None:
        self._names: dict[str, set[str]] = {}
        spans: list[tuple[str, Span]] = []
        for claim in claims:
            spans.extend((claim.type, span) for span in claim.spans)
            self._names.setdefault(claim.type, set()).update(_names(claim))
        self.covered = Coverage(length, spans)

    def signs(self, passage: Passage) -> Iterator[tuple[Signal, int, int, bool]]:
        """The signs in a sentence with their places in it, and whether a fact's evidence covers them.

        Signs of facts that the graph holds once a document, and has from another sentence, are left out.
        """
        names = shipped().mentions(passage.text)
        for signal in signals():
            for start, end in signal.find(passage.text, names):
                covered = self.covered.any(signal.answers, passage.offsets[start:end])
                if covered or not (signal.once and self._said(signal, passage.text[start:end])):
                    yield signal, start, end, covered

    def _said(self, signal: Signal, words: str) -> bool:
        said = field_name(words)
        known = [self._names[type_] for type_ in sorted(signal.answers) if type_ in self._names]
        return any(said in names for names in known) or any(
            (len(name) >= _SPEAKING and name in said) or near(said, name) > 0
            for names in known
            for name in names
        )


def _names(claim: Claim) -> Iterator[str]:
    """What a fact is about, folded; figures and measures have no name."""
    for key in ("field", "fields", "aliases", "products", *MAIN_KEYS[claim.type]):
        value = claim.keys.get(key)
        if key not in ("indicator", "value", "measure", "agencies") and value:
            yield from map(field_name, value if isinstance(value, list) else [value])
