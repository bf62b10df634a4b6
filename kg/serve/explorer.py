"""The explorer's pages, written by a child process: ``python -m kg.serve.explorer STORE OUT``."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from kg.serve import wall


def main() -> None:
    """Writes the site of a store; ends with status 1 where it cannot."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    wall.die_with_parent()
    os.nice(10)  # questions come first
    from kg.graph.store import GraphStore
    from kg.views.site.context import SiteOptions
    from kg.views.site.write import write_site

    store, out = map(Path, sys.argv[1:])
    write_site(GraphStore.open(store), out, SiteOptions(endpoint="sparql"))


if __name__ == "__main__":
    main()
