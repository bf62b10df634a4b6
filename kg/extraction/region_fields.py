"""Component: field uses with a region as subject → region–field pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.documents.document import Document
from kg.extraction.cluster_names import ClusterMention, clusters_of, fields_in_name
from kg.extraction.field_use import FieldUse, field_uses_of
from kg.extraction.naming import is_generic
from kg.extraction.state import add_facts, document_of
from kg.extraction.subjects import Subject
from kg.extraction.zones import sector, zone
from kg.lexicon.vocabulary import fold
from kg.model import RegionFieldFact


@Language.component("kg_region_fields")
def region_fields(doc: Doc) -> Doc:
    """Adds a `RegionFieldFact` for each region and field that a passage ties together."""
    document = document_of(doc)
    add_facts(doc, _facts(document, [*field_uses_of(doc), *_named_after(document, clusters_of(doc))]))
    return doc


def _named_after(document: Document, clusters: Sequence[ClusterMention]) -> Iterator[FieldUse]:
    """The fields that a region's own cluster is named after: 湖州生物医药产业基地."""
    for cluster in clusters:
        if cluster.region is None or cluster.region.rank not in (2, 3):
            continue
        path = document.path(document.section_at(cluster.start))
        where = zone(path)
        told = cluster.rule == "cluster-shared-noun" or _is_heading(document, cluster)
        if where != "past" and not told and not _is_built(document, cluster):
            continue  # what a park is called says little of a plan that only mentions it
        subject = Subject((cluster.region,), (cluster,), cluster.start, cluster.end, led=True)
        for name in fields_in_name(cluster):
            if is_generic(name):
                continue
            yield FieldUse(
                name, cluster.start, cluster.end, cluster.start, "tie", None, sector((), name), where, 0.75,
                "cluster-name", subject=subject,
            )  # fmt: skip


_LEAST = 0.65


def _facts(document: Document, uses: Sequence[FieldUse]) -> Iterator[RegionFieldFact]:
    seen: set[tuple[str, str, str]] = set()
    for use in uses:
        if use.subject is None or use.role in ("disease", "heading") or use.confidence < _LEAST:
            continue
        stance = "strength" if use.zone == "past" or use.rule.startswith("strength") else "develop"
        for region in use.subject.regions:
            key = (region.code, fold(use.name), stance)
            if (
                key in seen
                or not (region.rank == 1 or region.local)
                or (use.subject.led and region.rank == 1)
            ):
                continue  # a free-trade zone of a province is not the province
            seen.add(key)
            first = min(use.subject.start, use.start) if use.start - use.subject.start < 400 else use.opens
            yield RegionFieldFact(
                region=region.name, field=use.name, category=use.category,
                stance="strength" if stance == "strength" else "develop",
                rule=f"subject-{use.rule}", confidence=round(use.confidence * 0.95, 3),
                evidence=document.evidence(min(first, use.start), use.end),
            )  # fmt: skip


_BUILD = re.compile(r"(?:建设|打造|共建|创建|筹建|做强|壮大|培育)[^，。；、和及]{0,12}$")


def _is_built(document: Document, cluster: ClusterMention) -> bool:
    """Whether a passage builds the place up: 打造银星智界生物医药产业园."""
    if cluster.kind not in ("park", "base", "cluster", "zone"):
        return False
    at = cluster.start
    return bool(_BUILD.search(document.reading.text[max(0, at - 24) : at]))


def _is_heading(document: Document, cluster: ClusterMention) -> bool:
    section = document.section_at(cluster.start)
    return section is not None and section.view[0] <= cluster.start < section.body
