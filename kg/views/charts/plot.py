"""Figures for Plotly as plain data: what every chart has in common, and texts made safe for it.

Plotly takes a subset of HTML (``<b>``, ``<a href>``, ``<br>``) in whatever text it draws, so names are escaped for it
as they are for a page.
"""

from __future__ import annotations

import base64
import gzip
import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from kg.errors import KgError
from kg.views.lines import broken
from kg.views.site.page import File

SCRIPTS: Final = ("assets/plotly.js", "assets/charts.js")
STYLES: Final = ("assets/charts.css",)
POLICY: Final[Mapping[str, str]] = MappingProxyType({"script-src": "blob:"})
"""What a page with charts may do beyond others: run the script that it unpacks."""

CIVIDIS: Final[list[tuple[float, str]]] = [
    (0.0, "#f0f0ec"), (0.001, "#fcf3bd"), (0.15, "#ecdd72"), (0.4, "#b3a86e"), (0.62, "#7d7c78"), (0.8, "#414d6b"),
    (1.0, "#00224e"),
]  # fmt: skip
"""After Nuñez, Anderton and Renslow (2018), from light to dark: one order of lightness for every kind of colour vision.

Its light end is paler than theirs, so that small values do not shout; nothing at all has a grey of its own.
"""

_FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'
_LAYOUT: Mapping[str, Any] = {
    "font": {"family": _FONT, "size": 13, "color": "#1b2530"},
    "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "hovermode": "closest", "dragmode": False,
    "hoverlabel": {"align": "left", "bgcolor": "#ffffff", "bordercolor": "#566370", "font": {"color": "#1b2530"}},
    "showlegend": False,
}  # fmt: skip


def escaped(text: str) -> str:
    """A text that Plotly shows as it is, markup and all, in one line.

    >>> escaped('<a href="x">甲</a> & 乙')
    '&lt;a href="x"&gt;甲&lt;/a&gt; &amp; 乙'
    """
    return escape(" ".join(text.split()), quote=False)


def in_lines(text: str, width: float, *, at_most: int = 3) -> str:
    """A text in short lines for Plotly, escaped.

    >>> in_lines("济南高新区生物医药产业园", 7)
    '济南高新区<br>生物医药产业园'
    """
    return "<br>".join(escaped(line) for line in broken(text, width, at_most=at_most))


def layout(**more: Any) -> dict[str, Any]:
    """The layout that all charts share, with what one of them needs."""
    return {**_LAYOUT, "margin": {"l": 10, "r": 10, "t": 10, "b": 10}, **more}


def category_axis(names: Sequence[str], **more: Any) -> dict[str, Any]:
    """An axis whose places are 0, 1 … with the names beside them (already made safe): equal names stay apart."""
    return {
        "tickmode": "array", "tickvals": list(range(len(names))), "ticktext": list(names), "fixedrange": True,
        "showgrid": False, "zeroline": False, "ticks": "", **more,
    }  # fmt: skip


def chart(
    zh: Mapping[str, Any], en: Mapping[str, Any], *, narrow: Mapping[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """The data of a chart for ``assets/charts.js``: a figure, what differs in English, and on a phone.

    A figure has ``data`` and ``layout``; ``narrow`` is put over the layout (or that of a language, ``zh`` and ``en``,
    over the layout in it), and ``on_phones`` has other figures altogether. What a mark does when it is clicked stands
    in its ``customdata`` (of several values, the first): ``href:PATH`` leads to a page, ``open:ID`` opens the details
    of that id, ``filter:NAME=VALUE`` sets a filter. ``choices`` are values that a choice puts into the first trace,
    ``widest`` is a width in pixels.
    """
    return {"zh": zh, "en": differing(zh, en), "narrow": narrow or {}, **more}


def differing(zh: Mapping[str, Any], en: Mapping[str, Any]) -> dict[str, Any]:
    """Of the English figure what is not as in the Chinese one: numbers and places stand in a page once.

    >>> differing({"data": [{"x": [1], "text": "甲"}], "layout": {}}, {"data": [{"x": [1], "text": "A"}], "layout": {}})
    {'data': [{'text': 'A'}], 'layout': {}}
    """

    def other(a: Mapping[str, Any], b: Mapping[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in b.items() if a.get(key) != value}

    return {
        "data": [other(a, b) for a, b in zip(zh["data"], en["data"], strict=True)],
        "layout": other(zh["layout"], en["layout"]),
    }


def shared_files() -> Iterable[File]:
    """The files that all charts need: Plotly's script as its Python package ships it, packed, and our own.

    Raises `KgError` where Plotly's package does not have it.
    """
    here = Path(__file__).with_name("assets")
    packing = (here / "plotly.js").read_text("utf-8")
    yield File("assets/plotly.js", packing.replace("PACKED", packed(plotly_script().read_bytes())).encode())
    for name in sorted(path.name for path in here.iterdir()):
        if name != "plotly.js":
            yield File(f"assets/{name}", (here / name).read_bytes())


def packed(content: bytes) -> str:
    """Bytes, compressed, as letters that may stand in a script: a page from the disk can read no file beside it.

    >>> gzip.decompress(base64.b64decode(packed(b"kg")))
    b'kg'
    """
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode("ascii")


def plotly_script() -> Path:
    """Plotly's script, found without importing the package, which takes a second."""
    found = importlib.util.find_spec("plotly")
    places = list(found.submodule_search_locations or ()) if found else []
    script = Path(places[0]) / "package_data" / "plotly.min.js" if places else None
    if script is None or not script.is_file():
        raise KgError(
            "plotly's script is not where its package has it", hint="pip install --force-reinstall plotly"
        )
    return script
