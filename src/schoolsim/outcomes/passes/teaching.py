"""Measures what teaching adds, in whom, and what change costs a class."""

from __future__ import annotations

import numpy as np

from schoolsim.columns import Float64Array, Group
from schoolsim.jit import compiled
from schoolsim.outcomes.passes.statistics import mean, spread, weighted_mean
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import NEITHER, ORIGINATOR, PARTNER
from schoolsim.system.state import Clock, Schools, State


class Columns(Group):
    """One row, a column an outcome."""

    progress_mean: Float64Array
    progress_partner: Float64Array
    progress_originator: Float64Array
    progress_neither: Float64Array
    progress_neediest: Float64Array
    progress_gap: Float64Array
    progress_spread: Float64Array
    gain_partner: Float64Array
    gain_originator: Float64Array
    cover_harm: Float64Array
    load_mean: Float64Array
    guardians_share: Float64Array


@compiled
def in_role(schools: Schools, role: int) -> Float64Array:
    """1 for each school in a role of the programme, else 0."""
    columns = np.zeros(schools.rows)
    for school in range(schools.rows):
        columns[school] = schools.role[school] == role
    return columns


@compiled
def better_off(schools: Schools) -> Float64Array:
    """Pupils not on free school meals, of each school."""
    columns = np.empty(schools.rows)
    for school in range(schools.rows):
        columns[school] = schools.roll[school] - schools.poor[school]
    return columns


@compiled
def fill(state: State, p: Parameters, clock: Clock, columns: Columns) -> None:
    """Fill the row with the half-term just run."""
    schools, teachers = state.schools, state.teachers
    added, changed, neediest = np.empty(schools.rows), np.empty(schools.rows), np.empty(schools.rows)
    for school in range(schools.rows):
        added[school] = schools.progress[school] * p.result_points
        changed[school] = (schools.progress[school] - schools.progress_start[school]) * p.result_points
        neediest[school] = schools.neediest[school]
    partner, originator = in_role(schools, PARTNER), in_role(schools, ORIGINATOR)
    columns.progress_mean[0] = weighted_mean(added, schools.roll)
    columns.progress_partner[0] = weighted_mean(added, partner)
    columns.progress_originator[0] = weighted_mean(added, originator)
    columns.progress_neither[0] = weighted_mean(added, in_role(schools, NEITHER))
    columns.progress_neediest[0] = weighted_mean(added, neediest)
    columns.progress_gap[0] = weighted_mean(added, better_off(schools)) - weighted_mean(added, schools.poor)
    columns.progress_spread[0] = spread(added)
    columns.gain_partner[0] = weighted_mean(changed, partner)
    columns.gain_originator[0] = weighted_mean(changed, originator)
    columns.cover_harm[0] = p.result_points * p.cover_harm * mean(teachers.hours_out)
    load, guardians = 0.0, 0.0
    for post in range(teachers.rows):
        load += teachers.load[post] / teachers.rows
    for school in range(schools.rows):
        guardians += schools.guardians[school] / schools.rows
    columns.load_mean[0], columns.guardians_share[0] = load, guardians
