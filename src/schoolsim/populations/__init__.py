"""Schools of the model: drawn for synthetic authorities, or read from official files of real ones."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
from schoolsim.populations.synthetic import (
    authorities_of,
    synthetic_authority,
    synthetic_schools,
    synthetic_system,
)

if TYPE_CHECKING:
    from schoolsim.populations.drawn_place import draw_place
    from schoolsim.populations.official.build import build_place
    from schoolsim.populations.official.place import Place
    from schoolsim.populations.official.storage import read_place, write_place
    from schoolsim.populations.ties import TieTable, read_ties

# These need packages that a run does without: loaded when asked for.
_ON_DEMAND = {
    "Place": "official.place",
    "TieTable": "ties",
    "build_place": "official.build",
    "draw_place": "drawn_place",
    "read_place": "official.storage",
    "read_ties": "ties",
    "write_place": "official.storage",
}

__all__ = [
    "PHASES",
    "PRIMARY",
    "SECONDARY",
    "SPECIAL",
    "Place",
    "PopulationError",
    "SchoolTable",
    "Setting",
    "TieTable",
    "authorities_of",
    "build_place",
    "draw_place",
    "read_place",
    "read_schools",
    "read_ties",
    "synthetic_authority",
    "synthetic_schools",
    "synthetic_system",
    "write_place",
]


def __getattr__(name: str) -> Any:
    """Load what is asked for."""
    if name in _ON_DEMAND:
        return getattr(import_module(f"{__name__}.{_ON_DEMAND[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
