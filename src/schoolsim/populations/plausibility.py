"""Plausible ranges of a school's figures, by phase: what lies beyond is an error of the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Plausible:
    """Ceilings of one phase.

    Args:
        roll: Most pupils a school can have.
        places: Most places a school can have.
        largest_known: Pupils of the largest such school in the January 2019 census.
    """

    roll: float
    places: float
    largest_known: float


# About twice the largest roll of the phase in the school census of January 2019 (21,175 state schools),
# which leaves room for growth, and none for a figure with a digit too many.
PLAUSIBLE: Final = (
    Plausible(roll=3_500, places=4_500, largest_known=1_738),
    Plausible(roll=6_000, places=8_000, largest_known=2_953),
    Plausible(roll=1_000, places=1_300, largest_known=456),
)

#: Pupils a full-time equivalent teacher. The workforce census of November 2018 has ratios from 2.9 to 49.5
#: (0 stands for unknown), and 0.3% of schools above 40, where a join or a return went wrong.
PUPILS_PER_TEACHER: Final = (1.0, 40.0)

#: Roll over places. Of 3,165 secondary schools of 2019 with both, from .05 to 1.52.
CAPACITY_USE: Final = (0.02, 2.0)

#: Published results, by measure: lowest and highest value that the measure can have.
RESULTS: Final = {
    "Attainment 8": (0.0, 100.0),
    "Progress 8": (-6.0, 6.0),
    "Key Stage 2": (0.0, 100.0),
}

#: What any table of schools may hold, drawn ones with extreme settings included; beyond it memory would run out
#: before a result came.
MOST_PUPILS: Final = 100_000
MOST_PLACES: Final = 1_000_000
MOST_TEACHERS: Final = 30_000
