"""Compiles functions with Numba and keeps their machine code.

Rules are `@inlined` and phases `@compiled`: Numba's `njit`, exactly rounded, cached. Numba keeps a function's machine
code beside its source file and does not notice that a function called from another file was edited. So each module is
compiled from a copy of its source, in a folder named by a hash of the module, of every module of ours that it imports,
and of the versions that turn them into machine code. An edit opens a new folder for all that stands on it, and for
nothing else; two checkouts of the same sources share one; nothing stale is ever run.
"""

from __future__ import annotations

import atexit
import gc
import hashlib
import logging
import math
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any, Final, TypeVar

import llvmlite
import numba
import numpy as np
from numba import config, njit

Function = TypeVar("Function", bound=Callable[..., Any])

PACKAGE: Final = Path(__file__).parent
_LOG: Final = logging.getLogger("schoolsim.jit")
#: Rooms whose code decides a run, for the version that runs are stored under.
ROOMS: Final = ("columns.py", "draws.py", "jit.py", "outcomes", "parameters", "populations", "rules", "system")
#: Versions of a module whose machine code is kept: several checkouts, branches and interpreters.
_KEPT_FOLDERS: Final = 12
#: Free bytes without which nothing is kept: all machine code takes some twenty million.
ENOUGH_BYTES: Final = 200_000_000
SEAL: Final = "seal.txt"
_BEGAN: Final = time.time()
FROM_THE_END: Final = "--from-the-end"
_HELPS: Final = FROM_THE_END in sys.argv  # a second process, that helps one which has sealed nothing yet
_FOLDERS: Final[list[Path]] = []
_DAMAGED: Final[list[Path]] = []
_NOTED: Final[dict[Path, int]] = {}  # when machine code in a folder last changed, as it was sealed
_LAST_SEALED = -math.inf
# Indented ones too: what is imported for the type checker lays out the columns that compiled code reads.
_IMPORT: Final = re.compile(
    rb"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)|import[ \t]+([\w., ]+))", re.M
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
    if config.DISABLE_JIT:  # type: ignore[attr-defined]  # set from the environment
        return function
    copy = source_copy(Path(function.__code__.co_filename))
    if copy is not None:
        function = _compiled_from(function, copy)
    untyped: Any = njit  # Numba's types know no signature that may be None
    made: Function = untyped(signature, cache=copy is not None, nogil=True, error_model="numpy", inline=inline)(
        function
    )
    return made


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
    return made  # type: ignore[return-value]  # a function of the same type


def cache_root() -> Path:
    """Where machine code is kept: `SCHOOLSIM_CACHE_DIR`, else the user's cache folder."""
    chosen = os.environ.get("SCHOOLSIM_CACHE_DIR")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "schoolsim"


@cache
def source_copy(file: Path) -> Path | None:
    """The copy of a module's source in the folder of its machine code.

    Machine code that is not as it was sealed is discarded, and compiled again when it is needed.

    Returns:
        The copy, made if need be; None for a file from elsewhere, and where nothing can be written: then functions are
        compiled in memory, which costs time and changes no result.
    """
    if PACKAGE not in file.parents:
        return None
    name = ".".join(file.relative_to(PACKAGE).with_suffix("").parts)
    folder = cache_root() / name / module_hash(file)
    copy = folder / file.name
    try:
        if not _has_room(cache_root()):
            return None
        source = file.read_bytes()
        if not copy.exists() or copy.read_bytes() != source:
            folder.mkdir(parents=True, exist_ok=True)
            _write(copy, source)
            # Stamps that older releases of Numba compare: the same for every copy of the same source.
            os.utime(copy, (0, 0))
            _discard_old(folder.parent)
        os.utime(folder)
        if not os.access(folder, os.W_OK):
            return None
        _discard_damaged(folder)
    except OSError:
        return None
    _FOLDERS.append(folder)
    return copy


@cache
def _has_room(root: Path) -> bool:
    root.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(root).free >= ENOUGH_BYTES


def _write(file: Path, content: bytes) -> None:
    """Write a file so that it appears whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as part:
        part.write(content)
    os.replace(part.name, file)


def _discard_old(folder: Path) -> None:
    """Leave the versions of a module that were used last."""
    past = sorted(folder.iterdir(), key=lambda place: place.stat().st_mtime)
    for place in past[:-_KEPT_FOLDERS]:
        shutil.rmtree(place, ignore_errors=True)


def _machine_code(folder: Path) -> list[Path]:
    return sorted((folder / "__pycache__").glob("*.nb[ic]"))


def _digest(file: Path) -> str:
    return hashlib.blake2b(file.read_bytes(), digest_size=16).hexdigest()


def _sealed(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / SEAL).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {name: digest for digest, _, name in (line.partition(" ") for line in lines)}


def _discard_damaged(folder: Path) -> None:
    """Discard what differs from its seal, or has none: whoever compiled it was killed, or the seal is lost."""
    sealed = _sealed(folder)
    for file in _machine_code(folder):
        if sealed.get(file.name) == _digest(file) or (file.name not in sealed and _HELPS):
            continue
        file.unlink(missing_ok=True)
        if file.name in sealed and not _DAMAGED:
            _DAMAGED.append(folder)
            _LOG.warning("schoolsim: compiled code in %s was damaged; it is compiled anew.", cache_root())


def damaged() -> bool:
    """Whether machine code was found damaged, and discarded, in this process."""
    return bool(_DAMAGED)


@atexit.register
def seal(*, every: float = 0.0) -> None:
    """Note what the machine code is that was made so far, so that damage is seen; called when a run or a process ends.

    What is compiled in a long process and noted only at its end would look damaged to others that begin meanwhile.

    Args:
        every: Seconds within which it is not done again: looking takes one per cent of a short run.
    """
    global _LAST_SEALED
    now = time.monotonic()
    if now - _LAST_SEALED < every:
        return
    _LAST_SEALED = now
    for folder in _FOLDERS:
        try:
            stamp = (folder / "__pycache__").stat().st_mtime_ns
            if _NOTED.get(folder) == stamp:
                continue
            sealed, found = _sealed(folder), _machine_code(folder)
            # What was written since this process began may have been written by it, over what was there.
            fresh = {file.name for file in found if file.stat().st_mtime >= _BEGAN or file.name not in sealed}
            if fresh or len(sealed) != len(found):
                digests = {file.name: _digest(file) if file.name in fresh else sealed[file.name] for file in found}
                _write(folder / SEAL, "\n".join(f"{digest} {name}" for name, digest in digests.items()).encode())
            _NOTED[folder] = stamp
        except OSError:
            continue


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
    if file.name == "jit.py":
        # What it imports is what it runs: nothing is compiled from it.
        return ()
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
    from schoolsim.system.compiling import compile_from_the_end, compile_once

    compile_from_the_end() if arguments == [FROM_THE_END] else compile_once()


if __name__ == "__main__":
    main(sys.argv[1:])
