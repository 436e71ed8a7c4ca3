"""Passes over all posts: what staff know on average, and what their teaching gives pupils (M01, M02, M26, M38)."""

from __future__ import annotations

import numpy as np

from schoolsim.columns import Float32Array, Float64Array
from schoolsim.jit import compiled
from schoolsim.rules.practice import realised, shared_use_factor
from schoolsim.rules.teaching import cover_harm, dip
from schoolsim.system.state import Parameters, State
from schoolsim.system.teaching.departments import department_of, departments_of

STRANDS = 4  # in which a row is summed


@compiled
def average_staff(state: State) -> None:
    """Staff means of mastery, confidence and transfer skill, in every school."""
    schools, teachers = state.schools, state.teachers
    knows, held = state.knowledge.mastery, state.repertoires.mastery
    for school in range(schools.rows):
        for practice in range(held.shape[1]):
            held[school, practice] = np.float32(0.0)
        confidence, transfer, openness = 0.0, 0.0, 0.0
        for post in range(schools.first[school], schools.past[school]):
            confidence += teachers.confidence[post]
            transfer += teachers.transfer[post]
            openness += teachers.openness[post]
            for practice in range(held.shape[1]):
                held[school, practice] += knows[post, practice]
        share = 1.0 / schools.staff[school]
        schools.confidence[school], schools.transfer[school] = confidence * share, transfer * share
        schools.openness[school] = openness * share
        for practice in range(held.shape[1]):
            held[school, practice] *= np.float32(share)


@compiled
def count_guardians(state: State, p: Parameters) -> None:
    """Share of each staff that has served very long (M31)."""
    schools, teachers = state.schools, state.teachers
    for school in range(schools.rows):
        long = 0
        for post in range(schools.first[school], schools.past[school]):
            long += teachers.years[post] >= p.guardians_years
        schools.guardians[school] = long / schools.staff[school]


@compiled
def _fill_shared_effect(state: State, p: Parameters, school: int, departments: int, effect: Float64Array) -> None:
    """Fill `effect` (department, practice): what a practice gives, less where the colleagues it needs lack it (M01)."""
    practices, schools, teachers = state.practices, state.schools, state.teachers
    mastery = state.knowledge.mastery
    effect[:] = 0.0
    number = np.zeros(effect.shape[0])
    if departments > 1:
        for post in range(schools.first[school], schools.past[school]):
            department = teachers.department[post]
            number[department] += 1.0
            for practice in range(effect.shape[1]):
                effect[department, practice] += mastery[post, practice]
    for department in range(departments):
        for practice in range(effect.shape[1]):
            held = float(state.repertoires.mastery[school, practice])
            if departments > 1 and practices.scope[practice] == 1:
                held = effect[department, practice] / max(1.0, number[department])
            shared = shared_use_factor(held, p) if practices.scope[practice] > 0 else 1.0
            better = 1.0 + p.exchange_improves * state.repertoires.refined[school, practice]
            effect[department, practice] = practices.effect[practice] * shared * better


@compiled
def _sum_of(row: Float32Array) -> float:
    """Sum in four strands, always in the same order, so that the processor need not wait for each addition."""
    first, second, third, fourth = 0.0, 0.0, 0.0, 0.0
    whole = row.shape[0] - row.shape[0] % STRANDS
    for place in range(0, whole, STRANDS):
        first += row[place]
        second += row[place + 1]
        third += row[place + 2]
        fourth += row[place + STRANDS - 1]
    for place in range(whole, row.shape[0]):
        first += row[place]
    return (first + second) + (third + fourth)


@compiled
def measure_teaching(state: State, p: Parameters) -> None:
    """Each teacher's effect on pupils this half-term, and each school's mean of it.

    What a practice gives is linear in tuning (`realised`), so each school prepares what it gives untuned and what
    full tuning adds; the pass over every teacher and practice is then two products, without branches.
    """
    practices, schools, teachers, knowledge = state.practices, state.schools, state.teachers, state.knowledge
    distance = state.repertoires.distance
    number = knowledge.width
    gives = np.zeros((p.department_number, number))
    untuned = np.zeros((p.department_number, number), dtype=np.float32)
    added = np.zeros((p.department_number, number), dtype=np.float32)
    given = np.zeros(number, dtype=np.float32)
    for school in range(schools.rows):
        total = 0.0
        departments = departments_of(schools, school, p)
        _fill_shared_effect(state, p, school, departments, gives)
        for department in range(departments):
            for practice in range(number):
                dependence, away = practices.dependence[practice], float(distance[school, practice])
                bare = realised(1.0, 0.0, dependence, away)
                untuned[department, practice] = gives[department, practice] * bare
                extra = realised(1.0, 1.0, dependence, away) - bare
                added[department, practice] = gives[department, practice] * extra
        for post in range(schools.first[school], schools.past[school]):
            department = department_of(schools, teachers, post)
            plain, more = untuned[department], added[department]
            mastery, tuning = knowledge.mastery[post], knowledge.tuning[post]
            for practice in range(number):
                given[practice] = mastery[practice] * (plain[practice] + tuning[practice] * more[practice])
            effect = teachers.skill[post] + _sum_of(given)
            effect -= dip(teachers.load[post], p.practice_dip)
            effect -= cover_harm(teachers.hours_out[post], p.cover_harm)
            teachers.effect[post] = effect
            total += effect
        schools.progress[school] = total / schools.staff[school] + schools.climate[school]
