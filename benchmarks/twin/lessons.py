"""Episodes between two teachers of different schools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.twin.objects import Friendship, Lesson
from benchmarks.twin.rules import engagement, learning, modes
from schoolsim import draws

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.partnerships import Partnership
    from benchmarks.twin.teachers import Teacher

ROUTINE = 0.5


def engagement_of(work: Partnership, teacher: Teacher, one: int, own_need: float, how: Any) -> float:
    """Engagement of a teacher with learning a practice in a partnership."""
    p, school, what = work.model.p, teacher.school, work.model.practices[one]
    gap = school.status_gap_below(work.originator) if school is work.partner else 0.0
    fit = 1.0 - abs(teacher.values - what.kind)
    pull = engagement.task_pull(own_need, how.say, what.appeal, fit, p)
    felt = p.stakes_level * (1.0 - school.protection)
    pull += engagement.school_push(school.tone, school.protection, felt, school.commitments, p)
    pull += engagement.relation_pull(work.tie.trust[school], float(work.imposed), gap, p)
    pull -= p.horizon_anticipation * work.foreboding
    return engagement.engagement(pull, p)


def learn(
    learner: Teacher,
    giver: Teacher,
    one: int,
    hours: float,
    engaged: tuple[float, float],
    relation: tuple[float, float],
    how: Any,
) -> float:
    """Note what a teacher learns of a practice from another; returns the mastery gained.

    Args:
        learner: Who learns.
        giver: Who shows.
        one: The practice.
        hours: Net joint hours.
        engaged: Engagement of learner and giver.
        relation: Trust and familiarity.
        how: Terms of the mode.
    """
    model, p, what = learner.model, learner.model.p, learner.model.practices[one]
    own, source = learner.hold(one), giver.hold(one).mastery
    held = modes.Held(own.mastery, own.tuning, own.ownership)
    near = learning.zone(source - own.mastery, 0.5 * (learner.confidence + relation[0]), p)
    ease = near * learning.access(what.tacit, how.face, relation[1], giver.transfer, p) * min(1.0, 2.0 * engaged[1])
    amount = learning.dose(hours, what.hours, engaged[0], learner.learning, p)
    ceiling = learning.ceiling(source, what.tacit, how.face, p)
    after = modes.learned(held, ceiling, ease, amount, engaged[0], how, p)
    gain = after.mastery - held.mastery
    learner.lessons.append(Lesson(one, gain, after.tuning - held.tuning, after.ownership - held.ownership))
    if gain > 0.0 and after.mastery < ROUTINE:
        learner.load += 1
    if held.mastery < ROUTINE <= after.mastery:
        model.ledger.counts["transfers"] += 1
    return gain


def originate(giver: Teacher, one: int, mode: int, hours: float, engaged: float) -> None:
    """Note what originating gives the originator."""
    p, hold = giver.model.p, giver.hold(one)
    if hold.mastery > 0.05:
        share = modes.originators_gain(mode, hours, giver.model.practices[one].hours, engaged, p)
        left = (1.0 - hold.mastery, 1.0 - hold.tuning, 1.0 - hold.ownership)
        giver.lessons.append(Lesson(one, *(share * room for room in left)))
    giver.gain_transfer += p.originator_transfer * hours * engaged * (1.0 - giver.transfer)
    giver.gain_confidence += p.originator_confidence * hours * engaged * (1.0 - giver.confidence)


def friends_talk(model: Twin) -> None:
    """Friends in different schools talk of what one of them works on."""
    p = model.p
    how = modes.Terms(
        p.adaptation_pace, p.informal_face, p.adaptation_tuning, p.adaptation_ownership, 1.0, 0.0, 0.0, 1.0
    )
    _choose_friends(model)
    talks: dict[Friendship, int] = {}
    for teacher in model.teachers:
        friendship = teacher.best_friendship
        if friendship is None or teacher.focus is None:
            continue
        likely = p.informal_rate * friendship.worth * (1.0 + p.informal_enterprise * (teacher.enterprise - 0.5))
        if model.chance.uniform(draws.INFORMAL, model.half_term, teacher.uid, 0) < likely:
            friend, relation = friendship.other(teacher), (friendship.trust, friendship.familiarity)
            learn(teacher, friend, teacher.focus, p.informal_hours, (0.5, 0.5), relation, how)
            talks[friendship] = talks.get(friendship, 0) + 1
    for friendship, times in talks.items():
        friendship.familiarity += (1.0 - 0.98**times) * (1.0 - friendship.familiarity)


def _choose_friends(model: Twin) -> None:
    """Each teacher turns to the friend most worth talking to; of two as good, to the one of the lower uid."""
    for teacher in model.teachers:
        teacher.best_friendship = None
    for friendship in model.friendships:
        for teacher in (friendship.a, friendship.b):
            best = teacher.best_friendship
            if best is None or _comes_first(friendship, best, teacher):
                teacher.best_friendship = friendship


def _comes_first(one: Friendship, two: Friendship, teacher: Teacher) -> bool:
    if one.worth == two.worth:
        return one.other(teacher).uid < two.other(teacher).uid
    return one.worth > two.worth
