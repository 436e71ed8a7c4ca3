"""Interaction panels and dose curves show the paired differences they are given."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schoolsim.analysis import contrast
from schoolsim.figures import FigureError, Tables, draw
from schoolsim.figures.response import plot_dose, plot_interaction
from schoolsim.parameters import UserError
from tests.analysis.made_up_study import COLUMNS, PROVENANCE
from tests.figures.overlaps import faults

PARTNER = {"outcomes": ["progress.partner"]}


def drawn(runs: pd.DataFrame, **options: object) -> pd.DataFrame:
    return draw(Tables(runs, None, COLUMNS), {**PARTNER, **options}, PROVENANCE).table


def dosed(levels: tuple[float, ...] = (0.0, 5000.0, 10000.0), replications: int = 6) -> pd.DataFrame:
    """Runs in which each £1,000 adds .1, whatever the seed, which sets a level of its own; less under competition."""
    rows = [
        {"run": f"{point}-{replication}", "point": point, "replication": replication, "seed": replication,
         "status": "ok", "error": "", "funding.per_partnership": pounds, "market.choice_weight": weight,
         "progress.partner": 5.0 * replication + (1.0 - 0.5 * weight) * pounds / 10_000 + 0.01 * (replication % 2)}
        for point, (pounds, weight) in enumerate((one, other) for one in levels for other in (0.2, 1.0))
        for replication in range(replications)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_an_interaction_is_of_paired_differences_by_both(runs: pd.DataFrame) -> None:
    table = drawn(runs, kind="interaction")
    expected = contrast(runs, "badging.scope", baseline="none", outcomes=PARTNER["outcomes"], by=["funding.purse"])
    assert table["mean"].tolist() == expected["mean"].tolist()
    assert table["badging.scope"].tolist() == expected["level"].tolist()


def test_every_option_of_an_interaction_is_heeded(runs: pd.DataFrame) -> None:
    table = drawn(
        runs, kind="interaction", lever="funding.purse", baseline="partnership", lines="market.choice_weight",
        panels="badging.scope", confidence=0.5,
    )  # fmt: skip
    expected = contrast(
        runs, "funding.purse", baseline="partnership", outcomes=PARTNER["outcomes"],
        by=["market.choice_weight", "badging.scope"], confidence=0.5,
    )  # fmt: skip
    assert table[["mean", "low"]].to_numpy().tolist() == expected[["mean", "low"]].to_numpy().tolist()
    levels = drawn(runs, kind="interaction", show="level")
    assert len(levels) == 6
    assert "baseline" not in levels
    assert set(drawn(runs, kind="interaction", lines="")["badging.scope"]) == {"individual", "collective"}


def test_marks_stand_at_the_differences_with_the_baseline_at_nothing(runs: pd.DataFrame) -> None:
    table = drawn(runs, kind="interaction")
    ax = plot_interaction(table, "badging.scope", "funding.purse", columns=COLUMNS)
    assert [label.get_text().replace("\n", " ") for label in ax.get_xticklabels()] == [
        "no badge", "a badge on the originating school alone", "a badge on the whole partnership",
    ]  # fmt: skip
    marks = [container.lines[0].get_ydata() for container in ax.containers]
    for purse, heights in zip(("originator", "partnership"), marks, strict=True):
        own = table[table["funding.purse"] == purse]["mean"].tolist()
        assert np.allclose(heights, [0.0, *own])
    assert ax.get_ylabel().startswith("Difference: progress")


def test_a_dose_curve_goes_from_nothing_along_the_lever() -> None:
    made = draw(Tables(dosed(), None, COLUMNS), {"kind": "dose", **PARTNER}, PROVENANCE)
    table = made.table
    assert sorted(table["mean"]) == pytest.approx([0.25, 0.45, 0.5, 0.9])
    ax = plot_dose(table, "funding.per_partnership", "market.choice_weight", columns=COLUMNS)
    lines = {line.get_label(): line for line in ax.get_lines() if not str(line.get_label()).startswith("_")}
    assert list(lines) == ["Low competition", "High competition"]
    assert np.allclose(lines["Low competition"].get_xdata(), [0.0, 5000.0, 10000.0])
    assert np.allclose(lines["Low competition"].get_ydata(), [0.0, 0.45, 0.9])
    assert ax.get_xlabel() == "Grant to each partnership (pounds a year)"
    assert "£0 a year" in made.caption
    assert "to 0.9 (the grant to each partnership at £10,000 a year, low competition)" in made.alt


def test_levels_are_compared_without_what_seeds_share() -> None:
    """Seeds differ by 5 and levels by .5: an interval of levels that holds the seeds would hide every difference."""
    table = drawn(dosed(), kind="dose", show="level")
    assert (table["high"] - table["low"]).max() < 0.1
    assert table["mean"].tolist() == pytest.approx(
        dosed().groupby(["funding.per_partnership", "market.choice_weight"])["progress.partner"].mean().tolist()
    )


def test_a_sampled_lever_is_drawn_in_groups() -> None:
    sampled = dosed(tuple(np.linspace(0.0, 10_000.0, 20)))
    table = drawn(sampled, kind="dose", bins=4, lines="")
    assert table["funding.per_partnership"].nunique() == 4
    assert table["funding.per_partnership"].iloc[0] == pytest.approx(np.linspace(0.0, 10_000.0, 20)[:5].mean())
    assert table["mean"].is_monotonic_increasing
    with pytest.raises(UserError, match="is sampled"):
        drawn(sampled, kind="dose", show="difference")


def test_what_cannot_be_drawn_is_said(runs: pd.DataFrame) -> None:
    with pytest.raises(FigureError, match="needs a lever that is a number"):
        drawn(runs, kind="dose")
    with pytest.raises(FigureError, match="badging.scope is not"):
        drawn(runs, kind="dose", lever="badging.scope")
    one = runs[(runs["funding.purse"] == "partnership") & (runs["market.choice_weight"] == 1.0)]
    with pytest.raises(FigureError, match='lines = "" draws one line'):
        drawn(one.drop(columns=["funding.purse", "market.choice_weight"]), kind="interaction")
    table = drawn(runs, kind="interaction")
    with pytest.raises(FigureError, match="two rows stand at one level"):
        plot_interaction(table, "badging.scope")
    with pytest.raises(FigureError, match="one panel shows one outcome"):
        plot_interaction(pd.concat([table, table.assign(outcome="trust.mean")]), "badging.scope", "funding.purse")


@pytest.mark.parametrize("width", [pytest.param("page", marks=pytest.mark.slow), "column"])
def test_a_dose_curve_is_legible(width: str) -> None:
    options = {"kind": "dose", "width": width, "lines": "", "panels": "market.choice_weight", **PARTNER}
    assert faults(draw(Tables(dosed(), None, COLUMNS), options, PROVENANCE).figure) == []
