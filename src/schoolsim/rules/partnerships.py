"""A partnership from search to end: choice of partner, disclosure, terms of joint work, phases, renewal.

Mechanisms M03, M11, M13-M15, M18, M24, M27, M29 and M36; §3.12, §3.2.
"""

from __future__ import annotations

import math

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import DOCUMENT, MEETING, OWN_CHANNEL, VISIT
from schoolsim.rules.modes import Terms
from schoolsim.rules.shapes import logistic, unit, weighted

ACTIVITIES = 3  # experiential, reflective, contextual


@inlined
def share_reaching_learners(contact: int, scope: int, communication: float, p: Parameters) -> float:
    """Share of an episode that reaches those who would change, 0..1 (M24, §3.22).

    Nothing is lost when contact is at the level of intended change; above it news stops at a desk, but for what
    a head passes on; below it there is nobody to carry the change through.

    Args:
        contact: Level of contact: 0 teachers, 1 middle leaders, 2 heads.
        scope: Level of intended change, the practice's scope on the same scale.
        communication: Of the partner's head, 0..1.
        p: Parameters.
    """
    above = 0.5 * float(contact - scope)
    loss = p.contact_waste * (above if above > 0.0 else -above * p.contact_below)
    return 1.0 - loss * (1.0 - communication)


@inlined
def face_to_face_share(channel: int, p: Parameters) -> float:
    """Share of the hours side by side, which is the channel's in every mode (M03, §3.24)."""
    if channel == OWN_CHANNEL:
        return p.channel_own_face
    if channel == DOCUMENT:
        return 0.0
    if channel == MEETING:
        return p.channel_meeting_face
    return p.channel_visit_face if channel == VISIT else 1.0


@inlined
def acquaintance_factor(channel: int) -> float:
    """1 where people get to know each other in a channel, and travel; 0 over a document (M15, §2.12, §3.24)."""
    return 0.0 if channel == DOCUMENT else 1.0


@inlined
def activity_factor(weight: float, total: float) -> float:
    """Factor for one kind of activity by its share of the whole: the square root of three times that share (§3.12)."""
    return 1.0 if total <= 0.0 else math.sqrt(ACTIVITIES * weight / total)


@inlined
def programme_terms(terms: Terms, p: Parameters) -> Terms:
    """A mode's terms in a programme that sets channel and activities; at the defaults they are the mode's own.

    Experiential activity reaches tacit knowledge, reflective activity tunes and gives purpose, contextual
    support takes over hours of arranging, all of them once its factor is 2, and lets schools get to know each other
    (§3.12).
    """
    total = p.activity_experiential + p.activity_reflective + p.activity_contextual
    doing = activity_factor(p.activity_experiential, total)
    reflecting = activity_factor(p.activity_reflective, total)
    support = activity_factor(p.activity_contextual, total)
    channel = p.channel_programme
    arranging = (p.time_arranging + terms.overhead) * (2.0 - min(2.0, support))
    familiarity = terms.familiarity * acquaintance_factor(channel) * (0.5 + 0.5 * support)
    return Terms(
        terms.pace, unit(face_to_face_share(channel, p) * doing), terms.tuning * reflecting,
        unit(terms.ownership * reflecting), terms.say, familiarity,
        arranging - p.time_arranging, terms.share,
    )  # fmt: skip


@inlined
def terms_after_handover(terms: Terms) -> Terms:
    """Terms once the originator has staged a withdrawal: the work is the learner's own (M11, §2.32)."""
    return Terms(
        terms.pace,
        terms.face,
        terms.tuning,
        1.0,
        1.0,
        terms.familiarity,
        terms.overhead,
        terms.share,
    )


@inlined
def jointly_led_terms(terms: Terms, p: Parameters) -> Terms:
    """Terms where both schools lead: the say is shared, and leading takes hours of both (R10)."""
    return Terms(
        terms.pace, terms.face, terms.tuning, terms.ownership, 0.5 + 0.5 * terms.say, terms.familiarity,
        terms.overhead + p.leading_hours, terms.share,
    )  # fmt: skip


@inlined
def paced_terms(terms: Terms, pace: float, hours: float) -> Terms:
    """Terms at `pace` times the speed, with `hours` more to arrange."""
    return Terms(
        terms.pace * pace,
        terms.face,
        terms.tuning,
        terms.ownership,
        terms.say,
        terms.familiarity,
        terms.overhead + hours,
        terms.share,
    )


@inlined
def disclosure_chance(trust: float, stakes: float, status_gap: float, rival: float, p: Parameters) -> float:
    """Chance that a weakness is admitted (M13, §2.12): trust, less what hangs on it, status and rivalry.

    `stakes` are those felt: the level times what the head does not shield.
    """
    logit = (
        p.disclosure_base
        + p.accept_trust * trust
        - p.disclosure_threat * stakes
        - p.disclosure_threat * status_gap
        - p.disclosure_rivalry * rival
    )
    return weighted(logistic(logit), p.disclosure_weight)


@inlined
def less_ready(chance: float, threat: float) -> float:
    """A chance with `threat` taken from its logit, such as being judged on what one admits (M40, §4.3)."""
    odds = chance * math.exp(-threat)
    return odds / (1.0 - chance + odds)


@inlined
def perceived_quality(mastery: float, familiarity: float, standing: float, badge: float, p: Parameters) -> float:
    """How good another school seems at a practice: known where it is familiar, a halo elsewhere (M05, M19)."""
    halo = min(1.0, max(0.0, p.search_halo_base + p.search_halo_standing * standing + p.badging_visibility * badge))
    return familiarity * mastery + (1.0 - familiarity) * halo


@inlined
def partner_utility(
    quality: float, trust: float, familiarity: float, rival: float, miles: float, p: Parameters
) -> float:
    """Utility of asking a school, before noise (M14, M15, M36): search is through people."""
    return (
        p.search_quality * quality
        + p.search_trust * trust
        + p.search_familiarity * familiarity
        - p.search_rivalry * rival
        - p.search_distance * miles
    )


@inlined
def acceptance_chance(
    trust: float, familiarity: float, rival: float, miles: float, funded: float, pressed: float, p: Parameters
) -> float:
    """Chance that the school asked likes the asker enough (M12, M14): cold calls rarely work.

    `pressed` is what a broker's urging adds (M33, catalyst), less what its head's parochialism takes (M30), in logit.
    """
    logit = (
        p.accept_base
        + p.accept_trust * trust
        + p.accept_familiarity * familiarity
        - p.search_rivalry * rival
        - p.search_distance * miles
        + p.accept_funded * funded
        + pressed
    )
    return logistic(logit)


@inlined
def share_of_own_hours(pairs: float) -> float:
    """Share of their own hours that a teacher who is in `pairs` already could give to one more (M25, §3.21)."""
    return 1.0 / (1.0 + pairs)


@inlined
def near_share(miles: float, p: Parameters) -> float:
    """Share of the teachers it would send next door that a school can spare over a distance (M15, §2.12, §3.32)."""
    return 1.0 / (1.0 + miles / p.pairs_reach)


@inlined
def reciprocity(given: float, returned: float) -> float:
    """How even the help has been, 0 (one way) to 1: the smaller of the two over the larger."""
    larger = max(given, returned)
    return 0.0 if larger <= 0.0 else min(given, returned) / larger


@inlined
def wear_out_chance(trust: float, gain: float, p: Parameters) -> float:
    """Chance in a half-term that distrust or want of progress ends a partnership (M11, M12)."""
    distrust = logistic(-p.end_distrust_slope * (trust - p.trust_rest))
    fruitless = logistic(-p.trust_success_gain * (gain - p.trust_success_level))
    return p.end_distrust * distrust + p.end_fruitless * fruitless


@inlined
def depth(trust: float, familiarity: float, even: float, p: Parameters) -> float:
    """How deep a partnership has gone, 0..1, which is what holds it when money stops (M27, §3.23)."""
    return 1.0 - (1.0 - trust * (p.end_depth_one_way + (1.0 - p.end_depth_one_way) * even)) * (1.0 - familiarity)


@inlined
def renewal_chance(trust: float, familiarity: float, even: float, p: Parameters) -> float:
    """Chance that two schools go on when the task is done: collegiality, grown out of collaboration (M11)."""
    return (
        unit(p.end_collegial * trust)
        * (p.end_renewal_unfamiliar + (1.0 - p.end_renewal_unfamiliar) * familiarity)
        * (p.end_renewal_one_way + (1.0 - p.end_renewal_one_way) * even)
    )


@inlined
def working_share(trust: float, familiarity: float, p: Parameters) -> float:
    """Share of two people's hours that goes to the work itself, 0..1; the rest to knowing each other (M29, §3.13).

    "It takes you a year to get together, and a year to make progress": strangers spend most of their hours on who
    they are and what is needed, old acquaintances hardly any.

    Args:
        trust: Of the two in each other, mean.
        familiarity: Of the two, 0..1.
        p: Parameters.
    """
    return 1.0 - p.horizon_together * (1.0 - familiarity) * (1.0 - 0.5 * trust)
