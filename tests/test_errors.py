"""Errors are one tree, each is one clear line, and each says what to do."""

from __future__ import annotations

import inspect

import pytest

from kg import errors
from kg.errors import InputError, KgError, MissingExtra

KINDS = [e for _, e in inspect.getmembers(errors, inspect.isclass) if issubclass(e, KgError)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_error_is_of_the_tree_and_says_why(kind: type[KgError]) -> None:
    assert kind.__doc__
    assert kind.__name__ in (errors.__doc__ or ""), "the tree at the head of the module names it"


def test_an_error_is_one_line_with_its_advice() -> None:
    error = InputError("plan.txt: empty", hint="give a text")
    assert str(error) == "plan.txt: empty — give a text"
    assert (error.problem, error.hint) == ("plan.txt: empty", "give a text")


def test_advice_may_be_missing() -> None:
    assert str(InputError("plan.txt: empty")) == "plan.txt: empty"


def test_a_missing_package_says_how_to_install_it() -> None:
    assert MissingExtra("pandas", extra="notebook").hint == "pip install 'pharma-policy-kg[notebook]'"
