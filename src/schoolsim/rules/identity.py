"""Confidence, role, status and values (M14, M18, M19, M20, M21, M22)."""

from __future__ import annotations

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters
from schoolsim.rules.shapes import logistic, unit


@inlined
def enterprise_with_outreach(enterprise: float, outreach: float) -> float:
    """Enterprise that counts in what is offered: full outreach finds everybody (M20, R7)."""
    return enterprise + outreach * (1.0 - enterprise)


@inlined
def receiver_history(gave: float, received: float) -> float:
    """Share of a school's remembered joint work in which it was helped; one half where there is none (M21)."""
    return 0.5 if gave + received <= 0.0 else received / (gave + received)


@inlined
def receiver_role(only_receives: float, past: float, p: Parameters) -> float:
    """How much being helped is felt as a role, 0 to 2: all the more by a school that always was (M21, §2.24).

    Args:
        only_receives: 1 if nothing is asked of the learner's school in return, else 0.
        past: Share of its remembered joint work in which it was helped (`receiver_history`).
        p: Parameters.
    """
    return only_receives * (1.0 + p.roles_history * (2.0 * past - 1.0))


@inlined
def status_gap(badge: float, other_badge: float, standing: float, other_standing: float, p: Parameters) -> float:
    """The gap a school feels below another, 0..1 (M19, §2.23): the other's badge and published results.

    Args:
        badge: Own badge, 0 or 1.
        other_badge: The other's.
        standing: Own published results, standardised within phase.
        other_standing: The other's.
        p: Parameters.
    """
    return unit(p.badging_gap * (other_badge - badge) + p.badging_standing_gap * (other_standing - standing))


@inlined
def status_gap_in_context(gap: float, trust: float, familiarity: float, even: float, other_phase: bool) -> float:
    """What is left of a status gap between two who know each other, 0..1 (M19, §2.22-2.24).

    Args:
        gap: `status_gap`.
        trust: Of the school below in the other, 0..1: between old acquaintances it takes the sting out.
        familiarity: 0..1.
        even: How even the help between them has been, 0..1: so does help that goes both ways.
        other_phase: Whether they are of different phases; across phases it does not sting.
    """
    return 0.0 if other_phase else gap * (1.0 - trust * familiarity) * (1.0 - even)


@inlined
def resting_confidence(rest: float, badge: float, p: Parameters) -> float:
    """Level a teacher's confidence returns to: their own, and what their school's badge gives (M18, §2.21)."""
    return unit(rest + p.badging_confidence * badge)


@inlined
def receivers_confidence(
    confidence: float, gain: float, success: float, only_receives: float, work: float, p: Parameters
) -> float:
    """Change of a learner's confidence: what they master lifts it, being only ever helped wears it (M18, §2.22).

    The loss is of role, whoever wears a badge: nothing here knows of badges.

    Args:
        confidence: Now, 0..1.
        gain: Mastery gained.
        success: How well the work went, 0..1.
        only_receives: 1 if nothing is asked of the learner's school in return.
        work: How much of a full half-term's work was done, 0..1.
        p: Parameters.
    """
    return (
        p.confidence_success * gain * (1.0 - confidence)
        - p.confidence_receiver * only_receives * confidence * work
        - p.confidence_failure * (1.0 - success) * confidence * work
    )


@inlined
def offer_chance(confidence: float, badge: float, p: Parameters) -> float:
    """Chance that a school asked to share is ready to: many able teachers think they have nothing to offer (M18)."""
    return logistic(p.offer_slope * (confidence + p.badging_offers * badge - p.offer_level))


@inlined
def ripeness(years: float, p: Parameters) -> float:
    """Readiness of a teacher to show a practice to another school, 0..1, after `years` of using it (M18, §2.41)."""
    return 1.0 if years >= p.offer_years else years / p.offer_years


@inlined
def counter_offer_chance(confidence: float, gap: float, p: Parameters) -> float:
    """Chance that the partner offers something in return: status stands in the way (M18, M19, §2.24)."""
    return logistic(p.offer_slope * (confidence - 0.5 * gap - p.offer_level))


@inlined
def outreach_readiness(enterprise: float, p: Parameters) -> float:
    """Readiness to seek others out, 0.5 to 1.5: the self-effacing do so least (M20, §2.22, §3.24)."""
    return 1.0 + p.informal_enterprise * (0.5 + enterprise - 1.0)


@inlined
def opened(openness: float, unlike: float, success: float, p: Parameters) -> float:
    """Openness, 0..1, after success with people of a school that differs by `unlike`, 0..1 (§2.26)."""
    return openness + p.openness_gain * unlike * success * (1.0 - openness)


@inlined
def drifted_values(own: float, staff: float, friends: float, p: Parameters) -> float:
    """Values, 0..1, after moving toward those one talks to (DeGroot 1974).

    Args:
        own: Of the teacher.
        staff: Mean of the own staff.
        friends: Mean of friends in other schools, weighted by trust; `own` where there is no friend.
        p: Parameters.
    """
    return own + p.values_drift_home * (staff - own) + p.values_drift_friends * (friends - own)


@inlined
def anchored_values(moved: float, start: float, anchor: float) -> float:
    """Values of one who holds by `anchor`, 0..1, to those they came with (Friedkin & Johnsen 1990)."""
    return (1.0 - anchor) * moved + anchor * start
