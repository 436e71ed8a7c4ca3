"""Many contrasts at once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from schoolsim.analysis import holm, simultaneous


def table_of(p: list[float], n: int = 20) -> pd.DataFrame:
    """Contrasts whose two-sided p values are those given."""
    return pd.DataFrame(
        {
            "mean": stats.t.isf(np.array(p) / 2, n - 1) * [1, -1, 1, -1],
            "sd": np.sqrt(n),
            "n": n,
            "confidence": 0.95,
        }
    )


def test_holm_by_hand() -> None:
    table = holm(table_of([0.01, 0.04, 0.03, 0.005]))
    assert table["p"].tolist() == pytest.approx([0.01, 0.04, 0.03, 0.005])
    # sorted 0.005·4, 0.01·3, 0.03·2, 0.04·1, each at least the one before
    assert table["p_holm"].tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_holm_where_nothing_varies() -> None:
    table = pd.DataFrame({"mean": [0.0, 2.0], "sd": 0.0, "n": 5, "confidence": 0.95})
    assert holm(table)["p"].tolist() == [1.0, 0.0]


def test_simultaneous_intervals_hold_together() -> None:
    rng = np.random.default_rng(9)
    rows, families, n = 6, 250, 10
    hold_alone = hold_together = 0
    for _ in range(families):
        values = rng.normal(0, 1, (rows, n))
        table = pd.DataFrame({"mean": values.mean(axis=1), "sd": values.std(axis=1, ddof=1)})
        table = table.assign(n=n, confidence=0.95)
        half = stats.t.ppf(0.975, n - 1) * table["sd"] / np.sqrt(n)
        hold_alone += bool((table["mean"].abs() <= half).all())
        wide = simultaneous(table)
        hold_together += bool(((wide["low"] <= 0) & (wide["high"] >= 0)).all())
    # Bonferroni is a little cautious, so the share may exceed 0.95; its standard error is 0.014
    assert hold_together / families > 0.93
    assert hold_alone / families < 0.85
    assert (wide["family"] == rows).all()
