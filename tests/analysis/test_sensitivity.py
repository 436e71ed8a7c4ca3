"""Sobol and Morris: known answers, and every table that would give a wrong one is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schoolsim.analysis import AnalysisError, morris, sobol
from schoolsim.analysis.sensitivity import growing
from schoolsim.studies.designs import Design, Sampling, joint, listed, ranged

INPUTS = ("a", "b", "c")


def design_of(kind: str, *, lever: bool = False, second: bool = False, points: int = 256) -> Design:
    axes = [ranged(name, 0.0, 2.0) for name in INPUTS]
    if lever:
        axes.insert(0, listed({"badge": ["none", "all"]}, lever=True))
    size = {"trajectories": 12, "levels": 6} if kind == "morris" else {"points": points}
    return joint(axes, Sampling(kind, second_order=second, **size), seed=4, cross=lever)


def runs_of(design: Design, function, *, replications: int = 1, noise: float = 0.0) -> pd.DataFrame:
    """A runs table: every point, every replication, a seed's own level in all its runs."""
    rng = np.random.default_rng(8)
    level = rng.normal(0.0, 5.0, replications)
    tables = []
    for replication in range(replications):
        table = design.points.copy().astype({name: float for name in INPUTS})
        table.insert(0, "point", np.arange(len(table)))
        table.insert(1, "replication", replication)
        table.insert(2, "status", "ok")
        value = function(table) + level[replication] * (replications > 1)
        tables.append(table.assign(y=value + rng.normal(0.0, noise, len(table))))
    return pd.concat(tables, ignore_index=True)


def linear(table: pd.DataFrame) -> pd.Series:
    return 3.0 * table["a"] - 1.0 * table["b"] + 0.0 * table["c"]


def product(table: pd.DataFrame) -> pd.Series:
    return (table["a"] - 1.0) * (table["b"] - 1.0)


def value(table: pd.DataFrame, index: str, name: str, column: str = "value") -> float:
    (found,) = table.loc[(table["index"] == index) & (table["input"] == name), column]
    return float(found)


def test_a_linear_function_has_the_indices_of_its_variances() -> None:
    design = design_of("saltelli", points=1024)
    table = sobol(runs_of(design, linear), design.layout, ["y"])
    for index in ("S1", "ST"):
        for name, exact in zip(INPUTS, (0.9, 0.1, 0.0), strict=True):
            low, high = value(table, index, name, "low"), value(table, index, name, "high")
            assert low - 0.02 <= exact <= high + 0.02
            assert value(table, index, name) == pytest.approx(exact, abs=0.05)
    assert set(table["points"]) == {1024 * 5}


def test_an_interaction_is_second_order_and_in_both_totals() -> None:
    design = design_of("saltelli", points=1024, second=True)
    table = sobol(runs_of(design, product), design.layout, ["y"])
    assert value(table, "S2", "a x b") == pytest.approx(1.0, abs=0.15)
    assert value(table, "S1", "a") == pytest.approx(0.0, abs=0.1)
    assert value(table, "ST", "a") == pytest.approx(1.0, abs=0.15)


def test_without_second_order_in_the_sample_none_is_given() -> None:
    design = design_of("saltelli")
    assert set(sobol(runs_of(design, linear), design.layout, ["y"])["index"]) == {"S1", "ST"}


def test_morris_effects_are_in_units_of_the_outcome_over_the_whole_range() -> None:
    design = design_of("morris")
    table = morris(runs_of(design, linear), design.layout, ["y"])
    assert value(table, "mu", "a") == pytest.approx(6.0)
    assert value(table, "mu", "b") == pytest.approx(-2.0)
    assert value(table, "mu_star", "b") == pytest.approx(2.0)
    assert value(table, "sigma", "a") == pytest.approx(0.0, abs=1e-9)
    assert value(table, "mu_star", "c") == pytest.approx(0.0, abs=1e-9)


def test_replications_are_averaged_and_a_seeds_own_level_is_no_noise() -> None:
    design = design_of("saltelli", points=512)
    runs = runs_of(design, linear, replications=4, noise=0.5)
    table = sobol(runs, design.layout, ["y"])
    assert value(table, "S1", "a") == pytest.approx(0.9, abs=0.1)
    assert set(table["replications"]) == {4}
    # noise .5 squared over 4 replications, against a variance of 10/3 and that noise.
    assert table["noise"].iloc[0] == pytest.approx(0.0625 / (10 / 3 + 0.0625), rel=0.2)
    assert np.isnan(sobol(runs[runs["replication"] == 0], design.layout, ["y"])["noise"]).all()


def test_the_order_of_rows_is_nothing() -> None:
    design = design_of("saltelli")
    runs = runs_of(design, linear, replications=2, noise=0.1)
    shuffled = runs.sample(frac=1.0, random_state=3)
    pd.testing.assert_frame_equal(sobol(runs, design.layout, ["y"]), sobol(shuffled, design.layout, ["y"]))


def test_policies_are_kept_apart() -> None:
    design = design_of("saltelli", lever=True, points=512)

    def swapped(table: pd.DataFrame) -> pd.Series:
        return table["a"].where(table["badge"] == "none", table["b"])

    table = sobol(runs_of(design, swapped), design.layout, ["y"])
    for policy, name in ((0, "a"), (1, "b")):
        assert value(table[table["policy"] == policy], "ST", name) == pytest.approx(1.0, abs=0.1)


def test_a_seed_of_zero_is_a_seed() -> None:
    design = design_of("saltelli")
    runs = runs_of(design, linear)
    one, two = (sobol(runs, design.layout, ["y"], seed=0) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    assert not one["low"].equals(sobol(runs, design.layout, ["y"], seed=1)["low"])


@pytest.mark.parametrize("analyse", [sobol, morris])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_no_number_is_refused_with_a_count(analyse, bad: float) -> None:
    design = design_of("saltelli" if analyse is sobol else "morris")
    runs = runs_of(design, linear)
    runs.loc[[5, 9, 11], "y"] = bad
    with pytest.raises(AnalysisError, match=f'"y" is not a finite number in 3 of {len(runs)} runs .first: point 5'):
        analyse(runs, design.layout, ["y"])


@pytest.mark.parametrize("analyse", [sobol, morris])
def test_failed_runs_are_refused_with_a_count(analyse) -> None:
    design = design_of("saltelli" if analyse is sobol else "morris")
    runs = runs_of(design, linear)
    runs.loc[[3, 4], "status"] = ["failed", "timeout"]
    runs.loc[[3, 4], "y"] = np.nan
    with pytest.raises(AnalysisError, match=f"2 of {len(runs)} runs did not finish, at 2 points .first: point 3"):
        analyse(runs, design.layout, ["y"])


def test_a_missing_run_is_refused() -> None:
    design = design_of("saltelli")
    runs = runs_of(design, linear, replications=2).drop(index=7)
    with pytest.raises(AnalysisError, match="1 of .* runs are missing"):
        sobol(runs, design.layout, ["y"])


def test_a_design_of_another_kind_is_refused() -> None:
    wrong = design_of("morris")
    with pytest.raises(AnalysisError, match="kind saltelli"):
        sobol(runs_of(wrong, linear), wrong.layout, ["y"])
    wrong = design_of("saltelli")
    with pytest.raises(AnalysisError, match="kind morris"):
        morris(runs_of(wrong, linear), wrong.layout, ["y"])
    grid = wrong.layout[["policy", "world"]]
    with pytest.raises(AnalysisError, match="no sample"):
        sobol(runs_of(wrong, linear), grid, ["y"])


def test_an_outcome_that_never_varies_is_refused() -> None:
    design = design_of("saltelli")
    with pytest.raises(AnalysisError, match="the same at every point"):
        sobol(runs_of(design, lambda table: 0.0 * table["a"] + 7.3), design.layout, ["y"])


def test_a_misspelt_outcome_is_answered_with_the_nearest() -> None:
    design = design_of("saltelli")
    runs = runs_of(design, linear).rename(columns={"y": "progress.mean"})
    with pytest.raises(AnalysisError, match="progress.mean"):
        sobol(runs, design.layout, ["progress.maen"])
    with pytest.raises(AnalysisError, match="list of at least one name"):
        sobol(runs, design.layout, "progress.mean")


def test_parts_of_a_sample_give_the_indices_of_that_part() -> None:
    design = design_of("saltelli", points=32)
    runs = runs_of(design, linear)
    table = growing(sobol, runs, design.layout, ["y"])
    assert sorted(set(table["points"])) == [20, 40, 80, 160]
    whole = sobol(runs, design.layout, ["y"])
    assert table[table["points"] == 160]["value"].tolist() == whole["value"].tolist()
    half = sobol(runs[runs["point"] < 80], design.layout.iloc[:80], ["y"])
    assert table[table["points"] == 80]["value"].tolist() == half["value"].tolist()


def test_parts_of_trajectories_too_and_under_each_policy() -> None:
    design = design_of("morris", lever=True)
    runs = runs_of(design, linear)
    table = growing(morris, runs, design.layout, ["y"])
    assert sorted(set(table["points"])) == [24, 48]
    assert set(table["policy"]) == {0, 1}
    assert value(table[(table["points"] == 24) & (table["policy"] == 1)], "mu_star", "a") == pytest.approx(6.0)
