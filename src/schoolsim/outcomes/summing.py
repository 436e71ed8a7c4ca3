"""From a run's series to one number an outcome."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from schoolsim.columns import Float64Array
from schoolsim.outcomes.outcome import Outcome
from schoolsim.system.state.schema import HALF_TERMS


def summed(
    outcomes: Mapping[str, Outcome], series: Mapping[str, Float64Array], half_terms: np.ndarray, window: int
) -> dict[str, float]:
    """One number an outcome.

    Args:
        outcomes: By name.
        series: By name, one value a half-term.
        half_terms: Numbers of the half-terms; 0 is when the policy begins.
        window: Years at the end over which levels are averaged.

    Returns:
        Outcome to its mean over the window, its yearly sum over the policy years, or its last value.
    """
    policy = half_terms >= 0
    years = max(1.0, int(policy.sum()) / HALF_TERMS)
    numbers = {}
    for name, outcome in outcomes.items():
        column = series[name][policy]
        if outcome.over == "years":
            numbers[name] = float(column.sum() / years)
        elif outcome.over == "last":
            numbers[name] = float(column[-1])
        else:
            numbers[name] = _mean(column[-window * HALF_TERMS :])
    return numbers


def _mean(column: Float64Array) -> float:
    known = column[~np.isnan(column)]
    return float(known.mean()) if len(known) else float("nan")
