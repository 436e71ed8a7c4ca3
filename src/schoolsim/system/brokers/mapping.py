"""Hubs and holes: what a broker sees who has mapped who is tied to whom (M35, recommendation 5)."""

from __future__ import annotations

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import MAP_HOLES, MAP_HUBS, MAP_MIXED, MAP_NONE
from schoolsim.system.partnerships.search import most_partnerships
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.adjacency import find_tie, next_tie, other_end, trust_of

VOUCHED_APART = 1e-9  # what a match that a map speaks against is still worth


@compiled
def map_rule(visit: int, p: Parameters) -> int:
    """How the map is used on a visit: a mixed rule takes holes and hubs by turns."""
    if p.broker_mapping != MAP_MIXED:
        return p.broker_mapping
    return MAP_HUBS if visit % 2 else MAP_HOLES


@compiled
def friendly_degree(state: State, school: int) -> float:
    """Ties a school has, hostile ones apart."""
    ties = state.ties
    number = 0.0
    tie = state.schools.first_tie[school]
    while tie >= 0:
        number += 0.0 if ties.hostile[tie] else 1.0
        tie = next_tie(ties, tie, school)
    return number


@compiled
def school_to_visit(state: State, p: Parameters, clock: Clock, broker: int, visit: int) -> int:
    """The school a broker visits: any or, with a map, the most isolated of some, or the best connected."""
    brokers, order, seed, step = state.brokers, state.roster.order, clock.seed, clock.half_term
    authority, uid = brokers.authority[broker], brokers.uid[broker]
    begin, end = state.authorities.first[authority], state.authorities.past[authority]
    found = order[begin + int(draws.uniform(seed, draws.VISIT, step, uid, visit) * (end - begin))]
    rule = map_rule(visit, p)
    if rule == MAP_NONE:
        return found
    sign = -1.0 if rule == MAP_HUBS else 1.0
    fewest = sign * friendly_degree(state, found)
    for look in range(1, p.broker_map_looks):
        draw = draws.uniform(seed, draws.BROKER_CALLS, step, uid, visit * p.broker_map_looks + look)
        school = order[begin + int(draw * (end - begin))]
        connected = sign * friendly_degree(state, school)
        if connected < fewest:
            fewest, found = connected, school
    return found


@compiled
def vouching_trust(state: State, school: int, other: int) -> float:
    """Trust that a third school known to both can vouch with: the lesser of the trusts that lead through it."""
    ties = state.ties
    best = 0.0
    tie = state.schools.first_tie[school]
    while tie >= 0:
        third = other_end(ties, tie, school)
        if third != other and not ties.hostile[tie]:
            onward = find_tie(state, third, other)
            if onward >= 0 and not ties.hostile[onward]:
                best = max(best, min(trust_of(ties, tie, school), trust_of(ties, onward, other)))
        tie = next_tie(ties, tie, school)
    return best


@compiled
def bridging_value(state: State, p: Parameters, visited: int, other: int, rule: int) -> float:
    """What an introduction would do for the net, by the rule of the map.

    Of holes: about -1 (loads a hub) to 1 (joins two schools far apart). Of hubs: 0 to 1 (joins one to a hub).
    """
    schools = state.schools
    if schools.commitments[other] >= most_partnerships(schools.phase[other], p):
        return -1.0
    near = find_tie(state, visited, other) >= 0
    hub = friendly_degree(state, other) / p.trust_degree
    if rule == MAP_HUBS:
        return min(1.0, 0.5 * hub)
    return (0.0 if near else 1.0) - min(1.0, max(0.0, hub - 1.0))
