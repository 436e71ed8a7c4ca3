"""Reading a runs table: swept columns, outcomes, points that coincide."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schoolsim.analysis import (
    AnalysisError,
    contrast,
    half_term_runs,
    level_table,
    outcome_columns,
    run_table,
    swept_columns,
)
from tests.analysis.made_up_study import SWEPT


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


@pytest.mark.parametrize(
    ("rows", "repeats"),
    [
        ([(0, "a", 1.0), (0, "b", 1.0), (1, "a", 1.0)], False),
        ([(0, "a", 1.0), (0, "b", 1.0), (0, "a", 1.0)], True),
        ([(0, "a", np.nan), (0, "a", 1.0)], False),
        ([(0, "a", np.nan), (0, "a", np.nan)], True),
    ],
)
def test_rows_that_agree_in_all_columns_repeat(rows: list[tuple[object, ...]], repeats: bool) -> None:
    frame = pd.DataFrame(rows, columns=["x", "y", "z"])
    assert run_table._repeats(frame, ["x", "y", "z"]) is repeats


@pytest.mark.parametrize("row", [0, 299])
def test_rows_repeat_among_more_combinations_than_a_number_can_count(row: int) -> None:
    names = [f"x{place}" for place in range(9)]
    frame = pd.DataFrame({name: np.arange(300) for name in names})
    assert not run_table._repeats(frame, names)
    assert run_table._repeats(pd.concat([frame, frame.iloc[[row]]]), names)


def test_one_replication_has_one_seed() -> None:
    replications, seeds = np.array([0, 1, 0, 1]), pd.Series([7, 8, 7, 8])
    assert not run_table._seeds_differ(replications, seeds)
    assert run_table._seeds_differ(replications, seeds.replace(8, 7).where(seeds.index != 3, 9))
    assert not run_table._seeds_differ(replications, seeds.where(seeds.index != 3))
