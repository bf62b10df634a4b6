"""Fifty clients at once against ``kg serve``, while one of them runs an endless query.

    python benchmarks/serve.py --store DIR [--seconds 60] [--clients 50] [--json]

Prints how many answers came and how fast, errors, and the memory of the front and of all its children, each
tenth of the time. Ends with status 1 where there was an error.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import quantiles

import httpx
import psutil

QUERIES = (
    "ASK { ?s a pp:Province }",
    "SELECT ?s ?label { ?s a pp:Province ; rdfs:label ?label } LIMIT 100",
    "SELECT ?region (COUNT(DISTINCT ?cluster) AS ?n) { ?region pp:hosts ?cluster } GROUP BY ?region ORDER BY DESC(?n)",
    "SELECT ?f ?n { ?plan pp:prioritises ?f . ?f rdfs:label ?n FILTER(LANG(?n) = 'zh') } LIMIT 200",
    "CONSTRUCT { ?c pp:focusesOn ?f } { ?c pp:focusesOn ?f } LIMIT 500",
    "SELECT ?q { ?a rdf:predicate pp:setsTarget ; pp:quote ?q } LIMIT 50",
)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@dataclass
class Figures:
    """What a run came to; ``memory`` are pairs of megabytes of the front and of its children."""

    seconds: float = 0.0
    clients: int = 0
    answers: int = 0
    per_second: float = 0.0
    errors: dict[str, int] = field(default_factory=dict)
    endless: dict[str, int] = field(default_factory=dict)
    p50_ms: float = 0.0
    p95_ms: float = 0.0
    p99_ms: float = 0.0
    longest_ms: float = 0.0
    memory: list[tuple[int, int]] = field(default_factory=list)


async def load(address: str, process: int, *, clients: int, seconds: float) -> Figures:
    """Asks an endpoint, and watches the process that serves it."""
    took: list[float] = []
    errors: Counter[str] = Counter()
    endless: Counter[str] = Counter()
    memory: list[tuple[int, int]] = []
    start = time.monotonic()
    end = start + seconds

    async def ask(client: httpx.AsyncClient, number: int) -> None:
        turn = number
        while time.monotonic() < end:
            begin = time.monotonic()
            try:
                answer = await client.post(address, data={"query": QUERIES[turn % len(QUERIES)]})
                if answer.status_code != 200 or not answer.content:
                    errors[f"{answer.status_code} {answer.text.strip()[:80]}"] += 1
            except httpx.HTTPError as error:
                errors[type(error).__name__] += 1
            took.append(time.monotonic() - begin)
            turn += 1

    async def never(client: httpx.AsyncClient) -> None:
        while time.monotonic() < end:
            answer = await client.post(address, data={"query": ENDLESS})
            endless[str(answer.status_code)] += 1

    async def watch() -> None:
        for step in range(11):
            await asyncio.sleep(max(0.0, start + seconds * step / 10 - time.monotonic()))
            memory.append(_memory(process))

    limits = httpx.Limits(max_connections=clients + 1)
    async with httpx.AsyncClient(timeout=90, limits=limits, trust_env=False) as client:
        doomed = asyncio.create_task(never(client))
        await asyncio.gather(*(ask(client, n) for n in range(clients)), watch())
        took_all = time.monotonic() - start
        doomed.cancel()
        await asyncio.gather(doomed, return_exceptions=True)
    cuts = quantiles(took, n=100) if len(took) > 1 else [0.0] * 99
    return Figures(
        round(took_all, 1), clients, len(took), round(len(took) / took_all, 1), dict(errors), dict(endless),
        *(round(cuts[n] * 1000, 1) for n in (49, 94, 98)), round(max(took) * 1000, 1), memory,
    )  # fmt: skip


def run(store: Path, *, clients: int, seconds: float, options: tuple[str, ...] = ()) -> Figures:
    """Starts a server over a store, asks it, ends it."""
    command = [sys.executable, "-m", "kg.cli", "serve", "--store", str(store), "--port", "0", *options]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        if not address:
            raise SystemExit("the server did not start: see kg serve")
        return asyncio.run(load(f"{address}sparql", server.pid, clients=clients, seconds=seconds))
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)


def _memory(process: int) -> tuple[int, int]:
    front = psutil.Process(process)
    total = 0
    for child in front.children(recursive=True):
        try:
            total += child.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return front.memory_info().rss >> 20, total >> 20


def main() -> int:
    """The program."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--time-limit", type=float, default=30)
    parser.add_argument("--site", type=Path, help="a folder of kg site, else it is written at the same time")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    options = ("--time-limit", str(given.time_limit), *(("--site", str(given.site)) if given.site else ()))
    figures = run(given.store, clients=given.clients, seconds=given.seconds, options=options)
    if given.json:
        print(json.dumps(asdict(figures), ensure_ascii=False))
    else:
        for name, value in asdict(figures).items():
            print(f"{name:>12}  {value}")
    return 1 if figures.errors else 0


if __name__ == "__main__":
    raise SystemExit(main())
