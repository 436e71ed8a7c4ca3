"""Figures of samples and of effects."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schoolsim.figures import FigureError, Tables, draw
from schoolsim.figures.sensitivity import plot_sensitivity
from tests.analysis.made_up_study import PROVENANCE


def indices() -> pd.DataFrame:
    rows = [
        {"outcome": "progress.mean", "policy": 0, "index": kind, "input": name, "value": value, "low": value - 0.1,
         "high": value + 0.1, "noise": 0.1}
        for kind, values in (("S1", (0.2, 0.6)), ("ST", (0.3, 0.7)))
        for name, value in zip(("learning.rate", "practice.effect_mean"), values, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_the_strongest_input_stands_first_and_bars_are_as_long_as_the_numbers() -> None:
    ax = plot_sensitivity(indices())
    assert [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()] == [
        "Effect of a practice on a class", "Speed of learning",
    ]  # fmt: skip
    widths = sorted(round(float(bar.get_width()), 6) for bar in ax.patches)
    assert widths == [0.2, 0.3, 0.6, 0.7]


def effects() -> pd.DataFrame:
    chance = np.random.default_rng(2)
    return pd.DataFrame({
        "run": [f"{k}" for k in range(10)], "point": 0, "replication": range(10), "seed": range(10), "status": "ok",
        "error": "", "effect.partner": chance.normal(0.5, 0.1, 10), "effect.mean": chance.normal(0.1, 0.1, 10),
    })  # fmt: skip


def test_effects_are_drawn_against_nothing() -> None:
    drawn = draw(Tables(effects(), None, {}), {"kind": "effects"}, PROVENANCE)
    assert drawn.table["outcome"].tolist() == ["effect.mean", "effect.partner"]
    assert drawn.table["mean"].tolist() == pytest.approx([effects()[name].mean() for name in drawn.table["outcome"]])


def test_a_study_without_effects_or_sample_is_told() -> None:
    bare = effects().drop(columns=["effect.partner", "effect.mean"]).assign(**{"trust.mean": 0.5})
    with pytest.raises(FigureError, match="needs effects"):
        draw(Tables(bare, None, {}), {"kind": "effects"}, PROVENANCE)
    with pytest.raises(FigureError, match="needs the sample"):
        draw(Tables(bare, None, {}), {"kind": "sensitivity"}, PROVENANCE)
