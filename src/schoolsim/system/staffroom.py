"""Passes over all posts: what staff know on average, and what their teaching gives."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.rules.colleagues import concerted
from schoolsim.rules.practice import cover_harm, dip, realised
from schoolsim.rules.words import SECONDARY
from schoolsim.system.state import Knowledge, Parameters, Practices, Repertoires, Schools, Teachers


@compiled
def school_means(schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge) -> None:
    """Staff means of mastery, confidence and transfer skill, in every school."""
    practices = knowledge.mastery.shape[1]
    for school in range(schools.uid.shape[0]):
        repertoires.mastery[school, :] = np.float32(0.0)
        confidence, transfer = 0.0, 0.0
        for post in range(schools.first[school], schools.past[school]):
            confidence += teachers.confidence[post]
            transfer += teachers.transfer[post]
            for one in range(practices):
                repertoires.mastery[school, one] += knowledge.mastery[post, one]
        share = 1.0 / schools.staff[school]
        schools.confidence[school], schools.transfer[school] = confidence * share, transfer * share
        for one in range(practices):
            repertoires.mastery[school, one] *= np.float32(share)


@compiled
def _concert(
    schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge, practices: Practices,
    school: int, departments: int, p: np.record, factor: np.ndarray,
) -> None:  # fmt: skip
    """Fill `factor` (department, practice) with what a practice gives as far as those it takes hold it (M01)."""
    factor[:] = 0.0
    number = np.zeros(factor.shape[0])
    if departments > 1:
        for post in range(schools.first[school], schools.past[school]):
            department = teachers.department[post]
            number[department] += 1.0
            for one in range(factor.shape[1]):
                factor[department, one] += knowledge.mastery[post, one]
    for department in range(departments):
        for one in range(factor.shape[1]):
            held = float(repertoires.mastery[school, one])
            if departments > 1 and practices.scope[one] == 1:
                held = factor[department, one] / max(1.0, number[department])
            factor[department, one] = practices.effect[one] * (concerted(held, p) if practices.scope[one] > 0 else 1.0)


@compiled
def _sum_of(row: np.ndarray) -> float:
    """Sum in four strands, always in the same order, so that the processor need not wait for each addition."""
    one, two, three, four = 0.0, 0.0, 0.0, 0.0
    whole = row.shape[0] - row.shape[0] % 4
    for place in range(0, whole, 4):
        one += row[place]
        two += row[place + 1]
        three += row[place + 2]
        four += row[place + 3]
    for place in range(whole, row.shape[0]):
        one += row[place]
    return (one + two) + (three + four)


@compiled
def class_effects(
    schools: Schools, repertoires: Repertoires, teachers: Teachers, knowledge: Knowledge, practices: Practices,
    parameters: Parameters,
) -> None:  # fmt: skip
    """Each teacher's effect on pupils this half-term, and each school's mean of it (outcome link, model §4).

    What a practice gives is linear in tuning (`realised`), so each school prepares what it gives untuned and what
    full tuning adds; the pass over every teacher and practice is then two products, without branches.
    """
    p = parameters[0]
    number = knowledge.mastery.shape[1]
    gives = np.zeros((p.department_number, number))
    untuned = np.zeros((p.department_number, number), dtype=np.float32)
    added = np.zeros((p.department_number, number), dtype=np.float32)
    given = np.zeros(number, dtype=np.float32)
    for school in range(schools.uid.shape[0]):
        total = 0.0
        # Only a secondary school is divided.
        departments = p.department_number if schools.phase[school] == SECONDARY else 1
        _concert(schools, repertoires, teachers, knowledge, practices, school, departments, p, gives)
        for department in range(departments):
            for one in range(number):
                dependence, away = practices.dependence[one], float(repertoires.distance[school, one])
                bare = realised(1.0, 0.0, dependence, away)
                untuned[department, one] = gives[department, one] * bare
                added[department, one] = gives[department, one] * (realised(1.0, 1.0, dependence, away) - bare)
        for post in range(schools.first[school], schools.past[school]):
            department = teachers.department[post] if departments > 1 else 0
            plain, extra = untuned[department], added[department]
            mastery, tuning = knowledge.mastery[post], knowledge.tuning[post]
            for one in range(number):
                given[one] = mastery[one] * (plain[one] + tuning[one] * extra[one])
            effect = teachers.skill[post] + _sum_of(given)
            effect -= dip(teachers.load[post], p.practice_dip, p.practice_swamp)
            effect -= cover_harm(teachers.out[post], p.cover_harm)
            teachers.effect[post] = effect
            total += effect
        # Pressure makes everybody teach a little harder, or less well (M38).
        schools.progress[school] = total / schools.staff[school] + schools.effort[school]
