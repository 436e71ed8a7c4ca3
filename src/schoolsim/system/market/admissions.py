"""Once a year parents choose; rolls, intake and so money follow (M37)."""

from __future__ import annotations

import math

import numpy as np

from schoolsim.columns import Float64Array
from schoolsim.jit import compiled
from schoolsim.rules.codes import SECONDARY
from schoolsim.rules.market import distance_disutility, school_utility
from schoolsim.system.state import NEAREST, Clock, Parameters, State
from schoolsim.system.state.schema import GROUPS

ROUNDS = 4  # in which those turned away choose again
FITTING_ROUNDS = 60  # after which constants of choice reproduce the observed rolls
YEARS_AT_SECONDARY, YEARS_AT_PRIMARY = 5.0, 7.0  # a pupil stays at a school
BETTER_OFF, POOR = 0, 1  # groups of families


@compiled
def years_at(phase: int) -> float:
    """Years a pupil stays at a school of a phase."""
    return YEARS_AT_SECONDARY if phase == SECONDARY else YEARS_AT_PRIMARY


@compiled
def reach_of(phase: int, p: Parameters) -> float:
    """Miles of an ordinary journey to a school of a phase."""
    return p.rivalry_reach_secondary if phase == SECONDARY else p.rivalry_reach_primary


@compiled
def _weights(state: State, p: Parameters, zone: int, group: int, competition: float, weights: Float64Array) -> None:
    """Unnormalised choice weights (multinomial logit) of one zone and group over its schools."""
    schools, market = state.schools, state.market
    poor = group == POOR
    for place in range(NEAREST):
        school = market.choices[zone, place]
        if school < 0:
            weights[place] = 0.0
            continue
        utility = school_utility(competition, schools.known_standing[school], schools.badge[school], poor, p)
        utility -= distance_disutility(market.miles[zone, place], reach_of(schools.phase[school], p), poor, p)
        weights[place] = math.exp(utility + market.constant[school, group])


@compiled
def first_choices(state: State, p: Parameters, competition: float, demand: Float64Array) -> None:
    """Fill `demand` (school, group) with pupils whose first choice each school is."""
    market = state.market
    demand[:, :] = 0.0
    weights = np.empty(NEAREST)
    for zone in range(market.rows):
        for group in range(GROUPS):
            _weights(state, p, zone, group, competition, weights)
            total = np.sum(weights)
            for place in range(NEAREST):
                school = market.choices[zone, place]
                if school >= 0:
                    demand[school, group] += market.cohort[zone, group] * weights[place] / total


@compiled
def fit_choice(state: State, p: Parameters) -> None:
    """Fit each school's constant so that choice at the observed weight gives the observed rolls (Berry 1994)."""
    schools, market, number = state.schools, state.market, state.schools.rows
    demand = np.empty((number, GROUPS))
    observed = np.empty((number, GROUPS))
    for school in range(number):
        years = years_at(schools.phase[school])
        observed[school, POOR] = max(1e-6, schools.poor[school] / years)
        observed[school, BETTER_OFF] = max(1e-6, (schools.roll[school] - schools.poor[school]) / years)
        for group in range(GROUPS):
            market.cohort[school, group] = observed[school, group]
            market.constant[school, group] = 0.0
    for _ in range(FITTING_ROUNDS):
        first_choices(state, p, p.market_observed_weight, demand)
        for school in range(number):
            for group in range(GROUPS):
                market.constant[school, group] += math.log(observed[school, group] / max(1e-9, demand[school, group]))


@compiled
def _wish(state: State, p: Parameters, waiting: Float64Array, room: Float64Array, wishes: Float64Array) -> Float64Array:
    """Fill `wishes` (zone, group, place) with pupils who ask for a school with room.

    Returns:
        How many ask at each school (school, group).
    """
    market, number = state.market, state.market.rows
    wished = np.zeros((number, GROUPS))
    weights = np.empty(NEAREST)
    for zone in range(number):
        for group in range(GROUPS):
            _weights(state, p, zone, group, p.market_choice_weight, weights)
            total = 0.0
            for place in range(NEAREST):
                school = market.choices[zone, place]
                if school < 0 or room[school] <= 1e-9:
                    weights[place] = 0.0
                total += weights[place]
            for place in range(NEAREST):
                share = waiting[zone, group] * weights[place] / total if total > 0.0 else 0.0
                wishes[zone, group, place] = share
                if market.choices[zone, place] >= 0:
                    wished[market.choices[zone, place], group] += share
    return wished


@compiled
def turn_away(wished: Float64Array, room: Float64Array, school: int, constraint: float) -> None:
    """Replace how many asked at a school by the share let in, and take them from its room."""
    better_off, poor = wished[school, BETTER_OFF], wished[school, POOR]
    over = better_off + poor - room[school]
    turned, turned_poor = 0.0, 0.0
    if over > 0.0:
        weight = better_off + (1.0 + constraint) * poor
        turned_poor = min(poor, over * (1.0 + constraint) * poor / weight)
        turned = min(better_off, over - turned_poor)
    wished[school, BETTER_OFF] = (better_off - turned) / better_off if better_off > 0.0 else 0.0
    wished[school, POOR] = (poor - turned_poor) / poor if poor > 0.0 else 0.0
    room[school] = max(0.0, room[school] - (better_off - turned) - (poor - turned_poor))


@compiled
def admit(state: State, p: Parameters, admitted: Float64Array) -> None:
    """Fill `admitted` (school, group): the turned away choose again among schools with room, round by round.

    An overfull school turns away pupils on free meals more often (M37). Whoever is left in the end stays
    in the zone's own school, so that no pupil is lost.
    """
    schools, market, number = state.schools, state.market, state.schools.rows
    waiting = np.empty((number, GROUPS))
    room = np.empty(number)
    for school in range(number):
        for group in range(GROUPS):
            waiting[school, group] = market.cohort[school, group]
        room[school] = p.market_seats * schools.capacity[school] / years_at(schools.phase[school])
    admitted[:, :] = 0.0
    wishes = np.zeros((number, GROUPS, NEAREST))
    for _ in range(ROUNDS):
        wished = _wish(state, p, waiting, room, wishes)
        for school in range(number):
            turn_away(wished, room, school, p.market_constraint)
        for zone in range(number):
            for group in range(GROUPS):
                for place in range(NEAREST):
                    school = market.choices[zone, place]
                    if school >= 0 and wishes[zone, group, place] > 0.0:
                        let_in = wishes[zone, group, place] * wished[school, group]
                        admitted[school, group] += let_in
                        waiting[zone, group] -= let_in
    for zone in range(number):
        for group in range(GROUPS):
            admitted[zone, group] += max(0.0, waiting[zone, group])


@compiled
def admit_new_year(state: State, p: Parameters, clock: Clock) -> None:
    """The oldest leave, the admitted come; nobody is lost on the way."""
    schools = state.schools
    admitted = np.empty((schools.rows, GROUPS))
    admit(state, p, admitted)
    for school in range(schools.rows):
        stay = 1.0 - 1.0 / years_at(schools.phase[school])
        schools.poor[school] = schools.poor[school] * stay + admitted[school, POOR]
        schools.roll[school] = schools.roll[school] * stay + admitted[school, BETTER_OFF] + admitted[school, POOR]
