"""Partnerships: how many, in which mode, how old, on what they work."""

from __future__ import annotations

from schoolsim.outcomes.outcome import Account, Measure, Outcome, Pass
from schoolsim.system.state.ledger import BEGUN, DRIFTED, ENDED, MOVED_TRUST

IN_PASS = Pass("partnerships")

OUTCOMES = (
    Outcome("partnerships.active", "partnerships", "Partnerships at work.", IN_PASS, label="Partnerships at work", phrase="the number of partnerships at work"),
    Outcome("partnerships.replication", "partnerships", "Partnerships that replicate.", IN_PASS, label="Partnerships that replicate", phrase="the number of partnerships that replicate practice"),
    Outcome("partnerships.adaptation", "partnerships", "Partnerships that adapt.", IN_PASS, label="Partnerships that adapt", phrase="the number of partnerships that adapt practice"),
    Outcome("partnerships.exchange", "partnerships", "Partnerships that exchange.", IN_PASS, label="Partnerships that exchange", phrase="the number of partnerships that exchange practice"),
    Outcome("partnerships.creation", "partnerships", "Partnerships that try to create.", IN_PASS, label="Partnerships that create", phrase="the number of partnerships that try to create practice"),
    Outcome("partnerships.age", "half-terms", "Age of partnerships, mean.", IN_PASS, label="Age of partnerships", phrase="the mean age of partnerships"),
    Outcome("partnerships.programme", "partnerships", "Partnerships of the programme that are still at work.", IN_PASS, label="Programme's partnerships at work", phrase="the number of the programme's partnerships still at work"),
    Outcome("partnerships.courting", "share", "Partnerships still getting together, with less than half of their hours left for the work, of those at work.", IN_PASS, label="Partnerships still getting together", phrase="the share of partnerships still getting together"),
    Outcome("partnerships.settled", "share", "Partnerships with three quarters of their hours or more for the work, of those at work.", IN_PASS, label="Partnerships in settled work", phrase="the share of partnerships in settled work"),
    Outcome("partnerships.begun", "partnerships/year", "Partnerships begun.", Account("counts", BEGUN), "years", label="Partnerships begun a year", phrase="the number of partnerships begun a year"),
    Outcome("partnerships.ended", "partnerships/year", "Partnerships ended.", Account("counts", ENDED), "years", label="Partnerships ended a year", phrase="the number of partnerships ended a year"),
    Outcome("engagement.mean", "level", "Engagement of learners in joint work, mean over partnerships.", IN_PASS, label="Learner engagement in joint work", phrase="learners' engagement in joint work"),
    Outcome("needs.own", "share", "Partnerships that work on the partner's own need.", IN_PASS, label="Work on the partner's own need", phrase="the share of partnerships that work on the partner's own need"),
    Outcome("disclosure.share", "share", "Focuses chosen after the partner admitted a weakness, of all chosen (0 where none were).", Measure("partnerships", "disclosed_share"), label="Work on an admitted weakness", phrase="the share of joint work that starts from an admitted weakness"),
    Outcome("focus.drifted", "partnerships/year", "Partnerships that took the fund's theme in place of their own focus.", Account("counts", DRIFTED), "years", label="Partnerships drawn to a fund's theme", phrase="the number of partnerships a year that take the fund's theme for their focus"),
    Outcome("academies.moves", "schools/year", "Schools that went over to an academy trust, from another or from none.", Account("counts", MOVED_TRUST), "years", label="Schools that change or join a trust", phrase="the number of schools a year that change or join a trust"),
    Outcome("repertoires.alike", "share", "What both of two schools at work together hold, of what either holds, mean over partnerships.", IN_PASS, label="Likeness of partners' repertoires", phrase="the likeness of partners' repertoires"),
    Outcome("originated.ever", "share", "Schools that have ever originated, or worked in a mode without originators.", IN_PASS, label="Schools that ever originated", phrase="the share of schools that ever originate"),
)  # fmt: skip
