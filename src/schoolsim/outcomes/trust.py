"""Ties between schools: trust, number, hostility; and teachers who have none."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Outcome, Pass

IN_PASS = Pass("trust")

OUTCOMES = (
    Outcome("trust.mean", "level", "Trust each way on ties between schools, mean.", IN_PASS),
    Outcome("trust.active", "level", "Trust each way between schools that work together, mean.", IN_PASS),
    Outcome(
        "trust.rival", "level", "Trust each way on ties between rivals (rivalry of one tenth or more), mean.", IN_PASS
    ),
    Outcome("trust.partner", "level", "Trust of partners in their originators, mean over partnerships.", IN_PASS),
    Outcome("ties.degree", "ties", "Ties a school has, mean.", IN_PASS),
    Outcome("ties.isolated", "share", "Teachers with neither joint work nor a friend in another school.", IN_PASS),
    Outcome("ties.hostile", "ties", "Ties turned to hostility.", IN_PASS),
)
