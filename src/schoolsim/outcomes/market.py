"""Published results, rolls and who goes to school with whom."""

from __future__ import annotations

from schoolsim.outcomes.outcome import PP, Outcome, Pass

IN_PASS = Pass("market")

OUTCOMES = (
    Outcome("attainment.mean", PP, "Published result, mean over pupils.", IN_PASS, label="Published results, all schools", phrase="the mean published result", quantity="attainment"),
    Outcome("attainment.partner", PP, "Published result, mean over the programme's partner schools.", IN_PASS, label="Published results, partner schools", phrase="the mean published result of partner schools", quantity="attainment"),
    Outcome("attainment.gap", PP, "Published result of the schools that pupils not on free school meals attend less that of the others', pupil means.", IN_PASS, label="Gap in published results", phrase="the gap in published results by disadvantage", quantity="attainment"),
    Outcome("attainment.spread", PP, "Standard deviation between schools of the published result.", IN_PASS, label="Spread of published results", phrase="the spread of published results between schools"),
    Outcome("rolls.spread", "pupils", "Standard deviation of rolls between schools.", IN_PASS, label="Spread of school rolls", phrase="the spread of school rolls"),
    Outcome("segregation.dissimilarity", "share", "Duncan's D of pupils on free school meals over schools.", IN_PASS, label="Segregation (dissimilarity index)", phrase="segregation by free school meals (dissimilarity index)"),
    Outcome("segregation.gorard", "share", "Gorard's GS of pupils on free school meals among all pupils, over schools.", IN_PASS, label="Segregation (Gorard's index)", phrase="segregation by free school meals (Gorard's index)"),
)  # fmt: skip
