"""The site as a folder: written beside the old one and put in its place when it is whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SiteError
from kg.graph.folders import beside, swap
from kg.graph.store import GraphStore
from kg.views.page import json_for_script
from kg.views.site import look
from kg.views.site.context import SiteContext, SiteOptions, context
from kg.views.site.page import Entry, File
from kg.views.site.render import renderer
from kg.views.site.views import VIEWS, View
from kg.views.site.views import entries as registered

MARKER = "kg-site.txt"
_MARK = "This folder is written by kg site, which replaces all of it. 本文件夹由 kg site 生成，重新生成时会整体替换。\n"
_ASSETS = Path(__file__).with_name("assets")


@dataclass(frozen=True, slots=True)
class Made:
    """The folder of a site that was written, how many pages it has and how many bytes."""

    path: Path
    pages: int
    size: int


def write_site(
    graph: GraphStore, out: Path, options: SiteOptions | None = None, *,
    views: Sequence[View] | None = None, entries: Sequence[Entry] | None = None,
) -> Made:  # fmt: skip
    """Writes the site of a graph; ``out`` must be new, empty, or an earlier site.

    ``views`` and ``entries`` are all registered ones unless given. Raises `SiteError` for another folder.
    """
    _check(out)
    with beside(out) as work:
        new = work / "new"
        new.mkdir()
        site = context(graph, options)
        pages, size = _fill(
            new, site, views or VIEWS, registered(site.options) if entries is None else entries
        )
        swap(new, out)
    return Made(out, pages, size)


def _fill(
    folder: Path, site: SiteContext, views: Iterable[View], entries: Sequence[Entry]
) -> tuple[int, int]:
    rendering = renderer(site, entries)
    written: set[str] = set()
    pages = size = 0

    def put(path: str, content: bytes) -> None:
        nonlocal size
        if path.lower() in written:
            raise ValueError(f"{path}: two views make this file")
        written.add(path.lower())
        size += len(content)
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    put(MARKER, _MARK.encode())
    for path, content in assets(entries):
        put(path, content)
    for view in views:
        for made in view(site):
            if isinstance(made, File):
                put(made.path, made.content)
            else:
                put(made.path, rendering.render(made).encode("utf-8", "replace"))
                pages += 1
    return pages, size


def assets(entries: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
    """The files that all pages share, by path: what every page needs is one style sheet and one script."""
    whole = {"site.css": [look.look()], "site.js": []}
    menu = [[e.path, e.zh, e.en, e.group] for e in entries]
    parts = {"site.css": ("site.css",), "site.js": ("site.js", "menu.js", "search.js")}
    for asset in sorted(_ASSETS.iterdir()):
        if not any(asset.name in names for names in parts.values()):
            yield f"assets/{asset.name}", asset.read_bytes()
    whole["site.js"].append(f"window.kgMenu = {json_for_script(menu)};\n")
    for name, names in parts.items():
        whole[name] += [(_ASSETS / part).read_text("utf-8") for part in names]
        yield f"assets/{name}", "".join(whole[name]).encode()


def _check(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise SiteError(f"{out}: not a folder", hint="name a new folder")
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise SiteError(f"{out}: not empty, and no site of kg", hint="name a new or an empty folder")
