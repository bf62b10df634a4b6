"""Runs the notebooks anew and writes them with their outputs: ``python notebooks/refresh.py [NAME …]``.

Each runs from its first cell in a clean kernel, over a store of the shipped documents made for it (or that of
``KG_STORE`` with ``--store``), in an empty folder. What is written is the same on every machine: no times, no paths,
no ids by chance. ``--check`` writes nothing and exits 1 where a notebook would change.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

FOLDER = Path(__file__).parent
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
TIMEOUT = 240


def notebooks() -> list[Path]:
    """The notebooks in the order of their numbers."""
    return sorted(FOLDER.glob("[0-9][0-9]-*.ipynb"))


def read(path: Path) -> NotebookNode:
    """A notebook as it is saved."""
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call, no-any-return, unused-ignore]


def executed(notebook: NotebookNode, store: Path, folder: Path) -> NotebookNode:
    """The notebook with the outputs of a clean kernel that works in ``folder`` and reads ``store``; cleaned."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("KG_", "PLOTLY_"))
    }
    environment |= {
        "KG_STORE": str(store),
        "IPYTHONDIR": str(folder / ".ipython"),
        "PYTHONWARNINGS": "default",
    }
    fresh = nbformat.from_dict({**notebook})  # type: ignore[no-untyped-call, unused-ignore]
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(
        fresh, timeout=TIMEOUT, kernel_name="python3", record_timing=False, allow_errors=True,
        extra_arguments=["--log-level=ERROR"], resources={"metadata": {"path": str(folder)}},
    )  # fmt: skip
    client.execute(env=environment)
    return cleaned(fresh)


def cleaned(notebook: NotebookNode) -> NotebookNode:
    """The notebook as it is saved: fixed metadata and ids; of a picture in a frame, which is large, the still."""
    notebook.metadata = NotebookNode(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for n, cell in enumerate(notebook.cells, start=1):
        cell.id, cell.metadata = f"cell-{n:02}", NotebookNode()
        for output in cell.get("outputs", ()):
            output.pop("transient", None)
            if "metadata" in output:
                output.metadata = NotebookNode()
            if "image/svg+xml" in output.get("data", {}):
                output.data.pop("text/html", None)
    return notebook


def said(notebook: NotebookNode) -> list[tuple[str, str]]:
    """What the cells print and show in words, as (id of the cell, words): what must not go stale.

    >>> from nbformat.v4 import new_code_cell, new_notebook, new_output
    >>> cell = new_code_cell(id="cell-01", outputs=[new_output("stream", text="2  \\n3\\n")])
    >>> said(new_notebook(cells=[cell]))
    [('cell-01', '2\\n3')]
    """
    return [(cell.id, words) for cell in notebook.cells for words in _words(cell)]


def errors(notebook: NotebookNode) -> list[str]:
    """What went wrong, and what was written to the standard error, with the cell where that was."""
    return [
        f"{cell.id}: {o.get('ename', 'stderr')} {o.get('evalue') or o.get('text') or _failed(o)}".strip()
        for cell in notebook.cells
        for o in cell.get("outputs", ())
        if o.output_type == "error" or (o.output_type == "stream" and o.name == "stderr")
    ]


def write(notebook: NotebookNode, path: Path) -> None:
    """Saves a notebook, whole or not at all."""
    beside = path.with_suffix(".part")
    beside.write_text(nbformat.writes(notebook).rstrip("\n") + "\n", "utf-8")  # type: ignore[no-untyped-call, unused-ignore]
    beside.replace(path)


def _failed(output: NotebookNode) -> str:
    """The line of a cell that failed without a word, such as an assertion."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(output.traceback))
    return next((line.strip() for line in plain.splitlines() if line.startswith("---->")), "")


def _words(cell: Mapping[str, Any]) -> Iterator[str]:
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        words = [
            output.get("text"),
            *(data.get(kind) for kind in ("text/plain", "text/html", "text/markdown")),
        ]
        yield from ("\n".join(re.sub(r"[ \t]+$", "", w, flags=re.M).split("\n")).strip() for w in words if w)


def main(arguments: list[str] | None = None) -> int:
    """Runs the notebooks of the given names, all by default; 1 where one fails, or with ``--check`` has changed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="such as 03 or 03-overlap; all by default")
    parser.add_argument(
        "--store", type=Path, help="a store to read; by default the shipped documents are built"
    )
    parser.add_argument("--check", action="store_true", help="write nothing, tell what has changed")
    given = parser.parse_args(arguments)
    chosen = [p for p in notebooks() if not given.names or p.name.startswith(tuple(given.names))]
    with tempfile.TemporaryDirectory() as base:
        store = (given.store or _built(Path(base) / "store")).resolve()
        return max((_refresh(path, store, Path(base), given.check) for path in chosen), default=1)


def _refresh(path: Path, store: Path, base: Path, check: bool) -> int:
    folder = Path(tempfile.mkdtemp(dir=base))
    saved = read(path)
    made = executed(saved, store, folder)
    wrong, changed = errors(made), said(made) != said(saved)
    print(f"{path.name}: {'; '.join(wrong) or ('changed' if changed else 'as it was')}", flush=True)
    if not check and not wrong:
        write(made, path)
    return int(bool(wrong) or (check and changed))


def _built(folder: Path) -> Path:
    import kg

    kg.build(store=folder)
    return folder


if __name__ == "__main__":
    sys.exit(main())
