"""Learning in an episode, by gap, channel and hours, and the effect of help on initiative (M03, M04, M11)."""

from __future__ import annotations

import math

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters
from schoolsim.rules.shapes import unit, weighted


@inlined
def followup_ownership(ownership: float, hours: float, engagement: float, p: Parameters) -> float:
    """Ownership gained by contact after the task, as new problems are talked over (M11, §2.32)."""
    return (1.0 - ownership) * (1.0 - math.exp(-p.followup_sustain * hours * engagement))


@inlined
def catches_the_eye(lead: float, appeal: float, going_on: float) -> float:
    """How far something seen at work in another's classroom catches the eye, 0 where one knows it as well (M05, §3.31).

    Args:
        lead: Mastery of the one seen less one's own.
        appeal: How good it looks, 0..1.
        going_on: How much of it happens to be going on, 0..1, by luck.
    """
    return max(0.0, lead) * appeal * going_on


@inlined
def zone(gap: float, openness: float, p: Parameters) -> float:
    """How well a gap of mastery can be bridged, 0..1 (M04, §2.26, App C).

    A gain is proportional to the gap, so that `min(1, exp(1 - gap / peak))` makes it an inverted U with its top at
    the peak: near before far.

    Args:
        gap: Mastery of the one less that of the other.
        openness: Confidence and trust, their mean, which move the peak outward.
        p: Parameters.
    """
    if gap <= 0.0:
        return 0.0
    peak = p.learning_zone + p.learning_zone_reach * openness
    return weighted(min(1.0, math.exp(1.0 - gap / peak)), p.learning_zone_weight)


@inlined
def latitude(distance: float, p: Parameters) -> float:
    """How far a practice is taken in by one whose values differ from its own, 0..1: what does not fit bounces (M22).

    A latitude of acceptance (Hovland, Harvey & Sherif 1957): full near by, half at `learning.latitude`.

    Args:
        distance: Between the teacher's values and the practice's kind, 0..1.
        p: Parameters.
    """
    near = distance / p.learning_latitude
    return 1.0 / (1.0 + near * near * near * near)


@inlined
def access(tacit: float, face: float, familiarity: float, skill: float, p: Parameters) -> float:
    """Access to a practice, 0..1: its explicit part by any channel, its tacit part side by side (M03, §2.13).

    Documents have `face` 0; the explicit part is as open to them as to any other channel.
    """
    tacit = tacit * p.learning_tacit_weight
    known = p.learning_tacit_base + (1.0 - p.learning_tacit_base) * familiarity
    shown = p.learning_tacit_base + (1.0 - p.learning_tacit_base) * skill
    return p.learning_explicit * (1.0 - tacit) + face * tacit * known * shown


@inlined
def ceiling(source: float, tacit: float, face: float, p: Parameters) -> float:
    """Mastery that can be reached through a channel: what is tacit does not pass on paper (M03, App A).

    A slower rate alone would let documents routinise a tacit practice in the end, against Joyce & Showers (2002).
    """
    return source * (1.0 - tacit * p.learning_tacit_weight * (1.0 - face))


@inlined
def dose(hours: float, hours_to_master: float, engagement: float, learning: float, p: Parameters) -> float:
    """What an episode's hours amount to for a learner, before channel and mode.

    Args:
        hours: Net joint hours.
        hours_to_master: Of the practice.
        engagement: 0..1; it multiplies, so hours without will do nothing (M22, §3.21).
        learning: Meta-practice, 0..1: how fast they learn from any episode.
        p: Parameters.
    """
    return p.learning_rate * hours / hours_to_master * engagement * (0.5 + learning)


@inlined
def share_learned(amount: float) -> float:
    """Share of the way gone for an amount of learning: 1 - exp(-amount)."""
    return 1.0 - math.exp(-amount)


@inlined
def ownership_target(ownership: float, engagement: float, p: Parameters) -> float:
    """Ownership that work of a mode leads toward: nothing imposed is quite one's own (M22)."""
    return unit(p.learning_ownership_reach * ownership * engagement)


@inlined
def dependence_after_help(dependence: float, hours: float, say: float, p: Parameters) -> float:
    """Dependency, 0..1, the share of own initiative that is gone, after some help (M11, §2.32).

    Args:
        dependence: Before.
        hours: Of help.
        say: Of the learner in it, 0..1.
        p: Parameters.
    """
    return dependence + (1.0 - dependence) * (1.0 - math.exp(-p.dependency_rate * hours * (1.0 - say)))
