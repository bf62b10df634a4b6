"""Errors are one tree, each is one clear line, and each says what to do."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from kg import errors
from kg.errors import InputError, KgError, MissingExtra

KINDS = [e for _, e in inspect.getmembers(errors, inspect.isclass) if issubclass(e, KgError)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_error_is_of_the_tree_and_says_why(kind: type[KgError]) -> None:
    assert kind.__doc__
    assert kind.__name__ in (errors.__doc__ or ""), "the tree at the head of the module names it"


def test_the_tree_names_every_error_of_the_code() -> None:
    """Those that carry values of their room live there; every class with one of the tree as its base is one more."""
    classes = [
        node
        for path in sorted(Path(str(errors.__file__)).parent.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    known = {"KgError"}
    while (
        more := {c.name for c in classes if any(isinstance(b, ast.Name) and b.id in known for b in c.bases)}
        - known
    ):
        known |= more
    assert {"Ambiguous", "ServeError", "Told"} < known, "the code is read"
    assert known == set(re.findall(r"^[│├└─ ]*(\w+)  ", errors.__doc__ or "", re.MULTILINE))


def test_an_error_is_one_line_with_its_advice() -> None:
    error = InputError("plan.txt: empty", hint="give a text")
    assert str(error) == "plan.txt: empty — give a text"
    assert (error.problem, error.hint) == ("plan.txt: empty", "give a text")


def test_advice_may_be_missing() -> None:
    assert str(InputError("plan.txt: empty")) == "plan.txt: empty"


def test_a_missing_package_says_how_to_install_it() -> None:
    assert MissingExtra("pandas", extra="notebook").hint == "pip install 'pharma-policy-kg[notebook]'"
