"""Config files: found, read, validated, composed and written."""

from __future__ import annotations

from schoolsim.config.factors import LinkedFactor
from schoolsim.config.load import config_from_mapping, load_config
from schoolsim.config.locate import (
    ConfigEntry,
    config_folders,
    config_paths,
    find_config,
    list_configs,
)
from schoolsim.config.schema import (
    Design,
    Figure,
    Outcomes,
    Population,
    Replications,
)
from schoolsim.config.settings import Range, Setting
from schoolsim.config.study import StudyConfig

__all__ = [
    "ConfigEntry",
    "Design",
    "Figure",
    "LinkedFactor",
    "Outcomes",
    "Population",
    "Range",
    "Replications",
    "Setting",
    "StudyConfig",
    "config_folders",
    "config_from_mapping",
    "config_paths",
    "find_config",
    "list_configs",
    "load_config",
]
