"""Linked factors: parameters whose levels change together, one row of values at a time."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from schoolsim.config.errors import MOST_ISSUES, ConfigIssue, ConfigIssuesError, checked_each
from schoolsim.config.settings import MOST_LEVELS, checked_value, nearest_parameter, repeats
from schoolsim.parameters.declare import Parameter, Role
from schoolsim.parameters.errors import did_you_mean
from schoolsim.parameters.registry import is_parameter, parameter
from schoolsim.parameters.timetable import as_levels
from schoolsim.parameters.values import Value, printable, shown

MOST_LINKED = 100
"""Largest number of parameters in one group."""

LONGEST_NAME = 60
"""Letters of a factor's name."""


@dataclass(frozen=True)
class LinkedFactor:
    """Several parameters varied as one factor.

    Args:
        parameters: Names of the parameters.
        values: The levels: each row gives one value to each parameter.
        name: What they are together, such as "setting"; empty where nobody named it.
        levels: What each row is called, such as "rural"; empty where nobody named them.
    """

    parameters: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]
    name: str = ""
    levels: tuple[str, ...] = ()

    @property
    def role(self) -> Role:
        """The role its parameters share; a factor that sets levers with other parameters is a world, not a policy."""
        roles = {parameter(name).role for name in self.parameters}
        return roles.pop() if len(roles) == 1 else "uncertainty"

    def plain(self) -> dict[str, object]:
        """As a `[[linked]]` table."""
        table: dict[str, object] = {
            "parameters": list(self.parameters), "values": [list(row) for row in self.values],
        }  # fmt: skip
        if self.name:
            table["name"] = self.name
        if self.levels:
            table["levels"] = list(self.levels)
        return table


def checked_factor(table: object) -> LinkedFactor:
    """The factor that one `[[linked]]` table declares.

    Raises:
        ConfigIssuesError: Everything that is wrong with it, each with its path inside the table.
    """
    if isinstance(table, LinkedFactor):
        table = table.plain()
    names, rows = _names_and_rows(table)
    assert isinstance(table, Mapping)
    name, levels = _words(table, len(rows))
    specs = _specs(names, mixed=bool(levels))
    (values,) = checked_each([("values", rows)], lambda _, rows: _levels(specs, rows))
    return LinkedFactor(tuple(spec.name for spec in specs), values, name, levels)


def _words(table: Mapping[str, object], rows: int) -> tuple[str, tuple[str, ...]]:
    """The factor's name and those of its levels, where they are given."""
    name, levels = table.get("name", ""), table.get("levels", ())
    issues = []
    if not isinstance(name, str) or is_parameter(name) or len(name) > LONGEST_NAME:
        message = f"[[linked]] name must be text of at most {LONGEST_NAME} letters, and no parameter's name."
        issues.append(ConfigIssue(("name",), message))
    texts = (
        [level for level in levels if isinstance(level, str) and level] if isinstance(levels, list | tuple) else [""]
    )
    if not isinstance(levels, list | tuple) or len(set(texts)) < len(levels) or (levels and len(levels) != rows):
        message = f"[[linked]] levels must be {rows} different texts, one for each row of values."
        issues.append(ConfigIssue(("levels",), message))
    if issues:
        raise ConfigIssuesError(issues)
    assert isinstance(name, str)
    assert isinstance(levels, list | tuple)
    return name, tuple(levels)


def _names_and_rows(table: object) -> tuple[list[object], list[object]]:
    """The two lists of one table, each long enough."""
    known = ("parameters", "values", "name", "levels")
    if not isinstance(table, Mapping):
        message = "[[linked]] must be a table of parameters and values, and of their name and levels if you like."
        raise ConfigIssuesError([ConfigIssue((), message)])
    issues = [
        ConfigIssue((key,), f"[[linked]] holds {', '.join(known)}, not {printable(key)}.{did_you_mean(key, known)}")
        for key in itertools.islice(table, MOST_ISSUES)
        if key not in known
    ]
    names, rows = table.get("parameters"), table.get("values")
    least = 1 if table.get("levels") else 2
    if not isinstance(names, list | tuple) or not least <= len(names) <= MOST_LINKED:
        message = f"[[linked]] parameters must be a list of {least} to {MOST_LINKED} parameters."
        issues.append(ConfigIssue(("parameters",), message))
    if not isinstance(rows, list | tuple) or not 1 <= len(rows) <= MOST_LEVELS:
        message = (
            f"[[linked]] values must be a list of 1 to {MOST_LEVELS:,} rows, each a list of one value a parameter."
        )
        issues.append(ConfigIssue(("values",), message))
    if issues:
        raise ConfigIssuesError(issues)
    return list(names or ()), list(rows or ())


def _specs(names: list[object], *, mixed: bool) -> list[Parameter]:
    """The parameters called `names`: known, different, and of one role unless they may be `mixed`."""
    issues = []
    for place, name in enumerate(names):
        if not isinstance(name, str) or not is_parameter(name):
            message = f"[[linked]] {shown(name)} is not a parameter.{nearest_parameter(str(name))}"
        elif name in names[:place]:
            message = f'[[linked]] names "{name}" twice.'
        else:
            continue
        issues.append(ConfigIssue(("parameters", place), message))
    specs = [] if issues else [parameter(str(name)) for name in names]
    if not mixed and len({spec.role for spec in specs}) > 1:
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
    return tuple(zip(*(as_levels(column) for column in zip(*levels, strict=True)), strict=True))


def _level(specs: list[Parameter], row: object) -> tuple[Value, ...]:
    """One level: a checked value for each parameter."""
    if not isinstance(row, list | tuple) or len(row) != len(specs):
        names = ", ".join(f'"{spec.name}"' for spec in specs)
        message = f"[[linked]] row {shown(row)} must be a list of one value each for {names}."
        raise ConfigIssuesError([ConfigIssue((), message)])
    return tuple(checked_each(enumerate(row), lambda place, value: checked_value(specs[place], value)))
