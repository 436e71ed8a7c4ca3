"""Many authorities: how they differ from one another, and how they lie side by side."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from schoolsim.populations.draws import What, repeated_normal
from schoolsim.populations.setting import BOUNDS, Setting

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
# What is left inside one authority of the crowding, spread and likeness of England in miniature.
_TOWN_SHARE: Final = 0.5
_ROLL_SPREAD: Final = 0.9
_CLUSTERING: Final = 0.6


def draw_setting(seed: int, entity: int) -> Setting:
    """One authority among England's: size, density, rolls and disadvantage drawn together."""
    density, *own, segregation = repeated_normal(seed, What.AUTHORITY, entity, 6)
    schools, primary, secondary, disadvantage = (
        share * density + math.sqrt(1.0 - share * share) * part for share, part in zip(_WITH_DENSITY, own, strict=True)
    )
    share = _SEGREGATION_WITH_DISADVANTAGE
    segregation = share * disadvantage + math.sqrt(1.0 - share * share) * segregation
    return Setting(
        schools=round(_between(_SCHOOLS, schools)),
        density=_between(_DENSITY, density),
        town_share=_TOWN_SHARE,
        primary_roll=_lognormal("primary_roll", _PRIMARY_ROLL, primary),
        secondary_roll=_lognormal("secondary_roll", _SECONDARY_ROLL, secondary),
        roll_spread=_ROLL_SPREAD,
        disadvantage=_lognormal("disadvantage", _DISADVANTAGE, disadvantage),
        segregation=_lognormal("segregation", _SEGREGATION, segregation),
        clustering=_CLUSTERING,
    )


def _between(values: tuple[float, ...], score: float) -> float:
    """The value that as many authorities stay below as of a standard normal stay below `score`."""
    return math.exp(float(np.interp(ndtr(score), _SHARES, np.log(values))))


def _lognormal(name: str, median_and_spread: tuple[float, float], score: float) -> float:
    low, high = BOUNDS[name]
    median, spread = median_and_spread
    return min(high, max(low, median * math.exp(spread * score)))


def shared_out(sizes: list[int], schools: int) -> list[int]:
    """`schools` shared out: 4 to each, the rest by `sizes` above 4 (largest remainders)."""
    above = np.array(sizes, dtype=np.float64) - _FEWEST
    quota = _FEWEST + above * ((schools - _FEWEST * len(sizes)) / above.sum())
    made = np.floor(quota).astype(int)
    order = np.argsort(made - quota, kind="stable")
    left = schools - int(made.sum())
    made[order[:left]] += 1
    return [int(size) for size in made]


def side_by_side(sides: NDArray[np.float64]) -> NDArray[np.float64]:
    """South-west corners of squares that do not overlap, in about as square a land.

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
