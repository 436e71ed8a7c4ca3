"""Estimators of an evaluation: each a weighted sum of units' means, with cluster-robust or permutation inference.

A unit is what is treated as a whole: an authority, or a school. Because every estimator is linear in what was measured,
an estimate can be taken apart exactly into what treated and untreated units contribute to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from schoolsim.columns import Float64Array, Int64Array

NEVER: Final = np.inf
"""The start of a unit that is not treated."""
PERMUTATIONS: Final = 199
_NOTHING: Final = 1e-9
"""Spread of treatment below which all units are treated alike."""
_SWEEPS: Final = 10
"""Times that means of blocks and of groups are taken out in turn, enough for four digits."""


@dataclass(frozen=True)
class Panel:
    """The units of a sample.

    Args:
        means: Mean of each unit's schools after each year, shape (units, years + 1); year 0 is before all policy.
        counts: Schools of each unit, shape (units,).
        starts: Year after which each is treated, `NEVER` where it is not, shape (units,).
        blocks: Number of the group of units that each is compared within, from 0, shape (units,).
    """

    means: Float64Array
    counts: Float64Array
    starts: Float64Array
    blocks: Int64Array


@dataclass(frozen=True)
class Inference:
    """What is said of an estimate.

    Args:
        estimate: The effect, in the unit of the means; NaN where the sample allows none.
        error: Its standard error; NaN where there are too few units.
        p: Probability of an estimate so far from 0 were there no effect; NaN where it cannot be told.
    """

    estimate: float
    error: float
    p: float


def weights(panel: Panel, estimator: str, year: int, starts: Float64Array | None = None) -> Float64Array:
    """The weight of every unit's mean in an estimate of the effect up to a year.

    Args:
        panel: The units.
        estimator: "difference" of means after the year; "difference_in_differences" of the change since year 0;
            "staggered", the mean of the effects on each group of one start in each year since, each against units that
            are not treated yet, from the year it started (Callaway and Sant'Anna 2021); "two_way", the coefficient of
            being treated in a regression with effects of units and years.
        year: The last year that is read.
        starts: In place of the panel's own, shape (..., units).

    Returns:
        Shape (..., units, year + 1); NaN where the units allow no estimate.
    """
    given = panel.starts if starts is None else starts
    if estimator == "two_way":
        return _two_way(panel, given, year)
    found = np.zeros((*given.shape, year + 1))
    if estimator in ("difference", "difference_in_differences"):
        one, _ = _difference(panel, given < year, np.ones(given.shape, dtype=bool))
        found[..., year] += one
        if estimator == "difference_in_differences":
            found[..., 0] -= one
        return found
    total = np.zeros(given.shape[:-1])
    for start in sorted({int(value) for value in np.unique(panel.starts) if value < year}):
        for now in range(start + 1, year + 1):
            own = np.equal(given, start)
            one, treated = _difference(panel, own, own | (given >= now))
            known = np.asarray(~np.isnan(one).any(axis=-1))
            share = np.where(known, treated, 0.0)
            part = np.where(known[..., None], one, 0.0) * share[..., None]
            found[..., now] += part
            found[..., start] -= part
            total += share
    with np.errstate(invalid="ignore", divide="ignore"):
        return found / np.where(total > 0, total, np.nan)[..., None, None]


def infer(panel: Panel, estimator: str, year: int, inference: str, rng: np.random.Generator) -> Inference:
    """The estimate of the effect up to a year, and how sure it is.

    Args:
        panel: The units.
        estimator: As of `weights`.
        year: The last year that is read.
        inference: "cluster", or "permutation" of who is treated within blocks.
        rng: Draws the permutations.
    """
    own = weights(panel, estimator, year)
    read = panel.means[:, : year + 1]
    estimate = float((own * read).sum())
    if np.isnan(estimate):
        return Inference(np.nan, np.nan, np.nan)
    error, freedom = _cluster_error(panel, own, read)
    if inference == "permutation":
        drawn = permuted(panel, rng)
        others = (weights(panel, estimator, year, drawn) * read).sum(axis=(-2, -1))
        as_far = np.abs(others) >= abs(estimate) * (1.0 - 1e-12)  # the same units in another order round differently
        return Inference(estimate, error, float((1 + as_far.sum()) / (1 + PERMUTATIONS)))
    p = 2.0 * stats.t.sf(abs(estimate) / error, freedom) if error > 0 else np.nan
    return Inference(estimate, error, float(p))


def permuted(panel: Panel, rng: np.random.Generator) -> Float64Array:
    """The starts handed out anew among the units of each block, shape (`PERMUTATIONS`, units)."""
    drawn = np.empty((PERMUTATIONS, len(panel.starts)))
    for block in np.unique(panel.blocks):
        rows = np.flatnonzero(panel.blocks == block)
        order = np.argsort(rng.random((PERMUTATIONS, len(rows))), axis=1)
        drawn[:, rows] = panel.starts[rows][order]
    return drawn


def _difference(panel: Panel, treated: np.ndarray, among: np.ndarray) -> tuple[Float64Array, Float64Array]:
    """Weights of the mean difference within blocks between treated units and the others, of those that are `among`.

    Blocks weigh as in a regression with an effect of each: n1 n0 / (n1 + n0). Also the number of treated schools in
    blocks that have both; the weights are NaN where none has.
    """
    member = np.eye(int(panel.blocks.max()) + 1)[panel.blocks]  # (units, blocks)
    ones = np.where(treated & among, panel.counts, 0.0)
    others = np.where(~treated & among, panel.counts, 0.0)
    one_of, other_of = ones @ member, others @ member  # (..., blocks)
    both = one_of + other_of
    with np.errstate(invalid="ignore", divide="ignore"):
        block = np.where((one_of > 0) & (other_of > 0), one_of * other_of / both, 0.0)
        block = block / np.where(block.sum(axis=-1) > 0, block.sum(axis=-1), np.nan)[..., None]
        up = np.where(one_of > 0, block / one_of, 0.0) @ member.T
        down = np.where(other_of > 0, block / other_of, 0.0) @ member.T
    return ones * up - others * down, np.where((one_of > 0) & (other_of > 0), one_of, 0.0).sum(axis=-1)


def _two_way(panel: Panel, starts: Float64Array, year: int) -> Float64Array:
    treated = (starts[..., None] < np.arange(year + 1)).astype(np.float64)  # (..., units, years)
    share = panel.counts / panel.counts.sum()
    by_unit = treated.mean(axis=-1, keepdims=True)
    by_year = np.einsum("...uy,u->...y", treated, share)[..., None, :]
    whole = np.einsum("...u,u->...", by_unit[..., 0], share)[..., None, None]
    left = (treated - by_unit - by_year + whole) * panel.counts[:, None]
    size = (left * treated).sum(axis=(-2, -1))
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Float64Array = left / np.where(size > _NOTHING, size, np.nan)[..., None, None]
    return found


def _cluster_error(panel: Panel, own: Float64Array, read: Float64Array) -> tuple[float, int]:
    """Standard error and degrees of freedom: what each unit adds to the estimate beyond its block and group.

    With one block and two groups of the same number of equal units it is that of Student's t test.
    """
    kinds, group = np.unique(panel.starts, return_inverse=True)
    blocks = int(panel.blocks.max()) + 1
    sides = []
    for place in (panel.blocks, group):
        member = np.eye(int(place.max()) + 1)[place].T * panel.counts
        sides.append((place, member / member.sum(axis=1, keepdims=True)))
    rest = read.copy()
    for _ in range(_SWEEPS if blocks > 1 else 1):
        for place, mean in sides:
            rest -= (mean @ rest)[place]
    freedom = len(panel.counts) - blocks - len(kinds) + 1
    if freedom < 1:
        return np.nan, 0
    scores = (own * rest).sum(axis=1)
    return float(np.sqrt(len(scores) / freedom * (scores**2).sum())), freedom
