"""How functions are compiled, and where machine code is kept.

Rules are `@inlined` and phases `@compiled`: Numba's `njit`, exactly rounded, cached. Numba keeps a function's machine
code beside its source file and does not notice that a function called from another file was edited. So each module is
compiled from a copy of its source, in a folder named by a hash of the module, of every module of ours that it imports,
and of the versions that turn them into machine code. An edit opens a new folder for all that stands on it, and for
nothing else; two checkouts of the same sources share one; nothing stale is ever run.
"""

from __future__ import annotations

import gc
import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any, Final, TypeVar

import llvmlite
import numba
import numpy as np
from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])

PACKAGE: Final = Path(__file__).parent
#: Rooms whose code decides a run, for the version that runs are stored under.
ROOMS: Final = ("columns.py", "draws.py", "jit.py", "outcomes", "parameters", "populations", "rules", "system")
#: Versions of a module whose machine code is kept: several checkouts, branches and interpreters.
_KEPT_FOLDERS: Final = 12
#: Bytes that must be free for machine code to be kept: more than four times what one version of the model takes.
_ROOM: Final = 64 << 20
# Only while a module is loaded can it take what its compiled functions call: an import inside a function is no part.
_IMPORT: Final = re.compile(
    rb"^(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)|import[ \t]+([\w., ]+))", re.M
)


def compiled(function: Function) -> Function:
    """Compile `function` with Numba when it is first called, exactly rounded (no fastmath), and keep its machine code.

    Dividing by zero gives what NumPy gives. With `NUMBA_DISABLE_JIT=1` the function is returned as it is and runs as
    plain Python.

    Args:
        function: A loop over columns, or what such loops call.

    Returns:
        The compiled function, called as before.
    """
    return _compile(function, None, "never")


def inlined(function: Function) -> Function:
    """As `compiled`, but compiled callers take the function in: for rules, and for what is called once."""
    return _compile(function, None, "always")


def compiled_for(signature: str) -> Callable[[Function], Function]:
    """Compile at once and for one set of types: for what is called with many different constants.

    Numba would compile it anew for each constant.

    Args:
        signature: In Numba's notation, such as `float64(int64, int64)`.

    Returns:
        A decorator as `compiled`.
    """
    return lambda function: _compile(function, signature, "never")


def _compile(function: Function, signature: str | None, inline: str) -> Function:
    if numba.config.DISABLE_JIT:
        return function
    copy = source_copy(Path(function.__code__.co_filename))
    if copy is not None:
        function = _compiled_from(function, copy)
    made = njit(signature, cache=copy is not None, nogil=True, error_model="numpy", inline=inline)
    return made(function)  # type: ignore[no-any-return]


@contextmanager
def uncollected() -> Iterator[None]:
    """While much is compiled, look for no garbage among the millions of objects that live until it ends."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _compiled_from(function: Function, file: Path) -> Function:
    """The same function, its code said to stand in `file`, beside which Numba keeps the machine code."""
    code = function.__code__.replace(co_filename=str(file))
    made = FunctionType(code, function.__globals__, function.__name__, function.__defaults__, function.__closure__)
    for name in ("__module__", "__qualname__", "__doc__", "__kwdefaults__", "__annotations__"):
        setattr(made, name, getattr(function, name))
    return made  # type: ignore[return-value]


def cache_root() -> Path:
    """Where machine code is kept: `SCHOOLSIM_CACHE_DIR`, else the user's cache folder."""
    chosen = os.environ.get("SCHOOLSIM_CACHE_DIR")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "schoolsim"


@cache
def source_copy(file: Path) -> Path | None:
    """The copy of a module's source in the folder of its machine code.

    Returns:
        The copy, made if need be; None for a file from elsewhere, and where nothing can be written or the disk is
        nearly full: then functions are compiled in memory, which costs time and changes no result.
    """
    if PACKAGE not in file.parents:
        return None
    name = ".".join(file.relative_to(PACKAGE).with_suffix("").parts)
    folder = cache_root() / name / module_hash(file)
    copy = folder / file.name
    try:
        if not copy.exists():
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as part:
                part.write(file.read_bytes())
            # Stamps that older releases of Numba compare: the same for every copy of the same source.
            os.utime(part.name, (0, 0))
            os.replace(part.name, copy)
            _discard_old(folder.parent)
        _discard_damaged(folder)
        os.utime(folder)
        room = shutil.disk_usage(folder).free >= _ROOM
    except OSError:
        return None
    return copy if room and os.access(folder, os.W_OK) else None


def _discard_damaged(folder: Path) -> None:
    """Leave the files of machine code that were written to the end, which in a pickle is a full stop."""
    for file in folder.rglob("*.nb[ic]"):
        with file.open("rb") as content:
            content.seek(max(0, file.stat().st_size - 1))
            whole = content.read() == b"."
        if not whole:
            file.unlink(missing_ok=True)


def _discard_old(folder: Path) -> None:
    """Leave the versions of a module that were used last."""
    past = sorted(folder.iterdir(), key=lambda place: place.stat().st_mtime)
    for place in past[:-_KEPT_FOLDERS]:
        shutil.rmtree(place, ignore_errors=True)


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


def module_hash(file: Path, package: Path = PACKAGE) -> str:
    """Twelve hex digits that change when the module, anything it imports, or the compiler changes."""
    digest = hashlib.sha256(f"{sys.version}{numba.__version__}{llvmlite.__version__}{np.__version__}".encode())
    for place in sorted(imported_files(file, package)):
        digest.update(str(place.relative_to(package)).encode())
        digest.update(_read(place))
    return digest.hexdigest()[:12]


def imported_files(file: Path, package: Path = PACKAGE) -> set[Path]:
    """The file and every file of the package that it imports, directly or through others."""
    found: set[Path] = set()
    waiting = [file]
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting += _imports(place, package)
    return found


@cache
def _read(file: Path) -> bytes:
    return file.read_bytes()


@cache
def _imports(file: Path, package: Path) -> tuple[Path, ...]:
    names: set[str] = set()
    for source, taken, plain in _IMPORT.findall(_read(file)):
        parents = [source.decode()] if source else [name.strip() for name in plain.decode().split(",")]
        names |= set(parents)
        for part in re.findall(r"\w+", taken.decode()):
            names |= {f"{parent}.{part}" for parent in parents}
    files = []
    for name in sorted(names):
        first, *rest = name.split(".")
        if first == package.name and rest:
            place = package.joinpath(*rest)
            files += [path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()]
    return tuple(files)


def main(arguments: list[str]) -> None:
    """Compile the model once for every process to share: `python -m schoolsim.jit`."""
    from schoolsim.system.compiling import FROM_THE_END, compile_from_the_end, compile_once

    compile_from_the_end() if arguments == [FROM_THE_END] else compile_once()


if __name__ == "__main__":
    main(sys.argv[1:])
