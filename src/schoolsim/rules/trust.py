"""Change of trust, familiarity and the balance of help; rivalry, quarrels and challenge (M12, M15, M16, M17, M36)."""

from __future__ import annotations

import math

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters
from schoolsim.rules.codes import SECONDARY
from schoolsim.rules.shapes import logistic, unit


@inlined
def rivalry(competition: float, miles: float, phase: int, other_phase: int, p: Parameters) -> float:
    """How far two schools are rivals, 0..1: near, of one phase, and made to compete (M36, §2.12).

    Cross-phase and distant schools are no rivals. The slope may be 0: Rawlings & Loeb find no harm.
    """
    if phase != other_phase:
        return 0.0
    reach = p.rivalry_reach_secondary if phase == SECONDARY else p.rivalry_reach_primary
    return unit(p.rivalry_slope * competition * math.exp(-miles / reach))


@inlined
def success(gain: float, engagement: float, luck: float, p: Parameters) -> float:
    """How well a half-term's work is felt to have gone, 0..1: a quick win counts (M12, §2.11).

    Args:
        gain: Partner's mean gain of mastery.
        engagement: Mean engagement.
        luck: A standard normal number.
        p: Parameters.
    """
    return logistic(p.trust_success_gain * (gain - p.trust_success_level) + 2.0 * (engagement - 0.5) + luck)


@inlined
def partners_trust(trust: float, active: float, success: float, shared: float, against: float, p: Parameters) -> float:
    """Partner's trust in the originator after a half-term of work (M12, §2.12).

    Gains shrink near full trust and losses near none, so that no tie sticks at a bound.

    Args:
        trust: Now, 0..1.
        active: How much of a full half-term's work was done, 0..1.
        success: `success`.
        shared: Money shared with the partner, 1 if there is and it is, else 0.
        against: Loss by imposition, rivalry and a hidden purse (`grievance`).
        p: Parameters.
    """
    gain = p.trust_success * success + p.trust_purse * shared + p.trust_contact
    loss = p.trust_failure * (1.0 - success) + against
    return unit(trust + p.trust_change * active * (gain * (1.0 - trust) - loss * trust))


@inlined
def grievance(imposed: float, rival: float, hidden_purse: float, p: Parameters) -> float:
    """What a partner holds against an originator, as loss of trust in a half-term (M12, M27, M36)."""
    return p.trust_failure * imposed + p.trust_rivalry * rival + p.trust_purse * hidden_purse


@inlined
def originators_trust(
    trust: float, active: float, success: float, unreturned: float, rival: float, p: Parameters
) -> float:
    """Originator's trust in the partner after a half-term of work (M12, M17): one-way help wears the tie.

    `unreturned` is the balance of hours given and not returned.
    """
    gain = p.trust_success * success + p.trust_contact
    one_way = p.trust_one_way * min(1.0, max(0.0, unreturned) / p.trust_balance_scale)
    loss = p.trust_failure * (1.0 - success) + one_way + p.trust_rivalry * rival
    return unit(trust + p.trust_change * active * (gain * (1.0 - trust) - loss * trust))


@inlined
def settled_trust(trust: float, rest: float, familiarity: float, rival: float, p: Parameters) -> float:
    """Trust on a tie left idle: it drifts to the tie's own level, slower between old acquaintances (M12)."""
    speed = p.trust_settle * (1.0 - 0.5 * familiarity)
    return trust + p.trust_change * speed * (rest * (1.0 - 0.5 * rival) - trust)


@inlined
def familiarity_after_work(familiarity: float, hours: float, depth: float, p: Parameters) -> float:
    """Shared tacit ground after `hours` a pair of work whose mode has `depth` (M13, §2.13)."""
    return familiarity + (1.0 - familiarity) * (1.0 - math.exp(-hours * depth / p.trust_familiarity_hours))


@inlined
def ease(unlike: float, openness: float, p: Parameters) -> float:
    """How easily two people get to know each other, 0..1: less between unlike schools, but for the open (§2.26).

    Args:
        unlike: How foreign their schools' contexts are to each other, 0..1.
        openness: Mean of the two, 0..1.
        p: Parameters.
    """
    return 1.0 - p.openness_ease * unlike * (1.0 - openness)


@inlined
def poaching_chance(rival: float, p: Parameters) -> float:
    """Chance in a half-term that a partner takes without credit (M12, §2.12)."""
    return min(1.0, p.trust_poaching * (0.5 + rival) * p.trust_change)


@inlined
def meeting_chance(trust: float, degree: float, p: Parameters) -> float:
    """Chance that two heads meet without joint work: old friends do, but nobody keeps up with everyone (M14)."""
    return min(1.0, p.trust_meeting * 2.0 * trust * min(1.0, p.trust_degree / max(1.0, degree)))


@inlined
def raised_by_meetings(level: float, weight: float, gain: float) -> float:
    """A level 0..1 after contact worth `weight` meetings, each of which closes `gain` of what is left."""
    return level + (1.0 - level) * (1.0 - (1.0 - unit(gain)) ** weight)


@inlined
def breach_chance(poached: float, trust: float, familiarity: float, p: Parameters) -> float:
    """Chance in a half-term that a tie turns to lasting hostility (M12, §2.11).

    It takes a breach (poaching, which rivals do more) or the collapse of trust between those who know each other well.

    Args:
        poached: 1 if practice was just taken without credit, else 0.
        trust: The lower of the two sides'.
        familiarity: On the tie.
        p: Parameters.
    """
    collapse = familiarity * max(0.0, 1.0 - trust / p.hostility_collapse)
    provoked = poached * (0.5 + familiarity)
    return unit(p.hostility_breach * p.trust_change * max(provoked, collapse))


@inlined
def reconciliation_chance(new_head: bool, p: Parameters) -> float:
    """Chance in a half-term that hostility ends without anybody's help, likelier under a new head (M12, §2.11)."""
    return 1.0 - (1.0 - p.hostility_repair) * (1.0 - p.hostility_mended * new_head)


@inlined
def idle_familiarity(familiarity: float, kept: float, remote: float) -> float:
    """Familiarity after a half-term without joint work: contact at a distance keeps old ties up, new ones barely (M15).

    Args:
        familiarity: Now.
        kept: Share kept without any contact.
        remote: How far old partners keep in touch at a distance, 0..1.
    """
    return familiarity * (kept + (1.0 - kept) * remote * familiarity)


@inlined
def challenge_factor(trust: float, familiarity: float, difference: float, p: Parameters) -> float:
    """How much old and trusting partners quicken each other by saying what they do not like (M16, §2.11, §5.2).

    It takes difference too: those who have grown alike have nothing to challenge.
    """
    return 1.0 + p.challenge_weight * trust * familiarity * min(1.0, 2.0 * difference)


@inlined
def permeability(cosy: float, familiarity: float, p: Parameters) -> float:
    """How open a school is to what another brings, 0..1: less so to outsiders, the closer its own circle (M16, §2.11).

    Args:
        cosy: Familiarity of its oldest partner, 0..1.
        familiarity: Of the other school.
        p: Parameters.
    """
    return 1.0 - p.cosiness_weight * max(0.0, cosy - familiarity)


@inlined
def tie_worth(trust: float, familiarity: float, p: Parameters) -> float:
    """What a tie is worth to one who might use it or bring it along: trust counts for more between acquaintances."""
    return trust * (p.trust_stranger_worth + familiarity)
