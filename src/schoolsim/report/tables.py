"""Tables of a report, in words: effects and levels, by the design of the study."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from schoolsim.analysis.answers import Answer
from schoolsim.analysis.run_table import AnalysisError
from schoolsim.analysis.sensitivity import morris, sobol
from schoolsim.analysis.sentences import replications
from schoolsim.report.labels import (
    estimate,
    factor_heading,
    factor_label,
    interval,
    level_heading,
    level_label,
    outcome_definition,
    outcome_label,
    outcome_phrase,
    outcome_unit,
    sentence_case,
    setting_label,
)

MOST_SIDE_BY_SIDE: Final = 4
"""Levels of a lever that stand side by side; more are a row each."""
INDICES: Final = {
    "S1": "First-order index", "S2": "Second-order index", "ST": "Total index", "mu": "Mean effect",
    "mu_star": "Mean size of effect", "sigma": "Spread of effects",
}  # fmt: skip
"""Indices of sensitivity in words."""


@dataclass(frozen=True)
class Table:
    """A table of texts.

    Args:
        caption: What it shows.
        headers: A text a column.
        rows: A text a column; the first heads its row.
        numbers: Columns of numbers, by place.
    """

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


def effect_tables(answer: Answer) -> list[Table]:
    """What the study compares, with intervals: differences, effects over worlds, indices, or means of one point.

    Raises:
        AnalysisError: There are too few runs to say anything.
    """
    made = {
        "grid": _differences, "worlds": _over_worlds, "saltelli": _indices, "morris": _indices, "one point": _means,
    }  # fmt: skip
    return list(made[answer.kind](answer))


def level_tables(answer: Answer) -> list[Table]:
    """Means of the outcomes at each level of each lever; none where points are a sample."""
    return list(_levels(answer)) if answer.kind == "grid" else []


def glance_table(answer: Answer) -> Table | None:
    """Which way each outcome went under each level; None where nothing is compared or it takes too many columns."""
    if answer.kind != "grid":
        return None
    settings = answer.settings()[:1]
    headings: list[str] = []
    cells: dict[str, list[str]] = {name: [] for name in answer.outcomes}
    for lever, baseline in answer.levers().items():
        found = answer.contrast(lever, baseline, settings)
        for level in dict.fromkeys(found["level"]):
            headings.append(sentence_case(f"{level_label(lever, level)} rather than {level_label(lever, baseline)}"))
            for outcome, column in cells.items():
                some = found[(found["level"] == level) & (found["outcome"] == outcome)]
                column.append(_ways(some, settings))
    if not 0 < len(headings) <= MOST_SIDE_BY_SIDE:
        return None
    rows = tuple((sentence_case(outcome_phrase(outcome)), *column) for outcome, column in cells.items())
    return Table("Which way each outcome went", ("Outcome", *headings), rows)


def _ways(rows: pd.DataFrame, settings: Sequence[str]) -> str:
    """The direction, once where it is the same in every setting: `raised`, or `low competition: raised; high …`."""
    ways = [_direction(row) for row in rows.to_dict("records")]
    if len(set(ways)) == 1:
        return ways[0]
    levels = list(rows[settings[0]])
    return "; ".join(
        f"{setting_label(settings[0], level, levels)}: {way}" for level, way in zip(levels, ways, strict=True)
    )


def outcome_table(answer: Answer) -> Table | None:
    """What each outcome of the answer is; None where there is none."""
    rows = tuple(
        (outcome_label(name, answer.columns), sentence_case(outcome_definition(name, answer.columns)))
        for name in (answer.told_of_one_point() if answer.kind == "one point" else answer.outcomes)
    )
    return Table("What was measured", ("Outcome", "What it is"), rows) if rows else None


def expectation_table(answer: Answer) -> Table | None:
    """What the sources expected beside what was found; None where nothing was expected."""
    rows = []
    for one in answer.expectations():
        found, verdict = "This study does not compare it.", "not compared"
        if one.row is not None:
            unit = outcome_unit(one.expected.outcome, answer.columns)
            size = estimate(one.row, unit=unit, signed=True)
            found = f"It {one.found}: {size} ({_share(one.row)} interval {interval(one.row)}), with {one.compared}."
            verdict = {True: "as expected", False: "the other way", None: "not seen"}[one.agrees]
            if one.expected.change == "stays" and one.agrees is None:
                verdict = "no change seen"
        phrase = sentence_case(outcome_phrase(one.expected.outcome))
        rows.append((f"{phrase} {one.expected.change}", one.expected.because, found, sentence_case(verdict)))
    if not rows:
        return None
    headers = ("Expected", "Because", "Found", "Verdict")
    return Table("What the sources expected beside what this study found", headers, tuple(rows))


def _differences(answer: Answer) -> Iterator[Table]:
    settings = answer.settings()[:1]
    for lever, baseline in answer.levers().items():
        found = answer.contrast(lever, baseline, settings)
        levels = list(dict.fromkeys(found["level"]))
        several = len(levels) > 1  # one level stands in the caption
        rows = tuple(
            (
                outcome_label(str(row["outcome"]), answer.columns),
                *(setting_label(name, row[name], list(found[name].unique())) for name in settings),
                *((level_label(lever, row["level"]),) if several else ()),
                estimate(row, signed=True), interval(row), _direction(row),
            )
            for row in found.to_dict("records")
        )  # fmt: skip
        headers = (
            "Outcome", *(factor_heading(name) for name in settings), *((factor_heading(lever),) if several else ()),
            "Difference", f"{_share(found.iloc[0])} interval", "Direction",
        )  # fmt: skip
        what = "differences from" if several else f"{level_label(lever, levels[0])}, less"
        caption = f"{factor_heading(lever)}: {what} {level_label(lever, baseline)} ({replications(found)})"
        place = len(headers)
        yield Table(caption, headers, rows, frozenset({place - 3, place - 2}))


def _over_worlds(answer: Answer) -> Iterator[Table]:
    if answer.compares_policies:
        for lever, baseline in answer.levers().items():
            yield _world_table(answer, lever, baseline, answer.world_summary(lever, baseline))
        return
    rows = []
    for outcome in answer.outcomes:
        means = answer.point_means(outcome)
        low, median, high = np.quantile(means, (0.05, 0.5, 0.95))
        row = {"low": float(low), "high": float(high), "median": float(median)}
        label = outcome_label(outcome, answer.columns)
        rows.append((label, estimate(row, "median"), interval(row), str(len(means))))
    headers = ("Outcome", "Median", "90% of points", "Points")
    yield Table("Outcomes over the sampled points", headers, tuple(rows), frozenset({1, 2, 3}))


def _world_table(answer: Answer, lever: str, baseline: object, summary: pd.DataFrame) -> Table:
    rows = tuple(
        (
            outcome_label(str(row["outcome"]), answer.columns), level_label(lever, row["level"]),
            estimate(row, "median", signed=True), interval(row), f"{row['share_positive']:.0%}",
            f"{row['share_negative']:.0%}", str(row["worlds"]),
            "–" if np.isnan(row["seeds"]) else f"{row['seeds']:.0%}",
        )
        for row in summary.to_dict("records")
    )  # fmt: skip
    headers = (
        "Outcome", factor_heading(lever), "Median effect", "90% of worlds", "Worlds where raised",
        "Worlds where lowered", "Worlds", "Variance that is luck of seeds",
    )  # fmt: skip
    caption = f"{factor_heading(lever)}: effects against {level_label(lever, baseline)}, world by world"
    return Table(caption, headers, rows, frozenset(range(2, 8)))


def _indices(answer: Answer) -> Iterator[Table]:
    estimator = sobol if answer.kind == "saltelli" else morris
    for outcome in answer.outcomes:
        try:
            found = estimator(answer.runs_of(outcome), answer.result.design, [outcome])
        except AnalysisError:
            continue  # the answer says why nothing can be said of it
        several = found["policy"].nunique() > 1
        rows = tuple(
            (
                " and ".join(factor_label(part) for part in str(row["input"]).split(" x ")),
                *((str(row["policy"]),) if several else ()),
                INDICES.get(str(row["index"]), str(row["index"])), estimate(row, "value"), interval(row),
            )
            for row in found.to_dict("records")
        )  # fmt: skip
        headers = ("What was varied", *(("Policy",) if several else ()), "Index", "Value", "95% interval")
        place = len(headers)
        caption = f"What {outcome_phrase(outcome)} hangs on"
        yield Table(caption, headers, rows, frozenset({place - 2, place - 1}))


def _means(answer: Answer) -> Iterator[Table]:
    names = answer.told_of_one_point()
    found = answer.overall_table(names)
    rows = tuple(
        (outcome_label(str(row["outcome"]), answer.columns), estimate(row), interval(row), str(int(row["n"])))
        for row in found.to_dict("records")
    )
    headers = ("Outcome", "Mean", f"{_share(found.iloc[0])} interval", "Replications")
    yield Table("Means over replications", headers, rows, frozenset({1, 2, 3}))


def _levels(answer: Answer) -> Iterator[Table]:
    settings = answer.settings()[:1]
    for lever in answer.levers():
        found = answer.level_table([lever, *settings])
        levels = answer.levels(lever)
        wide = len(levels) <= MOST_SIDE_BY_SIDE
        where = tuple(factor_heading(name) for name in settings)
        if wide:
            headers = ("Outcome", *where, *(level_heading(lever, level) for level in levels))
        else:
            headers = ("Outcome", *where, factor_heading(lever), f"Mean ({_share(found.iloc[0])} interval)")
        rows = list(_level_rows(answer, found, lever, settings, levels if wide else None))
        caption = f"{factor_heading(lever)}: means of the outcomes, with {_share(found.iloc[0])} intervals"
        first = 1 + len(settings)
        numbers = range(first, len(headers)) if wide else range(first + 1, len(headers))
        yield Table(caption, headers, tuple(rows), frozenset(numbers))


def _level_rows(
    answer: Answer, found: pd.DataFrame, lever: str, settings: Sequence[str], wide: Sequence[object] | None
) -> Iterator[tuple[str, ...]]:
    """A row an outcome and setting with every level beside the other; or a row a level, where `wide` is None."""
    for key, some in found.groupby(["outcome", *settings], sort=False):
        outcome, *where = key if isinstance(key, tuple) else (key,)
        head = (
            outcome_label(str(outcome), answer.columns),
            *(setting_label(name, level, list(found[name].unique()))
              for name, level in zip(settings, where, strict=True)),
        )  # fmt: skip
        cells = {row[lever]: f"{estimate(row)} ({interval(row)})" for row in some.to_dict("records")}
        if wide is None:
            yield from ((*head, level_label(lever, level), cell) for level, cell in cells.items())
        else:
            yield (*head, *(cells.get(level, "–") for level in wide))


def _direction(row: pd.Series | dict[str, float]) -> str:
    if row["low"] == row["high"] == 0:
        return "exactly as it was"
    if row["low"] <= 0 <= row["high"]:
        return "no clear difference"
    return "raised" if row["low"] > 0 else "lowered"


def _share(row: pd.Series) -> str:
    return f"{100 * float(row['confidence']):g}%"
