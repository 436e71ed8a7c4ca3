"""Means of an outcome over replications, with Student t intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from scipy import stats

from schoolsim.analysis.run_table import AnalysisError

if TYPE_CHECKING:
    from pandas.core.groupby.generic import DataFrameGroupBy


def by_replication(
    frame: pd.DataFrame, groups: Sequence[str], swept: Sequence[str], outcomes: Sequence[str]
) -> pd.DataFrame:
    """Average each replication over the scenarios of a group.

    Runs that share a seed are not independent, so the unit of every interval here is the
    replication. Where a run is missing, the average is taken over departures from the scenario
    means: losing a run of an unusual scenario must not move its replication towards the others.

    Args:
        frame: Rows of scenario and replication; outcomes are blank where a run is missing.
        groups: Columns whose levels are kept apart, a subset of `swept`.
        swept: Columns that tell scenarios apart.
        outcomes: Columns to average.

    Returns:
        A frame indexed by `groups` and `replication`, one column an outcome.
    """
    groups, swept, outcomes = list(groups), list(swept), list(outcomes)
    scenario_mean = frame.groupby(swept, observed=True)[outcomes].transform("mean")
    departure = frame[[*groups, "replication"]].join(frame[outcomes] - scenario_mean)
    within = departure.groupby([*groups, "replication"], observed=True)[outcomes].mean()
    centre = frame.groupby(swept, observed=True)[outcomes].mean()
    centre = centre.groupby(level=groups, observed=True).mean()
    return within + centre.reindex(within.index.droplevel("replication")).to_numpy()


def over_draws(values: pd.DataFrame, draws: pd.Series) -> pd.DataFrame:
    """Average the replications that share a world: they are not independent, worlds are.

    Args:
        values: What `by_replication` returns.
        draws: The world of each replication.

    Returns:
        The same with the number of the world in the place of the replication.
    """
    return _by_draw(values, draws).mean()


def _by_draw(values: pd.DataFrame, draws: pd.Series) -> DataFrameGroupBy:
    levels = [name for name in values.index.names if name != "replication"]
    number = pd.Index(draws.loc[values.index.get_level_values("replication")], name="replication")
    keyed = values.set_axis(
        pd.MultiIndex.from_arrays([*(values.index.get_level_values(name) for name in levels), number])
    )
    return keyed.groupby(level=[*levels, "replication"], observed=True, sort=False)


def _share_of_worlds(values: pd.DataFrame, groups: list[str], draws: pd.Series) -> pd.DataFrame:
    """The share of an interval's variance that is worlds and not seeds, from a one-way analysis of variance.

    The mean of a world has the variance of worlds plus that of seeds over its replications. NaN where no world has two
    replications, or nothing varies.
    """
    grouped = _by_draw(values, draws)
    means, counts = grouped.mean(), grouped.count()
    within = grouped.var(ddof=1).fillna(0.0) * (counts - 1)
    freedom = (counts - 1).clip(lower=0).groupby(level=groups, observed=True).sum()
    seeds = within.groupby(level=groups, observed=True).sum() / freedom.where(freedom > 0)
    of_mean = seeds * (1.0 / counts.where(counts > 0)).groupby(level=groups, observed=True).mean()
    between = means.groupby(level=groups, observed=True).var(ddof=1)
    return (1.0 - of_mean / between.where(between > 0)).clip(0.0, 1.0)


_NUMBERS = ("mean", "low", "high", "n", "sd", "share_positive", "confidence")
_OWN = frozenset({"outcome", "dropped", "share", "replications", "from_worlds", *_NUMBERS})


def mean_table(
    values: pd.DataFrame, groups: Sequence[str], *, confidence: float = 0.95, draws: pd.Series | None = None
) -> pd.DataFrame:
    """Mean and Student t interval over replications, for every group and outcome.

    Where replications are run in worlds, the unit is the world: its replications are averaged first.

    Args:
        values: What `by_replication` returns.
        groups: The index levels that make a group.
        confidence: Coverage of the interval, between 0 and 1.
        draws: The world of each replication, where they have one.

    Returns:
        Columns `outcome`, the groups, `mean`, `low`, `high`, `n` (replications, or worlds), `sd` (over
        them), `share_positive` (share of them above 0) and `confidence`; where there are worlds also
        `replications` and `from_worlds`, the share of the interval's variance that is differences between
        worlds, the rest being luck of seeds (NaN where no world has two replications).

    Raises:
        AnalysisError: If a group has fewer than two replications, confidence is out of range, or a group is named
            as one of the table's own columns.
    """
    check_confidence(confidence)
    groups = list(groups)
    for name in groups:
        if name in _OWN:
            raise AnalysisError(
                f'a swept column is named "{name}", as a column of the table of means is: give it another name, as by '
                f'runs.rename(columns={{"{name}": "{name}_"}})'
            )
    several = {}
    if draws is not None:
        several = {"replications": values.groupby(level=groups, observed=True).count()}
        several["from_worlds"] = _share_of_worlds(values, groups, draws)
        values = over_draws(values, draws)
    grouped = values.groupby(level=groups, observed=True)
    positive = (values > 0).astype(float).where(values.notna())
    positive = positive.groupby(level=groups, observed=True).mean()
    mean, sd, n = grouped.mean(), grouped.std(ddof=1), grouped.count()
    tables = []
    for outcome in values.columns:
        _check_count(n[outcome], groups, "replications" if draws is None else "worlds")
        table = pd.DataFrame({"mean": mean[outcome], "n": n[outcome], "sd": sd[outcome]})
        table["share_positive"] = positive[outcome]
        table["low"], table["high"] = t_interval(table, confidence)
        table["confidence"] = confidence
        for name, found in several.items():
            table[name] = found[outcome]
        table.insert(0, "outcome", outcome)
        tables.append(table.reset_index())
    order = ["outcome", *groups, *_NUMBERS[:-1], *several, _NUMBERS[-1]]
    combined = pd.concat(tables, ignore_index=True)[order]
    categorical = [g for g in groups if isinstance(combined[g].dtype, pd.CategoricalDtype)]
    return combined.astype(dict.fromkeys(categorical, object))


def with_dropped(
    table: pd.DataFrame, groups: Sequence[str], frame: pd.DataFrame, outcomes: Sequence[str]
) -> pd.DataFrame:
    """Add `dropped`: how many rows of the group are blank in `frame`, so were left out."""
    missing = frame[list(outcomes)].isna().any(axis=1).rename("dropped")
    keys = [frame[g].astype(table[g].dtype) for g in groups]
    counts = missing.groupby(keys).sum().reset_index()
    joined = table[list(groups)].merge(counts, on=list(groups), how="left")
    table.insert(len(table.columns) - 1, "dropped", joined["dropped"].to_numpy())
    return table


def t_interval(table: pd.DataFrame, confidence: float) -> tuple[pd.Series, pd.Series]:
    """Bounds of the Student t interval from columns `mean`, `sd` and `n`.

    Returns:
        Low and high bound; equal to the mean where nothing varies.
    """
    factor = stats.t.ppf(0.5 + confidence / 2, table["n"] - 1)
    half = factor * table["sd"] / np.sqrt(table["n"])
    return table["mean"] - half, table["mean"] + half


_WORLDS: Final = {"worlds": ": each world takes two replications, so 4 are the fewest"}


def check_confidence(confidence: float) -> None:
    """Refuse a confidence that is not strictly between 0 and 1.

    Raises:
        AnalysisError: If it is not.
    """
    if not 0 < confidence < 1:
        raise AnalysisError(f"confidence must lie between 0 and 1, as 0.95; it is {confidence}")


def _check_count(n: pd.Series, groups: list[str], of: str) -> None:
    short = n[n < 2]
    if len(short):
        levels = short.index[0] if isinstance(short.index[0], tuple) else (short.index[0],)
        where = ", ".join(f"{g} = {v}" for g, v in zip(groups, levels, strict=True))
        few = f"an interval needs at least two complete {of}; {where} has {short.iloc[0]}"
        raise AnalysisError(few + _WORLDS.get(of, ""))
