"""Where the files that ship with the package are: ``ontology/`` and ``seeds/``, in a wheel or a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def _root() -> Path:
    packed = _PACKAGE / "_data"
    return packed if packed.is_dir() else _PACKAGE.parent


def ontology_dir() -> Path:
    """The folder of the ontology, the shapes and the vocabularies.

    >>> ontology_dir().name
    'ontology'
    """
    return _root() / "ontology"


def seeds_dir() -> Path:
    """The folder of the shipped documents and their manifest ``seeds.toml``.

    >>> (seeds_dir() / "seeds.toml").is_file()
    True
    """
    return _root() / "seeds"
