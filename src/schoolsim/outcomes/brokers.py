"""Brokers: what they know, and whom they bring together."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Measure, Outcome
from schoolsim.system.state.ledger import BROKERAGE, COACHING, INTRODUCED

OUTCOMES = (
    Outcome("broker.knowledge", "schools", "How well brokers know a school, summed over brokers, mean over schools.", Measure("brokers", "knowledge")),
    Outcome("broker.introductions", "introductions/year", "Pairs of schools brokers brought together.", Account("counts", INTRODUCED), "years"),
    Outcome("hours.brokers", "hours/year", "Hours brokers spent.", Account("hours", BROKERAGE), "years"),
    Outcome("hours.coaching", "hours/year", "Hours advanced skills teachers give colleagues at home.", Account("hours", COACHING), "years"),
)  # fmt: skip
