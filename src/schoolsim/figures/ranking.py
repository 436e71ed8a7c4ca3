"""The ranking of policies over worlds: how far each is from the best, and which ranks it may have."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from schoolsim.analysis.policies import words
from schoolsim.analysis.quantities import decimals_for, number, unit_words
from schoolsim.analysis.ranking import ranking
from schoolsim.analysis.robustness import directions
from schoolsim.analysis.sentences import Columns, outcome_words
from schoolsim.figures.captions import definitions, month_note, study_note
from schoolsim.figures.options import RankingOptions, Width, read_options
from schoolsim.figures.panels import LINE_HEIGHT
from schoolsim.figures.save import Provenance
from schoolsim.figures.style import (
    BAND,
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
from schoolsim.figures.tables import Drawn, Tables

ROW_INCHES: Final = 0.24
WIDE, NARROW = 46, 22
"""Letters of a policy's words in a line."""


def plot_ranking(
    table: pd.DataFrame, *, columns: Columns | None = None, ax: Axes | None = None, letters: int = NARROW
) -> Axes:
    """Draw a row a policy, the best first: its difference from the best with its interval, and its rank beside it.

    Args:
        table: Rows of one outcome of what `analysis.ranking.ranking` returns, with `label`.
        columns: The study's column table, for units.
        ax: Where to draw; a new figure if None.
        letters: How many of a policy's words stand in a line.

    Returns:
        The axes.
    """
    if ax is None:
        with journal_style():
            return plot_ranking(table, columns=columns, ax=own_axes(), letters=letters)
    rows = table.sort_values("rank", kind="stable").reset_index(drop=True)
    for row in range(0, len(rows), 2):
        ax.axhspan(row - 0.5, row + 0.5, color=BAND, linewidth=0, zorder=0)
    ax.set_axisbelow(True)
    ax.grid(axis="x", color=GRID, linewidth=0.5)
    ax.axvline(0, color=MUTED, linewidth=0.9, zorder=1)
    clear = (rows["high"] < 0) | (rows["low"] > 0)
    for flag, look, label in ((False, LEVELS[0], "not clearly behind"), (True, LEVELS[1], "clearly behind")):
        own = rows[clear == flag]
        if len(own):
            ax.errorbar(
                own["difference"], own.index, xerr=[own["difference"] - own["low"], own["high"] - own["difference"]],
                fmt=look.marker, color=look.colour, markerfacecolor=look.face, markersize=4.2, markeredgewidth=1.1,
                elinewidth=1.2, capsize=2, linestyle="none", label=label, zorder=3,
            )  # fmt: skip
    ax.set_yticks(range(len(rows)), [textwrap.fill(label, letters) for label in rows["label"]])
    beside = ax.secondary_yaxis("right")
    beside.set_yticks(range(len(rows)), [_rank(row) for row in rows.to_dict("records")])
    for side in (ax, beside):
        side.tick_params(axis="y", length=0)
        side.spines[["left", "right"]].set_visible(False)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    outcome = str(rows["outcome"].iloc[0])
    unit = unit_words(outcome_words(outcome, columns).unit)
    ax.set_title(textwrap.fill(words(outcome), letters))
    if letters > NARROW:
        ax.set_title("rank", loc="right", fontweight="normal", fontsize=SMALL, color=MUTED)
    ax.set_xlabel(f"Difference from the first ({unit})" if unit else "Difference from the first")
    plain_numbers(ax.xaxis)
    return ax


def ranking_figure(
    table: pd.DataFrame, *, columns: Columns | None = None, width: Width = "page", note: str = ""
) -> Figure:
    """Draw a panel for every outcome.

    Args:
        table: As for `plot_ranking`, of one outcome or several.
        columns: The study's column table, for units.
        width: Of a page or a column.
        note: What marks and bars are.
    """
    outcomes = list(dict.fromkeys(table["outcome"]))
    letters = WIDE if width == "page" else NARROW
    lines = max(len(textwrap.wrap(label, letters)) for label in table["label"])
    panel = max(ROW_INCHES, LINE_HEIGHT * lines + 0.06) * table["policy"].nunique() + 0.6
    with journal_style():
        figure = new_figure(width, 0.8 + panel * len(outcomes))
        for place, outcome in enumerate(outcomes, 1):
            ax = figure.add_subplot(len(outcomes), 1, place)
            plot_ranking(table[table["outcome"] == outcome], columns=columns, ax=ax, letters=letters)
            handles, labels = ax.get_legend_handles_labels()
            if place == 1:
                figure.legend(handles, labels, loc="outside upper left", ncols=2, borderaxespad=0.2)
        footnote(figure, note, width)
    return figure


def draw_ranking(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """Policies from best to worst over worlds, with intervals; see `RankingOptions`."""
    chosen = read_options(RankingOptions, options)
    wanted = directions(chosen.outcomes or tables.outcomes(None)[:1])
    policies = tables.policies("ranking", list(wanted))
    labels = policies.labels
    table = ranking(policies, wanted, confidence=chosen.confidence)
    table = table[table["rank"] <= chosen.most].assign(label=lambda rows: rows["policy"].map(labels))
    units = str(table["unit"].iloc[0])
    share = f"{100 * chosen.confidence:g}%"
    note = (
        f"Marks: mean difference from the first, in the same {units}; bars: {share} interval over "
        f"{int(table['n'].iloc[0])} {units}. At the right: rank, and its {share} interval from resampling {units}."
    )
    if len(labels) > chosen.most:
        note += f" The best {chosen.most} of {len(labels)} policies."
    month = month_note(list(wanted), tables.month)
    figure = ranking_figure(table, columns=tables.columns, width=chosen.width, note=f"{note} {month}".strip())
    short = f"Policies by {' and '.join(words(name) for name in wanted)}. {note} {month}".strip()
    seen = "; ".join(_seen(rows, tables.columns) for _, rows in table.groupby("outcome", sort=False))
    whole = f"{short} {definitions(list(wanted), tables.columns)} {study_note(provenance)}"
    return Drawn(figure, whole, table.reset_index(drop=True), short, f"A row a policy, the best first. {seen}.")


def _rank(row: Mapping[object, object]) -> str:
    first, last = int(str(row["rank_low"])), int(str(row["rank_high"]))
    return f"{row['rank']}" if first == last == row["rank"] else f"{row['rank']} ({first} to {last})"


def _seen(rows: pd.DataFrame, columns: Columns | None) -> str:
    ordered = rows.sort_values("rank")
    first, last = ordered.iloc[0], ordered.iloc[-1]
    digits = decimals_for(float(last["low"]), float(last["high"]))
    return (
        f"For {outcome_words(str(first['outcome']), columns).phrase}, {first['label']} comes first; {last['label']} "
        f"comes last, by {number(float(last['difference']), digits)}"
    )
