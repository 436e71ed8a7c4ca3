"""Compiled functions as the plain Python they were written in."""

from __future__ import annotations

import sys
from functools import cache
from types import FunctionType, ModuleType, SimpleNamespace


@cache
def uncompiled(module: ModuleType) -> SimpleNamespace:
    """The module's names, with every compiled function, and every one that it calls, as plain Python."""
    names = dict(vars(module))
    for name, value in vars(module).items():
        # With NUMBA_DISABLE_JIT=1 nothing was compiled, and there is nothing to undo.
        function = getattr(value, "py_func", None)
        if function is None:
            continue
        home = sys.modules[function.__module__]
        if home is module:
            names[name] = FunctionType(function.__code__, names, name, function.__defaults__)
        else:
            names[name] = getattr(uncompiled(home), function.__name__)
    return SimpleNamespace(**names)
