"""Sensitivity indices as a sample grows: a line an input, with intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from schoolsim.analysis.quantities import unit_words
from schoolsim.analysis.run_table import AnalysisError
from schoolsim.analysis.sensitivity import growing, morris, sobol
from schoolsim.analysis.sentences import Columns, interval_words, outcome_words, parameter_words
from schoolsim.figures.captions import definitions, strongest, study_note
from schoolsim.figures.errors import FigureError
from schoolsim.figures.options import ConvergenceOptions, Width, read_options
from schoolsim.figures.panels import Key, wrap
from schoolsim.figures.save import Provenance
from schoolsim.figures.style import GRID, footnote, journal_style, look, new_figure, own_axes
from schoolsim.figures.tables import Drawn, Tables

PANEL_HEIGHT: Final = 2.0
MAIN: Final = {"ST": "Total index\n(share of the variance)", "mu_star": "Mean size of the effect"}
"""The index drawn of either kind of sample, and how it is called."""


def plot_convergence(table: pd.DataFrame, *, columns: Columns | None = None, ax: Axes | None = None) -> Axes:
    """Draw a line with its interval for each input, over the size of the sample.

    Args:
        table: Rows of one outcome, policy and index of what `analysis.sensitivity.growing` returns: `input`, `points`,
            `value`, `low`, `high`.
        columns: The study's column table, for units.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes, its horizontal one in powers of two.

    Raises:
        FigureError: There are several outcomes, policies or indices, or too many inputs.
    """
    if ax is None:
        with journal_style():
            return plot_convergence(table, columns=columns, ax=own_axes())
    if table.duplicated(["input", "points"]).any():
        raise FigureError("one panel shows one index of one outcome under one policy")
    for place, (name, part) in enumerate(table.groupby("input", sort=False)):
        shown, path = look(place), part.sort_values("points")
        # Inputs stand a little apart, so that no interval hides another.
        at = path["points"].to_numpy() * 2.0 ** (0.07 * (place - (table["input"].nunique() - 1) / 2))
        ax.errorbar(
            at, path["value"], yerr=[path["value"] - path["low"], path["high"] - path["value"]], fmt=shown.marker,
            linestyle=shown.line, linewidth=0.9, color=shown.colour, markerfacecolor=shown.face, markersize=4.0,
            markeredgewidth=1.0, elinewidth=0.8, capsize=1.5, label=parameter_words(str(name)).label, zorder=3,
        )  # fmt: skip
    sizes = sorted(table["points"].unique())
    ax.set_xscale("log", base=2)
    ax.xaxis.set_major_locator(FixedLocator(sizes))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    ax.set_xlabel("Points of the sample")
    index = str(table["index"].iloc[0])
    words = outcome_words(str(table["outcome"].iloc[0]), columns)
    ax.set_title(words.label)
    ax.set_ylabel(MAIN[index] + (f"\n({unit_words(words.unit)})" if index == "mu_star" and words.unit else ""))
    ax.set_axisbelow(True)
    ax.grid(axis="y", color=GRID, linewidth=0.5)
    return ax


def convergence_figure(
    table: pd.DataFrame, *, columns: Columns | None = None, width: Width = "page", note: str = ""
) -> Figure:
    """Draw a panel for every outcome, and for every policy where there are several.

    Args:
        table: As for `plot_convergence`, of several outcomes and policies.
        columns: The study's column table, for units.
        width: Of a page, two panels side by side, or a column.
        note: What marks and bars are.
    """
    parts = [part for _, part in table.groupby(["outcome", "policy"], sort=False)]
    across = 1 if width == "column" or len(parts) == 1 else 2
    down = -(-len(parts) // across)
    inputs = [wrap(parameter_words(str(name)).label, 40) for name in dict.fromkeys(table["input"])]
    key = Key(inputs, None, width)
    with journal_style():
        figure = new_figure(width, 0.7 + PANEL_HEIGHT * down + 0.25 * (down - 1) + key.height)
        for place, part in enumerate(parts, 1):
            ax = figure.add_subplot(down, across, place)
            plot_convergence(part, columns=columns, ax=ax)
            if (place - 1) % across and part["index"].iloc[0] == "ST":
                ax.set_ylabel("")
        key.draw(figure, figure.axes[0])
        footnote(figure, note, width)
    return figure


def draw_convergence(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """How sensitivity indices settle as the sample grows; see `ConvergenceOptions`."""
    chosen = read_options(ConvergenceOptions, options)
    if tables.design is None:
        raise FigureError('figure kind "convergence" needs the sample of a study')
    wanted = tables.outcomes(chosen.outcomes)
    outcomes = [name for name in wanted if np.isfinite(tables.only(name)[name].to_numpy(dtype=float)).all()]
    found = _indices(tables, outcomes)
    main = next(name for name in MAIN if (found["index"] == name).any())
    found = found[found["index"] == main]
    largest = found[found["points"] == found["points"].max()].groupby("input")["value"].max()
    order = largest.sort_values(ascending=False, kind="stable").index[: chosen.inputs]
    table = pd.concat([found[found["input"] == name] for name in order], ignore_index=True)
    policies = table["policy"].nunique()
    note = f"Marks: estimates from the first points of the sample. Bars: {interval_words(table)}s from resampling them."
    if len(largest) > len(order):
        note += f" The {len(order)} largest of {len(largest)} inputs."
    if policies > 1:
        note += f" Panels of an outcome: {policies} policies."
    figure = convergence_figure(table, columns=tables.columns, width=chosen.width, note=note)
    kind = "Total Sobol indices" if main == "ST" else "Morris's mean effects"
    short = f"{kind} as the sample grows. {note}"
    last = table[table["points"] == table["points"].max()]
    seen = strongest(last, tables.columns)
    whole = f"{short} {definitions(outcomes, tables.columns)} {study_note(provenance)}"
    return Drawn(figure, whole, table, short, f"A line an input over the size of the sample. At the end, {seen}.")


def _indices(tables: Tables, outcomes: list[str]) -> pd.DataFrame:
    """Indices of every outcome that varies, at growing sizes, by whichever estimator the sample allows."""
    assert tables.design is not None
    found, fault = [], None
    for outcome in outcomes:
        for estimate in (sobol, morris):
            try:
                found.append(growing(estimate, tables.only(outcome), tables.design, [outcome]))
                break
            except AnalysisError as error:
                fault = fault or error
    if not found:
        raise FigureError(f"nothing can be drawn: {fault or 'no outcome has a value in every run'}")
    return pd.concat(found, ignore_index=True)
