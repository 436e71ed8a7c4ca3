"""The figure of a sensitivity analysis: what an outcome hangs on, a bar an input, a panel an outcome."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from schoolsim.analysis.quantities import unit_words
from schoolsim.analysis.sentences import Columns, outcome_words, parameter_words
from schoolsim.figures.options import Width
from schoolsim.figures.panels import wrap
from schoolsim.figures.style import GRID, LEVELS, footnote, journal_style, new_figure, own_axes

ROW_INCHES, TITLE_INCHES = 0.3, 0.75
SOBOL, MORRIS = ("S1", "ST"), ("mu_star", "sigma")
TOLD = {"S1": "by itself", "ST": "with its interactions", "mu_star": "mean size of its effect", "sigma": "spread of it"}
NOTES = {
    SOBOL: "Bars: share of the variance between points; lines: 95% intervals from resampling.",
    MORRIS: "Bars: change over the whole range of an input; lines: 95% intervals from resampling.",
}


def plot_sensitivity(table: pd.DataFrame, *, columns: Columns | None = None, ax: Axes | None = None) -> Axes:
    """Draw one panel: a row an input, strongest first, two bars each.

    Args:
        table: Rows of one outcome and policy of what `sobol` or `morris` returns.
        columns: The study's column table, for units.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes.
    """
    if ax is None:
        with journal_style():
            return plot_sensitivity(table, columns=columns, ax=own_axes())
    kinds = kinds_of(table)
    inputs = main_indices(table).sort_values("value", ascending=False)["input"].tolist()
    rows = np.arange(len(inputs))
    for place, kind in enumerate(kinds):
        some = table[table["index"] == kind].set_index("input").loc[inputs]
        at = rows + (place - 0.5) * 0.36
        ax.barh(at, some["value"].clip(lower=0.0), height=0.32, color=LEVELS[place].colour, label=TOLD[kind], zorder=2)
        known = some["low"].notna().to_numpy()
        ax.hlines(
            at[known], some["low"][known].clip(lower=0.0), some["high"][known], color="black", linewidth=0.8, zorder=3
        )
    ax.set_axisbelow(True)
    ax.grid(axis="x", color=GRID, linewidth=0.5)
    ax.set_yticks(rows, [wrap(parameter_words(name).label, 24) for name in inputs])
    ax.set_ylim(len(inputs) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    words = outcome_words(str(table["outcome"].iloc[0]), columns)
    ax.set_title(words.label)
    ax.set_xlabel("Share of the variance" if kinds == SOBOL else f"Change ({unit_words(words.unit)})")
    return ax


def sensitivity_figure(
    table: pd.DataFrame, *, columns: Columns | None = None, width: Width = "page", yardstick: str = ""
) -> Figure:
    """A panel for every outcome, and for every policy where there are several.

    Args:
        table: What `sobol` or `morris` returns.
        columns: The study's column table, for units.
        width: Of a page or a column.
        yardstick: What makes sizes known to a reader, after the note.
    """
    parts = [part for _, part in table.groupby(["outcome", "policy"], sort=False)]
    rows = max(part["input"].nunique() for part in parts)
    with journal_style():
        figure = new_figure(width, 0.6 + len(parts) * (TITLE_INCHES + ROW_INCHES * rows))
        for place, part in enumerate(parts, 1):
            ax = figure.add_subplot(len(parts), 1, place)
            plot_sensitivity(part, columns=columns, ax=ax)
            if place == 1:
                ax.legend(loc="lower right")
        footnote(figure, f"{NOTES[kinds_of(table)]} {yardstick}".strip(), width)
        return figure


def kinds_of(table: pd.DataFrame) -> tuple[str, str]:
    """The two indices that are drawn of a table: `SOBOL` or `MORRIS`."""
    return SOBOL if "ST" in set(table["index"]) else MORRIS


def main_indices(table: pd.DataFrame) -> pd.DataFrame:
    """The rows by which inputs are ranked: of total indices, or of Morris's mean sizes."""
    return table[table["index"] == ("ST" if kinds_of(table) == SOBOL else "mu_star")]
