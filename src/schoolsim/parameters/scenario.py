"""A scenario: one value for every lever, uncertainty and constant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schoolsim.parameters.constraints import violations
from schoolsim.parameters.errors import ParameterError
from schoolsim.parameters.mechanisms import neutral_values
from schoolsim.parameters.registry import REGISTRY, parameter
from schoolsim.parameters.values import Value

if TYPE_CHECKING:
    from schoolsim.parameters.record import Parameters

_PLACES = {name: place for place, name in enumerate(REGISTRY)}
_DEFAULTS: tuple[Value, ...] = tuple(spec.default for spec in REGISTRY.values())
_CODES: dict[int, dict[Value, int]] = {
    place: {option: number for number, option in enumerate(spec.options)}
    for place, spec in enumerate(REGISTRY.values())
    if spec.kind == "choice"
}


@dataclass(frozen=True, slots=True, repr=False)
class Scenario:
    """Checked values of all parameters; it cannot change, and equal values make it equal.

    Make one with `Scenario.of`. Read a value with `scenario["market.choice_weight"]`.
    """

    _levels: tuple[Value, ...]

    @classmethod
    def of(cls, overrides: Mapping[str, object] | None = None) -> Scenario:
        """The defaults with `overrides` put in their place.

        Raises:
            ParameterError: A name is unknown, a value not allowed, or values cannot be together; the
                message lists every mistake.
        """
        return cls(_DEFAULTS).with_({} if overrides is None else overrides)

    def with_(self, overrides: Mapping[str, object]) -> Scenario:
        """A copy with `overrides` put in place.

        Raises:
            ParameterError: A name is unknown, a value not allowed, or values cannot be together; the
                message lists every mistake.
        """
        levels = list(self._levels)
        messages = []
        for name, value in overrides.items():
            try:
                levels[_PLACES[parameter(name).name]] = parameter(name).check(value)
            except ParameterError as error:
                messages.append(str(error))
        if messages:
            raise ParameterError("\n".join(messages))
        scenario = Scenario(tuple(levels))
        values = scenario.values
        messages = [constraint.message(values) for constraint in violations(values)]
        if messages:
            raise ParameterError("\n".join(messages))
        return scenario

    def __getitem__(self, name: str) -> Value:
        """Value of the parameter called `name`."""
        return self._levels[_PLACES[parameter(name).name]]

    def __repr__(self) -> str:
        """Show only what differs from the defaults."""
        return f"Scenario.of({self.changed()!r})"

    @property
    def values(self) -> dict[str, Value]:
        """Every parameter's value by name, in catalogue order; the caller's own copy."""
        return dict(zip(REGISTRY, self._levels, strict=True))

    def changed(self) -> dict[str, Value]:
        """Only the values that differ from the defaults."""
        return {
            name: level
            for name, level, default in zip(REGISTRY, self._levels, _DEFAULTS, strict=True)
            if level != default
        }

    def in_force(self) -> Scenario:
        """The scenario that a run uses: every mechanism that is switched off is made neutral."""
        return self.with_(neutral_values(self.values))

    def record(self) -> Parameters:
        """The values as compiled code takes them: a field a parameter, a choice as its code."""
        from schoolsim.parameters.record import Parameters  # which needs the compiler

        row = list(self._levels)
        for place, numbers in _CODES.items():
            row[place] = numbers[row[place]]
        return Parameters(tuple(row))
