"""What Numba works out again and again while compiling, and what is remembered of it here.

None of this changes what is compiled: each answer depends on the question alone.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from numba.core import types
from numba.core.compiler import Flags
from numba.core.targetconfig import ConfigStack, TargetConfig
from numba.core.types.functions import BaseFunction

_SIMPLE: Final = (
    types.Number,
    types.Boolean,
    types.Array,
    types.Record,
    types.BaseTuple,
    types.NumberClass,
)
_resolve: Final = BaseFunction.get_call_type
_resolved: Final[dict[tuple[object, ...], Any]] = {}
_names: Final = hash(tuple(sorted(Flags.options)))


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
    asked_with = (*args, *kws.values())
    if not all(isinstance(arg, _SIMPLE) for arg in asked_with):
        return _resolve(self, context, args, kws)
    flags = ConfigStack.top_or_none()
    asked = (self, context, None if flags is None else flags.error_model, args, tuple(kws.items()))
    if asked not in _resolved:
        _resolved[asked] = _resolve(self, context, args, kws)
    return _resolved[asked]


def remember() -> None:
    """Have Numba remember."""
    # The spelling of a record's type, with hundreds of fields, is asked for dozens of times a function.
    types.Record.__repr__ = cache(types.Record.__repr__)
    TargetConfig.__eq__ = _alike
    TargetConfig.__hash__ = lambda settings: _names
    BaseFunction.get_call_type = _call_type
