"""A pyvis network in a page of our own that needs no network: nothing of it is fetched from anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment
    from pyvis.network import Network

_TEMPLATES = Path(__file__).with_name("templates")
_SOURCE_MAP = re.compile(r"^\s*//[#@]\s*sourceMappingURL=.*$", re.MULTILINE)


def page(net: Network, data: Mapping[str, Any], *, template: str = "network.html", **values: object) -> str:
    """The page of a pyvis network made with ``cdn_resources="in_line"``, with ``data`` for its script.

    Whatever the page shows as a name or a quote travels as JSON and is put in as text, never as markup.
    """
    html: str = net.generate_html()
    return (
        _environment()
        .get_template(template)
        .render(scripts=inline_scripts(html), data=json_for_script(data), **values)
    )


def inline_scripts(html: str) -> list[str]:
    """The scripts that a page of pyvis has within itself; those that it links, and all else, are left behind.

    >>> inline_scripts('<script src="https://cdn.example/a.js"></script><script>drawGraph();</script>')
    ['drawGraph();']
    """
    reader = _Scripts()
    reader.feed(html)
    reader.close()
    return [_SOURCE_MAP.sub("", script).strip() for script in reader.found if script.strip()]


def json_for_script(data: object) -> str:
    """JSON that can stand within a ``script`` element, whatever its texts hold.

    >>> json_for_script({"q": "</script>"})
    '{"q":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=False)
    for bad in "<>&\u2028\u2029":
        text = text.replace(bad, f"\\u{ord(bad):04x}")
    # Lone surrogates of a damaged document cannot be written as UTF-8.
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text)


class _Scripts(HTMLParser):
    """Collects the text of scripts that have no ``src``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and not any(name == "src" for name, _ in attrs):
            self._inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"), autoescape=True, undefined=StrictUndefined,
        keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
