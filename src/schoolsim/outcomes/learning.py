"""Learning from others: transfers, and how able people are to learn and to pass on."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Outcome, Pass
from schoolsim.system.state.ledger import DEVELOPING, FOLLOWING, TRANSFERS

IN_PASS = Pass("learning")

OUTCOMES = (
    Outcome("transfers.year", "transfers/year", "Teachers who came to master a practice by half through others in another school.", Account("counts", TRANSFERS), "years"),
    Outcome("learning.mean", "level", "How fast teachers learn from any episode (meta-practice), mean.", IN_PASS),
    Outcome("transfer.mean", "level", "Skill in passing practice on, mean over teachers.", IN_PASS),
    Outcome("dependence.mean", "level", "Dependency on being helped, mean over teachers.", IN_PASS),
    Outcome("hours.developing", "hours/year", "Hours of training, enquiry and analysis of needs.", Account("hours", DEVELOPING), "years"),
    Outcome("hours.following", "hours/year", "Hours of contact after the task, both sides.", Account("hours", FOLLOWING), "years"),
)  # fmt: skip
