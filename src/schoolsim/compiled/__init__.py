"""The compiler's settings, in one place: every rule and phase is `@compiled`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from numba import config, types
from numba.core.compiler import Flags
from numba.core.targetconfig import TargetConfig

from schoolsim.compiled.kept import cache_folder
from schoolsim.compiled.linking import Compiled

Function = TypeVar("Function", bound=Callable[..., Any])

#: Exactly rounded (no fastmath); dividing by zero gives what NumPy gives.
_OPTIONS: Final = {"nopython": True, "error_model": "numpy", "nogil": True, "no_cfunc_wrapper": True}

# Numba spells out a record's type dozens of times a function; with hundreds of parameters that was half of
# compiling. The spelling of a type never changes, so it is kept.
types.Record.__repr__ = cache(types.Record.__repr__)
# Whether two of its settings are alike is asked a hundred thousand times, mostly of one and the same.
_alike: Final = TargetConfig.__eq__
_names: Final = hash(tuple(sorted(Flags.options)))
TargetConfig.__eq__ = lambda one, other: one is other or _alike(one, other)
TargetConfig.__hash__ = lambda one: _names


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
    folder = cache_folder(Path(function.__code__.co_filename))
    users_folder = config.CACHE_DIR
    config.CACHE_DIR = str(folder)
    try:
        made = Compiled(function, _OPTIONS, signature)
        if folder is not None:
            made.enable_caching()
        made.fix()
    finally:
        config.CACHE_DIR = users_folder
    return made  # type: ignore[no-any-return]
