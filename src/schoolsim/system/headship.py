"""Heads leave, move and arrive, and ties go and come with them (M30, §3.31)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import BLOCKED, HEADS_TIES
from schoolsim.rules.headship import gate_shut
from schoolsim.rules.shapes import toward, unit
from schoolsim.rules.words import SECONDARY
from schoolsim.system.closeness import tie_together
from schoolsim.system.heads import new_head
from schoolsim.system.ordering import by_size
from schoolsim.system.state import Ledger, Parameters, Roster, Schools, Ties, Wholes
from schoolsim.system.tables import find_tie, following, other_end, set_trust, trust_of

# What a moving head's old school and the new one are to each other, and what a newcomer knows of one school.
OLD_SCHOOL_TRUST, OLD_SCHOOL_FAMILIARITY = 0.4, 0.3
KNOWN_TRUST, KNOWN_FAMILIARITY = 0.4, 0.2


@compiled
def gate_blocks(
    schools: Schools, school: int, ledger: Ledger, attempt: int, p: np.record, seed: int, step: int
) -> bool:
    """Whether a head blocks joint work this half-term: `attempt` 0 for its own search, 1 for being asked."""
    if not schools.closed[school]:
        return False
    shut = draws.uniform(seed, draws.GATE, step, schools.uid[school], attempt) < gate_shut(
        schools.distributed[school], p
    )
    ledger.counts[BLOCKED] += 1.0 if shut else 0.0
    return shut


@compiled
def bring_on(schools: Schools, school: int, p: np.record) -> None:
    """What policy does for a head: protection of staff, leadership shared out (R3, §3.31)."""
    schools.protection[school] = toward(schools.protection[school], 1.0, p.leadership_shielding)
    schools.distributed[school] = toward(schools.distributed[school], 1.0, p.leadership_distribute)


@compiled
def bring_on_all(schools: Schools, parameters: Parameters) -> None:
    """Do so for every head, as the policy begins."""
    for school in range(schools.uid.shape[0]):
        bring_on(schools, school, parameters[0])


@compiled
def _swap(column: np.ndarray, one: int, two: int) -> None:
    held = column[one]
    column[one] = column[two]
    column[two] = held


@compiled
def _exchange(schools: Schools, one: int, two: int) -> None:
    """Two heads change places."""
    for column in (
        schools.tone, schools.protection, schools.communication, schools.bidding, schools.distributed,
        schools.parochial,
    ):  # fmt: skip
        _swap(column, one, two)
    _swap(schools.closed, one, two)


@compiled
def _came_from(schools: Schools, roster: Roster, leaves: Wholes, p: np.record, seed: int, step: int) -> Wholes:
    """For each school, the one its new head comes from; -1 where the head stays or is from elsewhere."""
    number = schools.uid.shape[0]
    came = np.full(number, -1, dtype=np.int64)
    rows, order = np.empty(number, dtype=np.int64), np.empty(number)
    for authority in range(roster.first.shape[0] - 1):
        for secondary in (False, True):
            movers = 0
            for place in range(roster.first[authority], roster.first[authority + 1]):
                school = roster.order[place]
                uid = schools.uid[school]
                fits = leaves[school] and (schools.phase[school] == SECONDARY) == secondary
                if fits and draws.uniform(seed, draws.HEAD_MOVES, step, uid, 0) < p.leadership_moves:
                    rows[movers], order[movers] = school, draws.uniform(seed, draws.HEAD_MOVES, step, uid, 1)
                    movers += 1
            drawn = by_size(order[:movers])
            for place in range(0, movers - 1, 2):
                one, two = rows[drawn[place]], rows[drawn[place + 1]]
                came[one], came[two] = two, one
    return came


@compiled
def _best_ties(ties: Ties, adjacency: Wholes, school: int, most: int, found: Wholes) -> int:
    """Put a school's ties that are worth most to it into `found`; returns how many."""
    number = 0
    for place in range(most):
        best = 0.0
        found[place] = -1
        tie = adjacency[school]
        while tie >= 0:
            taken = False
            for earlier in range(place):
                taken = taken or found[earlier] == tie
            worth = trust_of(ties, tie, school) * (0.3 + ties.familiarity[tie])
            if not taken and worth > best:
                best, found[place] = worth, tie
            tie = following(ties, tie, school)
        if found[place] < 0:
            break
        number += 1
    return number


@compiled
def _bring(
    schools: Schools, ties: Ties, adjacency: Wholes, ledger: Ledger, school: int, other: int,
    trust: float, familiarity: float, p: np.record, seed: int,
) -> None:  # fmt: skip
    """A new head's acquaintance becomes the school's."""
    if school == other:
        return
    ledger.counts[HEADS_TIES] += 1.0
    tie = find_tie(ties, adjacency, school, other)
    if tie < 0:
        tie_together(schools, ties, adjacency, school, other, trust, familiarity, p, seed)
        return
    for end in (school, other):
        set_trust(ties, tie, end, max(trust, trust_of(ties, tie, end)))
    ties.familiarity[tie] = max(familiarity, ties.familiarity[tie])


@compiled
def _weaken(ties: Ties, leaves: Wholes, p: np.record) -> None:
    """What was between heads goes with them."""
    for tie in range(ties.alive.shape[0]):
        gone = leaves[ties.a[tie]] + leaves[ties.b[tie]]
        if not ties.alive[tie] or gone == 0:
            continue
        kept = (1.0 - p.leadership_tie_lost) ** gone
        rest = ties.rest[tie]
        ties.familiarity[tie] *= kept
        ties.trust_ab[tie] += (kept - 1.0) * max(0.0, ties.trust_ab[tie] - rest)
        ties.trust_ba[tie] += (kept - 1.0) * max(0.0, ties.trust_ba[tie] - rest)


@compiled
def _take_up_posts(schools: Schools, leaves: Wholes, came: Wholes, p: np.record, seed: int, step: int) -> None:
    for school in range(schools.uid.shape[0]):
        schools.tenure[school] = 0.0 if leaves[school] else schools.tenure[school] + 1.0
        if not leaves[school]:
            continue
        if came[school] >= 0:
            if schools.uid[school] < schools.uid[came[school]]:
                _exchange(schools, school, came[school])
            continue
        new_head(schools, school, step, p, seed)
        if step >= 0:
            bring_on(schools, school, p)
            if draws.uniform(seed, draws.SPECIFICATION, step, schools.uid[school], 0) < p.leadership_specification:
                schools.closed[school] = 0


@compiled
def heads_change(
    schools: Schools, roster: Roster, ties: Ties, adjacency: Wholes, ledger: Ledger,
    parameters: Parameters, seed: int, step: int,
) -> None:  # fmt: skip
    """At the year's end some heads leave, for another headship here or for good; ties are lost and brought."""
    p = parameters[0]
    number = schools.uid.shape[0]
    leaves = np.zeros(number, dtype=np.int64)
    for school in range(number):
        if draws.uniform(seed, draws.HEAD_LEAVES, step, schools.uid[school], 0) < p.leadership_turnover:
            leaves[school] = 1
    came = _came_from(schools, roster, leaves, p, seed, step)
    # What movers know is noted as found, before anything is lost or brought.
    most = p.leadership_carried_ties
    others, trust, known = np.full((number, 8), -1), np.zeros((number, 8)), np.zeros((number, 8))
    found = np.empty(8, dtype=np.int64)
    for school in range(number):
        old = came[school]
        if old >= 0:
            for place in range(_best_ties(ties, adjacency, old, most, found)):
                others[school, place] = other_end(ties, found[place], old)
                trust[school, place] = p.leadership_tie_kept * trust_of(ties, found[place], old)
                known[school, place] = p.leadership_tie_kept * ties.familiarity[found[place]]
    _take_up_posts(schools, leaves, came, p, seed, step)
    _weaken(ties, leaves, p)
    for school in roster.order:
        if came[school] >= 0 and most > 0:
            _bring(
                schools,
                ties,
                adjacency,
                ledger,
                school,
                came[school],
                OLD_SCHOOL_TRUST,
                OLD_SCHOOL_FAMILIARITY,
                p,
                seed,
            )
            for place in range(most):
                if others[school, place] >= 0:
                    _bring(
                        schools, ties, adjacency, ledger, school, others[school, place],
                        unit(trust[school, place]), unit(known[school, place]), p, seed,
                    )  # fmt: skip
        elif leaves[school] and came[school] < 0:
            uid = schools.uid[school]
            if draws.uniform(seed, draws.HEAD_TIES, step, uid, 0) < p.leadership_arrival_tie:
                first, past = roster.first[schools.authority[school]], roster.first[schools.authority[school] + 1]
                place = first + int(draws.uniform(seed, draws.HEAD_TIES, step, uid, 1) * (past - first))
                _bring(
                    schools, ties, adjacency, ledger, school, roster.order[place],
                    KNOWN_TRUST, KNOWN_FAMILIARITY, p, seed,
                )  # fmt: skip
