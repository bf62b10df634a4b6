"""Writes ``docs/commands.md`` from the program itself: ``python -m kg.cli.reference > docs/commands.md``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

HEAD = """\
# 命令 Commands

<!-- 由 python -m kg.cli.reference 生成，请勿手改。 Written by python -m kg.cli.reference: do not edit. -->

读取类命令都有 `--store DIR`（默认环境变量 `KG_STORE`，否则 `./kg-store`）。退出码：0 成功，1 检查未通过，2 用法或输入有误；
错误为标准错误上的一行，说明原因和办法。`KG_LANG=zh` 或 `KG_LANG=en` 只显示一种语言。

Every reading command takes `--store DIR` (by default the environment variable `KG_STORE`, else `./kg-store`). Exit status: 0 on
success, 1 where a check fails, 2 on misuse or bad input; an error is one line on standard error that says what to do.
`KG_LANG=zh` or `KG_LANG=en` shows one language only.
"""
EXAMPLES = {
    "build": ["kg build", "kg build 规划.txt 文件夹/ --store 我的图谱"],
    "query": [
        "kg query cities-clusters --param region=江苏",
        "kg query who-develops --param field=抗体药物 --format csv --excel --output 抗体药物.csv",
        "kg query 'SELECT ?city ?cluster { ?city pp:hosts ?cluster }' --format json",
        "kg query @question.rq --param n=5",
        "echo 'ASK { ?s pp:hosts ?o }' | kg query -",
    ],
    "queries": ["kg queries", "kg queries cities-clusters"],
    "show": ["kg show 苏州", "kg show Sūzhōu", "kg show PD-1 --json", "kg show 吉林 --kind region"],
    "facts": ["kg facts --doc jiangsu-2021-2025 --type cluster"],
    "stats": ["kg stats --json"],
    "validate": ["kg validate"],
    "eval": ["kg eval tests/gold", "kg eval tests/gold --errors cluster --json"],
    "audit": ["kg audit --doc jiangsu-2021-2025"],
    "viz": ["kg viz 图谱.html"],
    "overlaps": ["kg overlaps", "kg overlaps --level city --csv -o 城市重合.csv"],
    "compare": ["kg compare 江苏 浙江", "kg compare national-2016-2020 zhejiang-2016-2020 --json"],
    "specialisation": ["kg specialisation", "kg specialisation 江苏"],
    "structure": ["kg structure --of clusters --alpha 0.2"],
    "targets": ["kg targets --indicator 主营业务收入", "kg targets --region 江苏 --json"],
    "diff": ["kg diff zhejiang-2016-2020 zhejiang-2022-2024"],
    "site": ["kg site out/site", "kg site out/site --sparql --geojson 边界.geojson"],
    "serve": ["kg serve --port 8000", "kg serve --port 0 --site out/site --time-limit 10"],
    "export": ["kg export 医药政策.xlsx --format xlsx", "kg export out/package --format package"],
    "mcp": ["kg mcp --store kg-store", "kg mcp --http 8765"],
    "reuse": ["kg reuse --kind substance", "kg reuse national-2016-2020 zhejiang-2016-2020 --json"],
}
QUERIES = """\
## 已存查询 Saved queries

参数名后有 `?` 的可省略，有 `=` 的给出默认值。区域、领域等参数可用全称、简称、拼音、英文或代码。表格只列主要的列，
`--wide` 列出全部；csv 和 json 总是全部。

A parameter with `?` may be left out, one with `=` has that default. Things may be given by full name, short form, pinyin, English
name or code. Tables show the main columns, all of them with `--wide`; csv and json always have all.
"""
OWN = """\
## 自己的查询文件 Query files of your own

```sparql
# title: Fields that at least so many documents name
# title.zh: 至少若干文件提到的领域
# param least: integer — 文件数 / number of documents [2]
# param region: region — 区域 / region [optional]
# columns: field n
SELECT ?field (COUNT(DISTINCT ?document) AS ?n) WHERE {
  GRAPH ?document { ?who pp:develops ?field }
  FILTER EXISTS { ?who pp:within* ?_region }  #? region
} GROUP BY ?field HAVING (?n >= ?_least)
```

`?_least` 由参数 `least` 填入；以 `#? region` 结尾的行只在给出该参数时有效。各图的并集不去重，计数请用 `DISTINCT`。

`?_least` is bound by the parameter `least`; a line that ends in `#? region` holds only where that parameter is given. A statement
that two documents make stands twice in the union of the graphs: count with `DISTINCT`.

参数类型 Types: {types}.
"""


def reference() -> str:
    """The whole page; what it says does not depend on ``KG_LANG`` when run as a program."""
    return "\n".join([HEAD, *_commands(), QUERIES, *_queries(), OWN.replace("{types}", _types())])


def _commands() -> Iterator[str]:
    import typer

    from kg.cli.app import app
    from kg.cli.help import subcommands

    for name, command in subcommands(typer.main.get_command(app)).items():
        yield "\n".join(_command(name, command))


def _command(name: str, command: Any) -> Iterator[str]:
    from kg.cli.help import params, usage

    yield f"## kg {name}\n"
    yield from (f"{line}  " for line in (command.help or "").splitlines() if line.strip())
    yield f"\n```\n{usage(command, f'kg {name}')}\n```\n"
    yield "| | |\n|---|---|"
    for p in params(command):
        about = " ".join(line.strip() for line in p.help.splitlines() if line.strip())
        extra = [f"默认 default: `{p.default}`"] if p.default else []
        extra += [f"环境变量 environment: `{p.env}`"] if p.env else []
        shown = f"{p.names} {p.value}".strip().replace("|", "\\|")
        yield f"| `{shown}` | {about}{' (' + '; '.join(extra) + ')' if extra else ''} |"
    if name in EXAMPLES:
        yield "\n```sh"
        yield from EXAMPLES[name]
        yield "```\n"


def _queries() -> Iterator[str]:
    from kg.queries.saved import every

    yield "| | | |\n|---|---|---|"
    for q in every():
        marks = [
            f"`{p.name}{f'={p.default}' if p.default is not None else '?' if p.optional else ''}`"
            for p in q.params
        ]
        yield f"| `{q.name}` | {q.title_zh}<br>{q.title} | {' '.join(marks)} |"
    yield ""


def _types() -> str:
    from kg.queries.saved import TYPES

    return ", ".join(f"`{t}`" for t in sorted(TYPES))


if __name__ == "__main__":
    os.environ.pop("KG_LANG", None)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(reference())
