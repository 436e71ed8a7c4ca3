"""What a half-term does to ties and friendships."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from schoolsim.rules.words import PURSE_ORIGINATOR

from benchmarks.twin.objects import Tie
from benchmarks.twin.rules import identity, trust, unit
from schoolsim import draws

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.partnerships import Partnership

FULL_WORK = 12.0


def after_joint_work(work: Partnership) -> None:
    """What joint work does to the tie and to the learners' confidence."""
    model, p, chance, tie = work.model, work.model.p, work.model.chance, work.tie
    originator, partner, step = work.originator, work.partner, work.model.half_term
    active = min(1.0, work.hours / FULL_WORK)
    went = trust.success(work.gain, work.engagement, chance.normal(draws.SUCCESS, step, work.uid, 0))
    funded = 1.0 if work.pounds > 0.0 else 0.0
    hidden = funded if p.funding_purse == PURSE_ORIGINATOR else 0.0
    gap = partner.status_gap_below(originator)
    against = trust.grievance(float(work.imposed), gap, tie.rivalry, hidden, p)
    tie.trust[partner] = trust.partners_trust(tie.trust[partner], active, went, funded - hidden, against, p)
    sign = 1.0 if tie.a is originator else -1.0
    level = trust.originators_trust(tie.trust[originator], active, went, sign * tie.balance, tie.rivalry, p)
    if chance.uniform(draws.POACH, step, work.uid, 0) < trust.poaching_chance(tie.rivalry, p) * active:
        level *= p.trust_poached
    tie.trust[originator] = level
    tie.familiarity = trust.acquainted(tie.familiarity, work.hours, work.how.familiarity, p)
    returned = p.exchange_returned_hours * work.hours if work.back is not None else 0.0
    tie.balance += sign * (work.hours - returned)
    tie.worked += work.hours
    only_receives = 1.0 if work.back is None else 0.0
    for _, post in work.pairs:
        if post.still_there:
            learner = post.teacher
            learner.gain_confidence += identity.receivers_confidence(
                learner.confidence, work.gain, went, only_receives, active, model.p
            )


def tend_ties(model: Twin) -> None:
    """Ties without joint work settle, their heads may meet, and what nobody keeps up is lost."""
    needed = {work.tie for work in model.partnerships}
    busy = {school: len(school.ties) for school in model.schools}
    for tie in model.ties():
        tie.balance *= model.p.trust_balance_kept
        if tie.worked > 0.0:
            tie.worked = 0.0
        else:
            _idle(model, tie, 0.5 * (busy[tie.a] + busy[tie.b]))
        if tie.familiarity < model.p.ties_dropped and tie not in needed:
            del tie.a.ties[tie.b], tie.b.ties[tie.a]


def _idle(model: Twin, tie: Tie, busy: float) -> None:
    p, chance = model.p, model.chance
    likely = trust.meeting_chance(tie.mean_trust, busy, p)
    draw = chance.uniform(draws.MEET, model.half_term, chance.pair(tie.a.uid, tie.b.uid), 0)
    meet = 1.0 if draw < likely else 0.0
    gain = meet * p.trust_change * p.trust_meeting_gain * (1.0 - tie.rivalry)
    for school in (tie.a, tie.b):
        level = trust.settled(tie.trust[school], tie.rest, tie.familiarity, tie.rivalry, p)
        tie.trust[school] = unit(level + gain * (1.0 - level))
    tie.familiarity *= p.trust_familiarity_kept
    tie.familiarity += meet * p.trust_meeting_familiarity * (1.0 - tie.familiarity)


def friends_drift(model: Twin) -> None:
    """Friends drift apart, and some lose touch."""
    chance, kept = model.chance, math.sqrt(model.p.trust_familiarity_kept)
    for friendship in list(model.friendships):
        friendship.familiarity *= kept
        if friendship.familiarity < 0.1:
            both = chance.pair(friendship.a.uid, friendship.b.uid)
            if chance.uniform(draws.DROP_TIE, model.half_term, both, 0) < 0.2:
                model.friendships.remove(friendship)
