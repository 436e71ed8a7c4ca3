"""Effects: sums of measures in cells, one number a replication, then a mean with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from schoolsim.analysis.intervals import mean_table


@dataclass(frozen=True)
class Term:
    """`weight` times a measure in a cell."""

    weight: float
    cell: str
    measure: str


@dataclass(frozen=True)
class Effect:
    """A mean over paired seeds.

    Args:
        mean: Of the replications that have a number.
        low: Of the 95% interval.
        high: Of the same.
        n: Replications that have a number.
        dropped: Replications that have none.
        level: Mean size of the terms, each without its sign: what the effect is small or large against.
    """

    mean: float
    low: float
    high: float
    n: int
    dropped: int
    level: float


def per_replication(runs: pd.DataFrame, terms: Sequence[Term], variant: str) -> pd.Series:
    """The sum of the terms in each replication: cells of one seed are paired.

    Args:
        runs: One row a run with `cell`, `variant`, `replication`, `status` and the measures.
        terms: What is added up.
        variant: Which variant of the experiment.

    Returns:
        A value a replication, NaN where a cell's run failed or a measure was not known.
    """
    finished = runs[(runs["variant"] == variant) & (runs["status"] == "ok")].set_index(["cell", "replication"])
    replications = sorted(runs["replication"].unique())
    total = pd.Series(0.0, index=pd.Index(replications, name="replication"))
    for term in terms:
        column = finished.xs(term.cell, level="cell")[term.measure]
        total = total + term.weight * column.reindex(replications)
    return total


def effect_of(runs: pd.DataFrame, terms: Sequence[Term], variant: str, above: float | None = None) -> Effect:
    """The mean of `per_replication` with its 95% interval (Student's t over replications).

    Args:
        runs: As `per_replication` takes them.
        terms: The same.
        variant: The same.
        above: Where given, the share of replications whose sum is this or more.
    """
    values = per_replication(runs, terms, variant)
    if above is not None:
        values = (values >= above).astype(float).where(values.notna())
    known = values.dropna()
    sizes = [abs(per_replication(runs, [Term(abs(t.weight), t.cell, t.measure)], variant)).mean() for t in terms]
    level = float(np.nanmean(sizes)) if not np.all(np.isnan(sizes)) else float("nan")
    dropped = int(values.isna().sum())
    if len(known) < 2:
        return Effect(float("nan"), float("nan"), float("nan"), len(known), dropped, level)
    frame = pd.DataFrame({"effect": known.to_numpy(), "all": 0, "replication": known.index})
    row = mean_table(frame.set_index(["all", "replication"]), ["all"]).iloc[0]
    return Effect(float(row["mean"]), float(row["low"]), float(row["high"]), len(known), dropped, level)
