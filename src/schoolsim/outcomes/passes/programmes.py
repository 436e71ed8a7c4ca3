"""Effects of programmes: schools and teachers compared with themselves in the run without any."""

from __future__ import annotations

import numpy as np

from schoolsim.columns import Float64Array, Group
from schoolsim.jit import compiled
from schoolsim.outcomes.passes.statistics import weighted_mean
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import NEITHER, ORIGINATOR, PARTNER
from schoolsim.system.state import Clock, Programmes, State


class Columns(Group):
    """One row, a column an outcome."""

    effect_mean: Float64Array
    effect_member: Float64Array
    effect_partner: Float64Array
    effect_originator: Float64Array
    effect_neither: Float64Array
    effect_partner_now: Float64Array
    effect_originator_now: Float64Array
    effect_learners: Float64Array
    effect_givers: Float64Array
    effect_colleagues: Float64Array
    effect_results: Float64Array
    effect_unpaired: Float64Array
    places_filled: Float64Array


@compiled
def first_role(programmes: Programmes, school: int) -> int:
    """The role in which a school first joined any programme; of two at once, originator before partner."""
    columns, earliest = NEITHER, 0
    for row in range(1, programmes.rows):
        joined = programmes.joined[row, school]
        if joined < 0:
            continue
        sooner = columns == NEITHER or joined < earliest
        if sooner or (joined == earliest and programmes.first_role[row, school] == ORIGINATOR):
            columns, earliest = programmes.first_role[row, school], joined
    return columns


@compiled
def _schools(state: State, p: Parameters, columns: Columns) -> None:
    schools, programmes, twins, number = state.schools, state.programmes, state.school_twins, state.schools.rows
    effect, results = np.zeros(number), np.zeros(number)
    first, now = np.zeros((3, number)), np.zeros((3, number))
    for school in range(number):
        if twins.rows > 0:
            effect[school] = (schools.progress[school] - twins.progress[school]) * p.result_points
            results[school] = schools.published[school] - twins.published[school]
        first[first_role(programmes, school), school] = 1.0
        now[schools.role[school], school] = 1.0
    columns.effect_mean[0] = weighted_mean(effect, schools.roll)
    columns.effect_partner[0] = weighted_mean(effect, first[PARTNER])
    columns.effect_originator[0] = weighted_mean(effect, first[ORIGINATOR])
    columns.effect_member[0] = weighted_mean(effect, first[PARTNER] + first[ORIGINATOR])
    columns.effect_neither[0] = weighted_mean(effect, first[NEITHER])
    columns.effect_partner_now[0] = weighted_mean(effect, now[PARTNER])
    columns.effect_originator_now[0] = weighted_mean(effect, now[ORIGINATOR])
    columns.effect_results[0] = weighted_mean(results, first[PARTNER])


@compiled
def _teachers(state: State, p: Parameters, columns: Columns) -> None:
    teachers, twins = state.teachers, state.teacher_twins
    effect = np.zeros(teachers.rows)
    learners, givers, others = np.zeros(teachers.rows), np.zeros(teachers.rows), np.zeros(teachers.rows)
    unpaired = 0.0
    for post in range(teachers.rows):
        if twins.rows == 0:
            continue
        if np.isnan(twins.effect[post]):
            unpaired += 1.0 / teachers.rows
            continue
        effect[post] = (teachers.effect[post] - twins.effect[post]) * p.result_points
        learners[post] = teachers.learnt_in[post] > 0
        givers[post] = teachers.gave_in[post] > 0 and teachers.learnt_in[post] == 0
        in_partner = first_role(state.programmes, teachers.school[post]) == PARTNER
        others[post] = in_partner and teachers.learnt_in[post] == 0 and teachers.gave_in[post] == 0
    columns.effect_learners[0] = weighted_mean(effect, learners)
    columns.effect_givers[0] = weighted_mean(effect, givers)
    columns.effect_colleagues[0] = weighted_mean(effect, others)
    columns.effect_unpaired[0] = unpaired


@compiled
def _places_filled(state: State) -> float:
    programmes, partnerships = state.programmes, state.partnerships
    places, filled = 0.0, 0.0
    for row in range(1, programmes.rows):
        if not programmes.seeking[row]:
            continue
        at_work = 0.0
        for slot in range(partnerships.rows):
            at_work += 1.0 if partnerships.alive[slot] and partnerships.programme[slot] == row else 0.0
        places += programmes.places[row]
        filled += min(at_work, float(programmes.places[row]))
    return filled / places if places > 0.0 else np.nan


@compiled
def fill(state: State, p: Parameters, clock: Clock, columns: Columns) -> None:
    """Fill the row with the half-term just run."""
    _schools(state, p, columns)
    _teachers(state, p, columns)
    columns.places_filled[0] = _places_filled(state)
