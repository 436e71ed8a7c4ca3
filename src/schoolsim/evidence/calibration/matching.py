"""History matching: targets emulated at many places in parameter space, weighed by how well they fit.

Kennedy & O'Hagan (2001): what is not known of a measurement, what the model could not show of it, and the emulator's
own error stand together in one normal likelihood. A place beyond three standard deviations is ruled out
(Pukelsheim 1994).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import qmc

from schoolsim.evidence.calibration.emulator import Emulator

CUT: Final = 3.0


@dataclass(frozen=True)
class Emulated:
    """Targets at places that were not run.

    Args:
        unit: (place, parameter) in the unit cube.
        means: (place, target).
        variances: (place, target) of the emulators.
    """

    unit: np.ndarray
    means: np.ndarray
    variances: np.ndarray

    def distances(self, values: Sequence[float], sds: Sequence[float]) -> np.ndarray:
        """Distance of each target from what was measured, in standard deviations: (place, target)."""
        return np.asarray(np.abs(self.means - np.asarray(values)) / np.sqrt(self.variances + np.square(sds)))

    def left(self, values: Sequence[float], sds: Sequence[float]) -> float:
        """Share of places that no target rules out."""
        return float((np.nanmax(self.distances(values, sds), axis=1) <= CUT).mean())

    def weights(self, values: Sequence[float], sds: Sequence[float]) -> np.ndarray:
        """Posterior weight of each place, summing to 1: an even prior and a normal likelihood.

        Args:
            values: What was measured of each target; NaN where nothing was.
            sds: How well it is known.
        """
        total = self.variances + np.square(sds)
        log = -0.5 * (self.distances(values, sds) ** 2 + np.log(total))
        log = np.where(np.isnan(np.asarray(values)), 0.0, log).sum(axis=1)
        weights = np.exp(log - log.max())
        return np.asarray(weights / weights.sum())


def emulated(emulators: Sequence[Emulator], unit: np.ndarray) -> Emulated:
    """What the emulators say at places in the unit cube."""
    means, variances = zip(*(emulator.predict(unit) for emulator in emulators), strict=True)
    return Emulated(unit, np.column_stack(means), np.column_stack(variances))


def design(points: int, parameters: int, seed: int, which: int = 0) -> np.ndarray:
    """A Latin hypercube over the whole prior: (point, parameter) in the unit cube.

    Args:
        points: How many.
        parameters: Dimensions.
        seed: Root seed.
        which: Another number, another hypercube.
    """
    return np.asarray(qmc.LatinHypercube(parameters, rng=np.random.default_rng([seed, which])).random(points))


def candidates(parameters: int, seed: int, number: int) -> np.ndarray:
    """A dense, even sample of the prior to be weighed."""
    return np.asarray(qmc.Sobol(parameters, rng=np.random.default_rng([seed, 1])).random(number))


def resampled(weights: np.ndarray, number: int, seed: int) -> np.ndarray:
    """Rows drawn with these weights, systematically: equal weights afterwards."""
    places = (np.random.default_rng([seed, 2]).random() + np.arange(number)) / number
    return np.asarray(np.searchsorted(np.cumsum(weights), places).clip(0, len(weights) - 1))


def weighted_quantile(values: np.ndarray, weights: np.ndarray, share: float) -> float:
    """The value that a share of the weight lies below."""
    order = np.argsort(values)
    return float(values[order][np.searchsorted(np.cumsum(weights[order]), share).clip(0, len(values) - 1)])
