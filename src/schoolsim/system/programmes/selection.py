"""Chooses who is asked into a programme: whose claim is best, and whom they are drawn to (M21, §2.23, §3.43)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.columns import Float64Array
from schoolsim.jit import compiled
from schoolsim.rules.codes import (
    FIRST_NETWORK_SELECT,
    SELECT_AS_PROGRAMME,
    SELECT_BEST,
    SELECT_CROSS_AREA,
    SELECT_UNLIKE,
    SELECT_VALUE_ADDED,
    SELECT_VOLUNTEERS,
    SELECT_WEAKEST,
)
from schoolsim.system.state import Clock, Parameters, Schools, State
from schoolsim.system.state.adjacency import find_tie, trust_of
from schoolsim.system.trust.ties import difference, miles_between, rivalry_between

NO_CLAIM = -1.0e9  # of a school that a programme is not for
LAST = 100.0  # what puts a closed head behind all others
NEVER = -1.0e6  # liking of a school it has fallen out with


@compiled
def networks_rule(p: Parameters) -> int:
    """The member rule of networks: their own, or the programme's where they have none."""
    if p.network_select == SELECT_AS_PROGRAMME:
        return p.programme_select
    return p.network_select - FIRST_NETWORK_SELECT


@compiled
def merit(schools: Schools, school: int, rule: int, p: Parameters) -> float:
    """What a member rule looks at in a school, in standard deviations or so; 0 where it does not look."""
    if rule == SELECT_BEST:
        return schools.standing[school]
    if rule == SELECT_WEAKEST:
        return -schools.standing[school]
    if rule == SELECT_VALUE_ADDED:
        return schools.value[school] / max(1e-6, p.school_climate_sd)
    if rule == SELECT_VOLUNTEERS:
        return (schools.tone[school] + schools.confidence[school] - 1.0) / max(1e-6, p.leadership_sd)
    return 0.0


@compiled
def claims(state: State, p: Parameters, clock: Clock, rule: int) -> Float64Array:
    """Every school's claim to be asked, by a member rule and luck; a closed head is asked last unless told.

    A school that the programme of `p` is not for has none.
    """
    schools = state.schools
    claim = np.empty(schools.rows)
    for school in range(claim.shape[0]):
        luck = draws.normal(clock.seed, draws.MEMBERS, clock.half_term, schools.uid[school], 0)
        looks = rule == SELECT_BEST or rule == SELECT_WEAKEST or rule == SELECT_VOLUNTEERS or rule == SELECT_VALUE_ADDED
        claim[school] = merit(schools, school, rule, p) + 0.5 * luck if looks else luck
        if schools.closed[school] and not p.programme_imposed:
            claim[school] -= LAST
        if not state.programmes.covered[p.row, school]:
            claim[school] = NO_CLAIM
    return claim


@compiled
def liking(state: State, p: Parameters, school: int, other: int, rule: int) -> float:
    """How much two schools suit each other: known, near and no rivals, unless the member rule says otherwise."""
    schools, ties = state.schools, state.ties
    miles = miles_between(schools, school, other)
    tie = find_tie(state, school, other)
    if tie >= 0 and ties.hostile[tie] and not p.programme_imposed:
        return NEVER
    known = 2.0 * trust_of(ties, tie, other) if tie >= 0 else 0.0
    liked = known - p.search_rivalry * rivalry_between(schools, school, other, miles, p)
    if rule == SELECT_CROSS_AREA:
        other_area = schools.authority[school] != schools.authority[other]
        return liked + (1.0 if other_area else min(1.0, miles / p.pairs_reach))
    liked -= p.search_distance * miles
    if rule == SELECT_UNLIKE:
        other_phase = 1.0 if schools.phase[school] != schools.phase[other] else 0.0
        liked += 2.0 * difference(schools, school, other) + other_phase
    return liked
