"""Writing of configs as TOML: one layout, so that equal configs are equal text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit


def to_toml(data: Mapping[str, Any]) -> str:
    """`data` as TOML, in the order given; tables inside a table are written inline.

    Args:
        data: What `tomllib` would give: keys to values, lists and mappings.

    Returns:
        Text that `tomllib` reads back to equal data.
    """
    # tomlkit writes keys and scalars; its lists and tables take time in proportion to the square of their length.
    plain: list[str] = []
    tables: list[str] = []
    for key, value in data.items():
        if isinstance(value, Mapping):
            tables.append(f"[{_key(key)}]\n{_lines(value)}")
        elif isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
            tables += [f"[[{_key(key)}]]\n{_lines(item)}" for item in value]
        else:
            plain.append(f"{_key(key)} = {_value(value)}\n")
    return "\n".join(["".join(plain), *tables] if plain else tables) or "\n"


def _lines(table: Mapping[str, Any]) -> str:
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in table.items())


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    text: str = tomlkit.item(value).as_string()
    return text


def _key(key: str) -> str:
    return tomlkit.key(key).as_string()
