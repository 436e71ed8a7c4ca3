"""A Gaussian-process emulator of each target: what a run would give at parameter sets that were not run."""

from __future__ import annotations

import warnings
from importlib.util import find_spec

import numpy as np

from schoolsim.parameters import UserError

PIECE = 4096


def require_library() -> None:
    """Ask for the library before anything is run, since runs take minutes.

    Raises:
        UserError: scikit-learn is not installed.
    """
    if find_spec("sklearn") is None:
        raise UserError('calibration needs scikit-learn: pip install "schoolsim[calibrate]"')


class Emulator:
    """One target over the unit cube: a plane, and a Gaussian process for what the plane leaves."""

    def __init__(self, unit: np.ndarray, means: np.ndarray, variances: np.ndarray) -> None:
        """Fit.

        Args:
            unit: (point, parameter) places in the unit cube.
            means: (point,) mean of the target over replications.
            variances: (point,) variance of each mean; pooled, since few replications know it badly.
        """
        from sklearn.gaussian_process import GaussianProcessRegressor
        from sklearn.gaussian_process.kernels import RBF, ConstantKernel

        columns = np.column_stack([np.ones(len(unit)), unit])
        self._plane = np.linalg.lstsq(columns, means, rcond=None)[0]
        left = means - columns @ self._plane
        self._scale = max(float(left.std()), 1e-12)
        noise = max(float(np.nanmean(variances)) / self._scale**2, 1e-8)
        kernel = ConstantKernel(1.0, (1e-3, 1e2)) * RBF(np.full(unit.shape[1], 0.7), (0.1, 10.0))
        self._process = GaussianProcessRegressor(kernel, alpha=noise, n_restarts_optimizer=1, random_state=0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a length scale at its bound is a parameter that does not matter
            self._process.fit(unit, left / self._scale)
        self.noise = noise * self._scale**2

    def predict(self, unit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean and variance of the target's mean at places in the unit cube, without the luck of a run."""
        plane = np.column_stack([np.ones(len(unit)), unit]) @ self._plane
        # In pieces: a piece takes a matrix of its places by those of the design.
        pieces = [self._process.predict(unit[at : at + PIECE], return_std=True) for at in range(0, len(unit), PIECE)]
        mean, sd = (np.concatenate(column) for column in zip(*pieces, strict=True))
        return plane + self._scale * mean, (self._scale * sd) ** 2
