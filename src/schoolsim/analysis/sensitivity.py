"""Sensitivity of outcomes to uncertain inputs: Sobol indices and Morris screening, on means over replications.

The estimators are SALib's (Herman & Usher 2017, doi 10.21105/joss.00097). What they are fed is checked first: one
blank or infinite number makes SALib's Sobol indices all zero without a word, and a missing run shifts every index.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from schoolsim.analysis.intervals import check_confidence
from schoolsim.analysis.run_table import AnalysisError, require_known

UNIT = "unit/"
FEWEST_BLOCKS = 4
"""Blocks of a sample (of `n` base points, or trajectories) that indices of a part of it need."""

Estimator = Callable[[dict[str, object], np.ndarray, np.ndarray], pd.DataFrame]


def sobol(
    runs: pd.DataFrame,
    design: pd.DataFrame,
    outcomes: Sequence[str],
    *,
    confidence: float = 0.95,
    resamples: int = 400,
    seed: int = 0,
) -> pd.DataFrame:
    """Sobol's first-order (`S1`) and total (`ST`) indices, second-order (`S2`) where the sample allows.

    Args:
        runs: The runs table of a study whose design is of kind `saltelli`, every run finished.
        design: The study's design table (`StudyResult.design`): `policy`, `world` and the places `unit/<input>`.
        outcomes: Names of the outcomes.
        confidence: Of the intervals, which come from resampling the base sample.
        resamples: Resamples for an interval.
        seed: Of the resampling.

    Returns:
        A row an outcome, policy, index and input: `outcome policy index input value low high points replications
        noise confidence`. An `S2` names two inputs joined by ` x `. `noise` is the share of the outcome's variance
        between points that comes from replications: well below .1, or more replications are needed.

    Raises:
        AnalysisError: A run did not finish or a number is missing, the design is no Saltelli sample, or an outcome
            does not vary.

    References:
        Saltelli et al. 2010, doi 10.1016/j.cpc.2009.09.018.
    """
    check_confidence(confidence)
    inputs, _ = _sample(design)
    second = _second_order(design, inputs)

    def estimate(problem: dict[str, object], _: np.ndarray, values: np.ndarray) -> pd.DataFrame:
        from SALib.analyze import sobol as salib

        indices = salib.analyze(
            problem, values, calc_second_order=second, num_resamples=resamples, conf_level=confidence,
            # SALib takes a seed of 0 for none.
            seed=seed + 1,
        )  # fmt: skip
        rows = [_row(kind, name, indices[kind][k], indices[f"{kind}_conf"][k])
                for kind in ("S1", "ST") for k, name in enumerate(inputs)]  # fmt: skip
        if second:
            rows += [_row("S2", f"{inputs[a]} x {inputs[b]}", indices["S2"][a, b], indices["S2_conf"][a, b])
                     for a in range(len(inputs)) for b in range(a + 1, len(inputs))]  # fmt: skip
        return pd.DataFrame(rows)

    return _analysed(runs, design, outcomes, estimate).assign(confidence=confidence)


def morris(
    runs: pd.DataFrame,
    design: pd.DataFrame,
    outcomes: Sequence[str],
    *,
    confidence: float = 0.95,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Morris's elementary effects: mean (`mu`), mean size (`mu_star`, with interval) and spread (`sigma`).

    Effects are in the outcome's unit, for the whole range of an input.

    Args:
        runs: The runs table of a study whose design is of kind `morris`, every run finished.
        design: The study's design table (`StudyResult.design`).
        outcomes: Names of the outcomes.
        confidence: Of the interval of `mu_star`, from resampling the trajectories.
        resamples: Resamples for an interval.
        seed: Of the resampling.

    Returns:
        As `sobol`; `low` and `high` are blank for `mu` and `sigma`.

    Raises:
        AnalysisError: As `sobol`, for a design that is no set of Morris's trajectories.

    References:
        Morris 1991, doi 10.2307/1269043; Campolongo et al. 2007, doi 10.1016/j.envsoft.2006.10.004.
    """
    check_confidence(confidence)
    inputs, _ = _sample(design)
    levels = {_levels(places, len(inputs)) for places in _by_policy(design)}.pop()

    def estimate(problem: dict[str, object], sample: np.ndarray, values: np.ndarray) -> pd.DataFrame:
        from SALib.analyze import morris as salib

        indices = salib.analyze(
            problem, sample, values, num_levels=levels, num_resamples=resamples, conf_level=confidence, seed=seed + 1
        )
        rows = []
        for k, name in enumerate(inputs):
            rows.append(_row("mu", name, indices["mu"][k], np.nan))
            rows.append(_row("mu_star", name, indices["mu_star"][k], indices["mu_star_conf"][k]))
            rows.append(_row("sigma", name, indices["sigma"][k], np.nan))
        return pd.DataFrame(rows)

    return _analysed(runs, design, outcomes, estimate).assign(confidence=confidence)


def growing(
    estimate: Callable[[pd.DataFrame, pd.DataFrame, Sequence[str]], pd.DataFrame],
    runs: pd.DataFrame,
    design: pd.DataFrame,
    outcomes: Sequence[str],
) -> pd.DataFrame:
    """The indices that the first eighth, quarter and half of a sample give, and all of it.

    Args:
        estimate: `sobol` or `morris`.
        runs: The runs table of the study.
        design: The study's design table.
        outcomes: Names of the outcomes.

    Returns:
        The rows of `estimate`, whose `points` says how many points of the sample each is from. Parts of fewer than
        four blocks of the sample, from which no interval can be had, are left out.

    Raises:
        AnalysisError: As `estimate`.
    """
    inputs, _ = _sample(design)
    own = [np.flatnonzero((design["policy"] == policy).to_numpy()) for policy in np.unique(design["policy"])]
    block = len(inputs) + 1 if estimate is morris else len(inputs) * (2 if _second_order(design, inputs) else 1) + 2
    blocks = len(own[0]) // block
    tables = []
    for share in (8, 4, 2, 1):
        if share > 1 and blocks // share < FEWEST_BLOCKS:
            continue
        kept = np.concatenate([rows[: blocks // share * block] for rows in own])
        place = pd.Series(np.arange(len(kept)), index=kept)
        some = runs[runs["point"].isin(kept)]
        some = some.assign(point=some["point"].map(place))
        tables.append(estimate(some, design.iloc[kept].reset_index(drop=True), outcomes))
    return pd.concat(tables, ignore_index=True)


def _row(index: str, name: str, value: float, half: float) -> dict[str, object]:
    return {"index": index, "input": name, "value": value, "low": value - half, "high": value + half}


def _analysed(runs: pd.DataFrame, design: pd.DataFrame, outcomes: Sequence[str], estimate: Estimator) -> pd.DataFrame:
    """Every outcome under every policy, from means over replications in the order of the sample."""
    if isinstance(outcomes, str) or not outcomes:
        raise AnalysisError('outcomes must be a list of at least one name, as ["progress.partner"]')
    for name in ("point", "replication", "status", *outcomes):
        require_known(name, runs.columns, "column")
    _refuse_unfinished(runs)
    inputs, places = _sample(design)
    problem = {"num_vars": len(inputs), "names": inputs, "bounds": [[0.0, 1.0]] * len(inputs)}
    tables = []
    for outcome in outcomes:
        wide = _wide(runs, design, outcome)
        for policy in np.unique(design["policy"]):
            chosen = (design["policy"] == policy).to_numpy()
            means, noise = _means(wide[chosen], outcome)
            table = estimate(problem, places[chosen], means)
            table.insert(0, "policy", policy)
            table.insert(0, "outcome", outcome)
            tables.append(table.assign(points=len(means), replications=wide.shape[1], noise=noise))
    return pd.concat(tables, ignore_index=True)


def _refuse_unfinished(runs: pd.DataFrame) -> None:
    bad = runs[runs["status"] != "ok"]
    if len(bad):
        first = bad.iloc[0]
        raise AnalysisError(
            f"{len(bad)} of {len(runs)} runs did not finish, at {bad['point'].nunique()} points (first: point "
            f"{first['point']}, replication {first['replication']}, {first['status']}); every point of the sample is "
            "needed: make them again, or narrow the ranges until no run fails"
        )


def _wide(runs: pd.DataFrame, design: pd.DataFrame, outcome: str) -> np.ndarray:
    """The outcome as (point, replication), no cell missing or infinite."""
    values = runs[outcome].astype(float)
    bad = int((~np.isfinite(values.to_numpy())).sum())
    if bad:
        first = runs[~np.isfinite(values.to_numpy())].iloc[0]
        raise AnalysisError(
            f'"{outcome}" is not a finite number in {bad} of {len(runs)} runs (first: point {first["point"]}, '
            f"replication {first['replication']}); indices of the rest would be wrong: ask for another outcome, or "
            "narrow the ranges"
        )
    if runs.duplicated(["point", "replication"]).any():
        raise AnalysisError("a point and replication stand twice in the runs table")
    wide = runs.assign(**{outcome: values}).pivot(index="point", columns="replication", values=outcome)
    wide = wide.reindex(np.arange(len(design)))
    gaps = int(wide.isna().to_numpy().sum())
    if gaps or len(wide.columns) == 0 or runs["point"].max() >= len(design):
        raise AnalysisError(
            f"the runs table and the design do not belong together: {gaps} of {wide.size} runs are missing; every "
            "point needs the same replications"
        )
    return wide.to_numpy()


def _means(wide: np.ndarray, outcome: str) -> tuple[np.ndarray, float]:
    """Means over replications, and the share of their variance that replications leave over."""
    means, replications = wide.mean(axis=1), wide.shape[1]
    spread = float(means.var(ddof=1))
    if spread <= 1e-24 * max(1.0, float(np.abs(means).max()) ** 2):
        raise AnalysisError(f'"{outcome}" is the same at every point: nothing can be told apart')
    if replications < 2:
        return means, float("nan")
    # A seed's own level is the same at every point, and no noise between them.
    residual = wide - means[:, None] - wide.mean(axis=0) + wide.mean()
    noise = float((residual**2).sum()) / ((len(means) - 1) * (replications - 1)) / replications
    return means, noise / spread


def _sample(design: pd.DataFrame) -> tuple[list[str], np.ndarray]:
    """Names of the inputs, and their places in the unit cube, (point, input)."""
    columns = [name for name in design.columns if str(name).startswith(UNIT)]
    if not columns or "policy" not in design:
        raise AnalysisError("the design is no sample: sensitivity needs a design of kind saltelli or morris")
    return [name.removeprefix(UNIT) for name in columns], design[columns].to_numpy(dtype=float)


def _second_order(design: pd.DataFrame, inputs: list[str]) -> bool:
    """Whether the sample is Saltelli's with second order; refuses one that is not Saltelli's at all."""
    number = len(inputs)
    for second in (False, True):
        if all(_saltelli(places, number, second) for places in _by_policy(design)):
            return second
    raise AnalysisError("the design is no Saltelli sample: Sobol indices need a design of kind saltelli")


def _saltelli(places: np.ndarray, number: int, second: bool) -> bool:
    """Whether rows come as A, then A with one column of B after another (then B with A's), then B."""
    size = 2 * number + 2 if second else number + 2
    if len(places) % size:
        return False
    blocks = places.reshape(-1, size, number)
    first, last = blocks[:, 0], blocks[:, -1]
    for k in range(number):
        mixed = first.copy()
        mixed[:, k] = last[:, k]
        if not np.array_equal(blocks[:, 1 + k], mixed):
            return False
    return True


def _levels(places: np.ndarray, number: int) -> int:
    """Levels of the grid that Morris's trajectories walk on; refuses what is no such walk."""
    if len(places) % (number + 1) == 0:
        steps = np.abs(np.diff(places.reshape(-1, number + 1, number), axis=1))
        sizes = np.unique(np.round(steps[steps > 1e-12], 9))
        if np.all((steps > 1e-12).sum(axis=2) == 1) and len(sizes) == 1 and sizes[0] > 0.5:
            return int(round(2.0 * sizes[0] / (2.0 * sizes[0] - 1.0)))
    raise AnalysisError("the design is no set of Morris trajectories: it needs a design of kind morris")


def _by_policy(design: pd.DataFrame) -> list[np.ndarray]:
    places = _sample(design)[1]
    return [places[(design["policy"] == policy).to_numpy()] for policy in np.unique(design["policy"])]
