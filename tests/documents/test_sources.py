"""Files, folders and manifests become documents with ids of their own; what cannot be read is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.documents.sources import document, documents
from kg.errors import InputError


def write(folder: Path, **files: str) -> Path:
    """Files by name, ``_`` for the point."""
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def ids(*paths: Path) -> list[str]:
    return [d.id for d in documents(paths)]


def test_a_document_keeps_its_text_and_what_is_known_of_it() -> None:
    plan = document("plan", "一、重 点\n发展疫苗。", {"title": "贵州省规划"})
    assert plan.text == "一、重 点\n发展疫苗。"
    assert plan.reading.text == "一、重点\n发展疫苗。"
    assert plan.title == "贵州省规划"


@pytest.mark.parametrize("meta", [None, {}, {"title": 5}, {"name": "规划"}])
def test_a_title_is_a_text_or_nothing(meta: dict[str, object] | None) -> None:
    assert document("plan", "发展疫苗。", meta).title is None


def test_evidence_knows_its_section() -> None:
    plan = document("plan", "前言，说明。\n一、重点\n（一）中药\n做大饮片。")
    at = plan.reading.text.index("饮片")
    assert plan.evidence(at, at + 2).section == "1.1"
    assert plan.evidence(0, 2).section is None


def test_a_file_is_named_after_itself(tmp_path: Path) -> None:
    write(tmp_path, gansu_txt="发展当归。")
    assert ids(tmp_path / "gansu.txt") == ["gansu"]


def test_a_folder_gives_its_texts_in_order_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, b_txt="发展乙。", a_md="发展甲。", c_pdf="发展丙。", notes_docx="发展丁。")
    (tmp_path / "deeper").mkdir()
    write(tmp_path / "deeper", d_txt="发展戊。")
    assert ids(tmp_path) == ["a", "b"]


def test_files_and_folders_come_sorted_and_each_once(tmp_path: Path) -> None:
    write(tmp_path, b_txt="发展乙。", a_txt="发展甲。")
    assert ids(tmp_path / "b.txt", tmp_path, tmp_path / "a.txt") == ["a", "b"]


def test_a_manifest_adds_what_the_text_cannot_tell(tmp_path: Path) -> None:
    write(tmp_path, x_txt="发展甲。", other_txt="发展乙。")
    (tmp_path / "plans.toml").write_text(
        '[[document]]\nid = "hebei"\nfile = "x.txt"\ntitle = "河北省规划"\n', encoding="utf-8"
    )
    found = {d.id: d for d in documents([tmp_path])}
    assert sorted(found) == ["hebei", "other"]
    assert found["hebei"].title == "河北省规划"
    assert dict(found["hebei"].meta) == {"title": "河北省规划"}
    assert ids(tmp_path / "plans.toml") == ["hebei"]


def test_a_manifest_without_ids_uses_the_names_of_files(tmp_path: Path) -> None:
    write(tmp_path, x_txt="发展甲。")
    (tmp_path / "plans.toml").write_text('[[document]]\nfile = "x.txt"\n', encoding="utf-8")
    assert ids(tmp_path / "plans.toml") == ["x"]


# Manifests that are wrong: their text, and what the message names.
WRONG = [
    pytest.param('[[document]]\nid = "x"\n', "document 1 has no `file`", id="no file"),
    pytest.param("[[document]]\nfile = 3\n", "document 1 has no `file`", id="a file that is no name"),
    pytest.param(
        '[[document]]\nfile = "a.txt"\n[[document]]\nfile = "gone.txt"\n',
        "document 2",
        id="a file that is not there",
    ),
    pytest.param("[[document]\n", "plans.toml", id="no TOML"),
    pytest.param("document = [1]\n", "document 1 has no `file`", id="a list of other things"),
]


@pytest.mark.parametrize(("manifest", "says"), WRONG)
def test_a_wrong_manifest_is_named_with_advice(tmp_path: Path, manifest: str, says: str) -> None:
    write(tmp_path, a_txt="发展甲。")
    (tmp_path / "plans.toml").write_text(manifest, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        list(documents([tmp_path / "plans.toml"]))
    assert says in refused.value.problem
    assert refused.value.hint


def test_two_files_of_one_id_are_refused(tmp_path: Path) -> None:
    write(tmp_path, a_txt="发展甲。", a_md="发展乙。")
    with pytest.raises(InputError, match="the id 'a' is already that of"):
        list(documents([tmp_path]))


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        list(documents([tmp_path / "nowhere.txt"]))


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_bytes(b"\x00\x01\x02")
    with pytest.raises(InputError, match=r"plan\.txt"):
        list(documents([tmp_path]))


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert ids(tmp_path) == []
