"""The funnel of introductions: how many are made, how many lead to a meeting, how many to joint work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from schoolsim.analysis.levels import level_table, overall_table
from schoolsim.analysis.quantities import unit_words
from schoolsim.analysis.run_table import few_at_a_time
from schoolsim.analysis.sentences import Columns, interval_words, level_words, outcome_words, parameter_label
from schoolsim.figures.captions import definitions, joined, levels_note, study_note
from schoolsim.figures.errors import FigureError
from schoolsim.figures.options import LevelsOptions, Width, few_levels, read_options
from schoolsim.figures.panels import Legend, laid_out, wrap
from schoolsim.figures.save import Provenance
from schoolsim.figures.style import GRID, INK, LEVELS, SMALL, journal_style, look, own_axes, plain_numbers
from schoolsim.figures.tables import Drawn, Tables

STAGES: Final = ("broker.introductions", "introductions.met", "introductions.work")
"""Outcomes of the funnel, the widest first, where none are chosen."""
BAR_INCHES: Final = 0.17
ROOM: Final = 1.22
"""How far the axis goes beyond the longest bar, so that the share stands beside it."""


def plot_funnel(
    table: pd.DataFrame, lever: str | None = None, *, columns: Columns | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a row a stage, in the order of the table, a bar for each level of a lever, with its share of the first.

    Args:
        table: One row an outcome (a stage) and level: `outcome`, `mean`, `low`, `high`, all in one unit.
        lever: The column of the lever; None for one bar a stage.
        columns: The study's column table, for units.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes.

    Raises:
        FigureError: A stage and level have two rows.
    """
    if ax is None:
        with journal_style():
            return plot_funnel(table, lever, columns=columns, ax=own_axes())
    stages = list(dict.fromkeys(table["outcome"]))
    parts = _by_level(table, lever)
    step = 0.8 / len(parts)
    ax.set_axisbelow(True)
    ax.grid(axis="x", color=GRID, linewidth=0.5)
    for place, (label, part) in enumerate(parts.items()):
        shown, rows = look(place), part.set_index("outcome").loc[stages]
        at = np.arange(len(stages)) + step * (place - (len(parts) - 1) / 2)
        ax.barh(
            at, rows["mean"], height=step * 0.86, color=shown.colour if shown.filled else "white",
            edgecolor=shown.colour, linewidth=1.0, label=label, zorder=2,
        )  # fmt: skip
        ax.hlines(at, rows["low"].clip(lower=0.0), rows["high"], color=INK, linewidth=0.9, zorder=3)
        first = float(rows["mean"].iloc[0])
        for row, (mean, high) in enumerate(zip(rows["mean"], rows["high"], strict=True)):
            if row > 0 and first > 0.0:
                ax.annotate(
                    f"{mean / first:.0%}", (max(mean, high), at[row]), xytext=(3, 0), textcoords="offset points",
                    va="center", fontsize=SMALL,
                )  # fmt: skip
    ax.set_yticks(range(len(stages)), [wrap(_stage(str(name), columns), 18) for name in stages])
    ax.set_ylim(len(stages) - 0.5, -0.5)
    ax.set_xlim(0.0, ROOM * float(table["high"].max()) or 1.0)
    ax.tick_params(axis="y", length=0)
    unit = unit_words(outcome_words(str(stages[0]), columns).unit)
    ax.set_xlabel(f"{unit[:1].upper()}{unit[1:]}")
    plain_numbers(ax.xaxis)
    return ax


def funnel_figure(
    table: pd.DataFrame,
    lever: str | None = None,
    *,
    panels: str | None = None,
    columns: Columns | None = None,
    width: Width = "page",
    note: str = "",
) -> Figure:
    """Draw the funnel, a panel for each level of `panels`.

    Args:
        table: As for `plot_funnel`, with `panels` among its columns.
        lever: The column of the lever.
        panels: The column that makes the panels.
        columns: The study's column table, for units.
        width: "page" puts panels side by side, "column" one under another.
        note: What bars are.

    Raises:
        FigureError: As for `plot_funnel`, or panels or levels are too many.
    """
    levels = list(dict.fromkeys(table[lever])) if lever else []
    key = Legend(lever, levels, None, width).key if lever else None
    panel = max(0.4, BAR_INCHES * max(1, len(levels)) + 0.1) * table["outcome"].nunique() + 0.45
    frame = 0.85 if key else 0.55
    with laid_out(table, panels, width, heights=[panel], frame=frame, key=key, note=note) as grid:
        for (_, level), ax in grid.axes.items():
            plot_funnel(grid.part(table, level), lever, columns=columns, ax=ax)
        grid.share("x")
    return grid.figure


def draw_funnel(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """What becomes of introductions, by the levels of a lever; see `LevelsOptions`."""
    chosen = read_options(LevelsOptions, options)
    outcomes = chosen.outcomes or list(STAGES)
    lacking = [name for name in outcomes if not tables.has(name)]
    if lacking:
        listed = ", ".join(f'"{name}"' for name in lacking)
        raise FigureError(
            f'figure kind "funnel" needs {joined(lacking)}, which this study did not measure: add to measure, under '
            f"[outcomes], {listed}, and run it in another folder"
        )
    lever = chosen.lever or few_levels(tables.points, but=[chosen.panels or ""], most=len(LEVELS))
    panels = chosen.panels or None
    if chosen.panels is None:
        panels = few_levels(tables.points, but=[lever or ""])
    by = [name for name in (lever, panels) if name]
    table = few_at_a_time(
        tables.only, outcomes, lambda runs, names: _levels(runs, names, by, chosen.confidence)
    )  # fmt: skip
    note = f"Bars: means; lines: {interval_words(table)} of them, {levels_note(table)}. Percentages: of the first bar."
    figure = funnel_figure(table, lever, panels=panels, columns=tables.columns, width=chosen.width, note=note)
    by_words = f", by {joined([parameter_label(name) for name in by])}" if by else ""
    short = f"What becomes of introductions{by_words}. {note}"
    first = table[table["outcome"] == outcomes[0]]["mean"].sum()
    seen = "; ".join(
        f"{_stage(name, tables.columns).lower()} {table[table['outcome'] == name]['mean'].sum() / first:.0%}"
        for name in outcomes[1:]
        if first > 0.0
    )
    whole = f"{short} {definitions(outcomes, tables.columns)} {study_note(provenance)}"
    alt = f"Bars that grow shorter from stage to stage. Of all introductions, {seen}." if seen else "No introductions."
    return Drawn(figure, whole, table, short, alt)


def _levels(runs: pd.DataFrame, names: list[str], by: list[str], confidence: float) -> pd.DataFrame:
    if by:
        return level_table(runs, outcomes=names, by=by, confidence=confidence)
    return overall_table(runs, outcomes=names, confidence=confidence)


def _by_level(table: pd.DataFrame, lever: str | None) -> dict[str, pd.DataFrame]:
    if table.duplicated(["outcome", *([lever] if lever else [])]).any():
        raise FigureError("a stage has two rows at one level; draw a panel for each, or average")
    if lever is None:
        return {"all": table}
    return {level_words(lever, level): table[table[lever] == level] for level in dict.fromkeys(table[lever])}


def _stage(name: str, columns: Columns | None) -> str:
    label = outcome_words(name, columns).label
    label = label.removesuffix(" a year").removesuffix(" by brokers").removeprefix("Introductions that ")
    return f"{label[:1].upper()}{label[1:]}"
