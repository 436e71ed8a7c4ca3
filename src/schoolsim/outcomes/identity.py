"""Confidence, and what else people bring to learning from others."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Outcome, Pass

IN_PASS = Pass("identity")

OUTCOMES = (
    Outcome("confidence.mean", "level", "Confidence that one has something to share, mean over teachers.", IN_PASS),
    Outcome("confidence.partner", "level", "The same, mean over teachers of partner schools.", IN_PASS),
    Outcome("confidence.originator", "level", "The same, mean over teachers of originating schools.", IN_PASS),
)
