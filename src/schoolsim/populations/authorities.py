"""Differences between England's authorities, and the layout of several on one map."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from scipy.special import ndtr

from schoolsim.populations.array_types import Float64Array
from schoolsim.populations.draws import Purpose, normal_series
from schoolsim.populations.setting import BOUNDS, ENGLAND, Setting

# Between 150 English authorities (20 or more state schools), January 2019; density over the convex
# hull of the schools. Share of authorities, and the value they stay below.
_SHARES: Final = (0.0, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 1.0)
_SCHOOLS: Final = (21.0, 41.0, 53.0, 70.0, 93.5, 159.5, 309.0, 394.0, 597.0)
_DENSITY: Final = (0.034, 0.053, 0.102, 0.170, 0.735, 1.391, 1.963, 2.943, 4.558)
# Median, and sd of the logarithm.
_PRIMARY_ROLL: Final = (295.0, 0.28)
_SECONDARY_ROLL: Final = (971.0, 0.11)
_DISADVANTAGE: Final = (0.150, 0.36)
_SEGREGATION: Final = (0.070, 0.35)
# Rank correlations with density: -.54 schools, .79 and .19 rolls, .50 disadvantage; .40 segregation
# with disadvantage.
_WITH_DENSITY: Final = (-0.54, 0.79, 0.19, 0.55)
_SEGREGATION_WITH_DISADVANTAGE: Final = 0.40
_FEWEST: Final = int(BOUNDS["schools"][0])
# Town share, spread of rolls and clustering within one authority, where England in miniature has more.
_TOWN_SHARE: Final = 0.5
_ROLL_SPREAD: Final = 0.9
_CLUSTERING: Final = 0.6


def draw_setting(seed: int, entity: int, like: Setting = ENGLAND) -> Setting:
    """Draw an authority like one of England's: size, density, rolls and disadvantage together.

    Args:
        seed: Seed of the population.
        entity: Stable number of the authority.
        like: A figure that is twice `ENGLAND`'s here is twice what it would be, as far as its bounds go. Shares of
            phases are those given; the number of schools does not count.
    """

    def scaled(name: str, value: float) -> float:
        low, high = BOUNDS[name]
        # Where nothing is asked for, nothing may change by rounding: England's own over itself is exactly 1.
        return min(high, max(low, value * (getattr(like, name) / getattr(ENGLAND, name))))

    density, *residuals, segregation = normal_series(seed, Purpose.AUTHORITY, entity, 6)
    schools, primary, secondary, disadvantage = (
        r * density + math.sqrt(1.0 - r * r) * residual for r, residual in zip(_WITH_DENSITY, residuals, strict=True)
    )
    r = _SEGREGATION_WITH_DISADVANTAGE
    segregation = r * disadvantage + math.sqrt(1.0 - r * r) * segregation
    return Setting(
        schools=round(_quantile(_SCHOOLS, schools)),
        secondary_share=like.secondary_share,
        special_share=like.special_share,
        density=scaled("density", _quantile(_DENSITY, density)),
        town_share=scaled("town_share", _TOWN_SHARE),
        primary_roll=scaled("primary_roll", _lognormal(_PRIMARY_ROLL, primary)),
        secondary_roll=scaled("secondary_roll", _lognormal(_SECONDARY_ROLL, secondary)),
        roll_spread=scaled("roll_spread", _ROLL_SPREAD),
        disadvantage=scaled("disadvantage", _lognormal(_DISADVANTAGE, disadvantage)),
        segregation=scaled("segregation", _lognormal(_SEGREGATION, segregation)),
        clustering=scaled("clustering", _CLUSTERING),
    )


def _quantile(values: tuple[float, ...], score: float) -> float:
    """The quantile of `values` (at `_SHARES`) whose rank is that of a standard normal `score`."""
    return math.exp(float(np.interp(ndtr(score), _SHARES, np.log(values))))


def _lognormal(median_and_spread: tuple[float, float], score: float) -> float:
    median, spread = median_and_spread
    return median * math.exp(spread * score)


def apportion(sizes: list[int], schools: int) -> list[int]:
    """Apportion `schools` to authorities: 4 each, the rest by their `sizes` above 4 (largest remainders)."""
    above = np.array(sizes, dtype=np.float64) - _FEWEST
    quota = _FEWEST + above * ((schools - _FEWEST * len(sizes)) / above.sum())
    seats = np.floor(quota).astype(int)
    order = np.argsort(seats - quota, kind="stable")
    remainder = schools - int(seats.sum())
    seats[order[:remainder]] += 1
    return [int(size) for size in seats]


def lay_out_squares(sides: Float64Array) -> Float64Array:
    """South-west corners of squares that do not overlap and together fill about a square.

    Largest first, in rows; within a row smaller ones are stacked as high as the row's first.

    Args:
        sides: Length of each square's side.

    Returns:
        East and north of each corner (squares, 2), in the order given.
    """
    width = math.sqrt(1.05 * float((sides**2).sum()))
    corners = np.zeros((len(sides), 2))
    east = north = column = row = 0.0  # where the stack stands, and how wide; how high the row
    top = math.inf
    for square in np.argsort(-sides, kind="stable"):
        side = float(sides[square])
        if top + side > north + row:
            east, column, top = east + column, side, north
            if east + side > width and east > 0:
                east, north, row = 0.0, north + row, 0.0
                top = north
            row = max(row, side)
        corners[square] = east, top
        top += side
    return corners
