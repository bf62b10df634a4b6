"""Pictures that are whole pages: shown in a frame of their own, fetched from nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from kg.errors import InputError


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """A page with a picture; ``html`` is all of it, ``title`` says what it is, ``height`` is in pixels.

    ``svg`` is the same standing still, for places that run no scripts.

    >>> Picture("<!doctype html><p>…</p>", "network: 2 nodes")
    <network: 2 nodes>
    """

    html: str
    title: str
    height: int = 520
    svg: str = ""

    def save(self, path: str | Path) -> Path:
        """Writes the page to a file and returns its path; raises `InputError` where that fails."""
        target = Path(path)
        try:
            target.write_bytes(self.html.encode("utf-8", "replace"))
        except OSError as error:
            raise InputError(f"{target}: {error.strerror}", hint="choose another place") from error
        return target

    def __repr__(self) -> str:
        return f"<{self.title}>"

    def _repr_svg_(self) -> str | None:
        return self.svg or None

    def _repr_html_(self) -> str:
        # A frame without `allow-same-origin`: what runs inside cannot reach the notebook.
        return (
            f'<iframe srcdoc="{escape(self.html)}" sandbox="allow-scripts" width="100%" height="{self.height}" '
            f'style="border:1px solid rgba(128,128,128,.4)" title="{escape(self.title)}"></iframe>'
        )
