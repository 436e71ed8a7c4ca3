"""Every lever, uncertainty and constant, and scenarios made of them.

A scenario needs NumPy, the catalogue does not: each name is imported when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schoolsim.parameters.declare import Parameter, field_name
    from schoolsim.parameters.errors import ConfigError, ParameterError, UserError
    from schoolsim.parameters.registry import REGISTRY, code, parameter
    from schoolsim.parameters.scenario import Scenario
    from schoolsim.parameters.table import ParameterRow, parameter_rows
    from schoolsim.parameters.values import Value

_HOMES = {
    "REGISTRY": "registry",
    "ConfigError": "errors",
    "Parameter": "declare",
    "ParameterError": "errors",
    "ParameterRow": "table",
    "Scenario": "scenario",
    "UserError": "errors",
    "Value": "values",
    "code": "registry",
    "field_name": "declare",
    "parameter": "registry",
    "parameter_rows": "table",
}
__all__ = [
    "REGISTRY",
    "ConfigError",
    "Parameter",
    "ParameterError",
    "ParameterRow",
    "Scenario",
    "UserError",
    "Value",
    "code",
    "field_name",
    "parameter",
    "parameter_rows",
]


def __getattr__(name: str) -> object:
    """The public name, from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
