"""What a config may say of a parameter: a value, a list of values, or a range."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from schoolsim.config.errors import Fault, FaultError
from schoolsim.config.names import SECTIONS, section_of
from schoolsim.parameters.declare import Parameter
from schoolsim.parameters.errors import ParameterError, did_you_mean
from schoolsim.parameters.registry import REGISTRY
from schoolsim.parameters.values import Value, shown

Result = TypeVar("Result")

MOST_LEVELS = 10_000
"""More levels than this on one axis is a slip of the keyboard, not a grid."""


@dataclass(frozen=True)
class Range:
    """All values from `low` to `high`; `levels` of them, evenly spaced, for a grid."""

    low: float
    high: float
    levels: int | None = None

    def values(self) -> tuple[Value, ...]:
        """The evenly spaced values of a range that has levels, both ends included.

        Returns:
            `levels` different values; whole numbers when both ends are whole.

        Raises:
            ValueError: The range has no levels.
        """
        if self.levels is None:
            raise ValueError("a range without levels has no list of values")
        whole = isinstance(self.low, int) and isinstance(self.high, int)
        gaps = self.levels - 1
        between = [self.low + (self.high - self.low) * place / gaps for place in range(1, gaps)]
        return (self.low, *(round(value) if whole else value for value in between), self.high)

    def plain(self) -> dict[str, float]:
        """The range as a config file holds it."""
        ends = {"low": self.low, "high": self.high}
        return ends if self.levels is None else {**ends, "levels": self.levels}


Setting = Value | tuple[Value, ...] | Range
"""A fixed value, a sweep over listed values, or a range."""


def checked_section(section: str, given: object) -> dict[str, Setting]:
    """The settings of `[levers]`, `[uncertainties]` or `[constants]`, in catalogue order.

    Raises:
        FaultError: Everything that is wrong, each with its path inside the section.
    """
    if not isinstance(given, Mapping):
        raise FaultError([Fault((), f'[{section}] must be a table of "subject.word" = value lines.')])
    settings = _each(given.items(), lambda name, value: checked_setting(_belonging(name, section), value))
    return {name: settings[name] for name in REGISTRY if name in settings}


def checked_levels(given: object) -> dict[str, Value]:
    """One value for each of some levers: the baseline a contrast is drawn against.

    Raises:
        FaultError: Everything that is wrong, each with its path inside the table.
    """
    if not isinstance(given, Mapping):
        raise FaultError([Fault((), '[outcomes] baseline must be a table of "lever" = level.')])
    return _each(given.items(), lambda name, value: checked_value(_lever(name), value))


def checked_setting(spec: Parameter, value: object) -> Setting:
    """A value, a list of values or a range for `spec`, in its own type.

    Raises:
        FaultError: Everything that is wrong with it.
    """
    if isinstance(value, Range):
        value = value.plain()
    if isinstance(value, Mapping):
        return _range(spec, value)
    if isinstance(value, list | tuple):
        return _sweep(spec, value)
    return checked_value(spec, value)


def checked_value(spec: Parameter, value: object) -> Value:
    """One value for `spec`, in its own type.

    Raises:
        FaultError: The parameter's own message.
    """
    try:
        return spec.check(value)
    except ParameterError as fault:
        raise FaultError([Fault((), str(fault))]) from None


def near_parameter(name: str) -> str:
    """The nearest parameter, or else the subjects there are; to be put after a full stop."""
    hint = did_you_mean(name, REGISTRY)
    if hint:
        return hint
    subjects = dict.fromkeys(known.partition(".")[0] for known in REGISTRY)
    subject = name.partition(".")[0]
    if subject in subjects:
        known = [known for known in REGISTRY if known.startswith(f"{subject}.")]
        return f" The parameters of {subject} are {', '.join(known)}."
    return f" A parameter is named subject.word; the subjects are {', '.join(subjects)}."


def repeats(items: Sequence[object]) -> list[int]:
    """Places of the items that were there before."""
    return [place for place, item in enumerate(items) if item in items[:place]]


def _each(pairs: Iterable[tuple[str, object]], check: Callable[[str, object], Result]) -> dict[str, Result]:
    """`check` on every pair; the faults of all of them are raised together."""
    checked = {}
    faults: list[Fault] = []
    for name, value in pairs:
        try:
            checked[name] = check(name, value)
        except FaultError as found:
            faults += [fault.under(name) for fault in found.faults]
    if faults:
        raise FaultError(faults)
    return checked


def _belonging(name: str, section: str) -> Parameter:
    """The parameter called `name`, if it is one of those `section` holds."""
    spec = REGISTRY.get(name)
    if spec is None:
        raise FaultError([Fault((), f'"{name}" is not a parameter.{near_parameter(name)}')])
    if spec.role != SECTIONS[section]:
        home = section_of(spec)
        message = f'"{name}" is {spec.a_role}: it belongs under [{home}], not under [{section}].'
        raise FaultError([Fault((), message)])
    return spec


def _lever(name: str) -> Parameter:
    """The lever called `name`."""
    spec = REGISTRY.get(name)
    if spec is not None and spec.role != "lever":
        message = f'[outcomes] baseline holds levers only, but "{name}" is {spec.a_role}.'
        raise FaultError([Fault((), message)])
    return _belonging(name, "levers")


def _sweep(spec: Parameter, values: Sequence[object]) -> tuple[Value, ...]:
    if not values:
        message = f'"{spec.name}" has an empty list: give one or more values, each {spec.allowed}.'
        raise FaultError([Fault((), message)])
    checked: list[Value] = []
    faults: list[Fault] = []
    for place, value in enumerate(values):
        try:
            checked.append(checked_value(spec, value))
        except FaultError as found:
            faults += [fault.under(place) for fault in found.faults]
    if not faults:
        faults = [
            Fault((place,), f'"{spec.name}" lists {shown(checked[place])} twice: once is enough.')
            for place in repeats(checked)
        ]
    if faults:
        raise FaultError(faults)
    return tuple(checked)


def _range(spec: Parameter, given: Mapping[str, object]) -> Range:
    faults = list(_range_key_faults(spec, given))
    ends: dict[str, float] = {}
    if not faults:
        for edge in ("low", "high"):
            try:
                end = checked_value(spec, given[edge])
                assert not isinstance(end, str)
                ends[edge] = end
            except FaultError as found:
                faults += [Fault((edge,), f"{edge} of {fault.message}") for fault in found.faults]
    levels = given.get("levels")
    if not faults:
        faults = list(_range_faults(spec, ends["low"], ends["high"], levels))
    if faults:
        raise FaultError(faults)
    return Range(ends["low"], ends["high"], levels if isinstance(levels, int) else None)


def _range_key_faults(spec: Parameter, given: Mapping[str, object]) -> Iterator[Fault]:
    known = ("low", "high", "levels")
    if spec.kind in ("flag", "choice"):
        listed = "[true, false]" if spec.kind == "flag" else shown(spec.options)
        message = f'"{spec.name}" must be {spec.allowed}: give a list such as {listed}, not a table.'
        yield Fault((), message)
        return
    for key in given:
        if key not in known:
            message = f'a range has low, high and levels, but "{spec.name}" has {key}.'
            yield Fault((key,), message + did_you_mean(key, known))
    for edge in known[:2]:
        if edge not in given:
            yield Fault((), f'"{spec.name}" has a range without {edge}: give both low and high.')


def _range_faults(spec: Parameter, low: float, high: float, levels: object) -> Iterator[Fault]:
    if not low < high:
        message = f'"{spec.name}" has low = {low} and high = {high}: low must be below high.'
        yield Fault(("low",), message)
        return
    most = min(int(high - low) + 1, MOST_LEVELS) if spec.kind == "whole" else MOST_LEVELS
    number = isinstance(levels, int) and not isinstance(levels, bool)
    if levels is not None and not (number and 2 <= levels <= most):  # type: ignore[operator]
        message = f"it must be a whole number from 2 to {most}."
        yield Fault(("levels",), f'levels of "{spec.name}" cannot be {shown(levels)}: {message}')
