"""Teachers who leave and those who follow them; teachers who change places, and keep up with old colleagues."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.columns import Int64Array
from schoolsim.jit import compiled
from schoolsim.rules.careers import leaving_chance, less_by_badge
from schoolsim.rules.codes import SECONDARY
from schoolsim.system.careers.people import draw_level, new_person, swap_posts
from schoolsim.system.practice.creation import created_in_run
from schoolsim.system.state import Clock, Parameters, State
from schoolsim.system.state.adjacency import find_tie
from schoolsim.system.state.slots import in_order, release
from schoolsim.system.trust.people import acquaint, relink_people, tie_of_people
from schoolsim.system.trust.ties import difference, make_tie

RECRUITED_IN = 1_000_000  # with the half-term, what a recruit's uid is drawn from: it keeps clear of rows of posts
TRAINED = 0  # draw of whether a recruit is newly trained
WHETHER, WHICH, CHOICE = (
    0,
    1,
    2,
)  # draws of whether a teacher moves, of the order of movers, of whether a badge gives a choice
SCHOOL_TIE = 99  # draw of whether a mover's schools come to know each other, after those of old colleagues


@compiled
def _recruit(state: State, p: Parameters, clock: Clock, post: int) -> None:
    """A recruit takes a post, with the repertoire of a school outside, or a share of it if newly trained."""
    schools, teachers, knowledge, seed, step = (
        state.schools, state.teachers, state.knowledge, clock.seed, clock.half_term,
    )  # fmt: skip
    school = teachers.school[post]
    place = draws.pair(schools.uid[school], post - schools.first[school])
    uid = draws.pair(place, RECRUITED_IN + step)
    new_person(state, p, clock, post, uid)
    inexperienced = less_by_badge(p.careers_newly_trained, schools.badge[school], p)
    trained = draws.uniform(seed, draws.RECRUIT, step, uid, TRAINED) < inexperienced
    share = np.float32(p.careers_trained_share if trained else 1.0)
    # Every outside school is another one: its traditions are drawn for the recruit.
    for practice in range(state.practices.rows):
        if created_in_run(state, practice) or not state.practices.alive[practice]:
            continue
        draw_level(state, p, clock, post, practice, uid)
        knowledge.mastery[post, practice] *= share
        # Nothing is tuned yet to a school one is new to.
        knowledge.tuning[post, practice] = np.float32(0.0)
        if trained:
            knowledge.years[post, practice] = np.float32(0.0)


@compiled
def replace_leavers(state: State, p: Parameters, clock: Clock) -> None:
    """Some leave the authority's schools; recruits take their posts, and their friendships end."""
    schools, teachers, friends = state.schools, state.teachers, state.friends
    gone = np.zeros(teachers.rows, dtype=np.int64)
    for post in range(teachers.rows):
        teachers.years[post] += 1.0
        school = teachers.school[post]
        leaves = leaving_chance(schools.standing[school], schools.tone[school], schools.badge[school], p)
        if draws.uniform(clock.seed, draws.LEAVE, clock.half_term, teachers.uid[post], 0) < leaves:
            gone[post] = 1
            _recruit(state, p, clock, post)
    for tie in range(friends.rows):
        if friends.alive[tie] and (gone[friends.a[tie]] or gone[friends.b[tie]]):
            release(friends, tie)
    relink_people(state)


@compiled
def _movers(state: State, p: Parameters, clock: Clock, authority: int, secondary: bool) -> Int64Array:
    """Posts whose people move this year, in the order of a draw: they change places two by two."""
    schools, teachers, seed, step = state.schools, state.teachers, clock.seed, clock.half_term
    rows = np.empty(teachers.rows, dtype=np.int64)
    luck = np.empty(teachers.rows)
    number = 0
    for place in range(state.authorities.first[authority], state.authorities.past[authority]):
        school = state.roster.order[place]
        if (schools.phase[school] == SECONDARY) != secondary:
            continue
        for post in range(schools.first[school], schools.past[school]):
            uid = teachers.uid[post]
            moves = less_by_badge(p.careers_move, schools.badge[school], p)
            if draws.uniform(seed, draws.MOVE, step, uid, WHETHER) < moves:
                rows[number], luck[number] = post, draws.uniform(seed, draws.MOVE, step, uid, WHICH)
                number += 1
    return rows[in_order(luck[:number])]


@compiled
def _keep_up(state: State, p: Parameters, clock: Clock, mover: int, old_school: int) -> None:
    """A mover keeps up with some old colleagues (M14)."""
    schools, teachers = state.schools, state.teachers
    for attempt in range(int(p.careers_carried_ties)):
        draw = draws.uniform(clock.seed, draws.CARRIED_TIES, clock.half_term, teachers.uid[mover], attempt)
        colleague = schools.first[old_school] + int(draw * schools.staff[old_school])
        if tie_of_people(state, mover, colleague) < 0:
            trust = (p.ties_teachers_trust, p.ties_teachers_trust)
            acquaint(state, (mover, colleague), trust, p.ties_teachers_familiarity)


@compiled
def _choose(state: State, p: Parameters, clock: Clock, movers: Int64Array, place: int) -> None:
    """Where just one of two who would change places is from a badged school, it may choose who comes (§2.24).

    It has its choice of the two next in line and takes the one whose pupils gain more; the other waits a turn.
    """
    schools, teachers = state.schools, state.teachers
    post, other, waiting = movers[place], movers[place + 1], movers[place + 2]
    badge = schools.badge[teachers.school[post]]
    if badge <= schools.badge[teachers.school[other]]:
        return
    chooses = draws.uniform(clock.seed, draws.MOVE, clock.half_term, teachers.uid[post], CHOICE)
    if chooses < p.badging_staff * badge and teachers.effect[waiting] > teachers.effect[other]:
        movers[place + 1], movers[place + 2] = waiting, other


@compiled
def _change_places(state: State, p: Parameters, clock: Clock) -> Int64Array:
    """Movers of one authority and phase change places two by two.

    Returns:
        For each post, the one its person was in before.
    """
    schools, teachers = state.schools, state.teachers
    came_from = np.arange(teachers.rows)
    for authority in range(state.authorities.rows):
        for secondary in (False, True):
            movers = _movers(state, p, clock, authority, secondary)
            for place in range(0, movers.shape[0] - 1, 2):
                if place + 2 < movers.shape[0]:
                    _choose(state, p, clock, movers, place)
                post, other = movers[place], movers[place + 1]
                if teachers.school[post] != teachers.school[other]:
                    swap_posts(state, post, other, difference(schools, teachers.school[post], teachers.school[other]))
                    came_from[post], came_from[other] = other, post
    return came_from


@compiled
def swap_movers(state: State, p: Parameters, clock: Clock) -> None:
    """Movers change places; their friendships go with them."""
    teachers, friends = state.teachers, state.friends
    came_from = _change_places(state, p, clock)
    for tie in range(friends.rows):
        if friends.alive[tie]:
            friends.a[tie], friends.b[tie] = came_from[friends.a[tie]], came_from[friends.b[tie]]
            if teachers.school[friends.a[tie]] == teachers.school[friends.b[tie]]:
                release(friends, tie)
    relink_people(state)
    moved = np.flatnonzero(came_from != np.arange(came_from.shape[0]))
    uids = np.empty(moved.shape[0], dtype=np.int64)
    for place in range(moved.shape[0]):
        uids[place] = teachers.uid[moved[place]]
    # By who they are: where the table of ties fills up, no row comes first.
    for post in moved[in_order(uids)]:
        old_school, school = teachers.school[came_from[post]], teachers.school[post]
        _keep_up(state, p, clock, post, old_school)
        luck = draws.uniform(clock.seed, draws.CARRIED_TIES, clock.half_term, teachers.uid[post], SCHOOL_TIE)
        if luck < p.careers_school_tie and find_tie(state, school, old_school) < 0:
            trust, familiarity = p.careers_school_tie_trust, p.careers_school_tie_familiarity
            make_tie(state, p, clock, (school, old_school), trust, familiarity)
