"""Who is asked into a programme: whose claim is best, and whom they are drawn to."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.rules.words import (
    NEITHER,
    SELECT_AS_PROGRAMME,
    SELECT_BEST,
    SELECT_CROSS_AREA,
    SELECT_UNLIKE,
    SELECT_VALUE_ADDED,
    SELECT_VOLUNTEERS,
    SELECT_WEAKEST,
)
from schoolsim.system.closeness import difference, miles_between, rivals
from schoolsim.system.state import Reals, Schools, Ties, Wholes
from schoolsim.system.tables import find_tie, trust_of

VALUE_ADDED_SD = 0.1  # pupil sd, between schools
FAR = 10.0  # miles that count as another area


@compiled
def networks_rule(p: np.record) -> int:
    """The member rule of networks: their own, or the programme's where they have none."""
    return p.programme_select if p.network_select == SELECT_AS_PROGRAMME else p.network_select - 1


@compiled
def merit(schools: Schools, school: int, rule: int) -> float:
    """What a member rule looks at in a school, in standard deviations or so; 0 where it does not look."""
    if rule == SELECT_BEST:
        return schools.standing[school]
    if rule == SELECT_WEAKEST:
        return -schools.standing[school]
    if rule == SELECT_VALUE_ADDED:
        return schools.value[school] / VALUE_ADDED_SD
    if rule == SELECT_VOLUNTEERS:
        return 4.0 * (schools.tone[school] + schools.confidence[school] - 1.0)
    return 0.0


@compiled
def claims(schools: Schools, rule: int, p: np.record, seed: int, step: int) -> Reals:
    """Every school's claim to be asked, by a member rule and luck; a closed head is asked last unless told."""
    claim = np.empty(schools.uid.shape[0])
    for school in range(claim.shape[0]):
        luck = draws.normal(seed, draws.MEMBERS, step, schools.uid[school], 0)
        looks = rule in (SELECT_BEST, SELECT_WEAKEST, SELECT_VOLUNTEERS, SELECT_VALUE_ADDED)
        claim[school] = merit(schools, school, rule) + 0.5 * luck if looks else luck
        if schools.closed[school] and not p.programme_imposed:
            claim[school] -= 100.0
    return claim


@compiled
def drawn_to(schools: Schools, ties: Ties, adjacency: Wholes, one: int, other: int, rule: int, p: np.record) -> float:
    """How much two schools suit each other: known, near and no rivals, unless the member rule says otherwise."""
    miles = miles_between(schools, one, other)
    tie = find_tie(ties, adjacency, one, other)
    if tie >= 0 and ties.hostile[tie] and not p.programme_imposed:
        return -1.0e6
    known = 2.0 * trust_of(ties, tie, other) if tie >= 0 else 0.0
    liking = known - p.search_rivalry * rivals(schools, one, other, miles, p)
    if rule == SELECT_CROSS_AREA:
        apart = 1.0 if schools.authority[one] != schools.authority[other] else min(1.0, miles / FAR)
        return liking + apart
    liking -= p.search_distance * miles
    if rule == SELECT_UNLIKE:
        liking += 2.0 * difference(schools, one, other) + (1.0 if schools.phase[one] != schools.phase[other] else 0.0)
    return liking


@compiled
def may_be_asked(schools: Schools, school: int, p: np.record) -> bool:
    """Whether a school is free for the programme, and its head open or told to be."""
    return schools.role[school] == NEITHER and (p.programme_imposed or not schools.closed[school])
