"""Heads and teachers, their posts and what they hold, drawn once before the first half-term."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import SECONDARY
from schoolsim.system.careers.people import SERVICE, SKILL, draw_level, length_of_service, new_person
from schoolsim.system.headship import new_head
from schoolsim.system.practice.creation import BEFORE_THE_RUN
from schoolsim.system.state import Clock, Parameters, State

AREAS = 6  # in a school without departments one post in so many leads an area


@compiled
def draw_heads(state: State, p: Parameters, clock: Clock) -> None:
    """A head for every school, in post since before the run."""
    schools = state.schools
    for school in range(schools.rows):
        new_head(state, p, clock, school, 0)
        schools.head_since[school] = BEFORE_THE_RUN


@compiled
def assign_posts(state: State, p: Parameters) -> None:
    """Departments of secondary schools; how many lead one, or in other schools an area for every six posts."""
    schools, teachers = state.schools, state.teachers
    for school in range(schools.rows):
        first, secondary = schools.first[school], schools.phase[school] == SECONDARY
        for post in range(first, schools.past[school]):
            place = post - first
            teachers.department[post] = place % p.department_number if secondary else 0
            leads = place < p.department_number if secondary else place < max(1, schools.staff[school] // AREAS)
            schools.leaders[school] += leads


@compiled
def draw_staff(state: State, p: Parameters, clock: Clock) -> None:
    """A person in every post, and what they hold."""
    schools, teachers, seed = state.schools, state.teachers, clock.seed
    for school in range(schools.rows):
        for post in range(schools.first[school], schools.past[school]):
            teachers.school[post] = school
            uid = draws.pair(schools.uid[school], post - schools.first[school])
            new_person(state, p, clock, post, uid)
            teachers.skill[post] = p.careers_skill_sd * draws.normal(seed, draws.PERSON, 0, uid, SKILL)
            teachers.years[post] = length_of_service(draws.uniform(seed, draws.PERSON, 0, uid, SERVICE), p)
            for practice in range(p.practice_number):
                draw_level(state, p, clock, post, practice, schools.uid[school])
