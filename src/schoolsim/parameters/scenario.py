"""A scenario: one value for every lever, uncertainty and constant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schoolsim.parameters.constraints import violations
from schoolsim.parameters.errors import ParameterError
from schoolsim.parameters.mechanisms import neutral_values
from schoolsim.parameters.programmes import LEVERS, Programme, programmes_of
from schoolsim.parameters.registry import REGISTRY, parameter
from schoolsim.parameters.timetable import timetable, value_in
from schoolsim.parameters.values import Value
from schoolsim.showing import as_html

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
    """Checked values of all parameters, and its programmes; it cannot change, and equal values make it equal.

    Make one with `Scenario.of`. Read a value with `scenario["market.choice_weight"]`, one programme's with
    `scenario["beacon/funding.purse"]`.
    """

    _levels: tuple[Value, ...]
    _named: tuple[tuple[str, tuple[tuple[str, Value], ...]], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no scenario.

        Raises:
            ParameterError: It was called with a name or with values.
        """
        if not isinstance(self._levels, tuple) or len(self._levels) != len(_PLACES):
            raise ParameterError(
                'Scenario.of({"market.choice_weight": 0.6}) makes a scenario; '
                'schoolsim.load_config("beacon").scenario() is that of a config.'
            )

    @classmethod
    def of(cls, overrides: Mapping[str, object] | None = None) -> Scenario:
        """The defaults with `overrides` put in their place.

        Args:
            overrides: Values by parameter. A lever that a programme may set can be written with the programme's name
                before it, `beacon/funding.purse`: then there is a programme of that name. Levers without a name are
                those of every programme that does not set them itself; where none has a name, they make one. A lever
                may have a timetable, values by year of policy: `{"badging.scope": {0: "none", 3: "collective"}}`.

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
        named = {name: dict(pairs) for name, pairs in self._named}
        messages = []
        for name, value in overrides.items():
            try:
                spec = parameter(name)
                programme, slash, lever = spec.name.rpartition("/")
                if slash:
                    named.setdefault(programme, {})[lever] = spec.check(value)
                else:
                    levels[_PLACES[spec.name]] = spec.check(value)
            except ParameterError as error:
                messages.append(str(error))
        if messages:
            raise ParameterError("\n".join(messages))
        scenario = Scenario(tuple(levels), tuple((name, tuple(sorted(named[name].items()))) for name in sorted(named)))
        values = scenario.values
        messages = [constraint.message(values) for constraint in violations(values)]
        if messages:
            raise ParameterError("\n".join(messages))
        return scenario

    def __getitem__(self, name: str) -> Value:
        """Value of the parameter called `name`."""
        spec = parameter(name)
        programme, slash, lever = spec.name.rpartition("/")
        own = dict(self._named).get(programme, ()) if slash else ()
        return dict(own).get(lever, self._levels[_PLACES[lever]])

    def __repr__(self) -> str:
        """Show only what differs from the defaults."""
        return f"Scenario.of({self.changed()!r})"

    def _repr_html_(self) -> str:
        changed = self.changed()
        facts = [(name, f"{value} {parameter(name).unit}".strip()) for name, value in changed.items()]
        return as_html("Scenario", facts or [("all parameters", "at their defaults")])

    @property
    def values(self) -> dict[str, Value]:
        """Every parameter's value by plain name, in catalogue order; the caller's own copy."""
        return dict(zip(REGISTRY, self._levels, strict=True))

    @property
    def programmes(self) -> tuple[Programme, ...]:
        """The programmes, in the order of their names."""
        return programmes_of(self.values, {name: dict(pairs) for name, pairs in self._named})

    def changed(self) -> dict[str, Value]:
        """Only the values that differ from the defaults, and all that a programme sets by its name."""
        plain = {
            name: level
            for name, level, default in zip(REGISTRY, self._levels, _DEFAULTS, strict=True)
            if level != default
        }
        return plain | {f"{name}/{lever}": value for name, pairs in self._named for lever, value in pairs}

    @property
    def years_of_change(self) -> tuple[int, ...]:
        """Years of policy in which a lever changes by its timetable, in order."""
        values = (*self._levels, *(value for _, pairs in self._named for _, value in pairs))
        return tuple(sorted({year for value in values for year in timetable(value)} - {0}))

    def in_year(self, year: int) -> Scenario:
        """The scenario as its timetables have it in a year of policy; before the policy, as in year 0."""
        named = tuple(
            (name, tuple((lever, value_in(value, year)) for lever, value in pairs)) for name, pairs in self._named
        )
        return Scenario(tuple(value_in(level, year) for level in self._levels), named)

    def without_programmes(self) -> Scenario:
        """The same world with no programme in it: a twin to compare with."""
        return Scenario.of({name: value for name, value in self.changed().items() if "/" not in name} | dict(LEVERS))

    def in_force(self, levers: Mapping[str, Value] | None = None) -> dict[str, Value]:
        """The values that a run uses: every mechanism that is switched off is made neutral.

        Args:
            levers: Of a programme, or of several in one place; None for what there is without any.

        Returns:
            Values by parameter, those of year 0 where there are timetables; `in_year` gives the others.
        """
        values = {name: value_in(value, 0) for name, value in (self.values | dict(LEVERS) | dict(levers or {})).items()}
        return values | neutral_values(values)

    def record(self, rows: Iterable[Mapping[str, Value]] = ()) -> Parameters:
        """The values in force as compiled code takes them: a field a parameter, a choice as its code.

        Args:
            rows: Levers by programme, one mapping for each row after the first.

        Returns:
            The record without any programme, the others side by side with it.
        """
        from schoolsim.parameters.record import Parameters  # which needs the compiler

        return Parameters.rows_of([_numbers(self.in_force(levers)) for levers in ({}, *rows)])

    def as_one(self) -> Parameters:
        """All plain values of year 0 in one record, levers with the others: what a rule takes tried by itself."""
        from schoolsim.parameters.record import Parameters  # which needs the compiler

        return Parameters(_numbers(self.in_year(0).values))


def _numbers(values: Mapping[str, Value]) -> tuple[Value, ...]:
    row = list(values.values())
    for place, codes in _CODES.items():
        row[place] = codes[row[place]]
    return tuple(row)
