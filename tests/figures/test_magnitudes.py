"""The figure of a calibration: distances from what was measured, and what lies beyond the edge."""

from __future__ import annotations

import pandas as pd
import pytest

from schoolsim.figures.magnitudes import REACH, magnitudes_figure, plot_magnitudes


def fit() -> pd.DataFrame:
    return pd.DataFrame({
        "target": ["spread", "turnover"], "value": [1.0, 0.0], "sd": [0.5, 0.1],
        "prior_mean": [0.0, 5.0], "prior_low": [-0.5, 4.0], "prior_high": [0.5, 6.0],
        "posterior_mean": [1.5, 0.1], "posterior_low": [1.0, 0.0], "posterior_high": [2.0, 0.2],
    })  # fmt: skip


def test_points_stand_at_their_distance_in_standard_deviations() -> None:
    ax = plot_magnitudes(fit())
    before, after = ([float(x) for x in line.get_xdata()] for line in ax.lines if line.get_linestyle() == "None")
    assert before == [-2.0, REACH]  # the second lies 50 standard deviations away
    assert after == pytest.approx([1.0, 1.0])
    assert [text.get_text() for text in ax.texts] == ["+50"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["spread", "turnover"]


def test_every_magnitude_has_its_row() -> None:
    low, high = sorted(magnitudes_figure(fit()).axes[0].get_ylim())
    assert low < 0.0 < 1.0 < high
