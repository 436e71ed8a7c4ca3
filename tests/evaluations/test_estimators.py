"""Estimators against numbers worked out by other means."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from schoolsim.evaluations import Panel, infer, weights
from schoolsim.evaluations.estimators import NEVER, PERMUTATIONS

RNG = np.random.default_rng(1)


def panel(
    starts: list[float], years: int = 1, blocks: list[int] | None = None, counts: list[float] | None = None
) -> Panel:
    rng = np.random.default_rng(7)
    return Panel(
        rng.standard_normal((len(starts), years + 1)), np.array(counts or [1.0] * len(starts)), np.array(starts),
        np.array(blocks or [0] * len(starts)),
    )  # fmt: skip


def test_a_difference_of_two_groups_is_students_t_test() -> None:
    given = panel([0.0] * 6 + [NEVER] * 6)
    found = infer(given, "difference", 1, "cluster", RNG)
    one, other = given.means[:6, 1], given.means[6:, 1]
    expected = stats.ttest_ind(one, other)
    assert found.estimate == pytest.approx(one.mean() - other.mean())
    assert found.p == pytest.approx(expected.pvalue)
    assert found.error == pytest.approx(found.estimate / expected.statistic)


def test_a_difference_in_differences_is_that_test_of_the_changes() -> None:
    given = panel([0.0] * 5 + [NEVER] * 5, years=3)
    found = infer(given, "difference_in_differences", 3, "cluster", RNG)
    change = given.means[:, 3] - given.means[:, 0]
    expected = stats.ttest_ind(change[:5], change[5:])
    assert found.estimate == pytest.approx(change[:5].mean() - change[5:].mean())
    assert found.p == pytest.approx(expected.pvalue)


def test_units_weigh_by_their_schools() -> None:
    given = panel([0.0, 0.0, NEVER, NEVER], counts=[3.0, 1.0, 1.0, 1.0])
    means = given.means[:, 1]
    assert infer(given, "difference", 1, "cluster", RNG).estimate == pytest.approx(
        (3 * means[0] + means[1]) / 4 - means[2:].mean()
    )


def test_blocks_are_those_of_a_regression_with_an_effect_of_each() -> None:
    given = panel([0.0, NEVER, NEVER, 0.0, 0.0, 0.0, NEVER, NEVER, 0.0, NEVER], blocks=[0] * 3 + [1] * 4 + [2] * 3)
    treated = (given.starts < 1).astype(float)
    design = np.column_stack([treated, np.eye(3)[given.blocks]])
    coefficients, squares = np.linalg.lstsq(design, given.means[:, 1], rcond=None)[:2]
    found = infer(given, "difference", 1, "cluster", RNG)
    assert found.estimate == pytest.approx(coefficients[0])
    # The regression's own error, robust to unequal spread (HC1).
    rest = given.means[:, 1] - design @ coefficients
    left = treated - np.eye(3)[given.blocks] @ np.array([treated[given.blocks == b].mean() for b in range(3)])
    robust = np.sqrt(10 / 6 * ((left * rest) ** 2).sum()) / (left**2).sum()
    assert squares.size
    assert found.error == pytest.approx(robust, rel=1e-3)


def test_two_way_is_the_regression_with_effects_of_units_and_years() -> None:
    given = panel([0.0, 1.0, 2.0, NEVER, NEVER, 1.0], years=3)
    treated = (given.starts[:, None] < np.arange(4)).astype(float)
    unit, year = np.repeat(np.eye(6), 4, axis=0), np.tile(np.eye(4), (6, 1))
    design = np.column_stack([treated.ravel(), unit, year])
    expected = np.linalg.lstsq(design, given.means.ravel(), rcond=None)[0][0]
    assert (weights(given, "two_way", 3) * given.means).sum() == pytest.approx(expected)


def test_staggered_is_the_mean_of_its_group_and_year_effects() -> None:
    given = panel([0.0, 0.0, 2.0, NEVER], years=3)
    y = given.means

    def against(own: list[int], others: list[int], now: int, start: int) -> float:
        return float((y[own, now] - y[own, start]).mean() - (y[others, now] - y[others, start]).mean())

    early = [against([0, 1], [2, 3], 1, 0), against([0, 1], [2, 3], 2, 0), against([0, 1], [3], 3, 0)]
    late = against([2], [3], 3, 2)
    expected = (2 * sum(early) + late) / 7
    assert (weights(given, "staggered", 3) * y).sum() == pytest.approx(expected)


def test_staggered_finds_effects_that_grow_where_two_way_does_not() -> None:
    starts = np.repeat([0.0, 2.0, NEVER], 4)
    years = np.arange(5)
    effects = np.maximum(years - starts[:, None], 0.0)
    given = Panel(3.0 + np.sqrt(years) + effects, np.ones(12), starts, np.zeros(12, dtype=np.int64))
    truth = effects[effects > 0].mean()
    assert (weights(given, "staggered", 4) * given.means).sum() == pytest.approx(truth)
    assert (weights(given, "two_way", 4) * given.means).sum() < 0.9 * truth


@pytest.mark.parametrize("estimator", ["difference", "difference_in_differences", "staggered", "two_way"])
def test_a_permutation_asks_how_many_orders_give_as_much(estimator: str) -> None:
    given = panel([0.0] * 4 + [NEVER] * 4)
    given.means[:4, 1] += 50.0
    clear = infer(given, estimator, 1, "permutation", np.random.default_rng(3))
    # Two of the 70 ways of choosing four of eight are as far from 0 as what was found.
    assert 1 / (1 + PERMUTATIONS) <= clear.p <= 0.08
    given.means[:4, 1] -= 50.0
    assert infer(given, estimator, 1, "permutation", np.random.default_rng(3)).p > 0.08


@pytest.mark.parametrize("estimator", ["difference", "difference_in_differences", "staggered", "two_way"])
@pytest.mark.parametrize("starts", [[0.0] * 4, [NEVER] * 4])
def test_one_side_alone_gives_no_estimate(estimator: str, starts: list[float]) -> None:
    found = infer(panel(starts), estimator, 1, "cluster", RNG)
    assert np.isnan([found.estimate, found.error, found.p]).all()
