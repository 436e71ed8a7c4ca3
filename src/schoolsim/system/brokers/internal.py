"""People inside a school with the task of passing practice on: internal brokers and advanced skills teachers (M32)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.brokers import internal_knowledge
from schoolsim.rules.codes import ADVANCED, NONE
from schoolsim.system.programmes.levers import levers_at
from schoolsim.system.state import Clock, Parameters, State, Teachers
from schoolsim.system.state.ledger import COACHING, COVER, GRANTED
from schoolsim.system.state.schema import HALF_TERMS


@compiled
def advanced_teachers_hours(p: Parameters) -> float:
    """Hours of an advanced skills teacher's half-term for passing practice on."""
    return p.ast_time * p.ast_working_hours


@compiled
def coaching_hours(teachers: Teachers, post: int, p: Parameters) -> float:
    """Hours an advanced skills teacher spends on colleagues at home: all of them, if in no pair elsewhere (§3.21)."""
    return advanced_teachers_hours(p) * (1.0 - p.ast_outreach if teachers.pairs[post] > 0 else 1.0)


@compiled
def best_advanced_teacher(state: State, school: int, focus: int) -> int:
    """Post of the advanced skills teacher of a school who holds `focus` best, or -1."""
    schools, teachers, mastery = state.schools, state.teachers, state.knowledge.mastery
    best, found = 0.0, NONE
    for post in range(schools.first[school], schools.past[school]):
        if teachers.role[post] == ADVANCED and mastery[post, focus] > best:
            best, found = float(mastery[post, focus]), post
    return found


@compiled
def _longest_serving(state: State, school: int) -> int:
    schools, teachers = state.schools, state.teachers
    best = schools.first[school]
    for post in range(schools.first[school], schools.past[school]):
        longer = teachers.years[post] - teachers.years[best]
        if longer > 0.0 or (longer == 0.0 and teachers.uid[post] < teachers.uid[best]):
            best = post
    return best


@compiled
def _appoint_internal_broker(state: State, p: Parameters, clock: Clock, school: int) -> None:
    schools, teachers = state.schools, state.teachers
    post = schools.internal_post[school]
    if post >= 0 and teachers.uid[post] != schools.internal_uid[school]:
        # What they knew was in their head, and goes with them.
        schools.internal_post[school], schools.internal_uid[school] = NONE, 0
        schools.internal_knowledge[school] = 0.0
    if schools.internal_post[school] < 0 and clock.half_term % HALF_TERMS == 0:
        luck = draws.uniform(clock.seed, draws.INTERNAL_BROKER, 0, schools.uid[school], 0)
        if luck < p.internal_broker_share:
            post = _longest_serving(state, school)
            schools.internal_post[school], schools.internal_uid[school] = post, teachers.uid[post]


@compiled
def appoint(state: State, p: Parameters, clock: Clock) -> None:
    """Note which internal brokers have gone, and appoint others as a year begins."""
    schools = state.schools
    for school in range(schools.rows):
        here = levers_at(schools, school, p)
        _appoint_internal_broker(state, here, clock, school)


@compiled
def find_out_inside(state: State, p: Parameters) -> None:
    """Internal brokers find out who is good at what."""
    schools = state.schools
    for school in range(schools.rows):
        if schools.internal_post[school] >= 0:
            known = internal_knowledge(schools.internal_knowledge[school], schools.slack[school], p)
            schools.internal_knowledge[school] = known


@compiled
def pay_coaching(state: State, p: Parameters) -> None:
    """The time of advanced skills teachers is paid for, and their hours at home are spent (M21, §3.21)."""
    teachers, ledger = state.teachers, state.ledger
    for post in range(teachers.rows):
        if teachers.role[post] == ADVANCED:
            here = levers_at(state.schools, teachers.school[post], p)
            pounds, at_home = advanced_teachers_hours(here) * p.funding_hour, coaching_hours(teachers, post, here)
            ledger.pounds[GRANTED] += pounds
            ledger.pounds[COVER] += pounds
            ledger.hours[GRANTED] += at_home
            ledger.hours[COACHING] += at_home
