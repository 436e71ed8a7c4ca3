"""From a run's series to one number an outcome."""

from __future__ import annotations

import math

import numpy as np

from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.outcomes.outcome import Outcome
from schoolsim.outcomes.summing import summed as summed_up

HALF_TERMS = np.arange(-6, 18)
LEVEL, FLOW = "trust.mean", "transfers.year"


def series(**columns: np.ndarray) -> dict[str, np.ndarray]:
    """A series of a burn-in year and three policy years; outcomes not given are nought."""
    given = {name.replace("__", "."): column for name, column in columns.items()}
    return {name: np.zeros(len(HALF_TERMS)) for name in OUTCOMES} | given


def summed(columns: dict[str, np.ndarray], half_terms: np.ndarray, window: int) -> dict[str, float]:
    return summed_up(OUTCOMES, columns, half_terms, window)


def test_a_level_is_its_mean_over_the_last_years() -> None:
    values = HALF_TERMS.astype(float)
    one, two, all_ = (summed(series(trust__mean=values), HALF_TERMS, window)[LEVEL] for window in (1, 2, 9))
    assert one == np.mean(range(12, 18))
    assert two == np.mean(range(6, 18))
    # A window longer than the run ends where the policy begins: burn-in is no result.
    assert all_ == np.mean(range(18))


def test_a_flow_is_its_sum_over_the_policy_years_divided_by_them() -> None:
    values = np.where(HALF_TERMS < 0, 1000.0, 2.0)
    for window in (1, 3):
        assert summed(series(transfers__year=values), HALF_TERMS, window)[FLOW] == 2.0 * 18 / 3


def test_half_terms_without_a_value_are_left_out() -> None:
    values = np.where(HALF_TERMS < 16, np.nan, 0.25)
    assert summed(series(trust__mean=values), HALF_TERMS, 1)[LEVEL] == 0.25
    assert math.isnan(summed(series(trust__mean=np.full(24, np.nan)), HALF_TERMS, 1)[LEVEL])


def test_a_last_value_is_the_last_one() -> None:
    last = {"mine.last": Outcome("mine.last", "level", "The last one.", lambda state, p, clock: 0.0, "last")}
    assert summed_up(last, {"mine.last": HALF_TERMS.astype(float)}, HALF_TERMS, 1) == {"mine.last": 17.0}


def test_every_outcome_has_a_number() -> None:
    assert list(summed(series(), HALF_TERMS, 1)) == list(OUTCOMES)
