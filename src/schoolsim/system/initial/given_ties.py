"""Ties that a researcher gave, in place of drawn ones: between schools or teachers, and trusts at work together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schoolsim.columns import Int64Array
from schoolsim.jit import compiled
from schoolsim.populations import SchoolTable
from schoolsim.rules.codes import NONE
from schoolsim.system.initial.relations import tie_as_drawn
from schoolsim.system.initial.tie_levels import Pairs, first_trust, pairs_of
from schoolsim.system.partnerships.start import begin
from schoolsim.system.practice.needs import settle_schools_needs
from schoolsim.system.state import Clock, Parameters, Partnerships, Schools, State, TeacherTies, Ties
from schoolsim.system.state.adjacency import find_tie
from schoolsim.system.state.growth import with_room
from schoolsim.system.state.slots import free_slot
from schoolsim.system.trust.people import relink_people
from schoolsim.system.trust.ties import make_tie

if TYPE_CHECKING:
    from schoolsim.populations.ties import TieTable


@compiled
def _tie_schools(state: State, p: Parameters, clock: Clock, ends: Int64Array) -> Int64Array:
    """Tie the schools of each pair; slots of their ties."""
    slots = np.empty(ends.shape[0], dtype=np.int64)
    for pair in range(ends.shape[0]):
        slots[pair] = make_tie(state, p, clock, (ends[pair, 0], ends[pair, 1]), 0.0, 0.0)
    return slots


@compiled
def _tie_schools_of_teachers(state: State, p: Parameters, clock: Clock, ends: Int64Array) -> None:
    """Let the schools of every two teachers have a tie too."""
    school = state.teachers.school
    for pair in range(ends.shape[0]):
        if find_tie(state, school[ends[pair, 0]], school[ends[pair, 1]]) < 0:
            tie_as_drawn(state, p, clock, school[ends[pair, 0]], school[ends[pair, 1]])


@compiled
def _begin_together(state: State, p: Parameters, clock: Clock, ties: Int64Array, ends: Int64Array) -> None:
    """Begin a partnership on each of these ties; the first end originates."""
    for pair in range(ties.shape[0]):
        slot = free_slot(state.partnerships)
        begin(state, p, clock, (slot, ties[pair]), (ends[pair, 0], ends[pair, 1]), NONE)


def take_school_ties(state: State, p: Parameters, clock: Clock, pairs: Pairs) -> None:
    """Tie the schools of these pairs, and no others.

    Args:
        state: With schools and no ties yet.
        p: The scenario's values.
        clock: For the seed.
        pairs: The pairs.
    """
    while len(state.ties) <= len(pairs.ends):
        state.ties = Ties(2 * len(state.ties))
    slots = _tie_schools(state, p, clock, pairs.ends)
    ties = state.ties
    mean = p.ties_trust - p.ties_rival_trust * ties.rivalry[slots]
    trust = first_trust(mean, p.ties_sd, pairs.scores)
    ties.trust_ab[slots], ties.trust_ba[slots] = trust[:, 0], trust[:, 1]
    known = p.ties_familiarity + p.ties_sd * pairs.scores.max(axis=1)
    ties.familiarity[slots] = np.maximum(p.ties_dropped, np.clip(known, 0.0, 1.0))


def take_teacher_ties(state: State, p: Parameters, clock: Clock, pairs: Pairs) -> None:
    """Tie the teachers of these pairs, and no others; their schools get a tie where they have none.

    Args:
        state: With staff and the ties of schools.
        p: The scenario's values.
        clock: For the seed.
        pairs: The pairs.
    """
    state.ties = with_room(state.ties, len(pairs.ends) + 1)
    _tie_schools_of_teachers(state, p, clock, pairs.ends)
    while len(state.friends) <= len(pairs.ends):
        state.friends = TeacherTies(2 * len(state.friends))
    friends, slots = state.friends, slice(0, len(pairs.ends))
    friends.alive[slots] = 1
    friends.a[slots], friends.b[slots] = pairs.ends[:, 0], pairs.ends[:, 1]
    trust = first_trust(np.full(len(pairs.ends), p.ties_teachers_trust), p.ties_sd, pairs.scores)
    friends.trust_ab[slots], friends.trust_ba[slots] = trust[:, 0], trust[:, 1]
    known = p.ties_teachers_familiarity + p.ties_sd * pairs.scores.max(axis=1)
    friends.familiarity[slots] = np.clip(known, 0.0, 1.0)
    relink_people(state)


def begin_together(state: State, p: Parameters, clock: Clock, pairs: Pairs) -> None:
    """Let schools of one trust or federation begin as partners, outside any programme.

    Args:
        state: With everything else that a run begins with.
        p: The scenario's values.
        clock: Of the first half-term.
        pairs: The pairs, tied.
    """
    ends = pairs.ends[pairs.joined]
    if not len(ends):
        return
    while len(state.partnerships) <= len(ends):
        state.partnerships = Partnerships(2 * len(state.partnerships))
    # What they turn to first is what they would like to be better at, as of every partnership.
    settle_schools_needs(state, p, clock)
    ties = np.array([find_tie(state, int(first), int(second)) for first, second in ends], dtype=np.int64)
    _begin_together(state, p, clock, ties, _originators_first(state.schools, pairs))


def settle_trusts(schools: Schools, pairs: Pairs) -> None:
    """Let schools know which academy trust or federation runs them: pairs of one that meet in a school are of the same.

    Args:
        schools: Whose trusts, shares of pairs joined and federations are filled in; left as they are where no pair is
            of one.
        pairs: The pairs.
    """
    federated = pairs.ends[pairs.joined & ~pairs.in_trust]
    if len(federated):
        by_uid, number = _numbered(schools, federated)
        schools.federation[by_uid] = number
    ends = pairs.ends[pairs.in_trust]
    if not len(ends):
        return
    by_uid, number = _numbered(schools, ends)
    size, joined = np.bincount(number), np.zeros(int(number.max()) + 1)
    schools.academy_trust[by_uid] = number
    np.add.at(joined, schools.academy_trust[ends[:, 0]], 1.0)
    schools.joined_share[by_uid] = (2.0 * joined[number]) / (size[number] * (size[number] - 1.0))


def _numbered(schools: Schools, ends: Int64Array) -> tuple[Int64Array, Int64Array]:
    """Schools in these pairs by uid, and the number of the group in which each is, from 1 by lowest uid."""
    from scipy.sparse import coo_array  # which takes a while to load
    from scipy.sparse.csgraph import connected_components

    links = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(schools), len(schools)))
    part = connected_components(links, directed=False)[1]
    members = np.unique(ends)
    by_uid = members[np.argsort(schools.uid[members])]
    # By lowest uid: the order of rows decides nothing.
    _, first, place = np.unique(part[by_uid], return_index=True, return_inverse=True)
    return by_uid, 1 + np.argsort(np.argsort(first))[place]


def _originators_first(schools: Schools, pairs: Pairs) -> Int64Array:
    """Ends of joined pairs: a school that is named by the other comes first, else the one with better results."""
    ends, scores = pairs.ends[pairs.joined], pairs.scores[pairs.joined]
    better = schools.standing[ends[:, 1]] > schools.standing[ends[:, 0]]
    named = np.isfinite(scores)
    second = np.where(named[:, 0] == named[:, 1], better, named[:, 0])
    return np.where(second[:, None], ends[:, ::-1], ends)


def pairs_given(ties: TieTable | None, table: SchoolTable) -> tuple[Pairs | None, Pairs | None]:
    """Pairs of schools and pairs of teachers that are given; None for those that are drawn."""
    if ties is None:
        return None, None
    pairs = pairs_of(ties, table)
    return (None, pairs) if ties.between_teachers else (pairs, None)
