"""Timetables of levers: a value from the first year of policy, and others from later years on.

Wherever a value can stand, a timetable stands as its text, `none; collective from year 3`: in a scenario, in the tables
of a study and in their hashes it is one more level of the lever. People write it as a table of years,
`{ 0 = "none", 3 = "collective" }`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from schoolsim.parameters.errors import ParameterError
from schoolsim.parameters.values import Value, shown

if TYPE_CHECKING:
    from schoolsim.parameters.declare import Parameter

LATEST_YEAR = 200
"""The last year in which a lever may change: the longest run there is."""

THROUGHOUT = " throughout"
"""What follows a value that does not change, where it is a level beside timetables."""

_STEP = re.compile(r"(\S+) from year ([0-9]{1,3})")
_YEAR = re.compile(r"0|[1-9][0-9]{0,2}")
_LIKE_A_YEAR = re.compile(r"[-+]?[0-9]")


def is_timetable(value: object) -> bool:
    """Whether a checked value is a timetable."""
    return isinstance(value, str) and " from year " in value


def is_written_timetable(value: object) -> bool:
    """Whether what somebody wrote is meant as a timetable: a table of years, or the text of one."""
    if isinstance(value, Mapping):
        return any(_LIKE_A_YEAR.match(str(key)) for key in value)
    return is_timetable(value) or (isinstance(value, str) and value.endswith(THROUGHOUT))


def checked_timetable(spec: Parameter, written: object) -> Value:
    """The value of `spec` that a timetable stands for: its text, or a plain value where it never changes.

    Args:
        spec: A lever.
        written: Values by year, or the text of a timetable.

    Raises:
        ParameterError: The parameter can have none, year 0 is missing, or a year or value is not allowed.
    """
    if spec.role != "lever":
        raise ParameterError(
            f'"{spec.name}" is {spec.a_role}, which no policy changes: only a lever has a timetable. It must be '
            f"{spec.allowed}."
        )
    if spec.read_once:
        raise ParameterError(
            f'"{spec.name}" can have no timetable: it is read once, {spec.read_once}. It must be {spec.allowed}.'
        )
    table = written if isinstance(written, Mapping) else _table(str(written))
    if table is None:
        raise ParameterError(
            f'"{spec.name}" cannot be {shown(written)}: a timetable as text has a value, and then others with rising '
            f'years, such as "{_text(spec.default)}; ... from year 3; ... from year 5".'
        )
    years = _years(spec, table)
    steps: list[tuple[int, Value]] = []
    for year, value in sorted(years.items()):
        if isinstance(value, Mapping) or is_written_timetable(value):
            raise ParameterError(f'"{spec.name}" has a timetable within its timetable: each year has one value.')
        checked = spec.check(value)
        if not steps or checked != steps[-1][1]:
            steps.append((year, checked))
    (_, first), *later = steps
    return "; ".join([_text(first), *(f"{_text(value)} from year {year}" for year, value in later)]) if later else first


def timetable(value: Value) -> dict[int, Value]:
    """The values of a lever by the year from which each holds; year 0 comes first.

    Args:
        value: A checked value, or a level beside timetables; one that never changes holds from year 0 on.
    """
    table = _table(str(value)) if is_written_timetable(value) else None
    return {0: value} if table is None else table


def value_in(value: Value, year: int) -> Value:
    """What a lever's value is in a year of policy; before the policy it is that of year 0."""
    if not is_timetable(value):
        return value
    steps = timetable(value)
    return steps[max(step for step in steps if step <= max(0, year))]


def as_levels(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Levels of one lever in one type: where a timetable is among them, what never changes is text too."""
    if not any(map(is_timetable, values)):
        return values
    return tuple(value if isinstance(value, str) else f"{_text(value)}{THROUGHOUT}" for value in values)


def _years(spec: Parameter, table: Mapping[Any, object]) -> dict[int, object]:
    years: dict[int, object] = {}
    for key, value in table.items():
        if not _YEAR.fullmatch(str(key)) or int(str(key)) > LATEST_YEAR:
            raise ParameterError(
                f'"{spec.name}" has {shown(key)} in its timetable: years are whole numbers from 0 to {LATEST_YEAR}.'
            )
        if int(str(key)) in years:
            raise ParameterError(f'"{spec.name}" has year {key} twice in its timetable.')
        years[int(str(key))] = value
    if 0 not in years:
        raise ParameterError(f'"{spec.name}" has a timetable without year 0: say what holds as the policy begins.')
    return years


def _table(text: str) -> dict[int, Value] | None:
    """The values by year that a timetable's text names; None where it is not the text of one."""
    first, *later = text.split("; ")
    found = {0: _parsed(first.removesuffix(THROUGHOUT))}
    for part in later:
        step = _STEP.fullmatch(part)
        if step is None or int(step[2]) <= max(found):
            return None
        found[int(step[2])] = _parsed(step[1])
    return found


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parsed(word: str) -> Value:
    """A value from its text: true or false, a number, or an option."""
    if word in ("true", "false"):
        return word == "true"
    for number in (int, float):
        try:
            return number(word)
        except ValueError:
            continue
    return word
