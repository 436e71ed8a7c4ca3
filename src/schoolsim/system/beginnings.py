"""What is drawn once, before the first half-term: practices, heads, teachers, ties, and where results stand."""

from __future__ import annotations

import math

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.rules.practice import appeal, away, unfamiliarity
from schoolsim.rules.shapes import unit
from schoolsim.system.closeness import miles_between, rivals, tie_together, uid_pair
from schoolsim.system.development import first_posts
from schoolsim.system.heads import new_head
from schoolsim.system.people import length_of_service, new_person
from schoolsim.system.quarrels import fall_out
from schoolsim.system.state import (
    Brokers,
    Knowledge,
    Parameters,
    Practices,
    Repertoires,
    Roster,
    Schools,
    State,
    Teachers,
    TeacherTies,
    Ties,
    Wholes,
)
from schoolsim.system.tables import find_tie

PLACE_KM = 5.0  # side of the squares whose schools share the context of a place


@compiled
def _practices(practices: Practices, parameters: Parameters, seed: int) -> None:
    p = parameters[0]
    for one in range(p.practice_number):
        kind = draws.uniform(seed, draws.PRACTICE, 0, one, 0)
        practices.alive[one] = 1
        practices.kind[one] = kind
        practices.tacit[one] = unit(
            p.practice_tacit_base
            + p.practice_tacit_slope * kind
            + p.practice_spread * draws.normal(seed, draws.PRACTICE, 0, one, 1)
        )
        practices.dependence[one] = p.practice_context_weight * unit(
            p.practice_dependence_base
            + p.practice_dependence_slope * kind
            + p.practice_spread * draws.normal(seed, draws.PRACTICE, 0, one, 2)
        )
        # Longer for the values-laden; the shape has mean 25, so the parameter is the mean.
        shape = 8.0 + 22.0 * draws.uniform(seed, draws.PRACTICE, 0, one, 3) + 12.0 * kind
        practices.hours[one] = p.practice_hours_mean * shape / 25.0
        luck = draws.normal(seed, draws.PRACTICE, 0, one, 4)
        practices.effect[one] = max(-0.03, p.practice_effect_mean + p.practice_effect_sd * luck)
        practices.appeal[one] = appeal(luck, draws.normal(seed, draws.PRACTICE, 0, one, 5), p.practice_appeal_truth)
        practices.born[one] = -1000
        practices.evidence[one] = 2.0 * p.evidence_mean * draws.uniform(seed, draws.TRAIT, 0, one, 0)
        taken = draws.uniform(seed, draws.TRAIT, 0, one, 1)
        practices.scope[one] = (
            2 if taken < p.scope_school else (1 if taken < p.scope_school + p.scope_department else 0)
        )
        for axis in range(practices.home.shape[1]):
            practices.home[one, axis] = p.practice_home_spread * draws.normal(seed, draws.PRACTICE, 0, one, 10 + axis)


@compiled
def _contexts(schools: Schools, repertoires: Repertoires, practices: Practices, seed: int) -> None:
    pupils = np.sum(schools.roll)
    mean_poor = np.sum(schools.poor) / pupils
    spread = 0.0
    for school in range(schools.uid.shape[0]):
        spread += (schools.poor[school] / schools.roll[school] - mean_poor) ** 2
    spread = max(1e-9, math.sqrt(spread / schools.uid.shape[0]))
    for school in range(schools.uid.shape[0]):
        place = draws.pair(
            int(math.floor(schools.east[school] / PLACE_KM)), int(math.floor(schools.north[school] / PLACE_KM))
        )
        for axis in range(schools.context.shape[1]):
            here = 0.6 * draws.normal(seed, draws.CONTEXT, 0, place, axis)
            schools.context[school, axis] = here + 0.7 * draws.normal(seed, draws.CONTEXT, 0, schools.uid[school], axis)
        schools.context[school, 0] += 0.5 * (schools.poor[school] / schools.roll[school] - mean_poor) / spread
        for one in range(practices.alive.shape[0]):
            if practices.alive[one]:
                repertoires.distance[school, one] = unfamiliarity(away(practices.home[one], schools.context[school]))


@compiled
def _staff(
    schools: Schools,
    repertoires: Repertoires,
    teachers: Teachers,
    knowledge: Knowledge,
    practices: Practices,
    parameters: Parameters,
    seed: int,
) -> None:
    p = parameters[0]
    for school in range(schools.uid.shape[0]):
        for post in range(schools.first[school], schools.past[school]):
            teachers.school[post] = school
            uid = draws.pair(schools.uid[school], post - schools.first[school])
            new_person(teachers, knowledge, post, uid, p, seed)
            teachers.skill[post] = p.careers_skill_sd * draws.normal(seed, draws.PERSON, 0, uid, 8)
            teachers.years[post] = length_of_service(draws.uniform(seed, draws.PERSON, 0, uid, 9))
            for one in range(p.practice_number):
                _first_level(schools, repertoires, teachers, knowledge, practices, post, school, one, p, seed)


@compiled
def _first_level(
    schools: Schools,
    repertoires: Repertoires,
    teachers: Teachers,
    knowledge: Knowledge,
    practices: Practices,
    post: int,
    school: int,
    one: int,
    p: np.record,
    seed: int,
) -> None:
    """A school has traditions: some practices that most of its staff hold, likelier where they are at home."""
    tradition = draws.uniform(seed, draws.TRADITION, 0, schools.uid[school], one) < 0.4
    chance = 0.08 + 0.45 * tradition * (1.0 - 0.7 * practices.dependence[one] * repertoires.distance[school, one])
    uid = teachers.uid[post]
    if draws.uniform(seed, draws.HOLDER, 0, uid, one) < chance:
        knowledge.mastery[post, one] = unit(0.65 + 0.2 * draws.normal(seed, draws.LEVELS, 0, uid, 3 * one))
        knowledge.ownership[post, one] = unit(0.7 + 0.2 * draws.normal(seed, draws.LEVELS, 0, uid, 3 * one + 1))
        knowledge.tuning[post, one] = unit(0.6 + 0.2 * draws.normal(seed, draws.LEVELS, 0, uid, 3 * one + 2))


@compiled
def _ties_within(
    schools: Schools, roster: Roster, ties: Ties, adjacency: Wholes, parameters: Parameters, seed: int
) -> None:
    p = parameters[0]
    for authority in range(roster.first.shape[0] - 1):
        members = roster.order[roster.first[authority] : roster.first[authority + 1]]
        for place in range(members.shape[0]):
            for later in range(place + 1, members.shape[0]):
                _first_tie(schools, ties, adjacency, members[place], members[later], p, seed)


@compiled
def _first_tie(schools: Schools, ties: Ties, adjacency: Wholes, one: int, two: int, p: np.record, seed: int) -> None:
    miles = miles_between(schools, one, two)
    both = uid_pair(schools, one, two)
    if (
        draws.uniform(seed, draws.FIRST_TIES, 0, both, 0)
        >= p.ties_nearby * math.exp(-miles / p.ties_reach) + p.ties_anywhere
    ):
        return
    tie = tie_together(schools, ties, adjacency, one, two, 0.0, 0.0, p, seed)
    if tie < 0:
        return
    # Rivals start colder (M36).
    rival = rivals(schools, one, two, miles, p)
    mean = p.ties_trust - 0.2 * rival
    ties.trust_ab[tie] = unit(mean + p.ties_trust_sd * draws.normal(seed, draws.TIE_LEVELS, 0, both, 0))
    ties.trust_ba[tie] = unit(mean + p.ties_trust_sd * draws.normal(seed, draws.TIE_LEVELS, 0, both, 1))
    ties.familiarity[tie] = max(
        p.ties_dropped, unit(p.ties_familiarity + 0.15 * draws.normal(seed, draws.TIE_LEVELS, 0, both, 2))
    )
    if draws.uniform(seed, draws.HOSTILE_FIRST, 0, both, 0) < p.hostility_start * rival:
        fall_out(ties, tie)


@compiled
def _friends(
    schools: Schools,
    roster: Roster,
    teachers: Teachers,
    ties: Ties,
    adjacency: Wholes,
    friends: TeacherTies,
    parameters: Parameters,
    seed: int,
) -> None:
    """Some teachers have a friend in another school, mostly one their own school has a tie with (M14)."""
    p = parameters[0]
    tie = 0
    for post in range(teachers.uid.shape[0]):
        uid, school = teachers.uid[post], teachers.school[post]
        if tie >= friends.alive.shape[0] or draws.uniform(seed, draws.FIRST_TIES, 1, uid, 0) >= p.ties_teachers:
            continue
        authority = schools.authority[school]
        begin, end = roster.first[authority], roster.first[authority + 1]
        other = -1
        for attempt in range(8):
            seen = roster.order[begin + int(draws.uniform(seed, draws.FIRST_TIES, 2, uid, attempt) * (end - begin))]
            if seen != school and (find_tie(ties, adjacency, school, seen) >= 0 or attempt == 7):
                other = seen
                break
        if other < 0:
            continue
        friend = schools.first[other] + int(draws.uniform(seed, draws.FIRST_TIES, 3, uid, 0) * schools.staff[other])
        friends.alive[tie] = 1
        friends.a[tie], friends.b[tie] = post, friend
        friends.trust[tie] = unit(0.5 + 0.15 * draws.normal(seed, draws.TIE_LEVELS, 1, uid, 0))
        friends.familiarity[tie] = unit(0.4 + 0.15 * draws.normal(seed, draws.TIE_LEVELS, 1, uid, 1))
        tie += 1


@compiled
def _brokers(schools: Schools, roster: Roster, brokers: Brokers, parameters: Parameters) -> None:
    p = parameters[0]
    each = p.broker_number
    for authority in range(roster.first.shape[0] - 1):
        for place in range(each):
            broker = authority * each + place
            brokers.authority[broker] = authority
            brokers.uid[broker] = draws.pair(-1 - authority, place)
            brokers.visits[broker] = p.broker_visits
            brokers.skill[broker] = p.broker_skill


@compiled
def _heads(schools: Schools, parameters: Parameters, seed: int) -> None:
    p = parameters[0]
    for school in range(schools.uid.shape[0]):
        new_head(schools, school, 0, p, seed)


def people(state: State, p: Parameters, seed: int) -> None:
    """Draw practices, contexts, heads and staff."""
    _practices(state.practices, p, seed)
    _contexts(state.schools, state.repertoires, state.practices, seed)
    _heads(state.schools, p, seed)
    first_posts(state.schools, state.teachers, p)
    _staff(state.schools, state.repertoires, state.teachers, state.knowledge, state.practices, p, seed)


def relations(state: State, p: Parameters, seed: int) -> None:
    """Draw ties between schools and between teachers, and the brokers."""
    _ties_within(state.schools, state.roster, state.ties, state.adjacency, p, seed)
    _friends(state.schools, state.roster, state.teachers, state.ties, state.adjacency, state.friends, p, seed)
    _brokers(state.schools, state.roster, state.brokers, p)
