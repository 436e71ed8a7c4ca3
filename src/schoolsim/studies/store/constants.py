"""Columns of what a study sets and does not vary between points: its constants, and the worlds of its replications."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa

from schoolsim.studies.seeds import world_of


def constant_columns(fixed: Mapping[str, object], worlds: pd.DataFrame, replications: pd.Series) -> dict[str, pa.Array]:
    """The value of every parameter that is no column of the design, for some runs.

    Args:
        fixed: Parameters that are the same in all runs.
        worlds: Worlds that replications are run in; empty where they differ in the seed alone.
        replications: The replication of each run.

    Returns:
        A column a parameter, in the order of `fixed`, then of `worlds`.
    """
    columns = {}
    for name, value in fixed.items():
        kind = pa.array([value]).type
        columns[name] = pa.array([value] * len(replications), kind)
    if len(worlds):
        drawn = worlds.iloc[world_of(replications, len(worlds)).to_numpy()]
        columns |= {str(name): pa.array(drawn[name]) for name in drawn}
    return columns


def with_columns(runs: pa.Table, columns: Mapping[str, pa.Array], place: int) -> pa.Table:
    """A table of runs with more columns at a place, before its outcomes."""
    for offset, (name, column) in enumerate(columns.items()):
        runs = runs.add_column(place + offset, name, column)
    return runs
