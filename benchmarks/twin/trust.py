"""What a half-term does to ties and friendships."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from benchmarks.twin.objects import Tie
from benchmarks.twin.rules import identity, unit
from benchmarks.twin.rules import trust as rules
from schoolsim import draws
from schoolsim.rules.codes import PURSE_ORIGINATOR

if TYPE_CHECKING:
    from benchmarks.twin.model import Twin
    from benchmarks.twin.partnerships import Partnership


def after_joint_work(work: Partnership) -> None:
    """What joint work does to the tie and to the learners' confidence."""
    p, source, tie = work.model.p, work.model.draws, work.tie
    originator, partner, step = work.originator, work.partner, work.model.half_term
    active = min(1.0, work.hours / p.trust_full_hours)
    success = rules.success(work.gain, work.engagement, source.normal(draws.SUCCESS, step, work.uid, 0), p)
    funded = 1.0 if work.pounds > 0.0 else 0.0
    hidden = funded if p.funding_purse == PURSE_ORIGINATOR else 0.0
    gap = partner.status_gap_below(originator)
    against = rules.grievance(float(work.imposed), gap, tie.rivalry, hidden, p)
    tie.trust[partner] = rules.partners_trust(tie.trust[partner], active, success, funded - hidden, against, p)
    sign = 1.0 if tie.a is originator else -1.0
    level = rules.originators_trust(tie.trust[originator], active, success, sign * tie.balance, tie.rivalry, p)
    if source.uniform(draws.POACH, step, work.uid, 0) < rules.poaching_chance(tie.rivalry, p) * active:
        level *= p.trust_poached
    tie.trust[originator] = level
    tie.familiarity = rules.familiarity_after_work(tie.familiarity, work.hours, work.terms.familiarity, p)
    returned = p.exchange_returned_hours * work.hours if work.back is not None else 0.0
    tie.balance += sign * (work.hours - returned)
    tie.hours += work.hours
    only_receives = 1.0 if work.back is None else 0.0
    for _, post in work.pairs:
        if post.still_there:
            learner = post.teacher
            learner.gain_confidence += identity.receivers_confidence(
                learner.confidence, work.gain, success, only_receives, active, p
            )


def settle_ties(model: Twin) -> None:
    """Ties without joint work settle, their heads may meet, and what nobody keeps up is lost."""
    needed = {work.tie for work in model.partnerships}
    degree = {school: len(school.ties) for school in model.schools}
    for tie in model.ties():
        tie.balance *= model.p.trust_balance_kept
        if tie.hours > 0.0:
            tie.hours = 0.0
        else:
            _settle_idle_tie(model, tie, 0.5 * (degree[tie.a] + degree[tie.b]))
        if tie.familiarity < model.p.ties_dropped and tie not in needed:
            del tie.a.ties[tie.b], tie.b.ties[tie.a]


def _settle_idle_tie(model: Twin, tie: Tie, degree: float) -> None:
    p, source = model.p, model.draws
    chance = rules.meeting_chance(tie.mean_trust, degree, p)
    draw = source.uniform(draws.MEET, model.half_term, source.pair(tie.a.uid, tie.b.uid), 0)
    meet = 1.0 if draw < chance else 0.0
    gain = meet * p.trust_change * p.trust_meeting_gain * (1.0 - tie.rivalry)
    for school in (tie.a, tie.b):
        level = rules.settled_trust(tie.trust[school], tie.resting_trust, tie.familiarity, tie.rivalry, p)
        tie.trust[school] = unit(level + gain * (1.0 - level))
    tie.familiarity *= p.trust_familiarity_kept
    tie.familiarity += meet * p.trust_meeting_familiarity * (1.0 - tie.familiarity)


def friendships_fade(model: Twin) -> None:
    """Friends drift apart, and some lose touch."""
    p, source, kept = model.p, model.draws, math.sqrt(model.p.trust_familiarity_kept)
    for friendship in list(model.friendships):
        friendship.familiarity *= kept
        if friendship.familiarity < p.ties_teachers_dropped:
            both = source.pair(friendship.a.uid, friendship.b.uid)
            if source.uniform(draws.DROP_TIE, model.half_term, both, 0) < p.ties_teachers_lost:
                model.friendships.remove(friendship)
