"""Roles belong to people: who leads a subject, who is an advanced skills teacher; filled anew each year (§3.21)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import ADVANCED, CLASS_TEACHER, MIDDLE_LEADER, NONE
from schoolsim.system.programmes.levers import levers_at
from schoolsim.system.state import Clock, Parameters, State


@compiled
def _longest_serving_class_teacher(state: State, school: int) -> int:
    schools, teachers = state.schools, state.teachers
    found = NONE
    for post in range(schools.first[school], schools.past[school]):
        if teachers.role[post] != CLASS_TEACHER:
            continue
        longer = found < 0 or teachers.years[post] > teachers.years[found]
        even = found >= 0 and teachers.years[post] == teachers.years[found]
        if longer or (even and teachers.uid[post] < teachers.uid[found]):
            found = post
    return found


@compiled
def _best_class_teacher(state: State, school: int) -> int:
    """The best at teaching; skill in passing it on was often not what counted (§3.32)."""
    practices, schools, teachers = state.practices, state.schools, state.teachers
    best, found = 0.0, NONE
    for post in range(schools.first[school], schools.past[school]):
        effect = teachers.skill[post]
        for practice in range(practices.rows):
            effect += practices.effect[practice] * state.knowledge.mastery[post, practice]
        if teachers.role[post] == CLASS_TEACHER and (found < 0 or effect > best):
            best, found = effect, post
    return found


@compiled
def fill_roles(state: State, p: Parameters, clock: Clock) -> None:
    """As a year begins, each school fills its posts of middle leaders and advanced skills teachers."""
    schools, teachers = state.schools, state.teachers
    for school in range(schools.rows):
        here = levers_at(schools, school, p)
        leaders, advanced = 0, 0
        appoints = draws.uniform(clock.seed, draws.AST_SCHOOL, 0, schools.uid[school], 0) < here.ast_share
        for post in range(schools.first[school], schools.past[school]):
            if teachers.role[post] == ADVANCED and not appoints:
                teachers.role[post] = CLASS_TEACHER
            leaders += teachers.role[post] == MIDDLE_LEADER
            advanced += teachers.role[post] == ADVANCED
        while leaders < schools.leaders[school]:
            post = _longest_serving_class_teacher(state, school)
            if post < 0:
                break
            teachers.role[post] = MIDDLE_LEADER
            leaders += 1
        while appoints and advanced < here.ast_each_school:
            post = _best_class_teacher(state, school)
            if post < 0:
                break
            teachers.role[post] = ADVANCED
            advanced += 1
        schools.advanced[school] = advanced
