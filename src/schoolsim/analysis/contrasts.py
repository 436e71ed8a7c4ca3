"""Paired differences between the levels of a lever, and differences of differences.

Two policies with one seed meet the same schools and make the same draws, so their difference shows
the policy and little else (Klein et al. 2024, arXiv 2409.02086). Every interval is of the mean of
such paired differences over replications. It says how well the mean is known for the scenarios of
the study, not how much the effect varies from one scenario to another: for that, use `by`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from schoolsim.analysis.intervals import by_replication, mean_table, over_draws, with_dropped
from schoolsim.analysis.run_table import AnalysisError, draws_of, measured, require_known
from schoolsim.parameters.errors import did_you_mean


def contrast(
    runs: pd.DataFrame,
    lever: str,
    *,
    baseline: object,
    outcomes: Sequence[str],
    by: Sequence[str] = (),
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Paired differences of every level of a lever from its baseline.

    Every other swept column is held fixed within a pair. Columns in `by` are reported level by
    level; the rest are averaged over within a replication, so `n` counts replications.

    Args:
        runs: A runs table: `point`, `replication`, `status`, swept columns, then outcomes.
        lever: The swept column whose levels are compared.
        baseline: The level they are compared with.
        outcomes: Outcomes to compare; a difference has the outcome's unit.
        by: Swept columns to report separately.
        confidence: Coverage of the intervals.

    Returns:
        One row an outcome, level and combination of `by`: columns `outcome`, `lever`, `level`,
        `baseline`, those of `by`, `mean`, `low`, `high`, `n` (replications with a complete pair),
        `sd` (of the paired differences), `share_positive` (share of replications where the
        difference is above 0), `dropped` (pairs left out because a run is missing or failed) and
        `confidence`. Where replications are run in worlds (column `draw` of the runs), `n`, `sd` and
        `share_positive` are of worlds, and `replications` and `from_worlds` are there as in `mean_table`.

    Raises:
        AnalysisError: If a name is unknown, an outcome is not finite, or nothing can be paired.
    """
    frame, swept = measured(runs, outcomes)
    by = _by(by, swept, (lever,))
    pairs = _differences(frame, lever, baseline, swept, outcomes)
    table = _summary(pairs, [lever, *by], swept, outcomes, confidence, draws_of(runs))
    table = table.rename(columns={lever: "level"})
    table.insert(1, "lever", lever)
    table.insert(3, "baseline", [baseline] * len(table))
    return table


def interaction(
    runs: pd.DataFrame,
    baselines: Mapping[str, object],
    *,
    outcomes: Sequence[str],
    by: Sequence[str] = (),
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Differences of differences: how the effect of a lever differs between levels of a second, the moderator.

    Args:
        runs: A runs table, as for `contrast`.
        baselines: The two swept columns and the baseline of each, as
            `{"badging.scope": "none", "market.choice_weight": 0.0}`.
        outcomes: Outcomes to compare.
        by: Swept columns to report separately.
        confidence: Coverage of the intervals.

    Returns:
        The columns of `contrast`, and `moderator`, `moderator_level` and `moderator_baseline` for the
        second column: the effect of `level` at `moderator_level` less its effect at `moderator_baseline`.

    Raises:
        AnalysisError: As for `contrast`, or if there are not two baselines.
    """
    if len(baselines) != 2:
        raise AnalysisError("an interaction is between two levers; give the baseline of each")
    (lever, baseline), (moderator, moderator_baseline) = baselines.items()
    frame, swept = measured(runs, outcomes)
    by = _by(by, swept, (lever, moderator))
    pairs = _differences(frame, lever, baseline, swept, outcomes)
    pairs = _differences(pairs, moderator, moderator_baseline, swept, outcomes)
    table = _summary(pairs, [lever, moderator, *by], swept, outcomes, confidence, draws_of(runs))
    table = table.rename(columns={lever: "level", moderator: "moderator_level"})
    table.insert(1, "lever", lever)
    table.insert(3, "baseline", [baseline] * len(table))
    table.insert(4, "moderator", moderator)
    table.insert(6, "moderator_baseline", [moderator_baseline] * len(table))
    return table


def replication_effects(
    runs: pd.DataFrame, lever: str, *, baseline: object, outcomes: Sequence[str], by: Sequence[str] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the means of `contrast` are of, replication by replication, and what the baseline itself was.

    Args:
        runs: A runs table, as for `contrast`.
        lever: The swept column whose levels are compared.
        baseline: The level they are compared with.
        outcomes: Outcomes to compare.
        by: Swept columns to keep apart.

    Returns:
        Paired differences, indexed by the lever's level, `by` and `replication`; and levels at the baseline, indexed
        by `by` and `replication`. A column an outcome, in its unit, in both. Where replications are run in worlds,
        `replication` is the number of the world, over whose replications the values are averaged.

    Raises:
        AnalysisError: As for `contrast`.
    """
    frame, swept = measured(runs, outcomes)
    by = _by(by, swept, (lever,))
    pairs = _differences(frame, lever, baseline, swept, outcomes)
    at_baseline = frame[frame[lever] == baseline]
    effects = by_replication(pairs, [lever, *by], swept, outcomes)
    levels = by_replication(at_baseline, [lever, *by], swept, outcomes)
    draws = draws_of(runs)
    if draws is not None:
        effects, levels = over_draws(effects, draws), over_draws(levels, draws)
    return effects, levels.droplevel(lever)


def _by(by: Sequence[str], swept: list[str], levers: tuple[str, ...]) -> list[str]:
    for lever in levers:
        require_known(lever, swept, "swept column")
    for name in [by] if isinstance(by, str) else by:
        require_known(name, [c for c in swept if c not in levers], "other swept column")
    return [by] if isinstance(by, str) else list(by)


def _no_level(lever: str, baseline: object, levels: list[object]) -> AnalysisError:
    hint = did_you_mean(str(baseline), [str(level) for level in levels])
    known = ", ".join(repr(level) for level in levels)
    return AnalysisError(f"{lever} has no level {baseline!r}.{hint} There are: {known}")


def _differences(
    frame: pd.DataFrame, lever: str, baseline: object, swept: list[str], outcomes: Sequence[str]
) -> pd.DataFrame:
    """Level less baseline, a row a pair; blank where either run is missing or failed."""
    levels = frame[lever].unique().tolist()
    if baseline not in levels:
        raise _no_level(lever, baseline, levels)
    key = [c for c in swept if c != lever] + ["replication"]
    base = frame[frame[lever] == baseline].set_index(key)[list(outcomes)]
    parts = []
    for level in levels:
        if level != baseline:
            changed = frame[frame[lever] == level].set_index(key)[list(outcomes)]
            pairs = _less(changed, base).copy().reset_index()  # in one block, so that pandas need not warn
            del changed  # of a million runs, each such table is tens of megabytes
            pairs[lever] = pd.Series([level] * len(pairs), dtype=frame[lever].dtype)
            parts.append(pairs)
    if not parts:
        raise AnalysisError(f"{lever} has only one level, {baseline}: nothing to compare")
    return pd.concat(parts, ignore_index=True)


def _less(changed: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """The difference; exactly 0 where it is no larger than the rounding of the two numbers."""
    changed, base = changed.align(base)
    difference = changed - base
    rounding = 4 * np.finfo(float).eps * np.maximum(changed.abs(), base.abs())
    return difference.mask(difference.abs() <= rounding, 0.0)


def _summary(
    pairs: pd.DataFrame,
    groups: list[str],
    swept: list[str],
    outcomes: Sequence[str],
    confidence: float,
    draws: pd.Series | None,
) -> pd.DataFrame:
    if pairs[list(outcomes)].isna().any(axis=1).all():
        crossed = ", ".join(c for c in swept if c != groups[0]) or "the replications"
        raise AnalysisError(
            f"no two finished runs differ in {groups[0]} alone: the design does not cross it with "
            f"{crossed} (if one of these is an outcome, name it in outcomes)"
        )
    values = by_replication(pairs, groups, swept, outcomes)
    table = mean_table(values, groups, confidence=confidence, draws=draws)
    return with_dropped(table, groups, pairs, outcomes)
