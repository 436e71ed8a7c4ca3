"""A Gaussian process that a page can evaluate: fitted by scikit-learn, then numbers and a few lines of arithmetic.

Its value is a plane over the inputs and a process for what the plane leaves, which may still be a little off level and
slope, as the plane is known no better than the runs tell it. `answering.js` of the page does the same arithmetic.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import Final

import numpy as np

from schoolsim.analysis.run_table import AnalysisError

LEAST_NOISE: Final = 1e-4
"""Least variance of a mean, as a share of the variance that the plane leaves; less would make arithmetic unstable."""
AMPLITUDES, LENGTHS, NOISES = (1e-3, 1e2), (0.1, 10.0), (1e-4, 10.0)
"""Bounds of the variance of a process, of its length scales on the unit cube, and of a noise that is estimated."""
PLANE: Final = 4.0
"""Variance of what the plane may be out by, in level and in each slope, as a share of the variance that it leaves."""
RESTARTS: Final = 1
"""Searches for the best kernel, beyond the first."""


@dataclass(frozen=True, eq=False)
class Process:
    """One kernel, and what it makes of one or several quantities.

    Args:
        inputs: (n, d) places of the runs.
        lengths: (d,) length scales.
        amplitude: Variance of the process, as a share of that of what the plane leaves.
        noise: Variance of a mean over runs, as the same share.
        plane: (d + 1, m) intercept and slopes.
        scale: What one stands for, in the quantities' unit.
        weights: (n, m) weights of the runs.
    """

    inputs: np.ndarray
    lengths: np.ndarray
    amplitude: float
    noise: float
    plane: np.ndarray
    scale: float
    weights: np.ndarray

    @cached_property
    def _factor(self) -> np.ndarray:
        """(n, n) lower Cholesky factor of the covariance of the means."""
        covariance = self._kernel(self.inputs)
        return np.linalg.cholesky(covariance + self.noise * np.eye(len(self.inputs)))

    def _kernel(self, places: np.ndarray) -> np.ndarray:
        """(places, n) covariance of places and runs."""
        steps = (places[:, None, :] - self.inputs[None, :, :]) / self.lengths
        plane = PLANE * (1.0 + (places - 0.5) @ (self.inputs - 0.5).T)
        return plane + self.amplitude * np.exp(-0.5 * (steps**2).sum(axis=2))

    def _before(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """(places,) covariance of places two by two, with no run known."""
        steps = (one - other) / self.lengths
        plane = PLANE * (1.0 + ((one - 0.5) * (other - 0.5)).sum(axis=1))
        return plane + self.amplitude * np.exp(-0.5 * (steps**2).sum(axis=1))

    def mean(self, places: np.ndarray) -> np.ndarray:
        """(places, m) values at (places, d)."""
        plane = self.plane[0] + places @ self.plane[1:]
        return plane + self.scale * (self._kernel(places) @ self.weights)

    def variance(self, places: np.ndarray) -> np.ndarray:
        """(places,) variances of these values: how far the mean of many runs may lie from them."""
        return self._left_of(self._before(places, places), self._kernel(places))

    def difference_variance(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """(places,) variances of differences between the values at two lists of places, (places, d) each."""
        apart = self._before(one, one) + self._before(other, other) - 2.0 * self._before(one, other)
        return self._left_of(apart, self._kernel(one) - self._kernel(other))

    def _left_of(self, before: np.ndarray, kernel: np.ndarray) -> np.ndarray:
        """Variances once the runs are known, of what had variances `before` and covariances `kernel` with the runs."""
        from scipy.linalg import solve_triangular

        known = solve_triangular(self._factor, kernel.T, lower=True)
        return self.scale**2 * np.maximum(before - (known**2).sum(axis=0), 0.0)


def require_library() -> None:
    """Say what to install.

    Raises:
        AnalysisError: scikit-learn is not installed.
    """
    if find_spec("sklearn") is None:
        raise AnalysisError(
            "a page for a study with ranges needs scikit-learn, which fits its emulator: pip install "
            '"schoolsim[publish]"'
        )


def fit(inputs: np.ndarray, means: np.ndarray, variance: float | None, start: Process | None = None) -> Process:
    """Fit a process.

    Args:
        inputs: (n, d) places, in the unit cube.
        means: (n, m) quantities at them, which share the kernel.
        variance: Of each of these means, by the luck of seeds; estimated with the kernel when None.
        start: A fit whose kernel the search begins from, and is not started again.

    Returns:
        The process.

    Raises:
        AnalysisError: scikit-learn is not installed.
    """
    require_library()
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF, ConstantKernel, DotProduct, WhiteKernel
    from threadpoolctl import threadpool_limits

    columns = np.column_stack([np.ones(len(inputs)), inputs])
    plane = np.linalg.lstsq(columns, means, rcond=None)[0]
    left = means - columns @ plane
    # Where the plane leaves nothing but rounding, the process is as good as nothing.
    scale = max(float(left.std()), 1e-9 * float(np.abs(means).max()), 1e-12)
    lengths = np.full(inputs.shape[1], 0.7) if start is None else np.clip(start.lengths, *LENGTHS)
    amplitude = 1.0 if start is None else float(np.clip(start.amplitude, *AMPLITUDES))
    smooth = ConstantKernel(amplitude, AMPLITUDES) * RBF(lengths, LENGTHS)
    kernel = ConstantKernel(PLANE, "fixed") * DotProduct(1.0, "fixed") + smooth
    noise = LEAST_NOISE
    if variance is None:
        kernel = kernel + WhiteKernel(0.1 if start is None else float(np.clip(start.noise, *NOISES)), NOISES)
    else:
        noise = max(variance / scale**2, LEAST_NOISE)
    process = GaussianProcessRegressor(
        kernel, alpha=noise, n_restarts_optimizer=RESTARTS if start is None else 0, random_state=0
    )
    with warnings.catch_warnings(), threadpool_limits(limits=1):  # many small fits: threads would wait for each other
        warnings.simplefilter("ignore")  # a length scale at its bound is an input that does not matter
        process.fit(inputs - 0.5, left / scale)
    found = process.kernel_
    if variance is None:
        noise, found = noise + float(found.k2.noise_level), found.k1
    # RBF gives one number where all inputs have the same scale.
    scales = np.broadcast_to(np.asarray(found.k2.k2.length_scale, dtype=float), inputs.shape[1:]).copy()
    weights = process.alpha_.reshape(len(inputs), -1)
    return Process(inputs, scales, float(found.k2.k1.constant_value), noise, plane, scale, weights)
