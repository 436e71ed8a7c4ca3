"""2. Market: once a year parents choose; rolls, intake and so money follow (M37)."""

from __future__ import annotations

import math

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.rules.market import pull, push
from schoolsim.rules.words import SECONDARY
from schoolsim.system.state import NEAREST, Clock, Market, Parameters, Schools, State

ROUNDS = 4


@compiled
def years_at(phase: int) -> float:
    """Years a pupil stays at a school of a phase."""
    return 5.0 if phase == SECONDARY else 7.0


@compiled
def reach_of(phase: int, p: np.record) -> float:
    """Miles of an ordinary journey to a school of a phase."""
    return p.rivalry_reach_secondary if phase == SECONDARY else p.rivalry_reach_primary


@compiled
def _weights(
    schools: Schools, market: Market, zone: int, group: int, competition: float, p: np.record, weights: np.ndarray
) -> None:
    """Unnormalised choice weights (multinomial logit) of one zone and group over its schools."""
    poor = group == 1
    for place in range(NEAREST):
        school = market.choices[zone, place]
        if school < 0:
            weights[place] = 0.0
            continue
        utility = pull(competition, schools.seen[school], schools.badge[school], poor, p)
        utility -= push(market.miles[zone, place], reach_of(schools.phase[school], p), poor, p)
        weights[place] = math.exp(utility + market.constant[school, group])


@compiled
def _first_choices(schools: Schools, market: Market, competition: float, p: np.record, demand: np.ndarray) -> None:
    """Pupils of each group whose first choice each school is (school, group)."""
    demand[:, :] = 0.0
    weights = np.empty(NEAREST)
    for zone in range(schools.uid.shape[0]):
        for group in range(2):
            _weights(schools, market, zone, group, competition, p, weights)
            total = np.sum(weights)
            for place in range(NEAREST):
                if market.choices[zone, place] >= 0:
                    demand[market.choices[zone, place], group] += market.cohort[zone, group] * weights[place] / total


@compiled
def fit_constants(schools: Schools, market: Market, parameters: Parameters) -> None:
    """Fit each school's constant so that choice at the observed weight gives the observed rolls (Berry 1994)."""
    p = parameters[0]
    number = schools.uid.shape[0]
    demand = np.empty((number, 2))
    observed = np.empty((number, 2))
    for school in range(number):
        years = years_at(schools.phase[school])
        observed[school, 1] = max(1e-6, schools.poor[school] / years)
        observed[school, 0] = max(1e-6, (schools.roll[school] - schools.poor[school]) / years)
        for group in range(2):
            market.cohort[school, group] = observed[school, group]
            market.constant[school, group] = 0.0
    for _ in range(60):
        _first_choices(schools, market, p.market_observed_weight, p, demand)
        for school in range(number):
            for group in range(2):
                market.constant[school, group] += math.log(observed[school, group] / max(1e-9, demand[school, group]))


@compiled
def _admit(schools: Schools, market: Market, p: np.record, admitted: np.ndarray) -> None:
    """Who gets in where (school, group): the turned away choose again among schools with room, round by round.

    An overfull school turns away pupils on free meals more often (M37). Whoever is left in the end stays
    in the zone's own school, so that no pupil is lost.
    """
    number = schools.uid.shape[0]
    waiting = market.cohort.copy()
    room = np.empty(number)
    for school in range(number):
        room[school] = p.market_seats * schools.capacity[school] / years_at(schools.phase[school])
    admitted[:, :] = 0.0
    wishes = np.zeros((number, 2, NEAREST))
    asked = np.empty((number, 2))
    weights = np.empty(NEAREST)
    for _ in range(ROUNDS):
        asked[:, :] = 0.0
        for zone in range(number):
            for group in range(2):
                _weights(schools, market, zone, group, p.market_choice_weight, p, weights)
                total = 0.0
                for place in range(NEAREST):
                    school = market.choices[zone, place]
                    if school < 0 or room[school] <= 1e-9:
                        weights[place] = 0.0
                    total += weights[place]
                for place in range(NEAREST):
                    wishes[zone, group, place] = waiting[zone, group] * weights[place] / total if total > 0.0 else 0.0
                    if market.choices[zone, place] >= 0:
                        asked[market.choices[zone, place], group] += wishes[zone, group, place]
        for school in range(number):
            _turn_away(asked, room, school, p.market_constraint)
        for zone in range(number):
            for group in range(2):
                for place in range(NEAREST):
                    school = market.choices[zone, place]
                    if school >= 0 and wishes[zone, group, place] > 0.0:
                        let_in = wishes[zone, group, place] * asked[school, group]
                        admitted[school, group] += let_in
                        waiting[zone, group] -= let_in
    for zone in range(number):
        for group in range(2):
            admitted[zone, group] += max(0.0, waiting[zone, group])


@compiled
def _turn_away(asked: np.ndarray, room: np.ndarray, school: int, constraint: float) -> None:
    """Replace how many asked at a school by the share let in, and take them from its room."""
    better_off, poor = asked[school, 0], asked[school, 1]
    over = better_off + poor - room[school]
    turned, turned_poor = 0.0, 0.0
    if over > 0.0:
        weight = better_off + (1.0 + constraint) * poor
        turned_poor = min(poor, over * (1.0 + constraint) * poor / weight)
        turned = min(better_off, over - turned_poor)
    asked[school, 0] = (better_off - turned) / better_off if better_off > 0.0 else 0.0
    asked[school, 1] = (poor - turned_poor) / poor if poor > 0.0 else 0.0
    room[school] = max(0.0, room[school] - (better_off - turned) - (poor - turned_poor))


@compiled
def _new_year(schools: Schools, market: Market, parameters: Parameters) -> None:
    """The oldest leave, the admitted come; nobody is lost on the way."""
    p = parameters[0]
    admitted = np.empty((schools.uid.shape[0], 2))
    _admit(schools, market, p, admitted)
    for school in range(schools.uid.shape[0]):
        stay = 1.0 - 1.0 / years_at(schools.phase[school])
        schools.poor[school] = schools.poor[school] * stay + admitted[school, 1]
        schools.roll[school] = schools.roll[school] * stay + admitted[school, 0] + admitted[school, 1]


def run(state: State, p: Parameters, clock: Clock) -> None:
    """Admit a new year in the first half-term of each school year."""
    if clock.year_begins:
        _new_year(state.schools, state.market, p)
