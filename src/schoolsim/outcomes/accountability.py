"""Stakes and inspection."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Outcome
from schoolsim.outcomes.statistics import mean
from schoolsim.parameters.record import Parameters
from schoolsim.system.state import Clock, State
from schoolsim.system.state.ledger import INSPECTED


def _felt(state: State, p: Parameters, clock: Clock) -> float:
    return float(mean(state.schools.felt_stakes))


OUTCOMES = (
    Outcome("stakes.felt", "level", "Stakes that reach the staff, mean over schools.", _felt),
    Outcome("hours.inspection", "hours/year", "Hours spent getting ready for inspection.", Account("hours", INSPECTED), "years"),
)  # fmt: skip
