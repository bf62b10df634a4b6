"""The classes and the properties between them as one SVG: who says what on the left, of what on the right.

Each property is a row of the class that it starts from and a line to the class that it leads to, so that no name stands
on a line. Classes on the right stand as near as they can to what leads to them (the barycentre method of Sugiyama et
al., 1981, for two layers).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from kg.views.ontology.terms import Term
from kg.views.palette import STYLES, Style

_KINDS = {
    "PolicyDocument": "document", "Region": "region", "Province": "province", "RegionGroup": "region-group",
    "Cluster": "cluster", "ProductField": "field", "Sector": "field", "Disease": "disease", "DrugTarget": "drug-target",
    "Enterprise": "enterprise", "Institution": "institution", "Agency": "agency", "Target": "target",
    "Statistic": "statistic", "Figure": "target", "Indicator": "indicator", "Measure": "measure",
    "Programme": "programme", "Organization": "enterprise",
}  # fmt: skip
_WIDTH, _LEFT, _RIGHT, _ROW, _HEAD, _GAP = 1120, 330, 330, 24, 30, 14


@dataclass(frozen=True, slots=True)
class _Box:
    """A class with its rows; ``top`` is where it stands."""

    name: str
    rows: tuple[str, ...]
    top: float

    @property
    def height(self) -> float:
        return _HEAD + _ROW * len(self.rows) + (6 if self.rows else 0)


def diagram(terms: Mapping[str, Term]) -> Markup:
    """The SVG of the object properties of an ontology; texts in it are escaped."""
    edges = sorted(
        (domain, t.name, range_) for t in terms.values() if t.kind == "object"
        for domain in t.domain for range_ in t.range
    )  # fmt: skip
    by_domain: dict[str, list[str]] = defaultdict(list)
    for domain, name, _ in edges:
        if name not in by_domain[domain]:
            by_domain[domain].append(name)
    left = _stack((d, tuple(by_domain[d])) for d in sorted(by_domain, key=lambda d: (-len(by_domain[d]), d)))
    rows = {(b.name, row): b.top + _HEAD + _ROW * (n + 0.5) for b in left for n, row in enumerate(b.rows)}
    centre = {
        r: sum(ys) / len(ys)
        for r in {e[2] for e in edges}
        for ys in [[rows[d, n] for d, n, x in edges if x == r]]
    }
    below = {r: tuple(t.name for t in terms.values() if t.kind == "class" and r in t.above) for r in centre}
    right = _spread(
        [(r, below[r]) for r in sorted(centre, key=lambda r: (centre[r], r))], centre, _bottom(left)
    )
    height = max(_bottom(left), _bottom(right)) + 2
    places = {b.name: b.top + _HEAD / 2 for b in right}
    parts = [
        *(_line(rows[d, n], places[r], _style(r)) for d, n, r in edges),
        *(part for b in left for part in _drawn(b, 0, _LEFT, terms)),
        *(part for b in right for part in _drawn(b, _WIDTH - _RIGHT, _RIGHT, terms)),
    ]
    head = f'<svg class="ontology" viewBox="-1 -1 {_WIDTH + 2} {height:g}" role="img" aria-labelledby="diagram-title">'
    title = '<title id="diagram-title">类与属性 Classes and properties</title>'
    return Markup("\n".join((head, title, *parts, "</svg>")))


def _stack(boxes: Iterable[tuple[str, tuple[str, ...]]]) -> list[_Box]:
    found: list[_Box] = []
    for name, rows in boxes:
        found.append(_Box(name, rows, _bottom(found) + _GAP if found else 0))
    return found


def _spread(
    boxes: Sequence[tuple[str, tuple[str, ...]]], centre: Mapping[str, float], height: float
) -> list[_Box]:
    """Boxes in order, each as near to its centre as those above it and the room for those below it allow."""
    sizes = [_Box(name, rows, 0).height for name, rows in boxes]
    found: list[_Box] = []
    for n, (name, rows) in enumerate(boxes):
        least = found[-1].top + found[-1].height + _GAP if found else 0
        most = height - sum(sizes[n:]) - _GAP * (len(sizes) - n - 1)
        found.append(_Box(name, rows, round(max(least, min(most, centre[name] - _HEAD / 2)), 1)))
    return found


def _bottom(boxes: Sequence[_Box]) -> float:
    return boxes[-1].top + boxes[-1].height if boxes else 0


def _line(start: float, end: float, style: Style) -> str:
    a, b = _LEFT, _WIDTH - _RIGHT
    bend = (b - a) * 0.5
    return (
        f'<path d="M{a} {start:g}C{a + bend:g} {start:g} {b - bend:g} {end:g} {b - 2} {end:g}" fill="none" '
        f'stroke="{style.edge}" stroke-width="1.5" stroke-opacity=".62"/>'
        f'<circle cx="{b - 3}" cy="{end:g}" r="3.2" fill="{style.edge}"/>'
    )


def _drawn(box: _Box, x: float, width: float, terms: Mapping[str, Term]) -> Iterator[str]:
    style = _style(box.name)
    yield (
        f'<rect x="{x}" y="{box.top:g}" width="{width}" height="{box.height:g}" rx="7" fill="#fff" '
        f'stroke="{style.edge}" stroke-width="1.5"/>'
    )
    yield _name(box.name, x + 12, box.top + 20, terms, "head", style)
    for n, row in enumerate(box.rows):
        yield _name(row, x + 24, box.top + _HEAD + _ROW * n + 16, terms, "row", style)


def _name(name: str, x: float, y: float, terms: Mapping[str, Term], class_: str, style: Style) -> str:
    term = terms.get(name)
    mark = f'<circle cx="{x + 5:g}" cy="{y - 5:g}" r="5" fill="{style.edge}"/>' if class_ == "head" else ""
    shift = 18 if mark else 0
    zh, en = (term.zh, term.en) if term else _WORDS.get(name, (name, name))
    shown = f'<tspan class="zh">{escape(zh)}</tspan><tspan class="en">{escape(en)}</tspan>'
    if term:
        shown += f' <tspan class="name">{escape(name)}</tspan>'
    text = f'{mark}<text class="{class_}" x="{x + shift:g}" y="{y:g}">{shown}</text>'
    return f'<a href="#{escape(name)}">{text}</a>' if term else text


_WORDS = {"owl:Thing": ("任何事物", "anything")}


def _style(name: str) -> Style:
    return STYLES[_KINDS.get(name, "thing")]
