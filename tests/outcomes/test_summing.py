"""From a run's series to one number an outcome."""

from __future__ import annotations

import math

import numpy as np
import pytest

from schoolsim.outcomes import catalog, summing
from schoolsim.outcomes.catalog import OUTCOMES, PLACE
from schoolsim.outcomes.summing import summed

HALF_TERMS = np.arange(-6, 18)
LEVEL, FLOW = "trust.mean", "transfers.year"


def series(**columns: np.ndarray) -> np.ndarray:
    """A series of a burn-in year and three policy years; outcomes not given are nought."""
    made = np.zeros((len(HALF_TERMS), len(OUTCOMES)))
    for name, column in columns.items():
        made[:, PLACE[name.replace("__", ".")]] = column
    return made


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


def test_a_last_value_is_the_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    last = {LEVEL: catalog.Outcome(LEVEL, "level", "The last one.", "last")}
    monkeypatch.setattr(summing, "OUTCOMES", last)
    assert summed(HALF_TERMS.astype(float)[:, None], HALF_TERMS, 1) == {LEVEL: 17.0}


def test_every_outcome_has_a_number() -> None:
    assert list(summed(series(), HALF_TERMS, 1)) == list(OUTCOMES)
