"""Figures of robustness: a map of regret by policy and world, and policies by two outcomes with their Pareto set."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.typing import DrawStyleType

from schoolsim.analysis.policies import words
from schoolsim.analysis.quantities import decimals_for, number, unit_words
from schoolsim.analysis.robustness import Robustness
from schoolsim.analysis.sentences import Columns, outcome_words
from schoolsim.figures.errors import FigureError
from schoolsim.figures.options import Width
from schoolsim.figures.panels import LINE_HEIGHT
from schoolsim.figures.style import (
    GRID,
    LEVELS,
    MUTED,
    SMALL,
    footnote,
    journal_style,
    new_figure,
    own_axes,
    plain_numbers,
)

POLICY_INCHES, PANEL_INCHES = 0.3, 0.75
SHADES = "Blues"
"""Light where there is no regret, dark where there is most; its greys are in the same order."""
WIDE, NARROW, GAP_INCHES = 44, 22, 0.06
FINE = 0.2
"""Share of the largest regret that numbers should tell."""
MOST_ROWS, MOST_LABELS = 40, 12
STAIRS: Mapping[str, DrawStyleType] = {"min": "steps-post", "max": "steps-pre"}
"""The edge of what is beaten: between two policies of the front, the best that can be had is one of the two."""
NUMBERED = 3.3
"""Size of the points, in points."""


def plot_regret(
    found: Robustness, outcome: str, *, columns: Columns | None = None, ax: Axes | None = None, letters: int = 22
) -> Axes:
    """Draw a map of regret: a row a policy, least regret at worst first, a column a world, hardest last.

    Args:
        found: What `robust` returns.
        outcome: One of its outcomes.
        columns: The study's column table, for units.
        ax: Where to draw; a new figure if None.
        letters: How many of a policy's words stand in a line; few put the scale of shades below.
    """
    if ax is None:
        with journal_style():
            return plot_regret(found, outcome, columns=columns, ax=own_axes(), letters=letters)
    table = found.regret[outcome]
    rows = table.max().sort_values(kind="stable").index
    worlds = table[rows[0]].sort_values(kind="stable").index
    drawn = ax.imshow(
        table.loc[worlds, rows].T.to_numpy(), aspect="auto", cmap=SHADES, vmin=0.0, interpolation="nearest"
    )
    measured = found.table[found.table["outcome"] == outcome].set_index("policy")
    digits = decimals_for(0.0, FINE * float(measured["regret_max"].max()))
    numbers = [
        ", ".join(number(float(measured.loc[policy, name]), digits) for name in ("regret_mean", "regret_max"))
        for policy in rows
    ]
    ax.set_yticks(range(len(rows)), [textwrap.fill(found.labels[policy], letters) for policy in rows])
    beside = ax.secondary_yaxis("right")
    beside.set_yticks(range(len(rows)), numbers)
    for side in (ax, beside):
        side.tick_params(axis="y", length=0)
    ax.set_xticks([])
    ax.set_xlabel(textwrap.fill(f"{found.worlds} worlds, by the regret of the policy in the first row", letters + 20))
    unit = unit_words(outcome_words(outcome, columns).unit)
    ax.set_title(words(outcome))
    if letters > NARROW:
        ax.set_title("mean, most", loc="right", fontweight="normal", fontsize=SMALL, color=MUTED)
    bar = ax.figure.colorbar(drawn, ax=ax, aspect=12, location="right" if letters > NARROW else "bottom")
    bar.set_label(f"Regret ({unit})" if unit else "Regret")
    bar.outline.set_visible(False)
    plain_numbers(bar.ax.yaxis if letters > NARROW else bar.ax.xaxis)
    return ax


def regret_figure(
    found: Robustness, *, columns: Columns | None = None, width: Width = "page", yardstick: str = ""
) -> Figure:
    """A map of regret for every outcome.

    Args:
        found: What `robust` returns.
        columns: The study's column table, for units.
        width: Of a page or a column.
        yardstick: What makes sizes known to a reader, after the note.

    Raises:
        FigureError: There are too many policies for a row each.
    """
    policies = len(found.labels)
    if policies > MOST_ROWS:
        raise FigureError(f"a map of regret has at most {MOST_ROWS} rows, and there are {policies} policies")
    letters, panel = (WIDE, PANEL_INCHES) if width == "page" else (NARROW, 2 * PANEL_INCHES)
    lines = max(len(textwrap.wrap(label, letters)) for label in found.labels.values())
    with journal_style():
        row = max(POLICY_INCHES, LINE_HEIGHT * lines + GAP_INCHES)
        figure = new_figure(width, 0.4 + len(found.outcomes) * (panel + row * policies))
        for place, outcome in enumerate(found.outcomes, 1):
            ax = figure.add_subplot(len(found.outcomes), 1, place)
            plot_regret(found, outcome, columns=columns, ax=ax, letters=letters)
        footnote(figure, f"{regret_note(found)} {yardstick}".strip(), width)
    return figure


def regret_note(found: Robustness) -> str:
    """What a cell is."""
    errors = [
        f"{number(float(rows['regret_error'].mean()), 3)} for {words(str(name))}"
        for name, rows in found.table.groupby("outcome", sort=False)
        if rows["regret_error"].max() > 0.0
    ]
    luck = f" Standard error of a cell from seeds: {'; '.join(errors)}." if errors else ""
    return (
        "Cells: how much worse a policy does than the best policy in the same world, replications averaged first; "
        f"rows by the most in any world. Beside them: mean and most over worlds.{luck}"
    )


def regret_seen(found: Robustness, columns: Columns | None = None) -> str:
    """What the map shows, in words, for those who do not see it."""
    said = []
    for outcome in found.outcomes:
        rows = found.table[found.table["outcome"] == outcome].sort_values("regret_max", kind="stable")
        ends = (rows.iloc[0], rows.iloc[-1])
        digits = decimals_for(0.0, FINE * float(ends[1]["regret_max"]))
        least, most = (
            f"{found.labels[int(row['policy'])]} ({number(float(row['regret_mean']), digits)} on average, "
            f"{number(float(row['regret_max']), digits)} at most)"
            for row in ends
        )
        said.append(f"For {outcome_words(outcome, columns).phrase}, regret is least with {least} and most with {most}")
    return f"A map of shades, a row a policy and a column a world. {'. '.join(said)}."


def plot_pareto(
    table: pd.DataFrame, ways: Mapping[str, str], *, columns: Columns | None = None, ax: Axes | None = None
) -> Axes:
    """Draw policies by two outcomes, those that none beats in both filled, joined and numbered.

    Args:
        table: One row a policy: the two outcomes, `on_front`, and `policy`, its number.
        ways: The two outcomes, across first, each with `max` or `min`.
        columns: The study's column table, for units.
        ax: Where to draw; a new figure if None.

    Raises:
        FigureError: There are not two outcomes.
    """
    if ax is None:
        with journal_style():
            return plot_pareto(table, ways, columns=columns, ax=own_axes())
    if len(ways) != 2:
        raise FigureError(f"a Pareto set is drawn for two outcomes; here are {len(ways)}")
    across, up = ways
    front = table[table["on_front"]].sort_values(across)
    rest = table[~table["on_front"]]
    ax.set_axisbelow(True)
    ax.grid(color=GRID, linewidth=0.5)
    ax.plot(front[across], front[up], color=LEVELS[1].colour, linewidth=0.8, linestyle=LEVELS[1].line, zorder=2,
            drawstyle=STAIRS[ways[across]])  # fmt: skip
    ax.plot(rest[across], rest[up], "o", color=MUTED, markerfacecolor="none", markersize=NUMBERED, linestyle="none",
            label="beaten by another in both", zorder=3)  # fmt: skip
    ax.plot(front[across], front[up], "s", color=LEVELS[1].colour, markersize=NUMBERED + 1, linestyle="none",
            label="beaten by none", zorder=4)  # fmt: skip
    for row in front.to_dict("records")[:MOST_LABELS]:
        ax.annotate(str(row["policy"]), (row[across], row[up]), xytext=(4, 4), textcoords="offset points")
    ax.set_xlabel(textwrap.fill(_axis(across, ways[across], columns), 48))
    ax.set_ylabel(textwrap.fill(_axis(up, ways[up], columns), 48))
    for axis in (ax.xaxis, ax.yaxis):
        plain_numbers(axis)
    ax.margins(0.08)
    return ax


def pareto_figure(
    table: pd.DataFrame,
    ways: Mapping[str, str],
    labels: Mapping[int, str],
    *,
    columns: Columns | None = None,
    width: Width = "page",
    yardstick: str = "",
) -> Figure:
    """Policies by two outcomes, with what those are that none beats.

    Args:
        table: As for `plot_pareto`.
        ways: The two outcomes, across first, each with `max` or `min`.
        labels: Policy number to words.
        columns: The study's column table, for units.
        width: Of a page or a column.
        yardstick: What makes sizes known to a reader, after the note.
    """
    with journal_style():
        note = f"{pareto_note(table, labels)} {yardstick}".strip()
        figure = new_figure(width, 3.4 + 0.12 * (len(note) / (110 if width == "page" else 52)))
        ax = plot_pareto(table, ways, columns=columns, ax=figure.add_subplot())
        handles, told = ax.get_legend_handles_labels()
        figure.legend(handles, told, loc="outside upper left", ncols=2, borderaxespad=0.2)
        footnote(figure, note, width)
    return figure


def pareto_note(table: pd.DataFrame, labels: Mapping[int, str]) -> str:
    """What the points are, and which policies are beaten by none."""
    front = table[table["on_front"]]
    shown = [f"{row['policy']}: {labels[int(row['policy'])]}" for row in front.to_dict("records")[:MOST_LABELS]]
    more = f"; and {len(front) - len(shown)} more" if len(front) > len(shown) else ""
    return f"Points: means over worlds and replications, one a policy. Beaten by none: {'; '.join(shown)}{more}."


def pareto_seen(table: pd.DataFrame, ways: Mapping[str, str], columns: Columns | None = None) -> str:
    """What the points show, in words, for those who do not see them."""
    told = []
    for name, where in zip(ways, ("across", "up"), strict=True):
        low, high = float(table[name].min()), float(table[name].max())
        digits = decimals_for(low, high)
        told.append(
            f"{outcome_words(name, columns).phrase} ({where}) goes from {number(low, digits)} to {number(high, digits)}"
        )
    return f"A point a policy: {' and '.join(told)}. {int(table['on_front'].sum())} of {len(table)} are beaten by none."


def _axis(name: str, way: str, columns: Columns | None) -> str:
    unit = unit_words(outcome_words(name, columns).unit)
    better = "more is better" if way == "max" else "less is better"
    return f"{words(name)} ({f'{unit}; ' if unit else ''}{better})"
