"""Validates files of patterns and of a calibration: the keys there are, and values a parameter can have."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schoolsim.parameters import REGISTRY, ConfigError
from schoolsim.parameters.errors import ParameterError, did_you_mean


def check_keys(path: Path, data: Mapping[str, Any], keys: tuple[str, ...], what: str) -> None:
    """Refuse a key that is none of `keys`.

    Raises:
        ConfigError: There is one; the message names the file, the key and the nearest that there is.
    """
    for key in data:
        if key not in keys:
            raise ConfigError(f'{path.name}: "{key}" is not a {what}.{did_you_mean(key, keys)}')


def check_values(path: Path, values: Mapping[str, object]) -> None:
    """Refuse a name that is no parameter, and a value that it cannot have.

    Raises:
        ConfigError: There is one; the message names the file and what is allowed.
    """
    for name, value in values.items():
        if name not in REGISTRY:
            raise ConfigError(f'{path.name}: "{name}" is not a parameter.{did_you_mean(name, REGISTRY)}')
        try:
            REGISTRY[name].check(value)
        except ParameterError as fault:
            raise ConfigError(f"{path.name}: {fault}") from fault
