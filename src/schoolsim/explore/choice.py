"""Programmes, a setting and levers as they were chosen for a scenario, and the config they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from schoolsim.config import StudyConfig, config_from_mapping
from schoolsim.config.names import section_of
from schoolsim.parameters import Value, parameter
from schoolsim.parameters.errors import ParameterError, UserError

OPENED = "opened"
"""Stands for the config that the explorer was opened with, where a programme is chosen."""


@dataclass(frozen=True)
class Choice:
    """What one scenario is made of; it cannot change.

    Args:
        programmes: Names of configs; or `OPENED` alone, which is the config that the explorer was opened with.
        setting: Name of a config, empty for none.
        values: What was set by hand, by parameter; of one programme of several, under `beacon/funding.purse`.
    """

    programmes: tuple[str, ...] = ()
    setting: str = ""
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))

    def with_value(self, name: str, value: object) -> Choice:
        """With a parameter at this value.

        Raises:
            ParameterError: There is no such parameter, or it may not have the value.
        """
        spec = parameter(name)
        return replace(self, values={**self.values, spec.name: spec.check(value)})

    def without_value(self, name: str) -> Choice:
        """With a parameter as programmes and setting have it."""
        return replace(self, values={key: value for key, value in self.values.items() if key != name})

    def with_programmes(self, names: tuple[str, ...]) -> Choice:
        """With these programmes; what was set by hand for one that is gone, goes with it."""
        short = {PurePath(name).stem for name in names} if len(names) > 1 else set()
        kept = {
            name: value for name, value in self.values.items() if "/" not in name or name.partition("/")[0] in short
        }
        return replace(self, programmes=names, values=kept)

    def with_setting(self, name: str) -> Choice:
        """In this setting, which the config that was opened cannot be put into.

        Raises:
            UserError: The config that was opened is chosen: it has a world of its own.
        """
        if OPENED in self.programmes and name:
            raise UserError("The config you opened has its own setting. Take its tick away to choose another.")
        return replace(self, setting=name)

    @property
    def several(self) -> tuple[str, ...]:
        """Short names of the programmes, where there is more than one and each has its own levers."""
        return tuple(PurePath(name).stem for name in self.programmes) if len(self.programmes) > 1 else ()

    def config(self, opened: StudyConfig | None, seed: int) -> StudyConfig:
        """The config that it stands for.

        Args:
            opened: What the explorer was opened with: its schools, years and burn-in stay whatever else is chosen.
            seed: Of the run.

        Raises:
            ConfigError: The parts do not go together; the message says which.
        """
        data: dict[str, Any] = {"seed": seed}
        for name, value in self.values.items():
            data.setdefault(section_of(parameter(name)), {})[name] = value
        if self.programmes == (OPENED,) and opened is not None:
            return config_from_mapping(data, on=opened)
        data["title"] = self.title()
        if opened is not None:
            data |= {"years": opened.years, "burn_in_years": opened.burn_in_years}
            data["population"] = opened.to_mapping().get("population", {})
        bases = [self.setting] if self.setting else []
        if len(self.programmes) > 1:
            data["programmes"] = [{"use": name} for name in self.programmes]
        else:
            bases += self.programmes
        return config_from_mapping(data | {"base": bases} if bases else data)

    def title(self, opened: StudyConfig | None = None) -> str:
        """What it is, in a line."""
        if self.programmes == (OPENED,) and opened is not None:
            words = opened.title
        else:
            words = " and ".join(_words(name) for name in self.programmes) or "no programme"
            words += f", {_words(self.setting)}" if self.setting else ""
        count = len(self.values)
        changed = f", {count} value{'' if count == 1 else 's'} set by hand" if count else ""
        return f"{words[:1].upper()}{words[1:]}{changed}"


def checked_choice(choice: Choice, opened: StudyConfig | None, seed: int) -> StudyConfig:
    """The config of a choice, whose values can also be together.

    Raises:
        UserError: They cannot.
    """
    config = choice.config(opened, seed)
    try:
        config.scenario()
    except ParameterError as error:
        raise UserError(str(error)) from None
    return config


def _words(name: str) -> str:
    return PurePath(name).stem.replace("_", " ")
