"""Hubs and holes: what a broker sees who has mapped who is tied to whom (M35, recommendation 5)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.system.partnering import most_partnerships
from schoolsim.system.state import Roster, Schools, Ties, Wholes
from schoolsim.system.tables import find_tie, following, other_end, trust_of

CALLS = 4  # schools a broker who maps weighs for each visit


@compiled
def degree_of(ties: Ties, adjacency: Wholes, school: int) -> float:
    """Ties a school has, hostile ones apart."""
    number = 0.0
    tie = adjacency[school]
    while tie >= 0:
        number += 0.0 if ties.hostile[tie] else 1.0
        tie = following(ties, tie, school)
    return number


@compiled
def call_on(
    schools: Schools, roster: Roster, ties: Ties, adjacency: Wholes, authority: int,
    broker_uid: int, visit: int, maps: bool, seed: int, step: int,
) -> int:  # fmt: skip
    """The school to visit: any or, with a map, the most isolated of some."""
    begin, end = roster.first[authority], roster.first[authority + 1]
    found = roster.order[begin + int(draws.uniform(seed, draws.VISIT, step, broker_uid, visit) * (end - begin))]
    if not maps:
        return found
    fewest = degree_of(ties, adjacency, found) + 6.0 * schools.commitments[found]
    for call in range(1, CALLS):
        draw = draws.uniform(seed, draws.BROKER_CALLS, step, broker_uid, visit * CALLS + call)
        school = roster.order[begin + int(draw * (end - begin))]
        linked = degree_of(ties, adjacency, school) + 6.0 * schools.commitments[school]
        if linked < fewest:
            fewest, found = linked, school
    return found


@compiled
def best_third(schools: Schools, ties: Ties, adjacency: Wholes, one: int, two: int) -> float:
    """Trust that a third school known to both can vouch with: the lesser of the trusts that lead through it."""
    best = 0.0
    tie = adjacency[one]
    while tie >= 0:
        third = other_end(ties, tie, one)
        if third != two and not ties.hostile[tie]:
            onward = find_tie(ties, adjacency, third, two)
            if onward >= 0 and not ties.hostile[onward]:
                best = max(best, min(trust_of(ties, tie, one), trust_of(ties, onward, two)))
        tie = following(ties, tie, one)
    return best


@compiled
def bridges(schools: Schools, ties: Ties, adjacency: Wholes, visited: int, other: int, p: np.record) -> float:
    """What an introduction would do for the net, about -1 (loads a hub) to 1 (joins two schools far apart)."""
    if schools.commitments[other] >= most_partnerships(schools.phase[other], p):
        return -1.0
    near = find_tie(ties, adjacency, visited, other) >= 0
    hub = degree_of(ties, adjacency, other) / p.trust_degree
    return (0.0 if near else 1.0) - min(1.0, max(0.0, hub - 1.0))
