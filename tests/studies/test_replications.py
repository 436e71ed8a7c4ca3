"""The replications algorithm against hand-worked cases and its own definition."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from schoolsim.studies.errors import StudyError
from schoolsim.studies.replications import (
    Fixed,
    MeanTracker,
    PointTracker,
    Precision,
    replications_needed,
)
from schoolsim.studies.store.replication_curve import replication_curve

RULE = Precision(0.1, ("y",))


def test_the_interval_is_students() -> None:
    values = [9.0, 10.0, 12.0, 11.0]
    tracker = MeanTracker(RULE, "y")
    look = [tracker.add(value) for value in values][-1]
    low, high = stats.t.interval(0.95, 3, loc=np.mean(values), scale=stats.sem(values))
    assert look.mean == pytest.approx(10.5)
    assert look.sd == pytest.approx(np.std(values, ddof=1))
    assert look.half_width == pytest.approx((high - low) / 2)
    assert not look.met  # 2.05 is more than a tenth of 10.5


@pytest.mark.parametrize(("replications", "ahead"), [(3, 5), (100, 5), (119, 5), (120, 6), (200, 10), (1000, 50)])
def test_the_look_ahead_grows_as_in_the_paper(replications: int, ahead: int) -> None:
    assert RULE.ahead(replications) == ahead


def test_equal_values_settle_after_the_look_ahead() -> None:
    """Met at 3, then five more to see that it lasts; 2 would have been enough."""
    tracker = MeanTracker(RULE, "y")
    asked = []
    while not tracker.settled:
        asked.append(tracker.missing())
        tracker.add(4.0)
    assert asked == [3, 2, 1, 5, 4, 3, 2, 1]
    assert tracker.needed == 2


def test_precision_that_is_lost_starts_the_count_again() -> None:
    assert replications_needed([10.0, 10.1, 9.9, *[10.0] * 10], RULE, "y") == 2
    # With the outlier third the interval is within a tenth of the mean again from the 12th on.
    shaken = [10.0, 10.1, 14.0, *[10.0] * 20]
    needed = replications_needed(shaken, RULE, "y")
    assert needed is not None
    for count in range(needed, needed + 6):
        assert _half_width(shaken[:count]) <= 0.1 * np.mean(shaken[:count])
    assert _half_width(shaken[: needed - 1]) > 0.1 * np.mean(shaken[: needed - 1])


def test_precision_must_last_without_a_gap() -> None:
    """Met at three and four, lost at five; what was met before the gap does not count after it."""
    tracker, looks = MeanTracker(RULE, "y"), {}
    for value in [10.0, 10.1, 9.9, 10.0, 30.0, *[10.0] * 100]:
        look = tracker.add(value)
        looks[look.replications] = look.met
        if tracker.settled:
            break
    assert looks[3]
    assert looks[4]
    assert not looks[5]
    last = max(looks)
    assert tracker.needed is not None
    assert tracker.needed > 10
    assert last == tracker.needed + 5
    assert not looks[tracker.needed - 1]


def test_too_few_values_settle_nothing() -> None:
    assert replications_needed([10.0] * 7, RULE, "y") is None
    assert replications_needed([10.0] * 8, RULE, "y") == 2


@given(st.lists(st.floats(-50, 150), min_size=8, max_size=60), st.integers(0, 6))
def test_what_it_settles_on_meets_the_definition(values: list[float], look_ahead: int) -> None:
    rule = Precision(0.2, ("y",), look_ahead=look_ahead)
    needed = replications_needed(values, rule, "y")
    met = [
        count >= 2 and _half_width(values[:count]) <= 0.2 * abs(np.mean(values[:count])) + 1e-9
        for count in range(len(values) + 1)
    ]
    if needed is not None:
        assert all(met[needed : max(needed, rule.initial) + look_ahead + 1])


def test_a_mean_near_nothing_needs_an_absolute_width() -> None:
    values = [0.1, -0.1] * 30
    assert replications_needed(values, RULE, "y") is None
    rule = Precision(0.1, ("y",), absolute={"y": 0.05})
    assert replications_needed(values, rule, "y") is not None


def test_a_value_that_is_no_number_is_never_precise() -> None:
    assert replications_needed([math.nan] * 50, RULE, "y") is None


def test_a_point_needs_every_outcome() -> None:
    tracker = PointTracker(Precision(0.1, ("calm", "wild"), maximum=20))
    while (more := tracker.missing()) > 0:
        for number in range(more):
            tracker.add({"calm": 1.0, "wild": 100.0 * (-1) ** number})
    assert tracker.open_outcomes() == ["wild"]


def test_failed_runs_count_towards_the_budget_only() -> None:
    tracker = PointTracker(Precision(0.1, ("y",), maximum=10))
    for _ in range(9):
        assert tracker.add(None) == {}
        assert tracker.missing() > 0
    tracker.add(None)
    assert tracker.missing() == 0


@pytest.mark.parametrize(
    "parts",
    [
        {"precision": 0.0},
        {"precision": math.nan},
        {"alpha": 1.0},
        {"initial": 1},
        {"initial": 9, "maximum": 8},
        {"look_ahead": -1},
        {"outcomes": ()},
        {"absolute": {"z": 1.0}},
        {"absolute": {"y": 0.0}},
        {"initial": 3.0},
    ],
)
def test_numbers_out_of_bounds_are_refused(parts: dict[str, object]) -> None:
    with pytest.raises(StudyError):
        Precision(**{"precision": 0.1, "outcomes": ("y",), **parts})


@pytest.mark.parametrize("count", [0, -1, 2.0, True])
def test_a_fixed_number_is_a_number(count: object) -> None:
    with pytest.raises(StudyError, match="from 1 to"):
        Fixed(count)


def test_the_curve_of_a_table() -> None:
    values = [10.0, 10.2, 9.9, 10.1, 10.0, 10.05, 9.95, 10.0, 10.1]
    runs = pd.DataFrame({"point": 0, "replication": range(9), "status": "ok", "y": values})
    runs.loc[1, "status"] = "failed"
    curve = replication_curve(runs.sample(frac=1, random_state=1), RULE)
    assert curve["replications"].tolist() == list(range(1, 9))
    assert curve["mean"].iloc[-1] == pytest.approx(np.mean([values[0], *values[2:]]))
    assert curve["half_width"].iloc[-1] == pytest.approx(_half_width([values[0], *values[2:]]))
    assert curve["settled"].tolist() == [False] * 7 + [True]


def _half_width(values: list[float]) -> float:
    return stats.t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / math.sqrt(len(values))
