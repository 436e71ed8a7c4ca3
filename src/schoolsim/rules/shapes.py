"""Curves that several rules share."""

from __future__ import annotations

import math

from schoolsim.jit import inlined


@inlined
def logistic(x: float) -> float:
    """From 0 to 1 as `x` goes from far below 0 to far above."""
    return 1.0 / (1.0 + math.exp(-x))


@inlined
def unit(x: float) -> float:
    """`x` held within 0 and 1."""
    return min(1.0, max(0.0, x))


@inlined
def toward(level: float, ceiling: float, share: float) -> float:
    """`level` moved up by `share` of its way to `ceiling`; never down."""
    return level + max(0.0, ceiling - level) * share


@inlined
def weighted(factor: float, weight: float) -> float:
    """A factor whose mechanism has `weight` 0 (it is 1, as if it were not there) to 1 (in full)."""
    return 1.0 + weight * (factor - 1.0)
