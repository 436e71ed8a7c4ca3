"""The contrast figure draws the numbers of its table, all of them, where they belong."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.container import ErrorbarContainer
from matplotlib.figure import Figure
from matplotlib.text import Text

from schoolsim.figures import FigureError, contrast_figure, plot_contrast
from tests.figures.conftest import SETTING
from tests.figures.overlaps import faults, text_boxes


def drawn(ax: Axes) -> list[tuple[float, float, float, float]]:
    """Row, mean, low and high of every point and bar on the axes."""
    found = []
    for container in ax.containers:
        assert isinstance(container, ErrorbarContainer)
        line, _, (bars,) = container.lines
        for x, y, bar in zip(*line.get_data(), bars.get_segments(), strict=True):
            found.append((y, x, bar[0][0], bar[1][0]))
    return found


def one_panel(differences: pd.DataFrame) -> pd.DataFrame:
    return differences[(differences[SETTING] == 1.0) & differences["outcome"].str.startswith("progress")]


def test_points_and_bars_are_those_of_the_table(differences: pd.DataFrame) -> None:
    table = one_panel(differences)
    table = table.assign(high=table["high"] + 0.1)  # intervals need not be symmetric
    ax = plot_contrast(table)
    rows = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
    assert rows == [
        "Progress, partner schools",
        "Progress, originating schools",
        "Progress, neediest schools",
    ]
    points = np.array(sorted(drawn(ax)))
    # From top to bottom: outcomes, and in each the levels in the order of the study.
    expected = table.assign(order=table["level"].map({"individual": 0, "collective": 1}))
    rows_of = {outcome: row for row, outcome in enumerate(expected["outcome"].unique())}
    expected = expected.assign(row=expected["outcome"].map(rows_of)).sort_values(["row", "order"])
    assert points[:, 1:] == pytest.approx(expected[["mean", "low", "high"]].to_numpy())
    assert np.round(points[:, 0]).tolist() == [0, 0, 1, 1, 2, 2]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_it_draws_where_it_is_told_and_keeps_the_users_style(differences: pd.DataFrame) -> None:
    figure = Figure()
    ax = figure.add_subplot()
    assert plot_contrast(one_panel(differences), ax=ax) is ax
    assert ax.xaxis.label.get_fontsize() == 10  # Matplotlib's own size, not the journal's


def test_the_axis_has_the_unit(differences: pd.DataFrame) -> None:
    table = one_panel(differences)
    assert plot_contrast(table).get_xlabel() == "Difference (percentage points)"
    columns = {name: {"unit": "points"} for name in table["outcome"]}
    assert plot_contrast(table, columns=columns).get_xlabel() == "Difference (points)"


def test_no_difference_is_always_in_view(differences: pd.DataFrame) -> None:
    table = one_panel(differences)
    table = table.assign(**{c: table[c] + 50 for c in ("mean", "low", "high")})
    low, high = plot_contrast(table).get_xlim()
    assert low < 0 < high


def test_two_units_in_one_panel_are_refused(differences: pd.DataFrame) -> None:
    with pytest.raises(FigureError, match="one panel needs one unit; here are 'pp', 'level'"):
        plot_contrast(differences[differences[SETTING] == 1.0])


def test_two_settings_in_one_panel_are_refused(differences: pd.DataFrame) -> None:
    with pytest.raises(FigureError, match=f"one panel cannot show {SETTING}"):
        plot_contrast(differences[differences["outcome"] == "trust.mean"])
    with pytest.raises(FigureError, match=f"still tells {SETTING} apart"):
        contrast_figure(differences)


@pytest.mark.parametrize("count", [1, 2, 6])
def test_levels_stay_in_the_row_of_their_outcome(differences: pd.DataFrame, count: int) -> None:
    table = one_panel(differences).query("level == 'individual'")
    table = pd.concat([table.assign(level=f"kind {n}") for n in range(count)])
    rows = np.array(sorted(y for y, *_ in drawn(plot_contrast(table)))).reshape(3, count)
    assert (abs(rows - [[0], [1], [2]]) <= 0.42).all()
    assert (np.diff(rows, axis=1) >= 0.13).all()


def test_more_levels_than_can_be_told_apart_are_refused(differences: pd.DataFrame) -> None:
    table = one_panel(differences).query("level == 'individual'")
    table = pd.concat([table.assign(level=f"kind {n}") for n in range(7)])
    with pytest.raises(FigureError, match="at most 6 levels"):
        plot_contrast(table)


@pytest.mark.parametrize(("width", "inches"), [pytest.param("page", 7.2, marks=pytest.mark.slow), ("column", 3.5)])
def test_a_whole_figure_is_legible(differences: pd.DataFrame, width: str, inches: float) -> None:
    figure = contrast_figure(differences, panels=SETTING, width=width)  # type: ignore[arg-type]
    assert faults(figure) == []
    assert figure.get_figwidth() == inches
    words = " ".join(text for text, _ in text_boxes(figure))
    assert "(a) Low competition" in words
    assert "(b) High competition" in words
    assert "Compared with no badge:" in words
    assert "95% interval of that mean" in words
    assert "20 paired replications" in words
    assert min(text.get_fontsize() for text in figure.findobj(Text)) >= 6.5


def test_settings_share_their_scale(differences: pd.DataFrame) -> None:
    figure = contrast_figure(differences, panels=SETTING)
    upper_left, upper_right, lower_left, lower_right = figure.axes
    assert upper_left.get_xlim() == upper_right.get_xlim()
    assert lower_left.get_xlim() == lower_right.get_xlim() != upper_left.get_xlim()
    values = differences[differences["outcome"].str.startswith("progress")]
    assert upper_left.get_xlim()[0] < values["low"].min()
    assert upper_left.get_xlim()[1] > values["high"].max()


def test_each_panel_has_its_own_setting(differences: pd.DataFrame) -> None:
    figure = contrast_figure(differences, panels=SETTING)
    for ax, setting in zip(figure.axes[:2], (0.0, 1.0), strict=True):
        table = differences[differences["outcome"].str.startswith("progress")]
        means = table[table[SETTING] == setting]["mean"]
        assert sorted(x for _, x, *_ in drawn(ax)) == pytest.approx(sorted(means))


def test_too_many_panels_in_a_row_are_refused(differences: pd.DataFrame) -> None:
    table = differences.query("outcome == 'trust.mean' and level == 'individual'").head(1)
    table = pd.concat([table.assign(**{SETTING: w}) for w in (0.0, 0.3, 0.6, 1.0)])
    with pytest.raises(FigureError, match="at most 3 panels"):
        contrast_figure(table, panels=SETTING)
    assert len(contrast_figure(table, panels=SETTING, width="column").axes) == 4


def test_thousands_are_separated(differences: pd.DataFrame) -> None:
    table = one_panel(differences).assign(outcome="pounds.granted").head(1)
    table = table.assign(mean=-20000.0, low=-30000.0, high=-10000.0)
    words = [text for text, _ in text_boxes(plot_contrast(table).figure)]
    assert "−20,000" in words


def test_overlaps_are_seen() -> None:
    figure = Figure()
    figure.text(0.5, 0.5, "one")
    figure.text(0.5, 0.5, "two")
    figure.text(0.99, 0.1, "a long line that leaves the figure")
    assert len(faults(figure)) == 2
