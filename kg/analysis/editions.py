"""What changed between two documents: fields, clusters and targets that entered, stayed, went or were revised.

A field stays in other words where one document names it and the other only something under it: 抗体药物 in the
older plan and 双特异性抗体 in the newer is *narrowed*, the other way round *widened*. The narrower one is then kept
with it, and neither has entered or gone, where it stands one step below; each narrower field belongs to one wider
one. Where the narrower ones are in both documents, the wider one is kept as what they make of it. What else lies
under or over a field that only one document names has entered or gone, and its answer says what the other does
name: ``wider`` or ``narrower``. Sectors (医疗器械, 中药 …) stand for nothing under them.

That something is not in a document is said only as firmly as extraction was measured to be: see `kg.analysis.omissions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.analysis.claims import Claim
from kg.analysis.edition_changes import Answer, Change, Changes, Match, answer, in_order, silence
from kg.analysis.edition_sides import identities, named_clusters, named_fields
from kg.analysis.edition_targets import TargetChanges, changed_targets
from kg.analysis.figures import Name
from kg.analysis.ground import Ground
from kg.analysis.omissions import ENOUGH, Recall, recalls
from kg.analysis.plans import Plan
from kg.errors import LookupFailed
from kg.queries.reading import things

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

SHORT = 0.6
"""From this share on a document counts as much shorter than the other, and its silence as less telling."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One of the two documents with its size: characters without white space (None without its text), and counts."""

    plan: Plan
    characters: int | None
    fields: int
    clusters: int
    targets: int

    def row(self) -> dict[str, Any]:
        """The document as flat values."""
        return {
            "doc": self.plan.id, "title": self.plan.title, "period": self.plan.period, "issued": self.plan.issued,
            "status": self.plan.status, "characters": self.characters, "fields": self.fields,
            "clusters": self.clusters, "targets": self.targets,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class EditionDiff:
    """What changed from an older document to a newer one; ``recall`` is what answers rest on, by type of fact."""

    old: Edition
    new: Edition
    fields: Changes
    clusters: Changes
    targets: TargetChanges
    recall: Mapping[str, Recall]
    threshold: float

    @property
    def short(self) -> Edition | None:
        """The one of the two that is much shorter than the other, if either is."""
        sizes = (self.old.characters, self.new.characters)
        if None in sizes or max(sizes) == 0:  # type: ignore[type-var]
            return None
        less, more = sorted((self.old, self.new), key=lambda e: e.characters or 0)
        return less if (less.characters or 0) < SHORT * (more.characters or 0) else None

    def row(self) -> dict[str, Any]:
        """``{"fields": {"entered", "kept", "dropped"}, "clusters": {…}, "targets": {…, "revised"}, …}``."""
        return {
            "old": self.old.row(), "new": self.new.row(), "shorter": self.short.plan.id if self.short else None,
            "fields": self.fields.row("field"), "clusters": self.clusters.row("cluster"),
            "targets": self.targets.row(),
            "certainty": {
                part: {
                    "recall": self.recall[type_].row() if type_ in self.recall else None,
                    "threshold": self.threshold, "answer": silence(self.recall.get(type_), self.threshold),
                }
                for part, type_ in _TYPES.items()
            },
        }  # fmt: skip


_TYPES = {"fields": "plan_field", "clusters": "cluster", "targets": "target"}
"""The type of fact on whose recall the answers of each part rest."""


def diff(
    graph: GraphStore | Ground, a: str, b: str, *, by_time: bool = True, threshold: float = ENOUGH
) -> EditionDiff:
    """What changed between two documents, by id or IRI: from the older to the newer, or as given.

    Raises `LookupFailed` for a document that is not in the graph.
    """
    ground = Ground.of(graph)
    old, new = (_plan(ground, doc) for doc in (a, b))
    if by_time and _time(new) < _time(old) and all(_time(p) != (0, 0, "") for p in (old, new)):
        old, new = new, old
    measured = recalls(ground.graph)
    fields, clusters, targets = (
        silence(measured.get(type_), threshold) for type_ in ("plan_field", "cluster", "target")
    )
    texts = _text(ground, old.id), _text(ground, new.id)
    priorities = [named_fields(ground.graph, plan) for plan in (old, new)]
    places = [named_clusters(ground.graph, plan) for plan in (old, new)]
    goals = changed_targets(ground.graph, old, new, targets)
    sizes = [len(text) if text is not None else None for text in texts]
    return EditionDiff(
        Edition(old, sizes[0], len(priorities[0]), len(places[0]), goals.old),
        Edition(new, sizes[1], len(priorities[1]), len(places[1]), goals.new),
        _fields(ground, priorities[0], priorities[1], texts, fields),
        _clusters(ground, places[0], places[1], texts, clusters),
        goals,
        {type_: measured[type_] for type_ in _TYPES.values() if type_ in measured},
        threshold,
    )


_Said = Mapping[str, tuple[Claim, ...]]
_Texts = tuple[str | None, str | None]


def _fields(ground: Ground, old: _Said, new: _Said, texts: _Texts, otherwise: Answer) -> Changes:
    found = things(ground.graph, {*old, *new})
    name = {iri: Name(iri, t.zh, t.en) for iri, t in found.items()}
    under = (_under(ground, old), _under(ground, new))
    groups = _groups(ground, old, new)
    settled = {iri for before, after, _ in groups for iri in (*before, *after)}

    def alone(iri: str, other: _Said, text: str | None) -> tuple[Answer, tuple[Name, ...]]:
        tree = ground.tree
        above = {
            up: tree.distance(iri, up) or 0 for up in tree.above(iri) if up in other and not ground.sector(up)
        }
        below = under[other is new].get(iri, {})
        related = tuple(name[at] for at in _nearest(above or below))
        fallback: Answer = "wider" if above else "narrower" if below else otherwise
        thing = found[iri]
        return answer(text, (thing.zh, *thing.other_names), fallback), related

    def candidate(*iris: str) -> bool:
        return all(iri in ground.candidates for iri in iris)

    def kept(before: Sequence[str], after: Sequence[str], match: Match) -> Change:
        sides = (tuple(name[i] for i in before), tuple(name[i] for i in after))
        said = (tuple(c for i in before for c in old[i]), tuple(c for i in after for c in new[i]))
        return Change(*sides, *said, match, candidate=candidate(*before, *after))

    return Changes(
        in_order(
            Change((), (name[i],), (), new[i], None, *alone(i, old, texts[0]), candidate(i))
            for i in new if i not in old and i not in settled
        ),
        in_order((
            *(kept([i], [i], "same") for i in old if i in new),
            *(kept(*group) for group in groups),
        )),
        in_order(
            Change((name[i],), (), old[i], (), None, *alone(i, new, texts[1]), candidate(i))
            for i in old if i not in new and i not in settled
        ),
    )  # fmt: skip


def _groups(ground: Ground, old: _Said, new: _Said) -> list[tuple[list[str], list[str], Match]]:
    """The fields that stay in other words, of the older and the newer document; see the rules of this module."""
    tree, steps = ground.tree, []
    for below, above in ((new, old), (old, new)):
        for iri in sorted(set(below) - set(above)):
            wider = [
                up for up in tree.up.get(iri, ()) if up in above and up not in below and not ground.sector(up)
            ]
            if wider:  # the most special of several; then the first in order
                steps.append((min(wider, key=lambda up: (-len(tree.above(up)), up)), iri))
    groups: list[set[str]] = []
    for step in steps:
        met = [g for g in groups if not g.isdisjoint(step)]
        groups = [g for g in groups if g not in met] + [set(step).union(*met)]
    found: list[tuple[list[str], list[str], Match]] = []
    for group in groups:
        ways = {up in old for up, iri in steps if iri in group}
        match: Match = "reworded" if len(ways) > 1 else "narrowed" if True in ways else "widened"
        found.append((sorted(group.intersection(old)), sorted(group.intersection(new)), match))
    grouped = set().union(*groups)
    both = _under(ground, set(old) & set(new))
    for up in sorted((set(old) ^ set(new)) - grouped):
        if up in both:
            near = _nearest(both[up])
            found.append(([up], near, "narrowed") if up in old else (near, [up], "widened"))
    return found


def _under(ground: Ground, named: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
    """What of the named fields lies under each field, with the number of steps."""
    found: dict[str, dict[str, int]] = {}
    for iri in named:
        for up in ground.tree.above(iri):
            found.setdefault(up, {})[iri] = ground.tree.distance(iri, up) or 0
    return found


def _nearest(steps: Mapping[str, int]) -> list[str]:
    least = min(steps.values(), default=0)
    return sorted(iri for iri, n in steps.items() if n == least)


def _clusters(ground: Ground, old: _Said, new: _Said, texts: _Texts, otherwise: Answer) -> Changes:
    found = things(ground.graph, {*old, *new})
    name = {iri: Name(iri, t.zh, t.en) for iri, t in found.items()}
    names = {iri: (t.zh, *t.other_names) for iri, t in found.items()}
    same = identities(ground.graph, found.values())
    then: dict[str, list[str]] = {}
    now: dict[str, list[str]] = {}
    for side, grouped in ((old, then), (new, now)):
        for iri in sorted(side):
            grouped.setdefault(same[iri], []).append(iri)
    kept = [
        Change(
            tuple(name[i] for i in then[k]), tuple(name[i] for i in now[k]),
            tuple(c for i in then[k] for c in old[i]), tuple(c for i in now[k] for c in new[i]),
            "same" if then[k] == now[k] else "renamed",
        )
        for k in then if k in now
    ]  # fmt: skip
    gone = [
        Change((name[i],), (), old[i], (), None, answer(texts[1], names[i], otherwise))
        for i in old if same[i] not in now
    ]  # fmt: skip
    come = [
        Change((), (name[i],), (), new[i], None, answer(texts[0], names[i], otherwise))
        for i in new if same[i] not in then
    ]  # fmt: skip
    return Changes(in_order(come), in_order(kept), in_order(gone))


def _text(ground: Ground, doc: str) -> str | None:
    try:
        return re.sub(r"\s+", "", ground.graph.text(doc))
    except LookupFailed:  # a store of quads only; nothing can be looked up in its texts
        return None


def _time(plan: Plan) -> tuple[int, int, str]:
    return (plan.start or 0, plan.end or 0, plan.issued or "")


def _plan(ground: Ground, doc: str) -> Plan:
    for plan in ground.plans.values():
        if doc in (plan.id, plan.iri):
            return plan
    known = "、".join(sorted(ground.plans)) or "none"
    raise LookupFailed(f"no document {doc!r}", hint=f"documents: {known}")
