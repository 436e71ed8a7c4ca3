"""What teaching adds, in whom, and what change costs a class."""

from __future__ import annotations

from schoolsim.outcomes.outcome import PP, Outcome, Pass

IN_PASS = Pass("teaching")

OUTCOMES = (
    Outcome("progress.mean", PP, "What teaching adds to the published result, mean over pupils.", IN_PASS),
    Outcome("progress.partner", PP, "What teaching adds, mean over the programme's partner schools.", IN_PASS),
    Outcome("progress.originator", PP, "What teaching adds, mean over the programme's originating schools.", IN_PASS),
    Outcome("progress.neither", PP, "What teaching adds, mean over schools outside the programme.", IN_PASS),
    Outcome("progress.neediest", PP, "What teaching adds, mean over the third of schools with the lowest published results as the policy begins, within phase.", IN_PASS),
    Outcome("progress.gap", PP, "What teaching adds for pupils not on free school meals less what it adds for those on them.", IN_PASS),
    Outcome("progress.spread", PP, "Standard deviation between schools of what teaching adds.", IN_PASS),
    Outcome("gain.partner", PP, "Change since the policy began of what teaching adds, mean over partner schools.", IN_PASS),
    Outcome("gain.originator", PP, "Change since the policy began of what teaching adds, mean over originating schools.", IN_PASS),
    Outcome("cover.harm", PP, "What pupils lose while teachers are out of class, mean over teachers.", IN_PASS),
    Outcome("load.mean", "practices", "New practices a teacher is learning, mean.", IN_PASS),
    Outcome("guardians.share", "share", "Teachers who have served their school very long, mean over schools.", IN_PASS),
)  # fmt: skip
