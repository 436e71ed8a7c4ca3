"""Every outcome of a made-up state, worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from schoolsim.outcomes import ledger as accounts
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.outcomes.measuring import dissimilarity, mean_where, spread
from schoolsim.system.state import Partnerships, Ties, columns
from tests.outcomes.made_up import BY_HAND, FLOWS, OF_TWO, measured, schools


def test_there_is_an_outcome_for_every_case() -> None:
    assert set(OUTCOMES) == {*BY_HAND, *FLOWS, *OF_TWO}


@pytest.mark.parametrize("name", BY_HAND)
def test_an_outcome_is_what_was_worked_by_hand(name: str) -> None:
    assert measured(schools())[name] == pytest.approx(BY_HAND[name][0], rel=1e-12), BY_HAND[name][1]


@pytest.mark.parametrize("name", FLOWS)
def test_a_flow_is_its_account_and_nothing_else(name: str) -> None:
    kind, row = FLOWS[name]
    full = {word: np.arange(accounts.ROWS) + 100.0 for word in ("hours", "pounds", "counts")}
    assert measured(schools(), **full)[name] == 100.0 + row
    empty = np.zeros(accounts.ROWS)
    assert measured(schools(), **(full | {kind: empty}))[name] == 0.0


def test_disclosure_is_the_share_of_focuses_and_nothing_where_none_were_chosen() -> None:
    counts = np.zeros(accounts.ROWS)
    assert measured(schools(), counts=counts)["disclosure.share"] == 0.0
    counts[accounts.DISCLOSED], counts[accounts.FOCUSES] = 3.0, 4.0
    assert measured(schools(), counts=counts)["disclosure.share"] == 0.75


def test_accreditation_costs_awards_and_telling_of_them() -> None:
    pounds = np.zeros(accounts.ROWS)
    pounds[accounts.ACCREDITED], pounds[accounts.TOLD] = 500.0, 30.0
    assert measured(schools(), pounds=pounds)["pounds.accreditation"] == 530.0


def test_without_a_programme_its_schools_have_no_outcomes_and_the_others_do() -> None:
    told = measured(schools(role=[0, 0, 0], needy=[0, 0, 0]))
    unknown = {name for name, value in told.items() if math.isnan(value)}
    assert unknown == {
        "progress.partner", "progress.originator", "progress.neediest", "attainment.partner", "gain.partner",
        "gain.originator", "confidence.partner", "confidence.originator",
    }  # fmt: skip
    assert told["progress.neither"] == pytest.approx(2 / 3)


def test_without_ties_or_partnerships_their_means_are_unknown_and_their_numbers_nought() -> None:
    told = measured(schools(), ties=columns(Ties, 4), partnerships=columns(Partnerships, 3))
    for name in ("trust.mean", "trust.active", "trust.rival", "trust.partner", "partnerships.age", "engagement.mean"):
        assert math.isnan(told[name]), name
    for name in ("ties.degree", "partnerships.active", "partnerships.exchange", "partnerships.programme"):
        assert told[name] == 0.0, name


FINITE = st.floats(-1e6, 1e6)
COLUMN = arrays.arrays(float, st.integers(1, 12), elements=FINITE)


@given(COLUMN)
def test_spread_is_the_populations_standard_deviation(values: np.ndarray) -> None:
    assert spread(values) == pytest.approx(values.std(), rel=1e-9, abs=1e-9)


@given(COLUMN, st.data())
def test_a_mean_is_within_what_it_is_of(values: np.ndarray, data: st.DataObject) -> None:
    weights = data.draw(arrays.arrays(float, len(values), elements=st.sampled_from((0.0, 0.5, 3.0))))
    mean = mean_where(values, weights)
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
