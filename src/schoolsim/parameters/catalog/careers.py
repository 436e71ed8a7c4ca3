"""Teachers who leave, move and arrive."""

from __future__ import annotations

from functools import partial

from schoolsim.parameters.declare import Parameter, real

_constant = partial(real, role="constant", low=0.0)
_uncertain = partial(real, role="uncertainty", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    _uncertain("careers.leave", 0.09, high=0.4, unit="1/year", meaning="Chance that a teacher leaves the authority's schools.", label="Teachers who leave the authority", phrase="the chance in a year that a teacher leaves the authority", scale="teacher turnover", source="Smithers & Robinson 2004: 9.2% primary, 7.2% secondary", grade="published"),
    _uncertain("careers.move", 0.05, high=0.4, unit="1/year", meaning="Chance that a teacher moves to another school of the authority.", label="Teachers who change school", phrase="the chance in a year that a teacher changes school", source="Smithers & Robinson 2004: 4.4% primary, 5.6% secondary", grade="published"),
    real("careers.leave_standing", 0.1, low=0.0, high=0.5, role="constant", unit="1/sd", meaning="How much less likely teachers are to leave for each standard deviation of published results.", source="Smithers & Robinson 2004: more leave schools in difficulty; size assumed"),
    real("careers.leave_tone", 0.3, low=0.0, high=1.0, role="constant", unit="1", meaning="How much less likely they are to leave the warmest head than the coldest.", source="Smithers & Robinson 2004: management among reasons; size assumed"),
    real("careers.new_skill", -0.03, low=-0.5, high=0.5, role="uncertainty", unit="pupil sd", meaning="Mean effect of a recruit apart from practices.", label="Recruits' skill apart from practices", phrase="the skill of recruits apart from practices", source="novice gap .11 (Fletcher-Wood & Zuccollo 2020), mixed recruits", grade="derived"),
    _constant("careers.skill_sd", 0.12, high=0.5, unit="pupil sd", meaning="Spread of teachers' effect apart from practices.", source="prototype; between-teacher sd of .1-.2", grade="memory"),
    _constant("careers.carried_ties", 2.0, high=10.0, unit="ties", meaning="Old colleagues a mover keeps up with.", source="prototype; size assumed", mechanisms=("M14",)),
    _constant("careers.school_tie", 0.10, high=1.0, unit="chance", meaning="Chance that a move also ties the two schools.", source="prototype; size assumed", mechanisms=("M14",)),
    real("careers.transfer_mean", 0.3, low=0.0, high=1.0, role="constant", unit="level", meaning="Skill in passing practice on of a teacher, mean.", source="Fielding 2005 §2.42 (rare); size assumed"),
    real("careers.learning_mean", 0.5, low=0.0, high=1.0, role="constant", unit="level", meaning="Meta-practice of a teacher, mean.", source="prototype"),
    real("careers.sd", 0.15, low=0.0, high=0.5, role="constant", unit="level", meaning="Spread between teachers of confidence, skill in passing practice on and meta-practice, each.", source="prototype; size assumed", mechanisms=("M18", "M25", "M42")),
    real("careers.newly_trained", 0.5, low=0.0, high=1.0, role="constant", unit="share", meaning="Recruits who are newly trained; the others come from schools outside.", source="about half of entrants to schools, from memory", grade="memory"),
    real("careers.trained_share", 0.7, low=0.0, high=1.0, role="uncertainty", unit="share", meaning="What the newly trained have mastered, relative to teachers in schools outside.", label="What the newly trained have mastered", phrase="the share of mastery that the newly trained bring", source="novice gap of .1 pupil sd, evidence on first years of teaching; size assumed"),
    real("careers.school_tie_trust", 0.4, low=0.0, high=1.0, role="constant", unit="trust", meaning="Trust on a tie that somebody who changes schools, a teacher or a head, makes between the two.", source="prototype", mechanisms=("M14", "M30")),
    real("careers.school_tie_familiarity", 0.3, low=0.0, high=1.0, role="constant", unit="level", meaning="Familiarity on it.", source="prototype", mechanisms=("M14", "M30")),
)  # fmt: skip
