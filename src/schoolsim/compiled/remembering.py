"""What Numba works out again and again while compiling, and what is remembered of it here.

None of this changes what is compiled: each answer depends on the question alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from numba.core import ir, types
from numba.core.compiler import Flags
from numba.core.targetconfig import ConfigStack, TargetConfig
from numba.core.types.functions import BaseFunction

_SIMPLE: Final = (types.Number, types.Boolean, types.Array, types.Record, types.BaseTuple, types.NumberClass)
_resolve: Final = BaseFunction.get_call_type
_resolved: Final[dict[tuple[object, ...], Any]] = {}
_names: Final = hash(tuple(sorted(Flags.options)))
_LEAVES: Final = frozenset({ir.Loc, str, int, float, bool, type(None)})
_variables: Final = ir.Inst._rec_list_vars
_compiling: Final[list[None]] = []


def _alike(one: TargetConfig, other: TargetConfig) -> bool:
    """Whether two sets of settings are alike: asked a hundred thousand times, so only of those that were set."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    mine, others = one._values, other._values
    return mine == others or all(getattr(one, name) == getattr(other, name) for name in mine.keys() | others.keys())


def _call_type(self: BaseFunction, context: Any, args: tuple[Any, ...], kws: Any) -> Any:
    """What an operation on numbers or columns gives: Numba tries dozens of overloads, for texts and sets too."""
    if not _compiling or not all(isinstance(arg, _SIMPLE) for arg in (*args, *kws.values())):
        return _resolve(self, context, args, kws)
    flags = ConfigStack.top_or_none()
    asked = (self, context, None if flags is None else flags.error_model, args, tuple(kws.items()))
    if asked not in _resolved:
        _resolved[asked] = _resolve(self, context, args, kws)
    return _resolved[asked]


def _variables_of(self: ir.Inst, value: Any) -> list[ir.Var]:
    """Variables of a part of a statement; most parts are plain names and places, which have none."""
    kind = type(value)
    if kind is ir.Var:
        return [value]
    return [] if kind in _LEAVES else _variables(self, value)


@contextmanager
def ours() -> Iterator[None]:
    """While a function of ours is compiled: a user's own may have overloads that were not there before."""
    _compiling.append(None)
    try:
        yield
    finally:
        _compiling.pop()


def remember() -> None:
    """Have Numba remember."""
    # The spelling of a record's type, with hundreds of fields, is asked for dozens of times a function.
    types.Record.__repr__ = cache(types.Record.__repr__)
    TargetConfig.__eq__ = _alike
    TargetConfig.__hash__ = lambda settings: _names
    BaseFunction.get_call_type = _call_type
    ir.Inst._rec_list_vars = _variables_of
