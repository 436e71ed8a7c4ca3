"""Needs of schools and teachers, and what a school is proudest of (M05, M38, R14)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.columns import Float32Array, Float64Array
from schoolsim.jit import compiled
from schoolsim.rules.accountability import safe
from schoolsim.rules.codes import NONE
from schoolsim.rules.practice import pride, wish_for_practice
from schoolsim.system.state import PAIRS, Clock, Parameters, State
from schoolsim.system.teaching.departments import department_of, departments_of


@compiled
def favourite(state: State, school: int) -> int:
    """What a school likes best to show: what it does well and what looks good."""
    practices, mastery = state.practices, state.repertoires.mastery
    best, found = -1.0, 0
    for practice in range(practices.rows):
        proud = pride(mastery[school, practice], practices.appeal[practice])
        if practices.alive[practice] and proud > best:
            best, found = proud, practice
    return found


@compiled
def rarities(state: State) -> Float64Array:
    """How rare each practice is in each authority (authority, practice): 0 the one most held, 1 held nowhere."""
    schools, mastery = state.schools, state.repertoires.mastery
    held = np.zeros((state.authorities.rows, state.practices.rows))
    for school in range(schools.rows):
        for practice in range(held.shape[1]):
            held[schools.authority[school], practice] += mastery[school, practice]
    for authority in range(held.shape[0]):
        most = max(1e-9, np.max(held[authority]))
        for practice in range(held.shape[1]):
            held[authority, practice] = 1.0 - held[authority, practice] / most
    return held


@compiled
def settle_schools_needs(state: State, p: Parameters, clock: Clock) -> None:
    """Once a year each school settles what it would most like to be better at."""
    practices, schools, repertoires = state.practices, state.schools, state.repertoires
    rare = rarities(state)
    for school in range(schools.rows):
        best, found = -1.0, NONE
        # An analysis makes a school's judgement of its own need less a matter of luck; what works it cannot see (R14).
        analysed = schools.needs_analysed[school]
        for practice in range(practices.rows):
            if not practices.alive[practice]:
                continue
            wanted = wish_for_practice(
                practices.appeal[practice],
                repertoires.mastery[school, practice],
                practices.dependence[practice],
                repertoires.distance[school, practice],
            )
            wanted *= safe(schools.felt_stakes[school], rare[schools.authority[school], practice], p)
            luck = draws.uniform(clock.seed, draws.NEED, clock.half_term, schools.uid[school], practice)
            wanted += (1.0 - analysed) * p.need_noise * luck
            if wanted > best:
                best, found = wanted, practice
        schools.need[school] = found


@compiled
def _agenda(state: State, departments: int) -> Float32Array:
    """What each department works on with another school (school, department, practice): as much as is shown, 0..1.

    A school that is not divided into departments has one, the first.
    """
    partnerships, schools, teachers = state.partnerships, state.schools, state.teachers
    mastery = state.knowledge.mastery
    agenda = np.zeros((schools.rows, departments, state.practices.rows), dtype=np.float32)
    for slot in range(partnerships.rows):
        if not partnerships.alive[slot]:
            continue
        focus, back = partnerships.focus[slot], partnerships.back[slot]
        for pair in range(PAIRS):
            giver, learner = partnerships.giver[slot, pair], partnerships.learner[slot, pair]
            if giver < 0 or learner < 0:
                continue
            at = agenda[partnerships.partner[slot], department_of(schools, teachers, learner)]
            at[focus] = max(at[focus], mastery[learner, focus])
            if back >= 0:
                at = agenda[partnerships.originator[slot], department_of(schools, teachers, giver)]
                at[back] = max(at[back], mastery[giver, back])
    return agenda


@compiled
def _on_agenda(agenda: Float32Array, most: Float64Array) -> bool:
    """Put the most that any department works on each practice into `most`; whether any works on anything.

    Args:
        agenda: What each department of one school works on (department, practice), 0..1.
        most: Filled, one number a practice.
    """
    most[:] = 0.0
    found = False
    for department in range(agenda.shape[0]):
        for practice in range(most.shape[0]):
            if agenda[department, practice] > most[practice]:
                most[practice], found = agenda[department, practice], True
    return found


@compiled
def settle_teachers_focus(state: State, p: Parameters, clock: Clock) -> None:
    """Each teacher keeps one focus at home for a while: their school's tradition, and what is on its agenda.

    Colleagues of those who work with another school hear of it themselves: "here, it is still her department"
    (plausibility F11); a primary school has no departments (§4.11), so there everybody does.
    """
    practices, schools, teachers = state.practices, state.schools, state.teachers
    held_here, knows = state.repertoires.mastery, state.knowledge.mastery
    number = practices.rows
    rare, agenda = rarities(state), _agenda(state, p.department_number)
    wanted, most, weights = np.empty(number), np.empty(number), np.empty((p.department_number, number))
    for school in range(schools.rows):
        rarity, passed_on = rare[schools.authority[school]], schools.communication[school]
        departments = departments_of(schools, school, p)
        # Where nothing is worked on with others, all departments hear the same.
        divided = _on_agenda(agenda[school, :departments], most) and departments > 1
        for practice in range(number):
            liked = (
                practices.alive[practice]
                * practices.appeal[practice]
                * safe(schools.felt_stakes[school], rarity[practice], p)
            )
            for department in range(departments if divided else 1):
                # A department hears of its own work by itself, of others' as well as the head passes it on.
                heard = max(float(agenda[school, department, practice]), passed_on * most[practice])
                weights[department, practice] = liked * (held_here[school, practice] + p.home_agenda * heard)
        for post in range(schools.first[school], schools.past[school]):
            teachers.focus_age[post] += 1
            if teachers.focus[post] >= 0 and teachers.focus_age[post] < p.home_focus_kept:
                continue
            uid, weight = teachers.uid[post], weights[teachers.department[post] if divided else 0]
            known = knows[post]
            for practice in range(number):
                luck = 0.5 + draws.uniform(clock.seed, draws.FOCUS, clock.half_term, uid, practice)
                wanted[practice] = weight[practice] * (1.0 - known[practice]) * luck
            found = int(np.argmax(wanted))
            teachers.focus[post] = teachers.topic[post] = found
            teachers.focus_age[post] = 0
