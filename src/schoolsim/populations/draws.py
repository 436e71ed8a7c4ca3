"""Random draws of a population, as columns.

Every draw is keyed by the stable number of its school or authority, so schools added to an authority
leave the draws of the other schools unchanged.
"""

from __future__ import annotations

import operator
from enum import IntEnum
from typing import Final

import numpy as np

from schoolsim.draws import POPULATION, normal, uniform
from schoolsim.populations.array_types import Float64Array, Int64Array
from schoolsim.populations.schools import PopulationError

_LARGEST_SEED: Final = 2**63 - 1


class Purpose(IntEnum):
    """Purpose of a draw; a number is never used again for another purpose."""

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
    RESULT_WAVE = 23
    RESULT_PHASE = 24
    AUTHORITY = 30


def validated_seed(seed: int) -> int:
    """Return the seed as a plain integer.

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


def uniforms(seed: int, purpose: Purpose, entities: Int64Array, attempt: int = 0) -> Float64Array:
    """Draw a number in [0, 1) for each entity."""
    key = int(purpose)  # Numba types a plain integer twenty times faster than an enumeration
    return np.array([uniform(seed, POPULATION, key, entity, attempt) for entity in entities.tolist()])


def normals(seed: int, purpose: Purpose, entities: Int64Array, attempt: int = 0) -> Float64Array:
    """Draw a standard normal number for each entity."""
    key = int(purpose)
    return np.array([normal(seed, POPULATION, key, entity, attempt) for entity in entities.tolist()])


def uniform_series(seed: int, purpose: Purpose, entity: int, count: int) -> Float64Array:
    """Draw `count` numbers in [0, 1) for one entity."""
    key = int(purpose)
    return np.array([uniform(seed, POPULATION, key, entity, attempt) for attempt in range(count)])


def normal_series(seed: int, purpose: Purpose, entity: int, count: int) -> list[float]:
    """Draw `count` standard normal numbers for one entity."""
    key = int(purpose)
    return [normal(seed, POPULATION, key, entity, attempt) for attempt in range(count)]
