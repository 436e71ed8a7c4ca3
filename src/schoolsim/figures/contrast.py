"""The contrast figure: effects of the levels of a lever with their intervals, a panel a setting."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from schoolsim.analysis.quantities import unit_words
from schoolsim.analysis.sentences import Columns, by_columns, level_words, outcome_words
from schoolsim.figures.captions import contrast_note
from schoolsim.figures.errors import FigureError
from schoolsim.figures.options import Width
from schoolsim.figures.panels import Legend, laid_out, wrap
from schoolsim.figures.style import (
    BAND,
    GRID,
    MUTED,
    journal_style,
    look,
    own_axes,
    plain_numbers,
)

LEVEL_STEP, ROW_SHARE = 0.28, 0.84
"""Most distance between two levels of an outcome, and most of its row that levels take up."""


def plot_contrast(table: pd.DataFrame, *, columns: Columns | None = None, ax: Axes | None = None) -> Axes:
    """Draw one panel: a row an outcome, a point and interval a level, a line at no difference.

    Args:
        table: A contrast table of outcomes in one unit, with one row an outcome and level.
        columns: The study's column table, for units.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes.

    Raises:
        FigureError: If the outcomes differ in unit, or an outcome and level have two rows.
    """
    if ax is None:
        with journal_style():
            return plot_contrast(table, columns=columns, ax=own_axes())
    unit = _check_panel(table, columns)
    outcomes = list(dict.fromkeys(table["outcome"]))
    levels = list(dict.fromkeys(table["level"]))
    step = min(LEVEL_STEP, ROW_SHARE / len(levels))
    for row in range(0, len(outcomes), 2):
        ax.axhspan(row - 0.5, row + 0.5, color=BAND, linewidth=0, zorder=0)
    ax.set_axisbelow(True)
    ax.grid(axis="x", color=GRID, linewidth=0.5)
    ax.axvline(0, color=MUTED, linewidth=0.9, zorder=1)
    for index, level in enumerate(levels):
        rows = table[table["level"] == level].set_index("outcome").reindex(outcomes)
        y = np.arange(len(outcomes)) + step * (index - (len(levels) - 1) / 2)
        _draw_level(ax, rows, y, index, level_words(table["lever"].iloc[0], level))
    labels = [outcome_words(str(o), columns).label for o in outcomes]
    ax.set_yticks(range(len(outcomes)), [wrap(label, 18) for label in labels])
    ax.set_ylim(len(outcomes) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    plain_numbers(ax.xaxis)
    ax.set_xlabel(f"Difference ({unit_words(unit)})" if unit else "Difference")
    return ax


def contrast_figure(
    table: pd.DataFrame,
    *,
    panels: str | None = None,
    columns: Columns | None = None,
    width: Width = "page",
    yardstick: str = "",
) -> Figure:
    """Draw a whole contrast table: a row of panels a unit, a panel in it a level of `panels`.

    Args:
        table: What `contrast` returns, with `panels` in its `by`.
        panels: The column that makes the panels, as `market.choice_weight`.
        columns: The study's column table, for units.
        width: "page" puts the levels of `panels` side by side, "column" one under another.
        yardstick: What makes sizes known to a reader, after the note.

    Returns:
        A figure with a legend and a note that says what the bars are.

    Raises:
        FigureError: If the table has other `by` columns, or panels or levels are too many.
    """
    others = [c for c in by_columns(table) if c != panels]
    if others:
        raise FigureError(f"the table still tells {', '.join(others)} apart; average over it")
    units = list(_by_unit(table, columns).values())
    row_height = max(0.17 * table["level"].nunique() + 0.12, 0.34)
    heights = [row_height * len(unit) for unit in units]
    margin = 0.45 if width == "page" else 0.55  # numbers, unit and title of a panel
    levels = list(dict.fromkeys(table["level"]))
    legend = Legend(str(table["lever"].iloc[0]), levels, table["baseline"].iloc[0], width)
    note = f"{contrast_note(table)} {yardstick}".strip()
    with laid_out(
        table, panels, width, heights=heights, frame=0.75, room=margin * len(heights), key=legend.key, note=note
    ) as grid:
        for (row, level), ax in grid.axes.items():
            part = grid.part(table, level)
            plot_contrast(part[part["outcome"].isin(units[row])], columns=columns, ax=ax)
        grid.share("x")
        grid.ticks()
    return grid.figure


def _draw_level(ax: Axes, rows: pd.DataFrame, y: np.ndarray, index: int, label: str) -> None:
    shown = look(index)
    ax.errorbar(
        rows["mean"],
        y,
        xerr=[rows["mean"] - rows["low"], rows["high"] - rows["mean"]],
        fmt=shown.marker,
        color=shown.colour,
        markerfacecolor=shown.face,
        markersize=4.2,
        markeredgewidth=1.1,
        elinewidth=1.3,
        capsize=2,
        capthick=1.0,
        zorder=3,
        label=label,
    )


def _check_panel(table: pd.DataFrame, columns: Columns | None) -> str:
    if table.duplicated(["outcome", "level"]).any():
        apart = ", ".join(by_columns(table)) or "two tables"
        raise FigureError(f"one panel cannot show {apart}; draw a panel for each")
    units = list(_by_unit(table, columns))
    if len(units) != 1:
        raise FigureError(f"one panel needs one unit; here are {', '.join(map(repr, units))}")
    return units[0]


def _by_unit(table: pd.DataFrame, columns: Columns | None) -> dict[str, list[str]]:
    units: dict[str, list[str]] = {}
    for outcome in dict.fromkeys(table["outcome"]):
        units.setdefault(outcome_words(str(outcome), columns).unit, []).append(outcome)
    return units
