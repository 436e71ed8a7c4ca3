"""The ranking of policies, and how indices settle, as figures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schoolsim.figures import FigureError, Tables, draw
from schoolsim.figures.convergence import plot_convergence
from schoolsim.figures.ranking import plot_ranking
from tests.analysis.made_up_study import PROVENANCE
from tests.analysis.made_up_worlds import badge_study
from tests.analysis.test_sensitivity import design_of, linear, runs_of
from tests.figures.overlaps import faults

COLUMNS = [{"name": "progress.mean", "role": "outcome", "unit": "pp"}]


def worlds(number: int = 30) -> Tables:
    runs, design = badge_study(number=number)
    return Tables(runs, None, COLUMNS, design)


def test_the_best_stands_first_with_its_rank_beside_it() -> None:
    made = draw(worlds(240), {"kind": "ranking"}, PROVENANCE)
    ax = plot_ranking(made.table, columns=COLUMNS)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["no badge", "badge"]
    marks = np.concatenate([container.lines[0].get_xdata() for container in ax.containers])
    assert sorted(marks) == pytest.approx(sorted(made.table["difference"]))
    assert "clearly behind" in ax.get_legend_handles_labels()[1]
    assert [text.get_text() for text in ax.child_axes[0].get_yticklabels()][0].startswith("1")


def test_fewer_policies_and_other_intervals_are_heeded() -> None:
    narrow = draw(worlds(), {"kind": "ranking", "confidence": 0.5}, PROVENANCE)
    wide = draw(worlds(), {"kind": "ranking"}, PROVENANCE)
    assert narrow.table["low"].iloc[1] > wide.table["low"].iloc[1]
    assert "50% interval over 30 worlds" in narrow.caption
    with pytest.raises(FigureError, match="most = 1"):
        draw(worlds(), {"kind": "ranking", "most": 1}, PROVENANCE)


def sample() -> Tables:
    design = design_of("saltelli", points=32)
    runs = runs_of(design, linear).assign(seed=1, run="r", error="")
    return Tables(runs, None, [{"name": "y", "role": "outcome"}], design.layout)


def test_indices_settle_to_those_of_the_whole_sample() -> None:
    made = draw(sample(), {"kind": "convergence", "inputs": 2}, PROVENANCE)
    assert list(dict.fromkeys(made.table["input"])) == ["a", "b"]
    assert set(made.table["index"]) == {"ST"}
    ax = plot_convergence(made.table)
    lines = [container.lines[0] for container in ax.containers]
    own = made.table[made.table["input"] == "a"].sort_values("points")
    assert np.allclose(lines[0].get_ydata(), own["value"])
    assert ax.get_xticks().tolist() == [20, 40, 80, 160]
    assert "The 2 largest of 3 inputs" in made.caption
    assert "hangs most on a" in made.alt


def test_what_is_no_sample_is_refused() -> None:
    with pytest.raises(FigureError, match="needs the sample"):
        draw(Tables(sample().runs, None, []), {"kind": "convergence"}, PROVENANCE)
    with pytest.raises(FigureError, match="no Saltelli sample|nothing can be drawn"):
        draw(worlds(), {"kind": "convergence"}, PROVENANCE)
    with pytest.raises(FigureError, match="one panel shows one index"):
        plot_convergence(pd.concat([draw(sample(), {"kind": "convergence"}, PROVENANCE).table] * 2))


@pytest.mark.parametrize("width", [pytest.param("page", marks=pytest.mark.slow), "column"])
def test_they_are_legible(width: str) -> None:
    assert faults(draw(worlds(), {"kind": "ranking", "width": width}, PROVENANCE).figure) == []
    assert faults(draw(sample(), {"kind": "convergence", "width": width}, PROVENANCE).figure) == []
