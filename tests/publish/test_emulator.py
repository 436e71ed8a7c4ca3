"""Emulators: what they say between runs, how far off they say they are, and where they say nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest

from schoolsim.analysis.run_table import AnalysisError
from schoolsim.publish.controls import Control
from schoolsim.publish.emulator import LEAST_POINTS, MOST_POINTS, emulate, points_needed
from schoolsim.publish.process import PLANE, fit
from schoolsim.publish.support import support_of

RNG = np.random.default_rng(5)
PLACES = RNG.random((40, 2))


def truth(places: np.ndarray) -> np.ndarray:
    """A surface that bends: no plane is near it."""
    return np.asarray(3.0 * places[:, 0] + np.sin(5.0 * places[:, 1]))


def runs(places: np.ndarray, replications: int = 8, shared: float = 2.0, own: float = 0.05) -> np.ndarray:
    """(n, 1, replications) runs about the surface: luck that a seed brings everywhere, and luck of each run."""
    rng = np.random.default_rng(1)
    luck = rng.normal(0, shared, replications)
    return truth(places)[:, None, None] + luck + rng.normal(0, own, (len(places), 1, replications))


def test_a_process_is_scikit_learns() -> None:
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF, ConstantKernel, DotProduct

    means = np.column_stack([truth(PLACES), truth(PLACES[:, ::-1])])
    found = fit(PLACES, means, 0.01)
    kernel = ConstantKernel(PLANE) * DotProduct(1.0) + ConstantKernel(found.amplitude) * RBF(found.lengths)
    left = (means - np.column_stack([np.ones(40), PLACES]) @ found.plane) / found.scale
    theirs = GaussianProcessRegressor(kernel, alpha=found.noise, optimizer=None).fit(PLACES - 0.5, left)
    new = RNG.random((30, 2))
    mean, deviation = theirs.predict(new - 0.5, return_std=True)
    plane = np.column_stack([np.ones(30), new]) @ found.plane
    assert found.mean(new) == pytest.approx(plane + found.scale * mean, rel=1e-9)
    assert np.sqrt(found.variance(new)) == pytest.approx(found.scale * deviation[:, 0], rel=1e-7)
    _, covariance = theirs.predict(np.vstack([new[:1], new[1:2]]) - 0.5, return_cov=True)
    cov = covariance[:, :, 0]
    apart = found.scale**2 * (cov[0, 0] + cov[1, 1] - 2 * cov[0, 1])
    assert found.difference_variance(new[:1], new[1:2])[0] == pytest.approx(apart, rel=1e-6)


def test_luck_that_all_points_share_is_not_taken_for_noise() -> None:
    found = emulate(PLACES, runs(PLACES))
    assert found.check.luck == pytest.approx(0.05 / math.sqrt(8), rel=0.3)
    assert found.shared == pytest.approx(2.0 / math.sqrt(8), rel=0.6)
    assert found.seeds == pytest.approx(2.0, rel=0.6)
    assert found.check.explained > 0.99
    assert found.check.error < 0.1
    inner = 0.1 + 0.8 * RNG.random((50, 2))
    centre = float((runs(PLACES).mean(axis=2)[:, 0] - truth(PLACES)).mean())
    missed = [found.level(0, place)[0] - truth(place[None])[0] - centre for place in inner]
    assert float(np.sqrt(np.mean(np.square(missed)))) < 2.5 * found.check.error


def test_an_error_held_out_is_that_of_points_it_did_not_see() -> None:
    noise = RNG.normal(0, 1.0, (40, 1, 8))  # nothing but luck: nothing can be foreseen
    found = emulate(PLACES, noise)
    assert found.check.explained < 0.3
    assert found.check.error == pytest.approx(found.check.luck, rel=0.4)
    # The same runs, seen: an emulator held against what it was fitted to would miss by less.
    seen = [found.level(0, place)[0] - value for place, value in zip(PLACES, noise.mean(axis=2)[:, 0], strict=True)]
    assert float(np.sqrt(np.mean(np.square(seen)))) < found.check.error


def test_intervals_are_widened_where_errors_are_larger_than_they_say() -> None:
    cliff = np.where(PLACES[:, :1] > 0.5, 5.0, 0.0)[:, :, None] + RNG.normal(0, 0.01, (40, 1, 8))
    found = emulate(PLACES, cliff)
    assert found.widened[0] > 1.0
    plain = found.levels.variance(PLACES[:1])[0]
    assert found.level(0, PLACES[0])[1] == pytest.approx(found.widened[0] * math.sqrt(plain))


def test_differences_between_policies_are_known_better_than_levels() -> None:
    base = runs(PLACES)
    effect = 0.3 * PLACES[:, 0]
    both = np.concatenate([base, base + effect[:, None, None] + RNG.normal(0, 0.02, base.shape)], axis=1)
    found = emulate(PLACES, both)
    assert found.effect_check is not None
    assert found.effect_check.error < 0.02
    place = np.array([0.5, 0.5])
    mean, deviation = found.difference(1, place, 0, place)
    assert mean == pytest.approx(0.15, abs=4 * deviation + 0.01)
    assert found.difference(0, place, 1, place) == pytest.approx((-mean, deviation))
    assert found.difference(1, place, 1, place) == (0.0, 0.0)
    assert found.level(1, place)[0] - found.level(0, place)[0] == pytest.approx(mean)


def test_one_run_a_point_leaves_its_luck_to_the_kernel() -> None:
    found = emulate(PLACES, runs(PLACES, replications=1, shared=0.0, own=0.3))
    assert math.isnan(found.seeds)
    assert math.isnan(found.shared)
    assert math.sqrt(found.levels.noise) * found.levels.scale == pytest.approx(0.3, rel=0.6)


def test_a_large_sample_is_held_against_the_points_it_is_not_fitted_to() -> None:
    many = np.random.default_rng(2).random((MOST_POINTS + 60, 2))
    found = emulate(many, runs(many, replications=2))
    assert len(found.levels.inputs) == MOST_POINTS
    assert found.check.number == 60


def test_too_few_points_have_no_emulator() -> None:
    assert points_needed(1) == LEAST_POINTS
    assert points_needed(5) == 25
    with pytest.raises(AnalysisError, match=r"only 11 points have finished runs, and an emulator of 2 inputs needs 12"):
        emulate(PLACES[:11], runs(PLACES[:11]))


def test_there_is_no_number_outside_the_runs() -> None:
    competition = Control("x", "X", "world", low=0.0, high=2.0)
    speed = Control("y", "Y", "world", low=0.0, high=1.0)
    badge = Control("z", "Z", "policy", values=("a", "b"), levels=("A", "B"))
    side = np.linspace(0.0, 0.5, 6)
    square = [(0.0, 2.0 * x, y) for x in side for y in side]  # a quarter of the range is run, without the second level
    found = support_of([badge, competition, speed], np.array(square))
    assert found.radius == pytest.approx(0.1)
    assert found.fault((0.0, 0.5, 0.25)) == ""
    assert found.fault((0.0, 1.08, 0.55)) == ""  # no farther from a run than runs are from one another
    assert found.fault((0.0, 1.8, 0.9)) == "far"
    assert found.fault((0.0, 2.1, 0.2)) == found.fault((0.0, -0.1, 0.2)) == "range"
    assert found.fault((0.0, float("nan"), 0.2)) == "range"
    assert found.fault((1.0, 0.5, 0.25)) == "together"
