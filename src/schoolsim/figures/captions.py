"""Captions and notes of figures: scenarios, what points and bands are, how many replications."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from schoolsim.analysis.quantities import decimals_for, number, plain, unit_words
from schoolsim.analysis.sentences import (
    Columns,
    columns_by_name,
    interval_words,
    level_words,
    outcome_words,
    parameter_label,
    parameter_words,
    replications,
    setting_words,
)
from schoolsim.figures.save import Provenance, checked
from schoolsim.outcomes.catalog import OUTCOMES


def joined(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def contrast_note(table: pd.DataFrame) -> str:
    """What points and bars are, and n."""
    return f"Points: mean paired difference. Bars: {interval_words(table)} of that mean, n = {replications(table)}."


def series_note(table: pd.DataFrame) -> str:
    """What lines and bands are, and n."""
    n = f"n = {replications(table)}"
    if "level" in table:
        return f"Lines: mean paired difference at each half-term. Bands: {interval_words(table)} of that mean, {n}."
    n = n.replace("paired ", "").replace("incomplete pair", "failed run")
    if "share" in table:
        share = f"{100 * float(table['share'].iloc[0]):g}%"
        return f"Lines: mean at each half-term. Bands: the middle {share} of replications, {n}."
    return f"Lines: mean at each half-term. Bands: {interval_words(table)} of that mean, {n}."


def caption(
    table: pd.DataFrame,
    note: str,
    provenance: Provenance,
    *,
    lever: str,
    panels: str | None,
    averaged: Sequence[str],
    yardstick: str = "",
    columns: Columns | None = None,
    whole: bool = True,
) -> str:
    """The text to print under the figure.

    Args:
        table: What is drawn.
        note: What points, bars or bands are, from `contrast_note` or `series_note`.
        provenance: Where the tables came from.
        lever: The swept column whose levels are compared.
        panels: The swept column that makes the panels, if any.
        averaged: Swept columns averaged over within a replication.
        yardstick: What makes sizes known to a reader, from `month_note`.
        columns: The study's column table, for units and definitions.
        whole: Whether to define the outcomes and say where the tables came from, as a figure by itself must.

    Returns:
        A paragraph.
    """
    parts = [_subject(table, lever)]
    if panels is not None:
        levels = list(dict.fromkeys(table[panels]))
        named = [f"{setting_words(panels, v, levels)} ({panels} = {plain(v)})" for v in levels]
        parts.append(f"Panels: {joined(named)}.")
    parts.append(note)
    if averaged:
        parts.append(f"Averaged within each replication over {joined([parameter_label(name) for name in averaged])}.")
    if yardstick:
        parts.append(yardstick)
    if not whole:
        return " ".join(parts)
    parts.append(definitions(list(dict.fromkeys(table["outcome"])), columns))
    parts.append(study_note(provenance))
    return " ".join(parts)


def study_note(provenance: Provenance) -> str:
    """Which study a figure is of, and what made it."""
    known = checked(provenance)
    return (
        f"Study {known['study']}, schoolsim {known['version']}, commit {known['commit']}, "
        f"config {known['config_sha256'][:12]}."
    )


def month_note(outcomes: Sequence[str], month: float | None) -> str:
    """The yardstick of progress: `A month of progress is 1.7 percentage points.`; empty where none of it is drawn."""
    of_progress = any(name in OUTCOMES and OUTCOMES[name].quantity == "progress" for name in outcomes)
    return f"A month of progress is {month:.2g} percentage points." if month and of_progress else ""


def extremes(table: pd.DataFrame, columns: Sequence[str]) -> str:
    """The lowest and highest mean of a table and where they stand: `from 1.2 (no badge) to 3.4 (…)`.

    Args:
        table: Rows with a `mean`, of one outcome.
        columns: Columns that tell rows apart: swept ones, or `half_term`.
    """
    ends = [table.loc[table["mean"].idxmin()], table.loc[table["mean"].idxmax()]]
    digits = decimals_for(float(ends[0]["mean"]), float(ends[1]["mean"]))
    said = []
    for row in ends:
        places = [setting_words(name, row[name], list(table[name].unique())) for name in columns]
        where = f" ({', '.join(places)})" if places else ""
        said.append(f"{number(float(row['mean']), digits)}{where}")
    return f"from {said[0]} to {said[1]}"


def ranges(table: pd.DataFrame, places: Sequence[str], columns: Columns | None = None) -> str:
    """Every outcome's lowest and highest mean, for those who do not see them.

    Args:
        table: Rows with `outcome`, `mean`, `low` and `high`, and `baseline` where these are differences.
        places: Columns that tell the rows of an outcome apart, as for `extremes`.
        columns: The study's column table, for units.

    Returns:
        `progress goes from 1.2 (no badge) to 3.4 (…); trust is 0.3 (0.2 to 0.4)`, the latter where there is one row.
    """
    what = "the difference in " if "baseline" in table else ""
    return "; ".join(
        f"{what}{outcome_words(str(name), columns).phrase} {_range(rows, places)}"
        for name, rows in table.groupby("outcome", sort=False)
    )


def _range(rows: pd.DataFrame, places: Sequence[str]) -> str:
    if len(rows) > 1:
        return f"goes {extremes(rows, places)}"
    mean, low, high = (float(rows[name].iloc[0]) for name in ("mean", "low", "high"))
    digits = decimals_for(low, high)
    return f"is {number(mean, digits)} ({number(low, digits)} to {number(high, digits)})"


def strongest(table: pd.DataFrame, columns: Columns | None = None) -> str:
    """The input that each outcome hangs on most: `progress hangs most on the speed of learning (0.56); …`.

    Args:
        table: Rows with `outcome`, `input` and `value`, of one index.
        columns: The study's column table, for units.
    """
    return "; ".join(
        f"{outcome_words(str(name), columns).phrase} hangs most on "
        f"{parameter_words(str(rows.loc[rows['value'].idxmax(), 'input'])).phrase} ({rows['value'].max():.2g})"
        for name, rows in table.groupby("outcome", sort=False)
    )


def levels_note(table: pd.DataFrame) -> str:
    """How many replications a table of levels is of, in words without pairs."""
    return f"n = {replications(table)}".replace("paired ", "").replace("incomplete pair", "failed run")


def _subject(table: pd.DataFrame, lever: str) -> str:
    if "level" not in table:
        levels = [level_words(lever, v) for v in dict.fromkeys(table[lever])]
        return f"Outcomes by {parameter_label(lever)}: {joined(levels)}."
    levels = [level_words(lever, v) for v in dict.fromkeys(table["level"])]
    baseline = table["baseline"].iloc[0]
    return (
        f"Differences from {level_words(lever, baseline)} ({lever} = {plain(baseline)}) between "
        f"runs that share their seed, for {joined(levels)}."
    )


def definitions(outcomes: Sequence[object], columns: Columns | None) -> str:
    """What outcomes are, each with its unit."""
    said = []
    for name in outcomes:
        words = outcome_words(str(name), columns)
        definition = columns_by_name(columns).get(str(name), {}).get("definition")
        meaning = f": {str(definition).rstrip('.')}" if definition else ""
        unit = f" ({unit_words(words.unit)})" if words.unit else ""
        said.append(f"{words.label}{meaning}{unit}")
    return f"Outcomes: {'; '.join(said)}."
