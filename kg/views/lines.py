"""Names broken into short lines, so that a label is a block and not a banner."""

from __future__ import annotations

import math
import re
from functools import lru_cache

_PIECE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+/_'’-]*|\s+|.", re.DOTALL)
_NOT_FIRST = frozenset("，。、；：！？）》」』”’,.;:!?)]}%％")
_NOT_LAST = frozenset("（《「『“‘([{")


def em(text: str) -> float:
    """The width of a text in em: a Chinese character is one wide, a Latin letter about half.

    >>> em("PD-1抗体")
    4.24
    """
    return round(sum(1.0 if ord(c) > 0x2E7F else 0.3 if c in " .,'il-" else 0.58 for c in text), 2)


@lru_cache(maxsize=4096)
def broken(text: str, width: float, *, at_most: int = 3) -> tuple[str, ...]:
    """The lines of a text, each about ``width`` em or less, all of similar length.

    What does not fit in ``at_most`` lines makes them wider: a name is never cut.

    >>> broken("济南高新区生物医药产业园", 7)
    ('济南高新区生', '物医药产业园')
    >>> broken("Antibody-drug conjugates", 9)
    ('Antibody-drug', 'conjugates')
    """
    clean = " ".join(text.split())
    whole = em(clean)
    if whole <= width * 1.15:
        return (clean,)
    count = min(at_most, math.ceil(whole / (width * 1.15)))
    pieces = [p.group() for p in _PIECE.finditer(clean)]
    lines = [""]
    for n, piece in enumerate(pieces):
        left = em("".join(pieces[n:]))
        open_ = count - len(lines) + 1
        goal = (em(lines[-1]) + left) / open_ if open_ else math.inf
        full = bool(lines[-1].strip()) and em(lines[-1]) + em(piece) / 2 > goal + 1e-9
        if full and open_ > 1 and piece[0] not in _NOT_FIRST and lines[-1][-1] not in _NOT_LAST:
            lines.append("")
        lines[-1] += piece
    return tuple(line.strip() for line in lines if line.strip())
