"""Means over replications and their intervals."""

from __future__ import annotations

import pandas as pd
import pytest

from schoolsim.analysis import (
    AnalysisError,
    level_table,
)


def test_other_columns_are_averaged_within_replication(runs: pd.DataFrame) -> None:
    row = level_table(runs, outcomes=["trust.mean"], by=["badging.scope"]).iloc[0]
    cell = runs[runs["badging.scope"] == "none"].groupby("replication")["trust.mean"].mean()
    assert row["n"] == 60
    assert row["sd"] == pytest.approx(cell.std(ddof=1))


@pytest.mark.parametrize("name", ["n", "mean", "outcome", "dropped"])
def test_a_parameter_named_as_a_column_of_the_table_is_told(runs: pd.DataFrame, name: str) -> None:
    named = runs.rename(columns={"badging.scope": name})
    with pytest.raises(AnalysisError, match=rf'a swept column is named "{name}".*give it another name'):
        level_table(named, outcomes=["trust.mean"])
