"""What two schools are to each other: miles, rivalry, difference of context, and the making of a tie."""

from __future__ import annotations

import math

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.rules.practice import away, unfamiliarity
from schoolsim.rules.shapes import unit
from schoolsim.rules.trust import rivalry
from schoolsim.system.state import Schools, Ties, Wholes
from schoolsim.system.tables import add_tie

KM_A_MILE = 1.609344


@compiled
def miles_between(schools: Schools, one: int, two: int) -> float:
    """Straight miles from one school to another."""
    east = schools.east[one] - schools.east[two]
    north = schools.north[one] - schools.north[two]
    return math.sqrt(east * east + north * north) / KM_A_MILE


@compiled
def rivals(schools: Schools, one: int, two: int, miles: float, p: np.record) -> float:
    """How far two schools are rivals, 0..1."""
    return rivalry(p.market_choice_weight, miles, schools.phase[one], schools.phase[two], p)


@compiled
def difference(schools: Schools, one: int, two: int) -> float:
    """How foreign two schools' contexts are to each other, 0..1."""
    return unfamiliarity(away(schools.context[one], schools.context[two]))


@compiled
def uid_pair(schools: Schools, one: int, two: int) -> int:
    """One number for two schools, whichever comes first."""
    first, second = schools.uid[one], schools.uid[two]
    return draws.pair(min(first, second), max(first, second))


@compiled
def tie_together(
    schools: Schools,
    ties: Ties,
    adjacency: Wholes,
    one: int,
    two: int,
    trust: float,
    familiarity: float,
    p: np.record,
    seed: int,
) -> int:
    """Tie two schools that have no tie; its resting trust is drawn for the two of them once and for all."""
    miles = miles_between(schools, one, two)
    rival = rivals(schools, one, two, miles, p)
    luck = draws.normal(seed, draws.TIE_LEVELS, 0, uid_pair(schools, one, two), 9)
    rest = unit(p.trust_rest + p.trust_rest_sd * luck)
    return add_tie(schools, ties, adjacency, one, two, trust, familiarity, rest, rival, miles)
