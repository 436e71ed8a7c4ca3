"""Brokers: what they know, and whom they bring together."""

from __future__ import annotations

from schoolsim.jit import compiled
from schoolsim.outcomes.outcome import Account, Outcome
from schoolsim.parameters.record import Parameters
from schoolsim.system.state import Clock, State
from schoolsim.system.state.ledger import BROKERAGE, COACHING, INTRODUCED


@compiled
def _knowledge(state: State, p: Parameters, clock: Clock) -> float:
    strengths, known = state.broker_knowledge.strengths, 0.0
    for broker in range(strengths.shape[0]):
        for school in range(strengths.shape[1]):
            known += strengths[broker, school]
    return known / state.schools.rows


OUTCOMES = (
    Outcome("broker.knowledge", "schools", "How well brokers know a school, summed over brokers, mean over schools.", _knowledge),
    Outcome("broker.introductions", "introductions/year", "Pairs of schools brokers brought together.", Account("counts", INTRODUCED), "years"),
    Outcome("hours.brokers", "hours/year", "Hours brokers spent.", Account("hours", BROKERAGE), "years"),
    Outcome("hours.coaching", "hours/year", "Hours advanced skills teachers give colleagues at home.", Account("hours", COACHING), "years"),
)  # fmt: skip
