"""What the front and a worker say to each other over pipes: frames of a letter, a length and bytes."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass, fields
from typing import Any, BinaryIO

HEAD = struct.Struct("!cI")
ASK, ANSWER, DATA, DONE, FAILED, READY = b"Q", b"A", b"D", b"Z", b"E", b"R"
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Ask:
    """A query with the formats that its answer may have: ``rows`` for SELECT and ASK, ``triples`` for the rest.

    A format is empty where the client takes none of that kind. ``default`` and ``named`` are the graphs of the
    protocol's dataset, None where the request names none.
    """

    query: str
    rows: str = "json"
    triples: str = "turtle"
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """A frame's bytes.

    >>> frame(DATA, b"ab")
    b'D\\x00\\x00\\x00\\x02ab'
    """
    return HEAD.pack(kind, len(payload)) + payload


def encoded(ask: Ask) -> bytes:
    """The frame of a question."""
    return frame(ASK, json.dumps(asdict(ask)).encode())


def decoded(payload: bytes) -> Ask:
    """The question of a frame.

    >>> decoded(encoded(Ask("ASK {}", default=("urn:g",)))[HEAD.size:]).default
    ('urn:g',)
    """
    given: dict[str, Any] = json.loads(payload)
    lists = {name: tuple(given[name]) for name in ("default", "named") if given[name] is not None}
    return Ask(**{**{f.name: given[f.name] for f in fields(Ask)}, **lists})


def read(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """The next frame of a blocking stream, None at its end."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    kind, size = HEAD.unpack(head)
    payload = stream.read(size)
    return (kind, payload) if len(payload) == size else None
