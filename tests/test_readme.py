"""The READMEs are run: each session in them gives exactly the output that they show, timings aside.

A session is a fenced block, ``console`` for the shell or ``pycon`` for Python. All the blocks of a README run in order in
one folder that is empty at first, those of the shell in one shell. After a change that is meant:

    python tests/test_readme.py        # writes the true output of the shell's sessions into the READMEs
"""

from __future__ import annotations

import contextlib
import doctest
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
WIDTH = "100"

_BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SECONDS = re.compile(r"\d+(?:\.\d+)?(?= ?(?:s\b|秒))")
_MARK = "\x1e"

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Step:
    """A command of a session as it is typed, and what is shown under it."""

    command: str
    shown: str


def steps(block: str) -> Iterator[Step]:
    """The commands of a block: lines after ``$``, their continuations after ``>``, then what they print."""
    command: list[str] = []
    shown: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            if command:
                yield Step("\n".join(command), "\n".join(shown))
            command, shown = [line[2:]], []
        elif line.startswith("> ") and command and not shown:
            command.append(line[2:])
        else:
            shown.append(line)
    yield Step("\n".join(command), "\n".join(shown))


def blocks(readme: str) -> list[tuple[str, str]]:
    """The kind and the content of each session of a README."""
    return [(kind, body) for kind, body in _BLOCK.findall((ROOT / readme).read_text("utf-8"))]


def printed(commands: Sequence[str], folder: Path) -> list[str]:
    """What each command prints, run one after the other in one shell; a command that fails ends it all."""
    script = "".join(f"{command}\nprintf '\\n{_MARK}\\n'\n" for command in commands)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KG_")}
    done = subprocess.run(
        ["bash", "-euo", "pipefail"],
        input=script,
        cwd=folder,
        env=kept | {"PATH": path, "COLUMNS": WIDTH, "PYTHONUNBUFFERED": "1", "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return [tidy(out) for out in done.stdout.split(f"{_MARK}\n")[:-1]]


def tidy(text: str) -> str:
    """Output without the blanks that fill the lines of tables, which no reader sees."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def untimed(text: str) -> str:
    return _SECONDS.sub("…", text)


@pytest.mark.parametrize("readme", READMES)
def test_sessions_print_what_is_shown(readme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = blocks(readme)
    typed = [step for kind, body in found if kind == "console" for step in steps(body)]
    assert typed
    outputs = printed([step.command for step in typed], tmp_path)
    for step, output in zip(typed, outputs, strict=True):
        assert untimed(output) == untimed(step.shown), step.command
    monkeypatch.chdir(tmp_path)
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(verbose=False)
    names: dict[str, object] = {}
    for body in (body for kind, body in found if kind == "pycon"):
        test = parser.get_doctest(body, names, readme, str(ROOT / readme), 0)
        complaints: list[str] = []
        assert runner.run(test, out=complaints.append, clear_globs=False).failed == 0, "".join(complaints)
        names = test.globs


@pytest.mark.parametrize("readme", READMES)
def test_links_lead_somewhere(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    targets = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", text)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_both_readmes_show_the_same_sessions() -> None:
    """The language in which the command speaks aside, a reader of either learns the same commands."""
    shapes = [
        [len(list(steps(body))) if kind == "console" else body.count(">>>") for kind, body in blocks(readme)]
        for readme in READMES
    ]
    assert shapes[0] == shapes[1]


def update(readme: str) -> None:
    """Writes what the sessions of the shell print now into a README."""
    path = ROOT / readme
    text = path.read_text("utf-8")
    typed = [step for kind, body in blocks(readme) if kind == "console" for step in steps(body)]
    with tempfile.TemporaryDirectory() as folder:
        outputs = iter(printed([step.command for step in typed], Path(folder)))

    def renewed(match: re.Match[str]) -> str:
        if match[1] != "console":
            return match[0]
        lines: list[str] = []
        for step in steps(match[2]):
            lines.append("$ " + step.command.replace("\n", "\n> "))
            output = next(outputs)
            same = untimed(output) == untimed(step.shown)
            lines.append(step.shown if same else output)
        return "```console\n" + "\n".join(line for line in lines if line) + "\n```"

    path.write_text(_BLOCK.sub(renewed, text), "utf-8")


if __name__ == "__main__":
    with contextlib.chdir(ROOT):
        for name in READMES:
            update(name)
