"""Samples the unit cube: Latin hypercube, Sobol sequence, Saltelli's and Morris's schemes.

All are drawn from a seed; every one of them comes from SciPy or SALib.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from schoolsim.studies.errors import DesignError
from schoolsim.studies.seeds import design_seed

KINDS = ("lhs", "sobol", "saltelli", "morris")


@dataclass(frozen=True)
class Sampling:
    """How the unit cube is sampled.

    Args:
        kind: One of `KINDS`.
        points: Points of `lhs` and `sobol`; base points N of `saltelli`, which makes `N (D + 2)`
            of them for D axes, or `N (2 D + 2)` with second order.
        trajectories: Of `morris`, which makes `trajectories (D + 1)` points.
        levels: Of the grid `morris` walks on, an even number.
        second_order: Whether `saltelli` allows for second-order indices.
    """

    kind: str
    points: int | None = None
    trajectories: int | None = None
    levels: int = 4
    second_order: bool = False

    def __post_init__(self) -> None:
        """Refuse a sample that cannot be drawn."""
        if self.kind not in KINDS:
            raise DesignError(f'a sample is one of {", ".join(KINDS)}; not "{self.kind}"')
        size = self.trajectories if self.kind == "morris" else self.points
        if size is None or size < 1:
            what = "trajectories" if self.kind == "morris" else "points"
            raise DesignError(f'a design of kind "{self.kind}" needs {what}, 1 or more')
        if self.kind in ("sobol", "saltelli") and size & (size - 1):
            lower = 1 << (size.bit_length() - 1)
            raise DesignError(
                f'a design of kind "{self.kind}" needs a power of two for points, such as {lower} '
                f"or {2 * lower}: others lose the balance of the sequence"
            )
        if self.kind == "morris" and (self.levels < 2 or self.levels % 2):
            raise DesignError(f"morris needs an even number of levels, not {self.levels}")

    def draw(self, names: Sequence[str], seed: int) -> np.ndarray:
        """Draw the sample.

        Args:
            names: Names of the axes, D of them.
            seed: Seed of the study.

        Returns:
            Places in the unit cube, shape `(n, D)`.
        """
        if not names:
            raise DesignError(f'a design of kind "{self.kind}" has nothing to sample')
        return _DRAWERS[self.kind](self, list(names), design_seed(seed))

    def record(self) -> dict[str, object]:
        """The sampling as plain values, what does not matter to the kind left out."""
        if self.kind == "morris":
            return {"kind": "morris", "trajectories": self.trajectories, "levels": self.levels}
        plain: dict[str, object] = {"kind": self.kind, "points": self.points}
        return plain | ({"second_order": self.second_order} if self.kind == "saltelli" else {})


def problem(names: Sequence[str]) -> dict[str, object]:
    """The unit cube as SALib's analysis wants to be told of it."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _lhs(sampling: Sampling, names: list[str], seed: int) -> np.ndarray:
    from scipy.stats import qmc

    return qmc.LatinHypercube(len(names), rng=np.random.default_rng(seed)).random(sampling.points)


def _sobol(sampling: Sampling, names: list[str], seed: int) -> np.ndarray:
    from scipy.stats import qmc

    power = int(sampling.points or 1).bit_length() - 1
    return qmc.Sobol(len(names), rng=np.random.default_rng(seed)).random_base2(power)


def _saltelli(sampling: Sampling, names: list[str], seed: int) -> np.ndarray:
    from SALib.sample import sobol

    return sobol.sample(problem(names), sampling.points, calc_second_order=sampling.second_order, seed=seed)


def _morris(sampling: Sampling, names: list[str], seed: int) -> np.ndarray:
    from SALib.sample import morris

    return morris.sample(problem(names), sampling.trajectories, sampling.levels, seed=seed)


_DRAWERS: dict[str, Callable[[Sampling, list[str], int], np.ndarray]] = {
    "lhs": _lhs,
    "sobol": _sobol,
    "saltelli": _saltelli,
    "morris": _morris,
}
