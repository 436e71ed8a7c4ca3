"""Writes effects over worlds, sensitivity indices and single numbers as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from schoolsim.analysis.quantities import decimals_for, number, with_unit
from schoolsim.analysis.sentences import Columns, comparison, outcome_words, parameter_words, replications, worlds_part

LITTLE = 0.01
"""Share of an outcome's spread below which an input is not named."""
MOST_INPUTS = 4
"""Inputs that a sentence on sensitivity names."""


def world_sentences(
    summary: pd.DataFrame, lever: str, baseline: object, columns: Columns | None = None
) -> Iterator[str]:
    """A sentence a level and outcome: in what share of worlds it is raised, by how much, and what that hangs on.

    Args:
        summary: What `worlds.world_summary` returns.
        lever: The lever.
        baseline: The level it is compared with.
        columns: The study's column table, for units.
    """
    for row in summary.to_dict("records"):
        words = outcome_words(str(row["outcome"]), columns)
        up, down = float(row["share_positive"]), float(row["share_negative"])
        share, way = (up, "raised") if up >= down else (down, "lowered")
        low, median, high = (float(row[name]) for name in ("low", "median", "high"))
        digits = decimals_for(low, high)
        size = with_unit(number(median, digits), words.sentence_unit)
        line = (
            f"{comparison(lever, row['level'], baseline, acts=True)} {way} {words.phrase} in {share:.0%} of "
            f"{int(row['worlds'])} worlds (median {size}, "
            f"90% of worlds {number(low, digits)} to {number(high, digits)})"
        )
        yield f"{line[:1].upper()}{line[1:]}{_hangs(row['drivers'])}{_luck(float(row['seeds']))}."


def level_sentences(
    outcome: str, values: np.ndarray, driven: Sequence[tuple[str, float]], columns: Columns | None = None
) -> str:
    """How an outcome varies over a sample, and what it hangs on."""
    words = outcome_words(outcome, columns)
    low, median, high = (float(value) for value in np.quantile(values, (0.05, 0.5, 0.95)))
    digits = decimals_for(low, high)
    line = (
        f"{words.phrase} had a median of {with_unit(number(median, digits), words.unit)} over {len(values)} points "
        f"(90% of them {number(low, digits)} to {number(high, digits)})"
    )
    return f"{line[:1].upper()}{line[1:]}{_hangs(driven)}."


def sensitivity_sentences(table: pd.DataFrame, columns: Columns | None = None) -> Iterator[str]:
    """What an outcome hangs on, a sentence an outcome and policy.

    Args:
        table: What `sobol` or `morris` returns.
        columns: The study's column table, for units.
    """
    several = table["policy"].nunique() > 1
    for (outcome, policy), some in table.groupby(["outcome", "policy"], sort=False):
        words = outcome_words(str(outcome), columns)
        parts = _sobol(some) if "ST" in set(some["index"]) else _morris(some, words.sentence_unit)
        where = f" (policy {policy})" if several else ""
        noise = float(some["noise"].iloc[0])
        luck = f" {noise:.0%} of the variance between points is luck of seeds." if noise == noise else ""
        line = f"{words.phrase}{where} hangs on {'; '.join(parts) or 'nothing that was varied'}.{luck}"
        yield line[:1].upper() + line[1:]


def measured_sentence(row: pd.Series, columns: Columns | None = None, *, against_nothing: bool) -> str:
    """One number with its interval; an effect is said to be against the same schools without a programme."""
    words = outcome_words(str(row["outcome"]), columns)
    low, high = float(row["low"]), float(row["high"])
    digits = decimals_for(low, high)
    interval = f"{100 * float(row['confidence']):g}% interval {number(low, digits)} to {number(high, digits)}"
    size = with_unit(number(float(row["mean"]), digits), words.unit)
    tail = " against the same schools without any programme" if against_nothing else ""
    n = replications(row.to_frame().T).replace("paired ", "")
    line = f"{words.phrase} was {size}{tail} ({interval}{worlds_part(row)}; {n})."
    return line[:1].upper() + line[1:]


def _hangs(driven: Sequence[tuple[str, float]]) -> str:
    if not driven:
        return ""
    named = [f"{parameter_words(name).phrase} (rank correlation {number(size, 2)})" for name, size in driven]
    return f"; it hangs most on {', '.join(named[:-1])}{' and ' if len(named) > 1 else ''}{named[-1]}"


def _luck(share: float) -> str:
    return "" if share != share else f"; {share:.0%} of the variance between worlds is luck of seeds"


def _sobol(some: pd.DataFrame) -> list[str]:
    first = some[some["index"] == "S1"].set_index("input")
    total = some[some["index"] == "ST"].sort_values("value", ascending=False)
    return [
        f"{parameter_words(row['input']).phrase}: {max(0.0, float(first.loc[row['input'], 'value'])):.0%} of its "
        f"variance by itself, {row['value']:.0%} with its interactions "
        f"(95% interval {max(0.0, row['low']):.0%} to {row['high']:.0%})"
        for row in total.to_dict("records")[:MOST_INPUTS]
        if row["value"] > LITTLE
    ]  # fmt: skip


def _morris(some: pd.DataFrame, unit: str) -> list[str]:
    sizes = some[some["index"] == "mu_star"].sort_values("value", ascending=False)
    spread = some[some["index"] == "sigma"].set_index("input")["value"]
    told = []
    for row in sizes.to_dict("records")[:MOST_INPUTS]:
        if not row["value"] > 0.0:
            continue
        digits = decimals_for(0.0, 2.0 * float(row["value"]))
        size = with_unit(number(float(row["value"]), digits), unit)
        steady = "much the same everywhere" if spread[row["input"]] < row["value"] else "not the same everywhere"
        told.append(f"{parameter_words(row['input']).phrase}, which moves it by {size} over its range, {steady}")
    return told
