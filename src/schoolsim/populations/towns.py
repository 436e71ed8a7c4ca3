"""Where synthetic schools stand: towns, villages between them, poor and better-off areas."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from schoolsim.populations import facts
from schoolsim.populations.draws import What, repeated, uniforms
from schoolsim.populations.schools import PHASES, PRIMARY

Floats = NDArray[np.float64]

# Sizes and reach of the towns, fitted by hand to nearest-school distances (`synthetic_authority`).
_TOWNS: Final = 12
_SIZES: Final = (1.0 + np.arange(_TOWNS)) ** -0.9
_EDGE: Final = 0.05
# Villages keep apart: an additive sequence fills the square evenly whatever its length (Roberts
# 2018, "The unreasonable effectiveness of quasirandom sequences"), then each is moved a little.
_STRIDE: Final = (0.7548776662466927, 0.5698402909980532)
_MOVED: Final = 0.06
# Poverty of areas: plane waves, from a few streets to most of the authority.
_WAVES: Final = 48
_WAVE_LENGTHS: Final = (0.15, 1.2)


@dataclass(frozen=True)
class Land:
    """One authority before its schools, measured in sides of its square (0 to 1).

    Args:
        towns: East and north of the centre of each town (2, towns).
        villages: Where each phase's sequence of villages begins (phases, 2).
        waves: East and north turns a side, and phase, of each wave of poverty (3, waves).
    """

    towns: Floats
    villages: Floats
    waves: Floats

    def poverty(self, east: Floats, north: Floats) -> Floats:
        """How poor the neighbourhood of each place is, against the mean of the towns (variance 1).

        Waves hardly longer than the authority, and that mean taken off, say where disadvantage is
        and not how much there is.
        """
        in_towns = np.average(self._waves(*self.towns), weights=_SIZES)
        return np.asarray(self._waves(east, north) - in_towns)

    def _waves(self, east: Floats, north: Floats) -> Floats:
        turns = np.outer(east, self.waves[0]) + np.outer(north, self.waves[1]) + self.waves[2]
        return np.asarray(math.sqrt(2.0 / _WAVES) * np.cos(2 * math.pi * turns).sum(axis=1))


@dataclass(frozen=True)
class Places:
    """Where schools are, in sides of the authority's square (0 to 1), and whether in a town."""

    east: Floats
    north: Floats
    in_town: NDArray[np.bool_]


def draw_land(seed: int, authority: int) -> Land:
    """Draw the towns and the poor areas of the authority with this stable number."""
    spots = repeated(seed, What.TOWN_CENTRE, authority, 2 * _TOWNS).reshape(2, _TOWNS)
    shortest, longest = _WAVE_LENGTHS
    length, direction, phase = repeated(seed, What.WAVE, authority, 3 * _WAVES).reshape(3, _WAVES)
    turns = (longest / shortest) ** -length / shortest
    angle = 2 * math.pi * direction
    return Land(
        towns=_EDGE + (1.0 - 2 * _EDGE) * spots,
        villages=repeated(seed, What.VILLAGES, authority, 2 * len(PHASES)).reshape(-1, 2),
        waves=np.stack([turns * np.cos(angle), turns * np.sin(angle), phase]),
    )


def settle(seed: int, land: Land, phase: int, entity: NDArray[np.int64], *, town_share: float, reach: float) -> Places:
    """Give every school of one phase a place; schools added later leave it where it is.

    Args:
        seed: Seed of the population.
        land: The authority's towns and villages.
        phase: Code of the phase.
        entity: Stable numbers of the schools, in the order of their index.
        town_share: Share of these schools in towns.
        reach: Distance over which schools thin out round the largest town, in sides.
    """
    in_a_town = uniforms(seed, What.IN_TOWN, entity) < town_share
    town = _in_towns(seed, land, entity, reach)
    rank = np.cumsum(~in_a_town)
    place = []
    for axis, what in enumerate((What.EAST, What.NORTH)):
        moved = _MOVED * (2.0 * uniforms(seed, what, entity) - 1.0)
        village = np.mod(land.villages[phase, axis] + rank * _STRIDE[axis] + moved, 1.0)
        place.append(_folded(np.where(in_a_town, town[axis], village)))
    site = np.arange(len(entity))
    if phase == PRIMARY:
        # Every second school may be the junior school beside the infant school before it.
        site = site - ((uniforms(seed, What.SITE, entity) < facts.SHARED_SITE) & (site % 2 == 1))
    return Places(place[0][site], place[1][site], in_a_town[site])


def _in_towns(seed: int, land: Land, entity: NDArray[np.int64], reach: float) -> tuple[Floats, Floats]:
    """A place in a town chosen by size; schools thin out exponentially from its centre."""
    share = np.cumsum(_SIZES) / _SIZES.sum()
    town = np.searchsorted(share, uniforms(seed, What.TOWN, entity), side="right")
    reaches = reach * np.sqrt(_SIZES[town])
    radius = np.zeros(len(entity))
    for part in (0, 1):
        radius -= reaches * np.log1p(-uniforms(seed, What.RADIUS, entity, part))
    angle = 2 * math.pi * uniforms(seed, What.ANGLE, entity)
    east = land.towns[0, town] + radius * np.cos(angle)
    return east, land.towns[1, town] + radius * np.sin(angle)


def _folded(position: Floats) -> Floats:
    """What lies beyond an edge, folded back over it."""
    return np.asarray(1.0 - np.abs(np.mod(position, 2.0) - 1.0))
