"""Ties between schools: trust, number, hostility; and teachers who have none."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Outcome, Pass

IN_PASS = Pass("trust")

OUTCOMES = (
    Outcome("trust.mean", "level", "Trust each way on ties between schools, mean.", IN_PASS, label="Trust between schools", phrase="trust between schools"),
    Outcome("trust.active", "level", "Trust each way between schools that work together, mean.", IN_PASS, label="Trust between working partners", phrase="trust between schools that work together"),
    Outcome("trust.rival", "level", "Trust each way on ties between rivals (rivalry of one tenth or more), mean.", IN_PASS, label="Trust between rival schools", phrase="trust between rival schools"),
    Outcome("trust.partner", "level", "Trust of partners in their originators, mean over partnerships.", IN_PASS, label="Partners' trust in originators", phrase="partners' trust in their originators"),
    Outcome("ties.degree", "ties", "Ties a school has, mean.", IN_PASS, label="Ties per school", phrase="the number of ties a school has"),
    Outcome("ties.isolated", "share", "Teachers with neither joint work nor a friend in another school.", IN_PASS, label="Teachers isolated from other schools", phrase="the share of teachers without contact in other schools"),
    Outcome("ties.hostile", "ties", "Ties turned to hostility.", IN_PASS, label="Hostile ties", phrase="the number of hostile ties"),
)  # fmt: skip
