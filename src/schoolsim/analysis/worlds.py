"""Effects over sampled worlds: in how many they have one sign, how large they are, and what turns them.

A world is one draw of the uncertainties. Each has an effect of its own, the mean over replications of paired
differences; what is told is how that varies from world to world, the luck of seeds kept apart.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from schoolsim.analysis.contrasts import replication_effects
from schoolsim.analysis.run_table import AnalysisError, require_known, swept_columns

DRIVERS = 3
"""Uncertainties that are named as what turns an effect."""
BY_CHANCE = 0.05
"""Probability that any uncertainty is named of an effect that hangs on none."""


def world_effects(
    runs: pd.DataFrame, worlds: Sequence[int], lever: str, *, baseline: object, outcomes: Sequence[str]
) -> pd.DataFrame:
    """Paired differences of a lever's levels from its baseline in each world.

    Args:
        runs: A runs table.
        worlds: The world of each point, by its number.
        lever: The swept column whose levels are compared; all others are held fixed within a pair.
        baseline: The level they are compared with.
        outcomes: Outcomes to compare.

    Returns:
        One row a level, world and outcome: `level`, `world`, `outcome`, `effect` (mean over pairs) and `error`
        (standard error of that mean).

    Raises:
        AnalysisError: A name is unknown, or nothing can be paired.
    """
    swept = swept_columns(runs, outcomes)
    require_known(lever, swept, "swept column")
    for name in outcomes:
        require_known(name, runs.columns, "column")
    frame = runs[runs["status"] == "ok"].assign(world=np.asarray(worlds)[runs.loc[runs["status"] == "ok", "point"]])
    frame = frame.drop_duplicates(["point", "replication"])
    by_world = frame.groupby("world")
    # What is the same throughout a world belongs to the world; the rest is policy.
    others = [name for name in swept if name != lever and (by_world[name].nunique() > 1).any()]
    levels = frame[lever].unique().tolist()
    require_known(str(baseline), [str(level) for level in levels], "level")
    key = [*others, "world", "replication"]
    base = frame[frame[lever] == baseline].set_index(key)[list(outcomes)]
    parts = []
    for level in levels:
        if level == baseline:
            continue
        pairs = (frame[frame[lever] == level].set_index(key)[list(outcomes)] - base).dropna(how="all").reset_index()
        grouped = pairs.groupby("world")[list(outcomes)]
        long = grouped.mean().stack().rename("effect").to_frame()
        long["error"] = grouped.sem().stack()
        parts.append(long.rename_axis(["world", "outcome"]).reset_index().assign(level=level))
    if not parts or not sum(map(len, parts)):
        raise AnalysisError(f"no two finished runs of a world differ in {lever} alone: nothing to compare")
    return pd.concat(parts, ignore_index=True)[["level", "world", "outcome", "effect", "error"]]


def draw_effects(runs: pd.DataFrame, lever: str, *, baseline: object, outcomes: Sequence[str]) -> pd.DataFrame:
    """The same of the worlds that replications are run in, each effect averaged over all other swept columns.

    Args:
        runs: A runs table with the column `draw`.
        lever: The swept column whose levels are compared.
        baseline: The level they are compared with.
        outcomes: Outcomes to compare.

    Returns:
        What `world_effects` does; `world` is the number of the draw.

    Raises:
        AnalysisError: As for `contrast`.
    """
    draws = runs.drop_duplicates("replication").set_index("replication")["draw"]
    effects, _ = replication_effects(runs.drop(columns="draw"), lever, baseline=baseline, outcomes=outcomes)
    long = effects.rename_axis(columns="outcome").stack().rename("effect").reset_index()
    long["world"] = long["replication"].map(draws)
    grouped = long.groupby([lever, "world", "outcome"], observed=True, sort=False)["effect"]
    table = pd.DataFrame({"effect": grouped.mean(), "error": grouped.sem()}).reset_index()
    return table.rename(columns={lever: "level"})[["level", "world", "outcome", "effect", "error"]]


def world_summary(effects: pd.DataFrame, uncertain: pd.DataFrame) -> pd.DataFrame:
    """How an effect varies over worlds.

    Args:
        effects: What `world_effects` returns.
        uncertain: One row a world, a column an uncertainty.

    Returns:
        One row a level and outcome: `median`, `low` and `high` (5% and 95% of worlds), `share_positive` and
        `share_negative` of worlds, `worlds`, `seeds` (share of the variance between worlds that is luck of seeds) and
        `drivers`, pairs of an uncertainty and its rank correlation with the effect, strongest first.
    """
    rows = []
    for (level, outcome), some in effects.groupby(["level", "outcome"], sort=False):
        values = some["effect"].to_numpy()
        low, median, high = np.quantile(values, (0.05, 0.5, 0.95))
        spread = float(values.var(ddof=1)) if len(values) > 1 else float("nan")
        luck = float((some["error"] ** 2).mean())
        rows.append({
            "level": level, "outcome": outcome, "median": float(median), "low": float(low), "high": float(high),
            "share_positive": float((values > 0).mean()), "share_negative": float((values < 0).mean()),
            "worlds": len(values), "seeds": min(1.0, luck / spread) if spread > 0 else float("nan"),
            "drivers": drivers(values, uncertain.loc[some["world"]]),
        })  # fmt: skip
    return pd.DataFrame(rows)


def drivers(values: np.ndarray, uncertain: pd.DataFrame) -> list[tuple[str, float]]:
    """The uncertainties that values hang on, by Spearman's rank correlation, strongest first.

    Args:
        values: One a world.
        uncertain: The same worlds, a column an uncertainty.
    """
    found = []
    if len(values) < 4 or float(np.ptp(values)) == 0.0:
        return []
    sure = float(stats.norm.isf(BY_CHANCE / 2 / max(1, uncertain.shape[1])))
    for name in uncertain:
        column = uncertain[name]
        if column.nunique() < 2 or not pd.api.types.is_numeric_dtype(column):
            continue
        correlation = float(stats.spearmanr(values, column.to_numpy(dtype=float)).statistic)
        if abs(correlation) * np.sqrt(len(values) - 1) >= sure:
            found.append((str(name), correlation))
    return sorted(found, key=lambda one: -abs(one[1]))[:DRIVERS]
