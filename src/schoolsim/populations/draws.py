"""Columns of draws for a population: what each is for, and arrays of them.

Every draw is keyed by the stable number of the school (or the authority) it is for, so schools
added to an authority leave the draws of the others as they were.
"""

from __future__ import annotations

import operator
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schoolsim.draws import POPULATION, normal, uniform
from schoolsim.populations.schools import PopulationError

_LARGEST_SEED: Final = 2**63 - 1


class What(IntEnum):
    """What a draw of a population is for; a number is never used again for another purpose."""

    IN_TOWN = 1
    TOWN = 2
    ANGLE = 3
    RADIUS = 4
    EAST = 5
    NORTH = 6
    SITE = 7
    ROLL = 8
    FORM_OF_ENTRY = 9
    INTAKE = 10
    PLACES = 11
    RESULT = 12
    STAFF = 13
    TOWN_CENTRE = 20
    VILLAGES = 21
    WAVE = 22
    AUTHORITY = 30


def checked_seed(seed: int) -> int:
    """The seed as a plain integer.

    Raises:
        PopulationError: It is no whole number from 0 to 2**63 - 1.
    """
    try:
        number = operator.index(seed)
    except TypeError:
        number = -1
    if isinstance(seed, bool) or not 0 <= number <= _LARGEST_SEED:
        raise PopulationError(f"the seed cannot be {seed!r}: it must be a whole number from 0 to {_LARGEST_SEED}.")
    return number


def uniforms(seed: int, what: What, entity: NDArray[np.int64], attempt: int = 0) -> NDArray[np.float64]:
    """One number in [0, 1) for each entity."""
    step = int(what)  # Numba types a plain integer twenty times faster than an enumeration
    return np.array([uniform(seed, POPULATION, step, one, attempt) for one in entity.tolist()])


def normals(seed: int, what: What, entity: NDArray[np.int64], attempt: int = 0) -> NDArray[np.float64]:
    """One standard normal number for each entity."""
    step = int(what)
    return np.array([normal(seed, POPULATION, step, one, attempt) for one in entity.tolist()])


def repeated(seed: int, what: What, entity: int, count: int) -> NDArray[np.float64]:
    """`count` numbers in [0, 1) for one entity."""
    step = int(what)
    return np.array([uniform(seed, POPULATION, step, entity, attempt) for attempt in range(count)])


def repeated_normal(seed: int, what: What, entity: int, count: int) -> list[float]:
    """`count` standard normal numbers for one entity."""
    step = int(what)
    return [normal(seed, POPULATION, step, entity, attempt) for attempt in range(count)]
