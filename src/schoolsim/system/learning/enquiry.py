"""Growth of staff besides joint work: scholarships, learning to learn, universities (M42)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import NEITHER
from schoolsim.rules.modes import Held
from schoolsim.system.learning.episodes import holding, note_gain
from schoolsim.system.partnerships.pairs import readiness
from schoolsim.system.programmes.levers import levers_at
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.ledger import BOUGHT, COVER, DEVELOPING, GRANTED


@compiled
def award_scholarships(state: State, p: Parameters, clock: Clock) -> None:
    """Who holds a scholarship for enquiry this year: the more ready, the likelier."""
    teachers = state.teachers
    for post in range(teachers.rows):
        here = levers_at(state.schools, teachers.school[post], p)
        chance = here.enquiry_share * readiness(teachers, post, here.outreach_diffident, p)
        luck = draws.uniform(clock.seed, draws.ENQUIRY, clock.half_term, teachers.uid[post], 0)
        teachers.enquiring[post] = luck < chance


@compiled
def learn_to_learn(state: State, p: Parameters) -> None:
    """Staff of a programme's schools give formal hours to how they think about their practice (M42, R15)."""
    schools, teachers, ledger = state.schools, state.teachers, state.ledger
    for school in range(schools.rows):
        if schools.role[school] == NEITHER:
            continue
        hours = min(0.5 * schools.hours[school], levers_at(schools, school, p).meta_training_hours)
        schools.hours[school] -= hours
        ledger.hours[GRANTED] += hours * schools.staff[school]
        ledger.hours[DEVELOPING] += hours * schools.staff[school]
        for post in range(schools.first[school], schools.past[school]):
            teachers.gain_learning[post] += p.meta_training * hours * (1.0 - teachers.learning[post])


@compiled
def enquire(state: State, p: Parameters) -> None:
    """Holders of a scholarship look into what they work on: slow, their own, and it teaches learning (M42, §2.41)."""
    teachers, ledger = state.teachers, state.ledger
    for post in range(teachers.rows):
        practice = teachers.focus[post]
        if not teachers.enquiring[post] or practice < 0:
            continue
        hours = p.enquiry_hours
        ledger.pounds[GRANTED] += hours * p.funding_hour
        ledger.pounds[COVER] += hours * p.funding_hour
        ledger.hours[BOUGHT] += hours
        ledger.hours[DEVELOPING] += hours
        teachers.hours_out[post] += p.time_in_class * hours
        teachers.gain_learning[post] += p.meta_training * hours * (1.0 - teachers.learning[post])
        share = min(1.0, p.followup_sustain * hours)
        held = holding(state, post, practice)
        if held.mastery > 0.0:
            gained = Held(0.0, share * (1.0 - held.tuning), share * (1.0 - held.ownership))
            note_gain(state, post, practice, gained)


@compiled
def add_evidence(state: State, p: Parameters) -> None:
    """Universities add evidence on what partnerships work at (M42, R17)."""
    practices, partnerships = state.practices, state.partnerships
    for slot in range(partnerships.rows):
        if partnerships.alive[slot] and partnerships.programme[slot] and partnerships.hours[slot] > 0.0:
            focus = partnerships.focus[slot]
            here = levers_at(state.schools, partnerships.partner[slot], p)
            added = p.university_evidence * here.university_involvement
            practices.evidence[focus] += added * (1.0 - practices.evidence[focus])
