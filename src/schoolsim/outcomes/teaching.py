"""Outcomes of teaching: what it adds, in whom, and what change costs a class."""

from __future__ import annotations

from schoolsim.outcomes.outcome import PP, Outcome, Pass

IN_PASS = Pass("teaching")

OUTCOMES = (
    Outcome("progress.mean", PP, "What teaching adds to the published result, mean over pupils.", IN_PASS, label="Progress, all schools", phrase="progress in all schools", quantity="progress"),
    Outcome("progress.partner", PP, "What teaching adds, mean over the programme's partner schools.", IN_PASS, label="Progress, partner schools", phrase="progress in partner schools", quantity="progress"),
    Outcome("progress.originator", PP, "What teaching adds, mean over the programme's originating schools.", IN_PASS, label="Progress, originating schools", phrase="progress in originating schools", quantity="progress"),
    Outcome("progress.neither", PP, "What teaching adds, mean over schools outside the programme.", IN_PASS, label="Progress, schools not taking part", phrase="progress in schools that take no part", quantity="progress"),
    Outcome("progress.neediest", PP, "What teaching adds, mean over the third of schools with the lowest published results as the policy begins, within phase.", IN_PASS, label="Progress, neediest schools", phrase="progress in the neediest schools", quantity="progress"),
    Outcome("progress.gap", PP, "What teaching adds for pupils not on free school meals less what it adds for those on them.", IN_PASS, label="Gap in progress by disadvantage", phrase="the gap in progress between pupils on free school meals and others", quantity="progress"),
    Outcome("progress.spread", PP, "Standard deviation between schools of what teaching adds.", IN_PASS, label="Spread of progress between schools", phrase="the spread of progress between schools"),
    Outcome("gain.partner", PP, "Change since the policy began of what teaching adds, mean over partner schools.", IN_PASS, label="Gain in progress, partner schools", phrase="the gain in progress of partner schools", quantity="progress"),
    Outcome("gain.originator", PP, "Change since the policy began of what teaching adds, mean over originating schools.", IN_PASS, label="Gain in progress, originating schools", phrase="the gain in progress of originating schools", quantity="progress"),
    Outcome("cover.harm", PP, "What pupils lose while teachers are out of class, mean over teachers.", IN_PASS, label="Learning lost to cover", phrase="the learning that pupils lose while teachers are out of class"),
    Outcome("load.mean", "practices", "New practices a teacher is learning, mean.", IN_PASS, label="New practices a teacher is learning", phrase="the number of new practices a teacher is learning"),
    Outcome("guardians.share", "share", "Teachers who have served their school very long, mean over schools.", IN_PASS, label="Guardians of the school's history", phrase="the share of teachers who are guardians of their school's history"),
)  # fmt: skip
