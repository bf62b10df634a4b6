"""What changed between two documents of one jurisdiction: entered, kept, dropped, revised, with the quotes of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kg.analysis.claims import Claim
from kg.analysis.edition_changes import ANSWERS, Change, silence
from kg.analysis.editions import EditionDiff, diff
from kg.analysis.figures import Name
from kg.analysis.plans import Plan
from kg.graph.slugs import document_slug
from kg.model import Evidence
from kg.views.charts.overlap import ground
from kg.views.charts.plot import POLICY, SCRIPTS, STYLES, chart, layout
from kg.views.charts.tables import csv_file
from kg.views.palette import BLUE, GREEN, GREY, VERMILION
from kg.views.site.context import SiteContext
from kg.views.site.page import File, Page

PATH = "views/changes.html"
_PAIRS, _QUOTES = 60, 2
_NOTHING = ("", "")
KINDS: Mapping[str, tuple[str, str, str]] = {
    "entered": ("新增", "entered", GREEN), "kept": ("延续", "kept", GREY), "revised": ("修订", "revised", BLUE),
    "dropped": ("不再出现", "dropped", VERMILION),
}  # fmt: skip
PARTS: Mapping[str, tuple[str, str]] = {
    "fields": ("领域", "Fields"), "clusters": ("集聚区", "Clusters"), "targets": ("目标", "Targets"),
}  # fmt: skip


_TYPES = {"fields": "plan_field", "clusters": "cluster", "targets": "target"}
"""The type of fact that each part is made of."""
_WORDS: Mapping[str, tuple[str, str]] = {str(answer): words for answer, words in ANSWERS.items()}
_LEGEND = {
    "orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "itemclick": False, "itemdoubleclick": False,
    "traceorder": "normal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One change: what it is about (``iri`` may be empty), what else is to be said, the quotes of both documents.

    ``silent`` is what is known of a document that has no quote. Of many quotes those that stand first are here;
    ``more`` says how many others the older and the newer have.
    """

    part: str
    kind: str
    iri: str
    zh: str
    en: str
    note: tuple[str, str]
    old: tuple[Evidence, ...]
    new: tuple[Evidence, ...]
    silent: tuple[str, str] = ("", "")
    more: tuple[int, int] = (0, 0)


def changes_view(context: SiteContext) -> Iterator[Page | File]:
    """A page for each two documents of one jurisdiction, the older first; a page that says so where there are none."""
    pairs = _pairs(context.plans)
    paths = [
        PATH,
        *(f"views/changes-{document_slug(a.id)}--{document_slug(b.id)}.html".lower() for a, b in pairs[1:]),
    ]
    shared = {
        "pairs": [(path, *_title(context, *pair)) for path, pair in zip(paths, pairs, strict=False)], "kinds": KINDS,
        "parts": PARTS, "words": _WORDS,
    }  # fmt: skip
    if not pairs:
        yield Page(PATH, "changes.html", "版本变化", "Changes", values={**shared, "found": None}, nav=PATH)
    for path, (old, new) in zip(paths, pairs, strict=False):
        found = diff(ground(context), old.id, new.id)
        items = list(_items(found))
        zh, en = _title(context, found.old.plan, found.new.plan)
        csv = path.replace(".html", ".csv")
        yield Page(
            path, "changes.html", f"版本变化：{zh}", f"Changes: {en}",
            values={
                **shared, "found": found, "groups": grouped(items), "csv": csv, "certain": list(certain(found)),
            },
            scripts=SCRIPTS, styles=STYLES, policy=POLICY, data={"chart-changes": bars(items)}, nav=PATH,
        )  # fmt: skip
        yield csv_file(csv, _HEADER, map(_row, items))


def _pairs(plans: Sequence[Plan]) -> list[tuple[Plan, Plan]]:
    """The documents of one region two by two, the older first."""
    by: dict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        if plan.region:
            by[plan.region].append(plan)
    found = [
        pair
        for region in sorted(by)
        for pair in combinations(sorted(by[region], key=lambda p: (p.begins, p.id)), 2)
    ]
    return found[:_PAIRS]


def certain(found: EditionDiff) -> Iterator[tuple[str, str, str]]:
    """Of each part, in both languages, what its silence is called: part, share of facts found in percent, word.

    The share is empty where it was not measured.
    """
    for part, type_ in _TYPES.items():
        recall = found.recall.get(type_)
        yield part, f"{100 * recall.value:.0f}%" if recall else "", silence(recall, found.threshold)


def _title(context: SiteContext, old: Plan, new: Plan) -> tuple[str, str]:
    (a, c), (b, d) = context.short(old.id), context.short(new.id)
    return f"{a} → {b}", f"{c} → {d}"


def _items(found: EditionDiff) -> Iterator[Item]:
    for part, changes in (("fields", found.fields), ("clusters", found.clusters)):
        for kind, some in (
            ("entered", changes.entered),
            ("kept", changes.kept),
            ("dropped", changes.dropped),
        ):
            for one in some:
                yield _change(part, kind, one)
    targets = found.targets
    for kind, pairs in (("revised", targets.revised), ("kept", targets.kept)):
        for pair in pairs:
            zh, en = (f"{pair.old.worded(x)} → {pair.new.worded(x)}" for x in ("zh", "en"))
            zh, en = (
                f"{text}（{pair.old.time or '—'} → {pair.new.time or '—'}）{why}"
                for text, why in ((zh, pair.differs[0]), (en, pair.differs[1]))
            )
            yield _item("targets", kind, pair.new.indicator, (zh, en), (pair.old.claim,), (pair.new.claim,))
    for kind, alone in (("entered", targets.entered), ("dropped", targets.dropped)):
        for lone in alone:
            f, known = lone.figure, _WORDS.get(lone.answer, (lone.answer, lone.answer))
            zh, en = (f"{f.worded(x)} {f.time}" for x in ("zh", "en"))
            old, new = ((), (f.claim,)) if kind == "entered" else ((f.claim,), ())
            yield _item("targets", kind, f.indicator, (zh, en), old, new, known)


def _change(part: str, kind: str, one: Change) -> Item:
    note = (one.note("zh"), one.note("en"))
    of_both, of_one = (note, _NOTHING) if one.answer is None else (_NOTHING, note)
    return _item(part, kind, one.name, of_both, one.old, one.new, of_one)


def _item(
    part: str, kind: str, name: Name, note: tuple[str, str], old: Iterable[Claim], new: Iterable[Claim],
    silent: tuple[str, str] = _NOTHING,
) -> Item:  # fmt: skip
    a, b = _places(old), _places(new)
    more = (len(a[_QUOTES:]), len(b[_QUOTES:]))
    return Item(part, kind, name.iri, name.zh, name.en, note, a[:_QUOTES], b[:_QUOTES], silent, more)


def grouped(items: Sequence[Item]) -> list[tuple[str, str, list[Item]]]:
    """The changes by part and kind, in the order of `PARTS` and `KINDS`; groups that are empty are left out."""
    groups = [(p, k, [i for i in items if (i.part, i.kind) == (p, k)]) for p in PARTS for k in KINDS]
    return [group for group in groups if group[2]]


def _places(claims: Iterable[Claim]) -> tuple[Evidence, ...]:
    found = {(c.evidence.start, c.evidence.end): c.evidence for c in claims}
    return tuple(found[key] for key in sorted(found))


def bars(items: Sequence[Item]) -> dict[str, Any]:
    """The chart: how many fields, clusters and targets entered, were kept, revised, dropped."""
    parts = list(PARTS)
    counts = {kind: [sum(i.part == p and i.kind == kind for i in items) for p in parts] for kind in KINDS}
    figures = {}
    for n, language in enumerate(("zh", "en")):
        figures[language] = {
            "data": [
                {
                    "type": "bar", "orientation": "h", "y": list(range(len(parts))), "x": counts[kind], "name": words[n],
                    "marker": {"color": words[2]}, "hoverinfo": "text", "textposition": "inside", "insidetextanchor": "middle",
                    "text": [str(v) if v else "" for v in counts[kind]],
                    "hovertext": [f"{PARTS[p][n]} · {words[n]}: {v}" for p, v in zip(parts, counts[kind], strict=True)],
                    "customdata": [f"open:{p}-{kind}" for p in parts],
                    "textangle": 0, "textfont": {"size": 13},
                }
                for kind, words in KINDS.items()
            ],
            "layout": layout(
                height=210, barmode="stack", bargap=0.35, uniformtext={"minsize": 10, "mode": "hide"}, showlegend=True,
                legend=_LEGEND,
                xaxis={"visible": False, "fixedrange": True},
                yaxis={
                    "tickmode": "array", "tickvals": list(range(len(parts))), "ticktext": [PARTS[p][n] for p in parts],
                    "autorange": "reversed", "automargin": True, "fixedrange": True, "ticks": "",
                },
            ),
        }  # fmt: skip
    return chart(figures["zh"], figures["en"])


_HEADER = (
    "part", "change", "name", "iri", "note", "old_doc", "old_start", "old_end", "old_quote", "new_doc", "new_start",
    "new_end", "new_quote",
)  # fmt: skip


def _row(item: Item) -> Sequence[object]:
    sides: list[object] = []
    for side in (item.old, item.new):
        e = side[0] if side else None
        sides += [e.doc, e.start, e.end, e.quote] if e else ["", "", "", ""]
    note = " · ".join(filter(None, (item.note[0], item.silent[0])))
    return (item.part, item.kind, item.zh, item.iri, note, *sides)
