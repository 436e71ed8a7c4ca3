"""The made-up schools a run has, unless a file of schools is given."""

from __future__ import annotations

from functools import partial
from typing import Final

from schoolsim.parameters.declare import Parameter, real, whole

#: Schools up to which made-up ones are one authority (England's largest has some 600); more are several authorities.
MOST_OF_ONE_AUTHORITY: Final = 2_000

_uncertain = partial(real, role="uncertainty", low=0.0)

PARAMETERS: tuple[Parameter, ...] = (
    whole("setting.schools", 95, low=4, high=24000, role="constant", unit="schools", meaning=f"Made-up schools: of one authority up to {MOST_OF_ONE_AUTHORITY:,}, beyond that of several such as England has (England: 21,000).", source="English authorities: median 71 primary, 17 secondary, 3 special", grade="published"),
    _uncertain("setting.secondary_share", 0.163, high=1.0, unit="share", meaning="Secondary schools, of a synthetic authority's schools.", label="Share of secondary schools", phrase="the share of secondary schools", source="school census January 2019", grade="published"),
    _uncertain("setting.special_share", 0.047, high=1.0, unit="share", meaning="Special schools, of a synthetic authority's schools.", label="Share of special schools", phrase="the share of special schools", source="school census January 2019", grade="published"),
    real("setting.density", 0.163, low=0.01, high=20.0, role="uncertainty", unit="schools/km2", meaning="Schools a square kilometre.", label="Density of schools", phrase="the density of schools", scale="density of schools", source="school census January 2019", grade="published", mechanisms=("M15", "M36")),
    _uncertain("setting.town_share", 0.7, high=1.0, unit="share", meaning="Share of primary schools that crowd into towns.", label="Primary schools in towns", phrase="the share of primary schools in towns", source="GIAS coordinates, January 2019", grade="derived"),
    real("setting.primary_roll", 282.0, low=30.0, high=1500.0, role="uncertainty", unit="pupils", meaning="Mean roll of primary schools.", label="Roll of primary schools", phrase="the mean roll of primary schools", source="school census January 2019", grade="published"),
    real("setting.secondary_roll", 973.0, low=200.0, high=3000.0, role="uncertainty", unit="pupils", meaning="Mean roll of secondary schools.", label="Roll of secondary schools", phrase="the mean roll of secondary schools", source="school census January 2019", grade="published"),
    _uncertain("setting.roll_spread", 1.0, high=2.0, unit="1", meaning="Spread of rolls within a phase, relative to England's.", label="Spread of rolls", phrase="the spread of school rolls", source="school census January 2019", grade="published"),
    real("setting.disadvantage", 0.15, low=0.01, high=0.6, role="uncertainty", unit="share", meaning="Mean share of pupils on free school meals.", label="Pupils on free school meals", phrase="the share of pupils on free school meals", scale="disadvantage", source="school census January 2019", grade="published"),
    _uncertain("setting.segregation", 0.099, high=0.5, unit="share", meaning="Share of the variance of being on free school meals that lies between schools.", label="Segregation between schools", phrase="the segregation of pupils on free school meals", scale="segregation", source="school census January 2019", grade="published", mechanisms=("M37",)),
    _uncertain("setting.clustering", 0.85, high=1.0, unit="share", meaning="How far likeness between schools is a matter of place.", label="Likeness of neighbouring schools", phrase="the likeness of neighbouring schools", source="school census January 2019", grade="published"),
)  # fmt: skip
