"""Queries that would run for years, and waiting for what comes soon."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import psutil

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CROSS = "SELECT (SUM(STRLEN(STR(?a))) AS ?n) { ?a ?b ?c { SELECT * { ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } } }"


def until(condition: Callable[[], Any], seconds: float = 20.0) -> Any:
    """What a condition comes to, waiting for it to hold."""
    end = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def at_rest(server: int) -> bool:
    """Whether none of a server's children uses a processor."""
    try:
        return all(child.cpu_percent(0.2) < 20 for child in psutil.Process(server).children(recursive=True))
    except psutil.NoSuchProcess:
        return False
