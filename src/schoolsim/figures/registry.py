"""Draws the figures that a config asks for, by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from schoolsim.analysis.contrasts import contrast
from schoolsim.analysis.discovery import discover
from schoolsim.analysis.levels import level_table, overall_table, spread_table
from schoolsim.analysis.quantities import decimals_for, number, with_unit
from schoolsim.analysis.robustness import directions, robust
from schoolsim.analysis.run_table import AnalysisError, batches, few_at_a_time
from schoolsim.analysis.sensitivity import morris, sobol
from schoolsim.analysis.sentences import Columns, outcome_words
from schoolsim.figures.adoption import draw_adoption
from schoolsim.figures.boxes import boxes_figure, boxes_note, boxes_seen
from schoolsim.figures.captions import (
    caption,
    contrast_note,
    joined,
    month_note,
    ranges,
    series_note,
    strongest,
    study_note,
)
from schoolsim.figures.contrast import contrast_figure
from schoolsim.figures.convergence import draw_convergence
from schoolsim.figures.distribution import draw_distribution
from schoolsim.figures.errors import FigureError
from schoolsim.figures.funnel import draw_funnel
from schoolsim.figures.kinds import FIGURES
from schoolsim.figures.options import (
    BoxesOptions,
    ContrastOptions,
    EffectsOptions,
    PoliciesOptions,
    SampleOptions,
    SeriesOptions,
    read_options,
    resolve,
)
from schoolsim.figures.plane import draw_plane
from schoolsim.figures.ranking import draw_ranking
from schoolsim.figures.response import draw_dose, draw_interaction
from schoolsim.figures.robustness import (
    pareto_figure,
    pareto_note,
    pareto_seen,
    regret_figure,
    regret_note,
    regret_seen,
)
from schoolsim.figures.save import FORMATS, Provenance, checked, file_name, save_figure
from schoolsim.figures.sensitivity import NOTES, SOBOL, kinds_of, main_indices, sensitivity_figure
from schoolsim.figures.series import series_figure
from schoolsim.figures.series_source import SeriesTable, StoredSeries
from schoolsim.figures.tables import Drawn, Tables, no_series
from schoolsim.figures.uses import draw_uses
from schoolsim.parameters.errors import did_you_mean
from schoolsim.studies.result import StudyResult
from schoolsim.studies.store.csv_text import write_csv
from schoolsim.studies.store.files import write_text

EFFECTS = ("effect.mean", "effect.partner", "effect.originator", "effect.neither")
"""Effects that are drawn where none are chosen."""


def draw_contrast(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """Paired differences of a lever's levels from its baseline; see `ContrastOptions`."""
    chosen = read_options(ContrastOptions, options)
    outcomes = tables.outcomes(chosen.outcomes)
    chosen = resolve(chosen, tables.points, outcomes=outcomes)
    by = [chosen.panels] if chosen.panels else []
    table = few_at_a_time(tables.only, chosen.outcomes or [], lambda runs, names: _contrast(runs, chosen, by, names))
    month = month_note(chosen.outcomes or [], tables.month)
    figure = contrast_figure(
        table, panels=chosen.panels, columns=tables.columns, width=chosen.width, yardstick=month
    )  # fmt: skip
    seen = f"Points with bars: {_ranges(table, chosen, tables)}."
    return _drawn(figure, table, contrast_note(table), chosen, tables, provenance, yardstick=month, alt=seen)


def draw_series(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """Outcomes, or their paired differences, through the years; see `SeriesOptions`."""
    chosen = read_options(SeriesOptions, options)
    with tables.through_time(chosen.outcomes or ()) as series:
        outcomes = list(chosen.outcomes or series.outcomes)
        if not series.outcomes:
            raise FigureError(no_series("series"))
        chosen = resolve(chosen, tables.points, outcomes=outcomes)
        half_terms = _with_values(series, outcomes)
        table = pd.concat([_of_outcome(series, name, half_terms, chosen) for name in outcomes], ignore_index=True)
    if chosen.show == "level":
        first = table[chosen.lever] == chosen.baseline
        # The baseline leads: it is drawn in black, and the others as in a figure of differences.
        table = pd.concat([table[first], table[~first]], ignore_index=True)
    month = month_note(outcomes, tables.month)
    figure = series_figure(
        table, str(chosen.lever), panels=chosen.panels, columns=tables.columns, width=chosen.width, yardstick=month
    )  # fmt: skip
    last = table[table["half_term"] == table["half_term"].max()]
    seen = f"Lines through the years, with bands. At the end, {_ranges(last, chosen, tables)}."
    return _drawn(figure, table, series_note(table), chosen, tables, provenance, yardstick=month, alt=seen)


def draw_effects(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """Effects against the same schools without any programme; see `EffectsOptions`."""
    chosen = read_options(EffectsOptions, options)
    wanted = chosen.outcomes or EFFECTS
    known = [name for name in wanted if tables.has(name) and tables.only(name)[name].notna().all()]
    if not known:
        raise FigureError('figure kind "effects" needs effects against a run without programmes, and there are none')
    table = few_at_a_time(
        tables.only, known, lambda runs, names: overall_table(runs, outcomes=names, confidence=chosen.confidence)
    )
    seen = f"A point with a bar for each group of schools: {ranges(table, [], tables.columns)}."
    table = table.assign(lever="programmes", level="as they are", baseline="none")
    month = month_note(known, tables.month)
    figure = contrast_figure(table, columns=tables.columns, width=chosen.width, yardstick=month)
    whole, short = (
        caption(
            table, contrast_note(table), provenance, lever="programmes", panels=None, averaged=[],
            yardstick=month, columns=tables.columns, whole=whole,
        )
        for whole in (True, False)
    )  # fmt: skip
    return Drawn(figure, whole, table, short, seen)


def draw_sensitivity(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """What outcomes hang on, from a Saltelli or Morris sample; see `SampleOptions`."""
    chosen = read_options(SampleOptions, options)
    if tables.design is None:
        raise FigureError('figure kind "sensitivity" needs the sample of a study')
    outcomes = [
        name for name in tables.outcomes(chosen.outcomes)
        if np.isfinite(tables.only(name)[name].to_numpy(dtype=float)).all()
    ]  # fmt: skip
    table = _indices(tables.only, tables.design, outcomes)
    shares = kinds_of(table) == SOBOL
    drawn = list(dict.fromkeys(table["outcome"]))
    sizes = [_whole_spread(tables, drawn)] if shares else []
    yardstick = " ".join([*sizes, month_note(drawn, tables.month)]).strip()
    figure = sensitivity_figure(table, columns=tables.columns, width=chosen.width, yardstick=yardstick)
    kind = "Sobol indices" if shares else "Morris's elementary effects"
    names = "; ".join(f"{name}: {value}" for name, value in checked(provenance).items())
    short = f"{kind} of {', '.join(outcomes)}. {NOTES[kinds_of(table)]} {yardstick}".strip()
    seen = f"Two bars an input, the strongest first: {strongest(main_indices(table), tables.columns)}."
    return Drawn(figure, f"{short} {names}.", table, short, seen)


def _whole_spread(tables: Tables, outcomes: Sequence[str]) -> str:
    """The standard deviation that shares of the variance are of: how far points differ in all."""
    told = []
    for name in outcomes:
        spread = float(tables.only(name).groupby("point")[name].mean().std())
        words = outcome_words(name, tables.columns)
        size = with_unit(number(spread, decimals_for(0.0, spread)), words.sentence_unit)
        told.append(f"{size} for {words.phrase}")
    return f"The whole variance is a standard deviation of {joined(told)}."


def _indices(runs_of: Callable[[str], pd.DataFrame], design: pd.DataFrame, outcomes: Sequence[str]) -> pd.DataFrame:
    """Indices of every outcome that varies, by whichever estimator the sample allows."""
    tables, fault = [], None
    for outcome in outcomes:
        for estimate in (sobol, morris):
            try:
                tables.append(estimate(runs_of(outcome), design, [outcome]))
                break
            except AnalysisError as error:
                fault = error
    if not tables:
        raise FigureError(f"nothing can be drawn: {fault or 'no outcome has a value in every run'}")
    return pd.concat(tables, ignore_index=True)


def draw_boxes(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """Kinds of world in which a policy meets or fails a bound; see `BoxesOptions`."""
    chosen = read_options(BoxesOptions, options)
    outcomes = chosen.outcomes or []
    if len(outcomes) != 1:
        raise FigureError('figure kind "boxes" is of one outcome: outcomes = ["progress.mean"]')
    found = discover(
        tables.policies("boxes", outcomes), outcomes[0], at_least=chosen.at_least, at_most=chosen.at_most,
        fails=chosen.fails, policy=chosen.policy, against=chosen.against, density=chosen.density, method=chosen.method,
    )  # fmt: skip
    month = month_note(outcomes, tables.month)
    figure = boxes_figure(found, width=chosen.width, yardstick=month)
    note = f"{boxes_note(found)} {month}".strip()
    return Drawn(figure, f"{note} {study_note(provenance)}", found.table(), note, boxes_seen(found))


def draw_regret(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """How much worse each policy does than the best one, world by world; see `PoliciesOptions`."""
    chosen = read_options(PoliciesOptions, options)
    wanted = directions(chosen.outcomes or tables.outcomes(None)[:1])
    found = robust(tables.policies("regret", list(wanted)), wanted)
    month = month_note(list(wanted), tables.month)
    figure = regret_figure(found, columns=tables.columns, width=chosen.width, yardstick=month)
    labelled = found.table.assign(label=found.table["policy"].map(found.labels))
    note = f"{regret_note(found)} {month}".strip()
    seen = regret_seen(found, tables.columns)
    return Drawn(figure, f"{note} {study_note(provenance)}", labelled, note, seen)


def draw_pareto(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """Policies by two outcomes, and those that no other beats in both; see `PoliciesOptions`."""
    chosen = read_options(PoliciesOptions, options)
    if len(chosen.outcomes or ()) != 2:
        raise FigureError('figure kind "pareto" is of two outcomes: outcomes = ["pounds.granted:min", "progress.mean"]')
    wanted = directions(chosen.outcomes or ())
    found = robust(tables.policies("pareto", list(wanted)), wanted)
    month = month_note(list(wanted), tables.month)
    figure = pareto_figure(
        found.front, found.outcomes, found.labels, columns=tables.columns, width=chosen.width, yardstick=month
    )  # fmt: skip
    labelled = found.front.assign(label=found.front["policy"].map(found.labels))
    note = f"{pareto_note(found.front, found.labels)} {month}".strip()
    seen = pareto_seen(found.front, found.outcomes, tables.columns)
    return Drawn(figure, f"{note} {study_note(provenance)}", labelled, note, seen)


Draw = Callable[[Tables, Mapping[str, object], Provenance], Drawn]

DRAWERS: Mapping[str, Draw] = {
    "adoption": draw_adoption, "boxes": draw_boxes, "contrast": draw_contrast, "convergence": draw_convergence,
    "distribution": draw_distribution, "dose": draw_dose, "effects": draw_effects, "funnel": draw_funnel,
    "interaction": draw_interaction, "pareto": draw_pareto, "plane": draw_plane, "ranking": draw_ranking,
    "regret": draw_regret, "sensitivity": draw_sensitivity, "series": draw_series, "uses": draw_uses,
}  # fmt: skip
"""What draws each kind of `FIGURES`."""


def draw(tables: Tables, options: Mapping[str, object], provenance: Provenance) -> Drawn:
    """Draw the figure that `options["kind"]` names.

    Raises:
        FigureError: If there is no such kind, or an option is wrong.
    """
    kind = str(options.get("kind", ""))
    if kind not in FIGURES:
        raise FigureError(f'no figure kind "{kind}".{did_you_mean(kind, FIGURES)} There are: {", ".join(FIGURES)}')
    return DRAWERS[kind](tables, options, provenance)


def draw_figures(
    runs: pd.DataFrame | StudyResult,
    series: pd.DataFrame | bool | None,
    columns: Columns,
    figures_config: Sequence[Mapping[str, object]],
    provenance: Provenance,
    folder: Path,
    *,
    design: pd.DataFrame | None = None,
) -> list[Path]:
    """Draw every figure of a config, each as PNG, SVG and PDF, with its caption and its numbers.

    Args:
        runs: The runs table of the study, or the study, of which only what is drawn is then read.
        series: Its series table, True for the series of a study, or None.
        columns: What its columns mean: the rows of `columns.json`.
        figures_config: The `[[figures]]` tables, each with a `kind`.
        provenance: The keys of `save.PROVENANCE_KEYS`.
        folder: Where to.
        design: The study's design table, for figures of a sample.

    Returns:
        The files written: for every figure .png, .svg, .pdf, .txt (caption) and .csv (what is
        drawn).

    Raises:
        FigureError: If a figure cannot be drawn as asked; figures before it have been written.
        AnalysisError: If the tables cannot answer it.
    """
    tables = Tables(runs, series, columns, design)
    names = _names(figures_config)
    files: list[Path] = []
    for name, options in zip(names, figures_config, strict=True):
        drawn = draw(tables, options, provenance)
        for ending in FORMATS:
            path = folder / f"{name}{ending}"
            files.append(save_figure(drawn.figure, path, provenance, caption=drawn.described))
        text, numbers = folder / f"{name}.txt", folder / f"{name}.csv"
        write_text(text, drawn.described + "\n")
        write_csv(numbers, drawn.table)
        files += [text, numbers]
    return files


def _contrast(runs: pd.DataFrame, options: ContrastOptions, by: list[str], outcomes: list[str]) -> pd.DataFrame:
    return contrast(
        runs, str(options.lever), baseline=options.baseline, outcomes=outcomes, by=by, confidence=options.confidence
    )


def _of_outcome(
    series: SeriesTable | StoredSeries, outcome: str, half_terms: Sequence[int], options: SeriesOptions
) -> pd.DataFrame:
    """What a series figure shows of one outcome, made of as many half-terms at once as fit in memory."""
    by = [c for c in (options.panels, "half_term") if c]
    parts = []
    for some in batches(half_terms, series.runs):
        runs = series.of(outcome, some)
        if options.show == "difference":
            parts.append(_contrast(runs, options, by, [outcome]))
        else:
            parts.append(_levels(runs, options, [str(options.lever), *by], outcome))
    # The half-terms of a line stand together.
    lines = ["level" if options.show == "difference" else str(options.lever), *by[:-1]]
    table = pd.concat(parts, ignore_index=True)
    ranks = {line: place for place, line in enumerate(dict.fromkeys(table[lines].itertuples(index=False, name=None)))}
    order = np.argsort([ranks[line] for line in table[lines].itertuples(index=False, name=None)], kind="stable")
    return table.iloc[order]


def _levels(runs: pd.DataFrame, options: SeriesOptions, by: list[str], outcome: str) -> pd.DataFrame:
    if options.band == "interval":
        return level_table(runs, outcomes=[outcome], by=by, confidence=options.confidence)
    return spread_table(runs, outcomes=[outcome], by=by, share=options.share)


def _with_values(series: SeriesTable | StoredSeries, outcomes: Sequence[str]) -> list[int]:
    """The half-terms in which every outcome has a value in some run: nobody is a partner before the policy."""
    known = {name: series.known(name) if name in series.outcomes else set() for name in outcomes}
    never = [name for name in outcomes if not known[name]]
    if never:
        raise FigureError(f"{', '.join(never)} has no value in any half-term: nothing to draw")
    return sorted(set.intersection(*known.values()))


def _names(figures_config: Sequence[Mapping[str, object]]) -> list[str]:
    names = [
        file_name(str(options.get("name") or f"{number}_{options.get('kind', '')}"))
        for number, options in enumerate(figures_config, start=1)
    ]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise FigureError(f"two figures have the name {', '.join(twice)}")
    return names


def _drawn(
    figure: Figure,
    table: pd.DataFrame,
    note: str,
    options: ContrastOptions,
    tables: Tables,
    provenance: Provenance,
    *,
    yardstick: str,
    alt: str,
) -> Drawn:
    averaged = [c for c in tables.swept() if c not in (options.lever, options.panels)]
    whole, short = (
        caption(
            table, note, provenance, lever=str(options.lever), panels=options.panels, averaged=averaged,
            yardstick=yardstick, columns=tables.columns, whole=whole,
        )
        for whole in (True, False)
    )  # fmt: skip
    return Drawn(figure, whole, table, short, alt)


def _ranges(table: pd.DataFrame, options: ContrastOptions, tables: Tables) -> str:
    """The lowest and highest mean of every outcome, by lever and panels."""
    by_level = table.rename(columns={"lever": "of", "level": str(options.lever)})
    return ranges(by_level, [str(options.lever), *([options.panels] if options.panels else [])], tables.columns)
