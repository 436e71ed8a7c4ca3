"""Draws the samples that an evaluator would have: which authorities and schools, who is treated, what is measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from schoolsim.columns import Float64Array, Int64Array
from schoolsim.evaluations.estimators import NEVER, Inference, Panel, infer, weights
from schoolsim.evaluations.worlds import Worlds

if TYPE_CHECKING:
    from schoolsim.config.schema import Evaluation

_SAMPLE, _SURVEY, _ORDER = 1, 2, 3
"""What chance is for: who is in a sample, what a survey measures, permutations."""
FEWEST: Final = 2
"""Schools of either side of an authority that are drawn at least, where there are so many."""


@dataclass(frozen=True)
class Sample:
    """The schools of one sample, as an evaluator would have them and as they are.

    Args:
        unit: Number of the unit that each is of, from 0 and rising, shape (schools,).
        block: Number of the group that its unit is compared within, from 0, shape (schools,).
        start: Year after which it is treated; `NEVER` where it is not, shape (schools,).
        measured: As it was measured, percentage points, shape (schools, years + 1).
        without: As it would have been measured without any programme.
        effect: What the programme does to its teaching, percentage points.
        leaves: First year in which it no longer answers; inf where it always does, shape (schools,).
    """

    unit: Int64Array
    block: Int64Array
    start: Float64Array
    measured: Float64Array
    without: Float64Array
    effect: Float64Array
    leaves: Float64Array


@dataclass(frozen=True)
class Estimate:
    """What is found in a sample up to a year, and what is true in it.

    Args:
        found: The estimate.
        placebo: The estimate that the same sample would give if the programme did nothing.
        effect: The true mean effect on treated schools' teaching, percentage points.
        selection: Of the estimate, what treated and untreated schools differ in without the programme.
        spillover: Of the estimate, what the programme does to the results of untreated schools, taken off.
        measure: Of the estimate, by how much more or less than the effect the treated schools' results show.
        rest: Of the estimate, what weighing and schools that leave make of it.
    """

    found: Inference
    placebo: Inference
    effect: float
    selection: float
    spillover: float
    measure: float
    rest: float


def draw(worlds: Worlds, evaluation: Evaluation, authorities: int, schools: int | None, key: Sequence[int]) -> Sample:
    """One sample.

    Authorities are drawn with replacement, as from many like them; the schools of one are drawn without.

    Args:
        worlds: Of the phase that is evaluated.
        evaluation: The design.
        authorities: How many are drawn.
        schools: How many schools of each; all of them when None.
        key: What decides the chance of this sample: seed, number of the sample and so on.
    """
    rng = np.random.default_rng([*key, _SAMPLE])
    rows, unit, block, start, arm = _WHO[evaluation.treated](worlds, evaluation, authorities, schools, rng)
    teaching, published = (_as_treated(worlds, name, rows, arm) for name in ("progress", "published"))
    effect = worlds.points * (teaching - worlds.progress[rows])
    measured, without = published, worlds.published[rows]
    if evaluation.data == "survey":
        noise = worlds.points / np.sqrt(evaluation.pupils)
        error = noise * np.random.default_rng([*key, _SURVEY]).standard_normal(teaching.shape)
        measured, without = worlds.points * teaching + error, worlds.points * worlds.progress[rows] + error
    return Sample(unit, block, start, measured, without, effect, _leaves(evaluation, start, rng))


def estimate(sample: Sample, evaluation: Evaluation, year: int, key: Sequence[int]) -> Estimate:
    """What the estimator finds in a sample up to a year.

    Args:
        sample: The sample.
        evaluation: The design.
        year: The last year that is read.
        key: What decides the chance of permutations.
    """
    stays = sample.leaves > year
    treated = _treated(sample, evaluation, year)
    effect = float(sample.effect[:, : year + 1][treated].mean()) if treated.any() else np.nan
    nothing = Inference(np.nan, np.nan, np.nan)
    if not stays.any():
        return Estimate(nothing, nothing, effect, np.nan, np.nan, np.nan, np.nan)
    panel, without = _panel(sample, stays, sample.measured), _panel(sample, stays, sample.without)
    found, placebo = (
        infer(given, evaluation.estimator, year, evaluation.inference, np.random.default_rng([*key, _ORDER]))
        for given in (panel, without)
    )
    part = weights(panel, evaluation.estimator, year) * (panel.means - without.means)[:, : year + 1]
    after = panel.starts[:, None] < np.arange(year + 1)
    shown = (sample.measured - sample.without)[:, : year + 1]
    in_results = float(shown[treated].mean()) if treated.any() else np.nan
    return Estimate(
        found, placebo, effect, placebo.estimate, float(part[~after].sum()), in_results - effect,
        float(part[after].sum()) - in_results,
    )  # fmt: skip


def _treated(sample: Sample, evaluation: Evaluation, year: int) -> np.ndarray:
    """The schools and years whose effects the estimator is after, shape (schools, year + 1)."""
    years = np.arange(year + 1)
    treated = sample.start[:, None] < years
    return treated if evaluation.estimator in ("staggered", "two_way") else treated & (years == year)


def _panel(sample: Sample, stays: np.ndarray, values: Float64Array) -> Panel:
    """The schools that stay, brought together in their units, whose schools stand next to each other."""
    unit, block, start, values = sample.unit[stays], sample.block[stays], sample.start[stays], values[stays]
    first = np.flatnonzero(np.diff(unit, prepend=-1))
    counts = np.diff(first, append=len(unit)).astype(np.float64)
    sums = np.add.reduceat(values, first, axis=0)
    blocks = np.unique(block[first], return_inverse=True)[1]
    return Panel(sums / counts[:, None], counts, start[first], blocks.astype(np.int64))


def _as_treated(worlds: Worlds, name: str, rows: Int64Array, arm: Int64Array) -> Float64Array:
    """What schools teach or publish, each in its arm.

    Args:
        worlds: The schools.
        name: "progress" or "published".
        rows: Of the sample's schools.
        arm: Number of the arm that each is in, -1 where it is in none.
    """
    found: Float64Array = getattr(worlds, name)[rows]
    for number, given in enumerate(worlds.arms):
        own = arm == number
        found[own] = getattr(given, name)[rows[own]]
    return found


_Who = tuple[Int64Array, Int64Array, Int64Array, Float64Array, Int64Array]


def _whole_authorities(
    worlds: Worlds, evaluation: Evaluation, authorities: int, schools: int | None, rng: np.random.Generator
) -> _Who:
    """Whole authorities, a share of them treated by lot, in groups of as equal size as can be for each start."""
    known = np.unique(worlds.authority)
    drawn = rng.choice(known, authorities)
    treated = min(max(round(authorities * evaluation.share), FEWEST), authorities - FEWEST)
    arms = np.full(authorities, -1, dtype=np.int64)
    arms[rng.permutation(authorities)[:treated]] = np.arange(treated) % len(worlds.arms)
    rows = [_some(np.flatnonzero(worlds.authority == one), schools, rng) for one in drawn]
    unit = np.repeat(np.arange(authorities), [len(own) for own in rows])
    begins = np.array([worlds.covered.min() + arm.start for arm in worlds.arms] + [NEVER])
    return np.concatenate(rows), unit, np.zeros_like(unit), begins[arms][unit], arms[unit]


def _covered_schools(
    worlds: Worlds, evaluation: Evaluation, authorities: int, schools: int | None, rng: np.random.Generator
) -> _Who:
    """Those that programmes are for beside those that none is for: schools, or authorities where a run has several."""
    runs = np.unique(worlds.run)
    if len(np.unique(worlds.authority)) == len(runs):
        return _schools(worlds, worlds.covered, authorities, schools, rng)
    run = worlds.run == rng.choice(runs)
    own = np.unique(worlds.authority[run])
    if authorities > len(own):
        raise ValueError(f"a sample of {authorities} authorities, and the schools are of {len(own)}")
    drawn = rng.choice(own, authorities, replace=False)
    rows = [_some(np.flatnonzero(worlds.authority == one), schools, rng) for one in drawn]
    unit = np.repeat(np.arange(authorities), [len(one) for one in rows])
    chosen = np.concatenate(rows)
    return chosen, unit, np.zeros_like(unit), worlds.covered[chosen], np.zeros_like(unit)


def _schools_that_joined(
    worlds: Worlds, evaluation: Evaluation, authorities: int, schools: int | None, rng: np.random.Generator
) -> _Who:
    """Schools that joined beside those that did not."""
    return _schools(worlds, worlds.arms[0].joined, authorities, schools, rng)


_WHO: Final[dict[str, Callable[[Worlds, Evaluation, int, int | None, np.random.Generator], _Who]]] = {
    "authorities": _whole_authorities,
    "covered": _covered_schools,
    "joined": _schools_that_joined,
}


def _schools(
    worlds: Worlds, start: Float64Array, authorities: int, schools: int | None, rng: np.random.Generator
) -> _Who:
    """Schools of either side, half and half as far as there are so many, compared within their authorities."""
    drawn = rng.choice(np.unique(worlds.authority), authorities)
    rows, blocks = [], []
    for block, one in enumerate(drawn):
        own = np.flatnonzero(worlds.authority == one)
        inside, outside = own[start[own] < NEVER], own[start[own] == NEVER]
        if schools is not None:
            half = min(schools // 2, len(inside))
            inside = _some(inside, max(half, schools - len(outside)), rng)
            outside = _some(outside, schools - len(inside), rng)
        rows += [inside, outside]
        blocks.append(np.full(len(inside) + len(outside), block, dtype=np.int64))
    chosen = np.concatenate(rows)
    return chosen, np.arange(len(chosen)), np.concatenate(blocks), start[chosen], np.zeros(len(chosen), dtype=np.int64)


def _some(rows: Int64Array, number: int | None, rng: np.random.Generator) -> Int64Array:
    """So many of the rows, or all of them where no number is given or there are not so many."""
    return rows if number is None or number >= len(rows) else rng.choice(rows, number, replace=False)


def _leaves(evaluation: Evaluation, start: Float64Array, rng: np.random.Generator) -> Float64Array:
    """The first year in which each school no longer answers."""
    other = evaluation.attrition if evaluation.attrition_untreated is None else evaluation.attrition_untreated
    risk = np.where(start < NEVER, evaluation.attrition, other)
    luck = rng.random(len(start))
    with np.errstate(divide="ignore"):
        return np.where(risk > 0, np.floor(np.log(luck) / np.log1p(-risk)) + 1, np.inf)
