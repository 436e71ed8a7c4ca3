"""Practices: how many are in use, how new what is tried is, what is known of them."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Outcome, Pass
from schoolsim.system.state.ledger import CREATED

IN_PASS = Pass("practice")

OUTCOMES = (
    Outcome("practices.used", "practices", "Practices a teacher has mastered by half or more, mean over teachers.", IN_PASS),
    Outcome("novelty.tried", "share", "Teachers whose focus is a practice that fewer teachers have mastered by half than the average practice.", IN_PASS),
    Outcome("evidence.level", "level", "Strength of the evidence for practices in use, mean.", IN_PASS),
    Outcome("practices.created", "practices/year", "Practices born in joint work.", Account("counts", CREATED), "years"),
)  # fmt: skip
