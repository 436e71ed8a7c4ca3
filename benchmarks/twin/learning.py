"""Episodes between two teachers of different schools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.twin.objects import Friendship, Gain
from benchmarks.twin.rules import engagement, modes
from benchmarks.twin.rules import learning as rules
from schoolsim import draws

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.partnerships import Partnership
    from benchmarks.twin.teachers import Teacher


def engagement_of(work: Partnership, teacher: Teacher, number: int, own_need: float, terms: Any) -> float:
    """Engagement of a teacher with learning a practice in a partnership."""
    p, school, practice = work.model.p, teacher.school, work.model.practices[number]
    gap = school.status_gap_below(work.originator) if school is work.partner else 0.0
    fit = 1.0 - abs(teacher.values - practice.kind)
    pull = engagement.task_pull(own_need, terms.say, practice.appeal, fit, p)
    felt = p.stakes_level * (1.0 - school.protection)
    pull += engagement.school_push(school.tone, school.protection, felt, school.commitments, p)
    pull += engagement.relation_pull(work.tie.trust[school], float(work.imposed), gap, p)
    pull -= p.horizon_anticipation * work.foreboding
    return engagement.engagement(pull, p)


def learn(
    learner: Teacher,
    giver: Teacher,
    number: int,
    hours: float,
    engaged: tuple[float, float],
    relation: tuple[float, float],
    terms: Any,
) -> float:
    """Note what a teacher learns of a practice from another; returns the mastery gained.

    Args:
        learner: Who learns.
        giver: Who shows.
        number: Of the practice.
        hours: Net joint hours.
        engaged: Engagement of learner and giver.
        relation: Trust and familiarity.
        terms: Of the mode.
    """
    model, p, practice = learner.model, learner.model.p, learner.model.practices[number]
    own, source = learner.holding(number), giver.holding(number).mastery
    held = modes.Held(own.mastery, own.tuning, own.ownership)
    near = rules.zone(source - own.mastery, 0.5 * (learner.confidence + relation[0]), p)
    access = rules.access(practice.tacit, terms.face, relation[1], giver.transfer, p)
    ease = near * access * min(1.0, 2.0 * engaged[1])
    amount = rules.dose(hours, practice.hours, engaged[0], learner.learning, p)
    ceiling = rules.ceiling(source, practice.tacit, terms.face, p)
    after = modes.learned(held, ceiling, ease, amount, engaged[0], terms, p)
    gained = after.mastery - held.mastery
    learner.gains.append(Gain(number, gained, after.tuning - held.tuning, after.ownership - held.ownership))
    if gained > 0.0 and after.mastery < p.learning_routine:
        learner.load += 1
    if held.mastery < p.learning_routine <= after.mastery:
        model.ledger.counts["transfers"] += 1
    return gained


def originate(giver: Teacher, number: int, mode: int, hours: float, engaged: float) -> None:
    """Note what originating gives the originator."""
    p, holding = giver.model.p, giver.holding(number)
    if holding.mastery > p.originator_least_mastery:
        share = modes.originators_gain(mode, hours, giver.model.practices[number].hours, engaged, p)
        left = (1.0 - holding.mastery, 1.0 - holding.tuning, 1.0 - holding.ownership)
        giver.gains.append(Gain(number, *(share * room for room in left)))
    giver.gain_transfer += p.originator_transfer * hours * engaged * (1.0 - giver.transfer)
    giver.gain_confidence += p.originator_confidence * hours * engaged * (1.0 - giver.confidence)


def friends_talk(model: Twin) -> None:
    """Friends in different schools talk of what either of them works on."""
    p = model.p
    terms = modes.Terms(
        p.adaptation_pace, p.informal_face, p.adaptation_tuning, p.adaptation_ownership, 1.0, 0.0, 0.0, 1.0
    )
    _choose_friends(model)
    talks: dict[Friendship, int] = {}
    for teacher in model.teachers:
        friendship = teacher.best_friendship
        if friendship is None or teacher.focus is None:
            continue
        chance = p.informal_rate * friendship.worth(p) * (1.0 + p.informal_enterprise * (teacher.enterprise - 0.5))
        if model.draws.uniform(draws.INFORMAL, model.half_term, teacher.uid, 0) < chance:
            friend, relation = friendship.friend_of(teacher), (friendship.trust, friendship.familiarity)
            learn(teacher, friend, teacher.focus, p.informal_hours, (0.5, 0.5), relation, terms)
            talks[friendship] = talks.get(friendship, 0) + 1
    for friendship, times in talks.items():
        friendship.familiarity += (1.0 - p.informal_familiarity_left**times) * (1.0 - friendship.familiarity)


def _choose_friends(model: Twin) -> None:
    """Each teacher turns to the friend most worth talking to; of two as good, to the friend of the lower uid."""
    for teacher in model.teachers:
        teacher.best_friendship = None
    for friendship in model.friendships:
        for teacher in (friendship.a, friendship.b):
            best = teacher.best_friendship
            if best is None or _comes_first(friendship, best, teacher):
                teacher.best_friendship = friendship


def _comes_first(friendship: Friendship, best: Friendship, teacher: Teacher) -> bool:
    worth, best_worth = friendship.worth(teacher.model.p), best.worth(teacher.model.p)
    if worth == best_worth:
        return friendship.friend_of(teacher).uid < best.friend_of(teacher).uid
    return worth > best_worth
