"""The plane of originators and partners: what one gains against what the other gains, by the levels of a lever."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from schoolsim.analysis.contrasts import replication_effects
from schoolsim.analysis.intervals import by_replication, mean_table, with_dropped
from schoolsim.analysis.quantities import number, unit_words
from schoolsim.analysis.run_table import measured, require_known
from schoolsim.analysis.sentences import Columns, interval_words, level_words, outcome_words, parameter_label
from schoolsim.figures.captions import definitions, joined, levels_note, month_note, study_note
from schoolsim.figures.errors import FigureError
from schoolsim.figures.options import PlaneOptions, Width, read_options, resolve
from schoolsim.figures.panels import Legend, laid_out, wrap
from schoolsim.figures.save import Provenance
from schoolsim.figures.style import GRID, MUTED, SMALL, journal_style, look, own_axes
from schoolsim.figures.tables import Drawn, Tables

USUAL: Final = ("gain.originator", "gain.partner")
"""Outcomes across and up where none are chosen."""
PANEL_HEIGHT: Final = 2.6


def plot_plane(
    table: pd.DataFrame,
    lever: str,
    *,
    replications: pd.DataFrame | None = None,
    columns: Columns | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the levels of a lever by two outcomes, each with its intervals across and up, and the line of equal gains.

    Args:
        table: One row a level of `lever` and outcome, for two outcomes, across first: `outcome`, `mean`, `low`, `high`,
            and `baseline` where these are differences from it.
        lever: The column of the lever.
        replications: One row a replication and level: `lever` and a column for each of the two outcomes.
        columns: The study's column table, for units.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes.

    Raises:
        FigureError: There are not two outcomes, or a level of one has two rows.
    """
    if ax is None:
        with journal_style():
            return plot_plane(table, lever, replications=replications, columns=columns, ax=own_axes())
    outcomes = list(dict.fromkeys(table["outcome"]))
    if len(outcomes) != 2 or table.duplicated(["outcome", lever]).any():
        raise FigureError(f"a plane is of two outcomes, a row a level of {lever}; average over what else varies")
    across, up = outcomes
    differences = "baseline" in table
    ax.set_axisbelow(True)
    ax.grid(color=GRID, linewidth=0.5)
    for draw in (ax.axhline, ax.axvline):
        draw(0.0, color=MUTED, linewidth=0.9, zorder=1)
    units = [unit_words(outcome_words(str(name), columns).unit) for name in outcomes]
    if units[0] == units[1]:
        ax.axline((0.0, 0.0), slope=1.0, color=MUTED, linewidth=0.7, linestyle=(0, (1, 2)), zorder=1)
    for place, level in enumerate(dict.fromkeys(table[lever])):
        shown = look(place)
        if replications is not None:
            own = replications[replications[lever] == level]
            ax.plot(
                own[across], own[up], shown.marker, color=shown.colour, markersize=1.8, markeredgewidth=0.5,
                markerfacecolor=shown.face, alpha=0.45, linestyle="none", zorder=2,
            )  # fmt: skip
        x, y = (table[(table[lever] == level) & (table["outcome"] == name)].iloc[0] for name in outcomes)
        ax.errorbar(
            x["mean"], y["mean"], xerr=[[x["mean"] - x["low"]], [x["high"] - x["mean"]]],
            yerr=[[y["mean"] - y["low"]], [y["high"] - y["mean"]]], fmt="none", color=shown.colour, elinewidth=1.2,
            capsize=2, zorder=4,
        )  # fmt: skip
        ax.plot(
            x["mean"], y["mean"], shown.marker, color=shown.colour, markerfacecolor=shown.face, markersize=5.2,
            markeredgewidth=1.2, zorder=5, linestyle="none", label=level_words(lever, level),
        )  # fmt: skip
    ax.set_xlabel(_axis(str(across), units[0], columns, 40, differences))
    ax.set_ylabel(_axis(str(up), units[1], columns, 26, differences))
    return ax


def plane_figure(
    table: pd.DataFrame,
    lever: str,
    *,
    replications: pd.DataFrame | None = None,
    panels: str | None = None,
    columns: Columns | None = None,
    width: Width = "page",
    note: str = "",
) -> Figure:
    """Draw the plane, a panel for each level of `panels`.

    Args:
        table: As for `plot_plane`, with `panels` among its columns.
        lever: The column of the lever.
        replications: As for `plot_plane`, with `panels` among its columns.
        panels: The column that makes the panels.
        columns: The study's column table, for units.
        width: "page" puts panels side by side, "column" one under another.
        note: What marks and bars are.

    Raises:
        FigureError: As for `plot_plane`, or panels or levels are too many.
    """
    baseline = table["baseline"].iloc[0] if "baseline" in table else None
    legend = Legend(lever, list(dict.fromkeys(table[lever])), baseline, width)
    with laid_out(table, panels, width, heights=[PANEL_HEIGHT], frame=0.9, key=legend.key, note=note) as grid:
        for (_, level), ax in grid.axes.items():
            marks = None if replications is None else grid.part(replications, level)
            plot_plane(grid.part(table, level), lever, replications=marks, columns=columns, ax=ax)
        for axis in ("x", "y"):
            grid.share(axis)
            for ax in grid.axes.values():
                # Numbers at the ends of an axis would leave the figure.
                getattr(ax, f"{axis}axis").set_major_locator(MaxNLocator(nbins=6, prune="both"))
        _name_diagonal(grid.row(0)[0])
    return grid.figure


def draw_plane(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """Two outcomes against each other, by the levels of a lever; see `PlaneOptions`."""
    chosen = read_options(PlaneOptions, options)
    outcomes = chosen.outcomes or list(USUAL)
    if len(outcomes) != 2:
        raise FigureError('figure kind "plane" is of two outcomes: outcomes = ["gain.originator", "gain.partner"]')
    lacking = [name for name in outcomes if not tables.has(name)]
    if lacking and chosen.outcomes is None:
        raise FigureError(
            f'figure kind "plane" needs {joined(lacking)}, which this study did not measure: name '
            f"{'them' if len(lacking) > 1 else 'it'} under [outcomes], in measure, and run it in another folder; or "
            "choose two outcomes"
        )
    chosen = resolve(chosen, tables.points, outcomes=tables.outcomes(outcomes))
    lever, by = str(chosen.lever), [chosen.panels] if chosen.panels else []
    table, marks = _measured(tables.only(*outcomes), chosen, outcomes, by)
    note = (
        f"Marks: means; bars: {interval_words(table)} of them, {levels_note(table)}."
        + (" Small marks: replications." if chosen.replications else "")
        + " Dotted: both change alike."
    )
    if chosen.show == "difference":
        note = note.replace("means;", f"mean paired differences from {level_words(lever, chosen.baseline)};")
    month = month_note(outcomes, tables.month)
    figure = plane_figure(
        table, lever, replications=marks if chosen.replications else None,
        panels=chosen.panels, columns=tables.columns, width=chosen.width, note=f"{note} {month}".strip(),
    )  # fmt: skip
    names = [outcome_words(name, tables.columns).phrase for name in outcomes]
    others = f" and {parameter_label(chosen.panels)}" if chosen.panels else ""
    short = f"{names[1][:1].upper()}{names[1][1:]} against {names[0]}, by {parameter_label(lever)}{others}. {note}"
    short = f"{short} {month}".strip()
    seen = "; ".join(
        f"{level_words(lever, level)}: {_mean(rows, outcomes[0])} across, {_mean(rows, outcomes[1])} up"
        for level, rows in table.groupby(lever, sort=False)
    )
    whole = f"{short} {definitions(outcomes, tables.columns)} {study_note(provenance)}"
    return Drawn(figure, whole, table, short, f"A mark a level, {names[0]} across and {names[1]} up. {seen}.")


def _measured(
    runs: pd.DataFrame, chosen: PlaneOptions, outcomes: list[str], by: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Means with intervals by lever, and the replications that they are of."""
    lever = str(chosen.lever)
    frame, swept = measured(runs, outcomes)
    require_known(lever, swept, "swept column")
    if chosen.show == "difference":
        values, _ = replication_effects(runs, lever, baseline=chosen.baseline, outcomes=outcomes, by=by)
    else:
        values = by_replication(frame, [lever, *by], swept, outcomes)
    table = mean_table(values, [lever, *by], confidence=chosen.confidence)
    table = with_dropped(table, [lever, *by], frame, outcomes)
    if chosen.show == "difference":
        table.insert(2, "baseline", [chosen.baseline] * len(table))
    return table, values.reset_index()


def _mean(rows: pd.DataFrame, outcome: str) -> str:
    means = rows[rows["outcome"] == outcome]["mean"]
    texts = [number(float(value), 2) for value in means]
    return " and ".join(dict.fromkeys(texts))


def _axis(outcome: str, unit: str, columns: Columns | None, letters: int, difference: bool) -> str:
    label = outcome_words(outcome, columns).label
    label = wrap(f"Difference: {label[:1].lower()}{label[1:]}" if difference else label, letters)
    return f"{label}\n({unit})" if unit else label


def _name_diagonal(ax: Axes) -> None:
    """Say what the dotted line is, at its upper end."""
    low, high = (max(ax.get_xlim()[0], ax.get_ylim()[0]), min(ax.get_xlim()[1], ax.get_ylim()[1]))
    if high > low:
        ax.annotate(
            "alike", (high, high), xytext=(-3, 0), textcoords="offset points", ha="right", va="top", fontsize=SMALL,
            color=MUTED,
        )  # fmt: skip
