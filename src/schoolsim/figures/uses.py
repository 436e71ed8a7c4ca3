"""Hours and pounds by use: a bar for each level of a lever, in which uses stand one behind another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from schoolsim.analysis.levels import level_table, overall_table
from schoolsim.analysis.quantities import number, unit_words
from schoolsim.analysis.run_table import few_at_a_time
from schoolsim.analysis.sentences import Columns, level_words, outcome_words, parameter_label, parameter_words
from schoolsim.figures.captions import definitions, joined, levels_note, study_note
from schoolsim.figures.errors import FigureError
from schoolsim.figures.options import UsesOptions, Width, few_levels, read_options
from schoolsim.figures.panels import HANDLE, LINE_HEIGHT, wrap
from schoolsim.figures.save import Provenance
from schoolsim.figures.style import (
    GRID,
    LEGEND_SIZE,
    LEVELS,
    WIDTHS,
    characters,
    footnote,
    journal_style,
    new_figure,
    own_axes,
    plain_numbers,
)
from schoolsim.figures.tables import Drawn, Tables

HOURS: Final = (
    "hours.joint", "hours.travel", "hours.meetings", "hours.developing", "hours.following", "hours.coaching",
    "hours.reading", "hours.bidding", "hours.evaluation", "hours.brokers",
)  # fmt: skip
POUNDS: Final = (
    "pounds.cover", "pounds.home", "pounds.facilitator", "pounds.evaluation", "pounds.accreditation",
    "pounds.returned", "pounds.unfilled", "pounds.unclaimed",
)  # fmt: skip
"""Uses of what is granted: together they are all of it."""
REST: Final = "the rest"
MOST: Final = 6
"""Uses that are told apart; smaller ones are put together."""
HATCHES: Final = ("", "////", "....", "\\\\\\\\", "xxxx", "oooo", "")
PALE: Final = "#d9d9d9"
LEADS: Final = ("Time in ", "Time spent on ", "Time ", "Money spent on ", "Money of ", "Money ")
"""How the labels of uses begin, where the axis says it already."""
BAR_INCHES: Final = 0.26
LABELS: Final = 1.25
"""Inches of the labels of bars."""
PANELS: Final = ("hours", "pounds")


def plot_uses(
    table: pd.DataFrame, lever: str | None = None, *, columns: Columns | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a bar for each level of a lever, made of its uses in the order of the table.

    Args:
        table: One row an outcome (a use) and level: `outcome`, `mean`, all in one unit; `outcome` may be `REST`.
        lever: The column of the lever; None for one bar.
        columns: The study's column table, for units.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes, with a legend of the uses.

    Raises:
        FigureError: A use and level have two rows, or there are more uses than can be told apart.
    """
    if ax is None:
        with journal_style():
            return plot_uses(table, lever, columns=columns, ax=own_axes())
    uses = [str(name) for name in dict.fromkeys(table["outcome"])]
    if table.duplicated(["outcome", *([lever] if lever else [])]).any():
        raise FigureError("a use has two rows at one level; average over what else varies")
    if len(uses) > MOST + (REST in uses):
        raise FigureError(f"a bar tells at most {MOST} uses apart; put the smallest together")
    levels = list(dict.fromkeys(table[lever])) if lever else [None]
    wide = table.assign(level=table[lever] if lever else "all").pivot(index="level", columns="outcome", values="mean")
    wide = wide.reindex(levels) if lever else wide
    left = pd.Series(0.0, index=wide.index)
    for place, name in enumerate(uses):
        colour = PALE if name == REST else LEVELS[place].colour
        ax.barh(
            range(len(wide)), wide[name], left=left, height=0.72, color=colour, edgecolor="white",
            hatch=HATCHES[place] if name != REST else "", linewidth=0.6, label=_use(name, columns), zorder=2,
        )  # fmt: skip
        left = left + wide[name]
    for row, total in enumerate(left):
        ax.annotate(number(float(total), 0), (total, row), xytext=(3, 0), textcoords="offset points", va="center")
    ax.set_yticks(range(len(wide)), [wrap(level_words(lever, one), 20) if lever else "all" for one in levels])
    ax.set_ylim(len(wide) - 0.5, -0.5)
    ax.set_xlim(0.0, 1.16 * float(left.max()) or 1.0)
    ax.tick_params(axis="y", length=0)
    ax.set_axisbelow(True)
    ax.grid(axis="x", color=GRID, linewidth=0.5)
    unit = unit_words(outcome_words(next(name for name in uses if name != REST), columns).unit)
    ax.set_xlabel(f"{unit[:1].upper()}{unit[1:]}")
    if lever:
        ax.set_ylabel(wrap(parameter_words(lever).label, 26))
    plain_numbers(ax.xaxis)
    return ax


def uses_figure(
    table: pd.DataFrame,
    lever: str | None = None,
    *,
    columns: Columns | None = None,
    width: Width = "page",
    note: str = "",
) -> Figure:
    """Draw a panel for hours and one for pounds.

    Args:
        table: As for `plot_uses`, with `of`, "hours" or "pounds".
        lever: The column of the lever.
        columns: The study's column table, for units.
        width: Of a page or a column.
        note: What bars are.

    Raises:
        FigureError: As for `plot_uses`.
    """
    shown = [name for name in PANELS if (table["of"] == name).any()]
    bars = table[lever].nunique() if lever else 1
    panel = BAR_INCHES * bars + 0.75
    with journal_style():
        ncols = 3 if width == "page" else 2
        keys = {
            name: [_use(str(one), columns) for one in dict.fromkeys(table[table["of"] == name]["outcome"])]
            for name in shown
        }
        rows = {name: -(-len(labels) // ncols) for name, labels in keys.items()}
        letters = characters((WIDTHS[width] - LABELS) / ncols - HANDLE, LEGEND_SIZE)
        lines = {name: rows[name] * max(len(wrap(one, letters).splitlines()) for one in keys[name]) for name in shown}
        figure = new_figure(width, 0.45 + sum(panel + LINE_HEIGHT * 1.3 * lines[name] for name in shown))
        grid = figure.subplots(
            len(shown), 1, squeeze=False, height_ratios=[panel + LINE_HEIGHT * lines[name] for name in shown]
        )
        for name, ax in zip(shown, grid[:, 0], strict=True):
            plot_uses(table[table["of"] == name], lever, columns=columns, ax=ax)
            handles, labels = ax.get_legend_handles_labels()
            ax.legend(
                handles, [wrap(label, letters) for label in labels], loc="lower left", bbox_to_anchor=(0.0, 1.0),
                ncols=ncols, borderaxespad=0.2, columnspacing=1.2, handletextpad=0.5,
            )  # fmt: skip
        footnote(figure, note, width)
    return figure


def draw_uses(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """Hours and pounds by use, by the levels of a lever; see `UsesOptions`."""
    chosen = read_options(UsesOptions, options)
    wanted = tables.outcomes(chosen.outcomes) if chosen.outcomes else [n for n in (*HOURS, *POUNDS) if tables.has(n)]
    strange = [name for name in wanted if name.partition(".")[0] not in PANELS]
    if strange or not wanted:
        what = f"{strange[0]} is neither" if strange else "this study measured none"
        raise FigureError(
            f'figure kind "uses" is of hours and pounds, and {what}: add to measure, under [outcomes], such as '
            '"hours.joint", "hours.travel", "pounds.cover", "pounds.home", and run it in another folder'
        )
    lever = chosen.lever or few_levels(tables.points, most=12)
    table = few_at_a_time(tables.only, wanted, lambda runs, names: _levels(runs, names, lever))
    note = f"Bars: means a year over the years of policy, {levels_note(table)}."
    table, left_out = _largest(table, lever)
    if left_out:
        note += f" Not used at all, and not drawn: {joined([_use(name, tables.columns) for name in left_out])}."
    figure = uses_figure(table, lever, columns=tables.columns, width=chosen.width, note=note)
    subject = f"Hours and pounds by use{f', by {parameter_label(lever)}' if lever else ''}."
    short = f"{subject} {note}"
    shown = [str(name) for name in dict.fromkeys(table["outcome"]) if name != REST]
    whole = f"{short} {definitions(shown, tables.columns)} {study_note(provenance)}"
    return Drawn(figure, whole, table, short, f"Bars made of uses. {_seen(table, lever, tables.columns)}")


def _levels(runs: pd.DataFrame, names: list[str], lever: str | None) -> pd.DataFrame:
    return level_table(runs, outcomes=names, by=[lever]) if lever else overall_table(runs, outcomes=names)


def _largest(table: pd.DataFrame, lever: str | None) -> tuple[pd.DataFrame, list[str]]:
    """The largest uses of hours and of pounds, the rest of each put together; and what nothing was used for."""
    total = table.groupby("outcome", sort=False)["mean"].sum()
    never = [str(name) for name in total.index[total == 0.0]]
    parts = []
    for kind in PANELS:
        own = total[[name for name in total.index if str(name).startswith(f"{kind}.") and name not in never]]
        ranked = own.sort_values(ascending=False, kind="stable").index
        part = table[table["outcome"].isin(ranked)]
        order = {name: place for place, name in enumerate(ranked)}
        part = part.sort_values("outcome", key=lambda names: names.map(order), kind="stable")
        if len(ranked) > MOST:
            kept = part["outcome"].isin(ranked[:MOST])
            rest = part[~kept]
            summed = (
                rest.groupby(lever, sort=False, as_index=False)["mean"].sum()
                if lever
                else rest[["mean"]].sum().to_frame().T
            )
            part = pd.concat([part[kept], summed.assign(outcome=REST)], ignore_index=True)
        parts.append(part.assign(of=kind))
    found = pd.concat(parts, ignore_index=True)
    if found.empty:
        raise FigureError('figure kind "uses": neither an hour nor a pound was used in any run')
    return found, never


def _seen(table: pd.DataFrame, lever: str | None, columns: Columns | None) -> str:
    said = []
    for kind, part in table.groupby("of", sort=False):
        sums = part.groupby(lever, sort=False)["mean"].sum() if lever else pd.Series({"all": part["mean"].sum()})
        largest = part.groupby("outcome", sort=False)["mean"].sum().idxmax()
        low, high = (number(float(end), 0) for end in (sums.min(), sums.max()))
        said.append(f"{str(kind).capitalize()} go from {low} to {high} a year, most for {_use(str(largest), columns)}.")
    return " ".join(said)


def _use(name: str, columns: Columns | None) -> str:
    """`joint work` for `Time in joint work`."""
    label = REST if name == REST else outcome_words(name, columns).label
    lead = next((lead for lead in LEADS if label.startswith(lead)), "")
    return label.removeprefix(lead)[:1].lower() + label.removeprefix(lead)[1:]
