"""Ranks policies over worlds: differences from the best with intervals, and the ranks that each may have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from schoolsim.analysis.intervals import check_confidence
from schoolsim.analysis.policies import PolicyRuns
from schoolsim.analysis.run_table import AnalysisError
from schoolsim.analysis.yardsticks import FEWEST, RESAMPLES


def ranking(policies: PolicyRuns, outcomes: Mapping[str, str], *, confidence: float = 0.95) -> pd.DataFrame:
    """Policies from best to worst by each outcome, over the worlds they all met.

    Args:
        policies: The study's runs, by policy and world.
        outcomes: Outcome to `max` where more is better, `min` where less is.
        confidence: Coverage of the intervals.

    Returns:
        One row an outcome and policy, the best first: `outcome`, `policy`, `rank`, `rank_low` and `rank_high` (of
        `RESAMPLES` resamples), `mean`, `difference` from the best, paired, with the Student t interval `low` to `high`;
        `n`, and `unit`: "worlds" over which replications were averaged, or "replications" where worlds are fewer than
        `FEWEST`.

    Raises:
        AnalysisError: There are not two policies, a direction is unknown, or fewer than two rows to compare.
    """
    check_confidence(confidence)
    if len(policies.levers) < 2:
        raise AnalysisError("there is one policy only, so nothing to rank: list the levels of a lever")
    return pd.concat([_of(policies, name, way, confidence) for name, way in outcomes.items()], ignore_index=True)


_SIGNS: Final = {"max": 1.0, "min": -1.0}


def _of(policies: PolicyRuns, outcome: str, way: str, confidence: float) -> pd.DataFrame:
    if way not in _SIGNS:
        raise AnalysisError(f'"{outcome}:{way}" has no direction: "{outcome}:max" or "{outcome}:min"')
    values = policies.values(outcome).dropna()
    unit = "world" if values.index.get_level_values("world").nunique() >= FEWEST else "replication"
    wide = values.groupby(level=unit).mean()
    if len(wide) < 2:
        raise AnalysisError(f"in fewer than two {unit}s have all policies a value of {outcome}: nothing to rank")
    scores = _SIGNS[way] * wide
    order = scores.mean().sort_values(ascending=False, kind="stable").index
    rows = wide[order].to_numpy(dtype=float)
    paired = rows - rows[:, :1]
    half = stats.t.ppf(0.5 + confidence / 2, len(rows) - 1) * paired.std(axis=0, ddof=1) / np.sqrt(len(rows))
    low, high = _ranks(_SIGNS[way] * rows, confidence)
    return pd.DataFrame({
        "outcome": outcome, "policy": list(order), "rank": range(1, len(order) + 1), "rank_low": low,
        "rank_high": high, "mean": rows.mean(axis=0), "difference": paired.mean(axis=0),
        "low": paired.mean(axis=0) - half, "high": paired.mean(axis=0) + half, "n": len(rows), "unit": f"{unit}s",
    })  # fmt: skip


def _ranks(scores: np.ndarray, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and highest rank of each column that resampled rows give, more being better."""
    # The same draws for every outcome: two rankings of one study differ by what they measure alone.
    chosen = np.random.default_rng(RESAMPLES).integers(0, len(scores), (RESAMPLES, len(scores)))
    means = np.stack([scores[rows].mean(axis=0) for rows in chosen])
    ranks = stats.rankdata(-means, axis=1, method="min")
    tail = 0.5 - confidence / 2
    bounds = np.quantile(ranks, (tail, 1.0 - tail), axis=0, method="nearest").astype(int)
    return bounds[0], bounds[1]
