"""Heads and teachers, their posts and what they hold, drawn once before the first half-term."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import CLASS_TEACHER, MIDDLE_LEADER, SECONDARY
from schoolsim.rules.shapes import unit
from schoolsim.system.careers.people import SERVICE, SKILL, length_of_service, new_person
from schoolsim.system.headship import new_head
from schoolsim.system.state import Clock, Parameters, State

MASTERY, OWNERSHIP, TUNING, DRAWS_A_PRACTICE = 0, 1, 2, 3  # draws of the levels at which a practice is held
AREAS = 6  # in a school without departments one post in so many leads an area


@compiled
def draw_heads(state: State, p: Parameters, clock: Clock) -> None:
    """A head for every school."""
    for school in range(state.schools.rows):
        new_head(state, p, clock, school, 0)


@compiled
def assign_posts(state: State, p: Parameters) -> None:
    """Departments of secondary schools, and who leads them; in other schools one post in six leads an area."""
    schools, teachers = state.schools, state.teachers
    for school in range(schools.rows):
        first, secondary = schools.first[school], schools.phase[school] == SECONDARY
        for post in range(first, schools.past[school]):
            place = post - first
            teachers.department[post] = place % p.department_number if secondary else 0
            leads = place < p.department_number if secondary else place < max(1, schools.staff[school] // AREAS)
            teachers.role[post] = MIDDLE_LEADER if leads else CLASS_TEACHER


@compiled
def _first_level(state: State, p: Parameters, clock: Clock, post: int, practice: int) -> None:
    """A school has traditions: some practices that most of its staff hold, likelier where they are at home."""
    schools, teachers, knowledge, seed = state.schools, state.teachers, state.knowledge, clock.seed
    school, uid = teachers.school[post], teachers.uid[post]
    luck = draws.uniform(seed, draws.TRADITION, 0, schools.uid[school], practice)
    tradition = luck < p.practice_tradition_share
    foreign = state.practices.dependence[practice] * state.repertoires.distance[school, practice]
    chance = p.practice_held_base + p.practice_held_tradition * tradition * (1.0 - p.practice_held_fit * foreign)
    if draws.uniform(seed, draws.HOLDER, 0, uid, practice) < chance:
        first = DRAWS_A_PRACTICE * practice
        luck = draws.normal(seed, draws.LEVELS, 0, uid, first + MASTERY)
        knowledge.mastery[post, practice] = unit(p.practice_first_mastery + p.practice_first_sd * luck)
        luck = draws.normal(seed, draws.LEVELS, 0, uid, first + OWNERSHIP)
        knowledge.ownership[post, practice] = unit(p.practice_first_ownership + p.practice_first_sd * luck)
        luck = draws.normal(seed, draws.LEVELS, 0, uid, first + TUNING)
        knowledge.tuning[post, practice] = unit(p.practice_first_tuning + p.practice_first_sd * luck)


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
                _first_level(state, p, clock, post, practice)
