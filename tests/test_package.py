"""The wheel holds all that a build needs, and builds the shipped documents far from any checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("package"),
    pytest.mark.skipif(not (ROOT / "pyproject.toml").is_file(), reason="runs in a checkout"),
]


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the backend itself: no network, no isolated environment."""
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=ROOT)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of a new environment that holds the wheel.

    The libraries are those of the running environment, reached through a path file: its own path files are not
    read then, so an editable install of the checkout stays out of reach.
    """
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=True)
    bin_ = home / ("Scripts" if os.name == "nt" else "bin")
    python = bin_ / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check"]
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=home)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip()
    libraries = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    Path(site, "libraries.pth").write_text("\n".join(libraries) + "\n", "utf-8")
    return bin_


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("elsewhere")


def environment() -> dict[str, str]:
    """The environment less all that could lead a command back to the checkout or to another store."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "KG_", "COV_"))}


def shipped(folder: Path) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and "scripts" not in path.relative_to(ROOT).parts
    }


def test_the_wheel_holds_the_package_its_ontology_and_its_documents(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    data = {f"kg/_data/{name}" for folder in ("ontology", "seeds") for name in shipped(ROOT / folder)}
    assert names == shipped(ROOT / "kg") | data


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (info,) = (name.split("/")[0] for name in archive.namelist() if name.endswith("/METADATA"))
        metadata = archive.read(f"{info}/METADATA").decode("utf-8")
        assert f"{info}/licenses/LICENSE" in archive.namelist()
        assert "kg = kg.cli.app:main" in archive.read(f"{info}/entry_points.txt").decode("utf-8")
    assert "License-Expression: Apache-2.0" in metadata
    assert "Requires-Python: >=3.11" in metadata


def test_what_is_imported_is_the_wheel(installed: Path, elsewhere: Path) -> None:
    says = "import kg.resources as r; print(r.seeds_dir()); print(r.ontology_dir())"
    found = run(installed / "python", "-c", says, cwd=elsewhere, env=environment()).splitlines()
    assert all(Path(line).is_relative_to(installed.parent) and Path(line).is_dir() for line in found)


def test_the_wheel_builds_the_shipped_documents(installed: Path, elsewhere: Path) -> None:
    run(installed / "kg", "build", cwd=elsewhere, env=environment())
    assert sorted(path.name for path in elsewhere.iterdir()) == ["kg-store"]
    facts = run(installed / "kg", "facts", cwd=elsewhere, env=environment()).splitlines()
    assert {json.loads(fact)["doc"] for fact in facts} == {
        path.stem for path in (ROOT / "seeds").glob("*.txt")
    }
    rows = run(
        installed / "kg", "query", "cities-clusters", "--format", "json", cwd=elsewhere, env=environment()
    )
    assert json.loads(rows)
