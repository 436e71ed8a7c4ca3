"""Finds the schools that gain from a policy, in how many worlds, with intervals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schoolsim.analysis.intervals import check_confidence, t_interval
from schoolsim.analysis.run_table import AnalysisError, require_known, swept_columns

if TYPE_CHECKING:
    from schoolsim.analysis.answers import Answer

#: Columns of the table of gains.
COLUMNS = ("outcome", "lever", "level", "baseline", "urn", "mean", "low", "high", "n", "worlds", "gains_in")
_NAMED = 3  # schools named on either side


def school_gains(
    schools: pd.DataFrame,
    runs: pd.DataFrame,
    lever: str,
    *,
    baseline: object,
    outcome: str,
    half_term: int | None = None,
    of_runs: Sequence[str] = (),
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Paired differences of every school between each level of a lever and its baseline.

    A pair is two runs of one seed that differ in the lever only. A world is a combination of the other swept columns.
    It makes sense where schools are the same in all replications, as those of a file are: made-up schools are drawn
    anew, and their numbers stand for other schools.

    Args:
        schools: A table of schools: `point`, `replication`, `half_term`, `outcome`, `urn`, `value`.
        runs: The runs table.
        lever: The swept column whose levels are compared.
        baseline: The level they are compared with.
        outcome: What of schools is compared.
        half_term: After which half-term; the last that is stored when None.
        of_runs: Outcomes of the runs table, where the first of them could pass for a swept column.
        confidence: Coverage of the intervals.

    Returns:
        One row a level and school: `outcome`, `lever`, `level`, `baseline`, `urn`; `mean` of the differences, over
        worlds within a replication and then over replications, with the Student t interval `low` to `high` of the
        mean over `n` replications (NaN with one); `worlds`, and `gains_in`, the number of them in which the mean
        difference over replications is above 0.

    Raises:
        AnalysisError: There is no such lever, level, outcome or half-term, or nothing can be paired.
    """
    check_confidence(confidence)
    swept = swept_columns(runs, of_runs)
    require_known(lever, swept, "swept column")
    require_known(str(baseline), dict.fromkeys(runs[lever]), f"level of {lever}")
    require_known(outcome, dict.fromkeys(schools["outcome"]), "outcome of schools")
    chosen = schools[schools["outcome"] == outcome]
    time = int(chosen["half_term"].max()) if half_term is None else half_term
    chosen = chosen[chosen["half_term"] == time]
    if chosen.empty:
        raise AnalysisError(f"nothing is stored of schools after half-term {time}.")
    others = [name for name in swept if name != lever]
    places = runs[["point", "replication", *swept]]
    frame = chosen[["point", "replication", "urn", "value"]].merge(places, on=["point", "replication"])
    frame["world"] = frame.groupby(others, observed=True).ngroup() if others else 0
    key = ["world", "replication", "urn"]
    base = frame[frame[lever] == baseline].set_index(key)["value"]
    tables = []
    for level in dict.fromkeys(runs[lever]):
        if level != baseline:
            values = frame[frame[lever] == level].set_index(key)["value"]
            table = _of_pairs((values - base).dropna(), confidence)
            table.insert(0, "baseline", [baseline] * len(table))
            table.insert(0, "level", [level] * len(table))
            tables.append(table)
    if not tables or all(table.empty for table in tables):
        raise AnalysisError(f"no two finished runs differ in {lever} alone: nothing can be said of single schools.")
    found = pd.concat(tables, ignore_index=True)
    found.insert(0, "lever", lever)
    found.insert(0, "outcome", outcome)
    return found[list(COLUMNS)]


def _of_pairs(pairs: pd.Series, confidence: float) -> pd.DataFrame:
    """Means, intervals and worlds of each school, of differences by world, replication and school."""
    grouped = pairs.groupby(level=["urn", "replication"]).mean().groupby(level="urn")
    table = pd.DataFrame({"mean": grouped.mean(), "sd": grouped.std(ddof=1), "n": grouped.count()})
    table["low"], table["high"] = t_interval(table, confidence)
    by_world = pairs.groupby(level=["urn", "world"]).mean()
    table["worlds"] = by_world.groupby(level="urn").count()
    table["gains_in"] = (by_world > 0).groupby(level="urn").sum()
    return table.drop(columns="sd").reset_index()


def gains_told(found: Answer, names: dict[int, str], of_schools: Sequence[str]) -> Iterator[str]:
    """Sentences on every lever and what was kept of schools: how many gain and lose, and which most.

    Args:
        found: The answer of the study.
        names: Names of schools by number; those without one are told by number.
        of_schools: What is stored of schools.
    """
    for lever, baseline in found.levers().items():
        for outcome in of_schools:
            table = found.school_gains(lever, baseline, outcome)
            for level, rows in table.groupby("level", sort=False, observed=True):
                yield _sentence(rows, f"{lever} = {level} against {baseline}", outcome, names)


def _sentence(rows: pd.DataFrame, what: str, outcome: str, names: dict[int, str]) -> str:
    clear_gain, clear_loss = int((rows["low"] > 0).sum()), int((rows["high"] < 0).sum())
    rest = len(rows) - clear_gain - clear_loss
    worlds = int(rows["worlds"].max())
    text = (
        f"{outcome}, {what}: of {len(rows)} schools {clear_gain} clearly gain, {clear_loss} clearly lose; of {rest} "
        "the interval holds 0, or there is none."
    )
    if worlds > 1:
        always, never = int((rows["gains_in"] == rows["worlds"]).sum()), int((rows["gains_in"] == 0).sum())
        text += f" In all {worlds} worlds {always} gain, and in none {never}."
    ranked = rows.sort_values(["mean", "urn"], ascending=[False, True])
    most = [_named(row, names, worlds) for _, row in ranked.head(_NAMED).iterrows()]
    least = [_named(row, names, worlds) for _, row in ranked.tail(_NAMED).iloc[::-1].iterrows()]
    return f"{text} Most: {'; '.join(most)}. Least: {'; '.join(least)}."


def _named(row: pd.Series, names: dict[int, str], worlds: int) -> str:
    interval = "" if np.isnan(row["low"]) else f", {row['low']:+.3g} to {row['high']:+.3g}"
    share = f", {int(row['gains_in'])} of {worlds} worlds" if worlds > 1 else ""
    return f"{names.get(int(row['urn']), row['urn'])} ({row['mean']:+.3g}{interval}{share})"
