"""Every lever, uncertainty and constant, and the config files that set them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schoolsim.parameters.declare import Parameter, field_name
from schoolsim.parameters.errors import ConfigError, ParameterError, UserError
from schoolsim.parameters.registry import REGISTRY, code, parameter
from schoolsim.parameters.rows import ParameterRow, parameter_rows
from schoolsim.parameters.scenario import RECORD_DTYPE, Scenario
from schoolsim.parameters.values import Value

if TYPE_CHECKING:
    from schoolsim.parameters.config import (
        ConfigEntry,
        Linked,
        Range,
        StudyConfig,
        config_from_mapping,
        list_configs,
        load_config,
    )

__all__ = [
    "RECORD_DTYPE",
    "REGISTRY",
    "ConfigEntry",
    "ConfigError",
    "Linked",
    "Parameter",
    "ParameterError",
    "ParameterRow",
    "Range",
    "Scenario",
    "StudyConfig",
    "UserError",
    "Value",
    "code",
    "config_from_mapping",
    "field_name",
    "list_configs",
    "load_config",
    "parameter",
    "parameter_rows",
]


def __getattr__(name: str) -> Any:
    """Import the config room when first asked for: its checks need pydantic, a run does not."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from schoolsim.parameters import config

    return getattr(config, name)
