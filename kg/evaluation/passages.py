"""The sentences of a document, so that a place in its text can be shown as a reader would quote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.documents.document import Document, Section
from kg.documents.sources import document
from kg.extraction.text import sentences


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence: its repaired text, its span in the document's text, the sections over it.

    ``offsets`` says where each of its characters stands in the document's text: in a shuffled page a sentence need not
    be one span, and ``start`` to ``end`` is what reads straight on.
    """

    text: str
    start: int
    end: int
    offsets: Sequence[int]
    path: tuple[Section, ...] = ()

    @property
    def section(self) -> str:
        """The nearest heading."""
        return next((s.title for s in self.path if s.title), "")

    def touches(self, start: int, end: int) -> bool:
        """Whether a span of the document's text has a character of the sentence in it."""
        return any(start <= at < end for at in self.offsets)


class Passages:
    """The sentences of a document, in reading order.

    >>> Passages(document("d", "发展疫苗。建设平 台。")).around(5, 8)
    '建设平台。'
    """

    def __init__(self, document: Document) -> None:
        self.sentences = tuple(_read(document))

    @classmethod
    def of(cls, doc: str, text: str) -> Passages:
        """The sentences of a text."""
        return cls(document(doc, text))

    def around(self, start: int, end: int) -> str:
        """The sentences that a span of the document's text touches, as one text; empty where there are none."""
        return "".join(p.text for p in self.sentences if p.touches(start, end))


def _read(document: Document) -> Iterator[Passage]:
    """The sentences section by section, since a heading is no part of the sentence after it."""
    reading, sections = document.reading, document.sections
    starts = [*(s.view[0] for s in sections), len(reading.text)]
    blocks: Iterable[tuple[tuple[Section, ...], int, int]] = [
        ((), 0, starts[0]),
        *((document.path(s), s.view[0], starts[n + 1]) for n, s in enumerate(sections)),
    ]
    for path, start, end in blocks:
        for sentence in sentences(reading.text, start, end):
            first, last = reading.raw(sentence.start, sentence.end)
            yield Passage(sentence.text, first, last, reading.origin[sentence.start : sentence.end], path)
