"""Heads' gates, and the ties that go with heads."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Outcome
from schoolsim.system.state.ledger import BLOCKED, HEADS_TIES

OUTCOMES = (
    Outcome("gate.blocked", "approaches/year", "Searches and approaches stopped by a head.", Account("counts", BLOCKED), "years"),
    Outcome("heads.ties", "ties/year", "Ties heads brought to a new school.", Account("counts", HEADS_TIES), "years"),
)  # fmt: skip
