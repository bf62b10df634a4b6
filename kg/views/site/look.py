"""The style sheet of kinds and of types of facts, written from the palette: one meaning of a colour everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from kg.views.palette import STYLES
from kg.views.site.fact_types import FACT_LOOKS

_SHAPES = {
    "hexagon": "polygon(25% 5%,75% 5%,100% 50%,75% 95%,25% 95%,0 50%)",
    "square": "inset(8%)",
    "diamond": "polygon(50% 0,100% 50%,50% 100%,0 50%)",
    "dot": "circle(46%)",
    "triangle": "polygon(50% 5%,100% 92%,0 92%)",
    "triangleDown": "polygon(0 8%,100% 8%,50% 95%)",
    "star": "polygon(50% 0,62% 36%,100% 38%,70% 60%,81% 97%,50% 76%,19% 97%,30% 60%,0 38%,38% 36%)",
    "box": "inset(18% 0)",
}


def look() -> str:
    """The style sheet: ``.k-KIND`` with the colour and shape of a kind, ``.m-TYPE`` and ``.t-TYPE`` of a fact.

    >>> ".k-cluster{--c:#E69F00;--e:#8A5F00;" in look()
    True
    """
    return "\n".join((*_kinds(), *_types())) + "\n"


def _kinds() -> Iterator[str]:
    for kind, style in STYLES.items():
        yield f".k-{kind}{{--c:{style.colour};--e:{style.edge};--shape:{_SHAPES[style.shape]}}}"


def _types() -> Iterator[str]:
    for type_, fact in FACT_LOOKS.items():
        style = STYLES[fact.kind]
        yield f".m-{type_},.t-{type_}{{--c:{style.colour};--e:{style.edge};--line:{fact.line}}}"
