"""Confidence, and what else people bring to learning from others."""

from __future__ import annotations

import numpy as np

from schoolsim.columns import Float64Array, Group
from schoolsim.jit import compiled
from schoolsim.outcomes.outcome import Outcome, Pass
from schoolsim.outcomes.statistics import mean, weighted_mean
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import ORIGINATOR, PARTNER
from schoolsim.system.state import Clock, State


class IdentityOutcomes(Group):
    """One row."""

    confidence_mean: Float64Array
    confidence_partner: Float64Array
    confidence_originator: Float64Array


@compiled
def _fill(state: State, p: Parameters, clock: Clock, found: IdentityOutcomes) -> None:
    schools, teachers = state.schools, state.teachers
    partner, originator = np.zeros(teachers.rows), np.zeros(teachers.rows)
    for post in range(teachers.rows):
        role = schools.role[teachers.school[post]]
        partner[post], originator[post] = role == PARTNER, role == ORIGINATOR
    found.confidence_mean[0] = mean(teachers.confidence)
    found.confidence_partner[0] = weighted_mean(teachers.confidence, partner)
    found.confidence_originator[0] = weighted_mean(teachers.confidence, originator)


IDENTITY = Pass(IdentityOutcomes, _fill)

OUTCOMES = (
    Outcome("confidence.mean", "level", "Confidence that one has something to share, mean over teachers.", IDENTITY),
    Outcome("confidence.partner", "level", "The same, mean over teachers of partner schools.", IDENTITY),
    Outcome("confidence.originator", "level", "The same, mean over teachers of originating schools.", IDENTITY),
)
