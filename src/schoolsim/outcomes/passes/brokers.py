"""Brokers: what they know, and whom they bring together."""

from __future__ import annotations

from schoolsim.jit import compiled
from schoolsim.parameters.record import Parameters
from schoolsim.system.state import Clock, State


@compiled
def knowledge(state: State, p: Parameters, clock: Clock) -> float:
    """How well brokers know a school, summed over brokers, mean over schools."""
    strengths, known = state.broker_knowledge.strengths, 0.0
    for broker in range(strengths.shape[0]):
        for school in range(strengths.shape[1]):
            known += strengths[broker, school]
    return known / state.schools.rows
