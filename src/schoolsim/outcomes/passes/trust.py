"""Ties between schools: trust, number, hostility; and teachers who have none."""

from __future__ import annotations

import numpy as np

from schoolsim.columns import Float64Array, Group
from schoolsim.jit import compiled
from schoolsim.outcomes.passes.statistics import weighted_mean
from schoolsim.parameters.record import Parameters
from schoolsim.system.state import Clock, State
from schoolsim.system.state.adjacency import mean_trust, trust_of
from schoolsim.system.state.slots import total

RIVALS = 0.1  # rivalry from which two schools are counted as rivals, as the outcome says


class Columns(Group):
    """One row, a column an outcome."""

    trust_mean: Float64Array
    trust_active: Float64Array
    trust_rival: Float64Array
    trust_partner: Float64Array
    ties_degree: Float64Array
    ties_isolated: Float64Array
    ties_hostile: Float64Array


@compiled
def fill(state: State, p: Parameters, clock: Clock, columns: Columns) -> None:
    """Fill the row with the half-term just run."""
    schools, teachers, ties, partnerships = state.schools, state.teachers, state.ties, state.partnerships
    trust, alive, rival = np.zeros(ties.rows), np.zeros(ties.rows), np.zeros(ties.rows)
    active = np.zeros(ties.rows)
    number, partners = 0, 0.0
    for slot in range(partnerships.rows):
        if partnerships.alive[slot]:
            active[partnerships.tie[slot]] = 1.0
            number += 1
            partners += trust_of(ties, partnerships.tie[slot], partnerships.partner[slot])
    hostile = 0.0
    for tie in range(ties.rows):
        if ties.alive[tie]:
            trust[tie] = mean_trust(ties, tie)
            alive[tie] = 1.0
            rival[tie] = ties.rivalry[tie] >= RIVALS
            hostile += ties.hostile[tie]
    columns.trust_mean[0] = weighted_mean(trust, alive)
    columns.trust_active[0] = weighted_mean(trust, active)
    columns.trust_rival[0] = weighted_mean(trust, rival)
    columns.trust_partner[0] = partners / number if number > 0 else np.nan
    columns.ties_degree[0] = 2.0 * total(alive) / schools.rows
    columns.ties_hostile[0] = hostile
    alone = 0
    for post in range(teachers.rows):
        alone += 1 if teachers.pairs[post] == 0 and teachers.best_tie[post] < 0 else 0
    columns.ties_isolated[0] = alone / teachers.rows
