"""Emulates an outcome between the points that were run, and holds points out to see how well.

Where every policy met every world, the outcome under one policy is emulated over worlds, and so is what each other
policy changed in the same worlds with the same seeds: most of the luck is in neither. Elsewhere there is one emulator
over levers and worlds together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from schoolsim.analysis.run_table import AnalysisError
from schoolsim.publish.process import Process, fit

LEAST_POINTS, POINTS_PER_INPUT = 12, 5
"""An emulator has so many points at the least, and so many for each of its inputs."""
MOST_POINTS: Final = 256
"""Points that a process is fitted to, so that a telephone can evaluate it; it is held against the others."""
FOLDS: Final = 10
"""Parts of the points, each of which is held out in turn, where all are fitted to."""
NINE_OF_TEN: Final = 1.6448536269514722
"""Standard deviations to either side of the mean between which nine of ten draws of a normal distribution lie."""


@dataclass(frozen=True)
class Check:
    """How an emulator did at points that it had not seen.

    Args:
        error: Root mean square of its errors, in the outcome's unit.
        luck: What the error of a perfect emulator would be: the luck of seeds in the means it is held against.
        explained: Share of the variance between those means that it foresaw; below 0 where their own mean does better.
        inside: Share of those means inside its interval of 90%.
        number: How many means it was held against.
    """

    error: float
    luck: float
    explained: float
    inside: float
    number: int


@dataclass(frozen=True, eq=False)
class Emulator:
    """An outcome over policies and places.

    Args:
        levels: The outcome under policy 0.
        effects: What policies 1, 2, ... change; None where there is one policy.
        widened: What the standard deviations of `levels` and `effects` are multiplied with, so that they are as wide as
            errors at points held out; 1 at the least.
        seeds: Standard deviation of single runs at one point; NaN where each has one run.
        shared: Standard deviation of the luck that all points share, as they have the same seeds: the level of the
            outcome is known no better, differences are; NaN where each has one run.
        check: Of outcomes.
        effect_check: Of differences between policies; None where there is one policy.
    """

    levels: Process
    effects: Process | None
    widened: tuple[float, float]
    seeds: float
    shared: float
    check: Check
    effect_check: Check | None

    def level(self, policy: int, place: np.ndarray) -> tuple[float, float]:
        """The outcome under a policy at a place, (d,), and the standard deviation of the emulator's error."""
        at = place[None, :]
        mean, variance = self.levels.mean(at)[0, 0], self.widened[0] ** 2 * self.levels.variance(at)[0]
        effect, more = self._effect(policy, at)
        return float(mean + effect), float(np.sqrt(variance + more))

    def difference(self, policy: int, place: np.ndarray, other: int, other_place: np.ndarray) -> tuple[float, float]:
        """By how much the outcome is more under one policy and place than under another, with the same deviation.

        Where policies are crossed with worlds, both places are the same world.
        """
        one, two = place[None, :], other_place[None, :]
        if self.effects is None:
            mean = self.levels.mean(one)[0, 0] - self.levels.mean(two)[0, 0]
            return float(mean), float(self.widened[0] * np.sqrt(self.levels.difference_variance(one, two)[0]))
        if policy == other:
            return 0.0, 0.0
        (mean, variance), (less, more) = self._effect(policy, one), self._effect(other, two)
        return mean - less, float(np.sqrt(variance + more))

    def _effect(self, policy: int, at: np.ndarray) -> tuple[float, float]:
        if policy == 0 or self.effects is None:
            return 0.0, 0.0
        mean = float(self.effects.mean(at)[0, policy - 1])
        return mean, float(self.widened[1] ** 2 * self.effects.variance(at)[0])


def points_needed(inputs: int) -> int:
    """Points from which an emulator of so many inputs is fitted."""
    return max(LEAST_POINTS, POINTS_PER_INPUT * inputs)


def emulate(inputs: np.ndarray, values: np.ndarray) -> Emulator:
    """Emulate one outcome.

    Args:
        inputs: (n, d) places of the points in the unit cube.
        values: (n, policies, replications) the outcome; NaN where there is no run.

    Returns:
        The emulator, with what its errors were.

    Raises:
        AnalysisError: Too few points have runs, or scikit-learn is not installed.
    """
    paired = np.isfinite(values[:, :1, :] + values).any(axis=2).all(axis=1)
    inputs, values = inputs[paired], values[paired]
    if len(inputs) < points_needed(inputs.shape[1]):
        raise AnalysisError(
            f"only {len(inputs)} points have finished runs, and an emulator of {inputs.shape[1]} inputs needs "
            f"{points_needed(inputs.shape[1])}"
        )
    levels = _Part(inputs, values[:, :1, :])
    effects = _Part(inputs, values[:, 1:, :] - values[:, :1, :]) if values.shape[1] > 1 else None
    foreseen, error = levels.foreseen, levels.variance[:, None]
    if effects is not None:
        foreseen = np.hstack([foreseen, foreseen + effects.foreseen])
        error = np.hstack([error, np.repeat(error + effects.variance[:, None], values.shape[1] - 1, axis=1)])
    seen = np.nanmean(values, axis=2)[levels.rows]
    luck = _luck_of(values)
    return Emulator(
        levels.process, None if effects is None else effects.process,
        (levels.widened, 1.0 if effects is None else effects.widened), luck.runs, luck.shared,
        _check(foreseen, seen, error, luck.own), None if effects is None else effects.check,
    )  # fmt: skip


@dataclass(frozen=True)
class _Luck:
    """The luck of seeds: standard deviation of single runs; of what all points share; variance of a point's own mean.

    The last is None where each point has one run: then nothing tells it from what the outcome hangs on.
    """

    runs: float
    shared: float
    own: float | None


def _luck_of(values: np.ndarray) -> _Luck:
    """The luck in (n, quantities, replications): runs of one seed are alike at all points."""
    number = np.isfinite(values).sum(axis=2)
    if number.max(initial=0) < 2:
        return _Luck(float("nan"), float("nan"), None)
    replications = values.shape[2]
    apart = values - np.nanmean(values, axis=2, keepdims=True)
    squares = np.nansum(apart**2)
    alike = np.nanmean(apart, axis=0, keepdims=True)
    # What a seed does at every point, in the one quantity, is no error of a mean beside another.
    own = np.nansum((apart - alike) ** 2) / max(1, (number.sum() - number.size) - (replications - 1) * values.shape[1])
    shared = np.sqrt((alike**2).sum() / max(1, replications - 1) / values.shape[1] / replications)
    runs = np.sqrt(squares / (number - 1).clip(0).sum())
    return _Luck(float(runs), float(shared), float(own * (1.0 / number).mean()))


class _Part:
    """One process, fitted; and what it foresaw of points held out.

    `rows` are those points, (held,); `foreseen` (held, m) their values; `variance` (held,) of the emulator's error, as
    wide as the errors were.
    """

    def __init__(self, inputs: np.ndarray, values: np.ndarray) -> None:
        with np.errstate(invalid="ignore"):
            means = np.nanmean(values, axis=2)
        self._noise = _luck_of(values).own
        order = np.random.default_rng(0).permutation(len(inputs))
        used = np.sort(order[:MOST_POINTS])
        self.process = fit(inputs[used], means[used], self._noise)
        if len(inputs) > MOST_POINTS:
            self.rows = np.sort(order[MOST_POINTS:])
            self.foreseen = self.process.mean(inputs[self.rows])
            self.variance = self.process.variance(inputs[self.rows])
        else:
            self.rows = np.arange(len(inputs))
            self.foreseen, self.variance = self._held_out(inputs, means, order)
        luck = self._luck
        seen = means[self.rows]
        size = np.sqrt(self.variance + luck)[:, None]
        self.widened = max(1.0, float(np.sqrt((((self.foreseen - seen) / size) ** 2).mean())))
        self.variance = self.widened**2 * self.variance
        self.check = _check(self.foreseen, seen, np.broadcast_to(self.variance[:, None], seen.shape), luck)

    @property
    def _luck(self) -> float:
        """Variance of a mean by the luck of seeds, as the process was fitted with."""
        return self.process.noise * self.process.scale**2

    def _held_out(self, inputs: np.ndarray, means: np.ndarray, order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Every point, foreseen from the parts it is not in."""
        foreseen, variance = np.empty_like(means), np.empty(len(means))
        for part in np.array_split(order, FOLDS):
            rest = np.setdiff1d(order, part)
            found = fit(inputs[rest], means[rest], self._noise, self.process)
            foreseen[part], variance[part] = found.mean(inputs[part]), found.variance(inputs[part])
        return foreseen, variance


def _check(foreseen: np.ndarray, seen: np.ndarray, error: np.ndarray, luck: float | None) -> Check:
    missed = foreseen - seen
    between = ((seen - seen.mean(axis=0)) ** 2).sum() if seen.shape[1] == 1 else ((seen - seen.mean()) ** 2).sum()
    size = np.sqrt(error + (luck or 0.0))
    return Check(
        error=float(np.sqrt((missed**2).mean())),
        luck=float(np.sqrt(luck or 0.0)),
        explained=float(1.0 - (missed**2).sum() / between) if between > 0 else float("nan"),
        inside=float((np.abs(missed) <= NINE_OF_TEN * size).mean()),
        number=int(missed.size),
    )
