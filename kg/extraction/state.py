"""What the components of the pipeline leave on a spaCy ``Doc``: its document, mentions, regions and facts.

Positions are those of the reading view, which is the ``Doc``'s text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.documents.document import Document, Section
from kg.lexicon.gazetteer import Mention
from kg.model import Fact

for _name, _default in (
    ("document", None),
    ("mentions", ()),
    ("regions", ()),
    ("jurisdiction", None),
    ("facts", None),
):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


@dataclass(frozen=True, slots=True)
class RegionMention:
    """A region that the text names: official name, six-digit code (groups have a slug), and rank.

    ``rank`` is 0 country, 1 province, 2 prefecture, 3 county, 4 group; ``subject`` says that the mention stands for the
    place itself and is not part of a longer name (南京 in 南京大学).
    """

    name: str
    code: str
    iri: str
    rank: int
    text: str
    start: int
    end: int
    subject: bool = True

    @property
    def local(self) -> bool:
        """Whether it is a place below the province that is governed as one: a city, a county, a new area.

        >>> RegionMention("湘江新区", "xiang-jiang-xin-qu", "", 4, "湘江新区", 0, 4).local
        True
        """
        governed = self.rank == 4 and self.text.endswith(("新区", "合作区", "实验区", "示范区"))
        return self.rank in (2, 3) or governed


def document_of(doc: Doc) -> Document:
    """The document that a ``Doc`` reads."""
    document = doc._.document
    if not isinstance(document, Document):
        raise TypeError("the pipeline reads Docs made by kg.extraction.pipeline")
    return document


def mentions_of(doc: Doc, kind: str) -> tuple[Mention, ...]:
    """The mentions of one kind, in order of place."""
    mentions: Sequence[Mention] = doc._.mentions
    return tuple(m for m in mentions if m.kind == kind)


def regions_of(doc: Doc) -> tuple[RegionMention, ...]:
    """The regions that the text names, in order of place."""
    found: tuple[RegionMention, ...] = doc._.regions
    return found


def add_facts(doc: Doc, facts: Iterable[Fact]) -> None:
    """Appends facts to those found so far."""
    doc._.facts = [*(doc._.facts or ()), *facts]


def facts_of(doc: Doc) -> list[Fact]:
    """The facts found so far."""
    return list(doc._.facts or ())


def section_titles(doc: Doc, at: int) -> tuple[Section, ...]:
    """The sections over a position, innermost first."""
    document = document_of(doc)
    return document.path(document.section_at(at))
