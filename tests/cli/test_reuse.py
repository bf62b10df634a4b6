"""``kg reuse`` on three plans whose passages are known (``reuse_plans.py``)."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from reuse_plans import PLANS, TRADE, reuse_plans

from kg.graph.background import background
from kg.graph.build import build

from .conftest import Kg


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("reuse") / "store"
    build(reuse_plans(), folder, background_quads=[q for q in background() if "/id/field/" in str(q.subject)])
    return str(folder)


def rows(kg: Kg, *args: str) -> list[dict[str, Any]]:
    out = kg("reuse", *args, "--json")
    assert out.exit_code == 0, out.stderr
    listed: list[dict[str, Any]] = json.loads(out.stdout)
    return listed


def test_json_has_the_public_shape(kg: Kg, plans: str) -> None:
    listed = rows(kg, "--store", plans)
    assert [(r["a"]["doc"], r["b"]["doc"], r["kind"], r["earlier"]) for r in listed] == [
        ("guide", "north", "substance", "guide"),
        ("guide", "south", "substance", "guide"),
        ("north", "south", "boilerplate", None),
    ]
    for row in listed:
        assert row.keys() >= {
            "a",
            "b",
            "score",
            "kind",
            "earlier",
            "facts",
            "length",
            "shared_fields",
            "differences",
        }
        for side in (row["a"], row["b"]):
            assert PLANS[side["doc"]][0][side["start"] : side["end"]] == side["quote"]
        assert 0 < row["score"] <= 1
    assert [f["field"] for f in listed[0]["shared_fields"]] == ["抗体药物", "新型疫苗"]
    assert all(iri.startswith("https://") for iri in listed[0]["facts"])


@pytest.mark.parametrize(
    ("args", "count"),
    [
        ((), 3),
        (("guide",), 2),
        (("south", "guide"), 1),
        (("guide", "south"), 1),
        (("医药工业指南",), 2),  # by its title
        (("--kind", "boilerplate"), 1),
        (("--kind", "substance"), 2),
        (("--min-length", "37"), 1),
        (("--min-length", "38"), 0),
        (("--min-score", "1"), 2),  # what follows the replaced word, to the comma and after it, is too short
        (("--limit", "1"), 1),
    ],
)
def test_what_is_asked_for(kg: Kg, plans: str, args: tuple[str, ...], count: int) -> None:
    listed = rows(kg, *args, "--store", plans)
    assert len(listed) == count


def test_the_table_names_the_earlier_first(kg: Kg, plans: str) -> None:
    out = kg("reuse", "--store", plans, COLUMNS="160", KG_LANG="zh").stdout
    assert "guide → north" in out
    assert "north — south" in out
    assert "套话" in out
    assert "抗体药物、新型疫苗" in out
    english = kg("reuse", "--store", plans, COLUMNS="160", KG_LANG="en").stdout
    assert "boilerplate" in english
    assert "套话" not in english


def test_sums_of_pairs(kg: Kg, plans: str) -> None:
    """South has TRADE twice, 33 characters each with their marks."""
    (one,) = rows(kg, "guide", "south", "--summary", "--store", plans)
    size = len("".join(PLANS["south"][0].split()))
    assert one["share_b"] == pytest.approx(2 * (len(TRADE) + 1) / size, abs=1e-4)
    assert (one["passages"], one["boilerplate"], one["longest"]) == (1, 0, 31)


def test_csv_and_files(kg: Kg, plans: str, tmp_path: Path) -> None:
    printed = list(csv.DictReader(StringIO(kg("reuse", "--csv", "--store", plans).stdout)))
    assert [(r["a_doc"], r["b_doc"], r["length"]) for r in printed] == [
        ("guide", "north", "37"),
        ("guide", "south", "31"),
        ("north", "south", "36"),
    ]
    file = tmp_path / "reuse.csv"
    assert kg("reuse", "--csv", "-o", str(file), "--store", plans).exit_code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert list(csv.DictReader(StringIO(file.read_text("utf-8-sig")))) == printed


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("west",), "no document"),
        (("guide", "guide"), "one document"),
        (("--json", "--csv"), "ask for one"),
        (("--min-length", "3"), "min-length"),
        (("--min-score", "2"), "min-score"),
        (("--kind", "copied"), "kind"),
        (("-o", "x.csv"), "--csv or --json"),
    ],
)
def test_mistakes_are_one_line_and_status_2(kg: Kg, plans: str, args: tuple[str, ...], says: str) -> None:
    out = kg("reuse", *args, "--store", plans)
    assert out.exit_code == 2
    assert says in out.stderr
    assert "Traceback" not in out.stderr


def test_documents_that_share_nothing(kg: Kg) -> None:
    out = kg("reuse", "jiangsu-2021", "zhejiang-2022")
    assert out.exit_code == 0
    assert "No passage" in out.stdout


def test_the_same_bytes_each_time(kg: Kg, plans: str) -> None:
    assert kg("reuse", "--json", "--store", plans).stdout == kg("reuse", "--json", "--store", plans).stdout
