"""Config files: found, read, validated, composed and written.

Each name is imported when it is first used: configs are found and listed without what validates them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schoolsim.config.factors import LinkedFactor
    from schoolsim.config.load import config_from_mapping, config_from_text, load_config
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

_HOMES = {
    "ConfigEntry": "locate",
    "Design": "schema",
    "Figure": "schema",
    "LinkedFactor": "factors",
    "Outcomes": "schema",
    "Population": "schema",
    "Range": "settings",
    "Replications": "schema",
    "Setting": "settings",
    "StudyConfig": "study",
    "config_folders": "locate",
    "config_from_mapping": "load",
    "config_from_text": "load",
    "config_paths": "locate",
    "find_config": "locate",
    "list_configs": "locate",
    "load_config": "load",
}
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
    "config_from_text",
    "config_paths",
    "find_config",
    "list_configs",
    "load_config",
]


def __getattr__(name: str) -> object:
    """The public name, from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
