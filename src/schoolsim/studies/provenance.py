"""Provenance of a result: versions, platform, commit, command."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

PACKAGES = (
    "schoolsim",
    "numpy",
    "scipy",
    "numba",
    "llvmlite",
    "mesa",
    "pandas",
    "pyarrow",
    "pydantic",
    "SALib",
    "dask",
    "distributed",
    "ema-workbench",
)


def provenance() -> dict[str, object]:
    """Versions, Python, platform, commits and command of this process, as plain values."""
    return {
        "versions": versions(),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "processors": os.cpu_count(),
        "git": {
            "schoolsim": commit(Path(__file__).parent, tracks=Path(__file__).name),
            "working_folder": commit(Path.cwd()),
        },
        "argv": command(sys.argv, Path.cwd()),
    }


def command(words: Sequence[str], folder: Path) -> list[str]:
    """A command as it could have been typed in `folder`: the program by name, no path from the root."""
    program, *rest = [*words] or [""]
    return [Path(program).name, *(_PATH.sub(lambda path: os.path.relpath(path[0], folder), word) for word in rest)]


_PATH = re.compile(r"(?:(?<=^)|(?<==))/.*")


def versions() -> dict[str, str]:
    """Versions of the packages a result may depend on, of those that are installed.

    They are looked up once: what a process has loaded stays what it was.
    """
    return dict(_installed())


@cache
def _installed() -> tuple[tuple[str, str], ...]:
    installed = []
    for name in PACKAGES:
        try:
            installed.append((name, importlib.metadata.version(name)))
        except importlib.metadata.PackageNotFoundError:
            continue
    return tuple(installed)


def commit(folder: Path, *, tracks: str | None = None) -> dict[str, object] | None:
    """The commit a folder is at and whether anything tracked outside `results` was changed since.

    Args:
        folder: A folder, perhaps inside a repository.
        tracks: A file of it that the repository must hold: an environment that merely lies inside
            somebody's repository is not part of it.

    Returns:
        `{"commit": hex, "dirty": bool}`, or None where there is no repository, no commit or no git.
    """
    if tracks is not None and _git(folder, "ls-files", "--error-unmatch", tracks) is None:
        return None
    # What studies write decides no run: results that are made anew must not call the next ones changed.
    places = (":/", ":(exclude,top)results")
    # One question for both answers: lines that begin with # are about the commit, others about changes.
    status = _git(folder, "status", "--porcelain=v2", "--branch", "--untracked-files=no", "--", *places)
    if status is None:  # no repository, or one that takes too long to look through
        head = _git(folder, "rev-parse", "--verify", "HEAD")
        return None if head is None else {"commit": head.strip(), "dirty": True}
    lines = status.splitlines()
    told = next((line.removeprefix(_HEAD) for line in lines if line.startswith(_HEAD)), _NO_COMMIT)
    return None if told == _NO_COMMIT else {"commit": told, "dirty": any(not line.startswith("#") for line in lines)}


_HEAD, _NO_COMMIT = "# branch.oid ", "(initial)"


def _git(folder: Path, *words: str) -> str | None:
    try:
        answer = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout if answer.returncode == 0 else None
