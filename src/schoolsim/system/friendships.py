"""Friends in different schools, and what passes between them past their heads' gates (M14, M20)."""

from __future__ import annotations

import numpy as np

from schoolsim import draws
from schoolsim.compiled import compiled
from schoolsim.outcomes.ledger import INFORMAL
from schoolsim.rules.initiative import initiative
from schoolsim.rules.modes import Terms
from schoolsim.system.lessons import learn
from schoolsim.system.state import Events, Knowledge, Ledger, Parameters, Practices, Schools, Teachers, TeacherTies


@compiled
def informal_terms(p: np.record) -> Terms:
    """A talk between friends: no plan, no overhead, side by side for part of it."""
    return Terms(p.adaptation_pace, p.informal_face, p.adaptation_tuning, p.adaptation_ownership, 1.0, 0.0, 0.0, 1.0)


@compiled
def _worth(friends: TeacherTies, tie: int) -> float:
    return friends.trust[tie] * (0.3 + friends.familiarity[tie])


@compiled
def _friend(friends: TeacherTies, tie: int, post: int) -> int:
    return friends.b[tie] if friends.a[tie] == post else friends.a[tie]


@compiled
def _best_friends(teachers: Teachers, friends: TeacherTies) -> None:
    """Each teacher's best tie to a teacher elsewhere; of two as good, the one to the lower uid."""
    teachers.best_tie[:] = -1
    for tie in range(friends.alive.shape[0]):
        if not friends.alive[tie]:
            continue
        for post in (friends.a[tie], friends.b[tie]):
            best = teachers.best_tie[post]
            better = best < 0 or _worth(friends, tie) > _worth(friends, best)
            if not better and _worth(friends, tie) == _worth(friends, best):
                rival = teachers.uid[_friend(friends, best, post)]
                better = teachers.uid[_friend(friends, tie, post)] < rival
            if better:
                teachers.best_tie[post] = tie


@compiled
def friends_talk(
    practices: Practices,
    schools: Schools,
    teachers: Teachers,
    knowledge: Knowledge,
    friends: TeacherTies,
    events: Events,
    ledger: Ledger,
    parameters: Parameters,
    seed: int,
    step: int,
) -> None:
    """Friends in different schools talk of what one of them is working on, past their heads' gates (M14, M20)."""
    p = parameters[0]
    how = informal_terms(p)
    _best_friends(teachers, friends)
    talks = np.zeros(friends.alive.shape[0])
    for post in range(teachers.uid.shape[0]):
        tie, focus = teachers.best_tie[post], teachers.focus[post]
        if tie < 0 or focus < 0:
            continue
        other = _friend(friends, tie, post)
        keen = 1.0 + p.informal_enterprise * (teachers.enterprise[post] - 0.5)
        keen *= initiative(teachers.dependence[post], p)
        chance = p.informal_rate * friends.trust[tie] * (0.3 + friends.familiarity[tie]) * keen
        if draws.uniform(seed, draws.INFORMAL, step, teachers.uid[post], 0) < chance:
            ledger.counts[INFORMAL] += 1.0
            learn(
                practices, teachers, knowledge, events, ledger, post, other, focus, p.informal_hours, 0.5, 0.5,
                friends.familiarity[tie], friends.trust[tie], how, p,
            )  # fmt: skip
            talks[tie] += 1.0
    # Settled together: two who each seek the other out both find the tie as it was.
    for tie in range(friends.alive.shape[0]):
        friends.familiarity[tie] += (1.0 - 0.98 ** talks[tie]) * (1.0 - friends.familiarity[tie])
