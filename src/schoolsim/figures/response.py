"""Interaction panels and dose curves: outcomes along the levels of a lever, a line for each level of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from schoolsim.analysis.contrasts import contrast
from schoolsim.analysis.levels import level_table, without_seed_levels
from schoolsim.analysis.quantities import unit_words
from schoolsim.analysis.run_table import few_at_a_time
from schoolsim.analysis.sentences import (
    Columns,
    has_scale,
    heading_words,
    interval_words,
    level_words,
    outcome_words,
    parameter_label,
    parameter_words,
)
from schoolsim.figures.captions import definitions, joined, levels_note, month_note, ranges, study_note
from schoolsim.figures.errors import FigureError
from schoolsim.figures.options import DoseOptions, ResponseOptions, Width, few_levels, read_options, resolve
from schoolsim.figures.panels import Key, laid_out, wrap
from schoolsim.figures.save import Provenance
from schoolsim.figures.style import GRID, LEVELS, MUTED, journal_style, look, own_axes, plain_numbers
from schoolsim.figures.tables import Drawn, Tables
from schoolsim.parameters.registry import is_parameter, parameter

PANEL_HEIGHT: Final = 1.75
APART: Final = 0.09
"""Steps of the lever between the marks of two lines that stand at one level."""
FEW: Final = 12
"""Levels up to which a lever is drawn level by level."""
ONE_LINE: Final = ""
SAMPLE: Final = "sample"


def plot_interaction(
    table: pd.DataFrame, lever: str, lines: str | None = None, *, columns: Columns | None = None, ax: Axes | None = None
) -> Axes:
    """Draw one outcome by the levels of a lever, a joined line for each level of another.

    Args:
        table: One row a level of `lever` and of `lines`, of one outcome: `mean`, `low`, `high`, and `baseline` where
            these are differences.
        lever: The column of the lever, whose levels stand along the axis in the order of the table.
        lines: The column of the other; None for one line.
        columns: The study's column table, for units.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes.

    Raises:
        FigureError: There are several outcomes, or two rows stand at one place.
    """
    if ax is None:
        with journal_style():
            return plot_interaction(table, lever, lines, columns=columns, ax=own_axes())
    parts = {label: _with_baseline(part, lever) for label, part in _lines(table, lever, lines).items()}
    levels = list(dict.fromkeys(next(iter(parts.values()))[lever]))
    for place, (label, part) in enumerate(parts.items()):
        shown = look(place)
        at = [levels.index(level) + APART * (place - (len(parts) - 1) / 2) for level in part[lever]]
        ax.errorbar(
            at, part["mean"], yerr=[part["mean"] - part["low"], part["high"] - part["mean"]], fmt=shown.marker,
            linestyle=shown.line, linewidth=0.9, color=shown.colour, markerfacecolor=shown.face, markersize=4.2,
            markeredgewidth=1.1, elinewidth=1.1, capsize=2, zorder=3, label=label,
        )  # fmt: skip
    ax.set_xticks(range(len(levels)), [wrap(level_words(lever, level), 16) for level in levels])
    ax.set_xlim(-0.4, len(levels) - 0.6)
    ax.set_xlabel(parameter_words(lever).label)
    _finish(ax, table, columns)
    return ax


def plot_dose(
    table: pd.DataFrame, lever: str, lines: str | None = None, *, columns: Columns | None = None, ax: Axes | None = None
) -> Axes:
    """Draw one outcome along a lever that is a number: a line with its band for each level of another.

    Args:
        table: As for `plot_interaction`; where these are differences, no difference is drawn at the baseline.
        lever: The column of the lever.
        lines: The column of the other; None for one line.
        columns: The study's column table, for units.
        ax: Where to draw; a new figure if None.

    Returns:
        The axes.

    Raises:
        FigureError: As for `plot_interaction`.
    """
    if ax is None:
        with journal_style():
            return plot_dose(table, lever, lines, columns=columns, ax=own_axes())
    for place, (label, part) in enumerate(_lines(table, lever, lines).items()):
        shown = look(place)
        path = _with_baseline(part, lever).sort_values(lever)
        ax.fill_between(path[lever], path["low"], path["high"], color=shown.colour, alpha=0.1, linewidth=0, zorder=2)
        for edge in ("low", "high"):
            ax.plot(path[lever], path[edge], color=shown.colour, linestyle=shown.line, linewidth=0.5, zorder=2.5)
        ax.plot(
            path[lever], path["mean"], color=shown.colour, linestyle=shown.line, marker=shown.marker,
            markerfacecolor=shown.face, markersize=4.2, markeredgewidth=1.0, zorder=3, label=label,
        )  # fmt: skip
    words = parameter_words(lever)
    unit = unit_words(parameter(lever).unit) if is_parameter(lever) else ""
    ax.set_xlabel(f"{words.label} ({unit})" if unit else words.label)
    ax.margins(x=0.02)
    plain_numbers(ax.xaxis)
    _finish(ax, table, columns)
    return ax


def response_figure(
    table: pd.DataFrame,
    lever: str,
    lines: str | None = None,
    *,
    dose: bool = False,
    panels: str | None = None,
    columns: Columns | None = None,
    width: Width = "page",
    note: str = "",
) -> Figure:
    """Draw outcomes along a lever: a row of panels an outcome, a panel a level of `panels`.

    Args:
        table: As for `plot_interaction`, of one outcome or several, with `panels` among its columns.
        lever: The column of the lever.
        lines: The column with a line a level.
        dose: Draw dose curves rather than interaction panels.
        panels: The column that makes the panels.
        columns: The study's column table, for units.
        width: "page" puts the levels of `panels` side by side, "column" one under another.
        note: What lines and bars are.

    Raises:
        FigureError: As for `plot_interaction`, or panels or lines are too many.
    """
    outcomes = list(dict.fromkeys(table["outcome"]))
    told = lines is None or parameter_words(lines).levels or has_scale(lines)
    title = None if told else f"{parameter_words(str(lines)).label}:"
    labels = list(_lines(table[table["outcome"] == outcomes[0]], lever, lines, checked=False))
    key = Key(labels, title, width) if lines else None
    extra = 0.0 if dose else 0.25  # levels in words take two lines
    with laid_out(
        table, panels, width, heights=[PANEL_HEIGHT] * len(outcomes), frame=0.9 if key else 0.6,
        room=extra * len(outcomes), key=key, note=note,
    ) as grid:  # fmt: skip
        plot = plot_dose if dose else plot_interaction
        for (row, level), ax in grid.axes.items():
            part = grid.part(table, level)
            plot(part[part["outcome"] == outcomes[row]], lever, lines, columns=columns, ax=ax)
            if row < len(outcomes) - 1:
                ax.set_xlabel("")
        grid.share("y")
    return grid.figure


def draw_interaction(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """Outcomes by the levels of a lever, a line for each level of another; see `ResponseOptions`."""
    chosen = read_options(ResponseOptions, options)
    given = resolve(chosen, tables.points, outcomes=tables.outcomes(chosen.outcomes))
    lines = chosen.lines
    panels = given.panels if chosen.panels is not None else None
    if lines is None:
        lines = few_levels(tables.points, but=[str(given.lever), *([panels] if panels else [])], most=len(LEVELS))
    given = given.model_copy(update={"lines": lines or None, "panels": panels if panels != lines else None})
    if given.lines is None and chosen.lines != ONE_LINE:
        raise FigureError(
            f'figure kind "interaction" needs a second column that is swept beside {given.lever}, and there is none; '
            'lines = "" draws one line'
        )
    return _drawn(tables, given, provenance, dose=False)


def draw_dose(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """Outcomes along a lever that is a number, or their paired differences; see `DoseOptions`."""
    chosen = read_options(DoseOptions, options)
    points = tables.points
    lever = chosen.lever or next((str(name) for name in points if _is_amount(points[name])), None)
    if lever is None or (lever in points and not _is_amount(points[lever])):
        raise FigureError(
            'figure kind "dose" needs a lever that is a number and is swept at three levels or more'
            + (f": {lever} is not" if lever else "")
        )
    given = resolve(chosen.model_copy(update={"lever": lever}), points, outcomes=tables.outcomes(chosen.outcomes))
    sampled = lever in points and points[lever].nunique() > FEW
    if sampled and "show" in chosen.model_fields_set and chosen.show == "difference":
        raise FigureError(f'{lever} is sampled, so that no level of it is met by all worlds: show = "level" draws it')
    panels = given.panels if chosen.panels is not None else None
    lines = chosen.lines
    if lines is None:
        lines = few_levels(points, but=[lever, *([panels] if panels else [])])
    show = "level" if sampled else chosen.show
    given = given.model_copy(
        update={"lines": lines or None, "panels": panels if panels != lines else None, "show": show}
    )
    return _drawn(tables, given, provenance, dose=True, groups=chosen.bins if sampled else None)


def _drawn(
    tables: Tables, chosen: ResponseOptions, provenance: Provenance, *, dose: bool, groups: int | None = None
) -> Drawn:
    """The figure of resolved options, with its caption and numbers."""
    lever, outcomes = str(chosen.lever), chosen.outcomes or []
    others = [name for name in (chosen.lines, chosen.panels) if name is not None]

    def made(runs: pd.DataFrame, names: list[str]) -> pd.DataFrame:
        if chosen.show == "difference":
            return contrast(
                runs, lever, baseline=chosen.baseline, outcomes=names, by=others, confidence=chosen.confidence
            ).rename(columns={"lever": "of", "level": lever})
        grouped = runs if groups is None else _in_groups(runs, lever, groups)
        alike = without_seed_levels(grouped, names)
        return level_table(alike, outcomes=names, by=[lever, *others], confidence=chosen.confidence)

    table = few_at_a_time(tables.only, outcomes, made)
    note = _note(table, chosen, groups)
    month = month_note(outcomes, tables.month)
    figure = response_figure(
        table, lever, chosen.lines, dose=dose, panels=chosen.panels, columns=tables.columns, width=chosen.width,
        note=f"{note} {month}".strip(),
    )  # fmt: skip
    by = joined([parameter_label(name) for name in (lever, *others)])
    parts = [f"{'Differences of outcomes' if chosen.show == 'difference' else 'Outcomes'} by {by}.", note]
    averaged = [name for name in tables.swept() if name not in (lever, *others)]
    if averaged:
        parts.append(f"Averaged within each replication over {joined([parameter_label(name) for name in averaged])}.")
    short = " ".join([*parts, *([month] if month else [])])
    seen = ranges(table, [lever, *others], tables.columns)
    alt = f"Lines over {parameter_words(lever).label[:1].lower()}{parameter_words(lever).label[1:]}: {seen}."
    whole = f"{short} {definitions(outcomes, tables.columns)} {study_note(provenance)}"
    return Drawn(figure, whole, table, short, alt)


def _note(table: pd.DataFrame, chosen: ResponseOptions, groups: int | None) -> str:
    what = "mean"
    if chosen.show == "difference":
        what = f"mean paired difference from {level_words(str(chosen.lever), chosen.baseline)}"
    sample = f", {groups} groups of as many points of the sample" if groups else ""
    if chosen.show == "level":
        alone = "what a seed has at every level taken off"
        return f"Marks: {what}{sample}. Bars and bands: {interval_words(table)} of it, {alone}, {levels_note(table)}."
    pairs = levels_note(table).replace("replications", "pairs")
    return f"Marks: {what}. Bars and bands: {interval_words(table)} of it, {pairs}."


def _in_groups(runs: pd.DataFrame, lever: str, groups: int) -> pd.DataFrame:
    """Runs whose lever is the mean of its group: groups hold as many points each."""
    points = runs.drop_duplicates("point").set_index("point")[lever].astype(float).sort_values(kind="stable")
    number = np.arange(len(points)) * groups // len(points)
    centres = points.groupby(number).transform("mean")
    found = runs.copy()
    found[lever] = runs["point"].map(centres)
    # Points of one group are still scenarios of their own.
    found.insert(list(found).index(lever), SAMPLE, runs["point"])
    return found


def _is_amount(levels: pd.Series) -> bool:
    """Whether a swept column is a number with three levels or more."""
    return bool(
        pd.api.types.is_numeric_dtype(levels) and not pd.api.types.is_bool_dtype(levels) and levels.nunique() > 2
    )


def _with_baseline(part: pd.DataFrame, lever: str) -> pd.DataFrame:
    """Differences with the baseline itself, which differs from itself by nothing."""
    if "baseline" not in part:
        return part
    own = {lever: part["baseline"].iloc[0], "mean": 0.0, "low": 0.0, "high": 0.0}
    return pd.concat([pd.DataFrame([own]), part[[lever, "mean", "low", "high"]]], ignore_index=True)


def _lines(table: pd.DataFrame, lever: str, lines: str | None, *, checked: bool = True) -> dict[str, pd.DataFrame]:
    """What each line is drawn from, by its label."""
    if checked:
        outcomes = list(dict.fromkeys(table["outcome"]))
        if len(outcomes) != 1:
            raise FigureError(f"one panel shows one outcome; here are {', '.join(map(str, outcomes))}")
        if table.duplicated([lever, *([lines] if lines else [])]).any():
            raise FigureError(f"two rows stand at one level of {lever}; draw a panel for each, or average")
    if lines is None:
        return {parameter_words(lever).label: table}
    levels = list(dict.fromkeys(table[lines]))
    return {line_words(lines, level, levels): table[table[lines] == level] for level in levels}


def line_words(column: str, level: object, levels: Sequence[object]) -> str:
    """A level in the legend: `Low competition`, `A badge on the whole partnership`."""
    words = heading_words(column, level, levels)
    return words.removeprefix(f"{parameter_words(column).label}: ")


def _finish(ax: Axes, table: pd.DataFrame, columns: Columns | None) -> None:
    """The grid, the line at no difference, and the words of the outcome."""
    ax.set_axisbelow(True)
    ax.grid(axis="y", color=GRID, linewidth=0.5)
    words = outcome_words(str(table["outcome"].iloc[0]), columns)
    label = words.label
    if "baseline" in table:
        ax.axhline(0, color=MUTED, linewidth=0.9, zorder=1)
        label = f"Difference: {label[:1].lower()}{label[1:]}"
    unit = f"\n({unit_words(words.unit)})" if words.unit else ""
    ax.set_ylabel(f"{wrap(label, 24)}{unit}")
    plain_numbers(ax.yaxis)
