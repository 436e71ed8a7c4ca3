"""A study: the resolved content of one config file and of all it is based on."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, model_validator

from schoolsim.config.errors import ConfigIssuesError, first_issues
from schoolsim.config.factors import LinkedFactor
from schoolsim.config.names import FILE_KEYS, is_file
from schoolsim.config.schema import ConfigFile
from schoolsim.config.settings import Range, Setting
from schoolsim.config.validation import cross_field_issues, run_as
from schoolsim.config.write import to_toml
from schoolsim.parameters.constraints import CONSTRAINTS
from schoolsim.parameters.errors import ConfigError
from schoolsim.parameters.idle import Idle, idle_levers
from schoolsim.parameters.registry import REGISTRY, in_order, parameter
from schoolsim.parameters.scenario import Scenario
from schoolsim.parameters.timetable import timetable
from schoolsim.parameters.values import Value


class StudyConfig(ConfigFile):
    """A resolved study: no base is left, and its parts fit together.

    Load one with `load_config`; make one in Python with `config_from_mapping`. Paths in it
    (`population.source`, `population.ties`, `design.file`) are absolute.
    """

    @model_validator(mode="after")
    def _fields_fit(self) -> StudyConfig:
        issues = first_issues(cross_field_issues(self))
        if issues:
            raise ConfigIssuesError(issues)
        return self

    @property
    def settings(self) -> dict[str, Setting]:
        """Every parameter the study sets outside `[[linked]]`, in catalogue order."""
        settings = {**self.levers, **self.uncertainties, **self.constants}
        return {name: settings[name] for name in in_order(settings)}

    def fixed(self) -> dict[str, Value]:
        """The parameters set to one value, in catalogue order."""
        return {name: setting for name, setting in self.settings.items() if not isinstance(setting, tuple | Range)}

    def swept(self) -> dict[str, tuple[Value, ...] | Range]:
        """The parameters set to a list or a range, in catalogue order; linked ones are apart."""
        return {name: setting for name, setting in self.settings.items() if isinstance(setting, tuple | Range)}

    def axes(self) -> tuple[str, ...]:
        """Names of all parameters that vary between points, linked ones too, in order."""
        varying = set(self.swept()).union(*(group.parameters for group in self.linked))
        return tuple(in_order(varying))

    def varied(self, axes: Iterable[str]) -> str:
        """What varies, in words, with its levels or range: `badging.scope (none, individual); setting.density`."""
        swept = self.swept()
        return "; ".join(f"{axis} ({_in_words(swept[axis])})" if axis in swept else axis for axis in axes)

    @property
    def baseline(self) -> dict[str, Value]:
        """The level of each lever that others are compared with, as it stands among the levels that are run."""
        return {name: run_as(self, name, level) for name, level in self.outcomes.baseline.items()}

    def possible(self, name: str) -> tuple[Value, ...] | None:
        """The values a parameter may have in the study, or the ends of its range; None where only a file knows.

        A lever without the name of a programme may have those of any programme; a programme's own, where it has none,
        that of all.
        """
        given = self._set
        word = name.rpartition("/")[2]
        if "/" in name:
            settings = given.get(name) or given.get(word) or ()
        else:
            settings = given.get(name, ())
            others = [setting for other, own in given.items() if other.endswith(f"/{name}") for setting in own]
            if others and not settings:
                settings = (parameter(word).default,)
            settings = (*settings, *others)
        if not settings:
            return None if self.design.kind == "file" else (parameter(word).default,)
        return tuple(value for setting in settings for value in _values(setting))

    @property
    def _set(self) -> dict[str, tuple[Value | Range, ...]]:
        """All that the study sets or varies, linked parameters too, each with its values."""
        settings: dict[str, tuple[Value | Range, ...]] = {
            name: item if isinstance(item, tuple) else (item,) for name, item in self.settings.items()
        }
        for group in self.linked:
            settings |= dict(zip(group.parameters, zip(*group.values, strict=True), strict=True))
        return settings

    def idle_levers(self) -> list[Idle]:
        """Levers that the study varies, or sets to other than their default, and that can have no effect in it."""
        levers = [
            name for name, values in self._set.items()
            if (spec := parameter(name)).role == "lever" and values != (spec.default,)
        ]  # fmt: skip
        return list(idle_levers(levers, self.possible, self.years))

    def scenario(self, point: Mapping[str, object] | None = None) -> Scenario:
        """The fixed values, with those of one `point` of the design put on top.

        Raises:
            ParameterError: A name is unknown or a value not allowed.
        """
        return Scenario.of({**self.fixed(), **({} if point is None else point)})

    def check_points(self, points: Mapping[str, Sequence[Value]]) -> None:
        """Refuse points that no school system can have.

        What the config itself sets and sweeps was checked when it was read; this is for points from a file.

        Args:
            points: Values of every point, by parameter.

        Raises:
            ConfigError: A constraint between parameters is violated; the message names the first such point.
        """
        fixed = {name: spec.default for name, spec in REGISTRY.items()} | self.fixed()
        for constraint in CONSTRAINTS:
            names = [name for name in constraint.parameters if name in points]
            rows = zip(*(points[name] for name in names), strict=True) if names else [()]
            for row, values in enumerate(rows):
                point = fixed | dict(zip(names, values, strict=True))
                if constraint.violated(point):
                    where = f"at point {row + 1} of the design" if names else ""
                    raise ConfigError(f"{self.design.file}: {constraint.message(point, where)}")

    def to_mapping(self, folder: Path | None = None) -> dict[str, Any]:
        """The study as `tomllib` would read it, every key that matters written out.

        Args:
            folder: Write the paths of files relative to this folder; absolute when None.
        """
        data: dict[str, Any] = {name: _plain(getattr(self, name)) for name in ConfigFile.model_fields}
        for section, key in FILE_KEYS:
            path = data[section].get(key)
            if folder is not None and is_file(key, path):
                data[section][key] = Path(os.path.relpath(path, folder)).as_posix()
        return {key: value for key, value in data.items() if key == "title" or value not in (None, {}, [], "")}

    def to_toml(self, folder: Path | None = None) -> str:
        """The study as a config file that loads to an equal study; equal studies, equal text.

        Args:
            folder: Write the paths of files relative to this folder; absolute when None.
        """
        return to_toml(self.to_mapping(folder))


def _plain(value: object) -> Any:
    """A part of a study as plain TOML data, without the keys that were left out."""
    if isinstance(value, BaseModel):
        known = type(value).model_fields
        fields = {key: _plain(item) for key, item in value}
        # What a figure was given beyond the known keys is its own affair, even when empty.
        return {k: v for k, v in fields.items() if k not in known or v not in (None, {}, [])}
    if isinstance(value, Range):
        return value.plain()
    if isinstance(value, LinkedFactor):
        return value.plain()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _values(setting: Value | Range) -> tuple[Value, ...]:
    """A value, the values of a timetable, or the ends of a range."""
    if isinstance(setting, Range):
        return (setting.low, setting.high)
    return tuple(timetable(setting).values())


def _in_words(setting: tuple[Value, ...] | Range) -> str:
    return ", ".join(map(str, setting)) if isinstance(setting, tuple) else f"{setting.low} to {setting.high}"
