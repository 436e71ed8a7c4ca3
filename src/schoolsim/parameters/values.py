"""Values a parameter may take: how each kind is checked, and how a value is shown to a user."""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from typing import Literal

Value = float | int | bool | str
Kind = Literal["real", "whole", "flag", "choice"]
KINDS: tuple[Kind, ...] = ("real", "whole", "flag", "choice")


def is_flag(value: object) -> bool:
    """Whether a value is true or false, NumPy's too (told by its type's letter, so that NumPy need not be loaded)."""
    return isinstance(value, bool) or getattr(getattr(value, "dtype", None), "char", "") == "?"


def accepted_number(kind: Kind, value: object, bounds: tuple[float, float]) -> float | int | None:
    """`value` as a float (real) or int (whole), or None when it is not one inside `bounds`.

    A whole number does for a real; a real never does for a whole, not even 3.0, and true or
    false does for neither. NaN and the infinities are outside all (finite) bounds.
    """
    if is_flag(value):
        return None
    number: float | int
    if kind == "real" and isinstance(value, numbers.Real):
        number = float(value)
    elif kind == "whole" and isinstance(value, numbers.Integral):
        number = int(value)
    else:
        return None
    low, high = bounds
    return number if low <= number <= high else None


def accepted_flag(value: object) -> bool | None:
    """`value` as a bool, or None when it is not true or false (0 and 1 are not)."""
    return bool(value) if is_flag(value) else None


def accepted_choice(value: object, options: tuple[str, ...]) -> str | None:
    """`value` as one of `options`, or None."""
    return str(value) if isinstance(value, str) and value in options else None


def shown(value: object) -> str:
    """A value as a user would write it in a config file."""
    if is_flag(value):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, Mapping):
        pairs = [(shown(key) if "." in key else key, item) for key, item in value.items()]
        inside = ", ".join(f"{key} = {shown(item)}" for key, item in pairs)
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(shown(item) for item in value)}]"
    return str(value)
