"""The four modes in which practice passes between teachers (Fielding et al. 2005, App B and D, §3.13).

Replication, adaptation and exchange start from an exemplar; practice creation has neither exemplar nor
originator. A mode is what it makes of an hour together (`Terms`), who learns from whom, and what is left.
Nothing here says that one mode lasts longer than another: what is owned lasts (`practice.kept_up`).
"""

from __future__ import annotations

import math
from typing import NamedTuple

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import ADAPTATION, CREATION, EXCHANGE, REPLICATION
from schoolsim.rules.learning import ownership_target, share_learned
from schoolsim.rules.shapes import toward


class Terms(NamedTuple):
    """What a mode makes of an hour.

    Args:
        pace: Mastery learnt in an hour, relative to replication.
        face: Share of the hours that is spent side by side, 0..1.
        tuning: How far the practice is fitted to the learner's school, 0..1.
        ownership: How far it becomes the learner's own, 0..1.
        say: The learner's part in what is done, 0..1.
        familiarity: How fast the two get to know each other, relative to replication.
        overhead: Hours that each side needs to agree, a half-term.
        share: Hours that the learner's side gives for an hour of the giver's.
    """

    pace: float
    face: float
    tuning: float
    ownership: float
    say: float
    familiarity: float
    overhead: float
    share: float


class Held(NamedTuple):
    """How one teacher holds one practice; each 0..1."""

    mastery: float
    tuning: float
    ownership: float


@inlined
def replication(p: Parameters) -> Terms:
    """Fidelity is the concern: the exemplar sets the bounds, learning is one way, nothing is shaped by it (M06)."""
    return Terms(1.0, p.channel_own_face, 0.0, 0.0, 0.0, 1.0, 0.0, p.mode_share)


@inlined
def adaptation(p: Parameters) -> Terms:
    """The exemplar stays central; local interpretation makes it fit, and makes it theirs (M07)."""
    say = p.adaptation_say
    return Terms(
        p.adaptation_pace, p.channel_own_face, say, say, say, p.adaptation_familiarity, p.mode_overhead, p.mode_share
    )


@inlined
def exchange(p: Parameters) -> Terms:
    """Stated reciprocity of respect and learning: each side learns, and the practice gets better (M08)."""
    say = p.exchange_say
    return Terms(p.exchange_pace, p.channel_own_face, say, say, say, p.exchange_familiarity, 2.0 * p.mode_overhead, 1.0)


@inlined
def creation(p: Parameters) -> Terms:
    """No exemplar and no originator: both work on something that neither has, and a practice may be born (M09).

    An hour teaches what an hour of exchange does; when something is born is `creation_chance`.
    """
    return exchange(p)


@inlined
def remote_terms(terms: Terms, remote: float) -> Terms:
    """The same work, a share of it by telephone or email, where nobody is side by side (M03, M15, §3.24)."""
    face = terms.face * (1.0 - remote)
    return Terms(
        terms.pace, face, terms.tuning, terms.ownership, terms.say, terms.familiarity, terms.overhead, terms.share
    )


@inlined
def voiced_terms(terms: Terms, gap: float) -> Terms:
    """Terms in which who feels below the other speaks up less: a status gap takes their say (M19, §2.24)."""
    return Terms(
        terms.pace, terms.face, terms.tuning, terms.ownership, terms.say * (1.0 - gap), terms.familiarity,
        terms.overhead, terms.share,
    )  # fmt: skip


@inlined
def mode_terms(mode: int, p: Parameters) -> Terms:
    """The terms of a mode by its number."""
    if mode == REPLICATION:
        return replication(p)
    if mode == ADAPTATION:
        return adaptation(p)
    return exchange(p) if mode == EXCHANGE else creation(p)


@inlined
def both_learn(mode: int) -> bool:
    """Whether the originator also learns a practice of the partner's."""
    return mode in (EXCHANGE, CREATION)


@inlined
def learned(
    held: Held, source: float, ease: float, amount: float, engagement: float, terms: Terms, p: Parameters
) -> Held:
    """What a learner holds after an episode.

    Args:
        held: What they held before.
        source: Mastery that can be reached through this channel (`learning.ceiling`).
        ease: Access, nearness and contact, their product (M03, M04, M24).
        amount: Hours, engagement and learning to learn (`learning.dose`).
        engagement: 0..1, of which ownership is made (M22).
        terms: The mode's terms.
        p: Parameters.
    """
    share = share_learned(terms.pace * ease * amount)
    tune = share_learned(terms.tuning * amount)
    own = ownership_target(terms.ownership, engagement, p)
    return Held(toward(held.mastery, source, share), toward(held.tuning, 1.0, tune), toward(held.ownership, own, share))


@inlined
def improved(level: float, amount: float, p: Parameters) -> float:
    """How far a practice has been improved in a school, 0..1, after an amount of exchange over it (M08, App B).

    Args:
        level: Before.
        amount: Hours, times both sides' engagement.
        p: Parameters.
    """
    return toward(level, 1.0, share_learned(amount / p.exchange_improving_hours))


@inlined
def originators_gain(mode: int, hours: float, hours_to_master: float, engagement: float, p: Parameters) -> float:
    """Share of the way to full mastery that originating takes the originator: "the best get better" (M10, §2.24).

    Articulating, being observed and having a sounding board help in every mode, whether or not the partner gains.
    """
    # The more say the other has, the more there is to answer.
    depth = 1.0 + mode_terms(mode, p).say
    return share_learned(p.originator_gain * hours / hours_to_master * depth * engagement)


@inlined
def creation_chance(hours: float, engagement: float, trust: float, difference: float, p: Parameters) -> float:
    """Chance that a pair's half-term gives birth to a practice (M09, App D): trust, engagement and difference, or none.

    Args:
        hours: Net joint hours of the pair.
        engagement: Product of both sides' engagement.
        trust: Mean of both sides' trust.
        difference: Unfamiliarity of the two contexts to each other, 0..1.
        p: Parameters.
    """
    return min(1.0, p.creation_hazard * hours * engagement * trust * 2.0 * difference)


@inlined
def settled_mode(wished: int, p: Parameters) -> int:
    """The nearest simpler mode that is allowed, else the nearest deeper one."""
    allowed = (p.replication_allowed, p.adaptation_allowed, p.exchange_allowed, p.creation_allowed)
    for mode in range(wished, -1, -1):
        if allowed[mode]:
            return mode
    for mode in range(wished, CREATION + 1):
        if allowed[mode]:
            return mode
    return REPLICATION


@inlined
def creation_readiness(hours: float, p: Parameters) -> float:
    """How ready a pair's dialogue is for a practice of its own, 0..1, after `hours` together (M25, §2.41)."""
    return 1.0 if p.creation_first_hours <= 0.0 else 1.0 - math.exp(-hours / p.creation_first_hours)


@inlined
def chosen_mode(trust: float, offered: bool, kind: float, difference: float, luck: float, p: Parameters) -> int:
    """The mode two schools choose for themselves (App A, B, D).

    Args:
        trust: Mean trust of the two.
        offered: Whether the partner has something to offer in return, and offers it.
        kind: Of the focus: technical 0 .. values-laden 1.
        difference: Unfamiliarity of the two contexts to each other.
        luck: A uniform number.
        p: Parameters.
    """
    if offered and trust > p.mode_exchange_trust:
        return settled_mode(CREATION if luck < p.mode_creation_share * difference else EXCHANGE, p)
    adapts = p.mode_adaptation + (1.0 - p.mode_adaptation) * kind
    return settled_mode(ADAPTATION if luck < adapts else REPLICATION, p)


@inlined
def joint_mode(difference: float, luck: float, p: Parameters) -> int:
    """The mode of joint practice development: exchange, or creation the likelier the more two schools differ (R1)."""
    return settled_mode(CREATION if luck < p.mode_creation_share * difference else EXCHANGE, p)


@inlined
def matched_mode(trust: float, offered: bool, kind: float, difference: float, luck: float, p: Parameters) -> int:
    """The mode that suits the practice (R6, App A): the technical replicated, the values-laden exchanged in trust.

    Arguments as in `chosen_mode`; between the two, and where trust or a counter-offer is wanting, adaptation.
    """
    if kind < 1.0 - p.matching_values:
        return settled_mode(REPLICATION, p)
    if kind > p.matching_values and offered and trust > p.mode_exchange_trust:
        return joint_mode(difference, luck, p)
    return settled_mode(ADAPTATION, p)
