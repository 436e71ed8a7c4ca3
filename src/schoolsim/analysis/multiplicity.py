"""Adjustment for multiple comparisons: Holm's p values and simultaneous intervals.

Both are off unless called: a table of contrasts has one interval a row, each on its own.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from schoolsim.analysis.intervals import t_interval


def holm(table: pd.DataFrame) -> pd.DataFrame:
    """Add `p` (paired t, two-sided) and `p_holm`, adjusted over all rows of the table.

    Source: Holm (1979), Scandinavian Journal of Statistics 6(2):65-70.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (table["mean"] / (table["sd"] / np.sqrt(table["n"]))).abs().to_numpy()
    p = 2 * stats.t.sf(np.nan_to_num(t, nan=0.0, posinf=np.inf), table["n"] - 1)
    order = np.argsort(p, kind="stable")
    steps = p[order] * (len(p) - np.arange(len(p)))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return table.assign(p=p, p_holm=adjusted)


def simultaneous(table: pd.DataFrame) -> pd.DataFrame:
    """Widen the intervals so that all cover together at the table's confidence (Bonferroni).

    Returns:
        The table with new `low` and `high`, and `family`, the number of rows they cover together.
    """
    confidence = 1 - (1 - table["confidence"]) / len(table)
    low, high = t_interval(table, confidence)
    return table.assign(low=low, high=high, family=len(table))
