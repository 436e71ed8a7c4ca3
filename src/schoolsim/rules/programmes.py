"""Programmes: how readily schools join, and what money holds together (M27, M29)."""

from __future__ import annotations

from schoolsim.jit import inlined
from schoolsim.parameters.record import Parameters
from schoolsim.rules.shapes import unit


@inlined
def held_by_money(chance: float, paid: float, p: Parameters) -> float:
    """Chance that distrust or want of progress ends a partnership, less what its grant holds off (M27, §3.23).

    Args:
        chance: Without money, 0..1.
        paid: Share of the full grant paid now, 0..1.
        p: Parameters.
    """
    return chance * (1.0 - p.funding_holds * paid)


@inlined
def renewed_with_money(chance: float, paid: float, p: Parameters) -> float:
    """Chance that a finished task is followed by another one of the same two, while their grant is paid (M29, R18)."""
    return unit(chance + (1.0 - chance) * p.funding_holds * paid)
