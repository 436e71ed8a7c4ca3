"""The series figure: outcomes through the years under each level of a lever, with bands."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from schoolsim.analysis.quantities import unit_words
from schoolsim.analysis.sentences import Columns, by_columns, level_words, outcome_words
from schoolsim.figures.captions import series_note
from schoolsim.figures.errors import FigureError
from schoolsim.figures.options import Width
from schoolsim.figures.panels import Legend, laid_out, wrap
from schoolsim.figures.style import (
    BASELINE,
    GRID,
    MUTED,
    Look,
    journal_style,
    look,
    own_axes,
    plain_numbers,
)

HALF_TERMS = 6
"""Half-terms in a school year."""

PANEL_HEIGHT = 1.75


def plot_series(table: pd.DataFrame, lever: str, *, columns: Columns | None = None, ax: Axes | None = None) -> Axes:
    """Draw one outcome through the years: a line and band for every level of a lever.

    Args:
        table: Columns `outcome`, `half_term`, `mean`, `low`, `high`, and either `level` (from
            `contrast`: differences are drawn) or the lever (from `level_table` or
            `spread_table`: levels are drawn, the first as the baseline).
        lever: The swept column whose levels are compared.
        columns: The study's column table, for units.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes.

    Raises:
        FigureError: If a half-term of a line has two rows, or there are several outcomes.
    """
    if ax is None:
        with journal_style():
            return plot_series(table, lever, columns=columns, ax=own_axes())
    column = _level_column(table, lever)
    outcome = _single_outcome(table, column)
    ax.set_axisbelow(True)
    ax.grid(axis="y", color=GRID, linewidth=0.5)
    if column == "level":
        ax.axhline(0, color=MUTED, linewidth=0.9, zorder=1)
    levels = list(dict.fromkeys(table[column]))
    for index, level in enumerate(levels):
        shown = look(index) if column == "level" else _level_look(index)
        path = table[table[column] == level].sort_values("half_term")
        _draw_path(ax, path, shown, level_words(lever, level), first=index * 2)
    words = outcome_words(outcome, columns)
    label = words.label
    if column == "level":
        label = f"Difference: {label[:1].lower()}{label[1:]}"
    unit = f"\n({unit_words(words.unit)})" if words.unit else ""
    ax.set_ylabel(f"{wrap(label, 24)}{unit}")
    ax.set_xlabel(f"School years ({HALF_TERMS} half-terms each)")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=10))
    ax.margins(x=0.01)
    plain_numbers(ax.yaxis)
    return ax


def series_figure(
    table: pd.DataFrame,
    lever: str,
    *,
    panels: str | None = None,
    columns: Columns | None = None,
    width: Width = "page",
    yardstick: str = "",
) -> Figure:
    """Draw outcomes through the years: a row of panels an outcome, a panel a level of `panels`.

    Args:
        table: As for `plot_series`, for one outcome or several, with `panels` among its columns.
        lever: The swept column whose levels are compared.
        panels: The column that makes the panels, as `market.choice_weight`.
        columns: The study's column table, for units.
        width: "page" puts the levels of `panels` side by side, "column" one under another.
        yardstick: What makes sizes known to a reader, after the note.

    Returns:
        A figure with a legend and a note that says what the bands are.

    Raises:
        FigureError: As for `plot_series`, or if panels or levels are too many.
    """
    outcomes = list(dict.fromkeys(table["outcome"]))
    differences = "level" in table
    levels = list(dict.fromkeys(table["level" if differences else lever]))
    legend = Legend(lever, levels, table["baseline"].iloc[0] if differences else None, width)
    note = f"{series_note(table)} {yardstick}".strip()
    heights = [PANEL_HEIGHT] * len(outcomes)
    with laid_out(table, panels, width, heights=heights, frame=0.9, key=legend.key, note=note) as grid:
        for (row, level), ax in grid.axes.items():
            part = grid.part(table, level)
            plot_series(part[part["outcome"] == outcomes[row]], lever, columns=columns, ax=ax)
        grid.share("y")
        _label_last_row(grid.axes, len(outcomes))
    return grid.figure


def _draw_path(ax: Axes, path: pd.DataFrame, shown: Look, label: str, *, first: int) -> None:
    years = path["half_term"] / HALF_TERMS
    band = (years, path["low"], path["high"])
    ax.fill_between(*band, color=shown.colour, alpha=0.1, linewidth=0, zorder=2)
    for edge in band[1:]:
        # Edges in the line's own style: bands that overlap can still be followed, in grey too.
        ax.plot(years, edge, color=shown.colour, linestyle=shown.line, linewidth=0.5, zorder=2.5)
    ax.plot(
        years,
        path["mean"],
        color=shown.colour,
        linestyle=shown.line,
        marker=shown.marker,
        markerfacecolor=shown.face,
        markersize=3.8,
        markeredgewidth=0.9,
        # Markers of different lines stand at different half-terms, so that none hides another.
        markevery=(first % HALF_TERMS, HALF_TERMS),
        zorder=3,
        label=label,
    )


def _level_column(table: pd.DataFrame, lever: str) -> str:
    if "half_term" not in table:
        raise FigureError('the table has no half-terms; use by=["half_term", ...]')
    if "level" not in table and lever not in table:
        raise FigureError(f"the table does not tell levels of {lever} apart")
    return "level" if "level" in table else lever


def _single_outcome(table: pd.DataFrame, column: str) -> str:
    outcomes = list(table["outcome"].unique())
    if len(outcomes) != 1:
        raise FigureError(f"one panel shows one outcome; here are {', '.join(outcomes)}")
    if table.duplicated([column, "half_term"]).any():
        others = [c for c in by_columns(table) if c not in (column, "half_term")]
        raise FigureError(f"one panel cannot show {', '.join(others)} apart; average over it")
    return str(outcomes[0])


def _level_look(index: int) -> Look:
    return BASELINE if index == 0 else look(index - 1)


def _label_last_row(axes: dict[tuple[int, int], Axes], rows: int) -> None:
    for (row, _), ax in axes.items():
        if row < rows - 1:
            ax.set_xlabel("")
