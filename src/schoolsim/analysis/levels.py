"""Mean levels of outcomes by scenario, and half-term by half-term."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from schoolsim.analysis.intervals import by_replication, check_confidence, mean_table, with_dropped
from schoolsim.analysis.run_table import (
    FIXED_COLUMNS,
    AnalysisError,
    draws_of,
    measured,
    require_known,
    swept_columns,
)


def level_table(
    runs: pd.DataFrame,
    *,
    outcomes: Sequence[str],
    by: Sequence[str] = (),
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Mean of each outcome over replications, with its t interval.

    Args:
        runs: A runs table, or what `half_term_runs` returns.
        outcomes: Outcomes wanted.
        by: Swept columns that make a row each; the rest are averaged over within a replication.
            Empty: every scenario is a row.
        confidence: Coverage of the interval of the mean.

    Returns:
        Columns `outcome`, those of `by`, `mean`, `low`, `high`, `n`, `sd`, `share_positive`,
        `dropped` (runs left out because they failed) and `confidence`; where replications are run in worlds
        also `replications` and `from_worlds`, as in `mean_table`.

    Raises:
        AnalysisError: If a name is unknown, an outcome is not finite, or runs are too few.
    """
    values, groups, frame = _values(runs, outcomes, by)
    table = mean_table(values, groups, confidence=confidence, draws=draws_of(runs))
    return with_dropped(table, groups, frame, outcomes)


def overall_table(runs: pd.DataFrame, *, outcomes: Sequence[str], confidence: float = 0.95) -> pd.DataFrame:
    """Mean of each outcome over all scenarios, with its t interval over replications; a study of one point has one.

    Args:
        runs: A runs table.
        outcomes: Outcomes wanted.
        confidence: Coverage of the interval.

    Returns:
        The columns of `level_table`.
    """
    whole = runs.copy()
    whole.insert(sum(name in FIXED_COLUMNS for name in runs), "study", "all")
    return level_table(whole, outcomes=outcomes, by=["study"], confidence=confidence).drop(columns="study")


def spread_table(
    runs: pd.DataFrame, *, outcomes: Sequence[str], by: Sequence[str] = (), share: float = 0.8
) -> pd.DataFrame:
    """Mean of each outcome, and the band that holds the middle `share` of replications.

    Returns:
        The columns of `level_table` with `low` and `high` quantiles over replications, and
        `share` in place of `confidence`.

    Raises:
        AnalysisError: As for `level_table`, or if `share` is not between 0 and 1.
    """
    check_confidence(share)
    values, groups, frame = _values(runs, outcomes, by)
    table = mean_table(values, groups).drop(columns="confidence").assign(share=share)
    for column, quantile in (("low", 0.5 - share / 2), ("high", 0.5 + share / 2)):
        bounds = values.groupby(level=groups, observed=True).quantile(quantile)
        table[column] = pd.concat([bounds[o] for o in outcomes]).to_numpy()
    return with_dropped(table, groups, frame, outcomes)


def without_seed_levels(runs: pd.DataFrame, outcomes: Sequence[str]) -> pd.DataFrame:
    """Runs without what a seed has at every scenario, so that the intervals of levels are those of comparing them.

    From each run is taken its replication's mean over scenarios, and the mean of all is put in its place; what is left
    is scaled so that its variance is not too small (Morey 2008, doi 10.20982/tqmp.04.2.p061). Means do not move where
    every replication met every scenario.

    Args:
        runs: A runs table.
        outcomes: Outcomes wanted.
    """
    found = runs.copy()
    scenarios = runs["point"].nunique()
    scale = (scenarios / (scenarios - 1)) ** 0.5 if scenarios > 1 else 1.0
    finished = runs["status"] == "ok"
    for name in outcomes:
        values = runs[name].astype(float).where(finished)
        own, at_point = (values.groupby(runs[by]).transform("mean") for by in ("replication", "point"))
        found[name] = at_point + scale * (values - own - at_point + values.mean())
    return found


def half_term_runs(series: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """A runs table in which `half_term` is one more swept column.

    So `contrast`, `level_table` and the rest work half-term by half-term with
    `by=("half_term", ...)`.

    Args:
        series: Columns `run`, `half_term`, `outcome`, `value`.
        runs: The runs table of the same study.

    Returns:
        One row a run and half-term; failed runs have blank outcomes.

    Raises:
        AnalysisError: If a column is missing or a value is given twice.
    """
    for name in ("run", "half_term", "outcome", "value"):
        require_known(name, series.columns, "column in the series table")
    if "point" in series:  # points of a sample that coincide are the same runs, and stand there as often
        lowest = series.groupby("run")["point"].transform("min")
        series = series[series["point"] == lowest]
    twice = int(series.duplicated(["run", "half_term", "outcome"]).sum())
    if twice:
        raise AnalysisError(f"{twice} rows of the series table repeat a run, half-term and outcome")
    outcomes = list(series["outcome"].astype(str).unique())
    swept = swept_columns(runs, outcomes)
    wide = series.assign(outcome=series["outcome"].astype(str)).pivot(
        index=["run", "half_term"], columns="outcome", values="value"
    )
    half_terms = pd.DataFrame({"half_term": sorted(series["half_term"].unique())})
    fixed = [c for c in FIXED_COLUMNS if c in runs]
    merged = runs[[*fixed, *swept]].merge(half_terms, how="cross")
    merged = merged.merge(wide[outcomes].reset_index(), on=["run", "half_term"], how="left")
    merged["point"] = merged.groupby(["point", "half_term"]).ngroup()
    return merged


def _values(
    runs: pd.DataFrame, outcomes: Sequence[str], by: Sequence[str]
) -> tuple[pd.DataFrame, list[str], pd.DataFrame]:
    frame, swept = measured(runs, outcomes)
    if not swept:
        # One scenario only: a constant column stands for it.
        frame, swept = frame.assign(scenario="all"), ["scenario"]
    groups = list(by) or swept
    for name in groups:
        require_known(name, swept, "swept column")
    return by_replication(frame, groups, swept, outcomes), groups, frame
