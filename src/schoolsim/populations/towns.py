"""Sites of synthetic schools: towns, the villages between them, poorer areas, areas of better results."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from schoolsim.populations import facts
from schoolsim.populations.array_types import BoolArray, Float64Array, Int64Array
from schoolsim.populations.draws import Purpose, normal_series, uniform_series, uniforms
from schoolsim.populations.schools import PHASES, PRIMARY

# Sizes and reach of the towns, fitted by hand to nearest-school distances (`synthetic_authority`). Lengths here are in
# sides of an authority of `ONE_COUNTY` schools or fewer: a larger one is as much wider as its `stretch` says, and has
# as many more towns of the same sizes.
_TOWNS: Final = 12
_SIZES: Final = (1.0 + np.arange(_TOWNS)) ** -0.9
_EDGE: Final = 0.05
# Villages keep apart: an additive sequence fills the square evenly whatever its length (Roberts
# 2018, "The unreasonable effectiveness of quasirandom sequences"), then each is moved a little.
_STRIDE: Final = (0.7548776662466927, 0.5698402909980532)
_SHIFT: Final = 0.06
# Poverty of areas: plane waves, from a few streets to most of the authority.
_WAVES: Final = 48
_WAVE_LENGTHS: Final = (0.15, 1.2)
# Results of areas beyond that: the distance, in sides, over which likeness falls to 1/e (by hand, with `RESULTS_AREA`).
_RESULTS_REACH: Final = 0.3


@dataclass(frozen=True)
class Landscape:
    """Towns, villages, poverty and results of one authority, measured in sides of its square (0 to 1).

    Args:
        towns: East and north of the centre of each town (2, towns).
        sizes: Relative size of each town.
        stretch: How many times wider the authority is than one of the largest number of schools with twelve towns.
        villages: Where each phase's sequence of villages begins (phases, 2).
        waves: East and north turns a side, and phase, of each wave of poverty (3, waves).
        result_waves: The same of results.
    """

    towns: Float64Array
    sizes: Float64Array
    stretch: float
    villages: Float64Array
    waves: Float64Array
    result_waves: Float64Array

    def poverty(self, east: Float64Array, north: Float64Array) -> Float64Array:
        """Poverty of the neighbourhood of each place, against the mean of the towns (variance 1).

        Waves hardly longer than the authority (a larger one has more of them), less that mean, set where
        disadvantage lies and not how much of it there is.
        """
        return self._against_towns(self.waves, east, north)

    def results(self, east: Float64Array, north: Float64Array) -> Float64Array:
        """Results around each place beyond what else explains them, against the mean of the towns (variance about 1).

        The correlation of two places falls exponentially with their distance.
        """
        return self._against_towns(self.result_waves, east, north)

    def _against_towns(self, waves: Float64Array, east: Float64Array, north: Float64Array) -> Float64Array:
        in_towns = np.average(_height(waves, *self.towns), weights=self.sizes)
        return np.asarray(_height(waves, east, north) - in_towns)


def _height(waves: Float64Array, east: Float64Array, north: Float64Array) -> Float64Array:
    """Sum of plane waves at each place, of variance 1."""
    turns = np.outer(east, waves[0]) + np.outer(north, waves[1]) + waves[2]
    return np.asarray(math.sqrt(2.0 / _WAVES) * np.cos(2 * math.pi * turns).sum(axis=1))


@dataclass(frozen=True)
class Places:
    """Sites of schools in sides of the authority's square (0 to 1), and whether each is in a town."""

    east: Float64Array
    north: Float64Array
    in_town: BoolArray


def draw_landscape(seed: int, authority: int, *, stretch: float = 1.0) -> Landscape:
    """Draw the towns and the poor areas of the authority with this stable number.

    Args:
        seed: Seed of the population.
        authority: Stable number of the authority.
        stretch: `Setting.stretch`: towns, and areas rich and poor, grow in number with the land, not in size.
    """
    towns = round(_TOWNS * stretch**2)
    spots = uniform_series(seed, Purpose.TOWN_CENTRE, authority, 2 * towns).reshape(2, towns)
    edge = _EDGE / stretch
    shortest, longest = _WAVE_LENGTHS
    length, direction, phase = uniform_series(seed, Purpose.WAVE, authority, 3 * _WAVES).reshape(3, _WAVES)
    turns = stretch * (longest / shortest) ** -length / shortest
    angle = 2 * math.pi * direction
    # Of waves drawn so (a Cauchy law), the correlation is exponential (Rahimi & Recht 2007; Matern's class, 1/2).
    own, east, north = np.reshape(normal_series(seed, Purpose.RESULT_WAVE, authority, 3 * _WAVES), (3, _WAVES))
    slow = 2 * math.pi * (_RESULTS_REACH / stretch) * np.abs(own)
    return Landscape(
        towns=edge + (1.0 - 2 * edge) * spots,
        sizes=np.resize(_SIZES, towns),
        stretch=stretch,
        villages=uniform_series(seed, Purpose.VILLAGES, authority, 2 * len(PHASES)).reshape(-1, 2),
        waves=np.stack([turns * np.cos(angle), turns * np.sin(angle), phase]),
        result_waves=np.stack(
            [east / slow, north / slow, uniform_series(seed, Purpose.RESULT_PHASE, authority, _WAVES)]
        ),
    )


def draw_places(
    seed: int, landscape: Landscape, phase: int, urn: Int64Array, *, town_share: float, reach: float
) -> Places:
    """Draw the site of every school of one phase; schools added later leave it unchanged while the towns are the same.

    Args:
        seed: Seed of the population.
        landscape: The authority's towns and villages.
        phase: Code of the phase.
        urn: Stable numbers of the schools, in the order of their index.
        town_share: Share of these schools in towns.
        reach: Distance over which schools thin out round the largest town, in sides.
    """
    in_a_town = uniforms(seed, Purpose.IN_TOWN, urn) < town_share
    town = _town_places(seed, landscape, urn, reach)
    rank = np.cumsum(~in_a_town)
    place = []
    for axis, purpose in enumerate((Purpose.EAST, Purpose.NORTH)):
        shift = (_SHIFT / landscape.stretch) * (2.0 * uniforms(seed, purpose, urn) - 1.0)
        village = np.mod(landscape.villages[phase, axis] + rank * _STRIDE[axis] + shift, 1.0)
        place.append(_reflected(np.where(in_a_town, town[axis], village)))
    site = np.arange(len(urn))
    if phase == PRIMARY:
        # Every second school may be the junior school beside the infant school before it.
        site = site - ((uniforms(seed, Purpose.SITE, urn) < facts.SHARED_SITE) & (site % 2 == 1))
    return Places(place[0][site], place[1][site], in_a_town[site])


def _town_places(seed: int, landscape: Landscape, urn: Int64Array, reach: float) -> tuple[Float64Array, Float64Array]:
    """Draw a site in a town chosen by size; schools thin out exponentially from its centre."""
    share = np.cumsum(landscape.sizes) / landscape.sizes.sum()
    town = np.searchsorted(share, uniforms(seed, Purpose.TOWN, urn), side="right")
    reaches = reach * np.sqrt(landscape.sizes[town])
    radius = np.zeros(len(urn))
    for part in (0, 1):
        radius -= reaches * np.log1p(-uniforms(seed, Purpose.RADIUS, urn, part))
    angle = 2 * math.pi * uniforms(seed, Purpose.ANGLE, urn)
    east = landscape.towns[0, town] + radius * np.cos(angle)
    return east, landscape.towns[1, town] + radius * np.sin(angle)


def _reflected(position: Float64Array) -> Float64Array:
    """Positions with those beyond an edge reflected back over it."""
    return np.asarray(1.0 - np.abs(np.mod(position, 2.0) - 1.0))
