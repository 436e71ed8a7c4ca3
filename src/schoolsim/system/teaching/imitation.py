"""Copying without judging: a teacher takes over a colleague's repertoire as it is (M05; Boyd & Richerson 1985)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.columns import Float32Array, Float64Array
from schoolsim.jit import compiled
from schoolsim.rules.teaching import copied_weight
from schoolsim.system.state import Clock, Parameters, State

WHETHER, WHOM = 0, 1  # draws of whether a teacher copies, and of whom


@compiled
def _whom(weights: Float64Array, draw: float) -> int:
    """The place at which the running sum of `weights` passes `draw` of the whole."""
    left = draw * np.sum(weights)
    for place in range(weights.shape[0]):
        left -= weights[place]
        if left < 0.0:
            return place
    return weights.shape[0] - 1


@compiled
def _copy_of(grid: Float32Array) -> Float32Array:
    found = np.empty(grid.shape, dtype=np.float32)
    for row in range(grid.shape[0]):
        for cell in range(grid.shape[1]):
            found[row, cell] = grid[row, cell]
    return found


@compiled
def imitate(state: State, p: Parameters, clock: Clock) -> None:
    """Some teachers copy a colleague, each from the staff room as it was before anyone copied."""
    practices, schools, teachers, knowledge = state.practices, state.schools, state.teachers, state.knowledge
    mastery, tuning = _copy_of(knowledge.mastery), _copy_of(knowledge.tuning)
    ownership = _copy_of(knowledge.ownership)
    for school in range(schools.rows):
        first, staff = schools.first[school], schools.staff[school]
        weights = np.empty(staff)
        for place in range(staff):
            weights[place] = copied_weight(mastery[first + place], practices.appeal, p)
        for post in range(first, first + staff):
            uid = teachers.uid[post]
            if draws.uniform(clock.seed, draws.COPY, clock.half_term, uid, WHETHER) >= p.home_copying:
                continue
            seen = first + _whom(weights, draws.uniform(clock.seed, draws.COPY, clock.half_term, uid, WHOM))
            for practice in range(knowledge.width):
                knowledge.mastery[post, practice] = mastery[seen, practice]
                knowledge.tuning[post, practice] = tuning[seen, practice]
                knowledge.ownership[post, practice] = ownership[seen, practice]
