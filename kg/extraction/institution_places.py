"""Where an institution is: by its own name, by whom the sentence or the heading speaks of, by the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extraction.institution_names import Candidate
from kg.extraction.state import RegionMention, mentions_of, regions_of, section_titles
from kg.extraction.text import Slice
from kg.lexicon.vocabulary import ID, load

_PROVINCE, _GROUP = 1, 4


def place_of(
    doc: Doc, c: Candidate, sentence: Slice, others: Sequence[Candidate], *, built: bool
) -> str | None:
    """The region of an institution, by its official name.

    ``others`` are the names in the clause: a place in one of them is not what the sentence speaks of. What is ``built``
    lies in the document's own region where nothing else is said.
    """
    regions = regions_of(doc)
    named_to = c.start + len(c.core) if c.shared else c.end
    inside = [r for r in regions if c.start <= r.start and r.end <= named_to and r.rank > 0]
    placed = [r for r in inside if r.rank != _GROUP]
    if placed:
        return placed[0].name
    if c.kind not in ("university", "hospital"):
        spoken = _spoken(regions, c, sentence, others) or _headed(doc, regions, c.start)
        if spoken is not None:
            return spoken
        if inside:
            return inside[0].name
    return home(doc) if built or _is_at_home(doc, c) else None


def home(doc: Doc) -> str | None:
    """The official name of the region whose document it is."""
    entry = load().entries.get(f"{ID}region/{doc._.jurisdiction}")
    return entry.label if entry else None


def _spoken(
    regions: Sequence[RegionMention], c: Candidate, sentence: Slice, others: Sequence[Candidate]
) -> str | None:
    """支持南京建设…: the last place before it that the sentence speaks of, which may be its subject."""
    free = [
        r for r in regions
        if sentence.start <= r.start and r.end <= c.start and r.subject and _PROVINCE <= r.rank < _GROUP
        and not any(o.start <= r.start < o.end for o in others if not o.shared)
    ]  # fmt: skip
    return free[-1].name if free else None


def _headed(doc: Doc, regions: Sequence[RegionMention], at: int) -> str | None:
    """The place in the title of the box, label or item that it stands under: 临沂综合医药产业集群。…"""
    for section in section_titles(doc, at):
        if section.kind in ("part", "chapter", "bare"):
            return None
        titled = [
            r for r in regions if section.view[0] <= r.start < section.body and _PROVINCE < r.rank < _GROUP
        ]
        if titled and section.body - section.view[0] < 40:
            return titled[0].name
    return None


def _is_at_home(doc: Doc, c: Candidate) -> bool:
    """Whether the document is the nation's, or the vocabulary has the institution, or one in its name, in its region."""
    own = f"{ID}region/{doc._.jurisdiction}"
    if doc._.jurisdiction == "100000":
        return True
    within = [m.iris[0] for m in mentions_of(doc, "institution") if c.start <= m.start and m.end <= c.end]
    based = [load().entries[iri].extra.get("basedIn") for iri in within]
    return any(load().within(place, own) for place in based if place)
