"""Confidence, and what else people bring to learning from others."""

from __future__ import annotations

import numpy as np

from schoolsim.columns import Float64Array, Group
from schoolsim.jit import compiled
from schoolsim.outcomes.passes.statistics import mean, weighted_mean
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import ORIGINATOR, PARTNER
from schoolsim.system.state import Clock, State


class Columns(Group):
    """One row, a column an outcome."""

    confidence_mean: Float64Array
    confidence_partner: Float64Array
    confidence_originator: Float64Array


@compiled
def fill(state: State, p: Parameters, clock: Clock, columns: Columns) -> None:
    """Fill the row with the half-term just run."""
    schools, teachers = state.schools, state.teachers
    partner, originator = np.zeros(teachers.rows), np.zeros(teachers.rows)
    for post in range(teachers.rows):
        role = schools.role[teachers.school[post]]
        partner[post], originator[post] = role == PARTNER, role == ORIGINATOR
    columns.confidence_mean[0] = mean(teachers.confidence)
    columns.confidence_partner[0] = weighted_mean(teachers.confidence, partner)
    columns.confidence_originator[0] = weighted_mean(teachers.confidence, originator)
