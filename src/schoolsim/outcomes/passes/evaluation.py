"""Evaluation of partnerships, and accreditation of practice."""

from __future__ import annotations

from schoolsim.parameters.record import Parameters
from schoolsim.system.state import Clock, State
from schoolsim.system.state.ledger import ACCREDITED, TOLD


def accreditation_pounds(state: State, p: Parameters, clock: Clock) -> float:
    """Pounds spent on awards, and on telling others of them."""
    return float(state.ledger.pounds[ACCREDITED] + state.ledger.pounds[TOLD])
