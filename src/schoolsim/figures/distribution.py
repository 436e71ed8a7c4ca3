"""The spread of schools or of runs over an outcome, with Kingsdown marked: 7 to 27 per cent in two years."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from schoolsim.analysis.quantities import number, unit_words
from schoolsim.analysis.run_table import require_known
from schoolsim.analysis.sentences import Columns, level_words, outcome_words, parameter_label
from schoolsim.figures.captions import definitions, month_note, study_note
from schoolsim.figures.errors import FigureError
from schoolsim.figures.options import DistributionOptions, Width, few_levels, read_options
from schoolsim.figures.panels import Legend
from schoolsim.figures.save import Provenance
from schoolsim.figures.series import HALF_TERMS
from schoolsim.figures.style import GRID, INK, LEVELS, SMALL, footnote, journal_style, look, new_figure, own_axes
from schoolsim.figures.tables import Drawn, Tables

if TYPE_CHECKING:
    from schoolsim.outcomes.schools import SchoolOutcome

KINGSDOWN: Final = 20.0
"""Percentage points: 7 to 27 per cent with five good GCSEs in two years (Ainscow in the TES, 2003)."""
KINGSDOWN_WORDS: Final = "Kingsdown: from 7 to 27 per cent in two years"
PUBLISHED: Final = ("published", "attainment.partner", "attainment.mean")
"""Published results, of schools and of runs, whose change over two years is what Kingsdown's is told in."""
HEIGHT: Final = 2.5
HEADROOM: Final = 1.35
CLEAR: Final = 0.35
"""Share of the axis to the right of a mark from which its words stand there."""


def plot_distribution(
    table: pd.DataFrame,
    lever: str | None = None,
    *,
    label: str = "",
    mark: float | None = None,
    marked: str = "",
    bins: int = 24,
    ax: Axes | None = None,
) -> Axes:
    """Draw the share of cases in each interval of a value, an outline for each level of a lever.

    Args:
        table: One row a case: `value`, and the lever.
        lever: The column of the lever; None for one outline.
        label: Of the axis, with its unit.
        mark: A value to mark.
        marked: What the mark is; how many cases reach it stands beside it, by level.
        bins: Intervals, as wide as one another.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes.
    """
    if ax is None:
        with journal_style():
            return plot_distribution(
                table, lever, label=label, mark=mark, marked=marked, bins=bins, ax=own_axes()
            )  # fmt: skip
    values = table["value"].to_numpy(dtype=float)
    ends = [*values, *([mark] if mark is not None else [])]
    edges = np.linspace(min(ends), max(ends), bins + 1)
    if edges[0] == edges[-1]:
        edges = np.array([edges[0] - 0.5, edges[0] + 0.5])
    levels = list(dict.fromkeys(table[lever])) if lever else [None]
    for place, level in enumerate(levels):
        shown = look(place)
        own = values if lever is None else values[(table[lever] == level).to_numpy()]
        counts, _ = np.histogram(own, edges)
        ax.stairs(
            100.0 * counts / len(own), edges, color=shown.colour, linewidth=1.3, linestyle=shown.line,
            fill=False, label="all" if lever is None else level_words(lever, level), zorder=3,
        )  # fmt: skip
        if place == 0:
            ax.stairs(100.0 * counts / len(own), edges, color=shown.colour, fill=True, alpha=0.15, zorder=2)
    ax.axvline(0.0, color=GRID, linewidth=0.9, zorder=1) if edges[0] < 0.0 < edges[-1] else None
    ax.set_axisbelow(True)
    ax.grid(axis="y", color=GRID, linewidth=0.5)
    ax.set_xlabel(label)
    ax.set_ylabel("Share (%)")
    ax.margins(x=0.02)
    # The words of a mark stand above what is drawn.
    ax.set_ylim(0.0, ax.get_ylim()[1] * (1.0 if mark is None else HEADROOM))
    if mark is not None:
        _draw_mark(ax, mark, f"{marked}\n{_reached(table, lever, mark)}".strip(), edges)
    return ax


def distribution_figure(
    table: pd.DataFrame,
    lever: str | None = None,
    *,
    label: str = "",
    mark: float | None = None,
    marked: str = "",
    bins: int = 24,
    width: Width = "page",
    note: str = "",
) -> Figure:
    """Draw a distribution with its legend.

    Args:
        table: As for `plot_distribution`.
        lever: The column of the lever.
        label: Of the axis.
        mark: A value to mark.
        marked: What the mark is.
        bins: Intervals.
        width: Of a page or a column.
        note: What a case is.
    """
    legend = Legend(lever, list(dict.fromkeys(table[lever])), None, width) if lever else None
    with journal_style():
        figure = new_figure(width, HEIGHT + 0.5 + (0.2 + legend.height if legend else 0.0))
        ax = plot_distribution(
            table, lever, label=textwrap.fill(label, 66 if width == "page" else 42), mark=mark, marked=marked,
            bins=bins, ax=figure.add_subplot(),
        )  # fmt: skip
        if legend:
            legend.key.draw(figure, ax)
        footnote(figure, note, width)
    return figure


def _school_outcomes() -> Mapping[str, SchoolOutcome]:
    """Outcomes over schools; looked up late, since they load the compiler, which most figures do without."""
    from schoolsim.outcomes.schools import SCHOOL_OUTCOMES

    return SCHOOL_OUTCOMES


def draw_distribution(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """How schools or runs are spread over an outcome; see `DistributionOptions`."""
    chosen = read_options(DistributionOptions, options)
    outcomes = chosen.outcomes or ["published"]
    if len(outcomes) != 1:
        raise FigureError('figure kind "distribution" is of one outcome: outcomes = ["published"]')
    outcome = outcomes[0]
    of_schools = outcome in _school_outcomes()
    lever = chosen.lever or few_levels(tables.points, most=len(LEVELS))
    if lever is not None:
        require_known(lever, tables.swept(), "swept column")
    years, kept = chosen.years, [lever] if lever else []
    if of_schools:
        table, years = _of_schools(tables, outcome, years, kept)
    else:
        table = _of_runs(tables, outcome, years, kept)
    mark, marked = chosen.mark, chosen.marked or ""
    if mark is None and outcome in PUBLISHED and years is not None and years[1] - years[0] == 2:
        mark, marked = KINGSDOWN, chosen.marked or KINGSDOWN_WORDS
    label, unit = _words(outcome, tables.columns)
    when = "" if years is None else f" from year {years[0]} to year {years[1]}"
    change = f"Change in {label[:1].lower()}{label[1:]}{when}" if years else label
    cases = "schools, those of all runs together" if of_schools else "runs"
    note = f"{len(table):,} {cases}."
    month = month_note(outcomes, tables.month)
    figure = distribution_figure(
        table, lever, label=f"{change} ({unit})" if unit else change, mark=mark, marked=marked,
        bins=chosen.bins, width=chosen.width, note=f"{note} {month}".strip(),
    )  # fmt: skip
    by = f", by {parameter_label(lever)}" if lever else ""
    reached = "" if mark is None else f" {marked or 'The mark'} ({number(mark, 1)}): {_reached(table, lever, mark)}."
    short = f"{change}{by}: {note}{reached} {month}".strip()
    whole = f"{short} {_defined(outcome, tables.columns)} {study_note(provenance)}"
    low, middle, high = (number(float(value), 1) for value in table["value"].quantile([0.05, 0.5, 0.95]))
    alt = f"Outlines of a distribution: nine in ten {'schools' if of_schools else 'runs'} lie between {low} and {high}"
    shown = table.assign(outcome=outcome)
    return Drawn(figure, whole, shown, short, f"{alt}, half of them below {middle}.{reached}")


def _of_schools(
    tables: Tables, outcome: str, years: tuple[int, int] | None, kept: list[str]
) -> tuple[pd.DataFrame, tuple[int, int]]:
    """The change of every school of every run between two years that were kept."""
    schools = tables.of_schools()
    own = schools[schools["outcome"] == outcome]
    there = sorted({int(half_term + 1) // HALF_TERMS for half_term in own["half_term"].unique()})
    first, last = years or (there[0] if there else 0, there[-1] if there else 2)
    missing = [year for year in (first, last) if year not in there]
    if missing or first >= last:
        raise FigureError(
            f'figure kind "distribution" needs "{outcome}" of schools in two years; kept are '
            f'{", ".join(map(str, kept)) or "none"}: set, under [outcomes], schools = ["{outcome}"] and school_years '
            f"= [{first}, {max(last, first + 1)}], and run it in another folder"
        )
    keys = ["point", "replication", "urn"]
    ends = [
        own[own["half_term"] == HALF_TERMS * year - 1].set_index(keys)["value"].astype(float) for year in (first, last)
    ]
    change = (ends[1] - ends[0]).dropna().rename("value").reset_index()
    swept = tables.only()[["point", *kept]].drop_duplicates("point")
    return change.merge(swept, on="point", how="left"), (first, last)


def _of_runs(tables: Tables, outcome: str, years: tuple[int, int] | None, kept: list[str]) -> pd.DataFrame:
    """The outcome of every run that has one, or its change between the ends of two years."""
    tables.outcomes([outcome])
    if years is None:
        runs = tables.only(outcome)
        values = runs[runs["status"] == "ok"][[*kept, "replication", outcome]].rename(columns={outcome: "value"})
    else:
        if years[0] >= years[1]:
            raise FigureError(f"years = {list(years)}: the second must be the later one")
        # As the policy begins is told by the first half-term of it: nobody is a partner before.
        half_terms = [max(HALF_TERMS * year - 1, 0) for year in years]
        with tables.through_time([outcome], "distribution") as series:
            absent = outcome not in series.outcomes or not set(half_terms) <= series.known(outcome)
            if absent:
                raise FigureError(
                    f'figure kind "distribution" needs "{outcome}" at the ends of years {years[0]} and {years[1]}, and '
                    "this study kept none: name it under [outcomes], in measure and keep, where it has these"
                )
            ends = [series.of(outcome, [half_term]) for half_term in half_terms]
        values = ends[1][[*kept, "replication"]].assign(
            value=ends[1][outcome].to_numpy(dtype=float) - ends[0][outcome].to_numpy(dtype=float)
        )
    values = values[np.isfinite(values["value"].astype(float))]
    if values.empty:
        raise FigureError(f"{outcome} has no value in any run: nothing to draw")
    return values.reset_index(drop=True)


def _reached(table: pd.DataFrame, lever: str | None, mark: float) -> str:
    """`reached by 0.4% (no network), 0.6% (1 network)`."""
    if lever is None:
        return f"reached by {(table['value'] >= mark).mean():.1%}"
    told = [
        f"{(rows['value'] >= mark).mean():.1%} ({level_words(lever, level)})"
        for level, rows in table.groupby(lever, sort=False)
    ]
    return f"reached by {', '.join(told)}"


def _draw_mark(ax: Axes, mark: float, text: str, edges: np.ndarray) -> None:
    """A line at the mark, its words on the side where there is room."""
    ax.axvline(mark, color=INK, linewidth=1.1, linestyle=(0, (4, 2)), zorder=4)
    room = (edges[-1] - mark) / (edges[-1] - edges[0])
    ax.annotate(
        "\n".join(textwrap.fill(line, 46) for line in text.splitlines()),
        (mark, 0.97), xycoords=("data", "axes fraction"), xytext=(4 if room > CLEAR else -4, 0),
        textcoords="offset points", ha="left" if room > CLEAR else "right", va="top", fontsize=SMALL,
    )  # fmt: skip


def _words(outcome: str, columns: Columns | None) -> tuple[str, str]:
    if outcome in _school_outcomes():
        one = _school_outcomes()[outcome]
        return one.definition.rstrip("."), unit_words(one.unit)
    words = outcome_words(outcome, columns)
    return words.label, unit_words(words.unit)


def _defined(outcome: str, columns: Columns | None) -> str:
    if outcome in _school_outcomes():
        return f"{_school_outcomes()[outcome].definition.rstrip('.')}, {_words(outcome, columns)[1]}."
    return definitions([outcome], columns)
