"""Confidence, role and status (M18, M19, M20)."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.rules.shapes import logistic, unit


@compiled
def status_gap(badge: float, other_badge: float, standing: float, other_standing: float, p: np.record) -> float:
    """The gap a school feels below another, 0..1 (M19, §2.23): the other's badge and published results.

    Args:
        badge: Own badge, 0 or 1.
        other_badge: The other's.
        standing: Own published results, standardised within phase.
        other_standing: The other's.
        p: Parameters.
    """
    return unit(p.badging_gap * (other_badge - badge) + p.badging_standing_gap * (other_standing - standing))


@compiled
def resting_confidence(rest: float, standing: float, badge: float, p: np.record) -> float:
    """Level a teacher's confidence returns to: their own, their school's results and badge (M18, §2.21)."""
    return unit(rest + p.confidence_standing * standing + p.badging_confidence * badge)


@compiled
def receivers_confidence(
    confidence: float, gain: float, went: float, only_receives: float, work: float, p: np.record
) -> float:
    """Change of a learner's confidence: what they master lifts it, being only ever helped wears it (M18, §2.22).

    The loss is of role, whoever wears a badge: nothing here knows of badges.

    Args:
        confidence: Now, 0..1.
        gain: Mastery gained.
        went: How well the work went, 0..1.
        only_receives: 1 if nothing is asked of the learner's school in return.
        work: How much of a full half-term's work was done, 0..1.
        p: Parameters.
    """
    return (
        p.confidence_success * gain * (1.0 - confidence)
        - p.confidence_receiver * only_receives * confidence * work
        - p.confidence_failure * (1.0 - went) * confidence * work
    )


@compiled
def offers(confidence: float, badge: float, p: np.record) -> float:
    """Chance that a school asked to share is ready to: many able teachers think they have nothing to offer (M18)."""
    return logistic(p.offer_slope * (confidence + p.badging_offers * badge - p.offer_level))


@compiled
def counter_offers(confidence: float, gap: float, p: np.record) -> float:
    """Chance that the partner offers something in return: status stands in the way (M18, M19, §2.24)."""
    return logistic(p.offer_slope * (confidence - 0.5 * gap - p.offer_level))


@compiled
def seeks_out(enterprise: float, p: np.record) -> float:
    """Readiness to seek others out, 0.5 to 1.5: the self-effacing do so least (M20, §2.22, §3.24)."""
    return 1.0 + p.informal_enterprise * (0.5 + enterprise - 1.0)
