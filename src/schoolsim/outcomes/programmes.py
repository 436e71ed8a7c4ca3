"""Programmes closed by changes of policy."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Outcome
from schoolsim.system.state.ledger import RESETS

OUTCOMES = (
    Outcome("policy.resets", "resets/year", "Changes of policy that closed the programme's schemes.", Account("counts", RESETS), "years"),
)  # fmt: skip
