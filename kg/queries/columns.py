"""What the columns of answers are called in Chinese."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def translations() -> Mapping[str, str]:
    """The Chinese titles of the columns of saved queries, by variable.

    >>> translations()["city"]
    '城市'
    """
    text = Path(__file__).with_name("columns.toml").read_text("utf-8")
    return {key: str(value) for key, value in tomllib.loads(text).items()}
