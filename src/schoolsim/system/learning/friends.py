"""Friends in different schools, and what passes between them past their heads' gates (M14, M20)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.jit import compiled
from schoolsim.rules.modes import Terms
from schoolsim.rules.trust import familiarity_after_work, tie_worth
from schoolsim.system.learning.episodes import Contact, learn
from schoolsim.system.state import Clock, Parameters, State, TeacherTies
from schoolsim.system.state.ledger import INFORMAL, LEARNT_FRIENDS, TALK
from schoolsim.system.time_money.budgets import own_time
from schoolsim.system.trust.people import other_person, trust_of_person

HALF_ENGAGED = 0.5  # in talk that nobody imposes and nobody plans


@compiled
def informal_terms(p: Parameters) -> Terms:
    """A talk between friends: no plan, no overhead, side by side for part of it."""
    return Terms(p.adaptation_pace, p.channel_meeting_face, p.adaptation_say, p.adaptation_say, 1.0, 0.0, 0.0, 1.0)


@compiled
def _worth(friends: TeacherTies, tie: int, p: Parameters) -> float:
    return tie_worth(0.5 * (friends.trust_ab[tie] + friends.trust_ba[tie]), friends.familiarity[tie], p)


@compiled
def _note_best_friends(state: State, p: Parameters) -> None:
    """Each teacher's best tie to a teacher elsewhere; of two as good, the one to the lower uid."""
    teachers, friends = state.teachers, state.friends
    most = np.empty(teachers.rows)
    for post in range(teachers.rows):
        teachers.best_tie[post] = -1
    for tie in range(friends.rows):
        if not friends.alive[tie]:
            continue
        worth = _worth(friends, tie, p)
        for post in (friends.a[tie], friends.b[tie]):
            best = teachers.best_tie[post]
            better = best < 0 or worth > most[post]
            if not better and worth == most[post]:
                held = teachers.uid[other_person(friends, best, post)]
                better = teachers.uid[other_person(friends, tie, post)] < held
            if better:
                teachers.best_tie[post], most[post] = tie, worth


@compiled
def friends_talk(state: State, p: Parameters, clock: Clock) -> None:
    """Friends in different schools talk of what one of them is working on, past their heads' gates (M14, M20)."""
    teachers, friends = state.teachers, state.friends
    terms = informal_terms(p)
    _note_best_friends(state, p)
    talks = np.zeros(friends.rows)
    for post in range(teachers.rows):
        tie, focus = teachers.best_tie[post], teachers.focus[post]
        if tie < 0 or focus < 0:
            continue
        keen = 1.0 + p.informal_enterprise * (teachers.enterprise[post] - 0.5)
        keen *= 1.0 - teachers.dependence[post]
        trust = trust_of_person(friends, tie, post)
        chance = p.informal_rate * tie_worth(trust, friends.familiarity[tie], p) * keen
        if draws.uniform(clock.seed, draws.INFORMAL, clock.half_term, teachers.uid[post], 0) < chance:
            state.ledger.counts[INFORMAL] += 1.0
            own_time(state.ledger, 2.0 * p.informal_hours, TALK)
            contact = Contact(p.informal_hours, HALF_ENGAGED, friends.familiarity[tie], trust, LEARNT_FRIENDS)
            learn(state, p, (post, other_person(friends, tie, post)), focus, contact, terms)
            talks[tie] += 1.0
    # Settled together: two who each seek the other out both find the tie as it was.
    for tie in range(friends.rows):
        if talks[tie] == 0.0:
            continue
        hours = talks[tie] * p.informal_hours
        friends.familiarity[tie] = familiarity_after_work(friends.familiarity[tie], hours, p.adaptation_familiarity, p)
