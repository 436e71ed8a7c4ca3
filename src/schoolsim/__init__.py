"""schoolsim: how schools learn from one another while they compete."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.2.0"

if TYPE_CHECKING:
    from schoolsim.config import load_config as load_config
    from schoolsim.evaluations import Evaluation as Evaluation
    from schoolsim.evaluations import evaluate as evaluate
    from schoolsim.mapping import NetworkMap as NetworkMap
    from schoolsim.mapping import map_network as map_network
    from schoolsim.outcomes.catalog import outcome as outcome
    from schoolsim.outcomes.outcome import Outcome as Outcome
    from schoolsim.parameters import Scenario as Scenario
    from schoolsim.policy_search import search as search
    from schoolsim.populations import SchoolTable as SchoolTable
    from schoolsim.populations import read_schools as read_schools
    from schoolsim.populations import synthetic_authority as synthetic_authority
    from schoolsim.stories import story as story
    from schoolsim.studies import Study as Study
    from schoolsim.studies import StudyResult as StudyResult
    from schoolsim.system.agents import Broker as Broker
    from schoolsim.system.agents import School as School
    from schoolsim.system.agents import Teacher as Teacher
    from schoolsim.system.school_system import SchoolSystem as SchoolSystem

# Loaded when first asked for: importing schoolsim for one command does not import Mesa, pandas and Arrow.
_HOMES = {
    "Broker": "system.agents",
    "Evaluation": "evaluations",
    "NetworkMap": "mapping",
    "map_network": "mapping",
    "School": "system.agents",
    "SchoolSystem": "system.school_system",
    "SchoolTable": "populations",
    "Scenario": "parameters",
    "Study": "studies",
    "StudyResult": "studies",
    "Teacher": "system.agents",
    "Outcome": "outcomes.outcome",
    "evaluate": "evaluations",
    "load_config": "config",
    "outcome": "outcomes.catalog",
    "story": "stories",
    "read_schools": "populations",
    "search": "policy_search",
    "synthetic_authority": "populations",
}
__all__ = ["__version__", *sorted(_HOMES)]


def __getattr__(name: str) -> Any:
    """The public name, from its room."""
    if name not in _HOMES:
        raise AttributeError(f"module 'schoolsim' has no attribute {name!r}")
    return getattr(importlib.import_module(f"schoolsim.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
