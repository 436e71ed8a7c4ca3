"""Provenance of a result: versions, platform, commit, command."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import subprocess
import sys
from collections.abc import Sequence
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
    """Versions of the packages a result may depend on, of those that are installed."""
    installed = {}
    for name in PACKAGES:
        try:
            installed[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return installed


def commit(folder: Path, *, tracks: str | None = None) -> dict[str, object] | None:
    """The commit a folder is at and whether anything tracked outside `results` was changed since.

    Args:
        folder: A folder, perhaps inside a repository.
        tracks: A file of it that the repository must hold: an environment that merely lies inside
            somebody's repository is not part of it.

    Returns:
        `{"commit": hex, "dirty": bool}`, or None where there is no repository, no commit or no git.
    """
    head = _git(folder, "rev-parse", "HEAD")
    if head is None:
        return None
    if tracks is not None and _git(folder, "ls-files", "--error-unmatch", tracks) is None:
        return None
    # What studies write decides no run: results that are made anew must not call the next ones changed.
    places = (":/", ":(exclude,top)results")
    changed = _git(folder, "status", "--porcelain", "--untracked-files=no", "--", *places)
    return {"commit": head.strip(), "dirty": bool(changed is None or changed.strip())}


def _git(folder: Path, *words: str) -> str | None:
    try:
        answer = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout if answer.returncode == 0 else None
