"""The half-term, phase by phase: each file holds order and conditions; what is done stands with its subject."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Final

from schoolsim.parameters.record import Parameters
from schoolsim.system.phases import (
    brokerage,
    careers,
    classroom,
    joint_work,
    leadership,
    market,
    matching,
    needs,
    outcomes,
    policy,
    relations,
)
from schoolsim.system.state import Clock, State

Phase = Callable[[State, Parameters, Clock], None]

_IN_ORDER: Final[tuple[ModuleType, ...]] = (
    policy, market, leadership, needs, brokerage, matching, joint_work, classroom, relations, outcomes, careers,
)  # fmt: skip
#: Name and function of each phase, in the order of a half-term.
PHASES: Final[tuple[tuple[str, Phase], ...]] = tuple(
    (phase.__name__.rsplit(".", 1)[-1], phase.run) for phase in _IN_ORDER
)
