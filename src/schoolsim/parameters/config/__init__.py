"""Config files: read, checked, put together, written."""

from __future__ import annotations

from schoolsim.parameters.config.linked import Linked
from schoolsim.parameters.config.load import config_from_mapping, load_config
from schoolsim.parameters.config.places import (
    ConfigEntry,
    config_folders,
    find_config,
    list_configs,
)
from schoolsim.parameters.config.sections import (
    Design,
    Figure,
    Outcomes,
    Population,
    Replications,
)
from schoolsim.parameters.config.settings import Range, Setting
from schoolsim.parameters.config.study import StudyConfig

__all__ = [
    "ConfigEntry",
    "Design",
    "Figure",
    "Linked",
    "Outcomes",
    "Population",
    "Range",
    "Replications",
    "Setting",
    "StudyConfig",
    "config_folders",
    "config_from_mapping",
    "find_config",
    "list_configs",
    "load_config",
]
