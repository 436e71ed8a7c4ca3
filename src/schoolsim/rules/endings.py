"""When a partnership ends, and when it outlives its task (M11, M27, M29)."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled
from schoolsim.rules.shapes import logistic, unit


@compiled
def reciprocity(given: float, returned: float) -> float:
    """How even the help has been, 0 (one way) to 1: the smaller of the two over the larger."""
    larger = max(given, returned)
    return 0.0 if larger <= 0.0 else min(given, returned) / larger


@compiled
def wears_out(trust: float, gain: float, p: np.record) -> float:
    """Chance in a half-term that distrust or want of progress ends a partnership (M11, M12)."""
    return p.end_distrust * logistic(-6.0 * (trust - 0.25)) + p.end_fruitless * logistic(-80.0 * (gain - 0.01))


@compiled
def outlives_money(trust: float, familiarity: float, even: float) -> float:
    """How deep a partnership has gone, 0..1, which is what holds it when money stops (M27, §3.23)."""
    return 1.0 - (1.0 - trust * (0.3 + 0.7 * even)) * (1.0 - familiarity)


@compiled
def goes_on(trust: float, familiarity: float, even: float, p: np.record) -> float:
    """Chance that two schools go on when the task is done: collegiality, grown out of collaboration (M11)."""
    return unit(p.end_collegial * trust) * (0.2 + 0.8 * familiarity) * (0.25 + 0.75 * even)
