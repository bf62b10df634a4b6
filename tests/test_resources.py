"""What ships with the package is where the package looks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import resources


def test_the_ontology_ships() -> None:
    names = {p.name for p in resources.ontology_dir().iterdir()}
    assert {"pharma-policy.ttl", "shapes.ttl", "vocabularies"} <= names


def test_the_five_documents_ship_with_their_manifest() -> None:
    assert (resources.seeds_dir() / "seeds.toml").is_file()
    assert len(list(resources.seeds_dir().glob("*.txt"))) == 5


def test_a_wheel_reads_what_was_packed_into_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_data").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    resources._root.cache_clear()
    try:
        assert resources.ontology_dir() == tmp_path / "_data" / "ontology"
    finally:
        resources._root.cache_clear()
