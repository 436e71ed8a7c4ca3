"""From a run's series to one number an outcome."""

from __future__ import annotations

import numpy as np

from schoolsim.outcomes.catalog import OUTCOMES

HALF_TERMS = 6


def summed(series: np.ndarray, half_terms: np.ndarray, window: int) -> dict[str, float]:
    """One number an outcome.

    Args:
        series: (half-term, outcome), in the catalogue's order.
        half_terms: Numbers of the half-terms; 0 is when the policy begins.
        window: Years at the end over which levels are averaged.

    Returns:
        Outcome to its mean over the window, its yearly sum over the policy years, or its last value.
    """
    policy = series[half_terms >= 0]
    years = max(1.0, len(policy) / HALF_TERMS)
    last = policy[-window * HALF_TERMS :]
    numbers = {}
    for place, outcome in enumerate(OUTCOMES.values()):
        column = policy[:, place]
        if outcome.over == "years":
            numbers[outcome.name] = float(column.sum() / years)
        elif outcome.over == "last":
            numbers[outcome.name] = float(column[-1])
        else:
            numbers[outcome.name] = _mean(last[:, place])
    return numbers


def _mean(column: np.ndarray) -> float:
    known = column[~np.isnan(column)]
    return float(known.mean()) if len(known) else float("nan")
