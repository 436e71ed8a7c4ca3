"""Leaving a school, by staff and by its head (M30, §2.24, §3.31)."""

from __future__ import annotations

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters
from schoolsim.rules.shapes import unit


@inlined
def leaving_chance(standing: float, tone: float, badge: float, p: Parameters) -> float:
    """Chance in a year that a teacher leaves a school: less from a strong, warm or badged one (§2.24).

    Args:
        standing: Published results, standardised within phase.
        tone: Of its head, 0..1.
        badge: 1 where it wears one.
        p: Parameters.
    """
    pull = p.careers_leave_standing * standing + p.careers_leave_tone * (tone - 0.5) + p.badging_staff * badge
    return unit(p.careers_leave * (1.0 - pull))


@inlined
def less_by_badge(chance: float, badge: float, p: Parameters) -> float:
    """A chance that a badge makes smaller: of moving away, and of recruits without experience (M19, §2.24).

    Args:
        chance: In a school without a badge.
        badge: 1 where it wears one.
        p: Parameters.
    """
    return chance * (1.0 - p.badging_staff * badge)


@inlined
def head_leaves_chance(standing: float, p: Parameters) -> float:
    """Chance in a year that a head leaves: likelier where results are weak (M30, Howson 2002)."""
    return unit(p.leadership_turnover * (1.0 - p.leadership_turnover_standing * standing))
