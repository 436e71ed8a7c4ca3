"""The series figure draws the numbers of its table."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from schoolsim.analysis import contrast
from schoolsim.figures import FigureError, plot_series, series_figure
from tests.figures.conftest import SETTING
from tests.figures.overlaps import faults, text_boxes

LEVER = "badging.scope"


def one_panel(table: pd.DataFrame) -> pd.DataFrame:
    return table[(table["outcome"] == "trust.mean") & (table[SETTING] == 1.0)]


def test_lines_and_bands_are_those_of_the_table(paths: pd.DataFrame) -> None:
    table = one_panel(paths)
    ax = plot_series(table, LEVER)
    lines = {line.get_label(): line for line in ax.get_lines()}
    for level, label in (
        ("individual", "a badge on the originating school alone"),
        ("collective", "a badge on the whole partnership"),
    ):
        some = table[table["level"] == level]
        assert lines[label].get_ydata() == pytest.approx(some["mean"].to_numpy())
        assert lines[label].get_xdata() == pytest.approx(some["half_term"].to_numpy() / 6)
    for band, level in zip(ax.collections, ("individual", "collective"), strict=True):
        some, box = table[table["level"] == level], band.get_paths()[0].get_extents()
        assert (box.y0, box.y1) == pytest.approx((some["low"].min(), some["high"].max()))


def test_rows_may_come_in_any_order(paths: pd.DataFrame) -> None:
    table = one_panel(paths)
    lines = plot_series(table.sample(frac=1, random_state=1), LEVER).get_lines()
    assert all((line.get_xdata()[1:] >= line.get_xdata()[:-1]).all() for line in lines[1:])


def test_levels_have_the_colours_they_have_as_differences(paths: pd.DataFrame, level_paths: pd.DataFrame) -> None:
    colours = []
    for table in (paths, level_paths):
        lines = plot_series(one_panel(table), LEVER).get_lines()
        colours.append({x.get_label(): to_hex(x.get_color()) for x in lines if x.get_marker() != "None"})
    difference, level = colours
    assert level.pop("no badge") == "#000000"
    assert difference == level


def test_it_draws_where_it_is_told(paths: pd.DataFrame) -> None:
    ax = Figure().add_subplot()
    assert plot_series(one_panel(paths), LEVER, ax=ax) is ax
    assert ax.get_ylabel() == "Difference: trust\nbetween schools\n(scale from 0 to 1)"
    assert ax.get_xlabel() == "School years (6 half-terms each)"


@pytest.mark.parametrize("width", [pytest.param("page", marks=pytest.mark.slow), "column"])
def test_a_whole_figure_is_legible(paths: pd.DataFrame, level_paths: pd.DataFrame, width: str) -> None:
    for table, note in ((paths, "paired replications"), (level_paths, "95% interval of that mean")):
        figure = series_figure(table, LEVER, panels=SETTING, width=width)  # type: ignore[arg-type]
        assert faults(figure) == []
        words = " ".join(text for text, _ in text_boxes(figure)).replace("\n", " ")
        assert note in words
        assert "High competition" in words


def test_settings_share_their_scale(paths: pd.DataFrame) -> None:
    axes = series_figure(paths, LEVER, panels=SETTING).axes
    assert axes[0].get_ylim() == axes[1].get_ylim() != axes[2].get_ylim()
    assert axes[2].get_ylim() == axes[3].get_ylim()


def test_what_one_panel_cannot_show_is_refused(runs: pd.DataFrame, paths: pd.DataFrame) -> None:
    with pytest.raises(FigureError, match=f"cannot show {SETTING} apart"):
        plot_series(paths[paths["outcome"] == "trust.mean"], LEVER)
    with pytest.raises(FigureError, match="one panel shows one outcome"):
        plot_series(paths[paths[SETTING] == 1.0], LEVER)
    with pytest.raises(FigureError, match="no half-terms"):
        plot_series(contrast(runs, LEVER, baseline="none", outcomes=["trust.mean"]), LEVER)
