"""Settings of a synthetic authority, each with its bounds."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from numbers import Integral, Real
from typing import Final

from schoolsim.parameters import REGISTRY
from schoolsim.parameters.catalog.setting import MOST_OF_ONE_AUTHORITY
from schoolsim.populations import facts
from schoolsim.populations.schools import PopulationError

# Reach of the largest town at England's density, fitted by hand to nearest-school distances.
_REACH: Final = 0.036
_WIDEST_REACH: Final = 0.3
#: Schools up to which an authority has twelve towns, however many schools there are; a larger one has more towns.
ONE_COUNTY: Final = 150


@dataclass(frozen=True)
class Setting:
    """Settings of one synthetic authority; the defaults are England in miniature.

    Args:
        schools: Schools in all phases (4 to `MOST_OF_ONE_AUTHORITY`).
        secondary_share: Share of them that are secondary.
        special_share: Share of them that are special.
        density: Schools of all phases a square kilometre. Towns are as close-built anywhere: a
            denser authority has more of its land under them.
        town_share: Share of primary schools that crowd into towns, the others are spread evenly
            over villages or suburbs; of secondary and special schools half as many are.
        primary_roll: Mean roll of primary schools, pupils.
        secondary_roll: Mean roll of secondary schools, pupils.
        roll_spread: Spread of rolls within a phase, as a multiple of England's.
        disadvantage: Mean share of pupils on free school meals in primary schools; secondary
            schools have the same, special schools 3.7 times the odds.
        segregation: Share of the variance of being on free school meals that lies between primary
            schools (0 all schools alike, 1 every school all or none).
        clustering: Share of a school's disadvantage that its neighbourhood explains, on a scale from
            0 (none) to 1 (all but the part that goes with its roll).

    Raises:
        PopulationError: A value is out of bounds.
    """

    schools: int = 95
    secondary_share: float = facts.SECONDARY_SHARE
    special_share: float = facts.SPECIAL_SHARE
    density: float = facts.DENSITY
    town_share: float = 0.7
    primary_roll: float = facts.FACTS[0].roll
    secondary_roll: float = facts.FACTS[1].roll
    roll_spread: float = 1.0
    disadvantage: float = 0.15
    segregation: float = 0.099
    clustering: float = 0.85

    def __post_init__(self) -> None:
        """Refuse a setting out of its bounds."""
        for field in fields(self):
            low, high = BOUNDS[field.name]
            value = getattr(self, field.name)
            article, number_type = ("a whole", Integral) if field.name == "schools" else ("a", Real)
            # The comparison is false for NaN too.
            is_number = isinstance(value, number_type) and not isinstance(value, bool)
            if not is_number or not low <= float(value) <= high:
                raise PopulationError(
                    f'"{field.name}" cannot be {value!r}: it must be {article} number from {low:g} to {high:g}.'
                )
        if self.secondary_share + self.special_share > 1:
            raise PopulationError('"secondary_share" and "special_share" add up to more than 1.')

    @property
    def side(self) -> float:
        """Side of the square that the authority fills, in kilometres."""
        return math.sqrt(self.schools / self.density)

    @property
    def stretch(self) -> float:
        """How many times wider the authority is than one of `ONE_COUNTY` schools; 1 up to there."""
        return max(1.0, math.sqrt(self.schools / ONE_COUNTY))

    @property
    def reach(self) -> float:
        """Distance over which schools thin out around the largest town, in sides of the square."""
        return min(_WIDEST_REACH, _REACH * math.sqrt(self.density / facts.DENSITY)) / self.stretch

    @property
    def counts(self) -> tuple[int, int, int]:
        """Numbers of primary, secondary and special schools."""
        secondary = round(self.schools * self.secondary_share)
        special = min(round(self.schools * self.special_share), self.schools - secondary)
        return self.schools - secondary - special, secondary, special


#: Smallest and largest value of each setting, both allowed.
BOUNDS: Final[dict[str, tuple[float, float]]] = {
    field.name: REGISTRY[f"setting.{field.name}"].bounds for field in fields(Setting)
} | {"schools": (REGISTRY["setting.schools"].bounds[0], MOST_OF_ONE_AUTHORITY)}

#: England in miniature.
ENGLAND: Final = Setting()
