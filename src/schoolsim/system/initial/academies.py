"""Trusts and federations that a place names: whose schools are whose, who knows whom, and who is at work (M14)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from schoolsim.columns import Float64Array, Int64Array
from schoolsim.jit import compiled
from schoolsim.populations import SchoolTable
from schoolsim.rules.codes import NONE
from schoolsim.system.initial.relations import tie_as_drawn
from schoolsim.system.partnerships.search import most_partnerships
from schoolsim.system.partnerships.start import begin
from schoolsim.system.practice.needs import settle_schools_needs
from schoolsim.system.state import Clock, Parameters, Partnerships, Schools, State
from schoolsim.system.state.adjacency import find_tie, partnership_on
from schoolsim.system.state.growth import with_room
from schoolsim.system.state.slots import free_slot
from schoolsim.system.trust.ties import KM_A_MILE


@dataclass(frozen=True, eq=False)
class Members:
    """Schools that a place says to be run together.

    Args:
        trust: Number of each school's trust, by lowest URN; 0 for none.
        federation: Number of its federation, in the same way.
        ends: Rows of the two schools of every pair of one trust or federation (pair, 2), the nearest first; the first
            has the lower URN.
        miles: From one to the other.
    """

    trust: Int64Array
    federation: Int64Array
    ends: Int64Array
    miles: Float64Array


def members_of(table: SchoolTable) -> Members:
    """Read from the table of schools who is run together with whom."""
    trust, federation = _numbered(table.trust, table.urn), _numbered(table.federation, table.urn)
    by_urn = np.argsort(table.urn)
    pairs = {
        pair
        for groups in (trust, federation)
        for group in range(1, int(groups.max(initial=0)) + 1)
        for pair in combinations(by_urn[groups[by_urn] == group].tolist(), 2)
    }
    ends = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    first, second = ends[:, 0], ends[:, 1]
    miles = np.hypot(
        table.easting[first] - table.easting[second], table.northing[first] - table.northing[second]
    ) / KM_A_MILE  # fmt: skip
    order = np.lexsort((table.urn[second], table.urn[first], miles))
    return Members(trust, federation, ends[order], miles[order])


def _numbered(codes: np.ndarray, urns: Int64Array) -> Int64Array:
    """Numbers of groups from 1 by lowest URN, 0 where there is no code: the order of rows decides nothing."""
    numbers, found = np.zeros(len(codes), dtype=np.int64), dict[str, int]()
    for row in np.argsort(urns):
        if code := str(codes[row]).strip():
            numbers[row] = found.setdefault(code, len(found) + 1)
    return numbers


@compiled
def _tie_all(state: State, p: Parameters, clock: Clock, ends: Int64Array) -> None:
    """Tie the nearest pairs, as long as neither school has more such ties than a head keeps up."""
    known = np.zeros(state.schools.rows)
    for pair in range(ends.shape[0]):
        school, other = ends[pair]
        if known[school] + 1.0 > p.trust_degree or known[other] + 1.0 > p.trust_degree:
            continue
        known[school] += 1.0
        known[other] += 1.0
        if find_tie(state, school, other) < 0:
            tie_as_drawn(state, p, clock, school, other)


def tie_members(state: State, p: Parameters, clock: Clock, members: Members) -> None:
    """Let near schools of one trust or federation have a tie, with the levels of a drawn one where they have none.

    Each school is tied to as many of its trust as a head keeps up (`trust.degree`) at most, the nearest first.

    Args:
        state: With schools and the ties they have anyway.
        p: The scenario's values.
        clock: For the seed.
        members: Who is run together.
    """
    if len(members.ends):
        most = min(len(members.ends), int(p.trust_degree * len(state.schools)))
        state.ties = with_room(state.ties, most + 1)
        _tie_all(state, p, clock, members.ends)


@compiled
def _has_room(schools: Schools, school: int, p: Parameters) -> bool:
    return schools.commitments[school] < most_partnerships(schools.phase[school], p)


@compiled
def _begin_all(state: State, p: Parameters, clock: Clock, ends: Int64Array, miles: Float64Array) -> Int64Array:
    """Begin with the nearest pairs that are tied and have room; returns which began."""
    schools, ties = state.schools, state.ties
    began = np.zeros(ends.shape[0], dtype=np.int64)
    for pair in range(ends.shape[0]):
        school, other = ends[pair]
        tie = find_tie(state, school, other)
        if tie < 0 or ties.hostile[tie] or miles[pair] > p.pairs_reach:
            continue
        if partnership_on(ties, state.partnerships, tie) >= 0:
            continue
        if not (_has_room(schools, school, p) and _has_room(schools, other, p)):
            continue
        better = schools.standing[other] > schools.standing[school]
        giving_first = (other, school) if better else (school, other)
        begin(state, p, clock, (free_slot(state.partnerships), tie), giving_first, NONE)
        began[pair] = 1
    return began


def begin_members(state: State, p: Parameters, clock: Clock, members: Members) -> None:
    """Let schools know who runs them, and the nearest of one trust or federation begin as partners, outside programmes.

    No school begins with more partnerships than it can carry, nor with one farther off than `pairs.reach`, at which a
    school can spare half of its teachers; of two schools the one with better results gives first.

    Args:
        state: With everything else that a run begins with.
        p: The scenario's values.
        clock: Of the first half-term.
        members: Who is run together.
    """
    schools, ends = state.schools, members.ends
    schools.academy_trust[:], schools.federation[:] = members.trust, members.federation
    if not len(ends):
        return
    carried = max(p.search_most_primary, p.search_most_secondary) * len(schools)
    while len(state.partnerships) <= min(len(ends), carried):
        state.partnerships = Partnerships(2 * len(state.partnerships))
    settle_schools_needs(state, p, clock)
    began = _begin_all(state, p, clock, ends, members.miles)
    of_trust = schools.academy_trust[ends[:, 0]]
    inside = (of_trust > 0) & (of_trust == schools.academy_trust[ends[:, 1]])
    numbers = int(schools.academy_trust.max()) + 1
    pairs = np.bincount(of_trust[inside], minlength=numbers)
    working = np.bincount(of_trust[inside], weights=began[inside], minlength=numbers)
    share = working / np.maximum(1, pairs)
    schools.joined_share[:] = share[schools.academy_trust]
