"""The settings of a dock: parameter values of the engine, and how much of it to run, from configs/docking."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from schoolsim.config.locate import find_config
from schoolsim.parameters import ConfigError, Scenario

_VALUES = ("levers", "uncertainties", "constants")
_TEXT = ("title", "description", "sources")
_SIZES = ("full", "quick")


@dataclass(frozen=True)
class Settings:
    """What one config file of `configs/docking` says.

    Args:
        values: Parameter values of the engine, by name; empty for a model of one's own.
        sizes: Numbers that say how much is run.
        targets: Published numbers, where there are too many to stand in code.
    """

    values: Mapping[str, object]
    sizes: Mapping[str, Any]
    targets: Mapping[str, Any]

    def scenario(self, overrides: Mapping[str, object] | None = None) -> Scenario:
        """The engine's parameters for the dock."""
        return Scenario.of({**self.values, **(overrides or {})})

    def changed(
        self, values: Mapping[str, object] | None = None, sizes: Mapping[str, object] | None = None
    ) -> Settings:
        """The same with some parameter values or sizes put in place."""
        return replace(self, values={**self.values, **(values or {})}, sizes={**self.sizes, **(sizes or {})})


def read_settings(name: str, *, quick: bool = False) -> Settings:
    """Read `configs/docking/<name>.toml`; its `[quick]` goes over its `[full]` where asked for.

    Raises:
        ConfigError: There is no such file, it is no TOML, or it has a section that is not known.
    """
    path = find_config(f"docking/{name}", Path.cwd())
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise ConfigError(f"{path.name}: {fault}") from fault
    known = (*_VALUES, *_TEXT, *_SIZES, "targets")
    strange = sorted(set(data) - set(known))
    if strange:
        raise ConfigError(f'{path.name}: "{strange[0]}" is not a section; there are {", ".join(known)}.')
    values = {key: value for section in _VALUES for key, value in data.get(section, {}).items()}
    sizes = {**data.get("full", {}), **(data.get("quick", {}) if quick else {})}
    return Settings(values, sizes, data.get("targets", {}))
