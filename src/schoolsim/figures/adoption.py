"""Adoption curves: partnerships by mode, or what was learnt since the policy began, by whom it was learnt from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from schoolsim.analysis.levels import level_table
from schoolsim.analysis.quantities import unit_words
from schoolsim.analysis.sentences import Columns, interval_words, outcome_words, parameter_label
from schoolsim.figures.captions import definitions, extremes, joined, levels_note, study_note
from schoolsim.figures.errors import FigureError
from schoolsim.figures.options import AdoptionOptions, Width, few_levels, read_options
from schoolsim.figures.panels import Key, laid_out, wrap
from schoolsim.figures.save import Provenance
from schoolsim.figures.series import HALF_TERMS
from schoolsim.figures.series_source import SeriesTable, StoredSeries
from schoolsim.figures.style import GRID, journal_style, look, own_axes, plain_numbers
from schoolsim.figures.tables import Drawn, Tables, no_series

MODES: Final = (
    "partnerships.replication", "partnerships.adaptation", "partnerships.exchange", "partnerships.creation",
)  # fmt: skip
SOURCES: Final = ("learnt.programme", "learnt.partners", "learnt.friends", "learnt.meetings", "learnt.website")
"""What is learnt from other schools; colleagues at home (`learnt.home`) give so much more that nothing else is seen."""
UP: Final = {"modes": "Partnerships at work", "sources": "Learnt since the policy began"}
PANEL_HEIGHT: Final = 2.1


def plot_adoption(table: pd.DataFrame, *, up: str = UP["modes"], unit: str = "", ax: Axes | None = None) -> Axes:
    """Draw a line with its band for every outcome, through the years.

    Args:
        table: One row an outcome and half-term: `outcome`, `half_term` (0 is the first of the policy), `mean`, `low`,
            `high`, all in one unit.
        up: What goes up the axis.
        unit: Its unit, in words.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes.

    Raises:
        FigureError: A half-term of an outcome has two rows.
    """
    if ax is None:
        with journal_style():
            return plot_adoption(table, up=up, unit=unit, ax=own_axes())
    if table.duplicated(["outcome", "half_term"]).any():
        raise FigureError("two rows stand at one half-term of an outcome; draw a panel for each, or average")
    ax.set_axisbelow(True)
    ax.grid(axis="y", color=GRID, linewidth=0.5)
    for place, (outcome, part) in enumerate(table.groupby("outcome", sort=False)):
        shown, path = look(place), part.sort_values("half_term")
        years = (path["half_term"] + 1) / HALF_TERMS
        ax.fill_between(years, path["low"], path["high"], color=shown.colour, alpha=0.12, linewidth=0, zorder=2)
        ax.plot(
            years, path["mean"], color=shown.colour, linestyle=shown.line, marker=shown.marker,
            markerfacecolor=shown.face, markersize=3.8, markeredgewidth=0.9, zorder=3,
            markevery=(place % HALF_TERMS, HALF_TERMS), label=_label(str(outcome)),
        )  # fmt: skip
    measured = f"\n({unit})" if unit else ""
    ax.set_ylabel(f"{wrap(up, 24)}{measured}")
    ax.set_xlabel("Years of policy")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
    ax.set_ylim(bottom=0.0)
    ax.margins(x=0.01)
    plain_numbers(ax.yaxis)
    return ax


def adoption_figure(
    table: pd.DataFrame,
    *,
    of: str = "modes",
    panels: str | None = None,
    columns: Columns | None = None,
    width: Width = "page",
    note: str = "",
) -> Figure:
    """Draw adoption curves, a panel for each level of `panels`.

    Args:
        table: As for `plot_adoption`, with `panels` among its columns.
        of: A key of `UP`.
        panels: The column that makes the panels.
        columns: The study's column table, for units.
        width: "page" puts panels side by side, "column" one under another.
        note: What lines and bands are.

    Raises:
        FigureError: As for `plot_adoption`, or panels or outcomes are too many.
    """
    outcomes = list(dict.fromkeys(table["outcome"]))
    key = Key([_label(str(name)) for name in outcomes], None, width)
    unit = _unit(str(outcomes[0]), of, columns)
    with laid_out(table, panels, width, heights=[PANEL_HEIGHT], frame=0.8, key=key, note=note) as grid:
        for (_, level), ax in grid.axes.items():
            plot_adoption(grid.part(table, level), up=UP[of], unit=unit, ax=ax)
        grid.share("y")
    return grid.figure


def draw_adoption(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """Partnerships by mode, or what was learnt by its source, through the years; see `AdoptionOptions`."""
    chosen = read_options(AdoptionOptions, options)
    outcomes = chosen.outcomes or list(MODES if chosen.of == "modes" else SOURCES)
    panels = few_levels(tables.points) if chosen.panels is None else chosen.panels or None
    by = [panels] if panels else []
    with tables.through_time(outcomes, "adoption") as series:
        missing = [name for name in outcomes if name not in series.outcomes]
        if missing:
            lines = ", ".join(f'"{name}"' for name in outcomes)
            raise FigureError(
                f'figure kind "adoption" needs the half-terms of {joined(missing)}, and this study kept none: name '
                f"them, under [outcomes], in measure and keep, where it has these: [{lines}]; and run it in another "
                "folder"
            )
        parts = [_path(series, name, by, chosen) for name in outcomes]
    table = pd.concat([part for part in parts if (part["mean"] != 0.0).any()] or parts, ignore_index=True)
    note = f"Lines: means. Bands: {interval_words(table)} of them, {levels_note(table)}."
    never = [_label(name) for name, part in zip(outcomes, parts, strict=True) if (part["mean"] == 0).all()]
    if 0 < len(never) < len(outcomes):
        note += f" Never above 0, and not drawn: {joined(never).lower()}."
    figure = adoption_figure(
        table, of=chosen.of, panels=panels, columns=tables.columns, width=chosen.width, note=note
    )  # fmt: skip
    subject = f"{UP[chosen.of]}, by {'mode' if chosen.of == 'modes' else 'source'}"
    subject += f" and {parameter_label(panels)}." if panels else "."
    short = f"{subject} {note}"
    last = table[table["half_term"] == table["half_term"].max()]
    seen = "; ".join(
        f"{_label(str(name)).lower()}: {_last(rows, by)}" for name, rows in last.groupby("outcome", sort=False)
    )
    shown = list(dict.fromkeys(table["outcome"]))
    whole = f"{short} {definitions(shown, tables.columns)} {study_note(provenance)}"
    return Drawn(figure, whole, table, short, f"Lines through the years. At the end, {seen}.")


def _last(rows: pd.DataFrame, by: list[str]) -> str:
    return extremes(rows, by) if len(rows) > 1 else f"{float(rows['mean'].iloc[0]):.3g}"


def _path(series: SeriesTable | StoredSeries, outcome: str, by: list[str], chosen: AdoptionOptions) -> pd.DataFrame:
    """Mean and band of an outcome at each half-term of the policy; of what is learnt, of its sum so far."""
    half_terms = [half_term for half_term in sorted(series.known(outcome)) if half_term >= 0]
    if not half_terms:
        raise FigureError(no_series("adoption"))
    runs = series.of(outcome, half_terms)
    if chosen.of == "sources":
        # The half-terms of a run follow one another, in order.
        runs[outcome] = runs[outcome].groupby(np.arange(len(runs)) // len(half_terms)).cumsum()
    return level_table(runs, outcomes=[outcome], by=[*by, "half_term"], confidence=chosen.confidence)


def _label(outcome: str) -> str:
    """`Learnt from partners`, which is not a year's."""
    return outcome_words(outcome).label.removesuffix(" a year")


def _unit(outcome: str, of: str, columns: Columns | None) -> str:
    unit = outcome_words(outcome, columns).unit
    return unit_words(unit.partition("/")[0]) if of == "sources" else ""
