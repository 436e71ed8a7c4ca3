"""Academy trusts: once a year schools go over to another trust, or join one, and work with its schools (M14).

A school is run by the trust it began in, as the given ties had it. Federations are not followed: no source says how
often a school leaves one.
"""

from __future__ import annotations

import math

import numpy as np

from schoolsim import draws
from schoolsim.columns import Float64Array, Int64Array
from schoolsim.jit import compiled
from schoolsim.rules.codes import NONE
from schoolsim.system.initial.relations import tie_as_drawn
from schoolsim.system.partnerships.end import end
from schoolsim.system.partnerships.start import begin
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.adjacency import find_tie, partnership_on
from schoolsim.system.state.growth import with_room
from schoolsim.system.state.ledger import MOVED_TRUST
from schoolsim.system.state.slots import free_slot, in_order
from schoolsim.system.trust.ties import miles_between

WHETHER, WHERE = 0, 1  # draws of whether a school goes over to another trust, and of which


@compiled
def _school_of_another_trust(state: State, p: Parameters, clock: Clock, school: int) -> int:
    """A school whose trust `school` goes over to, near ones likelier; -1 where no other trust is within reach."""
    schools, order, own = state.schools, state.roster.order, state.schools.academy_trust[school]
    weights, total = np.zeros(schools.rows), 0.0
    for place in range(schools.rows):
        trust = schools.academy_trust[order[place]]
        if trust > 0 and trust != own:
            # As likely as two schools at that distance know each other at first.
            weights[place] = math.exp(-miles_between(schools, school, order[place]) / max(p.ties_reach, 1e-9))
            total += weights[place]
    left = total * draws.uniform(clock.seed, draws.ACADEMY_TRUST, clock.half_term, schools.uid[school], WHERE)
    last = NONE
    for place in range(schools.rows):
        if weights[place] > 0.0:
            last = order[place]
            left -= weights[place]
            if left < 0.0:
                break
    return last


@compiled
def _destinations(state: State, p: Parameters, clock: Clock) -> Int64Array:
    """For each school the one whose trust it goes over to, -1 for those that stay as they are."""
    schools = state.schools
    found = np.full(schools.rows, NONE)
    for school in range(schools.rows):
        chance = p.academies_change if schools.academy_trust[school] > 0 else p.academies_join
        luck = draws.uniform(clock.seed, draws.ACADEMY_TRUST, clock.half_term, schools.uid[school], WHETHER)
        if luck < chance:
            found[school] = _school_of_another_trust(state, p, clock, school)
    return found


@compiled
def _part(state: State, before: Int64Array) -> None:
    """End what schools that were of one trust, and no longer are, had at work outside programmes."""
    now, partnerships = state.schools.academy_trust, state.partnerships
    for slot in range(partnerships.rows):
        if partnerships.alive[slot] and partnerships.programme[slot] == 0:
            first, second = partnerships.originator[slot], partnerships.partner[slot]
            if before[first] > 0 and before[first] == before[second] and now[first] != now[second]:
                end(state, slot)


@compiled
def _nearest_of_trust(state: State, school: int) -> Int64Array:
    """The other schools of a school's trust, nearest first."""
    schools, order = state.schools, state.roster.order
    others, miles = np.empty(schools.rows, dtype=np.int64), np.empty(schools.rows)
    number = 0
    for place in range(schools.rows):
        other = order[place]
        if other != school and schools.academy_trust[other] == schools.academy_trust[school]:
            others[number], miles[number] = other, miles_between(schools, school, other)
            number += 1
    return others[:number][in_order(miles[:number])]


@compiled
def joined_by(share: float, others: int) -> int:
    """With how many schools of its new trust a newcomer begins to work: the trust's share of such pairs at the start.

    At least one, and no more than `others`.
    """
    return min(others, max(1, int(share * others + 0.5)))


@compiled
def _begin_with(state: State, p: Parameters, clock: Clock, school: int) -> None:
    """Let a newcomer begin to work with the nearest schools of its trust; with a school fallen out with it does not."""
    schools, ties = state.schools, state.ties
    others = _nearest_of_trust(state, school)
    for place in range(joined_by(schools.joined_share[school], others.shape[0])):
        other = others[place]
        if find_tie(state, school, other) < 0:
            tie_as_drawn(state, p, clock, school, other)
        tie = find_tie(state, school, other)
        if ties.hostile[tie] or partnership_on(ties, state.partnerships, tie) >= 0:
            continue
        low, high = ties.a[tie], ties.b[tie]
        ends = (high, low) if schools.standing[high] > schools.standing[low] else (low, high)
        begin(state, p, clock, (free_slot(state.partnerships), tie), ends, NONE)


@compiled
def _begin_all(state: State, p: Parameters, clock: Clock, moved: Int64Array) -> None:
    """Let all newcomers begin in their trusts, in the order of the roster."""
    for place in range(state.schools.rows):
        school = state.roster.order[place]
        if moved[school] >= 0:
            _begin_with(state, p, clock, school)


def _make_room(state: State, moved: Int64Array, shares: Float64Array) -> None:
    """Room for all ties and partnerships that newcomers may begin."""
    sizes = np.bincount(state.schools.academy_trust)
    going = moved >= 0
    most = int(sum(
        joined_by(share, int(sizes[trust]) - 1)
        for share, trust in zip(shares[going], state.schools.academy_trust[going], strict=True)
    ))  # fmt: skip
    state.ties = with_room(state.ties, most + 1)
    state.partnerships = with_room(state.partnerships, most + 1)


def trusts_change(state: State, p: Parameters, clock: Clock) -> None:
    """At the year's end some schools go over to another trust, or join one: old partnerships end and new ones begin.

    Who goes where is settled by the trusts as they were; then all go at once. What is at work under a programme goes
    on, and so do the ties of schools and of their people.

    Args:
        state: Nothing is drawn where no school is in a trust.
        p: The scenario's values.
        clock: Of the last half-term of a year.
    """
    schools = state.schools
    if not schools.academy_trust.any():
        return
    to = _destinations(state, p, clock)
    moved = np.flatnonzero(to >= 0)
    if not len(moved):
        return
    before, shares = schools.academy_trust.copy(), schools.joined_share.copy()
    schools.academy_trust[moved], schools.joined_share[moved] = before[to[moved]], shares[to[moved]]
    state.ledger.counts[MOVED_TRUST] += len(moved)
    _part(state, before)
    _make_room(state, to, schools.joined_share)
    _begin_all(state, p, clock, to)
