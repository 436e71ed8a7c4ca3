"""The plane of originators and partners."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schoolsim.analysis import contrast, level_table
from schoolsim.figures import FigureError, Tables, draw
from schoolsim.figures.plane import plot_plane
from tests.analysis.made_up_study import COLUMNS, PROVENANCE
from tests.figures.conftest import SETTING
from tests.figures.overlaps import faults

TWO = ["progress.originator", "progress.partner"]


def options(**more: object) -> dict[str, object]:
    return {"kind": "plane", "outcomes": TWO, **more}


def test_marks_stand_at_the_two_differences(runs: pd.DataFrame) -> None:
    table = draw(Tables(runs, None, COLUMNS), options(panels=""), PROVENANCE).table
    expected = contrast(runs, "badging.scope", baseline="none", outcomes=TWO)
    for name in TWO:
        own = expected[expected["outcome"] == name]
        assert table[table["outcome"] == name]["mean"].tolist() == pytest.approx(own["mean"].tolist())
        assert table[table["outcome"] == name]["low"].tolist() == pytest.approx(own["low"].tolist())
    ax = plot_plane(table, "badging.scope", columns=COLUMNS)
    marks = {line.get_label(): line for line in ax.get_lines() if not str(line.get_label()).startswith("_")}
    assert list(marks) == ["a badge on the originating school alone", "a badge on the whole partnership"]
    own = table.set_index(["badging.scope", "outcome"])["mean"]
    collective = marks["a badge on the whole partnership"]
    assert np.allclose(collective.get_xdata(), own["collective", "progress.originator"])
    assert np.allclose(collective.get_ydata(), own["collective", "progress.partner"])
    assert ax.get_xlabel().replace("\n", " ").startswith("Difference: progress, originating schools")


def test_levels_panels_and_replications_are_heeded(runs: pd.DataFrame) -> None:
    made = draw(Tables(runs, None, COLUMNS), options(show="level", lever="funding.purse", confidence=0.5), PROVENANCE)
    expected = level_table(runs, outcomes=TWO, by=["funding.purse", SETTING], confidence=0.5)
    assert made.table["low"].tolist() == pytest.approx(expected["low"].tolist())
    small = [line for line in made.figure.axes[0].get_lines() if len(np.atleast_1d(line.get_xdata())) == 20]
    assert len(small) == 2
    bare = draw(Tables(runs, None, COLUMNS), options(replications=False), PROVENANCE)
    assert "Small marks" not in bare.caption
    assert not [line for line in bare.figure.axes[0].get_lines() if len(np.atleast_1d(line.get_xdata())) == 20]


def test_what_a_study_lacks_is_named(runs: pd.DataFrame) -> None:
    with pytest.raises(FigureError, match=r"needs gain.originator and gain.partner.*under \[outcomes\], in measure"):
        draw(Tables(runs, None, COLUMNS), {"kind": "plane"}, PROVENANCE)
    with pytest.raises(FigureError, match="is of two outcomes"):
        draw(Tables(runs, None, COLUMNS), options(outcomes=TWO[:1]), PROVENANCE)


@pytest.mark.parametrize("width", [pytest.param("page", marks=pytest.mark.slow), "column"])
def test_it_is_legible(runs: pd.DataFrame, width: str) -> None:
    assert faults(draw(Tables(runs, None, COLUMNS), options(width=width), PROVENANCE).figure) == []
