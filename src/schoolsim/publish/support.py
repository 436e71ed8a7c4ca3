"""Finds where the runs of a study are: an emulator gives no number outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from schoolsim.publish.controls import Control

ROUNDING: Final = 1e-9
"""Of a place on the unit cube that is taken to be its edge."""


@dataclass(frozen=True, eq=False)
class Support:
    """The part of the space of controls that the runs fill.

    Args:
        controls: All controls.
        runs: (n, ranges) places of the runs on the ranges among them, in the unit cube.
        radius: How far a setting may be from the nearest run: as far as the loneliest run is from its own nearest.
        together: Combinations of choices that were run, the place of each choice.
    """

    controls: Sequence[Control]
    runs: np.ndarray
    radius: float
    together: frozenset[tuple[float, ...]]

    def fault(self, setting: Sequence[float]) -> str:
        """Why there is no number at a setting: `range`, `together` or `far`; empty where there is one.

        Args:
            setting: A place for each control.
        """
        pairs = list(zip(self.controls, setting, strict=True))
        places = np.array([(place - one.low) / (one.high - one.low) for one, place in pairs if one.is_range])
        if not ((places >= -ROUNDING) & (places <= 1 + ROUNDING)).all():  # NaN, too, is outside
            return "range"
        if tuple(float(place) for one, place in pairs if not one.is_range) not in self.together:
            return "together"
        nearest = float(np.sqrt(((self.runs - places) ** 2).sum(axis=1).min()))
        return "" if nearest <= self.radius else "far"


def support_of(controls: Sequence[Control], settings: np.ndarray) -> Support:
    """The support of runs at (n, controls) places."""
    from scipy.spatial import cKDTree

    ranges = [place for place, one in enumerate(controls) if one.is_range]
    choices = [place for place, one in enumerate(controls) if not one.is_range]
    low, high = (np.array([getattr(controls[place], end) for place in ranges]) for end in ("low", "high"))
    runs = np.unique((settings[:, ranges] - low) / (high - low), axis=0)
    distances, _ = cKDTree(runs).query(runs, k=2)
    together = frozenset(tuple(row) for row in settings[:, choices].tolist())
    return Support(controls, runs, float(distances[:, 1].max()), together)
