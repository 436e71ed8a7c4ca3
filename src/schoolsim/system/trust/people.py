"""Ties between people in different schools: found, made, kept up, and what the tie of two schools takes from them.

What two schools are to each other is what their people are: joint work moves the tie of the two who work, and the
schools' tie follows (M12, M14, §2.11, §3.33).
"""

from __future__ import annotations

import math

import numpy as np

from schoolsim.columns import Int64Array
from schoolsim.jit import compiled
from schoolsim.rules import trust as rules
from schoolsim.rules.codes import NONE
from schoolsim.system.state import Parameters, State, TeacherTies
from schoolsim.system.state.adjacency import find_tie, set_trust, trust_of
from schoolsim.system.state.slots import fill, free_slot, release


@compiled
def relink_people(state: State) -> None:
    """Link every person's ties anew: O(ties)."""
    teachers, friends = state.teachers, state.friends
    fill(teachers.first_tie, NONE)
    for tie in range(friends.rows - 1, -1, -1):
        if friends.alive[tie]:
            friends.next_a[tie] = teachers.first_tie[friends.a[tie]]
            teachers.first_tie[friends.a[tie]] = tie
            friends.next_b[tie] = teachers.first_tie[friends.b[tie]]
            teachers.first_tie[friends.b[tie]] = tie


@compiled
def other_person(friends: TeacherTies, tie: int, post: int) -> int:
    """The post at the other end of a tie."""
    return friends.b[tie] if friends.a[tie] == post else friends.a[tie]


@compiled
def tie_of_people(state: State, post: int, other: int) -> int:
    """The tie between two people, or -1."""
    friends = state.friends
    tie = state.teachers.first_tie[post]
    while tie >= 0:
        if friends.alive[tie] and other_person(friends, tie, post) == other:
            return tie
        tie = friends.next_a[tie] if friends.a[tie] == post else friends.next_b[tie]
    return NONE


@compiled
def trust_of_person(friends: TeacherTies, tie: int, post: int) -> float:
    """Trust that the person in `post` has in the other."""
    return friends.trust_ab[tie] if friends.a[tie] == post else friends.trust_ba[tie]


@compiled
def set_trust_of_person(friends: TeacherTies, tie: int, post: int, trust: float) -> None:
    """Change the trust that the person in `post` has in the other."""
    if friends.a[tie] == post:
        friends.trust_ab[tie] = trust
    else:
        friends.trust_ba[tie] = trust


@compiled
def acquaint(state: State, ends: tuple[int, int], trust: tuple[float, float], familiarity: float) -> int:
    """Two people who have no tie get to know each other.

    Args:
        state: The state.
        ends: Their posts.
        trust: Of the first in the second, and back.
        familiarity: 0..1.

    Returns:
        Their tie.
    """
    teachers, friends = state.teachers, state.friends
    tie = free_slot(friends)
    if tie < 0:
        return NONE
    post, other = ends
    friends.alive[tie] = 1
    friends.a[tie], friends.b[tie] = post, other
    friends.trust_ab[tie], friends.trust_ba[tie] = trust
    friends.familiarity[tie] = familiarity
    friends.hours[tie] = friends.gain[tie] = friends.engagement[tie] = 0.0
    friends.next_a[tie], friends.next_b[tie] = teachers.first_tie[post], teachers.first_tie[other]
    teachers.first_tie[post] = teachers.first_tie[other] = tie
    return tie


@compiled
def tie_of_pair(state: State, p: Parameters, slot: int, pair: int) -> int:
    """The tie of two who work together; new to each other, they begin with what their schools are to each other."""
    partnerships, ties = state.partnerships, state.ties
    giver, learner = partnerships.giver[slot, pair], partnerships.learner[slot, pair]
    tie = tie_of_people(state, giver, learner)
    if tie >= 0:
        return tie
    between = partnerships.tie[slot]
    trust = (
        trust_of(ties, between, partnerships.originator[slot]), trust_of(ties, between, partnerships.partner[slot])
    )  # fmt: skip
    return acquaint(state, (giver, learner), trust, ties.familiarity[between])


@compiled
def keep_up_with_people(state: State, p: Parameters) -> None:
    """People who did not work together this half-term: trust settles, and they may lose sight of each other."""
    friends, kept = state.friends, math.sqrt(p.trust_familiarity_kept)
    for tie in range(friends.rows):
        if not friends.alive[tie]:
            continue
        if friends.hours[tie] > 0.0:
            friends.hours[tie] = friends.gain[tie] = friends.engagement[tie] = 0.0
            continue
        known = friends.familiarity[tie]
        friends.trust_ab[tie] = rules.settled_trust(friends.trust_ab[tie], p.trust_rest, known, 0.0, p)
        friends.trust_ba[tie] = rules.settled_trust(friends.trust_ba[tie], p.trust_rest, known, 0.0, p)
        friends.familiarity[tie] = known * kept
        if friends.familiarity[tie] < p.ties_dropped:
            release(friends, tie)
    relink_people(state)


@compiled
def schools_follow_their_people(state: State, p: Parameters, slot: int) -> None:
    """The tie of two schools at work moves toward what those who work together hold of each other."""
    partnerships, friends, ties, teachers = state.partnerships, state.friends, state.ties, state.teachers
    between, originator, partner = partnerships.tie[slot], partnerships.originator[slot], partnerships.partner[slot]
    givers, learners, known, pairs = 0.0, 0.0, 0.0, 0.0
    for pair in range(partnerships.giver.shape[1]):
        giver, learner = partnerships.giver[slot, pair], partnerships.learner[slot, pair]
        if giver < 0 or learner < 0 or teachers.uid[giver] != partnerships.giver_uid[slot, pair]:
            continue
        tie = tie_of_people(state, giver, learner)
        if tie < 0 or friends.hours[tie] <= 0.0:
            continue
        givers += trust_of_person(friends, tie, giver)
        learners += trust_of_person(friends, tie, learner)
        known += friends.familiarity[tie]
        pairs += 1.0
    if pairs == 0.0:
        return
    for school, held in ((originator, givers / pairs), (partner, learners / pairs)):
        before = trust_of(ties, between, school)
        set_trust(ties, between, school, before + p.trust_spreads * (held - before))
    ties.familiarity[between] += p.trust_spreads * (known / pairs - ties.familiarity[between])


@compiled
def ties_with_people(state: State, asked: Int64Array) -> Int64Array:
    """For each tie between two of the schools `asked` about, 1 where people of the two know each other.

    Args:
        state: The state.
        asked: (school) 1 for those asked about.
    """
    teachers, friends = state.teachers, state.friends
    found = np.zeros(state.ties.rows, dtype=np.int64)
    for tie in range(friends.rows):
        if friends.alive[tie]:
            school, other = teachers.school[friends.a[tie]], teachers.school[friends.b[tie]]
            if asked[school] and asked[other]:
                between = find_tie(state, school, other)
                if between >= 0:
                    found[between] = 1
    return found
