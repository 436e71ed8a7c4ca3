"""Writing of configs as TOML: one layout, so that equal configs are equal text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.items import Table


def to_toml(data: Mapping[str, Any]) -> str:
    """`data` as TOML, in the order given; tables inside a table are written inline.

    Args:
        data: What `tomllib` would give: keys to values, lists and mappings.

    Returns:
        Text that `tomllib` reads back to equal data.
    """
    document = tomlkit.document()
    for key, value in data.items():
        if isinstance(value, Mapping):
            document.append(key, _table(value))
        elif isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
            tables = tomlkit.aot()
            for item in value:
                tables.append(_table(item))
            document.append(key, tables)
        else:
            document.append(key, _inline(value))
    return tomlkit.dumps(document).rstrip("\n") + "\n"


def _table(data: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for key, value in data.items():
        table.append(key, _inline(value))
    return table


def _inline(value: Any) -> Any:
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        for key, item in value.items():
            table.append(key, _inline(item))
        return table
    if isinstance(value, list):
        array = tomlkit.array()
        for item in value:
            array.append(_inline(item))
        return array
    return value
