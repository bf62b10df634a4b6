"""Reading gold files: what is a fact, what is none, and which document a file is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError, LookupFailed
from kg.evaluation.claims import chosen, claims, gold_files, places, read_gold
from kg.model import CitesFact, Evidence

GOOD = '{"type": "cites", "policy": "雄鹰行动", "quote": "雄鹰行动"}'


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([GOOD, '{"type": "cites", '], r"d\.jsonl:2: no JSON: .* at column \d+"),
        ([GOOD, "", "[1]"], r"d\.jsonl:3: no JSON object"),
        (['{"type": "policy", "quote": "x"}'], r"d\.jsonl:1: unknown type of fact 'policy'"),
        (['{"type": ["cites"], "quote": "x"}'], r"d\.jsonl:1: unknown type of fact"),
        (['{"type": "cites", "policy": "x"}'], r"d\.jsonl:1: no quote"),
        (['{"type": "region_field", "region": "南京市", "quote": "x"}'], r"d\.jsonl:1: region_field lacks field"),
        (['{"type": "cluster", "name": "甲园", "fields": "疫苗", "quote": "x"}'], r"d\.jsonl:1: fields is no list"),
        ([""], r"d\.jsonl: holds no facts"),
    ],
)  # fmt: skip
def test_what_is_no_gold_file(tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_gold(write(tmp_path / "d.jsonl", *lines))


def test_a_file_that_is_not_there_or_not_utf_8(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"x\.jsonl: No such file"):
        read_gold(tmp_path / "x.jsonl")
    (tmp_path / "d.jsonl").write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(InputError, match="not UTF-8"):
        read_gold(tmp_path / "d.jsonl")


def test_a_gold_file_with_the_places_of_its_quotes(tmp_path: Path) -> None:
    row = '{"type": "statistic", "indicator": "产值", "value": 3, "quote": "三亿", "doc": "d", "note": "x"}'
    gold = read_gold(write(tmp_path / "d.jsonl", GOOD, row)).placed("实施雄鹰行动。雄鹰行动很好。")
    assert gold.doc == "d"
    assert [(c.type, c.line, c.spans) for c in gold.claims] == [
        ("cites", 1, ((2, 6), (7, 11))),
        ("statistic", 2, ()),
    ]
    assert gold.claims[1].keys == {"indicator": "产值", "value": 3, "note": "x"}


def test_places_may_overlap() -> None:
    assert list(places("多多", "多多多")) == [(0, 2), (1, 3)]
    assert list(places("", "多")) == []


def test_claims_stand_in_the_order_of_the_fact_table() -> None:
    facts = [
        CitesFact(policy=name, rule="r", evidence=Evidence("d", start, start + 1, "x"))
        for name, start in (("乙", 4), ("丙", 1), ("甲", 4))
    ]
    assert [c.keys["policy"] for c in claims(facts)] == ["丙", *sorted("乙甲")]


def test_folders_hold_the_files_right_in_them(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    for name in ("b", "a", "more/c"):
        write(tmp_path / f"{name}.jsonl", GOOD)
    assert [p.stem for p in gold_files([tmp_path])] == ["a", "b"]
    assert [p.stem for p in gold_files([tmp_path / "more", tmp_path / "b.jsonl", tmp_path])] == [
        "c",
        "b",
        "a",
    ]


def test_two_files_for_one_document_and_none(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    with pytest.raises(InputError, match=r"no \.jsonl file"):
        gold_files([tmp_path / "more"])
    write(tmp_path / "a.jsonl", GOOD)
    write(tmp_path / "more" / "a.jsonl", GOOD)
    with pytest.raises(InputError, match="for the same document"):
        gold_files([tmp_path, tmp_path / "more"])


def test_documents_are_picked_by_id_or_named_for_a_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / f"{name}.jsonl", GOOD)
    assert [g.doc for g in chosen([tmp_path], [], ["a", "b", "c"])] == ["a", "b"]
    assert [g.doc for g in chosen([tmp_path], ["b"], ["b"])] == ["b"]
    named = chosen([tmp_path / "a.jsonl"], ["a=plan-2021"], ["plan-2021"])
    assert [(g.doc, g.path.stem) for g in named] == [("plan-2021", "a")]
    with pytest.raises(LookupFailed, match=r"b\.jsonl: no document 'b' in the store — documents: a"):
        chosen([tmp_path], [], ["a"])
    with pytest.raises(LookupFailed, match="no gold file for document 'c' — gold files: a、b"):
        chosen([tmp_path], ["c"], ["a", "b", "c"])
