"""The figure of a calibration: each magnitude before and after it, beside what was measured."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from schoolsim.figures.style import BAND, GRID, INK, LEVELS, MUTED, footnote, journal_style, new_figure, own_axes

REACH = 6.0
"""Standard deviations that are shown on either side; what lies beyond is drawn at the edge, with an arrow."""
APART = 0.17
ROW_INCHES = 0.27


def plot_magnitudes(fit: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw a row a magnitude: what was measured, with one and two standard deviations, and prior and posterior.

    Args:
        fit: The table `fit` of a calibration: `target`, `value`, `sd`, and mean, low and high of `prior` and
            `posterior`, each in its own unit.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes, in standard deviations of each measurement from what was measured.
    """
    if ax is None:
        with journal_style():
            return plot_magnitudes(fit, ax=own_axes())
    rows = np.arange(len(fit))
    ax.axvspan(-2, 2, color=BAND, linewidth=0, zorder=0)
    ax.axvspan(-1, 1, color=GRID, linewidth=0, zorder=0)
    ax.axvline(0, color=MUTED, linewidth=0.9, zorder=1)
    for which, label, look, off in (("prior", "before", LEVELS[1], -APART), ("posterior", "after", LEVELS[0], APART)):
        mean, low, high = (
            ((fit[f"{which}_{part}"] - fit["value"]) / fit["sd"]).to_numpy() for part in ("mean", "low", "high")
        )
        at = rows + off
        ax.hlines(at, np.clip(low, -REACH, REACH), np.clip(high, -REACH, REACH), color=look.colour, linewidth=1.2)
        ax.plot(np.clip(mean, -REACH, REACH), at, look.marker, color=look.colour, markerfacecolor=look.face,
                markersize=3.5, label=f"{label} calibration", linestyle="none")  # fmt: skip
        for row in np.flatnonzero(np.abs(mean) > REACH):
            edge = float(np.sign(mean[row]) * REACH)
            ax.annotate(f"{mean[row]:+.0f}", (edge, at[row]), fontsize=6, color=INK, va="center",
                        ha="right" if edge > 0 else "left", xytext=(-5 if edge > 0 else 5, 0),
                        textcoords="offset points")  # fmt: skip
    ax.set_yticks(rows, fit["target"].str.replace("_", " "))
    ax.set_xlim(-REACH - 0.3, REACH + 0.3)
    ax.set_ylim(len(fit) - 0.4, -0.6)
    ax.set_xlabel("distance from what was measured, in its standard deviations")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return ax


def magnitudes_figure(fit: pd.DataFrame) -> Figure:
    """The whole figure, a page wide."""
    with journal_style():
        figure = new_figure("page", 0.9 + ROW_INCHES * len(fit))
        plot_magnitudes(fit, ax=figure.add_subplot())
        footnote(
            figure, "Grey: one and two standard deviations of what was measured. Point and bar: mean, and 5% to 95% "
            "of parameter sets.", "page",
        )  # fmt: skip
        return figure
