"""Stakes and inspection."""

from __future__ import annotations

from schoolsim.outcomes.passes.statistics import mean
from schoolsim.parameters.record import Parameters
from schoolsim.system.state import Clock, State


def felt_stakes(state: State, p: Parameters, clock: Clock) -> float:
    """Stakes that reach the staff, mean over schools."""
    return float(mean(state.schools.felt_stakes))
