"""Settings of a parameter in a config: one value, a list of levels, or a range."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schoolsim.config.errors import MOST_ISSUES, ConfigIssue, ConfigIssuesError, checked_each
from schoolsim.config.names import SECTIONS, section_of
from schoolsim.parameters.declare import Parameter
from schoolsim.parameters.errors import ParameterError, did_you_mean
from schoolsim.parameters.registry import REGISTRY, in_order, parameter
from schoolsim.parameters.timetable import as_levels, is_written_timetable
from schoolsim.parameters.values import Value, printable, shown

MOST_LEVELS = 10_000
"""Largest number of levels on one axis; more are a slip of the keyboard, not a grid."""


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
        integers = isinstance(self.low, int) and isinstance(self.high, int)
        gaps = self.levels - 1
        between = [self.low + (self.high - self.low) * place / gaps for place in range(1, gaps)]
        return (self.low, *(round(value) if integers else value for value in between), self.high)

    def plain(self) -> dict[str, float]:
        """The range as a config file holds it."""
        ends = {"low": self.low, "high": self.high}
        return ends if self.levels is None else {**ends, "levels": self.levels}


Setting = Value | tuple[Value, ...] | Range
"""A fixed value, a sweep over listed values, or a range."""


def checked_section(section: str, table: object) -> dict[str, Setting]:
    """The settings of `[levers]`, `[uncertainties]` or `[constants]`, in catalogue order.

    Raises:
        ConfigIssuesError: Everything that is wrong, each with its path inside the section.
    """
    if not isinstance(table, Mapping):
        raise ConfigIssuesError([ConfigIssue((), f'[{section}] must be a table of "subject.word" = value lines.')])
    values = checked_each(table.items(), lambda name, value: checked_setting(_parameter_of(section, name), value))
    settings = dict(zip(table, values, strict=True))
    return {name: settings[name] for name in in_order(settings)}


def checked_baseline(table: object) -> dict[str, Value]:
    """One level for each of some levers: the baseline that contrasts are drawn against.

    Raises:
        ConfigIssuesError: Everything that is wrong, each with its path inside the table.
    """
    if not isinstance(table, Mapping):
        raise ConfigIssuesError([ConfigIssue((), '[outcomes] baseline must be a table of "lever" = level.')])
    values = checked_each(table.items(), lambda name, value: checked_value(_lever(name), value))
    return dict(zip(table, values, strict=True))


def checked_setting(spec: Parameter, value: object) -> Setting:
    """A value (a timetable is one), a list of values or a range for `spec`, in its own type.

    Raises:
        ConfigIssuesError: Everything that is wrong with it.
    """
    if isinstance(value, Range):
        value = value.plain()
    if isinstance(value, Mapping) and not is_written_timetable(value):
        return _range(spec, value)
    if isinstance(value, list | tuple):
        return _levels(spec, value)
    return checked_value(spec, value)


def checked_value(spec: Parameter, value: object) -> Value:
    """One value for `spec`, in its own type.

    Raises:
        ConfigIssuesError: The parameter's own message.
    """
    try:
        return spec.check(value)
    except ParameterError as error:
        raise ConfigIssuesError([ConfigIssue((), str(error))]) from None


def nearest_parameter(name: str) -> str:
    """A hint at the nearest parameter, or else at the subjects there are; follows a full stop."""
    hint = did_you_mean(name, REGISTRY)
    if hint:
        return hint
    subjects = dict.fromkeys(known.partition(".")[0] for known in REGISTRY)
    subject = name.partition(".")[0]
    if subject in subjects:
        known = [known for known in REGISTRY if known.startswith(f"{subject}.")]
        return f" The parameters of {subject} are {', '.join(known)}."
    return f" A parameter is named subject.word; the subjects are {', '.join(subjects)}."


def repeats(items: Sequence[Hashable]) -> list[int]:
    """Positions of the items that equal an earlier one."""
    known: set[object] = set()
    places = []
    for place, item in enumerate(items):
        if item in known:
            places.append(place)
        known.add(item)
    return places


def _parameter_of(section: str, name: str) -> Parameter:
    """The parameter called `name`, if `section` may hold it."""
    spec = _named(name)
    if spec.role != SECTIONS[section]:
        home = section_of(spec)
        message = f'"{name}" is {spec.a_role}: it belongs under [{home}], not under [{section}].'
        raise ConfigIssuesError([ConfigIssue((), message)])
    return spec


def _lever(name: str) -> Parameter:
    """The lever called `name`."""
    spec = _named(name)
    if spec.role != "lever":
        message = f'[outcomes] baseline holds levers only, but "{name}" is {spec.a_role}.'
        raise ConfigIssuesError([ConfigIssue((), message)])
    return spec


def _named(name: str) -> Parameter:
    """The parameter, or the lever of one programme, called `name`."""
    try:
        return parameter(name)
    except ParameterError as error:
        message = str(error) if "/" in name else f"{shown(name)} is not a parameter.{nearest_parameter(name)}"
        raise ConfigIssuesError([ConfigIssue((), message)]) from None


def _levels(spec: Parameter, values: Sequence[object]) -> tuple[Value, ...]:
    """A list of levels: one or more, all different."""
    if not values:
        message = f'"{spec.name}" has an empty list: give one or more values, each {spec.allowed}.'
        raise ConfigIssuesError([ConfigIssue((), message)])
    if len(values) > MOST_LEVELS:
        message = f'"{spec.name}" lists {len(values):,} values: at most {MOST_LEVELS:,} are tried.'
        raise ConfigIssuesError([ConfigIssue((), message)])
    levels = checked_each(enumerate(values), lambda _, value: checked_value(spec, value))
    issues = [
        ConfigIssue((place,), f'"{spec.name}" lists {shown(levels[place])} twice: once is enough.')
        for place in repeats(levels)[:MOST_ISSUES]
    ]
    if issues:
        raise ConfigIssuesError(issues)
    return as_levels(tuple(levels))


def _range(spec: Parameter, table: Mapping[str, object]) -> Range:
    """A range of numbers, its keys checked before its ends, and its ends before its levels."""
    issues = list(_range_key_issues(spec, table))
    ends: dict[str, float] = {}
    if not issues:
        for edge in ("low", "high"):
            try:
                end = checked_value(spec, table[edge])
                assert not isinstance(end, str)
                ends[edge] = end
            except ConfigIssuesError as error:
                issues += [ConfigIssue((edge,), f"{edge} of {issue.message}") for issue in error.issues]
    levels = table.get("levels")
    if not issues:
        issues = list(_range_issues(spec, ends["low"], ends["high"], levels))
    if issues:
        raise ConfigIssuesError(issues)
    return Range(ends["low"], ends["high"], levels if isinstance(levels, int) else None)


def _range_key_issues(spec: Parameter, table: Mapping[str, object]) -> Iterator[ConfigIssue]:
    """Keys a range lacks or does not have, and ranges of what is no number."""
    known = ("low", "high", "levels")
    if spec.kind in ("flag", "choice"):
        example = "[true, false]" if spec.kind == "flag" else shown(spec.options)
        years = f", or by years: {{ 0 = {shown(spec.default)}, 3 = ... }}" if spec.may_change else ""
        message = f'"{spec.name}" must be {spec.allowed}: give a list such as {example}, not a table{years}.'
        yield ConfigIssue((), message)
        return
    for key in table:
        if key not in known:
            message = f'a range has low, high and levels, but "{spec.name}" has {printable(key)}.'
            meant = _OTHER_WORDS.get(str(key).lower())
            yield ConfigIssue((key,), message + (f' Did you mean "{meant}"?' if meant else did_you_mean(key, known)))
    meant_edges = {_OTHER_WORDS.get(str(key).lower()) for key in table}
    for edge in known[:2]:
        if edge not in table and edge not in meant_edges:
            yield ConfigIssue((), f'"{spec.name}" has a range without {edge}: give both low and high.')


_OTHER_WORDS = {
    "min": "low", "minimum": "low", "from": "low", "start": "low", "lower": "low", "max": "high", "maximum": "high",
    "to": "high", "end": "high", "stop": "high", "upper": "high", "steps": "levels", "points": "levels", "n": "levels",
}  # fmt: skip
"""What other tools call the keys of a range."""


def _range_issues(spec: Parameter, low: float, high: float, levels: object) -> Iterator[ConfigIssue]:
    """Ends in the wrong order, and numbers of levels a range cannot have."""
    if not low < high:
        message = f'"{spec.name}" has low = {low} and high = {high}: low must be below high.'
        yield ConfigIssue(("low",), message)
        return
    most = min(int(high - low) + 1, MOST_LEVELS) if spec.kind == "whole" else MOST_LEVELS
    is_count = isinstance(levels, int) and not isinstance(levels, bool) and 2 <= levels <= most
    if levels is not None and not is_count:
        message = f"it must be a whole number from 2 to {most}."
        yield ConfigIssue(("levels",), f'levels of "{spec.name}" cannot be {shown(levels)}: {message}')
    elif isinstance(levels, int) and repeats(Range(low, high, levels).values()):
        message = f"there are not so many numbers from {low} to {high}."
        yield ConfigIssue(("levels",), f'levels of "{spec.name}" cannot be {levels}: {message}')
