"""Published results, rolls and who goes to school with whom."""

from __future__ import annotations

from schoolsim.outcomes.outcome import PP, Outcome, Pass

IN_PASS = Pass("market")

OUTCOMES = (
    Outcome("attainment.mean", PP, "Published result, mean over pupils.", IN_PASS),
    Outcome("attainment.partner", PP, "Published result, mean over the programme's partner schools.", IN_PASS),
    Outcome("attainment.gap", PP, "Published result of the schools that pupils not on free school meals attend less that of the others', pupil means.", IN_PASS),
    Outcome("attainment.spread", PP, "Standard deviation between schools of the published result.", IN_PASS),
    Outcome("rolls.spread", "pupils", "Standard deviation of rolls between schools.", IN_PASS),
    Outcome("segregation.dissimilarity", "share", "Duncan's D of pupils on free school meals over schools.", IN_PASS),
    Outcome("segregation.gorard", "share", "Gorard's GS of pupils on free school meals among all pupils, over schools.", IN_PASS),
)  # fmt: skip
