"""How trust, familiarity and the balance of help move (M12, M15, M16, M17, M36)."""

from __future__ import annotations

import math

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.rules.shapes import logistic, unit
from schoolsim.rules.words import SECONDARY


@compiled
def rivalry(competition: float, miles: float, phase: int, other_phase: int, p: np.record) -> float:
    """How far two schools are rivals, 0..1: near, of one phase, and made to compete (M36, §2.12).

    Cross-phase and distant schools are no rivals. The slope may be 0: Rawlings & Loeb find no harm.
    """
    if phase != other_phase:
        return 0.0
    reach = p.rivalry_reach_secondary if phase == SECONDARY else p.rivalry_reach_primary
    return unit(p.rivalry_slope * competition * math.exp(-miles / reach))


@compiled
def success(gain: float, engagement: float, luck: float) -> float:
    """How well a half-term's work is felt to have gone, 0..1: a quick win counts (M12, §2.11).

    Args:
        gain: Partner's mean gain of mastery.
        engagement: Mean engagement.
        luck: A standard normal number.
    """
    return logistic(30.0 * (gain - 0.02) + 2.0 * (engagement - 0.5) + luck)


@compiled
def partners_trust(trust: float, active: float, went: float, shared: float, against: float, p: np.record) -> float:
    """Partner's trust in the originator after a half-term of work (M12, §2.12).

    Gains shrink near full trust and losses near none, so that no tie sticks at a bound.

    Args:
        trust: Now, 0..1.
        active: How much of a full half-term's work was done, 0..1.
        went: `success`.
        shared: Money shared with the partner, 1 if there is and it is, else 0.
        against: Loss by imposition, status gap, rivalry and a hidden purse (`grievance`).
        p: Parameters.
    """
    gain = p.trust_success * went + p.trust_gesture * shared + p.trust_contact
    loss = p.trust_failure * (1.0 - went) + against
    return unit(trust + p.trust_change * active * (gain * (1.0 - trust) - loss * trust))


@compiled
def grievance(imposed: float, status_gap: float, rival: float, hidden_purse: float, p: np.record) -> float:
    """What a partner holds against an originator, as loss of trust in a half-term (M12, M19, M27, M36)."""
    return (
        p.trust_imposed * imposed
        + p.trust_status * status_gap
        + p.trust_rivalry * rival
        + p.trust_opaque * hidden_purse
    )


@compiled
def originators_trust(trust: float, active: float, went: float, unreturned: float, rival: float, p: np.record) -> float:
    """Originator's trust in the partner after a half-term of work (M12, M17): one-way help wears the tie.

    `unreturned` is the balance of hours given and not returned.
    """
    gain = p.trust_success_originator * went + p.trust_contact
    one_way = p.trust_one_way * min(1.0, max(0.0, unreturned) / p.trust_balance_scale)
    loss = p.trust_failure * (1.0 - went) + one_way + p.trust_rivalry * rival
    return unit(trust + p.trust_change * active * (gain * (1.0 - trust) - loss * trust))


@compiled
def settled(trust: float, rest: float, familiarity: float, rival: float, p: np.record) -> float:
    """Trust on a tie left idle: it drifts to the tie's own level, slower between old acquaintances (M12)."""
    speed = p.trust_settle * (1.0 - 0.5 * familiarity)
    return trust + p.trust_change * speed * (rest * (1.0 - 0.5 * rival) - trust)


@compiled
def acquainted(familiarity: float, hours: float, depth: float, p: np.record) -> float:
    """Shared tacit ground after `hours` a pair of work whose mode has `depth` (M13, §2.13)."""
    return familiarity + (1.0 - familiarity) * (1.0 - math.exp(-hours * depth / p.trust_familiarity_hours))


@compiled
def poaching_chance(rival: float, p: np.record) -> float:
    """Chance in a half-term that a partner takes without credit (M12, §2.12)."""
    return min(1.0, p.trust_poaching * (0.5 + rival) * p.trust_change)


@compiled
def meeting_chance(trust: float, degree: float, p: np.record) -> float:
    """Chance that two heads meet without joint work: old friends do, but nobody keeps up with everyone (M14)."""
    return min(1.0, p.trust_meeting * 2.0 * trust * min(1.0, p.trust_degree / max(1.0, degree)))
