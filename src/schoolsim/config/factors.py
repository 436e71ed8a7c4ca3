"""Linked factors: parameters whose levels change together, one row of values at a time."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from schoolsim.config.errors import MOST_ISSUES, ConfigIssue, ConfigIssuesError, checked_each
from schoolsim.config.settings import MOST_LEVELS, checked_value, nearest_parameter, repeats
from schoolsim.parameters.declare import Parameter, Role
from schoolsim.parameters.errors import did_you_mean
from schoolsim.parameters.registry import REGISTRY
from schoolsim.parameters.values import Value, printable, shown

MOST_LINKED = 100
"""Largest number of parameters in one group."""


@dataclass(frozen=True)
class LinkedFactor:
    """Several parameters varied as one factor.

    Args:
        parameters: Names of the parameters, two or more of one role.
        values: The levels: each row gives one value to each parameter.
    """

    parameters: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]

    @property
    def role(self) -> Role:
        """The role all its parameters share."""
        return REGISTRY[self.parameters[0]].role


def checked_factor(table: object) -> LinkedFactor:
    """The factor that one `[[linked]]` table declares.

    Raises:
        ConfigIssuesError: Everything that is wrong with it, each with its path inside the table.
    """
    if isinstance(table, LinkedFactor):
        table = {"parameters": table.parameters, "values": table.values}
    names, rows = _names_and_rows(table)
    specs = _specs(names)
    (levels,) = checked_each([("values", rows)], lambda _, rows: _levels(specs, rows))
    return LinkedFactor(tuple(spec.name for spec in specs), levels)


def _names_and_rows(table: object) -> tuple[list[object], list[object]]:
    """The two lists of one table, each long enough."""
    known = ("parameters", "values")
    if not isinstance(table, Mapping):
        raise ConfigIssuesError([ConfigIssue((), "[[linked]] must be a table of two keys, parameters and values.")])
    issues = [
        ConfigIssue((key,), f"[[linked]] holds parameters and values, not {printable(key)}.{did_you_mean(key, known)}")
        for key in itertools.islice(table, MOST_ISSUES)
        if key not in known
    ]
    names, rows = table.get("parameters"), table.get("values")
    if not isinstance(names, list | tuple) or not 2 <= len(names) <= MOST_LINKED:
        message = f"[[linked]] parameters must be a list of 2 to {MOST_LINKED} parameters."
        issues.append(ConfigIssue(("parameters",), message))
    if not isinstance(rows, list | tuple) or not 1 <= len(rows) <= MOST_LEVELS:
        message = (
            f"[[linked]] values must be a list of 1 to {MOST_LEVELS:,} rows, each a list of one value a parameter."
        )
        issues.append(ConfigIssue(("values",), message))
    if issues:
        raise ConfigIssuesError(issues)
    return list(names or ()), list(rows or ())


def _specs(names: list[object]) -> list[Parameter]:
    """The parameters called `names`: known, different and of one role."""
    issues = []
    for place, name in enumerate(names):
        if not isinstance(name, str) or name not in REGISTRY:
            message = f"[[linked]] {shown(name)} is not a parameter.{nearest_parameter(str(name))}"
        elif name in names[:place]:
            message = f'[[linked]] names "{name}" twice.'
        else:
            continue
        issues.append(ConfigIssue(("parameters", place), message))
    specs = [] if issues else [REGISTRY[str(name)] for name in names]
    if len({spec.role for spec in specs}) > 1:
        roles = ", ".join(f'"{spec.name}" is {spec.a_role}' for spec in specs)
        message = f"[[linked]] parameters must all be of one role, but {roles}."
        issues.append(ConfigIssue(("parameters",), message))
    if issues:
        raise ConfigIssuesError(issues)
    return specs


def _levels(specs: list[Parameter], rows: list[object]) -> tuple[tuple[Value, ...], ...]:
    """The rows as levels, all different."""
    levels = checked_each(enumerate(rows), lambda _, row: _level(specs, row))
    issues = [
        ConfigIssue((place,), f"[[linked]] lists the row {shown(rows[place])} twice.")
        for place in repeats(levels)[:MOST_ISSUES]
    ]
    if issues:
        raise ConfigIssuesError(issues)
    return tuple(levels)


def _level(specs: list[Parameter], row: object) -> tuple[Value, ...]:
    """One level: a checked value for each parameter."""
    if not isinstance(row, list | tuple) or len(row) != len(specs):
        names = ", ".join(f'"{spec.name}"' for spec in specs)
        message = f"[[linked]] row {shown(row)} must be a list of one value each for {names}."
        raise ConfigIssuesError([ConfigIssue((), message)])
    return tuple(checked_each(enumerate(row), lambda place, value: checked_value(specs[place], value)))
