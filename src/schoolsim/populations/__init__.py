"""Where schools come from: made-up authorities, or files of the Department for Education."""

from __future__ import annotations

from schoolsim.populations.dfe import read_schools
from schoolsim.populations.schools import (
    PHASES,
    PRIMARY,
    SECONDARY,
    SPECIAL,
    PopulationError,
    SchoolTable,
)
from schoolsim.populations.setting import Setting
from schoolsim.populations.synthetic import synthetic_authority, synthetic_system

__all__ = [
    "PHASES",
    "PRIMARY",
    "SECONDARY",
    "SPECIAL",
    "PopulationError",
    "SchoolTable",
    "Setting",
    "read_schools",
    "synthetic_authority",
    "synthetic_system",
]
