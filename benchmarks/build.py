"""What a build of the shipped documents costs, beside a peer that is measured in the same run.

    python benchmarks/build.py           # a table
    python benchmarks/build.py --json    # the same for machines

The whole command is timed from outside, imports included, in a process of its own; its stages and the peers are timed
in this one, warm. The peers do the least that any program of this kind must: spaCy's blank Chinese pipeline splits the
same texts into tokens, rdflib reads the same graph. Machines differ, ratios to the peers less so. The best of several
runs counts, for what else the machine does can only slow one down.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

MEGABYTE = 1024 * (1024 if sys.platform == "darwin" else 1)
"""Units of ``ru_maxrss`` in a megabyte: kilobytes on Linux, bytes on macOS."""


def whole_command(store: Path) -> dict[str, float]:
    """Wall and processor seconds and peak memory of ``kg build`` in a process of its own."""
    began = time.perf_counter()
    quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
    command = [sys.executable, "-m", "kg.cli", "build", "--store", str(store)]
    pid = os.posix_spawn(sys.executable, command, os.environ, file_actions=quiet)
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - began
    if status:
        raise SystemExit(f"kg build failed: {os.waitstatus_to_exitcode(status)}")
    return {
        "seconds": seconds,
        "processor_seconds": usage.ru_utime + usage.ru_stime,
        "peak_megabytes": usage.ru_maxrss / MEGABYTE,
    }


def best(runs: int, work: Callable[[], Any]) -> float:
    """The seconds of the fastest of several runs."""
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def stages(store: Path, runs: int) -> dict[str, float]:
    """Seconds of reading, extracting and filling, and of the peers, all in this process."""
    import rdflib
    import spacy

    from kg.documents.sources import documents
    from kg.extraction.pipeline import facts
    from kg.graph.build import build
    from kg.resources import seeds_dir

    def read() -> list[Any]:
        return list(documents([seeds_dir()]))

    read_ones = read()
    extracted = list(facts(read_ones))  # loads vocabularies and rules, which a long run does once
    blank = spacy.blank("zh")
    texts = [document.text for document in read_ones]
    trig = store / "graph.trig"
    with tempfile.TemporaryDirectory() as folder:
        own = {
            "read": best(runs, read),
            "extract": best(runs, lambda: list(facts(read_ones))),
            "fill": best(runs, lambda: build(extracted, Path(folder) / "store")),
        }
    peers = {
        "peer_tokenise": best(runs, lambda: [blank.make_doc(text) for text in texts]),
        "peer_parse": best(1, lambda: rdflib.Dataset().parse(trig, format="trig")),
    }
    return own | peers


def measure(runs: int) -> dict[str, float]:
    """All figures; ratios are seconds of ours in seconds of the peer."""
    from kg.documents.sources import documents
    from kg.resources import seeds_dir

    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        commands = [whole_command(store) for _ in range(runs)]
        fastest = min(commands, key=lambda c: c["seconds"])
        seconds = stages(store, runs)
        size = (store / "graph.trig").stat().st_size / 1e6
    characters = sum(len(document.text) for document in documents([seeds_dir()]))
    peer = seconds["peer_tokenise"] + seconds["peer_parse"]
    return {
        "characters": characters,
        "trig_megabytes": size,
        **{f"command_{k}": v for k, v in fastest.items()},
        **{f"{name}_seconds": s for name, s in seconds.items()},
        "extract_characters_a_second": characters / seconds["extract"],
        "extract_to_peer_tokenise": seconds["extract"] / seconds["peer_tokenise"],
        "fill_to_peer_parse": seconds["fill"] / seconds["peer_parse"],
        "command_to_peers": fastest["seconds"] / peer,
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument(
        "--runs", type=int, default=3, help="runs of which the fastest counts (default: 3)"
    )
    arguments.add_argument("--json", action="store_true", help="for machines")
    asked = arguments.parse_args()
    figures = measure(asked.runs)
    if asked.json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}, indent=2))
        return
    for name, value in figures.items():
        print(f"{name.replace('_', ' '):30}{value:12,.2f}")


if __name__ == "__main__":
    main()
