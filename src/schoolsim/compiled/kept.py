"""Where machine code is kept, so that it is never stale.

Numba does not notice that a function called from another file was edited, and would silently run the old
machine code. So each module's machine code is kept in a folder named by a hash of the module, of every module of
ours it imports, and theirs, and of the versions that turn them into machine code: an edit anywhere below opens a
new, empty folder for all that stands on it, and for nothing else.
"""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import sys
from functools import cache
from pathlib import Path

import llvmlite
import numba
import numpy as np

PACKAGE = Path(__file__).parent.parent
#: Rooms whose code decides a run, for the version that runs are stored under.
ROOMS = ("compiled", "draws.py", "rules", "system", "outcomes", "populations", "parameters")
_KEPT_FOLDERS = 3


@cache
def source_hash(package: Path = PACKAGE) -> str:
    """Twelve hex digits that change when any source that decides a run does."""
    digest = hashlib.sha256()
    for name in ROOMS:
        place = package / name
        for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
            digest.update(str(file.relative_to(package)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def imported_files(file: Path, package: Path = PACKAGE) -> set[Path]:
    """The file and every file of the package that it imports, directly or through others."""
    found: set[Path] = set()
    waiting = [file]
    while waiting:
        here = waiting.pop()
        if here in found:
            continue
        found.add(here)
        waiting += _imports(here, package)
    return found


@cache
def _imports(file: Path, package: Path) -> tuple[Path, ...]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    files = []
    for name in sorted(names):
        first, *rest = name.split(".")
        place = package.joinpath(*rest)
        if first == package.name:
            files += [path for path in (place.with_suffix(".py"), place / "__init__.py") if rest and path.is_file()]
    return tuple(files)


def module_hash(file: Path, package: Path = PACKAGE) -> str:
    """Twelve hex digits that change when the module, anything it imports, or the compiler changes."""
    digest = hashlib.sha256(f"{sys.version}{numba.__version__}{llvmlite.__version__}{np.__version__}".encode())
    for one in sorted(imported_files(file, package)):
        digest.update(str(one.relative_to(package)).encode())
        digest.update(one.read_bytes())
    return digest.hexdigest()[:12]


def cache_root() -> Path:
    """Where machine code is kept: `SCHOOLSIM_CACHE_DIR`, else the user's cache folder."""
    chosen = os.environ.get("SCHOOLSIM_CACHE_DIR")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "schoolsim"


@cache
def cache_folder(file: Path) -> Path | None:
    """The module's folder, made if need be; None for a file from elsewhere, and where nothing can be written."""
    if PACKAGE not in file.parents:
        return None
    name = ".".join(file.relative_to(PACKAGE).with_suffix("").parts)
    folder = cache_root() / name / module_hash(file)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
        past = sorted(folder.parent.iterdir(), key=lambda place: place.stat().st_mtime)
        for place in past[:-_KEPT_FOLDERS]:
            shutil.rmtree(place, ignore_errors=True)
    except OSError:
        # A read-only home costs compile time, not results: Numba then compiles in memory.
        return None
    return folder if os.access(folder, os.W_OK) else None
