"""Adoption curves by mode and by source."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schoolsim.figures import FigureError, Tables, draw
from schoolsim.figures.adoption import MODES, SOURCES, plot_adoption
from tests.analysis.made_up_study import PROVENANCE
from tests.figures.overlaps import faults

HALF_TERMS = range(-6, 12)


def study(outcomes: tuple[str, ...]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two levels and three replications; the outcome at place k is k plus the replication, in every half-term."""
    rows = [
        {"run": f"{point}-{one}", "point": point, "replication": one, "seed": one, "status": "ok", "error": "",
         "badging.scope": level, "trust.mean": 0.5 + 0.01 * one}
        for point, level in enumerate(("none", "collective"))
        for one in range(3)
    ]  # fmt: skip
    series = [
        {"run": row["run"], "point": row["point"], "replication": row["replication"], "half_term": half_term,
         "outcome": name, "value": float(place + row["replication"]) if place else 0.0}
        for row in rows
        for place, name in enumerate(outcomes)
        for half_term in HALF_TERMS
    ]  # fmt: skip
    return pd.DataFrame(rows), pd.DataFrame(series)


def test_modes_are_drawn_from_the_first_half_term_of_the_policy() -> None:
    made = draw(Tables(*study(MODES), []), {"kind": "adoption"}, PROVENANCE)
    assert sorted(made.table["half_term"].unique()) == [*range(12)]
    last = made.table[made.table["outcome"] == MODES[2]]
    assert last["mean"].tolist() == pytest.approx([3.0] * 24)
    assert [ax.get_title(loc="left") for ax in made.figure.axes] == [
        "(a) No badge",
        "(b) A badge on the whole partnership",
    ]
    assert "Never above 0, and not drawn: partnerships that replicate" in made.caption
    assert MODES[0] not in set(made.table["outcome"])


def test_what_was_learnt_adds_up() -> None:
    made = draw(Tables(*study(SOURCES), []), {"kind": "adoption", "of": "sources", "panels": ""}, PROVENANCE)
    own = made.table[made.table["outcome"] == SOURCES[1]].sort_values("half_term")
    assert own["mean"].tolist() == pytest.approx([2.0 * count for count in range(1, 13)])
    assert made.figure.axes[0].get_ylabel().replace("\n", " ") == "Learnt since the policy began (mastery)"


def test_lines_and_bands_are_where_the_numbers_are() -> None:
    runs, series = study(MODES)
    table = draw(Tables(runs, series, []), {"kind": "adoption", "panels": "", "confidence": 0.5}, PROVENANCE).table
    ax = plot_adoption(table)
    (line,) = [line for line in ax.get_lines() if line.get_label() == "Partnerships that create"]
    own = table[table["outcome"] == MODES[3]]
    assert np.allclose(line.get_ydata(), own["mean"])
    assert np.allclose(line.get_xdata(), (own["half_term"] + 1) / 6)
    band = ax.collections[-1].get_paths()[0].get_extents()
    assert (band.y0, band.y1) == pytest.approx((own["low"].min(), own["high"].max()))
    with pytest.raises(FigureError, match="two rows stand at one half-term"):
        plot_adoption(pd.concat([table, table]))


def test_what_a_study_did_not_keep_is_named() -> None:
    runs, series = study(MODES[:2])
    with pytest.raises(
        FigureError, match=r"half-terms of partnerships.exchange and .*\[outcomes\], in measure and keep"
    ):
        draw(Tables(runs, series, []), {"kind": "adoption"}, PROVENANCE)
    with pytest.raises(FigureError, match='"adoption" needs series'):
        draw(Tables(runs, None, []), {"kind": "adoption"}, PROVENANCE)


@pytest.mark.parametrize("width", [pytest.param("page", marks=pytest.mark.slow), "column"])
def test_it_is_legible(width: str) -> None:
    assert faults(draw(Tables(*study(MODES), []), {"kind": "adoption", "width": width}, PROVENANCE).figure) == []
