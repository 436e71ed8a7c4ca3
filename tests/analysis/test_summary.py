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
    outcome_columns,
    spread_table,
    swept_columns,
)

SWEPT = ["badging.scope", "funding.purse", "market.choice_weight"]


def test_swept_columns_and_outcomes_are_told_apart(runs: pd.DataFrame) -> None:
    assert swept_columns(runs) == SWEPT
    assert outcome_columns(runs)[0] == "progress.partner"
    assert len(outcome_columns(runs)) == 5


def test_an_outcome_that_never_varies_is_no_lever_when_named(runs: pd.DataFrame) -> None:
    runs.insert(9, "pounds.spent", runs["point"] * 1000.0)
    assert swept_columns(runs, ["pounds.spent"]) == SWEPT
    table = contrast(runs, "badging.scope", baseline="none", outcomes=["pounds.spent"], by=["funding.purse"])
    assert table["mean"].tolist() == [4000, 4000, 8000, 8000]
    assert table["sd"].tolist() == [0, 0, 0, 0]


def test_every_scenario_has_a_row(runs: pd.DataFrame) -> None:
    table = level_table(runs, outcomes=["trust.mean"])
    assert len(table) == 12
    cell = runs[runs["point"] == 0]["trust.mean"]
    interval = stats.ttest_1samp(cell, 0).confidence_interval()
    first = table.iloc[0]
    assert first[SWEPT].tolist() == ["none", "originator", 0.0]
    assert (first["low"], first["mean"], first["high"]) == pytest.approx((interval.low, cell.mean(), interval.high))


def test_other_columns_are_averaged_within_replication(runs: pd.DataFrame) -> None:
    row = level_table(runs, outcomes=["trust.mean"], by=["badging.scope"]).iloc[0]
    cell = runs[runs["badging.scope"] == "none"].groupby("replication")["trust.mean"].mean()
    assert row["n"] == 60
    assert row["sd"] == pytest.approx(cell.std(ddof=1))


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


def coinciding(runs: pd.DataFrame, series: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same study with two of its points twice, as whole numbers in a sample make them."""
    again, through_time = (table[table["point"].isin([0, 5])] for table in (runs, series))
    again, through_time = (table.assign(point=table["point"] + 12) for table in (again, through_time))
    return pd.concat([runs, again], ignore_index=True), pd.concat([series, through_time], ignore_index=True)


def test_points_that_coincide_count_once(runs: pd.DataFrame, series: pd.DataFrame) -> None:
    more, longer = coinciding(runs, series)
    for ask in (
        lambda runs: level_table(runs, outcomes=["trust.mean"]),
        lambda runs: contrast(runs, "badging.scope", baseline="none", outcomes=["trust.mean"]),
    ):
        pd.testing.assert_frame_equal(ask(more), ask(runs))
        pd.testing.assert_frame_equal(ask(half_term_runs(longer, more)), ask(half_term_runs(series, runs)))


def test_of_points_that_coincide_the_run_that_ended_well_counts(runs: pd.DataFrame, series: pd.DataFrame) -> None:
    more, _ = coinciding(runs, series)
    for rows in (more["point"] == 0, more["point"] == 17):  # one before its twin, one after
        more.loc[rows & (more["replication"] == 3), ["status", "trust.mean"]] = ["timeout", np.nan]
    table = level_table(more, outcomes=["trust.mean"])
    pd.testing.assert_frame_equal(table, level_table(runs, outcomes=["trust.mean"]))
    more.loc[more["replication"] == 4, "status"] = "failed"
    assert level_table(more, outcomes=["trust.mean"])["dropped"].tolist() == [1] * 12


def test_points_that_coincide_and_differ_are_refused(runs: pd.DataFrame, series: pd.DataFrame) -> None:
    more, _ = coinciding(runs, series)
    more.loc[len(more) - 1, "trust.mean"] += 1e-9
    with pytest.raises(AnalysisError, match="1 rows repeat a scenario and replication"):
        level_table(more, outcomes=["trust.mean"])


def test_a_series_with_a_value_twice_is_refused(runs: pd.DataFrame, series: pd.DataFrame) -> None:
    with pytest.raises(AnalysisError, match="1 rows of the series table repeat"):
        half_term_runs(pd.concat([series, series.iloc[:1]]), runs)


def test_a_run_without_its_series_is_refused(runs: pd.DataFrame, series: pd.DataFrame) -> None:
    long = half_term_runs(series[series["run"] != runs.loc[0, "run"]], runs)
    with pytest.raises(AnalysisError, match="not a finite number in 12 of"):
        level_table(long, outcomes=["trust.mean"])


@pytest.mark.parametrize("name", ["n", "mean", "outcome", "dropped"])
def test_a_parameter_named_as_a_column_of_the_table_is_told(runs: pd.DataFrame, name: str) -> None:
    named = runs.rename(columns={"badging.scope": name})
    with pytest.raises(AnalysisError, match=rf'a swept column is named "{name}".*give it another name'):
        level_table(named, outcomes=["trust.mean"])
