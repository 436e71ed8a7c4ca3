"""The size of a design and a point of it, known from its axes without drawing it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from schoolsim.studies.designs.axes import Axis, Value

MIDDLE = np.array([0.5])


def sampled_points(kind: str, size: int, axes: int) -> int:
    """Rows of a sample.

    Args:
        kind: One of `samples.KINDS`.
        size: Its points, or the trajectories of `morris`.
        axes: How many axes are sampled.
    """
    return size * {"lhs": 1, "sobol": 1, "saltelli": axes + 2, "morris": axes + 1}[kind]


def grid_points(axes: Sequence[Axis]) -> int:
    """Combinations of the levels of some axes."""
    return math.prod(len(axis.rows()) for axis in axes)


def first_levels(axes: Sequence[Axis]) -> dict[str, Value]:
    """The first level of every axis of listed values: the first point of a grid."""
    return _merged([axis.rows()[0] for axis in axes])


def middle(axes: Sequence[Axis]) -> dict[str, Value]:
    """The point half-way along every axis."""
    return _merged([axis.at(MIDDLE)[0] for axis in axes])


def _merged(parts: Sequence[Mapping[str, Value]]) -> dict[str, Value]:
    return {name: value for part in parts for name, value in part.items()}
