"""Every outcome of a made-up state, worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.outcomes.measuring import Measurer
from schoolsim.outcomes.outcome import Account
from schoolsim.outcomes.passes.networks import neighbours, shape
from schoolsim.outcomes.passes.statistics import dissimilarity, gini, likeness, spread, weighted_mean
from schoolsim.system.state import Clock, Ties
from schoolsim.system.state import ledger as accounts
from tests.outcomes.made_up import BY_HAND, FLOWS, HALF_TERM, OF_TWO, P, measured, schools


def test_there_is_an_outcome_for_every_case() -> None:
    assert set(OUTCOMES) == {*BY_HAND, *FLOWS, *OF_TWO}


@pytest.mark.parametrize("name", BY_HAND)
def test_an_outcome_is_what_was_worked_by_hand(name: str) -> None:
    assert measured(schools())[name] == pytest.approx(BY_HAND[name][0], rel=1e-12), BY_HAND[name][1]


@pytest.mark.parametrize("name", FLOWS)
def test_a_flow_is_its_account_and_nothing_else(name: str) -> None:
    kind, row = FLOWS[name]
    full = {word: np.arange(accounts.ROWS) + 100.0 for word in ("hours", "pounds", "counts")}
    assert OUTCOMES[name].measured_by == Account(kind, row)  # type: ignore[arg-type]
    assert measured(schools(), {"ledger": full})[name] == 100.0 + row
    assert measured(schools(), {"ledger": full | {kind: 0.0}})[name] == 0.0


def test_disclosure_is_the_share_of_focuses_and_nothing_where_none_were_chosen() -> None:
    counts = np.zeros(accounts.ROWS)
    assert measured(schools(), {"ledger": {"counts": counts}})["disclosure.share"] == 0.0
    counts[accounts.DISCLOSED], counts[accounts.FOCUSES] = 3.0, 4.0
    assert measured(schools(), {"ledger": {"counts": counts}})["disclosure.share"] == 0.75


def test_accreditation_costs_awards_and_telling_of_them() -> None:
    pounds = np.zeros(accounts.ROWS)
    pounds[accounts.ACCREDITED], pounds[accounts.TOLD] = 500.0, 30.0
    assert measured(schools(), {"ledger": {"pounds": pounds}})["pounds.accreditation"] == 530.0


def test_without_a_programme_its_schools_have_no_outcomes_and_the_others_do() -> None:
    found = measured(schools(), {"schools": {"role": 0, "neediest": 0}})
    unknown = {name for name, value in found.items() if math.isnan(value)}
    assert unknown == {
        "progress.partner", "progress.originator", "progress.neediest", "attainment.partner", "gain.partner",
        "gain.originator", "confidence.partner", "confidence.originator",
    }  # fmt: skip
    assert found["progress.neither"] == pytest.approx(2 / 3)


def test_without_ties_or_partnerships_their_means_are_unknown_and_their_numbers_nought() -> None:
    found = measured(schools(), {"ties": {"alive": 0}, "partnerships": {"alive": 0}})
    for name in ("trust.mean", "trust.active", "trust.rival", "trust.partner", "partnerships.age", "engagement.mean"):
        assert math.isnan(found[name]), name
    for name in ("ties.degree", "partnerships.active", "partnerships.exchange", "partnerships.programme"):
        assert found[name] == 0.0, name


def test_only_what_is_asked_for_is_measured_and_in_the_order_asked() -> None:
    everything = measured(schools())
    names = ["trust.rival", "progress.mean", "hours.joint", "disclosure.share", "trust.mean"]
    measurer = Measurer(names)
    row = measurer.measure(schools(), P, Clock((1, HALF_TERM)))
    assert list(measurer.outcomes) == names
    assert row.tolist() == [everything[name] for name in names]


def test_an_outcome_there_is_not_cannot_be_measured() -> None:
    with pytest.raises(KeyError, match="no.such"):
        Measurer(["no.such"])


def test_the_shape_of_a_network() -> None:
    """A triangle 0-1-2 with a tail 2-3, and a hostile tie 3-0 that does not count."""
    ties = Ties(6)
    for tie, (a, b) in enumerate([(0, 1), (0, 2), (1, 2), (2, 3), (0, 3)]):
        ties.alive[tie], ties.a[tie], ties.b[tie] = 1, a, b
    ties.hostile[4] = 1
    begin, near = neighbours(ties, 4)
    assert [sorted(near[begin[one] : begin[one + 1]].tolist()) for one in range(4)] == [[1, 2], [0, 2], [0, 1, 3], [2]]
    reach, clustering, holes = shape(begin, near, np.full(4, 3.0))
    assert reach == 1.0
    assert clustering == pytest.approx(3.0 / 5.0)
    assert holes == pytest.approx((0.5 + 0.5 + (1.0 - 2.0 / 9.0) + 1.0) / 4.0)


def test_concentration_by_hand() -> None:
    assert gini(np.array([2.0, 2.0, 2.0])) == 0.0
    assert gini(np.array([0.0, 0.0, 6.0])) == pytest.approx(2.0 / 3.0)
    assert gini(np.zeros(3)) == 0.0


@given(st.lists(st.integers(0, 30), min_size=1, max_size=20))
def test_gini_is_the_mean_difference_over_twice_the_mean(degrees: list[int]) -> None:
    column = np.array(degrees, dtype=float)
    differences = abs(column[:, None] - column[None, :]).mean()
    expected = differences / (2.0 * column.mean()) if column.any() else 0.0
    assert gini(column) == pytest.approx(expected, abs=1e-12)


def test_likeness_of_repertoires() -> None:
    assert likeness(np.array([1.0, 0.0]), np.array([0.0, 1.0])) == 0.0
    assert likeness(np.array([0.4, 0.4]), np.array([0.8, 0.4])) == pytest.approx(0.8 / 1.2)
    assert likeness(np.zeros(2), np.zeros(2)) == 1.0


FINITE = st.floats(-1e6, 1e6)
COLUMN = arrays.arrays(float, st.integers(1, 12), elements=FINITE)


@given(COLUMN)
def test_spread_is_the_populations_standard_deviation(values: np.ndarray) -> None:
    assert spread(values) == pytest.approx(values.std(), rel=1e-9, abs=1e-9)


@given(COLUMN, st.data())
def test_a_mean_is_within_what_it_is_of(values: np.ndarray, data: st.DataObject) -> None:
    weights = data.draw(arrays.arrays(float, len(values), elements=st.sampled_from((0.0, 0.5, 3.0))))
    mean = weighted_mean(values, weights)
    if not weights.any():
        assert math.isnan(mean)
    else:
        assert mean == pytest.approx(np.average(values, weights=weights), rel=1e-9, abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=2, max_size=20))
def test_dissimilarity_and_gorards_index_are_one_thing(schools: list[tuple[int, int]]) -> None:
    """GS = D x (1 - share of the poor), exactly (Gorard's segregation index; evidence D7)."""
    poor, others = np.array(schools, dtype=float).T
    found = dissimilarity(poor, others)
    if poor.sum() == 0 or others.sum() == 0:
        assert found == 0.0
        return
    everyone = poor + others
    gorard = 0.5 * abs(poor / poor.sum() - everyone / everyone.sum()).sum()
    assert gorard == pytest.approx(found * (1.0 - poor.sum() / everyone.sum()), abs=1e-12)
    assert 0.0 <= found <= 1.0
    assert found == pytest.approx(dissimilarity(others, poor), abs=1e-12)


def test_dissimilarity_is_none_in_equal_schools_and_full_in_separate_ones() -> None:
    assert dissimilarity(np.array([10.0, 20.0]), np.array([30.0, 60.0])) == pytest.approx(0.0)
    assert dissimilarity(np.array([10.0, 0.0]), np.array([0.0, 60.0])) == pytest.approx(1.0)
