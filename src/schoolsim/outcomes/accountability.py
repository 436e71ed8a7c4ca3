"""Stakes and inspection."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Measure, Outcome
from schoolsim.system.state.ledger import INSPECTED

OUTCOMES = (
    Outcome("stakes.felt", "level", "Stakes that reach the staff, mean over schools.", Measure("accountability", "felt_stakes")),
    Outcome("hours.inspection", "hours/year", "Hours spent getting ready for inspection.", Account("hours", INSPECTED), "years"),
)  # fmt: skip
