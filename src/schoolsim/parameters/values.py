"""Values of parameters: checks for each kind, and how a value is written for a user."""

from __future__ import annotations

import itertools
import numbers
from collections.abc import Iterable, Mapping
from typing import Literal

Value = float | int | bool | str
Kind = Literal["real", "whole", "flag", "choice"]
KINDS: tuple[Kind, ...] = ("real", "whole", "flag", "choice")

LONGEST_TEXT = 200
"""Characters of a user's text, or of the items of a list or table, that a message repeats; the rest is left out."""

MOST_ITEMS = 30
"""Items of a user's list or table that a message repeats, at most."""


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
        try:
            number = float(value)
        except OverflowError:  # a whole number beyond every float
            return None
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
    """A value as a user would write it in a config file, on one line, shortened where it is very long."""
    return _shown(value, depth=0)


def printable(text: str, longest: int = LONGEST_TEXT) -> str:
    """A user's text on one line: control characters escaped as in TOML, its middle left out where it is long.

    Args:
        text: The text.
        longest: Characters to keep.
    """
    if len(text) > longest:
        half = longest // 2
        text = f"{text[:half]}... ({len(text):,} characters) ...{text[-half:]}"
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def _shown(value: object, depth: int) -> str:
    if is_flag(value):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{printable(value)}"'
    if isinstance(value, Mapping | list | tuple) and depth > 3:
        return "..."
    if isinstance(value, Mapping):
        pairs = ((_key(str(key)), item) for key, item in value.items())
        items = _items((f"{key} = {_shown(item, depth + 1)}" for key, item in pairs), len(value))
        return f"{{ {items} }}" if items else "{}"
    if isinstance(value, list | tuple):
        return f"[{_items((_shown(item, depth + 1) for item in value), len(value))}]"
    if isinstance(value, int) and value.bit_length() > 400:
        return f"a whole number of about {int(value.bit_length() * 0.30103) + 1:,} digits"
    return printable(str(value))


def _items(texts: Iterable[str], count: int) -> str:
    listed: list[str] = []
    for text in itertools.islice(texts, MOST_ITEMS):
        if listed and sum(map(len, listed)) + len(text) > LONGEST_TEXT:
            break
        listed.append(text)
    return ", ".join(listed) if len(listed) == count else f"{', '.join(listed)}, ... ({count:,} in all)"


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else f'"{printable(key)}"'


def _escaped(char: str) -> str:
    short = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(char)
    if short is not None:
        return short
    return f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}"
