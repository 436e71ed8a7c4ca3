"""Standing of two schools to each other: miles, rivalry, difference of context, and the making of a tie."""

from __future__ import annotations

import math

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.practice import context_distance, unfamiliarity
from schoolsim.rules.shapes import unit
from schoolsim.rules.trust import rivalry
from schoolsim.system.state import Clock, Parameters, Schools, State
from schoolsim.system.state.adjacency import add_tie

KM_A_MILE = 1.609344
RESTING = 9  # draw of the trust a tie rests at, after those of its first levels; the next two are of each side's own


@compiled
def miles_between(schools: Schools, school: int, other: int) -> float:
    """Straight miles from one school to another."""
    east = schools.east[school] - schools.east[other]
    north = schools.north[school] - schools.north[other]
    return math.sqrt(east * east + north * north) / KM_A_MILE


@compiled
def rivalry_between(schools: Schools, school: int, other: int, miles: float, p: Parameters) -> float:
    """How far two schools are rivals, 0..1."""
    return rivalry(p.market_choice_weight, miles, schools.phase[school], schools.phase[other], p)


@compiled
def difference(schools: Schools, school: int, other: int) -> float:
    """How foreign two schools' contexts are to each other, 0..1."""
    return unfamiliarity(context_distance(schools.context[school], schools.context[other]))


@compiled
def uid_of_pair(schools: Schools, school: int, other: int) -> int:
    """One number for two schools, whichever comes first."""
    first, second = schools.uid[school], schools.uid[other]
    return draws.pair(min(first, second), max(first, second))


@compiled
def make_tie(state: State, p: Parameters, clock: Clock, ends: tuple[int, int], trust: float, familiarity: float) -> int:
    """Tie two schools that have no tie; what trust rests at is drawn once, half of its variance common to both.

    Args:
        state: The state.
        p: Parameters.
        clock: For the seed.
        ends: Rows of the two schools.
        trust: Each way, 0..1.
        familiarity: 0..1.

    Returns:
        The tie's slot, or -1 where the table is full.
    """
    schools, ties = state.schools, state.ties
    school, other = ends
    tie = add_tie(state, school, other, trust, familiarity)
    if tie >= 0:
        miles = miles_between(schools, school, other)
        both, first = uid_of_pair(schools, school, other), int(schools.uid[ties.a[tie]] > schools.uid[ties.b[tie]])
        luck = draws.normal(clock.seed, draws.TIE_LEVELS, 0, both, RESTING)
        own = draws.normal(clock.seed, draws.TIE_LEVELS, 0, both, RESTING + 1 + first)
        others = draws.normal(clock.seed, draws.TIE_LEVELS, 0, both, RESTING + 2 - first)
        ties.resting_ab[tie] = unit(p.trust_rest + p.trust_rest_sd * math.sqrt(0.5) * (luck + own))
        ties.resting_ba[tie] = unit(p.trust_rest + p.trust_rest_sd * math.sqrt(0.5) * (luck + others))
        ties.rivalry[tie], ties.miles[tie] = rivalry_between(schools, school, other, miles, p), miles
    return tie
