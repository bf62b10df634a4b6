"""Packages of npm for the SPARQL page: fetched once by npm's own client, kept in the user's cache, never committed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from hashlib import sha256
from pathlib import Path

from kg.errors import NpmError

MANIFESTS = ("package.json", "package-lock.json")
_TIME_LIMIT = 300.0
_WHAT_TO_INSTALL = (
    "install Node.js with npm (Debian: apt-get install npm; else nodejs.org), or leave out --sparql"
)


def manifests() -> Path:
    """The folder of ``package.json`` and its lock file, which names each package by version and digest."""
    return Path(__file__).with_name("sparql")


def cache_folder() -> Path:
    """Where the fetched packages are kept: one folder for each state of the lock file."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    lock = (manifests() / "package-lock.json").read_bytes()
    return Path(home) / "pharma-policy-kg" / f"npm-{sha256(lock).hexdigest()[:16]}"


def packages(cache: Path | None = None) -> Path:
    """The folder ``node_modules`` with the packages of the lock file, fetched if they are not there yet.

    No script of a package is run. Raises `NpmError` where npm is missing or fails, saying what to do.
    """
    folder = cache or cache_folder()
    if (folder / "node_modules").is_dir():
        return folder / "node_modules"
    npm = shutil.which("npm")
    if npm is None:
        raise NpmError("the SPARQL page needs npm, which is not here", hint=_WHAT_TO_INSTALL)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".npm-", dir=folder.parent) as name:
        made = Path(name) / "made"
        made.mkdir()
        for manifest in MANIFESTS:
            shutil.copyfile(manifests() / manifest, made / manifest)
        _install(npm, made)
        try:
            os.replace(made, folder)
        except OSError as error:  # Another build was quicker.
            if not (folder / "node_modules").is_dir():
                raise NpmError(f"{folder}: cannot be written: {error.strerror}", hint="free it") from error
    return folder / "node_modules"


def _install(npm: str, folder: Path) -> None:
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        run = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=_TIME_LIMIT, check=False
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NpmError(f"npm ci failed: {error}", hint="try again, or leave out --sparql") from error
    if run.returncode:
        said = " ".join(run.stderr.split())[:300]
        raise NpmError(f"npm ci failed: {said}", hint="check the connection, or leave out --sparql")
