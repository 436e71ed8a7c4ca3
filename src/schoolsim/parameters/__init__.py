"""Every lever, uncertainty and constant, and scenarios made of them."""

from __future__ import annotations

from schoolsim.parameters.declare import Parameter, field_name
from schoolsim.parameters.errors import ConfigError, ParameterError, UserError
from schoolsim.parameters.registry import REGISTRY, code, parameter
from schoolsim.parameters.scenario import Scenario
from schoolsim.parameters.table import ParameterRow, parameter_rows
from schoolsim.parameters.values import Value

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
