"""History matching: parameter sets whose emulated targets lie too far from what was measured are ruled out.

Craig, Goldstein, Seheult & Smith (1997); the cut at three standard deviations is Pukelsheim's (1994) rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.stats import qmc

from schoolsim.evidence.calibration.emulator import Emulator

CUT: Final = 3.0


def implausibility(
    emulators: Sequence[Emulator], unit: np.ndarray, values: Sequence[float], sds: Sequence[float]
) -> np.ndarray:
    """Distance of each target from what was measured, in standard deviations of what is not known: (point, target)."""
    columns = []
    for emulator, value, sd in zip(emulators, values, sds, strict=True):
        mean, variance = emulator.predict(unit)
        columns.append(np.abs(mean - value) / np.sqrt(variance + sd**2))
    return np.column_stack(columns)


def first_design(points: int, parameters: int, seed: int) -> np.ndarray:
    """A Latin hypercube over the whole prior: (point, parameter) in the unit cube."""
    return np.asarray(qmc.LatinHypercube(parameters, rng=np.random.default_rng([seed, 0])).random(points))


def candidates(parameters: int, seed: int, number: int) -> np.ndarray:
    """A dense, even sample of the prior to be judged by the emulators."""
    return np.asarray(qmc.Sobol(parameters, rng=np.random.default_rng([seed, 1])).random(number))


def next_design(points: int, tried: np.ndarray, worst: np.ndarray, seed: int, wave: int) -> np.ndarray:
    """Places among those not ruled out; where too few are left, the least implausible."""
    left = np.flatnonzero(worst <= CUT)
    if len(left) < points:
        return np.asarray(tried[np.argsort(worst, kind="stable")[:points]])
    return np.asarray(tried[np.random.default_rng([seed, wave]).choice(left, points, replace=False)])


def posterior_weights(
    emulators: Sequence[Emulator], unit: np.ndarray, values: Sequence[float], sds: Sequence[float]
) -> np.ndarray:
    """Weight of each place under an even prior and a normal likelihood with the emulators' own variance; sums to 1."""
    log = np.zeros(len(unit))
    for emulator, value, sd in zip(emulators, values, sds, strict=True):
        mean, variance = emulator.predict(unit)
        total = variance + sd**2
        log -= 0.5 * ((mean - value) ** 2 / total + np.log(total))
    weights = np.exp(log - log.max())
    return np.asarray(weights / weights.sum())


def resampled(weights: np.ndarray, number: int, seed: int) -> np.ndarray:
    """Rows drawn with these weights, systematically: equal weights afterwards."""
    places = (np.random.default_rng([seed, 2]).random() + np.arange(number)) / number
    return np.asarray(np.searchsorted(np.cumsum(weights), places).clip(0, len(weights) - 1))


def weighted_quantile(values: np.ndarray, weights: np.ndarray, share: float) -> float:
    """The value that a share of the weight lies below."""
    order = np.argsort(values)
    return float(values[order][np.searchsorted(np.cumsum(weights[order]), share).clip(0, len(values) - 1)])
