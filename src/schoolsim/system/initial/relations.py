"""Ties between schools and between teachers, and the brokers, drawn once before the first half-term (M14, M36)."""

from __future__ import annotations

import math

import numpy as np

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.codes import NONE
from schoolsim.rules.shapes import unit
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.adjacency import find_tie
from schoolsim.system.state.slots import release
from schoolsim.system.trust.hostility import fall_out
from schoolsim.system.trust.people import relink_people
from schoolsim.system.trust.ties import make_tie, miles_between, rivalry_between, uid_of_pair

TRUST_AB, TRUST_BA, FAMILIARITY = 0, 1, 2  # draws of a tie's levels
FRIENDS_TRUST, FRIENDS_FAMILIARITY = 0, 1  # and of a friendship's
OF_SCHOOLS, OF_FRIENDS, FRIENDS_SCHOOL, FRIENDS_POST = 0, 1, 2, 3  # "half-terms" of draws of first ties
TRIES = 8  # schools a teacher thinks of; the last is taken though the two schools have no tie
BROKERS = -1  # what a broker's uid is drawn from, less their authority


@compiled
def tie_as_drawn(state: State, p: Parameters, clock: Clock, school: int, other: int) -> None:
    """Tie two schools that have no tie, with drawn levels of trust and familiarity."""
    schools, ties, seed = state.schools, state.ties, clock.seed
    both = uid_of_pair(schools, school, other)
    tie = make_tie(state, p, clock, (school, other), 0.0, 0.0)
    if tie < 0:
        return
    # Rivals start colder (M36).
    rival = rivalry_between(schools, school, other, miles_between(schools, school, other), p)
    mean = p.ties_trust - p.ties_rival_trust * rival
    luck = draws.normal(seed, draws.TIE_LEVELS, 0, both, TRUST_AB)
    ties.trust_ab[tie] = unit(mean + p.ties_sd * luck)
    luck = draws.normal(seed, draws.TIE_LEVELS, 0, both, TRUST_BA)
    ties.trust_ba[tie] = unit(mean + p.ties_sd * luck)
    luck = draws.normal(seed, draws.TIE_LEVELS, 0, both, FAMILIARITY)
    ties.familiarity[tie] = max(p.ties_dropped, unit(p.ties_familiarity + p.ties_sd * luck))
    if draws.uniform(seed, draws.HOSTILE_FIRST, 0, both, 0) < p.hostility_start * rival:
        fall_out(state, tie)


@compiled
def _draw_tie(state: State, p: Parameters, clock: Clock, school: int, other: int) -> None:
    schools = state.schools
    miles = miles_between(schools, school, other)
    both = uid_of_pair(schools, school, other)
    authorities, authority = state.authorities, schools.authority[school]
    others = authorities.past[authority] - authorities.first[authority] - 1.0
    # So many far ties a school, however large the authority.
    chance = p.ties_nearby * math.exp(-miles / p.ties_reach) + p.ties_elsewhere / max(1.0, others)
    if draws.uniform(clock.seed, draws.FIRST_TIES, OF_SCHOOLS, both, 0) < chance:
        tie_as_drawn(state, p, clock, school, other)


@compiled
def draw_ties(state: State, p: Parameters, clock: Clock) -> None:
    """Ties within authorities, likelier between near schools."""
    authorities, order = state.authorities, state.roster.order
    for authority in range(authorities.rows):
        for place in range(authorities.first[authority], authorities.past[authority]):
            for later in range(place + 1, authorities.past[authority]):
                _draw_tie(state, p, clock, order[place], order[later])


@compiled
def _friends_school(state: State, clock: Clock, post: int) -> int:
    """The school in which a teacher has a friend: mostly one their own school has a tie with; -1 if none comes up."""
    schools, authorities, teachers = state.schools, state.authorities, state.teachers
    uid, school = teachers.uid[post], teachers.school[post]
    authority = schools.authority[school]
    begin, end = authorities.first[authority], authorities.past[authority]
    for attempt in range(TRIES):
        draw = draws.uniform(clock.seed, draws.FIRST_TIES, FRIENDS_SCHOOL, uid, attempt)
        other = state.roster.order[begin + int(draw * (end - begin))]
        if other != school and (find_tie(state, school, other) >= 0 or attempt == TRIES - 1):
            return other
    return NONE


@compiled
def draw_friendships(state: State, p: Parameters, clock: Clock) -> None:
    """Some teachers have a friend in another school (M14); two who name each other have one tie."""
    schools, teachers, friends, seed = state.schools, state.teachers, state.friends, clock.seed
    named = np.full(teachers.rows, NONE)
    tie = 0
    for post in range(teachers.rows):
        uid = teachers.uid[post]
        has_friend = draws.uniform(seed, draws.FIRST_TIES, OF_FRIENDS, uid, 0) < p.ties_teachers
        if tie >= friends.rows or not has_friend:
            continue
        other = _friends_school(state, clock, post)
        if other < 0:
            continue
        draw = draws.uniform(seed, draws.FIRST_TIES, FRIENDS_POST, uid, 0)
        friends.alive[tie] = 1
        friends.a[tie], friends.b[tie] = post, schools.first[other] + int(draw * schools.staff[other])
        luck = draws.normal(seed, draws.TIE_LEVELS, OF_FRIENDS, uid, FRIENDS_TRUST)
        friends.trust_ab[tie] = friends.trust_ba[tie] = unit(p.ties_teachers_trust + p.ties_sd * luck)
        luck = draws.normal(seed, draws.TIE_LEVELS, OF_FRIENDS, uid, FRIENDS_FAMILIARITY)
        friends.familiarity[tie] = unit(p.ties_teachers_familiarity + p.ties_sd * luck)
        named[post] = tie
        tie += 1
    for tie in range(friends.rows):
        if friends.alive[tie]:
            post, other = friends.a[tie], friends.b[tie]
            back = named[other]
            if back >= 0 and friends.b[back] == post and teachers.uid[post] > teachers.uid[other]:
                release(friends, tie)
    relink_people(state)


@compiled
def place_brokers(state: State) -> None:
    """Room for as many brokers in each authority as any programme gives it; who is at work is policy's to say."""
    brokers, authorities = state.brokers, state.authorities.rows
    each = brokers.rows // authorities
    for authority in range(authorities):
        for place in range(each):
            broker = authority * each + place
            brokers.authority[broker], brokers.place[broker] = authority, place
            brokers.uid[broker] = draws.pair(BROKERS - authority, place)
