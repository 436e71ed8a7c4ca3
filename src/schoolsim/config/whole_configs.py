"""Factors whose levels are whole configs: `[factors]` with settings or programmes by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from schoolsim.config.errors import ConfigIssue, ConfigIssuesError
from schoolsim.config.locate import find_config
from schoolsim.config.settings import MOST_LEVELS
from schoolsim.parameters.errors import ConfigError
from schoolsim.parameters.registry import in_order, parameter
from schoolsim.parameters.values import Value, shown

Loaded = tuple[str, Mapping[str, Value]]
"""A config's title, and the parameters that it sets."""


def linked_tables(factors: object, beside: Path, load: Callable[[Path], Loaded]) -> list[dict[str, Any]]:
    """Each factor of `[factors]` as a `[[linked]]` table with a name and named levels.

    A parameter that one of the configs sets and another does not has its default in the other.

    Args:
        factors: The table, by the name of the factor a list of configs.
        beside: Folder that relative paths start from.
        load: Reads a config.

    Raises:
        ConfigIssuesError: Everything that is wrong, each with its path below `factors`.
    """
    issues: list[ConfigIssue] = []
    tables: list[dict[str, Any]] = []
    if not isinstance(factors, Mapping):
        raise ConfigIssuesError([ConfigIssue((), '[factors] must be a table of "name" = [configs].')])
    for factor, names in factors.items():
        listed = isinstance(names, list | tuple) and all(isinstance(name, str) and name for name in names)
        if not listed or not 2 <= len(names) <= MOST_LEVELS or len(set(names)) < len(names):
            message = f'[factors] {shown(factor)} must be a list of two or more configs, such as ["rural", "urban"].'
            issues.append(ConfigIssue((factor,), message))
            continue
        levels: list[Loaded] = []
        for place, name in enumerate(names):
            try:
                levels.append(load(find_config(name, beside)))
            except ConfigError as error:
                issues.append(ConfigIssue((factor, place), f"[factors] {shown(factor)}: {error}"))
        if len(levels) == len(names):
            tables.append(_table(str(factor), levels))
    if issues:
        raise ConfigIssuesError(issues)
    return tables


def _table(factor: str, levels: list[Loaded]) -> dict[str, Any]:
    """One factor: every parameter that any of its configs sets."""
    named = {name for _, values in levels for name in values}
    parameters = in_order(named)
    return {
        "name": factor,
        "levels": [title for title, _ in levels],
        "parameters": parameters,
        "values": [[values.get(name, parameter(name).default) for name in parameters] for _, values in levels],
    }
