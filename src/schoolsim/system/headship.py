"""Heads: who they are, the gate they keep, how they leave and arrive, and the ties that go with them (M30, §3.31)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.columns import AnyArray, Int64Array
from schoolsim.jit import compiled
from schoolsim.rules.careers import head_leaves_chance
from schoolsim.rules.codes import NONE, SECONDARY
from schoolsim.rules.headship import gate_chance, mellowed
from schoolsim.rules.shapes import toward, unit
from schoolsim.rules.trust import tie_worth
from schoolsim.system.programmes.levers import levers_at
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.adjacency import find_tie, next_tie, other_end, set_trust, trust_of
from schoolsim.system.state.ledger import BLOCKED, HEADS_TIES
from schoolsim.system.state.slots import in_order
from schoolsim.system.trust.ties import make_tie

MOST_CARRIED = 8  # ties a moving head can bring along, the bound of `leadership.carried_ties`
OWN_SEARCH, BEING_ASKED = 0, 1  # draws of whether the gate is shut
TONE, PROTECTION, COMMUNICATION, CLOSED = 0, 1, 2, 3  # draws of what a head is like ...
BIDDING, DISTRIBUTED, PAROCHIAL = 0, 1, 2  # ... and of more of it
WHETHER, WHICH = 0, 1  # draws of whether a head moves, and of which comes first


@compiled
def new_head(state: State, p: Parameters, clock: Clock, school: int, half_term: int) -> None:
    """Put a new head in a school; the same school and half-term always get the same one."""
    schools, seed = state.schools, clock.seed
    uid = schools.uid[school]
    luck = draws.normal(seed, draws.HEAD, half_term, uid, TONE)
    schools.tone[school] = unit(p.leadership_tone_mean + p.leadership_sd * luck)
    luck = draws.normal(seed, draws.HEAD, half_term, uid, PROTECTION)
    schools.protection[school] = unit(p.leadership_protection_mean + p.leadership_sd * luck)
    luck = draws.normal(seed, draws.HEAD, half_term, uid, COMMUNICATION)
    schools.communication[school] = unit(p.leadership_communication_mean + p.leadership_sd * luck)
    luck = draws.normal(seed, draws.HEAD_MORE, half_term, uid, BIDDING)
    schools.bidding[school] = unit(0.5 + p.leadership_sd * luck)
    luck = draws.normal(seed, draws.HEAD_MORE, half_term, uid, DISTRIBUTED)
    schools.distributed[school] = unit(p.leadership_typical + p.leadership_sd * luck)
    luck = draws.normal(seed, draws.HEAD_MORE, half_term, uid, PAROCHIAL)
    schools.parochial[school] = unit(p.leadership_typical + p.leadership_sd * luck)
    schools.head_since[school] = half_term
    schools.closed[school] = draws.uniform(seed, draws.HEAD, half_term, uid, CLOSED) < p.leadership_closed


@compiled
def gate_blocks(state: State, p: Parameters, clock: Clock, school: int, attempt: int) -> bool:
    """Whether a head blocks joint work this half-term: `OWN_SEARCH` of its own staff, or `BEING_ASKED`."""
    schools = state.schools
    if not schools.closed[school]:
        return False
    chance = gate_chance(schools.distributed[school], p)
    shut = draws.uniform(clock.seed, draws.GATE, clock.half_term, schools.uid[school], attempt) < chance
    state.ledger.counts[BLOCKED] += 1.0 if shut else 0.0
    return shut


@compiled
def develop_head(state: State, p: Parameters, school: int) -> None:
    """What policy does for a head: protection of staff, leadership shared out (R3, §3.31)."""
    schools = state.schools
    schools.protection[school] = toward(schools.protection[school], 1.0, p.leadership_shielding)
    schools.distributed[school] = toward(schools.distributed[school], 1.0, p.leadership_distribute)


@compiled
def _swap(column: AnyArray, row: int, other: int) -> None:
    held = column[row]
    column[row] = column[other]
    column[other] = held


@compiled
def _change_places(state: State, school: int, other: int) -> None:
    """Two heads change places."""
    schools = state.schools
    _swap(schools.tone, school, other)
    _swap(schools.protection, school, other)
    _swap(schools.communication, school, other)
    _swap(schools.bidding, school, other)
    _swap(schools.distributed, school, other)
    _swap(schools.parochial, school, other)
    _swap(schools.closed, school, other)


@compiled
def _came_from(state: State, p: Parameters, clock: Clock, leaves: Int64Array) -> Int64Array:
    """For each school, the one its new head comes from; -1 where the head stays or is from elsewhere."""
    schools, authorities, seed, step = state.schools, state.authorities, clock.seed, clock.half_term
    number = schools.rows
    came = np.full(number, NONE, dtype=np.int64)
    rows, luck = np.empty(number, dtype=np.int64), np.empty(number)
    for authority in range(authorities.rows):
        for secondary in (False, True):
            movers = 0
            for place in range(authorities.first[authority], authorities.past[authority]):
                school = state.roster.order[place]
                uid = schools.uid[school]
                fits = leaves[school] and (schools.phase[school] == SECONDARY) == secondary
                if fits and draws.uniform(seed, draws.HEAD_MOVES, step, uid, WHETHER) < p.leadership_moves:
                    rows[movers], luck[movers] = school, draws.uniform(seed, draws.HEAD_MOVES, step, uid, WHICH)
                    movers += 1
            drawn = in_order(luck[:movers])
            for place in range(0, movers - 1, 2):
                school, other = rows[drawn[place]], rows[drawn[place + 1]]
                came[school], came[other] = other, school
    return came


@compiled
def _best_ties(state: State, p: Parameters, school: int, most: int, chosen: Int64Array) -> int:
    """Put a school's ties that are worth most to it into `chosen`; returns how many."""
    ties = state.ties
    number = 0
    for place in range(most):
        best = 0.0
        chosen[place] = NONE
        tie = state.schools.first_tie[school]
        while tie >= 0:
            taken = False
            for earlier in range(place):
                taken = taken or chosen[earlier] == tie
            worth = tie_worth(trust_of(ties, tie, school), ties.familiarity[tie], p)
            if not taken and worth > best:
                best, chosen[place] = worth, tie
            tie = next_tie(ties, tie, school)
        if chosen[place] < 0:
            break
        number += 1
    return number


@compiled
def _bring_tie(
    state: State, p: Parameters, clock: Clock, ends: tuple[int, int], trust: float, familiarity: float
) -> None:
    """A new head's acquaintance becomes the school's."""
    ties = state.ties
    school, other = ends
    if school == other:
        return
    state.ledger.counts[HEADS_TIES] += 1.0
    tie = find_tie(state, school, other)
    if tie < 0:
        make_tie(state, p, clock, ends, trust, familiarity)
        return
    for side in ends:
        set_trust(ties, tie, side, max(trust, trust_of(ties, tie, side)))
    ties.familiarity[tie] = max(familiarity, ties.familiarity[tie])


@compiled
def _weaken_ties(state: State, p: Parameters, leaves: Int64Array) -> None:
    """What was between heads goes with them."""
    ties = state.ties
    for tie in range(ties.rows):
        gone = leaves[ties.a[tie]] + leaves[ties.b[tie]]
        if not ties.alive[tie] or gone == 0:
            continue
        kept = (1.0 - p.leadership_tie_lost) ** gone
        ties.familiarity[tie] *= kept
        ties.trust_ab[tie] += (kept - 1.0) * max(0.0, ties.trust_ab[tie] - ties.resting_ab[tie])
        ties.trust_ba[tie] += (kept - 1.0) * max(0.0, ties.trust_ba[tie] - ties.resting_ba[tie])


@compiled
def _take_up_posts(state: State, p: Parameters, clock: Clock, leaves: Int64Array, came: Int64Array) -> None:
    schools, step = state.schools, clock.half_term
    for school in range(schools.rows):
        schools.tenure[school] = 0.0 if leaves[school] else schools.tenure[school] + 1.0
        if not leaves[school]:
            if schools.commitments[school] > 0:
                schools.tone[school] = mellowed(schools.tone[school], schools.closest_familiarity[school], p)
            continue
        if came[school] >= 0:
            if schools.uid[school] < schools.uid[came[school]]:
                _change_places(state, school, came[school])
            continue
        new_head(state, p, clock, school, step)
        here = levers_at(schools, school, p)
        develop_head(state, here, school)
        luck = draws.uniform(clock.seed, draws.SPECIFICATION, step, schools.uid[school], 0)
        if luck < here.leadership_specification:
            schools.closed[school] = 0


@compiled
def heads_change(state: State, p: Parameters, clock: Clock) -> None:
    """At the year's end some heads leave, for another headship here or for good; ties are lost and brought."""
    schools, ties, number = state.schools, state.ties, state.schools.rows
    leaves = np.zeros(number, dtype=np.int64)
    for school in range(number):
        luck = draws.uniform(clock.seed, draws.HEAD_LEAVES, clock.half_term, schools.uid[school], 0)
        leaves[school] = luck < head_leaves_chance(schools.standing[school], p)
    came = _came_from(state, p, clock, leaves)
    # What movers know is noted as found, before anything is lost or brought.
    others = np.full((number, MOST_CARRIED), NONE)
    trust, known = np.zeros((number, MOST_CARRIED)), np.zeros((number, MOST_CARRIED))
    found = np.empty(MOST_CARRIED, dtype=np.int64)
    for school in range(number):
        old = came[school]
        if old >= 0:
            for place in range(_best_ties(state, p, old, p.leadership_carried_ties, found)):
                others[school, place] = other_end(ties, found[place], old)
                trust[school, place] = trust_of(ties, found[place], old)
                known[school, place] = ties.familiarity[found[place]]
    _take_up_posts(state, p, clock, leaves, came)
    _weaken_ties(state, p, leaves)
    for place in range(state.roster.rows):
        school = state.roster.order[place]
        if came[school] >= 0 and p.leadership_carried_ties > 0:
            ends = (school, came[school])
            _bring_tie(state, p, clock, ends, p.careers_school_tie_trust, p.careers_school_tie_familiarity)
            for carried in range(p.leadership_carried_ties):
                if others[school, carried] >= 0:
                    ends = (school, others[school, carried])
                    _bring_tie(state, p, clock, ends, unit(trust[school, carried]), unit(known[school, carried]))
