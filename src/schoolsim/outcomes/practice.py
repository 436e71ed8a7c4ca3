"""Practices: how many are in use, how new what is tried is, what is known of them."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Outcome, Pass
from schoolsim.system.state.ledger import CREATED

IN_PASS = Pass("practice")

OUTCOMES = (
    Outcome("practices.used", "practices", "Practices a teacher has mastered by half or more, mean over teachers.", IN_PASS, label="Practices in use per teacher", phrase="the number of practices a teacher uses"),
    Outcome("novelty.tried", "share", "Teachers whose focus is a practice that fewer teachers have mastered by half than the average practice.", IN_PASS, label="Teachers trying uncommon practice", phrase="the share of teachers who try an uncommon practice"),
    Outcome("evidence.level", "level", "Strength of the evidence for practices in use, mean.", IN_PASS, label="Evidence for practices in use", phrase="the strength of the evidence for practices in use"),
    Outcome("practices.created", "practices/year", "Practices born in joint work.", Account("counts", CREATED), "years", label="Practices created a year", phrase="the number of practices created a year"),
)  # fmt: skip
