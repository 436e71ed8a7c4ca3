"""Programmes of a scenario: each with its own values of the levers that a programme may set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from schoolsim.parameters.registry import REGISTRY
from schoolsim.parameters.timetable import value_in
from schoolsim.parameters.values import Value

SHORT_FORM = "programme"
"""Name of the one programme whose levers are written without a name."""

LEVERS: Mapping[str, Value] = {spec.name: spec.default for spec in REGISTRY.values() if spec.scope != "system"}
"""The levers a programme may set, and their values where there is none."""


@dataclass(frozen=True)
class Programme:
    """One programme of a scenario.

    Args:
        name: As it is called.
        levers: Its value of every lever of `LEVERS`; a timetable where it changes.
    """

    name: str
    levers: Mapping[str, Value]

    @property
    def sets(self) -> dict[str, Value]:
        """Only the levers that differ from what there is without it."""
        return {name: value for name, value in self.levers.items() if value != LEVERS[name]}

    def in_year(self, year: int) -> Programme:
        """The programme as its timetables have it in a year of policy."""
        return Programme(self.name, {name: value_in(value, year) for name, value in self.levers.items()})


def programmes_of(values: Mapping[str, Value], named: Mapping[str, Mapping[str, Value]]) -> tuple[Programme, ...]:
    """The programmes that these values make.

    Args:
        values: Of all parameters, by plain name.
        named: Values by programme and lever.

    Returns:
        One a name, in the order of names; what it does not set itself it has from the plain values. Where no
        programme has a name: the one that the plain levers make, or none where they make none.
    """
    plain = {lever: values[lever] for lever in LEVERS}
    if named:
        return tuple(Programme(name, plain | dict(named[name])) for name in sorted(named))
    return (Programme(SHORT_FORM, plain),) if plain != LEVERS else ()
