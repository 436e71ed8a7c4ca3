"""Published figures of England's schools, January 2019, to which synthetic authorities are drawn.

Source of every figure, unless its line says otherwise: school census January 2019, performance
tables and GIAS coordinates of 21,203 state schools in 151 authorities; staff from the school
workforce census November 2018 (authorities 201-825: 6,583 primary and 1,491 secondary schools).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class PhaseFacts:
    """One phase in England.

    Args:
        schools: State schools.
        roll: Mean pupils a school.
        roll_spread: Standard deviation of the roll over its mean.
        gamma: Whether rolls follow a gamma (else a normal) distribution.
        smallest: Rolls are not drawn below this many pupils.
        disadvantage: Mean share of pupils on free school meals (FSM).
        segregation: Share of the variance of being on FSM that lies between schools: the variance
            of the schools' shares over m(1 - m), which is 1 / (a + b + 1) of the fitted beta.
        heads: (intercept, slope, residual sd) of log teachers on log roll.
        heads_per_fte: Teachers in post for each full-time equivalent.
    """

    schools: int
    roll: float
    roll_spread: float
    gamma: bool
    smallest: float
    disadvantage: float
    segregation: float
    heads: tuple[float, float, float]
    heads_per_fte: float

    @property
    def disadvantage_sd(self) -> float:
        """Standard deviation over schools of the share on free school meals."""
        return math.sqrt(self.segregation * self.disadvantage * (1.0 - self.disadvantage))


# Special schools' 6.2 pupils a full-time teacher is from memory of the workforce census, and their
# heads per full-time teacher are taken to be the secondary ones: the school-level file has none.
FACTS: Final = (
    PhaseFacts(16_769, 282, 0.578, True, 15, 0.149, 0.0989, (-2.066, 0.847, 0.15), 1.113),
    PhaseFacts(3_448, 973, 0.428, False, 120, 0.151, 0.0760, (-1.875, 0.880, 0.14), 1.067),
    PhaseFacts(986, 124, 0.524, True, 15, 0.394, 0.0751, (-1.780, 1.000, 0.20), 1.067),
)

#: State schools a square kilometre of England: 21,203 on 130,279 km2.
DENSITY: Final = 0.163
SECONDARY_SHARE: Final = 0.163
SPECIAL_SHARE: Final = 0.047

#: Mean and standard deviation over England's schools, 2019, by measure and code of the phase: 3,076 secondary and
#: 346 special state schools (for the latter the provisional table).
RESULTS: Final = {
    ("Attainment 8", 1): (47.1, 9.0),
    ("Progress 8", 1): (-0.01, 0.47),
    ("Attainment 8", 2): (4.8, 5.0),
    ("Progress 8", 2): (-1.9, 0.53),
}

# Roll over places in secondary schools (3,165 with both; mean .84, sd .19): share of schools and
# the use they stay below. No such figure is at hand for the other phases, which are given the same.
CAPACITY_USE: Final = (
    (0.00, 0.01, 0.05, 0.25, 0.50, 0.75, 0.84, 0.95, 0.99, 1.00),
    (0.10, 0.20, 0.454, 0.743, 0.90, 0.977, 1.00, 1.05, 1.112, 1.30),
)
MEAN_CAPACITY_USE: Final = 0.84

# Share of primary schools drawn within half a form of entry of these rolls that sit on them
# instead: what lifts a gamma's 8% and 4% within 15 pupils of 210 and 420 to the 15% and 7% found.
FORMS_OF_ENTRY: Final = ((210.0, 0.35), (420.0, 0.40))
HALF_FORM: Final = 50.0

#: Share of primary schools whose nearest primary is at the same address (infant and junior pairs).
SHARED_SITE: Final = 0.05
