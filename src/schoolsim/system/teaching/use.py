"""Settles what was learnt, uses, tunes and drops it; pupils respond (M02b, M05, M23, M31)."""

from __future__ import annotations

from typing import Any

import numpy as np

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.practice import (
    kept_up,
    ownership_after_response,
    realised,
    response,
    response_noise,
    shared_use_factor,
)
from schoolsim.rules.shapes import unit
from schoolsim.rules.teaching import fading_spared
from schoolsim.system.programmes.levers import levers_at
from schoolsim.system.state import Clock, Parameters, State

WHICH, LUCK = 0, 1  # draws of which practice is watched, and of what is seen


@compiled
def settle_learning(state: State) -> None:
    """Add what joint work and colleagues gave; several lessons in one practice add up, to full at most."""
    teachers, knowledge, gains = state.teachers, state.knowledge, state.gains
    for place in range(state.run.gains[0]):
        post, practice = gains.teacher[place], gains.practice[place]
        knowledge.mastery[post, practice] = unit(knowledge.mastery[post, practice] + gains.mastery[place])
        knowledge.tuning[post, practice] = unit(knowledge.tuning[post, practice] + gains.tuning[place])
        knowledge.ownership[post, practice] = unit(knowledge.ownership[post, practice] + gains.ownership[place])
    for post in range(teachers.rows):
        practice = teachers.talked_of[post]
        if practice >= 0:
            knowledge.mastery[post, practice] = unit(knowledge.mastery[post, practice] + teachers.gain_mastery[post])
            knowledge.tuning[post, practice] = unit(knowledge.tuning[post, practice] + teachers.gain_tuning[post])
            owned = knowledge.ownership[post, practice] + teachers.gain_ownership[post]
            knowledge.ownership[post, practice] = unit(owned)
        teachers.transfer[post] = unit(teachers.transfer[post] + teachers.gain_transfer[post])
        teachers.learning[post] = unit(teachers.learning[post] + teachers.gain_learning[post])
        teachers.gain_transfer[post] = teachers.gain_learning[post] = 0.0


@compiled
def use_practices(state: State, p: Parameters) -> None:
    """Use and disuse of every practice (M02b); guardians spare what the school holds some fading (M31).

    It touches every cell every half-term, so it is single precision and free of branches, and vectorises.
    """
    teachers, knowledge = state.teachers, state.knowledge
    decay: Any = np.float32(p.practice_decay)
    keep: Any = np.float32(p.practice_keep)
    forgotten, use = np.float32(p.practice_forgotten), np.float32(p.practice_tuning_by_use)
    nothing, full = np.float32(0.0), np.float32(1.0)
    for post in range(knowledge.rows):
        school = teachers.school[post]
        held_here = state.repertoires.mastery[school]
        spare: Any = np.float32(2.0 * fading_spared(state.schools.guardians[school], p)) * decay
        most = np.float32(0.5) * spare
        mastery, tuning, ownership = knowledge.mastery[post], knowledge.tuning[post], knowledge.ownership[post]
        for practice in range(mastery.shape[0]):
            fades = decay - min(most, spare * held_here[practice])
            level: Any = kept_up(mastery[practice], ownership[practice], fades, keep)
            held = full if level >= forgotten else nothing
            level = full if level > full else level
            tuned = tuning[practice] + use * level - use * level * tuning[practice]
            # Multiplied, not branched on: stores under a condition are many times as slow.
            mastery[practice] = held * level
            tuning[practice] = held * tuned
            ownership[practice] = held * ownership[practice]


@compiled
def count_years_of_use(state: State, p: Parameters) -> None:
    """A year more of each practice that a teacher uses as the year ends; what is forgotten counts no more (§2.41)."""
    knowledge, routine = state.knowledge, np.float32(p.learning_routine)
    one, nothing = np.float32(1.0), np.float32(0.0)
    for post in range(knowledge.rows):
        mastery, years = knowledge.mastery[post], knowledge.years[post]
        for practice in range(mastery.shape[0]):
            more = one if mastery[practice] >= routine else nothing
            held = one if mastery[practice] > nothing else nothing
            years[practice] = held * (years[practice] + more)


@compiled
def watch_pupils(state: State, p: Parameters, clock: Clock) -> None:
    """Each teacher watches one practice in the own class, what is tried first, and keeps it or drops it (M05, M23)."""
    practices, teachers, knowledge = state.practices, state.teachers, state.knowledge
    repertoires, seed, step, routine = state.repertoires, clock.seed, clock.half_term, np.float32(p.learning_routine)
    for post in range(teachers.rows):
        uid, school = teachers.uid[post], teachers.school[post]
        # What is being tried is what is watched; otherwise this or that.
        practice = teachers.focus[post]
        if practice < 0 or knowledge.mastery[post, practice] <= 0.0 or knowledge.mastery[post, practice] >= routine:
            practice = int(draws.uniform(seed, draws.OBSERVE, step, uid, WHICH) * practices.rows)
        mastery = float(knowledge.mastery[post, practice])
        if mastery <= 0.0:
            continue
        given = realised(
            mastery,
            float(knowledge.tuning[post, practice]),
            practices.dependence[practice],
            float(repertoires.distance[school, practice]),
        )
        if practices.scope[practice] > 0:
            given *= shared_use_factor(float(repertoires.mastery[school, practice]), p)
        pupils = levers_at(state.schools, school, p).pupils_asked
        noise = response_noise(pupils, p) * draws.normal(seed, draws.OBSERVE, step, uid, LUCK)
        seen = practices.effect[practice] * given + noise
        change = response(seen, p)
        owned = float(knowledge.ownership[post, practice])
        knowledge.ownership[post, practice] = ownership_after_response(owned, change)
        # Who is not moved by what they see drops nothing either.
        if change < 0.0 and seen < -p.practice_response_noise:
            knowledge.mastery[post, practice] = 0.5 * mastery
