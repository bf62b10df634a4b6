"""A sentence → its figures: each number with what it measures, whom it covers and the time it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.extraction.indicators import (
    Counted, counted, ends_in_verb, is_relative, lead, measured_noun, of_the_thing, part_of,
    scope_and_indicator, subject, subjects, tail, without_rate,
)  # fmt: skip
from kg.extraction.numerals import Quantity, quantities
from kg.extraction.periods import Time, times
from kg.lexicon.words import pattern
from kg.model import Direction

_LIST = ("、", "和", "及", "与", "以及", "，和", "，")
_JOINT = re.compile(r"^(?:、|以及|和|及|与|并|，)")
_JOINT_BEFORE = re.compile(r"(?:、|以及|和|及|与)$")
"""E
