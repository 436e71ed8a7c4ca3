"""Heads' gates, and the ties that go with heads."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Outcome
from schoolsim.system.state.ledger import BLOCKED, HEADS_TIES

OUTCOMES = (
    Outcome("gate.blocked", "approaches/year", "Searches and approaches stopped by a head.", Account("counts", BLOCKED), "years", label="Approaches blocked by heads", phrase="the number of approaches a year that heads block"),
    Outcome("heads.ties", "ties/year", "Ties heads brought to a new school.", Account("counts", HEADS_TIES), "years", label="Ties brought by new heads", phrase="the number of ties a year that heads bring to a new school"),
)  # fmt: skip
