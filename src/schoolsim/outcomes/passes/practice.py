"""Practices: how many are in use, how new what is tried is, what is known of them."""

from __future__ import annotations

import numpy as np

from schoolsim.columns import Float64Array, Group
from schoolsim.jit import compiled
from schoolsim.parameters.record import Parameters
from schoolsim.system.state import Clock, State


class Columns(Group):
    """One row, a column an outcome."""

    practices_used: Float64Array
    novelty_tried: Float64Array
    evidence_level: Float64Array


@compiled
def fill(state: State, p: Parameters, clock: Clock, columns: Columns) -> None:
    """Fill the row with the half-term just run."""
    practices, teachers, mastery = state.practices, state.teachers, state.knowledge.mastery
    number, routine = teachers.rows, np.float32(p.learning_routine)
    held = np.zeros(practices.rows, dtype=np.int32)
    for post in range(number):
        row = mastery[post]
        for practice in range(row.shape[0]):
            held[practice] += row[practice] >= routine
    columns.practices_used[0] = np.sum(held) / number
    novel, usual = 0, np.sum(held) / held.shape[0]
    for post in range(number):
        focus = teachers.focus[post]
        novel += 1 if focus >= 0 and held[focus] < usual else 0
    columns.novelty_tried[0] = novel / number
    evidence, known = 0.0, 0.0
    for practice in range(practices.rows):
        if practices.alive[practice]:
            evidence += practices.evidence[practice]
            known += 1.0
    columns.evidence_level[0] = evidence / max(1.0, known)
