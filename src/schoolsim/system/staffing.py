"""Teachers who leave and those who follow them; teachers who change places, and keep up with old colleagues."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.rules.words import SECONDARY
from schoolsim.system.closeness import difference, tie_together
from schoolsim.system.ordering import by_size, by_uid
from schoolsim.system.people import new_person, swap_posts
from schoolsim.system.state import (
    Knowledge,
    Parameters,
    Practices,
    Roster,
    Schools,
    Teachers,
    TeacherTies,
    Ties,
    Wholes,
)
from schoolsim.system.tables import find_tie, free_slot, release


@compiled
def replace_leavers(
    schools: Schools,
    teachers: Teachers,
    knowledge: Knowledge,
    friends: TeacherTies,
    practices: Practices,
    parameters: Parameters,
    seed: int,
    step: int,
) -> None:
    """Some leave the authority's schools; a recruit takes the post, with some practice from elsewhere."""
    p = parameters[0]
    gone = np.zeros(teachers.uid.shape[0], dtype=np.int64)
    for post in range(teachers.uid.shape[0]):
        teachers.years[post] += 1.0
        if draws.uniform(seed, draws.LEAVE, step, teachers.uid[post], 0) >= p.careers_leave:
            continue
        gone[post] = 1
        school = teachers.school[post]
        uid = draws.pair(draws.pair(schools.uid[school], post - schools.first[school]), 1_000_000 + step)
        new_person(teachers, knowledge, post, uid, p, seed)
        for one in range(practices.alive.shape[0]):
            if practices.born[one] < -100 and draws.uniform(seed, draws.RECRUIT, step, uid, 4 * one) < 0.12:
                knowledge.mastery[post, one] = min(
                    1.0, max(0.05, 0.4 + 0.2 * draws.normal(seed, draws.RECRUIT, step, uid, 4 * one + 1))
                )
                knowledge.ownership[post, one] = min(
                    1.0, max(0.0, 0.5 + 0.2 * draws.normal(seed, draws.RECRUIT, step, uid, 4 * one + 2))
                )
                knowledge.tuning[post, one] = np.float32(0.2)
    for tie in range(friends.alive.shape[0]):
        if friends.alive[tie] and (gone[friends.a[tie]] or gone[friends.b[tie]]):
            release(friends, tie)


@compiled
def _movers(
    schools: Schools,
    roster: Roster,
    teachers: Teachers,
    authority: int,
    secondary: bool,
    p: np.record,
    seed: int,
    step: int,
) -> np.ndarray:
    """Posts whose people move this year, in the order of a draw: they change places two by two."""
    rows = np.empty(teachers.uid.shape[0], dtype=np.int64)
    order = np.empty(teachers.uid.shape[0])
    number = 0
    for place in range(roster.first[authority], roster.first[authority + 1]):
        school = roster.order[place]
        if (schools.phase[school] == SECONDARY) != secondary:
            continue
        for post in range(schools.first[school], schools.past[school]):
            draw = draws.uniform(seed, draws.MOVE, step, teachers.uid[post], 0)
            if draw < p.careers_move:
                rows[number], order[number] = post, draws.uniform(seed, draws.MOVE, step, teachers.uid[post], 1)
                number += 1
    return rows[:number][by_size(order[:number])]


@compiled
def _keep_up(
    schools: Schools,
    teachers: Teachers,
    friends: TeacherTies,
    mover: int,
    old_school: int,
    p: np.record,
    seed: int,
    step: int,
) -> None:
    """A mover keeps up with some old colleagues (M14)."""
    for attempt in range(int(p.careers_carried_ties)):
        tie = free_slot(friends)
        if tie < 0:
            return
        draw = draws.uniform(seed, draws.CARRIED_TIES, step, teachers.uid[mover], attempt)
        friends.alive[tie] = 1
        friends.a[tie], friends.b[tie] = mover, schools.first[old_school] + int(draw * schools.staff[old_school])
        friends.trust[tie], friends.familiarity[tie] = 0.55, 0.5


@compiled
def swap_movers(
    schools: Schools,
    roster: Roster,
    teachers: Teachers,
    knowledge: Knowledge,
    ties: Ties,
    adjacency: Wholes,
    friends: TeacherTies,
    parameters: Parameters,
    seed: int,
    step: int,
) -> None:
    """Movers change places; their friendships go with them."""
    p = parameters[0]
    now = np.arange(teachers.uid.shape[0])
    for authority in range(roster.first.shape[0] - 1):
        for secondary in (False, True):
            movers = _movers(schools, roster, teachers, authority, secondary, p, seed, step)
            for place in range(0, movers.shape[0] - 1, 2):
                one, two = movers[place], movers[place + 1]
                if teachers.school[one] != teachers.school[two]:
                    swap_posts(
                        schools,
                        teachers,
                        knowledge,
                        one,
                        two,
                        difference(schools, teachers.school[one], teachers.school[two]),
                    )
                    now[one], now[two] = two, one
    for tie in range(friends.alive.shape[0]):
        if friends.alive[tie]:
            friends.a[tie], friends.b[tie] = now[friends.a[tie]], now[friends.b[tie]]
            if teachers.school[friends.a[tie]] == teachers.school[friends.b[tie]]:
                release(friends, tie)
    moved = np.flatnonzero(now != np.arange(now.shape[0]))
    # By who they are: where the table of ties fills up, no row comes first.
    for post in moved[by_uid(teachers.uid[moved])]:
        # Whoever is now in this post came from the one it changed places with.
        came_from = teachers.school[now[post]]
        _keep_up(schools, teachers, friends, post, came_from, p, seed, step)
        school = teachers.school[post]
        chance = draws.uniform(seed, draws.CARRIED_TIES, step, teachers.uid[post], 99)
        if chance < p.careers_school_tie and find_tie(ties, adjacency, school, came_from) < 0:
            tie_together(schools, ties, adjacency, school, came_from, 0.4, 0.3, p, seed)
