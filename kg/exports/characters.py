"""Characters that XML 1.0, and so GraphML, GEXF, RDF/XML and Excel, cannot hold."""

from __future__ import annotations

import re

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def legal(text: str) -> str:
    """A text with U+FFFD in the place of what XML cannot hold.

    >>> legal("靶\\x0b点\\n")
    '靶\\ufffd点\\n'
    """
    return _ILLEGAL.sub("\ufffd", text)
