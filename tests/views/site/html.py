"""Pages of the site as the tests read them."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any


class Page(HTMLParser):
    """Links, ids, elements and texts of a page; ``lines`` are the paragraphs of the reader,
    ``packed`` the values of long tables: ``[zh, en, href, quote]``."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.ids: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.lines: list[str] = []
        self.packed: list[list[Any]] = []
        self._packed = False
        self._line = False
        self._within = ""
        self.feed(path.read_bytes().decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        self.links += [value for name in ("href", "src") if (value := found.get(name)) is not None]
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "p":
            self._line = "data-o" in found
            if self._line:
                self.lines.append("")
        self._within = tag if tag in ("script", "style") else ""
        self._packed = tag == "script" and str(found.get("id", "")).startswith("data-rows-")

    def handle_endtag(self, tag: str) -> None:
        self._within = ""
        self._packed = False
        if tag == "p":
            self._line = False

    def handle_data(self, data: str) -> None:
        if self._packed:
            self.packed += json.loads(data)["values"]
        if self._within:
            return
        self.text += data
        if self._line:
            self.lines[-1] += data

    def tags(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of all elements of a name."""
        return [attributes for name, attributes in self.elements if name == tag]


def pages(site: Path) -> dict[str, Page]:
    """All pages of a site by path."""
    return {path.relative_to(site).as_posix(): Page(path) for path in sorted(site.rglob("*.html"))}
