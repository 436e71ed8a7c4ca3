"""Levels by scenario and by half-term."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from schoolsim.analysis import (
    AnalysisError,
    contrast,
    half_term_runs,
    level_table,
    spread_table,
    swept_columns,
)
from schoolsim.analysis.levels import without_seed_levels
from tests.analysis.made_up_study import SWEPT


def test_every_scenario_has_a_row(runs: pd.DataFrame) -> None:
    table = level_table(runs, outcomes=["trust.mean"])
    assert len(table) == 12
    cell = runs[runs["point"] == 0]["trust.mean"]
    interval = stats.ttest_1samp(cell, 0).confidence_interval()
    first = table.iloc[0]
    assert first[SWEPT].tolist() == ["none", "originator", 0.0]
    assert (first["low"], first["mean"], first["high"]) == pytest.approx((interval.low, cell.mean(), interval.high))


def test_a_study_of_one_scenario(runs: pd.DataFrame) -> None:
    one = runs[runs["point"] == 0].drop(columns=SWEPT)
    table = level_table(one, outcomes=["trust.mean"])
    assert table["mean"].tolist() == [pytest.approx(one["trust.mean"].mean())]


def test_failed_runs_are_left_out_and_counted(runs: pd.DataFrame) -> None:
    runs.loc[3, ["status", "trust.mean"]] = ["failed", 1e6]
    first = level_table(runs, outcomes=["trust.mean"]).iloc[0]
    assert (first["n"], first["dropped"]) == (59, 1)
    assert first["mean"] < 1


def test_the_band_holds_the_middle_of_the_replications(runs: pd.DataFrame) -> None:
    first = spread_table(runs, outcomes=["progress.partner", "trust.mean"]).iloc[12]
    cell = runs[runs["point"] == 0]["trust.mean"]
    assert (first["outcome"], first["share"]) == ("trust.mean", 0.8)
    assert (first["low"], first["high"]) == pytest.approx(tuple(np.quantile(cell, [0.1, 0.9])))


def test_contrasts_half_term_by_half_term(runs: pd.DataFrame, series: pd.DataFrame) -> None:
    long = half_term_runs(series, runs)
    assert swept_columns(long, ["trust.mean", "progress.partner"]) == [*SWEPT, "half_term"]
    table = contrast(long, "badging.scope", baseline="none", outcomes=["trust.mean"], by=["half_term"])
    assert table["half_term"].tolist() == [*range(12)] * 2
    last = series[(series["half_term"] == 11) & (series["outcome"] == "trust.mean")]
    values = runs[["run", *SWEPT]].merge(last, on="run")
    values = values.groupby(["badging.scope", "replication"])["value"].mean()
    interval = stats.ttest_rel(values["individual"], values["none"]).confidence_interval()
    row = table.iloc[11]
    assert (row["low"], row["high"], row["n"]) == pytest.approx((interval.low, interval.high, 60))


def test_a_failed_run_is_missing_from_every_half_term(runs: pd.DataFrame, series: pd.DataFrame) -> None:
    runs.loc[0, "status"] = "failed"
    series = series[series["run"] != runs.loc[0, "run"]]
    table = level_table(half_term_runs(series, runs), outcomes=["trust.mean"])
    first = table[(table["badging.scope"] == "none") & (table["dropped"] > 0)]
    assert len(first) == 12
    assert (first["n"] == 59).all()


def test_a_series_with_a_value_twice_is_refused(runs: pd.DataFrame, series: pd.DataFrame) -> None:
    with pytest.raises(AnalysisError, match="1 rows of the series table repeat"):
        half_term_runs(pd.concat([series, series.iloc[:1]]), runs)


def test_a_run_without_its_series_is_refused(runs: pd.DataFrame, series: pd.DataFrame) -> None:
    long = half_term_runs(series[series["run"] != runs.loc[0, "run"]], runs)
    with pytest.raises(AnalysisError, match="not a finite number in 12 of"):
        level_table(long, outcomes=["trust.mean"])


def test_levels_without_what_seeds_share_keep_their_means(runs: pd.DataFrame) -> None:
    alike = without_seed_levels(runs, ["progress.partner"])
    before, after = (level_table(one, outcomes=["progress.partner"]) for one in (runs, alike))
    assert after["mean"].tolist() == pytest.approx(before["mean"].tolist())
    # Seeds differ by 2 and a run from its seed by .25.
    assert before["sd"].min() > 1.0
    assert after["sd"].max() < 0.5
    failed = runs.assign(status=runs["status"].where(runs["run"] != runs["run"].iloc[0], "failed"))
    assert len(level_table(without_seed_levels(failed, ["progress.partner"]), outcomes=["progress.partner"])) == 12
