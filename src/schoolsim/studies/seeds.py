"""Replication seeds and worlds: the same at every point, so that policies are compared in pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

Replications = TypeVar("Replications", int, "pd.Series")

_LARGEST = (1 << 63) - 1


SEEDS_A_WORLD = 2
"""Replications that share a world, so that what worlds do and what seeds do can be told apart."""


def world_of(replication: Replications, worlds: int) -> Replications:
    """The number of the world that a replication, or each of a column of them, is run in; after the last the first."""
    return replication // SEEDS_A_WORLD % worlds


def replication_seed(root: int, replication: int) -> int:
    """Mix the seed of a study with the number of a replication.

    `spawn_key` keeps the two apart: `SeedSequence([7, 3])` and `SeedSequence([7, 3, 0])` are the
    same, this is not.

    Args:
        root: Seed of the study, 0 or more.
        replication: Number of the replication, from 0.

    Returns:
        A seed in `[0, 2**63)`.
    """
    sequence = np.random.SeedSequence(root, spawn_key=(replication,))
    return int(sequence.generate_state(1, np.uint64)[0]) & _LARGEST


def design_seed(root: int) -> int:
    """The seed a design is drawn with, apart from every replication's.

    Never 0, which some samplers take for "no seed".
    """
    sequence = np.random.SeedSequence(root, spawn_key=(0, 1))
    return int(sequence.generate_state(1, np.uint32)[0]) or 1
