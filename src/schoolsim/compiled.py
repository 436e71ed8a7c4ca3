"""The compiler's settings, in one place: every rule and phase is `@compiled`.

Numba does not notice that a function called from another file was edited, and would silently run the old
machine code. So the cache folder is named by a hash of every compiled source and of the versions that
turn it into machine code: an edit anywhere opens a new, empty folder.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import llvmlite
import numba
import numpy as np
from numba import config, njit

Function = TypeVar("Function", bound=Callable[..., Any])

_PACKAGE = Path(__file__).parent
#: What is compiled lives here; a change in any of these files starts a new cache.
SOURCES = ("compiled.py", "draws.py", "rules", "system", "outcomes")
_KEPT_FOLDERS = 3


def source_hash(package: Path = _PACKAGE) -> str:
    """Twelve hex digits that change when any compiled source or the compiler's version does."""
    digest = hashlib.sha256(f"{sys.version}{numba.__version__}{llvmlite.__version__}{np.__version__}".encode())
    for name in SOURCES:
        place = package / name
        for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
            digest.update(str(file.relative_to(package)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def cache_folder() -> Path:
    """Where machine code is kept: `SCHOOLSIM_CACHE_DIR`, else the user's cache folder."""
    chosen = os.environ.get("SCHOOLSIM_CACHE_DIR")
    if chosen:
        root = Path(chosen)
    else:
        root = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "schoolsim"
    return root / f"compiled-{source_hash()}"


def _prepare(folder: Path) -> Path:
    """Make the folder and drop the oldest of its predecessors (they can never be used again)."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
        past = sorted(folder.parent.glob("compiled-*"), key=lambda place: place.stat().st_mtime)
        for place in past[:-_KEPT_FOLDERS]:
            shutil.rmtree(place, ignore_errors=True)
    except OSError:
        # A read-only home costs compile time, not results: Numba then compiles in memory.
        pass
    return folder


CACHE_FOLDER = _prepare(cache_folder())


def compiled(function: Function) -> Function:
    """Compile `function` with Numba, exactly rounded (no fastmath) and cached.

    With `NUMBA_DISABLE_JIT=1` the function is returned as it is and runs as plain Python.

    Args:
        function: A scalar rule, or a loop over columns.

    Returns:
        The compiled function, called as before.
    """
    return _compile(function, None)


def compiled_for(signature: str) -> Callable[[Function], Function]:
    """Compile for one set of types, into which arguments are cast: for what is called with many kinds of number.

    Args:
        signature: In Numba's notation, such as `float64(int64, int64)`.

    Returns:
        A decorator as `compiled`.
    """
    return lambda function: _compile(function, signature)


def _compile(function: Function, signature: str | None) -> Function:
    if config.DISABLE_JIT:
        return function
    users_folder = config.CACHE_DIR
    config.CACHE_DIR = str(CACHE_FOLDER)
    try:
        made = njit(signature, cache=os.access(CACHE_FOLDER, os.W_OK), error_model="numpy", nogil=True)(function)
    finally:
        config.CACHE_DIR = users_folder
    return made  # type: ignore[no-any-return]
