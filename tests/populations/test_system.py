"""Many synthetic authorities against England: what holds only across authorities, and how fast."""

from __future__ import annotations

import time
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from schoolsim.populations import PRIMARY, SECONDARY, SPECIAL, SchoolTable, school_attributes, synthetic_system
from schoolsim.populations.authorities import apportion, draw_setting, lay_out_squares
from schoolsim.populations.geography import nearest_same_phase, same_phase_within

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def england() -> list[SchoolTable]:
    return [synthetic_system(seed, authorities=151) for seed in SEEDS]


def mean_over(england: list[SchoolTable], phase: int, figure: object) -> float:
    return float(np.mean([figure(table.of_phase(phase)) for table in england]))  # type: ignore[operator]


def share_between(values: np.ndarray, group: np.ndarray) -> float:
    """Share of variance between groups (intraclass correlation by analysis of variance)."""
    size = np.bincount(group)
    mean = np.bincount(group, values) / size
    groups, n = len(size), len(values)
    between = (size * (mean - values.mean()) ** 2).sum() / (groups - 1)
    within = ((values - mean[group]) ** 2).sum() / (n - groups)
    typical = (n - (size**2).sum() / n) / (groups - 1)
    return float((between - within) / (between + (typical - 1) * within))


def test_england_has_englands_numbers(england: list[SchoolTable]) -> None:
    schools = np.mean([len(table) for table in england])
    teachers = np.mean([table.teachers.sum() for table in england])
    assert schools == pytest.approx(21_203, rel=0.06)
    # 246,700 primary, 224,000 secondary and some 20,000 special: from the workforce census.
    assert teachers == pytest.approx(490_000, rel=0.06)


def test_england_is_drawn_in_two_seconds() -> None:
    synthetic_system(9, authorities=2)
    start = time.perf_counter()
    assert len(synthetic_system(9, authorities=151, schools=22_000)) == 22_000
    assert time.perf_counter() - start < 2.0


@pytest.mark.parametrize(
    ("phase", "column", "figure", "within"),
    [
        (PRIMARY, "disadvantage", 0.24, 0.05),
        (SECONDARY, "disadvantage", 0.33, 0.06),
        (SPECIAL, "disadvantage", 0.23, 0.08),
        (PRIMARY, "roll", 0.26, 0.08),
        (SECONDARY, "attainment", 0.09, 0.04),
    ],
)
def test_share_of_variance_between_authorities(
    england: list[SchoolTable], phase: int, column: str, figure: float, within: float
) -> None:
    made = mean_over(england, phase, lambda table: share_between(getattr(table, column), table.authority))
    assert made == pytest.approx(figure, abs=within)


@pytest.mark.parametrize(
    ("phase", "column", "figure", "within"),
    [
        (PRIMARY, "disadvantage", 0.54, 0.06),
        (SECONDARY, "disadvantage", 0.42, 0.07),
        (SECONDARY, "attainment", 0.17, 0.04),
    ],
)
def test_likeness_of_neighbours(
    england: list[SchoolTable], phase: int, column: str, figure: float, within: float
) -> None:
    def likeness(table: SchoolTable) -> float:
        values = getattr(table, column)
        return float(np.corrcoef(values, values[nearest_same_phase(table)[1]])[0, 1])

    assert mean_over(england, phase, likeness) == pytest.approx(figure, abs=within)


@pytest.mark.slow
def test_half_of_the_likeness_of_results_is_the_areas(monkeypatch: pytest.MonkeyPatch) -> None:
    def likeness(table: SchoolTable) -> float:
        secondary = table.of_phase(SECONDARY)
        return float(np.corrcoef(secondary.attainment, secondary.attainment[nearest_same_phase(secondary)[1]])[0, 1])

    with_areas = [likeness(synthetic_system(seed, authorities=60)) for seed in SEEDS]
    monkeypatch.setattr(school_attributes, "RESULTS_AREA", 0.0)
    by_poverty = [likeness(synthetic_system(seed, authorities=60)) for seed in SEEDS]
    assert np.mean(with_areas) - np.mean(by_poverty) == pytest.approx(0.08, abs=0.03)


def test_poor_schools_stand_close(england: list[SchoolTable]) -> None:
    def rank(table: SchoolTable) -> float:
        return float(stats.spearmanr(same_phase_within(table, 5.0), table.disadvantage)[0])

    assert mean_over(england, PRIMARY, rank) == pytest.approx(0.38, abs=0.12)
    assert mean_over(england, SECONDARY, rank) == pytest.approx(0.37, abs=0.12)


@pytest.mark.parametrize(("phase", "figure"), [(PRIMARY, 0.96), (SECONDARY, 0.90)])
def test_the_nearest_school_is_mostly_in_the_same_authority(
    england: list[SchoolTable], phase: int, figure: float
) -> None:
    def same(table: SchoolTable) -> float:
        return float((table.authority == table.authority[nearest_same_phase(table)[1]]).mean())

    # Squares have less border than real authorities.
    assert mean_over(england, phase, same) == pytest.approx(figure + 0.02, abs=0.03)


@pytest.mark.parametrize(
    ("phase", "quantiles"),
    [(PRIMARY, (2, 9, 24, 49, 113)), (SECONDARY, (0, 2, 6, 13, 34))],
)
def test_schools_within_five_kilometres(england: list[SchoolTable], phase: int, quantiles: tuple[float, ...]) -> None:
    def counts(table: SchoolTable) -> np.ndarray:
        return np.percentile(same_phase_within(table, 5.0), [5, 25, 50, 75])

    made = np.mean([counts(table.of_phase(phase)) for table in england], axis=0)
    # London's crowding (the last quantile) is out of reach of authorities in random order.
    assert made == pytest.approx(np.array(quantiles[:4]), rel=0.4, abs=1)


@pytest.mark.parametrize(("phase", "mean", "sd"), [(PRIMARY, -0.229, 0.947), (SECONDARY, 0.332, 1.009)])
def test_distance_to_the_nearest(england: list[SchoolTable], phase: int, mean: float, sd: float) -> None:
    far = [nearest_same_phase(table.of_phase(phase))[0] for table in england]
    log_distance = np.log(np.concatenate([one[one > 0.03] for one in far]))
    assert log_distance.mean() == pytest.approx(mean, abs=0.16)
    assert log_distance.std() == pytest.approx(sd, abs=0.09)


def test_authorities_differ_as_englands_do(england: list[SchoolTable]) -> None:
    means, sizes = [], []
    for table in england:
        primaries = table.of_phase(PRIMARY)
        count = np.bincount(primaries.authority)
        means += list(np.bincount(primaries.authority, primaries.disadvantage) / count)
        sizes += list(count)
    # Of 151 authorities: mean share on free meals p10, 50, 90; primary schools p5, 25, 50, 75, 95.
    assert np.percentile(means, [10, 50, 90]) == pytest.approx([0.09, 0.15, 0.25], rel=0.12)
    made = np.percentile(sizes, [5, 25, 50, 75, 95])
    assert made == pytest.approx([30, 52, 71, 126, 307], rel=0.2)


def test_settings_keep_to_their_bounds_and_to_their_authority() -> None:
    drawn = [draw_setting(seed, 100_000) for seed in range(300)]
    assert len({setting.density for setting in drawn}) == 300
    density = [setting.density for setting in drawn]
    schools = [setting.schools for setting in drawn]
    # Large authorities are thinly settled: rank correlation -.54.
    assert stats.spearmanr(density, schools)[0] == pytest.approx(-0.54, abs=0.12)


@settings(deadline=None)
@given(st.lists(st.floats(0.5, 80.0), min_size=1, max_size=25))
def test_squares_never_overlap(sides: list[float]) -> None:
    length = np.array(sides)
    corner = lay_out_squares(length)
    assert corner.min() >= 0
    for one, other in combinations(range(len(sides)), 2):
        low = np.maximum(corner[one], corner[other])
        high = np.minimum(corner[one] + length[one], corner[other] + length[other])
        assert (high - low).min() <= 1e-9


@settings(deadline=None)
@given(st.lists(st.integers(21, 600), min_size=1, max_size=40), st.integers(0, 3_000))
def test_schools_are_shared_out_to_the_last(sizes: list[int], more: int) -> None:
    schools = 4 * len(sizes) + more
    made = apportion(sizes, schools)
    assert sum(made) == schools
    assert min(made) >= 4
