"""Attributes of synthetic schools: rolls, places, disadvantage, results and staff."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import betaincinv, gammaincinv, ndtr

from schoolsim.populations import facts
from schoolsim.populations.array_types import Float64Array, Int32Array, Int64Array
from schoolsim.populations.draws import Purpose, normals, uniforms
from schoolsim.populations.schools import PRIMARY
from schoolsim.populations.setting import Setting


@dataclass(frozen=True)
class Loadings:
    """Loadings between the attributes of one phase's schools, on standard normal scales.

    Args:
        town_roll: How much larger schools in towns are than those in villages (loading).
        place: Share of `clustering` that disadvantage takes from the place.
        roll: Loading of disadvantage on the part of the roll that the place does not explain.
        result: Loadings of attainment on disadvantage, roll and use of capacity.
        odds_power: Power at which the odds of disadvantage follow the authority's.
    """

    town_roll: float
    place: float
    roll: float
    result: tuple[float, float, float]
    odds_power: float = 1.0


# Fitted by hand to the correlations listed in `synthetic_authority`. Attainment of secondary
# schools: the regression that gives correlations -.59, .31 and .465 with the share on free meals,
# the roll and the use of capacity. For primary schools no such table is at hand: -.5 is assumed.
LOADINGS: Final = (
    Loadings(0.45, 1.0, -0.06, (-0.50, 0.0, 0.0)),
    Loadings(0.20, 1.0, -0.38, (-0.495, 0.007, 0.313)),
    Loadings(0.10, 0.7, -0.20, (0.0, 0.0, 0.0), odds_power=0.5),
)
TOWN_POVERTY: Final = 0.60
PLACES_ON_ROLL: Final = 0.60
PLACES_ON_DISADVANTAGE: Final = -0.20
PLACES_OWN: Final = 0.74
# Below this spread a gamma or beta is as good as normal, and its quantiles are slow to find.
_NEARLY_NONE: Final = 0.01
RESULTS_OWN: Final = (0.866, 0.749, 1.0)
# Loading of results on the area, taken from what is their own: fitted by hand to a correlation of .17 with the nearest
# secondary school's, of which poverty alone gives half.
RESULTS_AREA: Final = 0.38


@dataclass(frozen=True)
class Attributes:
    """Columns of one phase: pupils, places, share on free meals, results (z) and teachers."""

    roll: Float64Array
    capacity: Float64Array
    disadvantage: Float64Array
    attainment: Float64Array
    teachers: Int32Array


def draw_attributes(
    seed: int,
    setting: Setting,
    phase: int,
    urn: Int64Array,
    *,
    town: Float64Array,
    neighbourhood: Float64Array,
    area_results: Float64Array,
) -> Attributes:
    """Draw the columns of one phase's schools.

    Args:
        seed: Seed of the population.
        setting: The authority.
        phase: Code of the phase.
        urn: Stable numbers of the schools.
        town: Score of lying in a town (mean 0, variance 1; all 0 where all or none do).
        neighbourhood: Poverty of the neighbourhood (mean 0, variance 1).
        area_results: Results of the neighbourhood beyond what else explains them (mean 0, variance 1).
    """
    loadings = LOADINGS[phase]
    own = normals(seed, Purpose.ROLL, urn)
    in_town = loadings.town_roll if town.any() else 0.0
    size = in_town * town + _residual(in_town) * own
    lean = TOWN_POVERTY if town.any() else 0.0
    from_place = math.sqrt(setting.clustering * loadings.place * (1.0 - loadings.roll**2))
    need = from_place * (lean * town + _residual(lean) * neighbourhood) + loadings.roll * own
    need += _residual(from_place, loadings.roll) * normals(seed, Purpose.INTAKE, urn)
    fill = PLACES_ON_ROLL * size + PLACES_ON_DISADVANTAGE * need
    fill += PLACES_OWN * normals(seed, Purpose.PLACES, urn)

    roll = _rolls(setting, phase, size, uniforms(seed, Purpose.FORM_OF_ENTRY, urn))
    disadvantage = _disadvantage(setting, phase, need, roll)
    capacity = np.maximum(1.0, np.round(roll / np.interp(ndtr(fill), *facts.CAPACITY_USE)))
    own_part = math.sqrt(RESULTS_OWN[phase] ** 2 - RESULTS_AREA**2)
    residual = RESULTS_AREA * area_results + own_part * normals(seed, Purpose.RESULT, urn)
    attainment = _results(phase, disadvantage, roll, fill=fill, residual=residual)
    teachers = draw_teachers(seed, phase, roll, urn)
    return Attributes(roll, capacity, disadvantage, attainment, teachers)


def draw_teachers(seed: int, phase: int, roll: Float64Array, urn: Int64Array) -> Int32Array:
    """Draw teachers (heads) of schools with these rolls: fewer to a pupil in larger schools."""
    base, slope, spread = facts.FACTS[phase].heads
    heads = np.exp(base + slope * np.log(roll) + spread * normals(seed, Purpose.STAFF, urn))
    return np.maximum(1, np.round(heads)).astype(np.int32)


def _residual(*loadings: float) -> float:
    """Loading of the residual of a unit variance beside independent parts with these loadings."""
    return math.sqrt(max(0.0, 1.0 - sum(part * part for part in loadings)))


def _rolls(setting: Setting, phase: int, size: Float64Array, form: Float64Array) -> Float64Array:
    """Rolls in whole pupils from standard normal sizes; primaries gather at one or two forms of entry."""
    fact = facts.FACTS[phase]
    mean = (setting.primary_roll, setting.secondary_roll, fact.roll)[phase]
    spread = fact.roll_spread * setting.roll_spread
    if fact.gamma and spread > _NEARLY_NONE:
        roll = mean * spread**2 * gammaincinv(spread**-2.0, ndtr(size))
    else:
        roll = mean * (1.0 + spread * size)
    if phase == PRIMARY:
        for full, drawn in facts.FORMS_OF_ENTRY:
            near = np.abs(roll - full) < facts.HALF_FORM
            roll = np.where(near & (form < drawn), full + 0.2 * (roll - full), roll)
    return np.asarray(np.maximum(fact.smallest, np.round(roll)))


def _disadvantage(setting: Setting, phase: int, need: Float64Array, roll: Float64Array) -> Float64Array:
    """Shares on free meals: beta quantiles of `need`, rounded to whole pupils of the roll."""
    fact, reference = facts.FACTS[phase], facts.FACTS[PRIMARY]
    relative_odds = _odds(setting.disadvantage) / _odds(reference.disadvantage)
    odds = _odds(fact.disadvantage) * relative_odds ** LOADINGS[phase].odds_power
    mean = odds / (1.0 + odds)
    between = min(0.95, setting.segregation * fact.segregation / reference.segregation)
    if between > _NEARLY_NONE**2:
        both = 1.0 / between - 1.0
        share = betaincinv(mean * both, (1.0 - mean) * both, ndtr(need))
    else:
        share = mean + math.sqrt(between * mean * (1.0 - mean)) * need
    return np.asarray(np.round(share * roll) / roll)


def _odds(share: float) -> float:
    return share / (1.0 - share)


def _results(
    phase: int, disadvantage: Float64Array, roll: Float64Array, *, fill: Float64Array, residual: Float64Array
) -> Float64Array:
    """Published attainment in standard deviations of England's schools of the phase."""
    fact = facts.FACTS[phase]
    poverty = (disadvantage - fact.disadvantage) / fact.disadvantage_sd
    size = (roll / fact.roll - 1.0) / fact.roll_spread
    on_poverty, on_size, on_fill = LOADINGS[phase].result
    attainment = on_poverty * poverty + on_size * size + on_fill * fill + residual
    return np.asarray(np.round(attainment, 3))
