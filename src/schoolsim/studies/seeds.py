"""Replication seeds: the same at every point, so that policies are compared in pairs."""

from __future__ import annotations

import numpy as np

_LARGEST = (1 << 63) - 1


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
