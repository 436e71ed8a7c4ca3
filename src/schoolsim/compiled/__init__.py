"""The compiler's settings, in one place: every rule and phase is `@compiled`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from numba import config

from schoolsim.compiled.kept import cache_folder
from schoolsim.compiled.linking import Compiled
from schoolsim.compiled.remembering import remember

Function = TypeVar("Function", bound=Callable[..., Any])

#: Exactly rounded (no fastmath); dividing by zero gives what NumPy gives.
_OPTIONS: Final = {"nopython": True, "error_model": "numpy", "nogil": True, "no_cfunc_wrapper": True}

remember()


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
    finally:
        config.CACHE_DIR = users_folder
    return made  # type: ignore[no-any-return]
