"""What errors say in Chinese: every error of the code has its line in the catalogue, and the line says the same."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg import errors
from kg.cli.messages import chinese, lines

from .conftest import Kg

CATALOGUE: dict[str, str] = tomllib.loads(
    (Path(kg.__file__).parent / "cli" / "messages.toml").read_text("utf-8")
)
# All that the tree names (a test holds it to the code) but those that make their own messages.
KINDS = set(re.findall(r"^[│├└─ ]*(\w+)  ", errors.__doc__ or "", re.MULTILINE)) - {"MissingExtra", "Told"}
# Their errors are read where Python is written.
OUTSIDE = ("notebook",)


def texts(node: ast.expr, named: dict[str, list[ast.expr]]) -> Iterator[str]:
    """The texts that an expression can be, with {} for what is only known when it runs."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from texts(one, named)
            yield from texts(other, named)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            ends = [list(texts(side, named)) or ["{}"] for side in (left, right)]
            yield from (a + b for a in ends[0] for b in ends[1])
        case ast.Name(id=name):
            for value in named.get(name, ()):
                yield from texts(value, {})


def raised() -> Iterator[tuple[str, str]]:
    """Every text of an error in the code, with its place."""
    root = Path(kg.__file__).parent
    for path in sorted(root.rglob("*.py")):
        if path.relative_to(root).parts[0] in OUTSIDE:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            named: dict[str, list[ast.expr]] = {}
            for node in ast.walk(function):
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                    named.setdefault(node.targets[0].id, []).append(node.value)
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
                    said = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "hint")]
                    for expression in said:
                        for text in texts(expression, named):
                            yield f"{path.relative_to(root)}:{node.lineno}", text


def test_every_error_of_the_code_has_its_line() -> None:
    found = dict(reversed(pair) for pair in raised())
    assert len(found) > 120, "the code is read"
    missing = {text: place for text, place in found.items() if text not in CATALOGUE and text.strip("{}: ")}
    assert not missing, "add these to kg/cli/messages.toml"


@pytest.mark.parametrize("key", CATALOGUE)
def test_a_translation_is_chinese_and_keeps_the_values(key: str) -> None:
    values = [f"<{n}>" for n in range(key.count("{}"))]
    said = CATALOGUE[key].format(*values)
    assert sorted(v for v in values if v in said) == values
    fields = [name for _, name, _, _ in string.Formatter().parse(CATALOGUE[key]) if name is not None]
    assert len(fields) == len(values)
    assert chinese(key.replace("{}", "<x>")) is not None or not any(c.islower() for c in key)


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("no document 'x' in the store", "存储中没有文件 'x'"),
        ("no region is named '火星'", "没有名为 '火星' 的区域"),
        ("no document or region is named '火星'", "没有名为 '火星' 的文件或区域"),
        ("x=soon is no year", "x=soon 不是年份"),
        ("a.rq: No such file or directory", "a.rq：没有这个文件或目录"),
        ("line 2, column 3: unexpected '}'", "第 2 行第 3 列：不该出现 '}'"),
        ("Missing argument 'NAME'", "缺少参数 'NAME'"),
        ("a {strange} thing", None),
        ("plan.toml: Expected '=' after a key", None),
    ],
)
def test_the_values_are_translated_too(english: str, said: str | None) -> None:
    assert chinese(english) == said


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELEC ?x { ?x ?y ?z }", "不该出现 'SELEC' — 是 SELECT 吗？"),
        ("SELECT * { ?x a foo:bar }", "前缀 foo: 未声明 — 请声明它"),
        ("SELECT * { ?x ?y ?z", "查询不完整 — 缺少 }"),
        ("SELECT * { ?x ?y 'z }", "文本没有结束引号"),
        ("SELECT ?x (COUNT(?y) AS ?n) { ?x ?p ?y }", "SELECT 中有变量既未分组也未聚合 — 请加入 GROUP BY"),
        ("SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", "拒绝 SERVICE"),
    ],
)
def test_what_is_wrong_with_a_query_is_said_in_chinese(kg: Kg, query: str, said: str) -> None:
    assert said in kg("query", query, KG_LANG="zh").stderr.splitlines()[0]


@given(st.text(alphabet="abc{}:'= 药，—\n", max_size=40), st.sampled_from(sorted(CATALOGUE)))
def test_strange_values_break_nothing_and_are_kept(value: str, key: str) -> None:
    """Names with braces or other messages in them come through as they are, or in Chinese themselves."""
    said = chinese(key.replace("{}", f"“{value}”"))
    if "{}" in key and any(c.isalpha() for c in key):
        assert said is not None
        assert value in said or chinese(value) is not None or key.count("{}") > 1
    chinese(value)


def test_the_language_that_is_asked_for(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    zh, en = (
        "kg: nowhere：这里没有存储 — 运行 kg build --store nowhere",
        "nowhere: no store here — kg build --store nowhere",
    )
    assert kg("stats", "--store", "nowhere", KG_LANG="zh").stderr == f"{zh}\n"
    assert kg("stats", "--store", "nowhere", KG_LANG="en").stderr == f"kg: {en}\n"
    assert kg("stats", "--store", "nowhere").stderr == f"{zh}\n  {en}\n"
    monkeypatch.setenv("KG_LANG", "zh")
    assert lines("no known text", "do it") == ["no known text — do it"], "better in English than not at all"
