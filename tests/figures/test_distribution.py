"""Distributions of schools and of runs, with Kingsdown marked."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schoolsim.figures import FigureError, Tables, draw
from schoolsim.figures.distribution import KINGSDOWN, plot_distribution
from tests.analysis.made_up_study import PROVENANCE
from tests.figures.overlaps import faults


def runs() -> pd.DataFrame:
    return pd.DataFrame([
        {"run": f"{point}-{one}", "point": point, "replication": one, "seed": one, "status": "ok", "error": "",
         "programme.networks": point, "gain.partner": np.nan if point == 0 else float(one)}
        for point in (0, 1)
        for one in range(4)
    ])  # fmt: skip


def schools(years: tuple[int, ...] = (0, 2)) -> pd.DataFrame:
    """Forty schools a run, one of which rises by 21 points with a network; all others fall by 1."""
    return pd.DataFrame([
        {"run": row["run"], "point": row["point"], "replication": row["replication"], "half_term": 6 * year - 1,
         "outcome": "published", "urn": urn, "value": 40.0 + (21.0 if urn == 0 and row["point"] else -1.0) * year / 2}
        for row in runs().to_dict("records")
        for year in years
        for urn in range(40)
    ])  # fmt: skip


def tables(**given: object) -> Tables:
    columns = [{"name": "gain.partner", "role": "outcome"}]
    return Tables(runs(), None, columns, schools=given.get("schools", schools()))  # type: ignore[arg-type]


def test_kingsdown_is_marked_on_changes_of_two_years() -> None:
    made = draw(tables(), {"kind": "distribution"}, PROVENANCE)
    assert sorted(made.table["value"].unique()) == pytest.approx([-1.0, 21.0])
    assert "Kingsdown: from 7 to 27 per cent in two years (20.0): reached by 0.0% (0 networks), 2.5% (1 network)." in (
        made.caption
    )
    (ax,) = made.figure.axes
    assert [line.get_xdata()[0] for line in ax.get_lines() if line.get_linewidth() > 1.0] == [KINGSDOWN]
    unlike = draw(tables(schools=schools((0, 3))), {"kind": "distribution"}, PROVENANCE)
    assert "Kingsdown" not in unlike.caption
    own = draw(tables(), {"kind": "distribution", "mark": 5.0, "marked": "five points"}, PROVENANCE)
    assert "five points (5.0)" in own.caption


def test_shares_of_each_level_add_up() -> None:
    table = draw(tables(), {"kind": "distribution"}, PROVENANCE).table
    ax = plot_distribution(table, "programme.networks", bins=22)
    outlines = [patch for patch in ax.patches if not patch.get_fill()]
    assert [float(np.sum(patch.get_data().values)) for patch in outlines] == pytest.approx([100.0, 100.0])
    assert outlines[1].get_data().values[-1] == pytest.approx(2.5)
    assert [patch.get_label() for patch in outlines] == ["0 networks", "1 network"]


def test_runs_without_a_value_are_left_out() -> None:
    made = draw(tables(), {"kind": "distribution", "outcomes": ["gain.partner"], "bins": 5}, PROVENANCE)
    assert made.table["value"].tolist() == [0.0, 1.0, 2.0, 3.0]
    assert "4 runs" in made.caption
    assert "Kingsdown" not in made.caption


def test_what_was_not_kept_is_named() -> None:
    with pytest.raises(FigureError, match=r'schools = \["published"\] and school_years = \[0, 5\]'):
        draw(tables(), {"kind": "distribution", "years": [0, 5]}, PROVENANCE)
    with pytest.raises(FigureError, match="no table of schools"):
        draw(tables(schools=None), {"kind": "distribution"}, PROVENANCE)
    with pytest.raises(FigureError, match='"distribution" needs series'):
        draw(tables(), {"kind": "distribution", "outcomes": ["gain.partner"], "years": [0, 2]}, PROVENANCE)
    with pytest.raises(FigureError, match="is of one outcome"):
        draw(tables(), {"kind": "distribution", "outcomes": ["published", "roll"]}, PROVENANCE)


@pytest.mark.parametrize("width", [pytest.param("page", marks=pytest.mark.slow), "column"])
def test_it_is_legible(width: str) -> None:
    assert faults(draw(tables(), {"kind": "distribution", "width": width}, PROVENANCE).figure) == []
