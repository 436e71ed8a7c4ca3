"""Brokers: what they know, and whom they bring together."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Measure, Outcome
from schoolsim.system.state.ledger import BROKERAGE, COACHING, INTRODUCED, INTRODUCED_MET, INTRODUCED_WORK

OUTCOMES = (
    Outcome("broker.knowledge", "schools", "How well brokers know a school, summed over brokers, mean over schools.", Measure("brokers", "knowledge"), label="Brokers' knowledge of schools", phrase="brokers' knowledge of schools"),
    Outcome("broker.introductions", "introductions/year", "Pairs of schools brokers brought together.", Account("counts", INTRODUCED), "years", label="Introductions by brokers a year", phrase="the number of introductions by brokers a year"),
    Outcome("introductions.met", "introductions/year", "Introductions that became a first meeting.", Account("counts", INTRODUCED_MET), "years", label="Introductions that led to a meeting", phrase="the number of introductions a year that become a meeting"),
    Outcome("introductions.work", "introductions/year", "Introductions that became joint work.", Account("counts", INTRODUCED_WORK), "years", label="Introductions that led to joint work", phrase="the number of introductions a year that become joint work"),
    Outcome("hours.brokers", "hours/year", "Hours brokers spent.", Account("hours", BROKERAGE), "years", label="Time brokers spend", phrase="the time brokers spend"),
    Outcome("hours.coaching", "hours/year", "Hours advanced skills teachers give colleagues at home.", Account("hours", COACHING), "years", label="Time in coaching at home", phrase="the time advanced skills teachers spend coaching colleagues at home"),
)  # fmt: skip
