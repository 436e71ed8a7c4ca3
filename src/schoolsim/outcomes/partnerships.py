"""Partnerships: how many, in which mode, how old, on what they work."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Measure, Outcome, Pass
from schoolsim.system.state.ledger import BEGUN, DRIFTED, ENDED

IN_PASS = Pass("partnerships")

OUTCOMES = (
    Outcome("partnerships.active", "partnerships", "Partnerships at work.", IN_PASS),
    Outcome("partnerships.replication", "partnerships", "Partnerships that replicate.", IN_PASS),
    Outcome("partnerships.adaptation", "partnerships", "Partnerships that adapt.", IN_PASS),
    Outcome("partnerships.exchange", "partnerships", "Partnerships that exchange.", IN_PASS),
    Outcome("partnerships.creation", "partnerships", "Partnerships that try to create.", IN_PASS),
    Outcome("partnerships.age", "half-terms", "Age of partnerships, mean.", IN_PASS),
    Outcome("partnerships.programme", "partnerships", "Partnerships of the programme that are still at work.", IN_PASS),
    Outcome("partnerships.courting", "share", "Partnerships still getting together, of those at work.", IN_PASS),
    Outcome("partnerships.settled", "share", "Partnerships in settled work, of those at work.", IN_PASS),
    Outcome("partnerships.begun", "partnerships/year", "Partnerships begun.", Account("counts", BEGUN), "years"),
    Outcome("partnerships.ended", "partnerships/year", "Partnerships ended.", Account("counts", ENDED), "years"),
    Outcome("engagement.mean", "level", "Engagement of learners in joint work, mean over partnerships.", IN_PASS),
    Outcome("needs.own", "share", "Partnerships that work on the partner's own need.", IN_PASS),
    Outcome("disclosure.share", "share", "Focuses chosen after the partner admitted a weakness, of all chosen (0 where none were).", Measure("partnerships", "disclosed_share")),
    Outcome("focus.drifted", "partnerships/year", "Partnerships that took the fund's theme in place of their own focus.", Account("counts", DRIFTED), "years"),
    Outcome("repertoires.alike", "share", "What both of two schools at work together hold, of what either holds, mean over partnerships.", IN_PASS),
    Outcome("originated.ever", "share", "Schools that have ever originated, or worked in a mode without originators.", IN_PASS),
)  # fmt: skip
