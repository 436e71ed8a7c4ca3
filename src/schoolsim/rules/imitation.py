"""Copying, drifting values and barter: rules of other people's models that ours contains (M05, M08, M22)."""

from __future__ import annotations

import numpy as np

from schoolsim.compiled import compiled


@compiled
def copied_weight(mastery: np.ndarray, appeal: np.ndarray, p: np.record) -> float:
    """Weight with which a colleague is copied, 1 or more (Boyd & Richerson 1985).

    Args:
        mastery: What the colleague has mastered, an array of practices, each 0..1.
        appeal: How good each practice looks, 0..1.
        p: Parameters. With `home.copying_bias` 0 everybody is copied alike.
    """
    total = 0.0
    for one in range(mastery.shape[0]):
        total += appeal[one] * mastery[one]
    return 1.0 + p.home_copying_bias * total


@compiled
def drifted(own: float, staff: float, friends: float, p: np.record) -> float:
    """Values, 0..1, after moving toward those one talks to (DeGroot 1974).

    Args:
        own: Of the teacher.
        staff: Mean of the own staff.
        friends: Mean of friends in other schools, weighted by trust; `own` where there is no friend.
        p: Parameters.
    """
    return own + p.values_drift_home * (staff - own) + p.values_drift_friends * (friends - own)


@compiled
def anchored(moved: float, start: float, anchor: float) -> float:
    """Values of one who holds by `anchor`, 0..1, to those they came with (Friedkin & Johnsen 1990)."""
    return (1.0 - anchor) * moved + anchor * start
