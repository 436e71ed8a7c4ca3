"""The order of a half-term, and a run without agents."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Final

from schoolsim.outcomes.ledger import open_half_term
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
from schoolsim.system.state import Clock, Parameters, State

Phase = Callable[[State, Parameters, Clock], None]

_IN_ORDER: Final[tuple[ModuleType, ...]] = (
    policy, market, leadership, needs, brokerage, matching, joint_work, classroom, relations, outcomes, careers,
)  # fmt: skip
#: Name and function of each phase, in the order of a half-term.
PHASES: Final[tuple[tuple[str, Phase], ...]] = tuple(
    (phase.__name__.rsplit(".", 1)[-1], phase.run) for phase in _IN_ORDER
)


def half_term(state: State, p: Parameters, clock: Clock, phases: tuple[tuple[str, Phase], ...] = PHASES) -> None:
    """Run one half-term: every phase once, in order."""
    open_half_term(*state.ledger)
    for _, phase in phases:
        phase(state, p, clock)
