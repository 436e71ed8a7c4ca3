"""Needs of schools and teachers, and what a school is proudest of (M05, M38, R14)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.columns import Float32Array, Float64Array
from schoolsim.jit import compiled
from schoolsim.rules.accountability import safe
from schoolsim.rules.codes import NONE
from schoolsim.rules.practice import pride, wish_for_practice
from schoolsim.system.state import Clock, Parameters, State


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
def _agenda(state: State) -> Float32Array:
    """What each school works on with a partner (school, practice): 1 or 0."""
    partnerships = state.partnerships
    agenda = np.zeros((state.schools.rows, state.practices.rows), dtype=np.float32)
    for slot in range(partnerships.rows):
        if partnerships.alive[slot]:
            agenda[partnerships.partner[slot], partnerships.focus[slot]] = np.float32(1.0)
            if partnerships.back[slot] >= 0:
                agenda[partnerships.originator[slot], partnerships.back[slot]] = np.float32(1.0)
    return agenda


@compiled
def settle_teachers_focus(state: State, p: Parameters, clock: Clock) -> None:
    """Each teacher keeps one focus at home for a while: their school's tradition, and what is on its agenda."""
    practices, schools, teachers = state.practices, state.schools, state.teachers
    held_here, knows = state.repertoires.mastery, state.knowledge.mastery
    number = practices.rows
    rare, agenda = rarities(state), _agenda(state)
    draw, weight = np.empty(number), np.empty(number)
    for school in range(schools.rows):
        heeded = p.home_agenda * schools.communication[school]
        rarity = rare[schools.authority[school]]
        for practice in range(number):
            weight[practice] = (
                practices.alive[practice]
                * practices.appeal[practice]
                * (held_here[school, practice] + heeded * agenda[school, practice])
                * safe(schools.felt_stakes[school], rarity[practice], p)
            )
        for post in range(schools.first[school], schools.past[school]):
            teachers.focus_age[post] += 1
            if teachers.focus[post] >= 0 and teachers.focus_age[post] < p.home_focus_kept:
                continue
            uid = teachers.uid[post]
            for practice in range(number):
                draw[practice] = 0.5 + draws.uniform(clock.seed, draws.FOCUS, clock.half_term, uid, practice)
            best, found = -1.0, 0
            for practice in range(number):
                wanted = weight[practice] * (1.0 - knows[post, practice]) * draw[practice]
                if wanted > best:
                    best, found = wanted, practice
            teachers.focus[post] = found
            teachers.focus_age[post] = 0
